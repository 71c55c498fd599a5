import { CloseButton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../../shared/export/view-picture.ts';
import { countOf } from '../../../shared/format/count.ts';
import { formatDay, formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import { CompareRadiusDocument, MoreComparedArtifactsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { oldestAnswerAt } from '../../../shared/graphql/shown-answers.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { actionInputs } from '../../../shared/url/action-inputs.ts';
import type { ComparedSide } from '../../../shared/url/comparison-url.ts';
import { changeLists, shownChanges } from '../after.ts';
import { ChangesPanel } from '../changes-panel.tsx';
import { FigurePairs } from '../figure-pairs.tsx';
import frame from '../what-if.module.css';
import { type ActionNames, actionTitle, changeSentence } from '../what-if-words.ts';
import classes from './compare.module.css';
import { CompareForm } from './compare-form.tsx';
import { type CompareProps, inputOfSide, otherSide } from './compare-subject.ts';
import { ComparedLabs } from './compared-labs.tsx';
import { ComparedMatrix } from './compared-matrix.tsx';
import { FactChanges } from './fact-changes.tsx';

/** Two radii of the same origins: over other windows, as known at another moment, or after other actions; and the facts behind the difference. */
export function CompareView(props: CompareProps) {
  const { title, input, here, comparison, names, onSwap, onClose } = props;
  const there = useMemo(() => otherSide(here, comparison), [here, comparison]);
  const variables = useMemo(
    () => ({
      was: inputOfSide(input, there),
      is: inputOfSide(input, here),
      wasActions: actionInputs(there.actions),
      isActions: actionInputs(here.actions),
    }),
    [input, there, here],
  );
  const asked = useQuestion(CompareRadiusDocument, variables);
  const answer = asked.data?.compareRadius ?? null;
  const caption = useMemo(() => [`Before: ${sideInWords(there, names)}.`, `After: ${sideInWords(here, names)}.`], [there, here, names]);
  const isSame = JSON.stringify(there) === JSON.stringify(here);
  const announce = useAnnounce();
  useEffect(() => {
    if (answer !== null) announce(`Compared: ${changeSentence(answer.changeCounts)}`);
  }, [answer, announce]);
  return (
    <>
      <header className={frame.band} data-stale={asked.isStale || undefined}>
        <div className={frame.asked}>
          <h1>
            <span className="one-line" title={title}>
              {title}
            </span>{' '}
            <span className={frame.pill}>Compare</span>
          </h1>
          <p>Before → after. Nothing is written.</p>
        </div>
        {answer !== null && <FigurePairs before={answer.before.summary} after={answer.after.summary} />}
        <div className={frame.actions}>
          <ExportMenu
            name={`comparison ${title}`}
            operation={{ document: CompareRadiusDocument, variables }}
            shown={answer && (() => shownChanges(changeLists(answer)))}
            picture={drawShownPicture}
            pictureWord="Canvas"
          />
          <CloseButton aria-label="Close the comparison" onClick={onClose} />
        </div>
      </header>
      <div className={frame.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must take focus; a named section is a region. */}
        <section className={classes.main} aria-label="Comparison" tabIndex={0} data-stale={asked.isStale || undefined}>
          <dl className={classes.sides}>
            <SideLine word="Before" side={there} names={names} />
            <SideLine word="After, this view" side={here} names={names} />
          </dl>
          {isSame && <p className={classes.same}>Both sides are the same. Change the windows, the moment or the actions of “before”.</p>}
          <AnswerFrame asked={asked} waiting="Comparing two radii">
            {({ compareRadius }) =>
              compareRadius === null ? null : (
                <>
                  <div className={classes.changes}>
                    <ChangesPanel
                      lists={changeLists(compareRadius)}
                      nothing={sameSentence(compareRadius.stayed.totalCount)}
                      loadMore={async (kind, after) => {
                        const more = { ...variables, kind, after };
                        const { data } = await client.query({ query: MoreComparedArtifactsDocument, variables: more });
                        return data?.compareRadius?.changes ?? null;
                      }}
                    />
                  </div>
                  <ComparedMatrix title={title} caption={caption} before={compareRadius.before} after={compareRadius.after} />
                  <ComparedLabs before={compareRadius.before.labTiers} after={compareRadius.after.labTiers} />
                  <FactChanges changes={compareRadius.factChanges} variables={variables} reason={reasonWithoutFacts(there, here)} />
                </>
              )
            }
          </AnswerFrame>
        </section>
        <CompareForm key={JSON.stringify([here, comparison])} {...props} there={there} onSwap={() => onSwap(there)} />
      </div>
    </>
  );
}

/** Describes the whole answer, so the count comes from the server and not from the loaded rows. */
function sameSentence(stayed: number): string {
  if (stayed === 0) return 'No artifact is in either radius.';
  return `No artifact has changed: both radii have the same ${countOf(stayed, 'artifact', 'artifacts')}, with the same tiers and portions.`;
}

/** The difference between the questions, for the case that no fact differs. */
function reasonWithoutFacts(there: ComparedSide, here: ComparedSide): string {
  const causes = [
    JSON.stringify([there.core, there.widest]) === JSON.stringify([here.core, here.widest]) ? null : 'the windows',
    JSON.stringify(there.actions) === JSON.stringify(here.actions) ? null : 'the actions',
  ].filter((cause) => cause !== null);
  if (there.knownAt === here.knownAt) {
    return causes.length === 0
      ? 'Both sides use the same records.'
      : `Both sides use the same records; ${causes.join(' and ')} made the difference.`;
  }
  return 'No record that concerns a difference changed between the two moments.';
}

/** A side in words that hold outside the page, where "now" would mean nothing. */
function sideInWords({ core, widest, knownAt, actions }: ComparedSide, names: ActionNames): string {
  const moment = knownAt === null ? `on ${formatDay(new Date(oldestAnswerAt()).toISOString())}` : `at ${formatInstantUtc(knownAt)}`;
  const done = actions.length === 0 ? '' : `, after ${actions.map((action) => actionTitle(action, names)).join('; ')}`;
  return `core ${formatWindow(core)} UTC, widest ${formatWindow(widest)} UTC, as known ${moment}${done}`;
}

function SideLine({ word, side, names }: { readonly word: string; readonly side: ComparedSide; readonly names: ActionNames }) {
  const { core, widest, knownAt, actions } = side;
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        Core {formatWindow(core)} UTC · widest {formatWindow(widest)} ·{' '}
        {knownAt === null ? 'as known now' : `as known at ${formatInstantUtc(knownAt)}`}
        {actions.length > 0 && (
          <span title={actions.map((action) => actionTitle(action, names)).join('; ')}>
            {' '}
            · {countOf(actions.length, 'action', 'actions')}:{' '}
            {actions
              .slice(0, 3)
              .map((action) => actionTitle(action, names))
              .join(', ')}
            {actions.length > 3 && ` and ${actions.length - 3} more`}
          </span>
        )}
      </dd>
    </div>
  );
}
