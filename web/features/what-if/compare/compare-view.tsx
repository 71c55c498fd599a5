import { CloseButton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import {
  cellsOfFlows,
  type FlowCell,
  type FlowHolder,
  type FlowLab,
  type FlowRadius,
  labsOfTiers,
  lossOfSums,
  NO_SUMS,
} from '../../../canvas/flows/flow-radius.ts';
import { MatrixCanvas } from '../../../canvas/matrix/matrix-canvas.tsx';
import { cellKey } from '../../../canvas/matrix/matrix-words.ts';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { drawShownPicture } from '../../../shared/export/view-picture.ts';
import { countOf, formatCount, joinNames } from '../../../shared/format/count.ts';
import { formatDay, formatInstantUtc, formatWindow } from '../../../shared/format/instant.ts';
import { formatMoney } from '../../../shared/format/money.ts';
import { TIER_WORDS, TIERS } from '../../../shared/format/words.ts';
import type { CompareRadiusQuery, SideFlowsFragment, WhatIfSumsFragment } from '../../../shared/generated/operations.ts';
import { CompareRadiusDocument, MoreComparedArtifactsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { oldestAnswerAt, useQuestion } from '../../../shared/graphql/use-question.ts';
import { AnswerFrame } from '../../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { TierDisc } from '../../../shared/marks/tier-disc.tsx';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { actionInputs } from '../../../shared/url/action-inputs.ts';
import type { ComparedSide } from '../../../shared/url/comparison-url.ts';
import { changeLists, shownChanges } from '../after.ts';
import { ChangesPanel } from '../changes-panel.tsx';
import { FigurePairs } from '../figure-pairs.tsx';
import frame from '../what-if.module.css';
import type { ActionNames } from '../what-if-words.ts';
import { actionTitle, changeSentence } from '../what-if-words.ts';
import classes from './compare.module.css';
import type { CompareProps } from './compare-form.tsx';
import { CompareForm, inputOfSide, otherSide } from './compare-form.tsx';
import { FactChanges } from './fact-changes.tsx';

/** Two radii: over other windows, from other origins, as known at another moment, or after other actions; and the facts behind the difference. */
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
  const [thereFrom, hereFrom] = there.origins === null ? ['', ''] : [namesOf(answer?.before.origins), namesOf(answer?.after.origins)];
  const caption = useMemo(
    () => [`Before: ${thereFrom}${sideInWords(there, names)}.`, `After: ${hereFrom}${sideInWords(here, names)}.`],
    [there, here, names, thereFrom, hereFrom],
  );
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
            <SideLine word="Before" from={thereFrom} side={there} names={names} />
            <SideLine word="After, this view" from={hereFrom} side={here} names={names} />
          </dl>
          <AnswerFrame asked={asked} waiting="Comparing two radii">
            {({ compareRadius }) =>
              compareRadius === null ? null : (
                <>
                  <div className={classes.changes}>
                    <ChangesPanel
                      lists={changeLists(compareRadius)}
                      nothing={`${sameSentence(compareRadius.stayed.totalCount)}${isSame ? CHANGE_ONE : ''}`}
                      loadMore={async (kind, after) => {
                        const more = { ...variables, kind, after };
                        const { data } = await client.query({ query: MoreComparedArtifactsDocument, variables: more });
                        return data?.compareRadius?.changes ?? null;
                      }}
                    />
                  </div>
                  <ComparedMatrix title={title} caption={caption} before={compareRadius.before} after={compareRadius.after} />
                  <ComparedLabs before={compareRadius.before.labTiers} after={compareRadius.after.labTiers} />
                  {!isSame && (
                    <FactChanges changes={compareRadius.factChanges} variables={variables} reason={reasonWithoutFacts(there, here)} />
                  )}
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

/** Of two equal sides, how to make them differ. */
const CHANGE_ONE = ' Both sides are the same question: change the windows, the moment or the actions of “before”.';

/** Describes the whole answer, so the count comes from the server and not from the loaded rows. */
function sameSentence(stayed: number): string {
  if (stayed === 0) return 'No artifact is in either radius.';
  return `No artifact has changed: both radii have the same ${countOf(stayed, 'artifact', 'artifacts')}, with the same tiers and portions.`;
}

/** The difference between the questions, for the case that no fact differs. */
function reasonWithoutFacts(there: ComparedSide, here: ComparedSide): string {
  const parts = [
    ['the origins', ({ origins }: ComparedSide) => origins],
    ['the windows', ({ core, widest }: ComparedSide) => [core, widest]],
    ['the actions', ({ actions }: ComparedSide) => actions],
  ] as const;
  const causes = parts.flatMap(([words, partOf]) => (JSON.stringify(partOf(there)) === JSON.stringify(partOf(here)) ? [] : [words]));
  if (there.knownAt === here.knownAt) {
    return `Both sides use the same records; ${causes.join(' and ')} made the difference.`;
  }
  return 'No record that concerns a difference changed between the two moments.';
}

/** Where a side starts, before its windows; empty while the answer is on its way. */
function namesOf(origins: readonly { readonly name: string }[] | undefined): string {
  return origins === undefined ? '' : `from ${joinNames(origins.map(({ name }) => name))} · `;
}

/** A side in words that hold outside the page, where "now" would mean nothing. */
function sideInWords({ core, widest, knownAt, actions }: ComparedSide, names: ActionNames): string {
  const moment = knownAt === null ? `on ${formatDay(new Date(oldestAnswerAt()).toISOString())}` : `at ${formatInstantUtc(knownAt)}`;
  const done = actions.length === 0 ? '' : `, after ${actions.map((action) => actionTitle(action, names)).join('; ')}`;
  return `core ${formatWindow(core)} UTC, widest ${formatWindow(widest)} UTC, as known ${moment}${done}`;
}

interface SideLineProps {
  readonly word: string;
  readonly from: string;
  readonly side: ComparedSide;
  readonly names: ActionNames;
}

function SideLine({ word, from, side, names }: SideLineProps) {
  const { core, widest, knownAt, actions } = side;
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        {from}Core {formatWindow(core)} UTC · widest {formatWindow(widest)} ·{' '}
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

type LabTiers = WhatIfSumsFragment['labTiers'];

interface ComparedLab {
  readonly id: string;
  readonly name: string;
  readonly was: FlowLab | undefined;
  readonly is: FlowLab | undefined;
}

const LAB_COLUMNS: readonly Column<ComparedLab>[] = [
  { key: 'lab', title: 'Lab', isName: true, cell: ({ name }) => name },
  ...TIERS.map((tier) => ({
    key: tier,
    title: (
      <span className={classes.tier}>
        <TierDisc tier={tier} size={11} /> {TIER_WORDS[tier].word}
      </span>
    ),
    isNumber: true,
    cell: ({ was, is }: ComparedLab) => <Change was={formatCount(was?.counts[tier] ?? 0)} is={formatCount(is?.counts[tier] ?? 0)} />,
  })),
  {
    key: 'loss',
    title: 'Worst case',
    isNumber: true,
    cell: ({ was, is }) => <Change was={formatMoney(lossOf(was))} is={formatMoney(lossOf(is))} />,
  },
];

/** The sums of each lab, before and after; the largest difference of the worst case first. */
function ComparedLabs({ before, after }: { readonly before: LabTiers; readonly after: LabTiers }) {
  const was = new Map(labsOfTiers(before).map((lab) => [lab.id, lab]));
  const is = new Map(labsOfTiers(after).map((lab) => [lab.id, lab]));
  const labs: ComparedLab[] = [...new Map([...was, ...is])].map(([id, { name }]) => ({ id, name, was: was.get(id), is: is.get(id) }));
  if (labs.length === 0) return null;
  const distance = ({ was, is }: ComparedLab) => Math.abs(lossOf(is) - lossOf(was));
  const rows = labs.toSorted((a, b) => distance(b) - distance(a) || lossOf(b.is) - lossOf(a.is) || (a.id < b.id ? -1 : 1));
  return (
    <section className={classes.part} aria-labelledby="compared-labs">
      <h2 id="compared-labs">By lab</h2>
      <DataTable label="Labs, before and after" columns={LAB_COLUMNS} rows={rows} keyOf={({ id }) => id} />
    </section>
  );
}

const lossOf = (lab: FlowLab | undefined) => lossOfSums(lab ?? NO_SUMS);

/** "14 → 4", or the one value if both are the same. */
function Change({ was, is }: { readonly was: string; readonly is: string }) {
  if (was === is) return <span className={classes.same}>{is}</span>;
  return (
    <>
      <span className={classes.was}>{was}</span> <span aria-hidden="true">→</span>
      <span className="visually-hidden"> becomes </span> <strong>{is}</strong>
    </>
  );
}

type Sides = Pick<NonNullable<CompareRadiusQuery['compareRadius']>, 'before' | 'after'>;

interface ComparedMatrixProps extends Sides {
  readonly title: string;
  /** Both sides in words, for a saved picture. */
  readonly caption: readonly string[];
}

/** Holders by hop down, labs across. A cell that differs shows both sides. */
function ComparedMatrix({ title, caption, before, after }: ComparedMatrixProps) {
  const flows = useMemo(() => comparedFlows(before, after), [before, after]);
  if (flows.before.cells.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="compared-holders">
      <h2 id="compared-holders">By holder and lab</h2>
      <div className={classes.matrix}>
        <MatrixCanvas
          radius={flows.before}
          after={flows.after}
          order="value"
          label={`Before and after, ${title}`}
          caption={caption}
          isCaptionDated
        />
      </div>
    </section>
  );
}

type Side = SideFlowsFragment & Pick<WhatIfSumsFragment, 'labTiers'>;

interface ComparedFlows {
  /** The side before, with an empty cell for each cell that only the side after has. */
  readonly before: FlowRadius;
  readonly after: FlowRadius;
}

/** Two radii as one matrix: each holder and lab of either side. A holder that both reach stands where the side after reaches it. Linear in flows. */
function comparedFlows(was: Side, is: Side): ComparedFlows {
  const [before, after] = [sidesFlows(was), sidesFlows(is)];
  const cells = new Map<string, FlowCell>();
  for (const cell of after.cells) cells.set(cellKey(cell), { ...NO_SUMS, holderId: cell.holderId, labId: cell.labId });
  for (const cell of before.cells) cells.set(cellKey(cell), cell);
  const labs = new Map<string, FlowLab>();
  for (const lab of after.labs) labs.set(lab.id, { ...NO_SUMS, id: lab.id, name: lab.name });
  for (const lab of before.labs) labs.set(lab.id, lab);
  const holders = new Map<string, FlowHolder>();
  for (const holder of [...before.holders, ...after.holders]) holders.set(holder.id, holder);
  return { before: { holders: [...holders.values()], labs: [...labs.values()], cells: [...cells.values()], steps: [] }, after };
}

function sidesFlows({ flows, labTiers }: Side): FlowRadius {
  const holders = flows.flatMap(({ holder }) =>
    holder === null ? [] : [{ ...holder.organization, hops: holder.hops, likelihood: holder.likelihood }],
  );
  return { holders, labs: labsOfTiers(labTiers), cells: cellsOfFlows(flows), steps: [] };
}
