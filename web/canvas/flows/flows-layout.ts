import { type BandSums, linesOf, placeBands } from './flow-bands.ts';
import { addSums, type FlowRadius, type Measure, NO_SUMS, type TierSums, totalOf } from './flow-radius.ts';
import { findScale, LEAST_BAND } from './flow-scale.ts';
import type { FlowBlock, FlowNode, FlowsLayout } from './flow-shapes.ts';
import { blocksOf, compare, type LabSlot, REVEALED_ID, type Slot, slotsOf } from './flow-slots.ts';

export interface FlowsLayoutOptions {
  readonly width: number;
  readonly height: number;
  readonly measure: Measure;
  readonly openGroups: ReadonlySet<string>;
}

const ORIGIN_X = 66;
const ORIGIN_SIZE = 52;
const LEAST_ORIGIN = 28;
/** The halo above an origin's icon, and its name below it. */
const ORIGIN_EXTRA = 22;
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
const MOST_BANDS = 3000;

/**
 * Places a radius as flows: origins at the left, holders by hop, labs at the right, one band for each holder and lab. The height of a band is
 * its worst case or its number of artifacts, in one scale for the whole picture. The scale fills the height of the canvas, unless the names
 * need more; the picture then scrolls. The same radius, size and open groups give the same picture.
 *
 * Complexity: O(cells log cells).
 */
export function layOutFlows(radius: FlowRadius, options: FlowsLayoutOptions): FlowsLayout {
  const { width, height, measure, openGroups } = options;
  const slots = slotsOf(radius, openGroups);
  const labs = blocksOf(radius, measure, openGroups);
  const bands = sumBands(radius, slots, labs);
  const hops = [...new Set(slots.map(({ hop }) => hop))].sort((a, b) => a - b);

  const scale = chooseScale(slots, labs, bands, hops, options);
  // No band disappears: a band that would be thinner than a line gets a line's width.
  const heightOf = (of: TierSums) => Math.max(LEAST_BAND, totalOf(of, measure) * scale);
  const blocks = placeBlocks(
    labs,
    stack(bands, ({ block }) => block.key, heightOf),
  );
  const last = blocks.at(-1);
  const blocksBottom = last === undefined ? TOP - LAB_GAP : last.top + last.height;

  const deepest = Math.max(1, hops.length - 1);
  const room = Math.max(width, ORIGIN_X + deepest * 112 + 150 + LAB_COLUMN);
  const labX = room - LAB_COLUMN;
  const step = Math.min(190, (labX - ORIGIN_X - 140) / deepest);
  const { nodes, inner } = placeNodes(radius, slots, bands, hops, {
    step,
    blocksBottom,
    height,
    amountOf: stack(
      bands,
      ({ slot }) => slot.key,
      (sums) => totalOf(sums, measure),
    ),
    stackOf: stack(bands, ({ slot }) => slot.key, heightOf),
  });

  const placed = placeBands(bands, nodes, blocks, { labX, heightOf, measure });
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
    blocks,
    bands: kept.toReversed(),
    lines: linesOf(radius, nodeOf),
    omittedBands: placed.length - kept.length,
  };
}

/** The cells of the radius, added up by what is drawn as one. */
function sumBands({ cells }: FlowRadius, slots: readonly Slot[], blocks: readonly LabSlot[]): readonly BandSums[] {
  const slotOf = new Map(slots.flatMap((slot) => slot.members.map((member) => [member.id, slot] as const)));
  const blockOf = new Map(blocks.flatMap((block) => block.labs.map((lab) => [lab.id, block] as const)));
  const bands = new Map<string, BandSums>();
  for (const cell of cells) {
    const slot = slotOf.get(cell.holderId ?? REVEALED_ID);
    const block = blockOf.get(cell.labId);
    if (slot === undefined || block === undefined) continue;
    const key = JSON.stringify([slot.key, block.key]);
    const sums = bands.get(key)?.sums;
    bands.set(key, { key, slot, block, sums: sums === undefined ? cell : addSums(sums, cell) });
  }
  return [...bands.values()];
}

/** Pixels for one unit of the measure. */
function chooseScale(
  slots: readonly Slot[],
  blocks: readonly LabSlot[],
  bands: readonly BandSums[],
  hops: readonly number[],
  { height, measure }: FlowsLayoutOptions,
): number {
  const amountsBy = (keyOf: (band: BandSums) => string) => {
    const amounts = new Map<string, number[]>();
    for (const band of bands) {
      const own = amounts.get(keyOf(band)) ?? [];
      amounts.set(keyOf(band), own);
      own.push(totalOf(band.sums, measure));
    }
    return amounts;
  };
  const ofBlock = amountsBy(({ block }) => block.key);
  const ofSlot = amountsBy(({ slot }) => slot.key);
  const least = blocks.length * (LEAST_BLOCK + LAB_GAP) + TOP + BOTTOM;
  // Where the names fit, the picture does not scroll.
  const target = (height >= least ? height : least * 1.1) - TOP - BOTTOM - blocks.length * LAB_GAP;
  return findScale([
    { stacks: blocks.map(({ key }) => ({ amounts: ofBlock.get(key) ?? [], least: LEAST_BLOCK })), room: target },
    ...hops.map((hop) => {
      const own = slots.filter((slot) => slot.hop === hop);
      const stacks = own.map(({ key }) => ({ amounts: ofSlot.get(key) ?? [], least: LEAST_SLOT - SLOT_GAP }));
      return { stacks, room: height - TOP - BOTTOM - own.length * SLOT_GAP };
    }),
  ]);
}

/** Labs one under another, each as high as its bands. */
function placeBlocks(labs: readonly LabSlot[], stackOf: ReadonlyMap<string, number>): readonly FlowBlock[] {
  const blocks: FlowBlock[] = [];
  let top = TOP;
  for (const lab of labs) {
    const barHeight = Math.max(4, stackOf.get(lab.key) ?? 0);
    const height = Math.max(LEAST_BLOCK, barHeight);
    blocks.push({ ...lab, top, height, barTop: top + (height - barHeight) / 2, barHeight });
    top += height + LAB_GAP;
  }
  return blocks;
}

interface NodePlace {
  /** Between two hops. */
  readonly step: number;
  readonly blocksBottom: number;
  readonly height: number;
  /** By the key of a slot: its whole amount, and the height of its bands. */
  readonly amountOf: ReadonlyMap<string, number>;
  readonly stackOf: ReadonlyMap<string, number>;
}

/** Holders in a column for each hop, near the holders that they were reached from. @returns also the height of the tallest column */
function placeNodes(
  { steps }: FlowRadius,
  slots: readonly Slot[],
  bands: readonly BandSums[],
  hops: readonly number[],
  { step, blocksBottom, height, amountOf, stackOf }: NodePlace,
): { readonly nodes: readonly FlowNode[]; readonly inner: number } {
  const heightOf = (slot: Slot, least: number) => Math.max(least, (stackOf.get(slot.key) ?? 0) + SLOT_GAP);
  const columnsOf = (least: number) =>
    hops.map((hop) => slots.filter((slot) => slot.hop === hop).reduce((sum, slot) => sum + heightOf(slot, least), 0));
  const doesFit = Math.max(...columnsOf(USUAL_SLOT)) <= height - TOP - BOTTOM;
  const least = doesFit ? USUAL_SLOT : LEAST_SLOT;
  const columnHeights = columnsOf(least);
  const inner = Math.max(blocksBottom - TOP, height - TOP - BOTTOM, ...columnHeights);

  const parentOf = new Map(steps.map((each) => [each.toId, each.fromId]));
  const nodes: FlowNode[] = [];
  const yOf = new Map<string, number>();
  const parentY = (slot: Slot) => yOf.get(parentOf.get(slot.members[0]?.id ?? '') ?? '') ?? Number.MAX_VALUE;
  hops.forEach((hop, column) => {
    const own = slots
      .filter((slot) => slot.hop === hop)
      .sort(
        (a, b) =>
          Number(a.holder === null) - Number(b.holder === null) ||
          parentY(a) - parentY(b) ||
          (amountOf.get(b.key) ?? 0) - (amountOf.get(a.key) ?? 0) ||
          compare(a.key, b.key),
      );
    const left = inner - (columnHeights[column] ?? 0);
    const spare = Math.min(46, left / own.length);
    let top = TOP + (left - spare * own.length) / 2;
    const lowest = Math.min(...own.map((slot) => heightOf(slot, least))) + spare;
    const size = hop === 0 ? Math.min(ORIGIN_SIZE, Math.max(LEAST_ORIGIN, Math.floor(lowest - ORIGIN_EXTRA))) : HOLDER_SIZE;
    for (const slot of own) {
      const tall = heightOf(slot, least) + spare;
      const node = {
        ...slot,
        x: Math.round(ORIGIN_X + column * step),
        y: Math.round(top + tall / 2),
        size,
        sums: bands.filter((band) => band.slot === slot).reduce((sum, band) => addSums(sum, band.sums), NO_SUMS),
      };
      nodes.push(node);
      for (const member of slot.members) yOf.set(member.id, node.y);
      top += tall;
    }
  });
  return { nodes, inner };
}

/** The sizes of bands, added up by a key. */
function stack(
  bands: readonly BandSums[],
  keyOf: (band: BandSums) => string,
  sizeOf: (sums: TierSums) => number,
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const band of bands) sizes.set(keyOf(band), (sizes.get(keyOf(band)) ?? 0) + sizeOf(band.sums));
  return sizes;
}
