import { amountOf, type FlowRadius, type Measure, TIER_ORDER, type TierSums, totalOf } from './flow-radius.ts';
import type { FlowBand, FlowBlock, FlowLine, FlowNode, FlowSegment } from './flow-shapes.ts';
import type { LabSlot, Slot } from './flow-slots.ts';

/** A band before it has a place. */
export interface BandSums {
  readonly key: string;
  readonly slot: Slot;
  readonly block: LabSlot;
  readonly sums: TierSums;
}

interface BandPlace {
  readonly labX: number;
  readonly heightOf: (of: TierSums) => number;
  readonly measure: Measure;
}

/** Stacks the bands at both of their ends, in an order in which they cross little. */
export function placeBands(
  bands: readonly BandSums[],
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

/** The likeliest step between each two nodes, as a line. */
export function linesOf(radius: FlowRadius, nodeOf: ReadonlyMap<string, FlowNode>): readonly FlowLine[] {
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
