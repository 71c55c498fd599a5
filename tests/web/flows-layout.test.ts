import { estimateWidth } from '../../web/canvas/cytoscape/label-box.ts';
import { addSums, type FlowRadius, NO_SUMS, type TierSums, totalOf } from '../../web/canvas/flows/flow-radius.ts';
import type { FlowBand, FlowNode } from '../../web/canvas/flows/flow-shapes.ts';
import { shownName } from '../../web/canvas/flows/flow-words.ts';
import { findHighlighted } from '../../web/canvas/flows/flows-highlight.ts';
import type { FlowsLayoutOptions } from '../../web/canvas/flows/flows-layout.ts';
import { layOutFlows } from '../../web/canvas/flows/flows-layout.ts';
import { flowTargets, stepFrom } from '../../web/canvas/flows/flows-steps.ts';
import { describe, expect, it } from '../support/test.ts';
import { flowWorld } from './flow-worlds.ts';

const size = { width: 1040, height: 560, measure: 'worst', openGroups: new Set<string>() } as const;
const layOut = (radius: FlowRadius, options: Partial<FlowsLayoutOptions> = {}) => layOutFlows(radius, { ...size, ...options });
const sumOf = (all: readonly TierSums[]) => all.reduce(addSums, NO_SUMS);
const worlds = [
  { holders: 1, labs: 1 },
  { holders: 20, labs: 12 },
  { holders: 300, labs: 50 },
];
const allOpen = new Set(['group:labs', ...[0, 1, 2, 3].map((hop) => `group:holders:${hop}`)]);

/** The height of a band at its left end, read from its outline. */
function heightOf({ path }: FlowBand): number {
  const [, top] = /^M[\d.]+ (-?[\d.]+)[CL]/.exec(path) ?? [];
  const [, bottom] = / (-?[\d.]+)Z$/.exec(path) ?? [];
  return Number(bottom) - Number(top);
}

/** Points along the outline of a band, or along a line. */
function edgesOf(path: string): readonly (readonly [x: number, y: number])[] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, args = ''] of path.matchAll(/([MLCHZ])([^MLCHZ]*)/g)) {
    const n = args
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    const to = command === 'H' ? [n[0], y] : command === 'C' ? n.slice(4) : n;
    if (command === 'Z') break;
    const [endX, endY] = to as [number, number];
    const [ax, ay, bx, by] = command === 'C' ? (n as [number, number, number, number]) : [x, y, endX, endY];
    for (let i = command === 'M' ? 8 : 1; i <= 8; i++) {
      const t = i / 8;
      const at = (a: number, b: number, c: number, d: number) =>
        (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;
      points.push(command === 'C' ? [at(x, ax, bx, endX), at(y, ay, by, endY)] : [x + (endX - x) * t, y + (endY - y) * t]);
    }
    [x, y] = [endX, endY];
  }
  return points;
}

interface Box {
  readonly node: FlowNode;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function hitsOf(points: readonly (readonly [number, number])[], boxes: readonly Box[]): readonly string[] {
  return boxes
    .filter(({ left, right, top, bottom }) => points.some(([x, y]) => x > left && x < right && y > top && y < bottom))
    .map(({ node }) => node.key);
}

describe('the flows of a large radius', () => {
  it.each(worlds)('[W65] $holders holders and $labs labs are each drawn once or counted in one group', (world) => {
    const radius = flowWorld(world);
    for (const openGroups of [new Set<string>(), allOpen]) {
      const layout = layOut(radius, { openGroups });
      const holders = layout.nodes.flatMap(({ members }) => members.map(({ id }) => id)).filter((id) => id !== '');
      expect(holders.sort()).toEqual(radius.holders.map(({ id }) => id).sort());
      expect(layout.blocks.flatMap(({ labs }) => labs.map(({ id }) => id)).sort()).toEqual(radius.labs.map(({ id }) => id).sort());
      expect(sumOf(layout.blocks.map(({ sums }) => sums))).toEqual(sumOf(radius.labs));
      if (layout.omittedBands === 0) expect(sumOf(layout.bands.map(({ sums }) => sums))).toEqual(sumOf(radius.cells));
    }
    expect(layOut(radius, { openGroups: allOpen }).nodes.every(({ key }) => !key.startsWith('group:holders'))).toBe(true);
  });

  it.each(['worst', 'count'] as const)('[W66] the width of a band is its share of the picture, by %s', (measure) => {
    const { bands } = layOut(flowWorld({ holders: 20, labs: 12 }), { measure });
    const wide = bands.filter((band) => heightOf(band) > 1.5);
    expect(wide.length).toBeGreaterThan(5);
    const scales = wide.map((band) => heightOf(band) / totalOf(band.sums, measure));
    const [first] = scales as [number];
    for (const scale of scales) expect(Math.abs(scale / first - 1)).toBeLessThan(0.02);
    for (const band of bands) expect(heightOf(band)).toBeGreaterThan(1);
  });

  it.each(worlds)('[W66] no holder, lab or group of $holders holders and $labs labs covers another', (world) => {
    for (const openGroups of [new Set<string>(), allOpen]) {
      const { nodes, blocks } = layOut(flowWorld(world), { openGroups });
      for (const hop of [0, 1, 2, 3]) {
        const column = nodes.filter((node) => node.hop === hop);
        const ys = column.map(({ y }) => y).sort((a, b) => a - b);
        for (const [i, y] of ys.entries()) if (i > 0) expect(y - (ys[i - 1] as number)).toBeGreaterThanOrEqual(50);
      }
      for (const [i, block] of blocks.entries()) {
        const before = blocks[i - 1];
        if (before !== undefined) expect(block.top).toBeGreaterThanOrEqual(before.top + before.height);
      }
    }
  });

  it.each(worlds)('[W1015] no band of $holders holders and $labs labs runs behind an icon or a name that is not its end', (world) => {
    for (const width of world.holders > 100 ? [1040] : [700, 1040, 1600]) {
      for (const openGroups of [new Set<string>(), allOpen]) {
        const { nodes, bands, lines } = layOut(flowWorld(world), { width, openGroups });
        const boxes = nodes.map((node) => ({
          node,
          left: node.x - 50,
          right: node.x + 50,
          top: node.y - node.size / 2,
          bottom: node.y + node.size / 2 + 17,
        }));
        const hits = bands.flatMap(({ key, node, path }) =>
          hitsOf(
            edgesOf(path),
            boxes.filter((box) => box.node !== node),
          ).map((hit) => [key, hit]),
        );
        expect(hits).toEqual([]);
        const crossed = lines.flatMap(({ key, from, to, path }) =>
          hitsOf(
            edgesOf(path),
            boxes.filter((box) => box.node !== from && box.node !== to),
          ).map((hit) => [key, hit]),
        );
        expect(crossed).toEqual([]);
      }
    }
  });

  it.each(worlds)('[W1100] a band of $holders holders and $labs labs that reaches below its icon begins beside the name', (world) => {
    for (const width of [1040, 1600]) {
      const { nodes, bands } = layOut(flowWorld(world), { width });
      for (const node of nodes) {
        const half = Math.min(estimateWidth(shownName(node), 12) / 2, 40);
        const [top, bottom] = [node.y + node.size / 2 + 3, node.y + node.size / 2 + 17];
        const name = { node, left: node.x - half, right: node.x + half, top, bottom };
        const own = bands.filter((band) => band.node === node);
        expect(own.flatMap(({ path }) => hitsOf(edgesOf(path), [name]))).toEqual([]);
      }
    }
  });

  it.each([1, 2, 9, 40])('[W337] no mark of %i origins covers a name above it', (origins) => {
    const world = flowWorld({ holders: 60, labs: 5 });
    const radius = { ...world, holders: world.holders.map((holder, i) => (i < origins ? { ...holder, hops: 0 } : holder)) };
    for (const height of [400, 560, 900]) {
      for (const openGroups of [new Set<string>(), allOpen]) {
        const column = layOut(radius, { height, openGroups }).nodes.filter(({ hop }) => hop === 0);
        expect(column.flatMap(({ members }) => members)).toHaveLength(origins);
        const sorted = column.toSorted((a, b) => a.y - b.y);
        for (const [i, { y, size: mark }] of sorted.entries()) {
          const before = sorted[i - 1];
          // A name ends 19 px below its mark; a halo begins 3 px above one.
          if (before !== undefined) expect(y - mark / 2 - 3).toBeGreaterThanOrEqual(before.y + before.size / 2 + 19 - 1);
        }
        if (origins === 1) expect(column[0]?.size).toBe(52);
      }
    }
  });

  it.each([540, 569])('[W252] eight holders and a group in one hop, and twelve labs, fit into %i px', (height) => {
    const radius = flowWorld({ holders: 40, labs: 12 });
    for (const measure of ['worst', 'count'] as const) {
      const layout = layOut(radius, { height, measure });
      expect(layout.nodes.filter(({ hop }) => hop === 1)).toHaveLength(9);
      expect(layout.height).toBeLessThanOrEqual(height);
    }
  });

  it('[W65] the order of the answer changes nothing', () => {
    const radius = flowWorld({ holders: 40, labs: 20 });
    const turned = {
      holders: radius.holders.toReversed(),
      labs: radius.labs.toReversed(),
      cells: radius.cells.toReversed(),
      steps: radius.steps.toReversed(),
    };
    const placed = (of: FlowRadius) => layOut(of).nodes.map(({ key, x, y }) => ({ key, x, y }));
    expect(placed(turned)).toEqual(placed(radius));
  });

  it('[W67] at first the origins are saturated; the pointer or a choice saturates its bands and dims the rest', () => {
    const layout = layOut(flowWorld({ holders: 20, labs: 12 }));
    const nobody = { holders: new Set<string>(), labs: new Set<string>() };
    const first = findHighlighted(layout, { hovered: null, pointed: null, chosen: nobody });
    expect(first.isChoice).toBe(false);
    expect([...first.bands].every(({ node }) => node.hop === 0)).toBe(true);
    const chosen = { holders: new Set(['o2']), labs: new Set<string>() };
    const highlighted = findHighlighted(layout, { hovered: null, pointed: null, chosen });
    expect([...highlighted.bands].map(({ node }) => node.key)).toEqual([...highlighted.bands].map(() => 'organization:o2'));
    expect(highlighted.bands.size).toBeGreaterThan(0);
    const hovered = findHighlighted(layout, { hovered: 'organization:l3', pointed: null, chosen });
    expect([...hovered.bands].every(({ block }) => block.key === 'organization:l3')).toBe(true);
  });

  it('[W63] arrow keys reach every holder and lab of the flows, and stay within them', () => {
    const targets = flowTargets(layOut(flowWorld({ holders: 20, labs: 12 })));
    const reached = new Set<string>();
    let here = stepFrom(targets, null, 'Home');
    for (let column = 0; column < 5 && here !== undefined; column++) {
      here = stepFrom(targets, here.key, 'Home');
      for (let i = 0; i < 30 && here !== undefined; i++) {
        reached.add(here.key);
        here = stepFrom(targets, here.key, 'ArrowDown');
      }
      here = stepFrom(targets, here?.key ?? null, 'ArrowRight');
    }
    expect(reached.size).toBe(targets.length);
  });
});
