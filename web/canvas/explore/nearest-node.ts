import type { Point } from '../cytoscape/curve.ts';

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/**
 * The target of an arrow key: the nearest node within 60 degrees of its direction, where sideways distance counts double. Ties go to the
 * smaller key. Undefined if there is none.
 */
export function findNearest(positions: ReadonlyMap<string, Point>, from: string, direction: Direction): string | undefined {
  const here = positions.get(from);
  if (here === undefined) return undefined;
  const isHorizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowLeft' || direction === 'ArrowUp' ? -1 : 1;
  let best: { key: string; cost: number } | undefined;
  for (const [key, { x, y }] of positions) {
    if (key === from) continue;
    const ahead = (isHorizontal ? x - here.x : y - here.y) * sign;
    const aside = Math.abs(isHorizontal ? y - here.y : x - here.x);
    if (ahead <= 0 || aside > ahead * 1.75) continue;
    const cost = ahead + aside * 2;
    if (best === undefined || cost < best.cost || (cost === best.cost && key < best.key)) best = { key, cost };
  }
  return best?.key;
}
