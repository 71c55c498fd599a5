import { type PointerEvent, type Ref, useId, useState } from 'react';
import { formatMoney, formatTick } from '../../../../shared/format/money.ts';
import { formatShare } from '../../../../shared/format/share.ts';
import { axisEnd, chanceOf, curvePath, type ExceedancePoint } from './exceedance.ts';
import classes from './loss.module.css';

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
export function ExceedanceCurve({ ref, points, p5Usd, p50Usd, p95Usd, worstCaseLossUsd }: ExceedanceCurveProps) {
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
