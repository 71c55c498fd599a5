import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import type { LanesRadius } from '../lanes-props.ts';
import { countArtifacts, tierOrder } from './lanes-grouping.ts';
import { bandWidth, type LaneLine, type WidthBy, weightOf } from './lanes-lines.ts';
import { halfWidth, holderBoxes, type PlacedHolder, type PlacedRow } from './lanes-places.ts';

/** Above this many artifacts, single lines stop being a picture: the lanes draw bands, and single lines for what is selected. */
const mostSingle = 60;

export function isBundled(radius: LanesRadius): boolean {
  return countArtifacts(radius) > mostSingle;
}

interface Drawn {
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly cardLeft: number;
}

/** Between bands that share a way, in pixels. */
const apart = 1.5;
const turn = 12;

/**
 * One band for each lab and tier, from the origin to the lab's rows of the tier. Its count is that of the rows. Bands run level between the
 * holders, which stand in the same rows in each lane, on the free way that is nearest to their lab. Linear in rows x ways.
 */
export function bandLines({ rows, holders, cardLeft }: Drawn, by: WidthBy = 'copies'): readonly LaneLine[] {
  const origins = holders.filter(({ hop }) => hop === 0);
  if (origins.length === 0) return [];
  const bands = new Map<string, { readonly row: PlacedRow; readonly tier: Tier; count: number; lossUsd: number }>();
  for (const placed of rows) {
    const { row, card } = placed;
    const tier = placed.outcome ?? (row.kind === 'artifact' ? row.artifact.tier : row.tier);
    const [count, lossUsd] = row.kind === 'artifact' ? [1, row.artifact.worstCaseLossUsd] : [row.count, row.lossUsd];
    if (tier === 'LEFT' || count === 0) continue;
    const band = bands.get(`${card} ${tier}`);
    if (band === undefined) bands.set(`${card} ${tier}`, { row: placed, tier, count, lossUsd });
    else {
      band.count += count;
      band.lossUsd += lossUsd;
    }
  }
  const ways = freeWays(holders, rows);
  const used = ways.map(() => 0);
  const lastX = Math.max(...holders.map(({ x }) => x));
  const firstLeft = Math.min(...holders.filter(({ hop }) => hop > 0).map((holder) => holder.x - halfWidth(holder)));
  const ordered = [...bands].sort(([, a], [, b]) => a.row.y - b.row.y);
  const lines = ordered.map(([key, { row, tier, ...sums }], place): LaneLine => {
    const weight = weightOf(sums, by);
    const width = bandWidth(weight) + apart;
    const way = nearestWay(ways, used, row.y, width);
    const at = ways[way] ?? { top: row.y, bottom: row.y };
    const y = Math.min(at.bottom, at.top + (used[way] ?? 0) + width / 2);
    used[way] = (used[way] ?? 0) + width;
    const origin = origins.reduce((best, each) => (Math.abs(each.y - y) < Math.abs(best.y - y) ? each : best));
    const port = ((place + 0.5) / ordered.length - 0.5) * (origin.size - 10);
    const from = { x: origin.x + halfWidth(origin) + 2, y: Math.round(origin.y + port) };
    const to = { x: row.x - 9, y: row.y };
    const left = Math.min(from.x + 10, firstLeft - 6);
    const right = Math.max(lastX + 90, cardLeft - 24 - (place % 10) * 4);
    return {
      kind: 'copy',
      key: `band:${key}`,
      holder: origin.key,
      row: row.row.key,
      tier,
      count: sums.count,
      weight,
      isBundle: true,
      isUncertain: false,
      curve: { from, to, bends: levelBends(from, to, left, right, y) },
    };
  });
  return lines.sort((a, b) => (a.kind === 'copy' && b.kind === 'copy' ? tierOrder.indexOf(b.tier) - tierOrder.indexOf(a.tier) : 0));
}

/** Up or down beside the start, level on the way, up or down beside the end. */
function levelBends(from: Point, to: Point, left: number, right: number, y: number): readonly Point[] {
  return [
    { x: left, y: from.y },
    { x: left, y },
    { x: left + turn, y },
    { x: right - turn, y },
    { x: right, y },
    { x: right, y: to.y },
  ];
}

interface Way {
  readonly top: number;
  readonly bottom: number;
}

const clear = 7;

/** The level strips that no mark and no name of a holder meets, from top to bottom. */
function freeWays(holders: readonly PlacedHolder[], rows: readonly PlacedRow[]): readonly Way[] {
  const taken = holders
    .filter(({ hop }) => hop > 0)
    .flatMap(holderBoxes)
    .map(({ top, bottom }) => ({ top: top - clear, bottom: bottom + clear }))
    .sort((a, b) => a.top - b.top);
  const ends = rows.map(({ y }) => y);
  const ways: Way[] = [];
  let from = Math.min(...ends, ...taken.map(({ top }) => top - 60));
  for (const { top, bottom } of taken) {
    if (top > from) ways.push({ top: from, bottom: top });
    from = Math.max(from, bottom);
  }
  ways.push({ top: from, bottom: Math.max(from + 60, ...ends) });
  return ways;
}

/** The way nearest to a height that still has room for a width; if none has, the nearest. */
function nearestWay(ways: readonly Way[], used: readonly number[], y: number, width: number): number {
  const distance = ({ top, bottom }: Way) => (y < top ? top - y : y > bottom ? y - bottom : 0);
  const hasRoom = (place: number) => (ways[place]?.bottom ?? 0) - (ways[place]?.top ?? 0) >= (used[place] ?? 0) + width;
  const order = ways.map((_, place) => place).sort((a, b) => distance(ways[a] as Way) - distance(ways[b] as Way) || a - b);
  return order.find(hasRoom) ?? order[0] ?? 0;
}
