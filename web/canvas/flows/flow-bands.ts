import { TIERS } from '../../shared/format/words.ts';
import { estimateWidth } from '../cytoscape/label-box.ts';
import { amountOf, type FlowRadius, type Measure, type TierSums, totalOf } from './flow-radius.ts';
import type { FlowBand, FlowBlock, FlowLine, FlowNode, FlowSegment } from './flow-shapes.ts';
import type { LabSlot, Slot } from './flow-slots.ts';
import { shownName } from './flow-words.ts';

/** The larger of the sizes of names. */
const NAME_SIZE = 14;

/** A band before it has a place. */
export interface BandSums {
  readonly key: string;
  readonly slot: Slot;
  readonly block: LabSlot;
  readonly sums: TierSums;
}

/** Where the bands of labs pass the holders of a hop. */
export interface Channels {
  readonly hop: number;
  readonly x: number;
  /** By the key of the lab. */
  readonly places: ReadonlyMap<string, { readonly top: number; readonly bottom: number }>;
}

interface BandPlace {
  readonly labX: number;
  /** Bands run level so far to both sides of the middle of a hop. */
  readonly reach: number;
  readonly heightOf: (of: TierSums) => number;
  readonly measure: Measure;
}

/** Where a band is at the left end, in a channel, or at its lab: level from `left` to `right`, with a part of its height. */
interface Stop {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly share: number;
}

/** Stacks the bands at both of their ends and in the channels between, in an order in which they cross little. */
export function placeBands(
  bands: readonly BandSums[],
  nodes: readonly FlowNode[],
  blocks: readonly FlowBlock[],
  channels: readonly Channels[],
  { labX, reach, heightOf, measure }: BandPlace,
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
  const wholeOf = new Map([...nextLeft].map(([key, top]) => [key, 2 * ((nodeOf.get(key)?.node.y ?? 0) - top)]));
  const leftOf = new Map<string, number>();
  for (const { key, from, tall } of ends.toSorted((a, b) => a.to.index - b.to.index)) {
    const top = nextLeft.get(from.node.key) as number;
    leftOf.set(key, top);
    nextLeft.set(from.node.key, top + tall);
  }
  // At a lab and in its channels, bands lie in the order of their holders' height, so that they cross as little as possible.
  const sorted = ends.toSorted((a, b) => a.from.node.y - b.from.node.y || a.from.index - b.from.index);
  const stops = new Map(
    ends.map(({ key, from: { node } }) => {
      // Bands that reach below their icon begin beside its name.
      const isTall = (wholeOf.get(node.key) as number) > node.size;
      const name = isTall ? estimateWidth(shownName(node), NAME_SIZE) / 2 : 0;
      const left = node.x + Math.max(node.size / 2 + 3, Math.min(name + 4, reach));
      return [key, [{ left, right: Math.max(left, node.x + reach), top: leftOf.get(key) as number, share: 1 }] as Stop[]] as const;
    }),
  );
  for (const { hop, x, places } of channels) {
    for (const [lab, { top, bottom }] of places) {
      const passing = sorted.filter(({ to, from }) => to.block.key === lab && from.node.hop < hop);
      const whole = passing.reduce((sum, { tall }) => sum + tall, 0);
      const share = Math.min(1, (bottom - top) / whole);
      let at = (top + bottom - whole * share) / 2;
      for (const { key, tall } of passing) {
        stops.get(key)?.push({ left: x - reach, right: x + reach, top: at, share });
        at += tall * share;
      }
    }
  }
  const nextRight = new Map(blocks.map((block) => [block.key, block.barTop]));
  return sorted.map(({ key, from, to, tall, sums }) => {
    const top = nextRight.get(to.block.key) as number;
    nextRight.set(to.block.key, top + tall);
    const course = [...(stops.get(key) as Stop[]), { left: labX, right: labX, top, share: 1 }];
    const total = totalOf(sums, measure);
    let passed = 0;
    const segments = TIERS.flatMap((tier): FlowSegment[] => {
      const amount = amountOf(sums, tier, measure);
      if (total === 0 || amount === 0) return [];
      const offset = (passed / total) * tall;
      passed += amount;
      return [{ tier, path: ribbonPath(course, offset, (passed / total) * tall) }];
    });
    return { key, node: from.node, block: to.block, sums, segments, path: ribbonPath(course, 0, tall) };
  });
}

/** The area between two edges, `top` and `bottom` pixels below the start of the ribbon: level at each stop, curved between two. */
function ribbonPath(course: readonly Stop[], top: number, bottom: number): string {
  const point = (value: number) => Math.round(value * 100) / 100;
  const edge = (stops: readonly Stop[], offset: number, isBack: boolean) => {
    const parts: string[] = [];
    for (const [i, stop] of stops.entries()) {
      const y = point(stop.top + offset * stop.share);
      const [enter, leave] = isBack ? [stop.right, stop.left] : [stop.left, stop.right];
      const before = stops[i - 1];
      if (before === undefined) parts.push(`${isBack ? 'L' : 'M'}${point(enter)} ${y}`);
      else {
        const from = isBack ? before.left : before.right;
        const middle = point((from + enter) / 2);
        parts.push(`C${middle} ${point(before.top + offset * before.share)} ${middle} ${y} ${point(enter)} ${y}`);
      }
      if (leave !== enter) parts.push(`L${point(leave)} ${y}`);
    }
    return parts.join('');
  };
  return `${edge(course, top, false)}${edge(course.toReversed(), bottom, true)}Z`;
}

/** The likeliest step between each two nodes, as a line. */
export function linesOf(radius: FlowRadius, nodeOf: ReadonlyMap<string, FlowNode>, reach: number): readonly FlowLine[] {
  const lines = new Map<string, FlowLine>();
  for (const { fromId, toId, likelihood } of radius.steps) {
    const from = nodeOf.get(fromId);
    const to = nodeOf.get(toId);
    if (from === undefined || to === undefined || from === to) continue;
    const key = JSON.stringify([from.key, to.key]);
    if ((lines.get(key)?.likelihood ?? 0) >= likelihood) continue;
    const x1 = from.x + from.size / 2 + 3;
    const x2 = to.x - to.size / 2 - 5;
    // Level beside the names of both hops.
    const [leave, enter] = [Math.max(x1, from.x + reach), Math.min(x2, to.x - reach)];
    const path =
      x2 > x1
        ? `M${x1} ${from.y}H${leave}C${(leave + enter) / 2} ${from.y} ${(leave + enter) / 2} ${to.y} ${enter} ${to.y}H${x2}`
        : `M${from.x - from.size / 2 - 3} ${from.y}C${Math.min(from.x, to.x) - 52} ${from.y} ${Math.min(from.x, to.x) - 52} ${to.y} ${x2} ${to.y}`;
    lines.set(key, { key, from, to, likelihood, path });
  }
  return [...lines.values()];
}
