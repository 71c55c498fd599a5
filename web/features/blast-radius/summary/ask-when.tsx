import { Button, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { joinNames } from '../../../shared/format/count.ts';
import { formatWindow } from '../../../shared/format/instant.ts';
import { IncidentsDocument, OriginNamesDocument } from '../../../shared/generated/operations.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { focusResult } from '../../../shared/ui/focus-result.ts';
import type { BlastState } from '../../../shared/url/blast-radius-url.ts';
import { useTypedRange } from '../../../shared/windows/use-typed-range.ts';
import { heldNow } from '../../../shared/windows/window-fields.ts';
import type { ChangeBlast } from '../use-blast-view.ts';
import classes from './choose-origin.module.css';
import { SavedIncidents } from './choose-origin.tsx';
import forms from './forms.module.css';

const NOTHING = {};
/** The most organizations that the heading names. The rest are counted. */
const MOST_NAMES = 3;

interface AskWhenProps {
  readonly state: BlastState;
  readonly change: ChangeBlast;
}

/** Asks when the organizations were compromised, before anything is answered: a saved incident, a date range, or what is held now. */
export function AskWhen({ state, change }: AskWhenProps) {
  const origins = useMemo(() => [...state.origins, ...(state.suspects ?? []).map(({ id }) => id)], [state]);
  const first = origins[0] ?? '';
  const names = useQuestion(OriginNamesDocument, { first, second: origins[1] ?? first, third: origins[2] ?? first });
  const asked = useQuestion(IncidentsDocument, NOTHING);
  const found = names.data === null ? null : [names.data.first, names.data.second, names.data.third].slice(0, origins.length);
  const missing = found?.indexOf(null) ?? -1;
  const incidents = (asked.data?.incidents.edges ?? [])
    .map(({ node }) => node)
    .filter((incident) => incident.origins.some(({ id }) => origins.includes(id)));
  const title = joinNames([
    ...(found ?? []).map((organization, i) => organization?.name ?? origins[i] ?? ''),
    ...(origins.length > MOST_NAMES ? [`${origins.length - MOST_NAMES} more`] : []),
  ]);

  const answer = (when: Parameters<ChangeBlast>[0]) => {
    focusResult(`organization:${first}`);
    change(when);
  };
  const { problem, field, onSubmit } = useTypedRange({ words: 'When', onRange: (range) => answer({ core: range, widest: range }) });
  if (names.question.phase === 'failed') {
    return (
      <div className={classes.page}>
        <div className={classes.column}>
          <h1>This blast radius cannot be shown</h1>
          <p className={classes.lead} role="alert">
            {errorSentence(names.question.error)}
          </p>
          <p>
            <Button onClick={names.retry}>Retry</Button>
          </p>
        </div>
      </div>
    );
  }
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h1>{title === '' ? 'When?' : `When was ${title} compromised?`}</h1>
        {missing >= 0 && (
          <p className={classes.empty} role="alert">
            The organization {origins[missing]} is not recorded.{' '}
            <button
              type="button"
              className={classes.action}
              onClick={() => {
                const isThere = (id: string) => id !== origins[missing];
                const suspects = state.suspects?.filter(({ id }) => isThere(id)) ?? null;
                change({ origins: state.origins.filter(isThere), suspects }, 'replace');
              }}
            >
              Continue without it
            </button>
          </p>
        )}
        <p className={classes.lead}>
          A copy counts if it was there at that time. The answer says which time it is for, and you can change it afterward.
        </p>
        <FailedLine asked={asked} missing="The saved incidents are missing here." />
        <SavedIncidents
          title="As in a saved incident"
          incidents={incidents}
          detailOf={({ core }) => (core === null ? 'no window saved' : `core ${formatWindow(core)} UTC`)}
        />
        <form className={classes.when} onSubmit={onSubmit}>
          <h2>In a date range</h2>
          <div className={classes.whenLine}>
            <TextInput
              aria-label="When, in UTC"
              description="Dates in UTC, with times if needed. One day is enough. The range is the widest and the core window, until you narrow the core."
              inputWrapperOrder={['input', 'description']}
              autoFocus
              className={classes.whenField}
              {...field}
            />
            <Button type="submit">Show</Button>
          </div>
          {problem !== null && (
            <p className={forms.problem} role="alert">
              {problem}
            </p>
          )}
        </form>
        <section className={classes.when}>
          <h2>Not known yet</h2>
          <p>
            <Button variant="default" onClick={() => answer(heldNow())}>
              As held today
            </Button>
          </p>
          <p className={classes.detail}>Shows what is held now. Copies that were deleted before today are left out.</p>
        </section>
      </div>
    </div>
  );
}
