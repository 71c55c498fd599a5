import type { Tier } from '../../../shared/generated/operations.ts';
import type { Curve, Point } from '../../cytoscape/curve.ts';
import type { Box } from '../../cytoscape/label-box.ts';
import { routerAround } from '../../cytoscape/route.ts';
import type { LanesRadius } from '../lanes-props.ts';
import { tierOrder } from './lanes-grouping.ts';
import { halfWidth, holderBoxes, type PlacedHolder, type PlacedRow } from './lanes-places.ts';

export type LaneLine =
  | {
      readonly kind: 'copy';
      readonly key: string;
      readonly holder: string;
      readonly row: string;
      readonly tier: Tier;
      /** Number of loaded copies behind the line. */
      readonly count: number;
      /** What its width stands for (`weightOf`), where it is a bundle. */
      readonly weight: number;
      /** The line stands for a group, and `count` counts all its copies. */
      readonly isBundle: boolean;
      /** No copy behind it was certainly there. */
      readonly isUncertain: boolean;
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

/** What the width of a line for several artifacts stands for: how many they are, or their worst case in steps of $1M. */
export type WidthBy = 'copies' | 'loss';

export function weightOf({ count, lossUsd }: { readonly count: number; readonly lossUsd: number }, by: WidthBy): number {
  return by === 'loss' ? lossUsd / 1e6 : count;
}

/** The width of a line that stands for several artifacts, in pixels. @param weight at least 0 (`weightOf`) */
export function bandWidth(weight: number): number {
  return Math.max(1.5, 0.62 * (1 + Math.log2(weight)));
}

interface Drawn {
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly cardLeft: number;
}

const discRadius = 8;

interface Bundle {
  readonly holder: PlacedHolder;
  readonly row: PlacedRow;
  tier: Tier;
  /** Copies. */
  count: number;
  /** Worst case of its artifacts. */
  lossUsd: number;
  isUncertain: boolean;
}

/** The copies by holder and row, each with the strongest of their tiers. */
function bundlesOf({ copies, artifacts }: LanesRadius, drawn: Drawn): ReadonlyMap<string, Bundle> {
  const lossOf = new Map(artifacts.map(({ id, worstCaseLossUsd }) => [id, worstCaseLossUsd]));
  const holderOf = holdersById(drawn);
  const rowOf = new Map<string, PlacedRow>();
  for (const placed of drawn.rows) {
    if (placed.row.kind === 'artifact') rowOf.set(placed.row.artifact.id, placed);
    else for (const member of placed.row.members) rowOf.set(member.id, placed);
  }
  const bundles = new Map<string, Bundle>();
  for (const copy of copies) {
    const holder = holderOf.get(copy.holderId);
    const row = rowOf.get(copy.artifactId);
    if (holder === undefined || row === undefined) continue;
    const key = `${holder.key}>${row.row.key}`;
    const bundle = bundles.get(key);
    const isUncertain = copy.isUncertain === true;
    const lossUsd = lossOf.get(copy.artifactId) ?? 0;
    if (bundle === undefined) bundles.set(key, { holder, row, tier: copy.tier, count: copy.count, lossUsd, isUncertain });
    else {
      bundle.count += copy.count;
      bundle.lossUsd += lossUsd;
      bundle.isUncertain &&= isUncertain;
      if (tierOrder.indexOf(copy.tier) < tierOrder.indexOf(bundle.tier)) bundle.tier = copy.tier;
    }
  }
  return bundles;
}

function holdersById({ holders }: Drawn): ReadonlyMap<string, PlacedHolder> {
  return new Map(holders.flatMap((holder) => holder.members.map(({ id }) => [id, holder] as const)));
}

/**
 * One line for each holder and row with a copy, in the strongest tier of the copies. Lines leave a holder as one trunk and fan out late.
 * Drawing order: contained, possible, exposed. Complexity: O(copies) plus a sort of the lines.
 */
export function copyLines(radius: LanesRadius, drawn: Drawn): readonly LaneLine[] {
  return drawBundles(bundlesOf(radius, drawn), drawn, radius.isWhole, 'copies');
}

/**
 * The single lines of a bundled radius: from a selected holder to the rows of each lab, or from each holder to the rows of a selected lab or
 * artifact. Rows that stand for several have the counts of the server's whole answer.
 */
export function linesOfSelection(radius: LanesRadius, drawn: Drawn, selection: string | null, by: WidthBy = 'copies'): readonly LaneLine[] {
  if (selection === null) return [];
  const isNear = ({ holder, row }: Pick<Bundle, 'holder' | 'row'>) =>
    holder.key === selection || row.row.key === selection || row.card === selection;
  const { cells = null } = radius;
  const bundles = new Map([...bundlesOf(radius, drawn)].filter(([, bundle]) => isNear(bundle)));
  if (cells !== null) {
    for (const [key, { row }] of bundles) if (row.row.kind === 'group') bundles.delete(key);
    const holderOf = holdersById(drawn);
    const rowsOf = new Map<string, PlacedRow[]>();
    for (const placed of drawn.rows) {
      if (placed.row.kind === 'group') for (const labId of placed.labIds) rowsOf.set(labId, [...(rowsOf.get(labId) ?? []), placed]);
    }
    for (const { holderId, labId, counts, lossUsd } of cells) {
      const holder = holderOf.get(holderId);
      if (holder === undefined) continue;
      for (const row of rowsOf.get(labId) ?? []) {
        const tier = row.row.kind === 'group' ? row.row.tier : 'EXPOSED';
        if (counts[tier] === 0 || !isNear({ holder, row })) continue;
        const key = `${holder.key}>${row.row.key}`;
        const known = bundles.get(key);
        if (known === undefined) bundles.set(key, { holder, row, tier, count: counts[tier], lossUsd: lossUsd[tier], isUncertain: false });
        else {
          known.count += counts[tier];
          known.lossUsd += lossUsd[tier];
        }
      }
    }
  }
  return drawBundles(bundles, drawn, radius.isWhole || cells !== null, by);
}

function drawBundles(bundles: ReadonlyMap<string, Bundle>, drawn: Drawn, isCounted: boolean, by: WidthBy): readonly LaneLine[] {
  const ranked = [...bundles.entries()].sort(
    ([keyA, a], [keyB, b]) => tierOrder.indexOf(b.tier) - tierOrder.indexOf(a.tier) || a.count - b.count || (keyA < keyB ? 1 : -1),
  );
  const isRouted = ranked.length <= mostRouted;
  const route = routerAround(isRouted ? boxesOf(drawn.holders) : new Map());
  return ranked.map(([key, bundle]): LaneLine => {
    const { holder, row, tier, isUncertain } = bundle;
    const from = { x: holder.x + halfWidth(holder) + 2, y: holder.y };
    const to = { x: row.x - discRadius - 1, y: row.y };
    const usual = holder.hop === 0 ? outOfOrigin : outOfHolder;
    const candidates = (isRouted ? [usual, ...detours] : [usual]).map((bend) => ({ from, to, bends: bendsOf(from, to, bend) }));
    const curve = route([holder.key], candidates);
    const isBundle = isCounted && (holder.organization === null || row.row.kind === 'group');
    return {
      kind: 'copy',
      key: `copy:${key}`,
      holder: holder.key,
      row: row.row.key,
      tier,
      count: bundle.count,
      weight: weightOf(bundle, by),
      isBundle,
      isUncertain,
      curve,
    };
  });
}

function boxesOf(holders: readonly PlacedHolder[]): ReadonlyMap<string, readonly Box[]> {
  return new Map(holders.map((holder) => [holder.key, holderBoxes(holder)]));
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

function bendsOf(from: Point, to: Point, [near, late]: Bend): readonly Point[] {
  const width = to.x - from.x;
  return [
    { x: from.x + width * near, y: from.y },
    { x: from.x + width * late, y: to.y },
  ];
}

/** The lines of the spread steps, from the right side of a holder to the left side of the next. A step back or within a hop arcs around the left. */
export function spreadLines(radius: LanesRadius, drawn: Drawn): readonly LaneLine[] {
  const holderOf = holdersById(drawn);
  const lines = new Map<string, LaneLine>();
  const route = routerAround(radius.spread.length <= mostRouted ? boxesOf(drawn.holders) : new Map());
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
      curve: route([source.key, target.key], [spreadCurve(source, target)]),
    });
  }
  return [...lines.values()];
}

function spreadCurve(source: PlacedHolder, target: PlacedHolder): Curve {
  if (target.x > source.x) {
    const from = { x: source.x + halfWidth(source) + 2, y: source.y };
    const to = { x: target.x - halfWidth(target) - 2, y: target.y };
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
  const from = { x: source.x - halfWidth(source) - 2, y: source.y };
  const to = { x: target.x - halfWidth(target) - 2, y: target.y };
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
