import { sankey } from 'd3-sankey';
import type { BandSums } from './flow-bands.ts';
import { linesOf, placeBands } from './flow-bands.ts';
import type { FlowRadius, Measure, TierSums } from './flow-radius.ts';
import { addSums, compareIds, NO_SUMS, totalOf } from './flow-radius.ts';
import type { FlowBlock, FlowNode, FlowsLayout } from './flow-shapes.ts';
import type { LabSlot, Slot } from './flow-slots.ts';
import { blocksOf, REVEALED_ID, slotsOf } from './flow-slots.ts';

export interface FlowsLayoutOptions {
  readonly width: number;
  readonly height: number;
  readonly measure: Measure;
  readonly openGroups: ReadonlySet<string>;
}

const ORIGIN_X = 66;
const ORIGIN_SIZE = 52;
const LEAST_ORIGIN = 28;
const HOLDER_SIZE = 30;
/** The halo above an icon, and its name below it. */
const ABOVE_ICON = 3;
const BELOW_ICON = 19;
/** Width of the column with the labs' names and sums. */
const LAB_COLUMN = 268;
export const BAR_WIDTH = 8;
const TOP = 8;
const BOTTOM = 16;
const LAB_GAP = 4;
/** Two lines of text. */
const LEAST_BLOCK = 34;
/** Around the bands of a holder. */
const SLOT_GAP = 14;
const LEAST_STEP = 136;
/** Half of the widest name, beside which bands and lines run level. */
const MOST_REACH = 60;
const MOST_BANDS = 3000;
/** Above this many steps between items, they are not drawn near each other again and again: it would take seconds. */
const MANY_STEPS = 2000;

/**
 * Places a radius as flows: origins at the left, holders by hop, labs at the right, one band for each holder and lab. The height of a band is
 * its worst case or its number of artifacts, in one scale for the whole picture. The scale fills the height of the canvas, unless the names
 * need more; the picture then scrolls. The same radius, size and open groups give the same picture.
 *
 * In each hop that bands pass, those to one lab have a channel between the holders, so that no band runs behind an icon or a name that is
 * not its end. A channel may be narrower than its bands are at their ends.
 *
 * Complexity: O(cells x hops).
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
  const deepest = Math.max(1, hops.length - 1);
  const room = Math.max(width, ORIGIN_X + deepest * LEAST_STEP + 150 + LAB_COLUMN);
  const labX = room - LAB_COLUMN;
  const step = Math.min(190, (labX - ORIGIN_X - 140) / deepest);
  const columns = columnsOf(radius, { slots, labs, bands, hops, heightOf, measure, room: height - TOP - BOTTOM });
  const tall = Math.max(height - TOP - BOTTOM, ...columns.map((items) => items.reduce((sum, { value }) => sum + value, 0)));
  placeItems(columns, [...bandSteps(bands, hops, heightOf), ...spreadSteps(radius, slots)], TOP + tall);

  const nodes = columns.flatMap((items, column) =>
    items.flatMap(({ slot, top, bottom, size }): FlowNode[] => {
      if (slot === undefined) return [];
      const y = Math.round(top + ABOVE_ICON + size / 2 + (bottom - top - ABOVE_ICON - size - BELOW_ICON) / 2);
      const sums = bands.filter((band) => band.slot === slot).reduce((sum, band) => addSums(sum, band.sums), NO_SUMS);
      return [{ ...slot, x: Math.round(ORIGIN_X + column * step), y, size, sums }];
    }),
  );
  const barHeights = stack(bands, ({ block }) => block.key, heightOf);
  const blocks = (columns.at(-1) ?? []).flatMap(({ lab, top, bottom }): FlowBlock[] => {
    if (lab === undefined) return [];
    const barHeight = Math.max(4, barHeights.get(lab.key) ?? 0);
    const own = Math.max(LEAST_BLOCK, barHeight);
    const from = top + (bottom - top - LAB_GAP - own) / 2;
    return [{ ...lab, top: from, height: own, barTop: from + (own - barHeight) / 2, barHeight }];
  });
  const channels = columns.slice(0, -1).map((items, column) => ({
    hop: hops[column] as number,
    x: Math.round(ORIGIN_X + column * step),
    places: new Map(items.flatMap(({ channel, top, bottom }) => (channel === undefined ? [] : [[channel, { top, bottom }] as const]))),
  }));
  const reach = Math.min(MOST_REACH, step / 2 - 14);
  const placed = placeBands(bands, nodes, blocks, channels, { labX, reach, heightOf, measure });
  const kept = placed
    .toSorted((a, b) => totalOf(b.sums, measure) - totalOf(a.sums, measure) || compareIds(a.key, b.key))
    .slice(0, MOST_BANDS);
  const nodeOf = new Map(nodes.flatMap((node) => node.members.map((member) => [member.id, node] as const)));
  return {
    width: room,
    height: Math.ceil(TOP + tall + BOTTOM),
    labX,
    columns: hops.map((hop, column) => ({
      hop,
      x: ORIGIN_X + column * step,
      total: radius.holders.filter((holder) => holder.hops === hop).length,
    })),
    nodes,
    blocks,
    bands: kept.toReversed(),
    lines: linesOf(radius, nodeOf, reach),
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
  // Sums of sizes do not depend on the order of the answer.
  return [...bands.values()].sort((a, b) => compareIds(a.key, b.key));
}

/** The height of the icon and the name of a slot. Few origins are larger. */
function sizesOf(hop: number, count: number, room: number): { readonly size: number; readonly least: number } {
  const around = ABOVE_ICON + BELOW_ICON;
  const size =
    hop > 0 ? HOLDER_SIZE : Math.max(LEAST_ORIGIN, Math.min(ORIGIN_SIZE, Math.floor(Math.min(room, 90 * count) / count) - around));
  return { size, least: size + around };
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
  const room = height - TOP - BOTTOM;
  const least = blocks.length * (LEAST_BLOCK + LAB_GAP) + TOP + BOTTOM;
  // Where the names fit, the picture does not scroll.
  const target = (height >= least ? height : least * 1.1) - TOP - BOTTOM - blocks.length * LAB_GAP;
  return findScale([
    { stacks: blocks.map(({ key }) => ({ amounts: ofBlock.get(key) ?? [], least: LEAST_BLOCK })), room: target },
    ...hops.map((hop) => {
      const own = slots.filter((slot) => slot.hop === hop);
      const { least: name } = sizesOf(hop, own.length, room);
      const stacks = own.map(({ key }) => ({ amounts: ofSlot.get(key) ?? [], least: name - SLOT_GAP }));
      const passing = bands.reduce((sum, { slot, sums }) => (slot.hop < hop ? sum + totalOf(sums, measure) : sum), 0);
      return { stacks: [...stacks, { amounts: [passing * CHANNEL_SHARE], least: 0 }], room: room - own.length * SLOT_GAP };
    }),
  ]);
}

/** The scale leaves channels this share of the height of their bands. */
const CHANNEL_SHARE = 0.5;
/** A channel never has less than this share, also where the picture then scrolls. */
const LEAST_CHANNEL = 0.25;

/** A holder, a channel or a lab in its column. `value` is the height that it needs, `top` to `bottom` what it gets. */
interface Item {
  readonly id: string;
  readonly column: number;
  readonly value: number;
  readonly slot?: Slot;
  /** The key of the lab whose bands pass. */
  readonly channel?: string;
  readonly lab?: LabSlot;
  /** Of the icon. */
  readonly size: number;
  top: number;
  bottom: number;
}

interface Columns {
  readonly slots: readonly Slot[];
  readonly labs: readonly LabSlot[];
  readonly bands: readonly BandSums[];
  readonly hops: readonly number[];
  readonly heightOf: (sums: TierSums) => number;
  readonly measure: Measure;
  readonly room: number;
}

/**
 * Holders with the channels between them in a column for each hop, from top to bottom, and the labs in the last. Holders stand near those
 * that they were reached from, channels as high as their labs.
 */
function columnsOf({ steps }: FlowRadius, { slots, labs, bands, hops, heightOf, measure, room }: Columns): Item[][] {
  const stackOf = stack(bands, ({ slot }) => slot.key, heightOf);
  const amountOf = stack(
    bands,
    ({ slot }) => slot.key,
    (sums) => totalOf(sums, measure),
  );
  const barOf = stack(bands, ({ block }) => block.key, heightOf);
  const item = (id: string, column: number, value: number, size = 0): Item => ({ id, column, value, size, top: 0, bottom: 0 });
  const ofLabs = labs.map((lab) => ({
    ...item(lab.key, hops.length, Math.max(LEAST_BLOCK, barOf.get(lab.key) ?? 0) + LAB_GAP),
    lab,
  }));
  const labPlaces = middlesOf(ofLabs);
  const parentOf = new Map(steps.map((each) => [each.toId, each.fromId]));
  const placeOf = new Map<string, number>();
  const parentPlace = (slot: Slot) => placeOf.get(parentOf.get(slot.members[0]?.id ?? '') ?? '') ?? 1;
  const columns = hops.map((hop, column) => {
    const own = slots
      .filter((slot) => slot.hop === hop)
      .sort(
        (a, b) =>
          Number(a.holder === null) - Number(b.holder === null) ||
          parentPlace(a) - parentPlace(b) ||
          (amountOf.get(b.key) ?? 0) - (amountOf.get(a.key) ?? 0) ||
          compareIds(a.key, b.key),
      );
    const { size, least } = sizesOf(hop, own.length, room);
    const holders = own.map((slot) => ({
      ...item(slot.key, column, Math.max(least, (stackOf.get(slot.key) ?? 0) + SLOT_GAP), size),
      slot,
    }));
    const places = middlesOf(holders);
    for (const [i, { members }] of own.entries()) for (const { id } of members) placeOf.set(id, places[i] as number);
    const passing = stack(
      bands.filter(({ slot }) => slot.hop < hop),
      ({ block }) => block.key,
      heightOf,
    );
    const needed = [...passing.values()].reduce((sum, value) => sum + value, 0);
    const left = room - holders.reduce((sum, { value }) => sum + value, 0);
    const share = needed === 0 ? 1 : Math.min(1, Math.max(LEAST_CHANNEL, left / needed));
    const channels = labs.flatMap(({ key }, i) => {
      const value = passing.get(key);
      return value === undefined
        ? []
        : [{ item: { ...item(channelId(hop, key), column, value * share), channel: key }, place: labPlaces[i] as number }];
    });
    return [...holders.map((holder, i) => ({ item: holder as Item, place: places[i] as number })), ...channels]
      .sort((a, b) => a.place - b.place)
      .map(({ item: each }) => each);
  });
  return [...columns, ofLabs];
}

/** Where the middle of each is in their column, from 0 to 1. */
function middlesOf(items: readonly Item[]): readonly number[] {
  const all = items.reduce((sum, { value }) => sum + value, 0);
  let passed = 0;
  return items.map(({ value }) => {
    passed += value;
    return (passed - value / 2) / all;
  });
}

type Step = readonly [from: string, to: string, value: number];

/** From its holder through the channels of its lab: each band in each column. */
function bandSteps(bands: readonly BandSums[], hops: readonly number[], heightOf: (sums: TierSums) => number): readonly Step[] {
  return bands.flatMap(({ slot, block, sums }) => {
    const stops = [slot.key, ...hops.filter((hop) => hop > slot.hop).map((hop) => channelId(hop, block.key)), block.key];
    return stops.slice(1).map((to, i): Step => [stops[i] as string, to, heightOf(sums)]);
  });
}

/** The spread between holders of different hops, which draws a holder near the one before it. */
function spreadSteps({ steps }: FlowRadius, slots: readonly Slot[]): readonly Step[] {
  const slotOf = new Map(slots.flatMap((slot) => slot.members.map(({ id }) => [id, slot] as const)));
  return steps.flatMap(({ fromId, toId }) => {
    const [from, to] = [slotOf.get(fromId), slotOf.get(toId)];
    return from === undefined || to === undefined || from.hop >= to.hop ? [] : [[from.key, to.key, 1] as const];
  });
}

const channelId = (hop: number, lab: string) => `${hop} ${lab}`;

/** Gives each item a place between `TOP` and `bottom`, near what it is joined to. The order within a column stays. */
function placeItems(columns: readonly (readonly Item[])[], steps: readonly Step[], bottom: number): void {
  const items = columns.flat();
  if (items.length === 0) return;
  const values = new Map<string, Step>();
  // Joins the columns, so that each is a layer of its own, whatever else it is joined to.
  const joints = columns.slice(1).flatMap(([to], i): Step[] => {
    const from = columns[i]?.[0];
    return from === undefined || to === undefined ? [] : [[from.id, to.id, 1e-6]];
  });
  for (const [from, to, value] of [...steps, ...joints]) {
    const key = JSON.stringify([from, to]);
    values.set(key, [from, to, (values.get(key)?.[2] ?? 0) + value]);
  }
  const { nodes } = sankey<Placed, object>()
    .nodeId(({ id }) => id)
    .nodeAlign(({ column }) => column)
    .nodeSort(null)
    .nodePadding(0)
    .iterations(values.size > MANY_STEPS ? 1 : 6)
    .extent([
      [0, TOP],
      [1, bottom],
    ])({
    nodes: items.map(({ id, column, value }) => ({ id, column, fixedValue: value })),
    links: [...values.values()].map(([source, target, value]) => ({ source, target, value })),
  });
  for (const [i, { y0 = 0, y1 = 0 }] of nodes.entries()) {
    const item = items[i] as Item;
    item.top = y0;
    item.bottom = y1;
  }
}

interface Placed {
  readonly id: string;
  readonly column: number;
  readonly fixedValue: number;
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

/** The least height of a band in pixels, so that none disappears. */
const LEAST_BAND = 1.2;

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
