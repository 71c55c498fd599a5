import { memo, useId } from 'react';
import type { TimeScale } from '../../../shared/windows/time-scale.ts';
import type { RadiusAnswer } from '../lanes/lanes-radius.ts';
import classes from './time-window.module.css';

export interface TimeSeriesProps {
  readonly buckets: NonNullable<RadiusAnswer['timeline']>;
  readonly scale: TimeScale;
  readonly top: number;
  readonly base: number;
}

/** Definite counts as a solid area, with possible counts hatched above. Drawn as steps, because copies come and go at single instants. */
export const TimeSeries = memo(function TimeSeries({ buckets, scale, top, base }: TimeSeriesProps) {
  const hatch = useId();
  const most = Math.max(1, ...buckets.map((bucket) => bucket.definiteCount + bucket.possibleCount));
  const y = (count: number) => base - (count / most) * (base - top);
  const steps = buckets.map((bucket) => ({
    x1: scale.x(Date.parse(bucket.from)),
    x2: scale.x(Date.parse(bucket.until)),
    low: y(bucket.definiteCount),
    high: y(bucket.definiteCount + bucket.possibleCount),
  }));
  const first = steps[0];
  const last = steps.at(-1);
  if (first === undefined || last === undefined) return null;
  const lowLine = steps
    .map((step) => `L${step.x1} ${step.low}L${step.x2} ${step.low}`)
    .join('')
    .slice(1);
  const highLine = steps
    .map((step) => `L${step.x1} ${step.high}L${step.x2} ${step.high}`)
    .join('')
    .slice(1);
  const lowBack = steps
    .toReversed()
    .map((step) => `L${step.x2} ${step.low}L${step.x1} ${step.low}`)
    .join('');
  return (
    <g>
      <defs>
        <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1={0} y1={0} x2={0} y2={5} className={classes.hatch} />
        </pattern>
      </defs>
      <path d={`M${first.x1} ${base}L${lowLine}L${last.x2} ${base}Z`} className={classes.definiteArea} />
      <path d={`M${highLine}${lowBack}Z`} fill={`url(#${hatch})`} />
      <path d={`M${highLine}`} className={classes.possibleLine} />
      <path d={`M${lowLine}`} className={classes.definiteLine} />
    </g>
  );
});
