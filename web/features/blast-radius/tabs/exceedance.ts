/** A point of the exceedance curve: the share of runs whose loss is at least `lossUsd`. */
export interface ExceedancePoint {
  readonly lossUsd: number;
  readonly probability: number;
}

/**
 * The share of runs that lose at least this much, as far as the points tell: that of the next point, so never too much; 1 up to the
 * smallest loss; 0 above the largest.
 *
 * @param points by lossUsd ascending
 */
export function chanceOf(points: readonly ExceedancePoint[], lossUsd: number): number {
  const [first] = points;
  if (first === undefined || lossUsd <= first.lossUsd) return lossUsd <= 0 ? 1 : (first?.probability ?? 0);
  return points.find((point) => point.lossUsd >= lossUsd)?.probability ?? 0;
}

/** The upper end of the axis: the first of 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten that is not below the amount. */
export function axisEnd(amountUsd: number): number {
  if (amountUsd <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(amountUsd));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= amountUsd * (1 - 1e-12)) ?? 10) * power;
}

/** The curve as the path of an SVG: a staircase that falls from 1 to 0. */
export function curvePath(points: readonly ExceedancePoint[], x: (lossUsd: number) => number, y: (share: number) => number): string {
  const steps = points.map(({ lossUsd, probability }, i) => `${i === 0 ? '' : `V${y(probability)}`}H${x(lossUsd)}`);
  return `M${x(0)} ${y(points[0]?.probability ?? 0)}${steps.join('')}V${y(0)}`;
}
