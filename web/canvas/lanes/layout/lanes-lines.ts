import { TIERS } from '../../../shared/format/words.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Curve, Point } from '../../cytoscape/curve.ts';
import type { Box } from '../../cytoscape/label-box.ts';
import { routerAround } from '../../cytoscape/route.ts';
import type { LanesRadius } from '../lanes-props.ts';
import { type DrawnLanes, halfWidth, holderBoxes, type PlacedHolder, type PlacedRow } from './lanes-places.ts';

export type LaneLine =
  | {
      readonly kind: 'copy';
      readonly key: string;
      readonly holder: string;
      readonly row: string;
      readonly tier: Tier;
      /** Number of loaded copies behind the line. */
      readonly count: number;
      /** The figure that its width stands for (`weightOf`), where it is a bundle. */
      readonly weight: number;
      /** The line stands for a group, and `count` counts all its copies. */
      readonly isBundle: boolean;
      /** No copy behind it was certainly there. */
      readonly isUncertain: boolean;
      /** It leads from a holder into the band of a lab. */
      readonly isTributary?: boolean;
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

/** The bands of a drawing. */
export interface Bands {
  readonly lines: readonly LaneLine[];
  /** The height at which a card's strip of a tier runs between the holders, or another strip of the card. */
  readonly levelOf: (card: string, tier: Tier) => number | undefined;
  /** The bends of a line along a band, before, on and after its level. */
  readonly bendsOf: (from: Point, to: Point, level: number) => readonly Point[];
}

/** The figure that the width of a line for several artifacts stands for: how many they are, or their worst case in steps of $1M. */
export type WidthBy = 'copies' | 'loss';

export function weightOf({ count, lossUsd }: { readonly count: number; readonly lossUsd: number }, by: WidthBy): number {
  return by === 'loss' ? lossUsd / 1e6 : count;
}

/** The width of a line that stands for several artifacts, in pixels. @param weight at least 0 (`weightOf`) */
export function bandWidth(weight: number): number {
  return Math.max(1.5, 0.62 * (1 + Math.log2(weight)));
}

type Drawn = Pick<DrawnLanes, 'rows' | 'holders'>;

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
      if (TIERS.indexOf(copy.tier) < TIERS.indexOf(bundle.tier)) bundle.tier = copy.tier;
    }
  }
  return bundles;
}

function holdersById({ holders }: Drawn): ReadonlyMap<string, PlacedHolder> {
  return new Map(holders.flatMap((holder) => holder.members.map(({ id }) => [id, holder] as const)));
}

/**
 * One line for each holder and row with a copy, in the strongest tier of the copies. Lines run in cables (`layCables`).
 * Drawing order: contained, possible, exposed. Complexity: O(copies) plus a sort of the lines.
 */
export function copyLines(radius: LanesRadius, drawn: Drawn): readonly LaneLine[] {
  const bundles = bundlesOf(radius, drawn);
  const ranked = [...bundles.entries()].sort(
    ([keyA, a], [keyB, b]) => TIERS.indexOf(b.tier) - TIERS.indexOf(a.tier) || a.count - b.count || (keyA < keyB ? 1 : -1),
  );
  const isRouted = ranked.length <= mostRouted;
  const route = routerAround(isRouted ? boxesOf(drawn.holders) : new Map());
  const cables = layCables(bundles);
  return ranked.map(([key, bundle]): LaneLine => {
    const { holder, row, tier, isUncertain } = bundle;
    const { port, gate } = cables.get(key) as Cable;
    const from = { x: holder.x + halfWidth(holder) + 2, y: port };
    const to = { x: row.x - discRadius - 1, y: row.y };
    const usual = holder.hop === 0 ? outOfOrigin : outOfHolder;
    const candidates = (isRouted ? [usual, ...detours] : [usual]).map((bend) => ({ from, to, bends: bendsOf(from, to, gate, bend) }));
    const curve = route([holder.key], candidates);
    const isBundle = radius.isWhole && (holder.organization === null || row.row.kind === 'group');
    return {
      kind: 'copy',
      key: `copy:${key}`,
      holder: holder.key,
      row: row.row.key,
      tier,
      count: bundle.count,
      weight: bundle.count,
      isBundle,
      isUncertain,
      curve,
    };
  });
}

/**
 * The lines of what is selected in a bundled radius, each into the band of a lab. Those of a selected holder or lab are tributaries, with the
 * counts of the server's whole answer. Those of a selected artifact run along the band, to its row.
 */
export function linesOfSelection(
  radius: LanesRadius,
  drawn: DrawnLanes,
  bands: Bands,
  selection: string | null,
  by: WidthBy = 'copies',
): readonly LaneLine[] {
  if (selection === null) return [];
  const { cells = null } = radius;
  const isCounted = radius.isWhole || cells !== null;
  const artifact = drawn.rows.filter(({ row }) => row.key === selection);
  if (artifact.length > 0) return drawTributaries([...bundlesOf(radius, { ...drawn, rows: artifact })], drawn, bands, isCounted, by);
  const groups = drawn.rows.filter(({ row }) => row.kind === 'group');
  const isNear = ({ holder, row }: Pick<Bundle, 'holder' | 'row'>) => holder.key === selection || row.card === selection;
  const loaded = cells === null ? [...bundlesOf(radius, { ...drawn, rows: groups })] : [];
  const bundles = new Map(loaded.filter(([, bundle]) => isNear(bundle)));
  if (cells !== null) {
    const holderOf = holdersById(drawn);
    const rowsOf = new Map<string, PlacedRow[]>();
    for (const placed of groups) for (const labId of placed.labIds) rowsOf.set(labId, [...(rowsOf.get(labId) ?? []), placed]);
    for (const { holderId, labId, counts, lossUsd } of cells) {
      const holder = holderOf.get(holderId);
      if (holder === undefined) continue;
      const own = rowsOf.get(labId) ?? [];
      for (const tier of TIERS) {
        // Its own copies may be weaker than every artifact of the lab.
        const row = own.find((placed) => placed.row.kind === 'group' && placed.row.tier === tier) ?? own[0];
        if (row === undefined || counts[tier] === 0 || !isNear({ holder, row })) continue;
        const key = `${holder.key}>${row.card} ${tier}`;
        const known = bundles.get(key);
        if (known === undefined) bundles.set(key, { holder, row, tier, count: counts[tier], lossUsd: lossUsd[tier], isUncertain: false });
        else {
          known.count += counts[tier];
          known.lossUsd += lossUsd[tier];
        }
      }
    }
  }
  return drawTributaries([...bundles], drawn, bands, isCounted, by);
}

/** Between the tracks of two holders, and between those of two tiers of one. */
const trackPitch = 6;
const tierPitch = 2;
const besideTrack = 9;

/**
 * From each holder upright on a track of its own beside its lane, and into the band; a line of one artifact along it to the row. An origin has
 * no track: bands leave from there.
 */
function drawTributaries(
  bundles: readonly (readonly [string, Bundle])[],
  { holders, cardLeft }: DrawnLanes,
  { levelOf, bendsOf }: Bands,
  isCounted: boolean,
  by: WidthBy,
): readonly LaneLine[] {
  const reached = holders.filter(({ hop }) => hop > 0);
  const edgesOf = (hop: number, side: 'left' | 'right') =>
    reached
      .filter((each) => each.hop === hop)
      .flatMap(holderBoxes)
      .map((box) => box[side]);
  const lines: LaneLine[] = [];
  const draw = ([key, { holder, row, tier, count, lossUsd, isUncertain }]: (typeof bundles)[number], track: number | null) => {
    const level = levelOf(row.card, tier);
    if (level === undefined) return;
    const aside = track === null ? 0 : (TIERS.indexOf(tier) - 1) * tierPitch;
    const from = { x: holder.x + halfWidth(holder) + 2, y: holder.y + aside };
    const upright =
      track === null
        ? []
        : [
            { x: track, y: from.y },
            { x: track, y: level },
            { x: track + 10, y: level },
          ];
    const end = row.row.kind === 'artifact' ? { x: row.x - discRadius - 1, y: row.y } : null;
    const to = end ?? upright.at(-1);
    if (to === undefined) return;
    const bends = end === null ? upright.slice(0, -1) : [...upright, ...bendsOf(from, end, level).slice(upright.length)];
    const weight = weightOf({ count, lossUsd }, by);
    const line = { kind: 'copy', key: `copy:${key}`, holder: holder.key, row: row.row.key, tier, count, weight } as const;
    lines.push({ ...line, isBundle: isCounted && end === null, isUncertain, isTributary: true, curve: { from, to, bends } });
  };
  for (const bundle of bundles) if (bundle[1].holder.hop === 0) draw(bundle, null);
  for (const hop of new Set(reached.map((holder) => holder.hop))) {
    const own = bundles.filter(([, { holder }]) => holder.hop === hop);
    const tracks = [...new Set(own.map(([, { holder }]) => holder))].sort((a, b) => a.y - b.y);
    const first = Math.max(...edgesOf(hop, 'right')) + besideTrack;
    const last = Math.min(cardLeft - 60, ...edgesOf(hop + 1, 'left')) - besideTrack;
    const apart = Math.max(0, Math.min(trackPitch, (last - first - 2 * tierPitch) / Math.max(1, tracks.length - 1)));
    for (const bundle of own) {
      const { holder, tier } = bundle[1];
      draw(bundle, first + tracks.indexOf(holder) * apart + TIERS.indexOf(tier) * tierPitch);
    }
  }
  return lines;
}

/** Heights at which a line leaves its holder and passes the gate of its lab. */
interface Cable {
  readonly port: number;
  readonly gate: number;
}

/** Between the lines of a cable, and between two cables at a gate. */
const strandPitch = 2.6;
const cableGap = 4;
/** From the gate of a lab to its rows. */
const gateInset = 66;

/**
 * The lines of a holder to a lab run side by side to a gate before the lab's card, and fan out from there to their rows. Lines leave their
 * holder in the order of their other ends, and the cables of a lab pass its gate in the order of their holders, so that none cross there.
 */
function layCables(bundles: ReadonlyMap<string, Bundle>): ReadonlyMap<string, Cable> {
  const ordered = [...bundles].sort(([, a], [, b]) => a.row.y - b.row.y || a.holder.y - b.holder.y);
  const ports = new Map<string, number>();
  for (const own of groupBy(ordered, ([, { holder }]) => holder.key)) {
    const [, { holder }] = own[0] as (typeof own)[0];
    const room = (holder.card?.height ?? holder.size) - 12;
    const pitch = Math.min(strandPitch, room / Math.max(1, own.length - 1));
    for (const [i, [key]] of own.entries()) ports.set(key, holder.y + (i - (own.length - 1) / 2) * pitch);
  }
  const cables = new Map<string, Cable>();
  for (const own of groupBy(ordered, ([, { row }]) => row.card)) {
    const inOrder = own.sort(([, a], [, b]) => a.holder.y - b.holder.y || a.holder.x - b.holder.x || a.row.y - b.row.y);
    let height = 0;
    const places = inOrder.map(([, { holder }], i) => {
      if (i > 0) height += inOrder[i - 1]?.[1].holder === holder ? strandPitch : cableGap + strandPitch;
      return height;
    });
    const middle = own.reduce((sum, [, { row }]) => sum + row.y, 0) / own.length;
    for (const [i, [key]] of inOrder.entries()) {
      cables.set(key, { port: ports.get(key) ?? 0, gate: middle + (places[i] ?? 0) - height / 2 });
    }
  }
  return cables;
}

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): Iterable<T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups.values();
}

function boxesOf(holders: readonly PlacedHolder[]): ReadonlyMap<string, readonly Box[]> {
  return new Map(holders.map((holder) => [holder.key, holderBoxes(holder)]));
}

/** The bends of a line before its gate, as shares of the way there: it is horizontal before the first and after the second. */
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

function bendsOf(from: Point, to: Point, gate: number, [near, late]: Bend): readonly Point[] {
  const atGate = Math.max(from.x + 12, to.x - gateInset);
  const width = atGate - from.x;
  return [
    { x: from.x + width * near, y: from.y },
    { x: from.x + width * late, y: gate },
    { x: atGate, y: gate },
    { x: atGate + (to.x - atGate) / 2, y: to.y },
  ];
}

/** Between the level of an origin and that of a holder whose line leaves the origin upright, beside the size of the mark. */
const originClear = 20;

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
  const [, name] = holderBoxes(source);
  const down = target.y - source.y;
  const isForward = target.x > source.x;
  const from = { x: source.x + (isForward ? 1 : -1) * (halfWidth(source) + 2), y: source.y };
  const to = { x: target.x - halfWidth(target) - 2, y: target.y };
  if (source.hop === 0 && source.card === undefined && isForward && Math.abs(down) > source.size + originClear) {
    // From above the mark of the origin or below its name, so that it does not cross the lines of copies.
    const above = { x: source.x, y: down < 0 ? source.y - source.size / 2 - 4 : name.bottom + 2 };
    return { from: above, to, bends: [{ x: source.x, y: to.y }] };
  }
  const reach = to.x - from.x;
  const out = Math.min(from.x, to.x) - 46;
  const [first, last] = isForward ? [from.x + reach * 0.55, from.x + reach * 0.45] : [out, out];
  return {
    from,
    to,
    bends: [
      { x: first, y: from.y },
      { x: last, y: to.y },
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
