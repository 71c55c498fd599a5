import { useMemo, useRef } from 'react';
import { ExportMenu } from '../../../../shared/export/export-menu.tsx';
import { pictureOf } from '../../../../shared/export/view-picture.ts';
import { formatCount } from '../../../../shared/format/count.ts';
import { formatMoney } from '../../../../shared/format/money.ts';
import {
  type BlastRadiusInput,
  LossDocument,
  LossDoubtsDocument,
  type LossDoubtsQuery,
  type LossQuery,
} from '../../../../shared/generated/operations.ts';
import { client } from '../../../../shared/graphql/client.ts';
import { useQuestion } from '../../../../shared/graphql/use-question.ts';
import { AnswerFrame, FailedLine } from '../../../../shared/lists/answer-frame.tsx';
import { MoreRowsLine } from '../../../../shared/lists/more-rows.tsx';
import { type Connection, useMoreRows } from '../../../../shared/lists/use-more-rows.ts';
import { HelpCard } from '../../../../shared/ui/help-card.tsx';
import { Link } from '../../../../shared/ui/link.tsx';
import { ScrollBox } from '../../../../shared/ui/scroll-box.tsx';
import { qualityHref } from '../../../../shared/url/quality-url.ts';
import { blindSpotSentence } from '../../sentences.ts';
import { ExceedanceCurve } from './exceedance-curve.tsx';
import classes from './loss.module.css';

type Radius = NonNullable<LossQuery['blastRadius']>;
type Simulation = NonNullable<Radius['simulation']>;

/** The loss over simulated runs: its range and curve, what is counted, and why it may be more. */
export function LossTab({ input, title }: { readonly input: BlastRadiusInput; readonly title: string }) {
  const variables = useMemo(() => ({ input }), [input]);
  const asked = useQuestion(LossDocument, variables);
  const doubts = useQuestion(LossDoubtsDocument, variables);
  const answered = asked.question.phase === 'idle' ? null : (asked.question.last?.variables ?? null);
  return (
    <ScrollBox className={classes.tab} label="Loss">
      <AnswerFrame asked={asked} waiting="Simulating 10,000 runs">
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
            operation={{ document: LossDocument, variables: { input } }}
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
          <li>A value is an estimate: its low and high amounts are the 5th and the 95th percentile, so a run can exceed the worst case.</li>
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
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Lab</th>
                <th scope="col">Mean</th>
                <th scope="col">9 of 10 runs</th>
              </tr>
            </thead>
            <tbody>
              {labs.map((row) => (
                <tr key={row.lab.id}>
                  <th scope="row">{row.lab.name}</th>
                  <td>{formatMoney(row.meanUsd)}</td>
                  <td>
                    {formatMoney(row.p5Usd)} to {formatMoney(row.p95Usd)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
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
