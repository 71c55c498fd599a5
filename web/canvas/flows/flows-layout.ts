import type { Tier } from '../../shared/generated/operations.ts';
import {
  addSums,
  amountOf,
  type FlowHolder,
  type FlowLab,
  type FlowRadius,
  lossOfSums,
  type Measure,
  NO_SUMS,
  TIER_ORDER,
  type TierSums,
  totalOf,
} from './flow-radius.ts';

/** A holder, or a group of holders of one hop. */
export interface FlowNode {
  /** `organization:ID` or the key of a group. */
  readonly key: string;
  readonly members: readonly FlowHolder[];
  /** Null for a group. */
  readonly holder: FlowHolder | null;
  readonly hop: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** The artifacts at the members. An artifact counts at each of its holders. */
  readonly sums: TierSums;
}

export interface FlowBlock {
  readonly key: string;
  readonly labs: readonly FlowLab[];
  /** Null for a group. */
  readonly lab: FlowLab | null;
  readonly top: number;
  readonly height: number;
  /** The extent of the bar at the end of the bands. */
  readonly barTop: number;
  readonly barHeight: number;
  readonly sums: TierSums;
}

export interface FlowSegment {
  readonly tier: Tier;
  readonly path: string;
}

/** The band of one holder and one lab, or of groups of them. */
export interface FlowBand {
  readonly key: string;
  readonly node: FlowNode;
  readonly block: FlowBlock;
  readonly sums: TierSums;
  readonly segments: readonly FlowSegment[];
  /** The outline over all segments. */
  readonly path: string;
}

export interface FlowLine {
  readonly key: string;
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly likelihood: number;
  readonly path: string;
}

export interface FlowsLayout {
  readonly width: number;
  readonly height: number;
  readonly labX: number;
  readonly columns: readonly { readonly hop: number; readonly x: number; readonly total: number }[];
  readonly nodes: readonly FlowNode[];
  readonly blocks: readonly FlowBlock[];
  /** Thinnest first, so that the widest are drawn last. */
  readonly bands: readonly FlowBand[];
  readonly lines: readonly FlowLine[];
  readonly omittedBands: number;
}

export interface FlowsLayoutOptions {
  readonly width: number;
  readonly height: number;
  readonly measure: Measure;
  readonly openGroups: ReadonlySet<string>;
}

const ORIGIN_X = 66;
const ORIGIN_SIZE = 52;
const HOLDER_SIZE = 30;
/** Width of the column with the labs' names and sums. */
const LAB_COLUMN = 268;
export const BAR_WIDTH = 8;
const TOP = 8;
const BOTTOM = 16;
const LAB_GAP = 4;
/** Two lines of text. */
const LEAST_BLOCK = 34;
/** An icon and its name, as close as they can be, and as they are where there is room. */
const LEAST_SLOT = 50;
const USUAL_SLOT = 58;
/** Between the bands of two holders of one hop. */
const SLOT_GAP = 14;
const LEAST_BAND = 1.2;
const MOST_HOLDERS = 8;
const MOST_LABS = 12;
const MOST_BANDS = 3000;

interface Slot {
  readonly key: string;
  readonly hop: number;
  readonly holder: FlowHolder | null;
  readonly members: readonly FlowHolder[];
}

/**
 * Places a radius as flows: origins at the left, holders by hop, labs at the right, one band for each holder and lab. The height of a band is
 * its worst case or its number of artifacts, in one scale for the whole picture. The scale fills the height of the canvas, unless the names
 * need more; the picture then scrolls. The same radius, size and open groups give the same picture.
 *
 * Complexity: O(cells log cells).
 */
export function layOutFlows(radius: FlowRadius, { width, height, measure, openGroups }: FlowsLayoutOptions): FlowsLayout {
  const slots = slotsOf(radius, openGroups);
  const blocks = blocksOf(radius, measure, openGroups);
  const slotOf = new Map(slots.flatMap((slot) => slot.members.map((member) => [member.id, slot] as const)));
  const blockOf = new Map(blocks.flatMap((block) => block.labs.map((lab) => [lab.id, block] as const)));
  const sums = new Map<string, { readonly slot: Slot; readonly block: LabSlot; sums: TierSums }>();
  for (const cell of radius.cells) {
    const slot = slotOf.get(cell.holderId ?? REVEALED_ID);
    const block = blockOf.get(cell.labId);
    if (slot === undefined || block === undefined) continue;
    const key = JSON.stringify([slot.key, block.key]);
    const entry = sums.get(key);
    if (entry === undefined) sums.set(key, { slot, block, sums: cell });
    else entry.sums = addSums(entry.sums, cell);
  }
  const bands = [...sums.entries()].map(([key, band]) => ({ key, ...band }));

  const amountOfSlot = sumBy(bands, ({ slot }) => slot.key, measure);
  const amountsOfBlock = amountsBy(bands, ({ block }) => block.key, measure);
  const amountsOfSlot = amountsBy(bands, ({ slot }) => slot.key, measure);
  const least = blocks.length * (LEAST_BLOCK + LAB_GAP) + TOP + BOTTOM;
  // Where the names fit, the picture does not scroll.
  const target = (height >= least ? height : least * 1.1) - TOP - BOTTOM - blocks.length * LAB_GAP;
  const hops = [...new Set(slots.map(({ hop }) => hop))].sort((a, b) => a - b);
  const scale = findScale([
    { stacks: blocks.map(({ key }) => ({ amounts: amountsOfBlock.get(key) ?? [], least: LEAST_BLOCK })), room: target },
    ...hops.map((hop) => {
      const own = slots.filter((slot) => slot.hop === hop);
      const stacks = own.map(({ key }) => ({ amounts: amountsOfSlot.get(key) ?? [], least: LEAST_SLOT - SLOT_GAP }));
      return { stacks, room: height - TOP - BOTTOM - own.length * SLOT_GAP };
    }),
  ]);
  // No band disappears: a band that would be thinner than a line gets a line's width.
  const heightOf = (of: TierSums) => Math.max(LEAST_BAND, totalOf(of, measure) * scale);

  const stackOfBlock = new Map<string, number>();
  const stackOfSlot = new Map<string, number>();
  for (const band of bands) {
    stackOfBlock.set(band.block.key, (stackOfBlock.get(band.block.key) ?? 0) + heightOf(band.sums));
    stackOfSlot.set(band.slot.key, (stackOfSlot.get(band.slot.key) ?? 0) + heightOf(band.sums));
  }
  const placedBlocks: FlowBlock[] = [];
  let y = TOP;
  for (const block of blocks) {
    const barHeight = Math.max(4, stackOfBlock.get(block.key) ?? 0);
    const tall = Math.max(LEAST_BLOCK, barHeight);
    placedBlocks.push({ ...block, top: y, height: tall, barTop: y + (tall - barHeight) / 2, barHeight });
    y += tall + LAB_GAP;
  }
  const blocksBottom = y - LAB_GAP;

  const deepest = Math.max(1, hops.length - 1);
  const room = Math.max(width, ORIGIN_X + deepest * 112 + 150 + LAB_COLUMN);
  const labX = room - LAB_COLUMN;
  const step = Math.min(190, (labX - ORIGIN_X - 140) / deepest);
  const columnsOf = (least: number) => {
    const heightOfSlot = (slot: Slot) => Math.max(least, (stackOfSlot.get(slot.key) ?? 0) + SLOT_GAP);
    return hops.map((hop) => slots.filter((slot) => slot.hop === hop).reduce((sum, slot) => sum + heightOfSlot(slot), 0));
  };
  const doesFit = Math.max(...columnsOf(USUAL_SLOT)) <= height - TOP - BOTTOM;
  const leastSlot = doesFit ? USUAL_SLOT : LEAST_SLOT;
  const slotHeight = (slot: Slot) => Math.max(leastSlot, (stackOfSlot.get(slot.key) ?? 0) + SLOT_GAP);
  const columnHeights = columnsOf(leastSlot);
  const inner = Math.max(blocksBottom - TOP, height - TOP - BOTTOM, ...columnHeights);
  const parentOf = new Map(radius.steps.map((each) => [each.toId, each.fromId]));
  const nodes: FlowNode[] = [];
  const yOf = new Map<string, number>();
  hops.forEach((hop, column) => {
    const parentY = (slot: Slot) => yOf.get(parentOf.get(slot.members[0]?.id ?? '') ?? '') ?? Number.MAX_VALUE;
    const own = slots
      .filter((slot) => slot.hop === hop)
      .sort(
        (a, b) =>
          Number(a.holder === null) - Number(b.holder === null) ||
          parentY(a) - parentY(b) ||
          (amountOfSlot.get(b.key) ?? 0) - (amountOfSlot.get(a.key) ?? 0) ||
          compare(a.key, b.key),
      );
    const spare = Math.min(46, (inner - (columnHeights[column] ?? 0)) / own.length);
    let at = TOP + (inner - (columnHeights[column] ?? 0) - spare * own.length) / 2;
    for (const slot of own) {
      const tall = slotHeight(slot) + spare;
      const node = {
        ...slot,
        x: Math.round(ORIGIN_X + column * step),
        y: Math.round(at + tall / 2),
        size: hop === 0 ? ORIGIN_SIZE : HOLDER_SIZE,
        sums: bands.filter((band) => band.slot === slot).reduce((sum, band) => addSums(sum, band.sums), NO_SUMS),
      };
      nodes.push(node);
      for (const member of slot.members) yOf.set(member.id, node.y);
      at += tall;
    }
  });

  const placed = placeBands(bands, nodes, placedBlocks, { labX, heightOf, measure });
  const kept = placed.toSorted((a, b) => totalOf(b.sums, measure) - totalOf(a.sums, measure) || compare(a.key, b.key)).slice(0, MOST_BANDS);
  const nodeOf = new Map(nodes.flatMap((node) => node.members.map((member) => [member.id, node] as const)));
  return {
    width: room,
    height: Math.ceil(Math.max(blocksBottom, TOP + inner) + BOTTOM),
    labX,
    columns: hops.map((hop, column) => ({
      hop,
      x: ORIGIN_X + column * step,
      total: radius.holders.filter((holder) => holder.hops === hop).length,
    })),
    nodes,
    blocks: placedBlocks,
    bands: kept.toReversed(),
    lines: linesOf(radius, nodeOf),
    omittedBands: placed.length - kept.length,
  };
}

const REVEALED_ID = '';
/** Key of the node for artifacts that are only revealed, which no holder has. */
export const REVEALED_KEY = 'group:revealed';

function slotsOf({ holders, cells }: FlowRadius, openGroups: ReadonlySet<string>): readonly Slot[] {
  const lossAt = new Map<string, number>();
  for (const cell of cells) if (cell.holderId !== null) lossAt.set(cell.holderId, (lossAt.get(cell.holderId) ?? 0) + lossOfSums(cell));
  const slots: Slot[] = [];
  for (const hop of [...new Set(holders.map(({ hops }) => hops))].sort((a, b) => a - b)) {
    const all = holders
      .filter(({ hops }) => hops === hop)
      .sort((a, b) => (lossAt.get(b.id) ?? 0) - (lossAt.get(a.id) ?? 0) || compare(a.id, b.id));
    const key = `group:holders:${hop}`;
    const isWhole = openGroups.has(key) || all.length <= MOST_HOLDERS + 1;
    const alone = isWhole ? all : all.slice(0, MOST_HOLDERS);
    for (const holder of alone) slots.push({ key: `organization:${holder.id}`, hop, holder, members: [holder] });
    if (!isWhole) slots.push({ key, hop, holder: null, members: all.slice(MOST_HOLDERS) });
  }
  if (cells.some(({ holderId }) => holderId === null)) {
    const nobody: FlowHolder = { id: REVEALED_ID, name: 'Only revealed', roles: [], hops: 0, likelihood: 1 };
    const last = Math.max(1, ...slots.map(({ hop }) => hop));
    slots.push({ key: REVEALED_KEY, hop: last, holder: null, members: [nobody] });
  }
  return slots;
}

type LabSlot = Pick<FlowBlock, 'key' | 'labs' | 'lab' | 'sums'>;

function blocksOf({ labs }: FlowRadius, measure: Measure, openGroups: ReadonlySet<string>): readonly LabSlot[] {
  const sorted = labs.toSorted((a, b) => totalOf(b, measure) - totalOf(a, measure) || compare(a.id, b.id));
  const isWhole = openGroups.has('group:labs') || sorted.length <= MOST_LABS + 1;
  const alone = (isWhole ? sorted : sorted.slice(0, MOST_LABS)).map((lab) => ({
    key: `organization:${lab.id}`,
    lab,
    labs: [lab],
    sums: lab,
  }));
  if (isWhole) return alone;
  const rest = sorted.slice(MOST_LABS);
  return [...alone, { key: 'group:labs', lab: null, labs: rest, sums: rest.reduce<TierSums>(addSums, NO_SUMS) }];
}

interface Column {
  /** Bands one on another, at least so high together. */
  readonly stacks: readonly { readonly amounts: readonly number[]; readonly least: number }[];
  readonly room: number;
}

/** The largest scale at which each column fits. A column that fits at no scale scrolls. Complexity: O(bands). */
function findScale(columns: readonly Column[]): number {
  const tallAt = ({ stacks }: Column, scale: number) =>
    stacks.reduce((all, { amounts, least }) => {
      const stack = amounts.reduce((sum, amount) => sum + Math.max(LEAST_BAND, amount * scale), 0);
      return all + Math.max(least, stack);
    }, 0);
  const able = columns.filter((column) => tallAt(column, 0) <= column.room);
  const most = Math.max(0, ...columns.flatMap(({ stacks }) => stacks.flatMap(({ amounts }) => amounts)));
  if (most === 0) return 0;
  const tallest = Math.max(...columns.map(({ room }) => room));
  let [low, high] = [0, tallest / most];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (able.every((column) => tallAt(column, middle) <= column.room)) low = middle;
    else high = middle;
  }
  return low;
}

interface BandPlace {
  readonly labX: number;
  readonly heightOf: (of: TierSums) => number;
  readonly measure: Measure;
}

function placeBands(
  bands: readonly { readonly key: string; readonly slot: Slot; readonly block: LabSlot; readonly sums: TierSums }[],
  nodes: readonly FlowNode[],
  blocks: readonly FlowBlock[],
  { labX, heightOf, measure }: BandPlace,
): readonly FlowBand[] {
  const nodeOf = new Map(nodes.map((node, index) => [node.key, { node, index }]));
  const blockOf = new Map(blocks.map((block, index) => [block.key, { block, index }]));
  const ends = bands.flatMap((band) => {
    const from = nodeOf.get(band.slot.key);
    const to = blockOf.get(band.block.key);
    return from === undefined || to === undefined ? [] : [{ ...band, from, to, tall: heightOf(band.sums) }];
  });
  const nextLeft = new Map<string, number>();
  for (const { from, tall } of ends) nextLeft.set(from.node.key, (nextLeft.get(from.node.key) ?? from.node.y) - tall / 2);
  const nextRight = new Map(blocks.map((block) => [block.key, block.barTop]));
  const leftOf = new Map<string, number>();
  for (const { key, from, tall } of ends.toSorted((a, b) => a.to.index - b.to.index)) {
    const top = nextLeft.get(from.node.key) as number;
    leftOf.set(key, top);
    nextLeft.set(from.node.key, top + tall);
  }
  // At a lab, bands lie in the order of their holders' height, so that they cross as little as possible.
  const placed: FlowBand[] = [];
  for (const end of ends.toSorted((a, b) => a.from.node.y - b.from.node.y || a.from.index - b.from.index)) {
    const { key, from, to, tall, sums } = end;
    const right = nextRight.get(to.block.key) as number;
    nextRight.set(to.block.key, right + tall);
    const ribbon = { x1: from.node.x + from.node.size / 2 + 3, y1: leftOf.get(key) as number, x2: labX, y2: right };
    const total = totalOf(sums, measure);
    let passed = 0;
    const segments = TIER_ORDER.flatMap((tier): FlowSegment[] => {
      const amount = amountOf(sums, tier, measure);
      if (total === 0 || amount === 0) return [];
      const offset = (passed / total) * tall;
      passed += amount;
      return [{ tier, path: ribbonPath(ribbon, offset, (passed / total) * tall) }];
    });
    placed.push({ key, node: from.node, block: to.block, sums, segments, path: ribbonPath(ribbon, 0, tall) });
  }
  return placed;
}

/** The area between two curves that leave and arrive horizontally, `top` and `bottom` pixels below the start of the ribbon. */
function ribbonPath(
  { x1, y1, x2, y2 }: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number },
  top: number,
  bottom: number,
): string {
  const a = x1 + (x2 - x1) * 0.5;
  const b = x2 - (x2 - x1) * 0.5;
  const point = (value: number) => Math.round(value * 100) / 100;
  const [l1, l2, r1, r2] = [y1 + top, y1 + bottom, y2 + top, y2 + bottom].map(point);
  return `M${x1} ${l1}C${point(a)} ${l1} ${point(b)} ${r1} ${x2} ${r1}V${r2}C${point(b)} ${r2} ${point(a)} ${l2} ${x1} ${l2}Z`;
}

function linesOf(radius: FlowRadius, nodeOf: ReadonlyMap<string, FlowNode>): readonly FlowLine[] {
  const lines = new Map<string, FlowLine>();
  for (const { fromId, toId, likelihood } of radius.steps) {
    const from = nodeOf.get(fromId);
    const to = nodeOf.get(toId);
    if (from === undefined || to === undefined || from === to) continue;
    const key = JSON.stringify([from.key, to.key]);
    if ((lines.get(key)?.likelihood ?? 0) >= likelihood) continue;
    const x1 = from.x + from.size / 2 + 3;
    const x2 = to.x - to.size / 2 - 5;
    const path =
      x2 > x1
        ? `M${x1} ${from.y}C${x1 + (x2 - x1) * 0.55} ${from.y} ${x1 + (x2 - x1) * 0.45} ${to.y} ${x2} ${to.y}`
        : `M${from.x - from.size / 2 - 3} ${from.y}C${Math.min(from.x, to.x) - 52} ${from.y} ${Math.min(from.x, to.x) - 52} ${to.y} ${x2} ${to.y}`;
    lines.set(key, { key, from, to, likelihood, path });
  }
  return [...lines.values()];
}

function sumBy<T extends { readonly sums: TierSums }>(items: readonly T[], keyOf: (item: T) => string, measure: Measure) {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(keyOf(item), (sums.get(keyOf(item)) ?? 0) + totalOf(item.sums, measure));
  return sums;
}

function amountsBy<T extends { readonly sums: TierSums }>(items: readonly T[], keyOf: (item: T) => string, measure: Measure) {
  const amounts = new Map<string, number[]>();
  for (const item of items) {
    const own = amounts.get(keyOf(item));
    if (own === undefined) amounts.set(keyOf(item), [totalOf(item.sums, measure)]);
    else own.push(totalOf(item.sums, measure));
  }
  return amounts;
}

/** A fixed order by UTF-16 code units. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
