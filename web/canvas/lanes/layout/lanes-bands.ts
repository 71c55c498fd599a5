import { TIERS } from '../../../shared/format/words.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import { type Bands, bandWidth, type LaneLine, type WidthBy, weightOf } from './lanes-lines.ts';
import { type DrawnLanes, halfWidth, holderBoxes, type PlacedCard, type PlacedRow } from './lanes-places.ts';

/** One tier of a band. */
interface Strip {
  readonly key: string;
  readonly tier: Tier;
  readonly row: PlacedRow;
  readonly count: number;
  readonly lossUsd: number;
}

interface Band {
  readonly card: PlacedCard;
  readonly strips: readonly Strip[];
  readonly width: number;
}

/** Between bands that share a way, and between the strips of a band, in pixels. */
const apart = 6;
const between = 0.5;

/**
 * One band for each lab, from the origin to its card, of a strip for each tier, with the tier's count. Bands run level between the holders,
 * which stand in the same rows in each lane, on free ways near to their labs. A strip of contained artifacts is drawn where its lab is in
 * focus, or has no other. Linear in rows, and O(ways x labs^2).
 *
 * @param focus key of the card in focus
 */
export function layBands(drawn: DrawnLanes, by: WidthBy = 'copies', focus: string | null = null): Bands {
  const { holders, cardLeft } = drawn;
  const origins = holders.filter(({ hop }) => hop === 0);
  if (origins.length === 0) return { lines: [], levelOf: () => undefined, bendsOf: () => [] };
  const widthOf = (strip: Strip) => bandWidth(weightOf(strip, by)) + between;
  const ways = freeWays(drawn);
  const bands = bandsOf(drawn, focus, widthOf).toSorted((a, b) => a.card.headY - b.card.headY);
  const leveled = assignWays(ways, bands).flatMap((own, place) => {
    const { top, bottom } = ways[place] as Way;
    const needed = sum(own, ({ width }) => width) + (own.length - 1) * apart;
    // Bands that need more than their way has move together.
    const scale = Math.min(1, (bottom - top) / needed);
    let y = top + (bottom - top - needed * scale) / 2;
    return own.map((band) => {
      const level = y;
      y += (band.width + apart) * scale;
      return { ...band, y: level };
    });
  });
  const reached = holders.filter(({ hop }) => hop > 0);
  const firstLeft = Math.min(cardLeft - 120, ...reached.map((holder) => Math.min(...holderBoxes(holder).map(({ left }) => left))));
  const lastRight = Math.max(...holders.map((holder) => Math.max(...holderBoxes(holder).map(({ right }) => right))));
  const bendsOf = (from: Point, to: Point, level: number) =>
    levelBends(from, to, Math.max(from.x + 12, firstLeft - 6), Math.max(lastRight + 12, cardLeft - 60), level);
  const total = sum(leveled, ({ width }) => width);
  const lines: LaneLine[] = [];
  const levels = new Map<string, number>();
  let port = 0;
  for (const { card, strips, width, y } of leveled) {
    let offset = 0;
    for (const strip of strips) {
      const half = widthOf(strip) / 2;
      const level = y + offset + half;
      const origin = origins.reduce((best, each) => (Math.abs(each.y - level) < Math.abs(best.y - level) ? each : best));
      // The ports of all bands share the side of an origin.
      const share = (port + half) / total - 0.5;
      const from = { x: origin.x + halfWidth(origin) + 2, y: origin.y + share * Math.min(total, origin.size - 10) };
      const to = { x: card.left - 2, y: card.headY + offset + half - width / 2 };
      levels.set(`${card.key} ${strip.tier}`, level);
      lines.push({
        kind: 'copy',
        key: `band:${strip.key}`,
        holder: origin.key,
        row: strip.row.row.key,
        tier: strip.tier,
        count: strip.count,
        weight: weightOf(strip, by),
        isBundle: true,
        isUncertain: false,
        curve: { from, to, bends: bendsOf(from, to, level) },
      });
      offset += half * 2;
      port += half * 2;
    }
  }
  const byTier = lines.sort((a, b) => (a.kind === 'copy' && b.kind === 'copy' ? TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) : 0));
  return {
    lines: byTier,
    bendsOf,
    levelOf: (card, tier) => [tier, ...TIERS].map((each) => levels.get(`${card} ${each}`)).find((level) => level !== undefined),
  };
}

function bandsOf({ cards, rows }: DrawnLanes, focus: string | null, widthOf: (strip: Strip) => number): readonly Band[] {
  const strips = new Map<string, Strip>();
  for (const placed of rows) {
    const { row, card } = placed;
    if (row.kind === 'artifact' || row.count === 0) continue;
    const { tier, count, lossUsd } = row;
    const key = `${card} ${tier}`;
    strips.set(key, { key, tier, row: placed, count, lossUsd });
  }
  return cards.flatMap((card) => {
    const all = TIERS.flatMap((tier) => strips.get(`${card.key} ${tier}`) ?? []);
    const strong = all.filter(({ tier }) => tier !== 'CONTAINED');
    const own = card.key === focus || strong.length === 0 ? all : strong;
    return own.length === 0 ? [] : [{ card, strips: own, width: sum(own, widthOf) }];
  });
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}

/** A curve to the way, level between the holders, and a curve to the end. */
function levelBends(from: Point, to: Point, left: number, right: number, y: number): readonly Point[] {
  const [near, late] = [(from.x + left) / 2, (right + to.x) / 2];
  return [
    { x: near, y: from.y },
    { x: near, y },
    { x: left, y },
    { x: right, y },
    { x: late, y },
    { x: late, y: to.y },
  ];
}

interface Way {
  readonly top: number;
  readonly bottom: number;
}

const clear = 7;

/** The level strips that no plate and no card of a holder meets, from top to bottom. */
function freeWays({ cards, holders }: DrawnLanes): readonly Way[] {
  const taken = holders
    .filter(({ hop }) => hop > 0)
    .flatMap(holderBoxes)
    .map(({ top, bottom }) => ({ top: top - clear, bottom: bottom + clear }))
    .sort((a, b) => a.top - b.top);
  const ends = cards.flatMap(({ top, bottom }) => [top, bottom]);
  const ways: Way[] = [];
  let from = Math.min(...ends, ...taken.map(({ top }) => top));
  for (const { top, bottom } of taken) {
    if (top > from) ways.push({ top: from, bottom: top });
    from = Math.max(from, bottom);
  }
  ways.push({ top: from, bottom: Math.max(from, ...ends) });
  return ways;
}

/** A pixel that a way lacks counts as much as so many pixels of distance between ways and labs. */
const crowding = 50;

/**
 * The bands of each way. Bands keep the order of their labs, so that none cross, and together they are as near to their labs as room allows.
 * Complexity: O(ways x bands^2).
 */
function assignWays(ways: readonly Way[], bands: readonly Band[]): readonly (readonly Band[])[] {
  const distance = ({ top, bottom }: Way, y: number) => (y < top ? top - y : y > bottom ? y - bottom : 0);
  // By way and number of bands up to it: the least cost, and how many of these bands the ways before have.
  const steps: { readonly cost: number; readonly before: number }[][] = [];
  for (const way of ways) {
    const last = steps.at(-1);
    const row = Array.from({ length: bands.length + 1 }, (_, count) => {
      let best = { cost: Number.POSITIVE_INFINITY, before: count };
      let [far, width] = [0, 0];
      for (let before = count; before >= 0; before--) {
        const band = before < count ? bands[before] : undefined;
        if (band !== undefined) {
          far += distance(way, band.card.headY);
          width += band.width + (count - before > 1 ? apart : 0);
        }
        const earlier = last === undefined ? (before === 0 ? 0 : Number.POSITIVE_INFINITY) : (last[before]?.cost ?? 0);
        const cost = earlier + far + crowding * Math.max(0, width - (way.bottom - way.top));
        if (cost < best.cost) best = { cost, before };
      }
      return best;
    });
    steps.push(row);
  }
  let end = bands.length;
  return steps
    .toReversed()
    .map((row) => {
      const before = row[end]?.before ?? 0;
      const own = bands.slice(before, end);
      end = before;
      return own;
    })
    .toReversed();
}
