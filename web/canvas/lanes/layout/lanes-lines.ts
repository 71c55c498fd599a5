import type { Tier } from '../../../shared/generated/operations.ts';
import { type Curve, type Point, pointOn } from '../../cytoscape/curve.ts';
import type { LanesRadius } from '../lanes-props.ts';
import { type LaneGroups, tierOrder } from './lanes-grouping.ts';
import type { PlacedHolder, PlacedRow } from './lanes-places.ts';

export type LaneLine =
  | {
      readonly kind: 'copy';
      readonly key: string;
      readonly holder: string;
      readonly row: string;
      readonly tier: Tier;
      /** Number of loaded copies behind the line. */
      readonly count: number;
      /** The line stands for a group, and `count` counts all its copies. */
      readonly isBundle: boolean;
      readonly curve: Curve;
    }
  | {
      readonly kind: 'spread';
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly by: 'ACCESS' | 'TRANSFER';
      readonly likelihood: number;
      readonly curve: Curve;
    }
  | { readonly kind: 'reveal'; readonly key: string; readonly from: string; readonly to: string; readonly curve: Curve };

interface Drawn {
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly cardLeft: number;
}

const mostLines = 400;
const discRadius = 8;

/**
 * One line for each holder and row with a copy, in the strongest tier of the copies. Lines leave a holder as one trunk and fan out late.
 * Drawing order: contained, possible, exposed. Complexity: O(copies) plus a sort of the lines.
 */
export function copyLines(
  radius: LanesRadius,
  groups: LaneGroups,
  drawn: Drawn,
): { readonly lines: readonly LaneLine[]; readonly omittedCount: number } {
  const holderOf = new Map<string, PlacedHolder>();
  for (const holder of drawn.holders) for (const member of holder.members) holderOf.set(member.id, holder);
  const rowOf = new Map<string, PlacedRow>();
  for (const placed of drawn.rows) {
    if (placed.row.kind === 'artifact') rowOf.set(placed.row.artifact.id, placed);
    else for (const member of placed.row.members) rowOf.set(member.id, placed);
  }
  const bundles = new Map<string, { holder: PlacedHolder; row: PlacedRow; tier: Tier; count: number }>();
  for (const copy of radius.copies) {
    const holder = holderOf.get(copy.holderId);
    const row = rowOf.get(copy.artifactId);
    if (holder === undefined || row === undefined) continue;
    const key = `${holder.key}>${row.row.key}`;
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, { holder, row, tier: copy.tier, count: copy.count });
    else {
      bundle.count += copy.count;
      if (tierOrder.indexOf(copy.tier) < tierOrder.indexOf(bundle.tier)) bundle.tier = copy.tier;
    }
  }
  const ranked = [...bundles.entries()].sort(
    ([keyA, a], [keyB, b]) => tierOrder.indexOf(a.tier) - tierOrder.indexOf(b.tier) || b.count - a.count || (keyA < keyB ? -1 : 1),
  );
  const kept = groups.level === 'tiers' ? ranked.slice(0, mostLines) : ranked;
  const lines = kept.toReversed().map(([key, { holder, row, tier, count }]): LaneLine => {
    const from = { x: holder.x + holder.size / 2 + 2, y: holder.y };
    const to = { x: row.x - discRadius - 1, y: row.y };
    const bends =
      kept.length > mostRouted ? bendsOf(from, to, holder.hop === 0 ? outOfOrigin : outOfHolder) : bendsAround(holder, from, to, drawn);
    const isBundle = radius.isWhole && (holder.organization === null || row.row.kind === 'group');
    return { kind: 'copy', key: `copy:${key}`, holder: holder.key, row: row.row.key, tier, count, isBundle, curve: { from, to, bends } };
  });
  return { lines, omittedCount: ranked.length - kept.length };
}

/** The bends of a line, as shares of its width: it is horizontal before the first and after the second. */
type Bend = readonly [near: number, late: number];

const outOfOrigin: Bend = [0.44, 0.84];
const outOfHolder: Bend = [0.34, 0.74];
/** Other bends, the least different first. */
const detours: readonly Bend[] = [
  [0.34, 0.74],
  [0.5, 0.88],
  [0.24, 0.66],
  [0.6, 0.94],
  [0.14, 0.56],
  [0.7, 0.98],
  [0.04, 0.4],
  [0.82, 1],
  [0.02, 0.2],
  [0.92, 1],
];
/** Above this number of lines they form a mat in any case, and are not routed. */
const mostRouted = 240;
/** Distance that a line keeps from an icon, in pixels. */
const clearance = 4;

function bendsOf(from: Point, to: Point, [near, late]: Bend): readonly Point[] {
  const width = to.x - from.x;
  return [
    { x: from.x + width * near, y: from.y },
    { x: from.x + width * late, y: to.y },
  ];
}

/**
 * Bends a line around the icons of other holders. Tries a few bends and takes the first that meets no icon; else detours through the
 * nearest height that is free in the columns between. Complexity: O(bends x holders).
 */
function bendsAround(holder: PlacedHolder, from: Point, to: Point, { holders }: Drawn): readonly Point[] {
  const others = holders.filter((other) => other !== holder && other.x > holder.x);
  const isFree = (bends: readonly Point[]) => others.every((other) => !doesMeet({ from, to, bends }, other));
  for (const bend of [holder.hop === 0 ? outOfOrigin : outOfHolder, ...detours]) {
    const bends = bendsOf(from, to, bend);
    if (isFree(bends)) return bends;
  }
  const columns = [...new Set(others.map(({ x }) => x))].sort((a, b) => a - b);
  const last = Math.max(...columns) + 46;
  const edges = others
    .flatMap(({ y, size }) => [y - size / 2 - 14, y + size / 2 + 34])
    .sort((a, b) => Math.abs(a - from.y) - Math.abs(b - from.y));
  for (const y of edges) {
    const bends = [
      { x: from.x + 18, y: from.y },
      { x: from.x + 36, y },
      { x: (from.x + last) / 2, y },
      { x: last, y },
      { x: last + (to.x - last) * 0.5, y: to.y },
    ];
    if (isFree(bends)) return bends;
  }
  return bendsOf(from, to, holder.hop === 0 ? outOfOrigin : outOfHolder);
}

/** Whether a line passes through the icon of a holder, or closer to it than the clearance. */
export function doesMeet(curve: Curve, { x, y, size }: PlacedHolder): boolean {
  const reach = size / 2 + clearance;
  for (let i = 1; i < 40; i++) {
    const at = pointOn(curve, i / 40);
    if (Math.abs(at.x - x) < reach && Math.abs(at.y - y) < reach) return true;
  }
  return false;
}

/** The lines of the spread steps, from the right side of a holder to the left side of the next. A step back or within a hop arcs around the left. */
export function spreadLines(radius: LanesRadius, drawn: Drawn): readonly LaneLine[] {
  const holderOf = new Map<string, PlacedHolder>();
  for (const holder of drawn.holders) for (const member of holder.members) holderOf.set(member.id, holder);
  const lines = new Map<string, LaneLine>();
  for (const step of radius.spread) {
    const source = holderOf.get(step.fromId);
    const target = holderOf.get(step.toId);
    if (source === undefined || target === undefined || source === target) continue;
    const key = `spread:${source.key}>${target.key}`;
    const known = lines.get(key);
    if (known?.kind === 'spread' && known.likelihood >= step.likelihood) continue;
    lines.set(key, {
      kind: 'spread',
      key,
      from: source.key,
      to: target.key,
      by: step.kind,
      likelihood: step.likelihood,
      curve: spreadCurve(source, target),
    });
  }
  return [...lines.values()];
}

function spreadCurve(source: PlacedHolder, target: PlacedHolder): Curve {
  if (target.x > source.x) {
    const from = { x: source.x + source.size / 2 + 2, y: source.y };
    const to = { x: target.x - target.size / 2 - 2, y: target.y };
    const reach = to.x - from.x;
    return {
      from,
      to,
      bends: [
        { x: from.x + reach * 0.55, y: from.y },
        { x: from.x + reach * 0.45, y: to.y },
      ],
    };
  }
  const from = { x: source.x - source.size / 2 - 2, y: source.y };
  const to = { x: target.x - target.size / 2 - 2, y: target.y };
  const out = Math.min(from.x, to.x) - 46;
  return {
    from,
    to,
    bends: [
      { x: out, y: from.y },
      { x: out, y: to.y },
    ],
  };
}

/** Reveals as short arcs at the left of the discs, inside the card. */
export function revealArcs(radius: LanesRadius, drawn: Drawn): readonly LaneLine[] {
  const rowOf = new Map<string, PlacedRow>();
  for (const placed of drawn.rows) if (placed.row.kind === 'artifact') rowOf.set(placed.row.artifact.id, placed);
  const arcs: LaneLine[] = [];
  for (const reveal of radius.reveals) {
    const source = rowOf.get(reveal.artifactId);
    const target = rowOf.get(reveal.revealsId);
    if (source === undefined || target === undefined) continue;
    const side = { x: source.x - discRadius, y: source.y + 3 * Math.sign(target.y - source.y) };
    const end = { x: target.x - discRadius - 1, y: target.y - 3 * Math.sign(target.y - source.y) };
    const bulge = source.labId === target.labId ? 11 : 24;
    arcs.push({
      kind: 'reveal',
      key: `reveal:${source.row.key}>${target.row.key}`,
      from: source.row.key,
      to: target.row.key,
      curve: { from: side, to: end, bends: [{ x: side.x - bulge, y: (side.y + end.y) / 2 }] },
    });
  }
  return arcs;
}
