import { formatCount } from '../../shared/format/count.ts';
import { formatShare } from '../../shared/format/share.ts';
import type { Tier } from '../../shared/generated/operations.ts';
import { pointOn } from '../cytoscape/curve.ts';
import { type Box, cutInTheMiddle, doBoxesMeet, estimateWidth } from '../cytoscape/label-box.ts';
import {
  compare,
  type GroupingOptions,
  groupLanes,
  type LabBlock,
  type LaneGroups,
  type LaneRow,
  lossOf,
  tierOrder,
} from './lanes-grouping.ts';
import { placeHolders } from './lanes-holders.ts';
import { copyLines, type LaneLine, revealArcs, spreadLines } from './lanes-lines.ts';
import type { LaneHeading, PlacedCard, PlacedHolder, PlacedLabel, PlacedRow } from './lanes-places.ts';
import type { LaneLab, LanesAfter, LanesRadius } from './lanes-props.ts';

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
  /** Number of copy lines that are not drawn. The weakest lines are left out first. */
  readonly omittedLines: number;
  readonly level: LaneGroups['level'];
  readonly measures: LaneMeasures;
}

/** Measures of a drawing in pixels. */
export interface LaneMeasures {
  readonly cardWidth: number;
  /** From the left edge of a card to its lab. */
  readonly labInset: number;
  readonly originX: number;
  /** Distance of two hops. */
  readonly leastStep: number;
  readonly mostStep: number;
  /** From the last hop to the cards. */
  readonly gap: number;
  /** Longest name of an artifact and of a lab, in characters. */
  readonly mostName: number;
  readonly mostTitle: number;
}

const roomy: LaneMeasures = {
  cardWidth: 442,
  labInset: 232,
  originX: 70,
  leastStep: 132,
  mostStep: 184,
  gap: 210,
  mostName: 26,
  mostTitle: 24,
};
/** For two drawings side by side. */
const compact: LaneMeasures = {
  cardWidth: 306,
  labInset: 178,
  originX: 46,
  leastStep: 84,
  mostStep: 120,
  gap: 132,
  mostName: 20,
  mostTitle: 13,
};

export interface LanesLayoutOptions extends GroupingOptions {
  /** The drawing is one of two side by side. */
  readonly isCompact?: boolean;
  /** The result of a what-if. The places stay those of the radius; lines, discs and sums are those of the what-if. */
  readonly after?: LanesAfter | null;
  /** Width of the canvas in pixels. A wider layout scrolls. */
  readonly width: number;
  readonly formatUsd: (usd: number) => string;
}

export const pitch = 21;
const cardPadding = 5;
const cardGap = 6;
const leastBlock = 62;
const top = 6;
const bottom = 12;
const discInset = 18;
const textSize = 13;
const originTextSize = 14;

/** Complexity: O(V log V + E). */
export function layOutLanes(given: LanesRadius, options: LanesLayoutOptions): LanesLayout {
  const measures = options.isCompact === true ? compact : roomy;
  const { cardWidth, originX, leastStep, mostStep, gap } = measures;
  const after = options.after ?? null;
  const radius = inFixedOrder(given);
  const groups = groupLanes(radius, options);
  const deepest = groups.hops.reduce((most, lane) => Math.max(most, lane.hop), 0);
  const step =
    deepest === 0
      ? 0
      : Math.min(mostStep, Math.max(leastStep, Math.floor((options.width - cardWidth - 24 - originX - gap + 40) / deepest)));
  const cardLeft = Math.max(originX + deepest * step + gap, options.width - cardWidth - 20);

  const { cards, rows, height: blocksBottom } = placeBlocks(groups, cardLeft, top, measures, after);
  const rowY = new Map<string, number>();
  for (const placed of rows) {
    if (placed.row.kind === 'artifact') rowY.set(placed.row.artifact.id, placed.y);
    else for (const member of placed.row.members) rowY.set(member.id, placed.y);
  }
  const middle = (blocksBottom - top) / 2 + top;
  const { holders, shift } = placeHolders(groups.hops, radius, rowY, { top, bottom: blocksBottom, middle, originX, step });
  const moved =
    shift === 0 ? { cards, rows } : { cards: cards.map((card) => moveCard(card, shift)), rows: rows.map((row) => moveRow(row, shift)) };

  const drawn = { rows: moved.rows, holders, cardLeft };
  const left = after === null ? radius : inFixedOrder({ ...radius, copies: after.copies, spread: after.spread });
  const copies = copyLines(left, groups, drawn);
  const lines = [...spreadLines(left, drawn), ...copies.lines, ...revealArcs(radius, drawn)];
  const lowest = Math.max(blocksBottom + shift, ...holders.map((holder) => holder.y + holder.size / 2 + 26));
  return {
    width: cardLeft + cardWidth + 20,
    height: Math.ceil(lowest + bottom),
    cards: moved.cards,
    rows: moved.rows,
    holders,
    lines,
    labels: placeLabels(moved.cards, moved.rows, holders, lines, options.formatUsd, measures),
    headings: headingsOf(radius, groups, cardLeft, step, measures),
    measures,
    omittedLines: copies.omittedCount,
    level: groups.level,
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

function placeBlocks(groups: LaneGroups, left: number, from: number, measures: LaneMeasures, after: LanesAfter | null) {
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
    y = placeBlock({ lab, rows: members }, y, frame, key);
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

function placeBlock({ lab, rows: members }: LabBlock, y: number, frame: BlockFrame, groupKey?: string): number {
  const { left, cards, rows, measures, after } = frame;
  const { cardWidth, labInset } = measures;
  const sums = after === null ? lab : (after.labs.get(lab.id) ?? noSums);
  const inner = Math.max(members.length * pitch, leastBlock);
  const card = { left, top: y, right: left + cardWidth, bottom: y + inner + cardPadding * 2 };
  cards.push({
    ...card,
    key: groupKey ?? `organization:${lab.id}`,
    lab: groupKey === undefined ? lab : null,
    title: lab.name,
    lossUsd: lossOf(sums),
    counts: sums.counts,
    labLeft: left + labInset,
    isGroup: groupKey !== undefined,
  });
  const first = y + cardPadding + (inner - members.length * pitch) / 2;
  members.forEach((row, i) => {
    const center = Math.round(first + i * pitch + pitch / 2);
    rows.push({
      row,
      labId: lab.id,
      ...(after === null || row.kind === 'group' ? {} : { outcome: after.tiers.get(row.artifact.id) ?? ('LEFT' as const) }),
      x: left + discInset,
      y: center,
      box: { left: left + 2, right: left + labInset - 8, top: center - pitch / 2, bottom: center + pitch / 2 },
    });
  });
  return card.bottom + cardGap;
}

function moveCard(card: PlacedCard, by: number): PlacedCard {
  return { ...card, top: card.top + by, bottom: card.bottom + by };
}

function moveRow(row: PlacedRow, by: number): PlacedRow {
  return { ...row, y: row.y + by, box: { ...row.box, top: row.box.top + by, bottom: row.box.bottom + by } };
}

const none = { EXPOSED: 0, POSSIBLE: 0, CONTAINED: 0 };
const noSums = { counts: none, lossUsd: none };

/** The label of a row. A group shows how many artifacts it stands for and their total loss. */
export function rowText(row: LaneRow, formatUsd: (usd: number) => string, mostName: number): string {
  if (row.kind === 'artifact') return cutInTheMiddle(row.artifact.name, mostName);
  const tier = row.tier.toLowerCase();
  return `${formatCount(row.count)} ${row.isAll ? '' : 'more '}${tier} · ${formatUsd(row.lossUsd)}`;
}

export function holderText(holder: PlacedHolder): string {
  if (holder.organization !== null)
    return holder.hop === 0 ? originText(holder.organization.name, holder.x) : cutInTheMiddle(holder.organization.name, 18);
  if (holder.isCut) return `More at hop ${holder.hop}`;
  return holder.hop === 0
    ? `${formatCount(holder.members.length)} more origins`
    : `${formatCount(holder.members.length)} more at hop ${holder.hop}`;
}

/** The name of an origin, which stands in the middle of its lane, no wider than the left edge allows. */
function originText(name: string, x: number): string {
  let most = 16;
  while (most > 6 && estimateWidth(cutInTheMiddle(name, most), originTextSize) / 2 > x - 2) most -= 1;
  return cutInTheMiddle(name, most);
}

function placeLabels(
  cards: readonly PlacedCard[],
  rows: readonly PlacedRow[],
  holders: readonly PlacedHolder[],
  lines: readonly LaneLine[],
  formatUsd: (usd: number) => string,
  { labInset, mostName }: LaneMeasures,
): readonly PlacedLabel[] {
  const labels: PlacedLabel[] = [];
  for (const { row, x, y } of rows) {
    const text = rowText(row, formatUsd, mostName);
    labels.push({
      of: row.key,
      role: 'row',
      text,
      box: { left: x + 15, right: x + 15 + estimateWidth(text, textSize), top: y - 9, bottom: y + 9 },
    });
  }
  for (const card of cards) {
    const y = (card.top + card.bottom) / 2;
    const left = card.left + labInset + 36;
    labels.push({ of: card.key, role: 'card', text: card.title, box: { left, right: card.right - 8, top: y - 28, bottom: y + 28 } });
  }
  for (const holder of holders) {
    const text = holderText(holder);
    const half = estimateWidth(text, holder.hop === 0 ? originTextSize : textSize) / 2;
    const under = holder.y + holder.size / 2 + 4;
    labels.push({
      of: holder.key,
      role: 'holder',
      text,
      box: { left: holder.x - half, right: holder.x + half, top: under, bottom: under + 18 },
    });
  }
  // The text of a line moves along it until it covers no other label. If no place is free, only the table shows it.
  for (const line of lines) {
    const words = wordsOn(line);
    if (words === null) continue;
    const half = estimateWidth(words.text, 12) / 2 + 3;
    for (const at of words.places) {
      const center = pointOn(line.curve, at);
      const box = { left: center.x - half, right: center.x + half, top: center.y - 9, bottom: center.y + 9 };
      if (labels.some((label) => doBoxesMeet(label.box, box)) || holders.some((holder) => doBoxesMeet(boxAround(holder), box))) continue;
      labels.push({ of: line.key, role: 'line', text: words.text, box });
      break;
    }
  }
  return labels;
}

function wordsOn(line: LaneLine): { readonly text: string; readonly places: readonly number[] } | null {
  if (line.kind === 'spread') return { text: formatShare(line.likelihood), places: [0.5, 0.4, 0.6, 0.32, 0.68, 0.25, 0.75] };
  if (line.kind === 'copy' && line.isBundle && line.count > 1) return { text: formatCount(line.count), places: [0.7, 0.6, 0.5, 0.4] };
  return null;
}

function boxAround({ x, y, size }: PlacedHolder): Box {
  return { left: x - size / 2, right: x + size / 2, top: y - size / 2, bottom: y + size / 2 };
}

function headingsOf(
  radius: LanesRadius,
  groups: LaneGroups,
  cardLeft: number,
  step: number,
  { originX, labInset }: LaneMeasures,
): readonly LaneHeading[] {
  const origins = groups.hops.find((lane) => lane.hop === 0)?.total ?? 0;
  const reached = groups.hops.filter((lane) => lane.hop > 0).reduce((sum, lane) => sum + lane.total, 0);
  const shownOf = (shown: number, total: number) => (total > shown ? `${formatCount(shown)} of ${formatCount(total)}` : formatCount(shown));
  const headings: LaneHeading[] = [{ x: 24, text: origins > 1 ? 'Origins' : 'Origin', count: origins > 1 ? String(origins) : null }];
  if (reached > 0) headings.push({ x: originX + step - 46, text: 'Reached', count: shownOf(reached, radius.reachedTotal) });
  if (radius.artifactTotal === 0) return headings;
  headings.push({ x: cardLeft + 11, text: 'Artifacts in reach', count: shownOf(radius.artifacts.length, radius.artifactTotal) });
  const affected = radius.labs.filter(({ counts }) => counts.EXPOSED + counts.POSSIBLE > 0).length;
  headings.push({ x: cardLeft + labInset - 2, text: 'Labs', count: `${formatCount(affected)} affected` });
  return headings;
}
