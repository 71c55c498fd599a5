import { formatCount } from '../../../shared/format/count.ts';
import type { Tier } from '../../../shared/generated/operations.ts';
import type { Point } from '../../cytoscape/curve.ts';
import type { Box } from '../../cytoscape/label-box.ts';
import type { HolderCard, LaneArtifact, LaneLab, LanesAfter, LanesRadius } from '../lanes-props.ts';
import { bandLines, isBundled } from './lanes-bands.ts';
import type { GroupingOptions, LabBlock, LaneGroups, LaneRow } from './lanes-grouping.ts';
import { compare, groupLanes, lossOf, tierOrder } from './lanes-grouping.ts';
import { placeHolders } from './lanes-holders.ts';
import { placeLabels } from './lanes-labels.ts';
import type { LaneLine, WidthBy } from './lanes-lines.ts';
import { copyLines, linesOfSelection, revealArcs, spreadLines } from './lanes-lines.ts';
import type { LaneMeasures } from './lanes-measures.ts';
import { compact, roomy } from './lanes-measures.ts';
import type { LaneHeading, PlacedCard, PlacedHolder, PlacedLabel, PlacedRow } from './lanes-places.ts';

/**
 * The positions of everything in a blast radius: origins, holders by hop, artifacts in the cards of their labs. No physics: the same
 * radius, open groups and width give the same drawing to the pixel.
 */
export interface LanesLayout {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
  readonly holders: readonly PlacedHolder[];
  readonly lines: readonly LaneLine[];
  readonly labels: readonly PlacedLabel[];
  readonly headings: readonly LaneHeading[];
  /** The lines are bands of a lab and a tier, and single for what is selected. */
  readonly isBundled: boolean;
  readonly level: LaneGroups['level'];
  readonly measures: LaneMeasures;
}

export interface LanesLayoutOptions extends GroupingOptions {
  /** The drawing is one of two side by side. */
  readonly isCompact?: boolean;
  /** The result of a what-if. The places stay those of the radius; lines, discs and sums are those of the what-if. */
  readonly after?: LanesAfter | null;
  /** Width of the canvas in pixels. A wider layout scrolls. */
  readonly width: number;
  readonly formatUsd: (usd: number) => string;
  /** Middles of holders and cards that the reader placed by hand, by key. Nothing else gives way to them; lines are routed anew. */
  readonly pins?: ReadonlyMap<string, Point>;
  /** The expanded holders, by key. The others of their half make room; no lane moves. */
  readonly expanded?: ReadonlyMap<string, HolderCard>;
  /** What the width of a band stands for. */
  readonly widthBy?: WidthBy | undefined;
  /** Keys of holders and labs that are not drawn. They stay in every figure. An origin is always drawn. */
  readonly hidden?: ReadonlySet<string>;
}

const top = 6;
const bottom = 12;

/** Complexity: O(V log V + E). */
export function layOutLanes(given: LanesRadius, options: LanesLayoutOptions): LanesLayout {
  return arrangeLanes(given, options)(options.pins ?? new Map());
}

/** Lays out for pins. What pins do not move is laid out once: a drag asks for a layout at each frame. Complexity of each: O(V + E). */
export function arrangeLanes(
  given: LanesRadius,
  options: Omit<LanesLayoutOptions, 'pins'>,
): (pins: ReadonlyMap<string, Point>) => LanesLayout {
  const measures = options.isCompact === true ? compact : roomy;
  const { cardWidth, originX, leastStep, mostStep, gap } = measures;
  const after = options.after ?? null;
  const whole = inFixedOrder(given);
  const hidden = options.hidden ?? new Set();
  const radius = withoutHiddenLabs(whole, hidden);
  const groups = groupLanes(radius, options);
  const deepest = groups.hops.reduce((most, lane) => Math.max(most, lane.hop), 0);
  const step =
    deepest === 0
      ? 0
      : Math.min(mostStep, Math.max(leastStep, Math.floor((options.width - cardWidth - 24 - originX - gap + 40) / deepest)));
  const cardLeft = Math.max(originX + deepest * step + gap, options.width - cardWidth - 20);

  const placed = placeBlocks(groups, cardLeft, top, measures, after);
  const labOrder = new Map(
    [...groups.labs.map(({ lab }) => lab), ...(groups.moreLabs?.labs ?? [])].map(({ id }, i) => [id, Math.min(i, groups.labs.length)]),
  );
  const middle = (placed.height - top) / 2 + top;
  const { holders: unpinned, shift } = placeHolders(groups.hops, radius, labOrder, {
    ...{ top, bottom: placed.height, middle, originX, step },
    expanded: options.expanded ?? new Map(),
  });
  const left = after === null ? radius : inFixedOrder({ ...radius, copies: after.copies, spread: after.spread });
  const headings = headingsOf(whole, radius, hidden, groups, cardLeft, step, measures);
  return (pins) => {
    // A hidden holder leaves its place free, so that the others stay.
    const holders = unpinned
      .filter(({ key, hop }) => hop === 0 || !hidden.has(key))
      .map((holder) => ({ ...holder, ...pins.get(holder.key) }));
    const { cards, rows } = moveBlocks(placed, (card) => {
      const pin = holders.some(({ key }) => key === card.key) ? undefined : pins.get(card.key);
      if (pin === undefined) return { x: 0, y: shift };
      return { x: pin.x - (card.left + card.right) / 2, y: pin.y - (card.top + card.bottom) / 2 };
    });
    const drawn = { rows, holders, cardLeft };
    const copies = isBundled(radius)
      ? [...bandLines(drawn, options.widthBy), ...linesOfSelection(left, drawn, options.selection, options.widthBy)]
      : copyLines(left, drawn);
    const lines = [...spreadLines(left, drawn), ...copies, ...revealArcs(radius, drawn)];
    const lowest = Math.max(
      placed.height + shift,
      ...holders.map((holder) => holder.y + (holder.card === undefined ? holder.size / 2 + 26 : holder.card.height / 2 + 8)),
    );
    return {
      width: cardLeft + cardWidth + 20,
      height: Math.ceil(lowest + bottom),
      cards,
      rows,
      holders,
      lines,
      labels: placeLabels(cards, rows, holders, lines, options.formatUsd, measures),
      headings,
      measures,
      isBundled: isBundled(radius),
      level: groups.level,
    };
  };
}

function withoutHiddenLabs(radius: LanesRadius, hidden: ReadonlySet<string>): LanesRadius {
  if (hidden.size === 0) return radius;
  const isShown = (id: string) => !hidden.has(`organization:${id}`);
  return {
    ...radius,
    labs: radius.labs.filter(({ id }) => isShown(id)),
    artifacts: radius.artifacts.filter(({ ownerId }) => isShown(ownerId)),
  };
}

/** Sorts every list, so that the drawing does not depend on the order of the answer. */
function inFixedOrder(radius: LanesRadius): LanesRadius {
  return {
    ...radius,
    organizations: radius.organizations.toSorted((a, b) => compare(a.id, b.id)),
    artifacts: radius.artifacts.toSorted((a, b) => compare(a.id, b.id)),
    copies: radius.copies.toSorted((a, b) => compare(a.holderId, b.holderId) || compare(a.artifactId, b.artifactId)),
    spread: radius.spread.toSorted((a, b) => compare(a.fromId, b.fromId) || compare(a.toId, b.toId) || compare(a.kind, b.kind)),
    reveals: radius.reveals.toSorted((a, b) => compare(a.artifactId, b.artifactId) || compare(a.revealsId, b.revealsId)),
  };
}

/** The names of the lanes, with the counts of the whole radius and of what the reader hid. */
function headingsOf(
  radius: LanesRadius,
  shown: LanesRadius,
  hidden: ReadonlySet<string>,
  groups: LaneGroups,
  cardLeft: number,
  step: number,
  { originX, labInset }: LaneMeasures,
): readonly LaneHeading[] {
  const origins = groups.hops.find((lane) => lane.hop === 0)?.total ?? 0;
  const reached = radius.organizations.filter(({ hops }) => hops > 0);
  const countOf = (loaded: number, total: number, hidden: number) =>
    `${total > loaded ? `${formatCount(loaded)} of ` : ''}${formatCount(Math.max(loaded, total))}${hidden > 0 ? `, ${formatCount(hidden)} hidden` : ''}`;
  const headings: LaneHeading[] = [{ x: 24, text: origins > 1 ? 'Origins' : 'Origin', count: origins > 1 ? String(origins) : null }];
  if (reached.length > 0) {
    const hiddenCount = reached.filter(({ id }) => hidden.has(`organization:${id}`)).length;
    headings.push({ x: originX + step - 46, text: 'Reached', count: countOf(reached.length, radius.reachedTotal, hiddenCount) });
  }
  if (radius.artifactTotal === 0) return headings;
  const artifacts = countOf(radius.artifacts.length, radius.artifactTotal, radius.artifacts.length - shown.artifacts.length);
  headings.push({ x: cardLeft + 11, text: 'Artifacts in reach', count: artifacts });
  const affected = radius.labs.filter(({ counts }) => counts.EXPOSED + counts.POSSIBLE > 0).length;
  const count = `${countOf(affected, radius.choice?.affectedLabTotal ?? affected, 0)} affected`;
  headings.push({ x: cardLeft + labInset - 2, text: 'Labs', count });
  return headings;
}

/** The height of a row. */
const pitch = 21;
const cardPadding = 5;
const cardGap = 6;
const leastBlock = 62;
const discInset = 18;

interface PlacedBlocks {
  readonly cards: readonly PlacedCard[];
  readonly rows: readonly PlacedRow[];
}

/** Places the cards of the labs below each other, each with its rows. @returns the height at which they end, too */
function placeBlocks(
  groups: LaneGroups,
  left: number,
  from: number,
  measures: LaneMeasures,
  after: LanesAfter | null,
): PlacedBlocks & { readonly height: number } {
  const cards: PlacedCard[] = [];
  const rows: PlacedRow[] = [];
  let y = from;
  const frame = { left, cards, rows, measures, after };
  for (const block of groups.labs) y = placeBlock(block, y, frame);
  if (groups.moreLabs !== null) {
    const { key, labs, artifacts } = groups.moreLabs;
    const sum = (of: (lab: LaneLab) => Readonly<Record<Tier, number>>): Record<Tier, number> => ({
      EXPOSED: labs.reduce((all, lab) => all + of(lab).EXPOSED, 0),
      POSSIBLE: labs.reduce((all, lab) => all + of(lab).POSSIBLE, 0),
      CONTAINED: labs.reduce((all, lab) => all + of(lab).CONTAINED, 0),
    });
    const lab: LaneLab = {
      id: '',
      name: `${formatCount(labs.length)} more labs`,
      counts: sum(({ counts }) => counts),
      lossUsd: sum(({ lossUsd }) => lossUsd),
    };
    const members = tierOrder
      .filter((tier) => lab.counts[tier] > 0)
      .map(
        (tier): LaneRow => ({
          kind: 'group',
          key: `${key}:${tier}`,
          tier,
          isAll: true,
          count: lab.counts[tier],
          lossUsd: lab.lossUsd[tier],
          members: artifacts.filter((artifact) => artifact.tier === tier),
        }),
      );
    y = placeBlock({ lab, rows: members }, y, frame, { key, labIds: labs.map(({ id }) => id) });
  }
  return { cards, rows, height: Math.max(from, y - cardGap) };
}

interface BlockFrame {
  readonly left: number;
  readonly cards: PlacedCard[];
  readonly rows: PlacedRow[];
  readonly measures: LaneMeasures;
  readonly after: LanesAfter | null;
}

function placeBlock({ lab, rows: members }: LabBlock, y: number, frame: BlockFrame, group?: { key: string; labIds: string[] }): number {
  const [groupKey, labIds = null] = [group?.key, group?.labIds];
  const { left, cards, rows, measures, after } = frame;
  const { cardWidth, labInset } = measures;
  const sums = after === null ? lab : sumsAfter(after, lab, labIds);
  const inner = Math.max(members.length * pitch, leastBlock);
  const card = { left, top: y, right: left + cardWidth, bottom: y + inner + cardPadding * 2 };
  const key = groupKey ?? `organization:${lab.id}`;
  cards.push({
    ...card,
    key,
    lab: groupKey === undefined ? lab : null,
    title: lab.name,
    lossUsd: lossOf(sums),
    counts: sums.counts,
    labLeft: left + labInset,
    isGroup: groupKey !== undefined,
  });
  const first = y + cardPadding + (inner - members.length * pitch) / 2;
  members.forEach((given, i) => {
    const row = after === null || given.kind === 'artifact' ? given : groupAfter(given, sums, members, after);
    const center = Math.round(first + i * pitch + pitch / 2);
    rows.push({
      row,
      labId: lab.id,
      labIds: labIds ?? [lab.id],
      card: key,
      ...(after === null || row.kind === 'group' ? {} : outcomeOf(row.artifact, after)),
      x: left + discInset,
      y: center,
      box: { left: left + 2, right: left + labInset - 8, top: center - pitch / 2, bottom: center + pitch / 2 },
    });
  });
  return card.bottom + cardGap;
}

/** The sums of a lab, or of the labs of a group. */
function sumsAfter({ labs }: LanesAfter, { id }: LaneLab, of: readonly string[] | null): Pick<LaneLab, 'counts' | 'lossUsd'> {
  const all = (of ?? [id]).flatMap((each) => labs.get(each) ?? []);
  const sum = (from: 'counts' | 'lossUsd') =>
    Object.fromEntries(tierOrder.map((tier) => [tier, all.reduce((total, lab) => total + lab[from][tier], 0)])) as Record<Tier, number>;
  return { counts: sum('counts'), lossUsd: sum('lossUsd') };
}

/** A group of a lab counts what its sums have beyond the rows that are drawn one by one. */
function groupAfter(
  row: Extract<LaneRow, { kind: 'group' }>,
  { counts, lossUsd }: Pick<LaneLab, 'counts' | 'lossUsd'>,
  members: readonly LaneRow[],
  after: LanesAfter,
): LaneRow {
  const alone = members.flatMap((other) =>
    other.kind === 'artifact' && outcomeOf(other.artifact, after).outcome === row.tier ? [other.artifact] : [],
  );
  return {
    ...row,
    count: Math.max(0, counts[row.tier] - alone.length),
    lossUsd: Math.max(0, lossUsd[row.tier] - alone.reduce((sum, { worstCaseLossUsd }) => sum + worstCaseLossUsd, 0)),
  };
}

function outcomeOf({ id, tier }: LaneArtifact, { tiers, isCut = false }: LanesAfter): Pick<PlacedRow, 'outcome'> {
  return { outcome: tiers.get(id) ?? (isCut ? tier : 'LEFT') };
}

/** The same cards at other places, each with its rows. */
function moveBlocks({ cards, rows }: PlacedBlocks, by: (card: PlacedCard) => Point): PlacedBlocks {
  const moves = cards.map((card) => ({ card, by: by(card) }));
  return {
    cards: moves.map(({ card, by }) => moveBox(card, by)),
    rows: rows.map((row) => {
      const at = moves.find(({ card }) => card.key === row.card)?.by ?? { x: 0, y: 0 };
      return { ...row, x: row.x + at.x, y: row.y + at.y, box: moveBox(row.box, at) };
    }),
  };
}

function moveBox<TBox extends Box & { readonly labLeft?: number }>(box: TBox, { x, y }: Point): TBox {
  const moved = { ...box, left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y };
  return box.labLeft === undefined ? moved : { ...moved, labLeft: box.labLeft + x };
}
