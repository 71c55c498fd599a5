import type { Tier } from '../../shared/generated/operations.ts';
import type { Curve } from '../cytoscape/curve.ts';
import { type LaneGroups, tierOrder } from './lanes-grouping.ts';
import type { PlacedHolder, PlacedRow } from './lanes-places.ts';
import type { LanesRadius } from './lanes-props.ts';

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
    const [near, late] = holder.hop === 0 ? [0.44, 0.84] : [0.34, 0.74];
    const bends = [
      { x: from.x + (to.x - from.x) * near, y: from.y },
      { x: from.x + (to.x - from.x) * late, y: to.y },
    ];
    const isBundle = radius.isWhole && (holder.organization === null || row.row.kind === 'group');
    return { kind: 'copy', key: `copy:${key}`, holder: holder.key, row: row.row.key, tier, count, isBundle, curve: { from, to, bends } };
  });
  return { lines, omittedCount: ranked.length - kept.length };
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
