import { Button } from '@mantine/core';
import type { PointerEvent, Ref } from 'react';
import { useId, useMemo, useRef, useState } from 'react';
import { ExportMenu } from '../../../shared/export/export-menu.tsx';
import { pictureOf } from '../../../shared/export/view-picture.ts';
import { formatCount } from '../../../shared/format/count.ts';
import { formatMoney, formatTick } from '../../../shared/format/money.ts';
import { formatShare } from '../../../shared/format/share.ts';
import type { BlastRadiusInput, LossDoubtsQuery, LossQuery } from '../../../shared/generated/operations.ts';
import { LossDocument, LossDoubtsDocument } from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { useQuestion } from '../../../shared/graphql/use-question.ts';
import { HelpCard } from '../../../shared/help/help-card.tsx';
import { AnswerFrame, FailedLine } from '../../../shared/lists/answer-frame.tsx';
import { type Column, DataTable } from '../../../shared/lists/data-table.tsx';
import { MoreRowsLine } from '../../../shared/lists/more-rows.tsx';
import type { Connection } from '../../../shared/lists/use-more-rows.ts';
import { useMoreRows } from '../../../shared/lists/use-more-rows.ts';
import { Link } from '../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../shared/ui/scroll-box.tsx';
import { qualityHref } from '../../../shared/url/quality-url.ts';
import { blindSpotSentence } from '../sentences.ts';
import type { ExceedancePoint } from './exceedance.ts';
import { axisEnd, chanceOf, curvePath } from './exceedance.ts';
import classes from './loss.module.css';

type Radius = NonNullable<LossQuery['blastRadius']>;
type Simulation = NonNullable<Radius['simulation']>;

/** Runs of the first answer, which a large radius can give in time, and of the answer that follows it. */
const FIRST_RUNS = 500;
const ALL_RUNS = 10_000;

/** The loss over simulated runs: its range and curve, what is counted, and why it may be more. Fewer runs come first, more when there is time. */
export function LossTab({ input, title }: { readonly input: BlastRadiusInput; readonly title: string }) {
  const variables = useMemo(() => ({ input }), [input]);
  const first = useQuestion(
    LossDocument,
    useMemo(() => ({ input, runs: FIRST_RUNS }), [input]),
  );
  const hasFirst = first.question.phase === 'answered' && !first.isStale;
  const all = useQuestion(
    LossDocument,
    useMemo(() => (hasFirst ? { input, runs: ALL_RUNS } : null), [input, hasFirst]),
  );
  const hasAll = all.question.phase === 'answered' && !all.isStale;
  const asked = hasAll ? all : first;
  const doubts = useQuestion(LossDoubtsDocument, variables);
  // The answer with more runs takes the place of the first one, and keeps the amount that the reader chose.
  const answered = asked.question.phase === 'idle' ? null : (asked.question.last?.variables.input ?? null);
  return (
    <ScrollBox className={classes.tab} label="Loss">
      {hasFirst && !hasAll && (
        <p className={`${classes.part} ${classes.note}`} role="status">
          {all.question.phase === 'failed'
            ? `${formatCount(ALL_RUNS)} runs took too long. The figures are of ${formatCount(FIRST_RUNS)} runs. `
            : `The figures are of ${formatCount(FIRST_RUNS)} runs. ${formatCount(ALL_RUNS)} are under way.`}
          {all.question.phase === 'failed' && (
            <Button variant="default" size="compact-sm" onClick={all.retry}>
              Retry
            </Button>
          )}
        </p>
      )}
      <AnswerFrame asked={asked} waiting={`Simulating ${formatCount(FIRST_RUNS)} runs`}>
        {({ blastRadius }) =>
          blastRadius?.simulation == null ? null : (
            <Simulated
              key={JSON.stringify(answered)}
              radius={blastRadius}
              simulation={blastRadius.simulation}
              input={input}
              title={title}
            />
          )
        }
      </AnswerFrame>
      <FailedLine asked={doubts} missing="Why it may be more is not known." />
      {doubts.data?.blastRadius != null && !doubts.isStale && <Doubts findings={doubts.data.blastRadius.findings} input={input} />}
    </ScrollBox>
  );
}

interface SimulatedProps {
  readonly radius: Radius;
  readonly simulation: Simulation;
  readonly input: BlastRadiusInput;
  readonly title: string;
}

type LabLoss = SimulatedProps['simulation']['labs'][number];

const LAB_COLUMNS: readonly Column<LabLoss>[] = [
  { key: 'lab', title: 'Lab', isName: true, cell: ({ lab }) => lab.name },
  { key: 'mean', title: 'Mean', isNumber: true, cell: ({ meanUsd }) => formatMoney(meanUsd) },
  { key: 'most', title: '9 of 10 runs', isNumber: true, cell: ({ p5Usd, p95Usd }) => `${formatMoney(p5Usd)} to ${formatMoney(p95Usd)}` },
];

function Simulated({ radius, simulation, input, title }: SimulatedProps) {
  const chart = useRef<SVGSVGElement>(null);
  const { runs, meanUsd, standardErrorUsd, p5Usd, p50Usd, p95Usd, exceedance, labs } = simulation;
  const { summary } = radius;
  const shown = () => ({
    header: ['loss_usd', 'share_of_runs'],
    rows: exceedance.map(({ lossUsd, probability }) => [lossUsd, probability]),
  });
  const caption = `${formatCount(runs)} simulated runs: ${formatMoney(meanUsd)} in the mean, ${formatMoney(p5Usd)} to ${formatMoney(p95Usd)} in nine of ten.`;
  return (
    <>
      <section className={classes.part}>
        <div className={classes.head}>
          <h2>
            Simulated loss <HelpCard term="simulation" />
          </h2>
          <ExportMenu
            name={`loss ${title}`}
            operation={{ document: LossDocument, variables: { input, runs } }}
            shown={shown}
            picture={() => pictureOf(chart.current, `Loss if ${title} is compromised`, [caption])}
          />
        </div>
        <p className={classes.range}>
          {formatMoney(p5Usd)} to {formatMoney(p95Usd)}
        </p>
        <p className={classes.note}>
          in 9 of 10 of {formatCount(runs)} runs. Mean {formatMoney(meanUsd)}, ±{formatMoney(standardErrorUsd)} standard error; half of the
          runs lose at least {formatMoney(p50Usd)}.
        </p>
        <ExceedanceCurve
          ref={chart}
          points={exceedance}
          p5Usd={p5Usd}
          p50Usd={p50Usd}
          p95Usd={p95Usd}
          worstCaseLossUsd={summary.worstCaseLossUsd}
        />
        <dl className={classes.figures}>
          <dt>
            Weighted loss <HelpCard term="weightedLoss" />
          </dt>
          <dd>{formatMoney(summary.weightedLossUsd)}</dd>
          <dt>
            Worst-case loss <HelpCard term="worstCase" />
          </dt>
          <dd>{formatMoney(summary.worstCaseLossUsd)}</dd>
        </dl>
      </section>
      <section className={classes.part}>
        <h2>How to read it</h2>
        <ul className={classes.points}>
          <li>It assumes that the origins are compromised in these windows. It does not say how likely that is.</li>
          <li>Each run draws which accesses the attacker uses, which doubtful copies are read, and what each artifact is worth.</li>
          <li>
            Counted: the value of exposed and possible artifacts, times the portion that is disclosed. Contained artifacts count as 0.
          </li>
          <li>A value is an estimate: its low and high amounts are the 5th and the 95th percentile.</li>
        </ul>
        <h3>Why it is a lower bound</h3>
        <ul className={classes.points}>
          <li>An artifact without a value counts as 0.</li>
          <li>Only recorded copies count. {summary.blindSpotCount > 0 && blindSpotSentence(summary.blindSpotCount)}</li>
          <li>Only disclosure counts: no fines, no recovery costs, no altered artifacts.</li>
        </ul>
      </section>
      {labs.length > 0 && (
        <section className={classes.part}>
          <h2>By lab</h2>
          <DataTable look="plain" label="Simulated loss by lab" columns={LAB_COLUMNS} rows={labs} keyOf={({ lab }) => lab.id} />
        </section>
      )}
    </>
  );
}

type Doubt = NonNullable<LossDoubtsQuery['blastRadius']>['findings']['edges'][number]['node'];

/** The findings that make this radius less certain than it looks. */
function Doubts({ findings, input }: { readonly findings: Connection<Doubt>; readonly input: BlastRadiusInput }) {
  const list = useMoreRows<Doubt>(findings, async (after) => {
    const { data } = await client.query({ query: LossDoubtsDocument, variables: { input, after } });
    return data?.blastRadius?.findings ?? null;
  });
  if (list.totalCount === 0) return null;
  return (
    <section className={classes.part}>
      <h2>{formatCount(list.totalCount)} records make it less certain</h2>
      <ul className={classes.points}>
        {list.rows.map(({ id, kind, message }) => (
          <li key={id}>
            {message} <Link href={qualityHref({ rule: kind, show: 'open', knownAt: null })}>Fix</Link>
          </li>
        ))}
      </ul>
      <MoreRowsLine list={list} noun="findings" />
    </section>
  );
}

interface ExceedanceCurveProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly points: readonly ExceedancePoint[];
  readonly p5Usd: number;
  readonly p50Usd: number;
  readonly p95Usd: number;
  readonly worstCaseLossUsd: number;
}

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 34;
const TOP = 18;
/** Positions of the slider. */
const STEPS = 200;

/** How likely a loss of at least so much is, by the simulated runs. A slider reads the curve without a pointer. */
function ExceedanceCurve({ ref, points, p5Usd, p50Usd, p95Usd, worstCaseLossUsd }: ExceedanceCurveProps) {
  const end = axisEnd(Math.max(worstCaseLossUsd, points.at(-1)?.lossUsd ?? 0));
  // The amount that the reader chose, so that it stays the same when the curve and its axis change. Null: half of the runs lose at least so much.
  const [chosenUsd, choose] = useState<number | null>(null);
  const at = Math.min(end, chosenUsd ?? p50Usd);
  const step = Math.round((at / end) * STEPS);
  const setStep = (next: number) => choose((next / STEPS) * end);
  const sliderId = useId();
  const x = (lossUsd: number) => Math.round((lossUsd / end) * WIDTH * 10) / 10;
  const y = (share: number) => Math.round((1 - share) * HEIGHT * 10) / 10;
  const chance = chanceOf(points, at);
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * (WIDTH + LEFT + 16) - LEFT;
    setStep(Math.max(0, Math.min(STEPS, Math.round((place / WIDTH) * STEPS))));
  };
  return (
    <figure className={classes.figure}>
      <svg
        ref={ref}
        className={classes.chart}
        viewBox={`0 0 ${LEFT + WIDTH + 16} ${TOP + HEIGHT + 24}`}
        role="img"
        aria-label={`Chance of a loss of at least so much. ${formatMoney(p5Usd)}: 95% of runs. ${formatMoney(p50Usd)}: 50%. ${formatMoney(p95Usd)}: 5%.`}
        onPointerMove={follow}
      >
        <g transform={`translate(${LEFT} ${TOP})`}>
          <text className={classes.axis} x={-LEFT} y={-7}>
            Share of runs with at least this loss
          </text>
          <rect className={classes.middle} x={x(p5Usd)} width={Math.max(0, x(p95Usd) - x(p5Usd))} y={0} height={HEIGHT} />
          {[0, 0.5, 1].map((share) => (
            <g key={share}>
              <line className={classes.grid} x1={0} x2={WIDTH} y1={y(share)} y2={y(share)} />
              <text className={classes.tick} x={-6} y={y(share)} textAnchor="end" dominantBaseline="central">
                {formatShare(share)}
              </text>
            </g>
          ))}
          {[0, 0.5, 1].map((part) => (
            <text
              key={part}
              className={classes.tick}
              x={part * WIDTH}
              y={HEIGHT + 16}
              textAnchor={part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}
            >
              {formatTick(part * end)}
            </text>
          ))}
          <line className={classes.worst} x1={x(worstCaseLossUsd)} x2={x(worstCaseLossUsd)} y1={0} y2={HEIGHT} />
          <path className={classes.curve} d={curvePath(points, x, y)} />
          <line className={classes.reading} x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
          <circle className={classes.dot} cx={x(at)} cy={y(chance)} r={4} />
        </g>
      </svg>
      <figcaption>
        <label htmlFor={sliderId}>
          A loss of at least <strong>{formatMoney(at)}</strong>: <strong>{formatShare(chance)}</strong> of runs.
        </label>
        <input
          id={sliderId}
          type="range"
          min={0}
          max={STEPS}
          value={step}
          aria-valuetext={`${formatMoney(at)}: ${formatShare(chance)} of runs`}
          onChange={(event) => setStep(Number(event.currentTarget.value))}
        />
        <p className={classes.note}>Tinted: 9 of 10 runs. Dashed line: the worst case.</p>
      </figcaption>
    </figure>
  );
}
