import { Button, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { DATE_TIME_ADVICE, DATE_TIME_PLACEHOLDER, formatTypedDate, parseTypedDate } from '../../shared/format/typed-date.ts';
import { DiscoveryDocument } from '../../shared/generated/operations.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { type PageLocation, useLocationPart } from '../../shared/url/location.ts';
import { decodeSafely } from '../../shared/url/params.ts';
import { changeKnownAt, changeRedaction } from '../../shared/viewer/change-shared.ts';
import classes from './view-form.module.css';

const DAY_MS = 86_400_000;

interface ViewFormProps {
  readonly knownAt: string | null;
  readonly isRedacting: boolean;
  readonly onDone: () => void;
}

/** Chooses the moment as of which every view answers, and whether names are hidden. */
export function ViewForm({ knownAt, isRedacting, onDone }: ViewFormProps) {
  const [text, setText] = useState(knownAt === null ? '' : formatTypedDate(knownAt, 'end'));
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const incident = useLocationPart(incidentOf);
  const asked = useQuestion(
    DiscoveryDocument,
    useMemo(() => (incident === null ? null : { id: incident }), [incident]),
  );
  const discoveredAt = asked.data?.incident?.discoveredAt ?? null;
  const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
  const show = (instant: string | null) => {
    changeKnownAt(instant);
    onDone();
  };
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const instant = text.trim() === '' ? null : parseTypedDate(text, 'end');
    if (instant === null && text.trim() !== '') return setProblem(`Known at: ${DATE_TIME_ADVICE}`);
    if (instant !== null && Date.parse(instant) > Date.now()) return setProblem('Known at: this is in the future. Choose an earlier date.');
    show(instant);
  };
  return (
    <form className={classes.form} onSubmit={apply}>
      <TextInput
        label="As known at (UTC)"
        description="Every view answers from the records as they were then. Blank: now."
        placeholder={DATE_TIME_PLACEHOLDER}
        value={text}
        error={problem}
        ref={field}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit">Show</Button>
        {knownAt !== null && (
          <Button variant="default" onClick={() => show(null)}>
            Back to now
          </Button>
        )}
      </div>
      <div className={classes.buttons}>
        <Button variant="default" size="compact-sm" onClick={() => show(daysAgo(1))}>
          Yesterday
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => show(daysAgo(7))}>
          A week ago
        </Button>
        {discoveredAt !== null && Date.parse(discoveredAt) <= Date.now() && (
          <Button variant="default" size="compact-sm" onClick={() => show(discoveredAt)}>
            At the discovery of {asked.data?.incident?.id}
          </Button>
        )}
      </div>
      <Switch
        label="Hide names for sharing"
        description="Stand-ins such as “Vendor 3” take the place of names, ids and attributes: on every page, in pictures and in exports."
        checked={isRedacting}
        onChange={(event) => void changeRedaction(event.currentTarget.checked)}
      />
    </form>
  );
}

/** The id of the incident that a radius or a page is of; null: of none. */
function incidentOf({ path, params }: PageLocation): string | null {
  const [, shown] = /^\/incidents\/([^/]+)$/.exec(path) ?? [];
  return shown === undefined ? params.get('incident') : decodeSafely(shown);
}
