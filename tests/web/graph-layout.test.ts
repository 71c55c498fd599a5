import { type Curve, type Point, pointOn, toRelativeBends } from '../../web/canvas/cytoscape/curve.ts';
import { type Box, cutInTheMiddle, doBoxesMeet, estimateWidth } from '../../web/canvas/cytoscape/label-box.ts';
import { doesPass } from '../../web/canvas/cytoscape/route.ts';
import { layOutGraph, layOutOnRings } from '../../web/canvas/explore/graph-layout.ts';
import type { DrawnLink, DrawnNode } from '../../web/canvas/explore/graph-props.ts';
import { findNearest, looksOf, sceneOfGraph } from '../../web/canvas/explore/graph-scene.ts';
import { boxesOf, markSize, underWidth } from '../../web/canvas/explore/link-counts.ts';
import { type LayoutLink, type LayoutNode, layOutByRank, rankOf } from '../../web/canvas/explore/rank-layout.ts';
import { describe, expect, it } from '../support/test.ts';
import { randomFrom } from './lanes-worlds.ts';

const node = (id: string, kind: LayoutNode['kind']): LayoutNode => ({ key: `organization:${id}`, kind });
const link = (source: string, target: string, kind: LayoutLink['kind'] = 'TRANSFER'): LayoutLink => ({
  source: `organization:${source}`,
  target: `organization:${target}`,
  kind,
});
const nodes = [
  node('lab', 'LAB'),
  node('vendor', 'VENDOR'),
  node('sub', 'SUBCONTRACTOR'),
  node('deep', 'SUBCONTRACTOR'),
  node('client', 'VENDOR'),
  node('tool', 'TOOL_PROVIDER'),
];
const links = [
  link('lab', 'vendor'),
  link('vendor', 'sub'),
  link('sub', 'deep'),
  link('sub', 'vendor'),
  link('lab', 'client', 'ENGAGEMENT'),
  link('tool', 'vendor', 'ACCESS'),
];

function crowd(count: number): readonly LayoutNode[] {
  return Array.from({ length: count }, (_, i) => node(`n${i}`, i % 9 === 0 ? 'LAB' : i % 2 === 0 ? 'VENDOR' : 'SUBCONTRACTOR'));
}

function closest(positions: ReadonlyMap<string, Point>): number {
  const places = [...positions.values()];
  return Math.min(...places.flatMap((a, i) => places.slice(i + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
}

describe('the layouts of Explore', () => {
  it('[W60] a rank is the fewest transfers from a lab, then the fewest engagements, then a default for the kind', () => {
    const ranks = rankOf(nodes, links);
    expect(Object.fromEntries(ranks)).toEqual({
      'organization:lab': 0,
      'organization:vendor': 1,
      'organization:sub': 2,
      'organization:deep': 3,
      'organization:client': 1,
      'organization:tool': 3,
    });
  });

  it('[W60] ranks go from left to right, with opened artifacts between the labs and the rest', () => {
    const positions = layOutByRank([...nodes, { key: 'artifact:a', kind: 'ARTIFACT' }], links);
    const x = (key: string) => positions.get(key)?.x ?? Number.NaN;
    expect(x('organization:lab')).toBeLessThan(x('artifact:a'));
    expect(x('artifact:a')).toBeLessThan(x('organization:vendor'));
    expect(x('organization:vendor')).toBeLessThan(x('organization:sub'));
    expect(x('organization:sub')).toBeLessThan(x('organization:deep'));
  });

  it('[W61] a graph has the same positions for any order of nodes and links', () => {
    const reversed = { nodes: nodes.toReversed(), links: links.toReversed() };
    expect(Object.fromEntries(layOutByRank(reversed.nodes, reversed.links))).toEqual(Object.fromEntries(layOutByRank(nodes, links)));
    const center = 'organization:vendor';
    expect(Object.fromEntries(layOutOnRings(reversed.nodes, reversed.links, center))).toEqual(
      Object.fromEntries(layOutOnRings(nodes, links, center)),
    );
  });

  it.each([1, 2, 30, 100])('[W62] no two of %i nodes share a position, by rank or on rings', (count) => {
    const many = crowd(count);
    expect(layOutByRank(many, []).size).toBe(count);
    expect(layOutOnRings(many, [], null).size).toBe(count);
    if (count < 2) return;
    expect(closest(layOutByRank(many, []))).toBeGreaterThanOrEqual(60);
    expect(closest(layOutOnRings(many, [], null))).toBeGreaterThanOrEqual(60);
  });

  it.each(['rings', 'free'] as const)('[W150] no mark, name or badge overlaps another in the layout %s', (layout) => {
    for (const count of [10, 60]) {
      const many: DrawnNode[] = crowd(count).map((each, i) => ({
        key: each.key,
        kind: each.kind,

        name: i % 3 === 0 ? `Northern Annotation Partners ${i}` : `Company ${i}`,
        description: '',
        hiddenCount: i,
      }));
      const all: DrawnLink[] = many.slice(1).map(({ key }, i) => {
        const source = i % 4 === 0 ? (many[i]?.key as string) : (many[0]?.key as string);
        return { key: `l${i}`, kind: 'TRANSFER', source, target: key, count: 1, isUnreadable: false, description: '' };
      });
      const positions = layOutGraph(many, all, layout, null, new Map());
      expect(Object.fromEntries(layOutGraph(many, all, layout, null, new Map()))).toEqual(Object.fromEntries(positions));
      const boxes = many.map((each) => {
        const { x, y } = positions.get(each.key) as Point;
        const { width, height } = markSize(each);
        const half = Math.max(width / 2 + 16, estimateWidth(cutInTheMiddle(each.name, 20), 13) / 2);
        return { left: x - half, right: x + half, top: y - height / 2 - 8, bottom: y + height / 2 + 20 };
      });
      const overlapping = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => doBoxesMeet(a, b)));
      expect(overlapping).toEqual([]);
    }
  });

  it('[W155] links are in full, thin, or a hint, by how many there are and which node matters', () => {
    const star = (count: number): DrawnLink[] =>
      Array.from({ length: count }, (_, i) => ({
        key: `l${i}`,
        kind: 'TRANSFER',
        source: i % 2 === 0 ? 'hub' : 'other',
        target: `n${i}`,
        count: 1,
        isUnreadable: false,
        description: '',
      }));
    const tally = (count: number, center: string | null, selection: string | null = center) => {
      const looks = looksOf(star(count), center, selection);
      return (['loud', 'quiet', 'faint'] as const).map((look) => looks.filter((other) => other === look).length);
    };
    expect(tally(16, null)).toEqual([16, 0, 0]);
    expect(tally(20, null)).toEqual([0, 20, 0]);
    // Without a node that matters, all stay readable.
    expect(tally(300, null)).toEqual([0, 300, 0]);
    expect(tally(20, 'hub')).toEqual([10, 10, 0]);
    expect(tally(80, 'hub')).toEqual([40, 0, 40]);
    // A hub of more than 40 links shows them thin; the one that is selected, in full.
    expect(tally(300, 'hub', 'l0')).toEqual([1, 149, 150]);
  });

  /** A generated graph, the same for each seed. */
  function generated(seed: number): { readonly many: readonly DrawnNode[]; readonly all: readonly DrawnLink[] } {
    const random = randomFrom(seed);
    const count = 4 + Math.floor(random() * 36);
    const many: DrawnNode[] = crowd(count).map((each, i) => ({
      key: each.key,
      kind: each.kind,

      name: i % 3 === 0 ? `Northern Annotation Partners ${i}` : `Company ${i}`,
      description: '',
      hiddenCount: i % 5,
      // A radius over the graph writes below the names.
      ...(seed % 2 === 0 && { note: i % 3 === 0 ? 'blind spot: ask Harrowell' : 'holds 6 · 60%' }),
    }));
    const keyAt = () => many[Math.floor(random() * count)]?.key as string;
    const all = Array.from({ length: count * 2 }, (_, i): DrawnLink => {
      const kind = (['TRANSFER', 'ACCESS', 'ENGAGEMENT'] as const)[Math.floor(random() * 3)] ?? 'TRANSFER';
      return { key: `l${i}`, kind, source: keyAt(), target: keyAt(), count: 1, isUnreadable: false, description: '' };
    }).filter(({ source, target }) => source !== target);
    return { many, all };
  }

  it('[W608] by rank, no line passes behind a mark or a name that is not its end', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { many, all } = generated(seed);
      const positions = layOutGraph(many, all, 'rank', null, new Map());
      const scene = sceneOfGraph(many, all, positions, true);
      const passed = scene.links.flatMap(({ id, source, target, curve }) =>
        many
          .filter(({ key }) => key !== source && key !== target)
          .filter((each) => doesPass(curve, boxesOf(each, positions.get(each.key) as Point), 1.5))
          .map(({ key }) => `${seed}: ${id} / ${key}`),
      );
      expect(passed).toEqual([]);
    }
  });

  it.each(['rank', 'rings'] as const)('[W1200] by %s, no line passes behind the name or the counts of its own ends', (layout) => {
    let passed = 0;
    let drawn = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { many, all } = generated(seed);
      const positions = layOutGraph(many, all, layout, null, new Map());
      for (const { source, target, curve } of sceneOfGraph(many, all, positions, layout === 'rank').links) {
        const own = many.filter(({ key }) => key === source || key === target);
        const words = own.flatMap((each) => boxesOf(each, positions.get(each.key) as Point).slice(1));
        drawn++;
        if (doesPass(curve, words, 1.5)) passed++;
      }
    }
    expect(drawn).toBeGreaterThan(1000);
    expect(passed).toBe(0);
  });

  it.each(['rank', 'rings'] as const)(
    '[W1072] by %s, no line bends within a mark that it joins, because it would not be drawn',
    (layout) => {
      for (let seed = 1; seed <= 200; seed++) {
        const { many, all } = generated(seed);
        const positions = layOutGraph(many, all, layout, null, new Map());
        const markOf = (key: string) => boxesOf(many.find((each) => each.key === key) as DrawnNode, positions.get(key) as Point)[0] as Box;
        const isIn = ({ x, y }: Point, { left, right, top, bottom }: Box) => x >= left && x <= right && y >= top && y <= bottom;
        const hidden = sceneOfGraph(many, all, positions, layout === 'rank').links.filter(({ source, target, curve: { bends } }) =>
          [source, target].some((key) => bends.some((bend) => isIn(bend, markOf(key)))),
        );
        expect(hidden.map(({ id }) => `${seed}: ${id}`)).toEqual([]);
      }
    },
  );

  it.each(['rank', 'rings', 'free'] as const)('[W1091] by %s, a fit shows every line whole, however far it runs around', (layout) => {
    for (let seed = 1; seed <= 100; seed++) {
      const { many, all } = generated(seed);
      const positions = layOutGraph(many, all, layout, null, new Map());
      const { links: drawn, bounds } = sceneOfGraph(many, all, positions, layout === 'rank');
      const outside = drawn.filter(({ curve }) =>
        Array.from({ length: 41 }, (_, i) => pointOn(curve, i / 40)).some(
          ({ x, y }) => x < bounds.left || x > bounds.right || y < bounds.top || y > bounds.bottom,
        ),
      );
      expect(outside.map(({ id }) => `${seed}: ${id}`)).toEqual([]);
    }
  });

  it('[W1012] above 150 links, lines run while a node is dragged as they run once it is dropped', () => {
    const many = crowd(120).map(({ key, kind }): DrawnNode => ({ key, kind, name: key, description: '', hiddenCount: 0 }));
    const all = Array.from({ length: 200 }, (_, i): DrawnLink => {
      const [source, target] = [`organization:n${i % 120}`, `organization:n${(i * 7 + 1) % 120}`];
      return { key: `l${i}`, kind: 'TRANSFER', source, target, count: 1, isUnreadable: false, description: '' };
    });
    const positions = new Map(many.map(({ key }, i) => [key, { x: (i % 12) * 90, y: Math.floor(i / 12) * 90 }]));
    const [key, to] = ['organization:n50', { x: 700, y: 220 }];
    const dropped = sceneOfGraph(many, all, new Map(positions).set(key, to), false);
    const scene = sceneOfGraph(many, all, positions, false);
    const touching = scene.links.filter(({ source, target }) => source === key || target === key);
    expect(touching.length).toBeGreaterThan(2);
    // Bends keep their places beside a line whose end moves.
    for (const { id, curve } of touching) {
      const after = dropped.links.find((link) => link.id === id);
      expect(toRelativeBends(curve)).toEqual(toRelativeBends(after?.curve as Curve));
    }
    expect(new Set(scene.carried(key).keys())).toEqual(new Set(touching.map(({ id }) => `count:${id}`)));
  });

  it('[W1173] in the free layout the counts below a lab stand apart from those of its neighbors', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = randomFrom(seed);
      const labs = Array.from(
        { length: 12 },
        (_, i): DrawnNode => ({
          ...{ key: `organization:lab-${i}`, kind: 'LAB', name: `Lab ${i}`, description: 'lab', hiddenCount: 0, part: 'affected' },
          counts: { EXPOSED: Math.floor(random() * 200), POSSIBLE: Math.floor(random() * 900), CONTAINED: Math.floor(random() * 90) },
        }),
      );
      const positions = layOutGraph(labs, [], 'free', null, new Map());
      const lines = labs.map((lab) => {
        const { x, y } = positions.get(lab.key) ?? { x: 0, y: 0 };
        const [half, top] = [underWidth(lab) / 2, y + markSize(lab).height / 2 + 25];
        return { left: x - half, right: x + half, top, bottom: top + 16 };
      });
      const meeting = lines.flatMap((line, i) => lines.slice(i + 1).filter((other) => doBoxesMeet(line, other)));
      expect({ seed, meeting }).toEqual({ seed, meeting: [] });
    }
  });

  it('[W1031] a dragged node takes its mark of hidden connections along whole, and the counts of its lines half way', () => {
    const named = ['a', 'b', 'c'].map((key): DrawnNode => ({ key, kind: 'LAB', name: key, description: '', hiddenCount: 3, note: 'DE' }));
    const link = (key: string, source: string, target: string): DrawnLink => ({
      ...{ key, kind: 'TRANSFER', source, target, count: 4 },
      ...{ isUnreadable: false, description: '' },
    });
    const positions = new Map(named.map(({ key }, i) => [key, { x: i * 200, y: 0 }]));
    const scene = sceneOfGraph(named, [link('ab', 'a', 'b'), link('bc', 'b', 'c')], positions, false);
    expect(scene.carried('a')).toEqual(
      new Map([
        ['badge:a', 1],
        ['note:a', 1],
        ['count:ab', 0.5],
      ]),
    );
  });

  it('[W975] no mark or name of a sized node meets another, in any layout', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const random = randomFrom(seed);
      const sized = crowd(4 + Math.floor(random() * 30)).map(
        (each): DrawnNode => ({
          key: each.key,
          kind: each.kind,

          name: `Organization ${each.key.slice(-2)}`,
          description: '',
          hiddenCount: 0,
          note: 'DE',
          scale: 0.7 + 0.9 * random(),
        }),
      );
      for (const layout of ['rank', 'rings', 'free'] as const) {
        const positions = layOutGraph(sized, [], layout, null, new Map());
        const boxes = sized.map((each) => boxesOf(each, positions.get(each.key) ?? { x: 0, y: 0 }));
        boxes.forEach((own, i) => {
          for (const other of boxes.slice(i + 1)) {
            const meets = own.some((box) => other.some((each) => doBoxesMeet(box, each)));
            expect([seed, layout, meets]).toEqual([seed, layout, false]);
          }
        });
      }
    }
  });

  it('[W62] an empty graph has no positions', () => {
    expect(layOutByRank([], []).size).toBe(0);
    expect(layOutOnRings([], [], null).size).toBe(0);
  });

  it('[W63] an arrow key finds the nearest node in its direction, or none', () => {
    const positions = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 100, y: 10 }],
      ['c', { x: 40, y: 200 }],
    ]);
    expect(findNearest(positions, 'a', 'ArrowRight')).toBe('b');
    expect(findNearest(positions, 'a', 'ArrowDown')).toBe('c');
    expect(findNearest(positions, 'a', 'ArrowUp')).toBeUndefined();
    expect(findNearest(positions, 'nobody', 'ArrowUp')).toBeUndefined();
  });

  it('[W64] relative control points describe the same points as absolute ones', () => {
    const curve = {
      from: { x: 10, y: 20 },
      to: { x: 210, y: 120 },
      bends: [
        { x: 60, y: 20 },
        { x: 160, y: 120 },
      ],
    };
    const back = bendsBack(curve);
    for (const [i, point] of back.entries()) {
      expect(point.x).toBeCloseTo(curve.bends[i]?.x ?? 0, 1);
      expect(point.y).toBeCloseTo(curve.bends[i]?.y ?? 0, 1);
    }
    expect(pointOn(curve, 0)).toEqual(curve.from);
    expect(pointOn(curve, 1)).toEqual(curve.to);
    expect(toRelativeBends({ from: curve.from, to: curve.from, bends: [] })).toEqual({ weights: [0.5], distances: [0] });
  });

  it('[W1126] the points by which Cytoscape bounds a curve miss none of it by more than 4 pixels', () => {
    const random = randomFrom(1126);
    const point = () => ({ x: random() * 1600, y: random() * 900 });
    const shares = [0, 0.05, 0.225, 0.4, 0.5, 0.6, 0.775, 0.95, 1];
    for (let n = 0; n < 300; n++) {
      const curve: Curve = { from: point(), to: point(), bends: Array.from({ length: 1 + (n % 4) }, point) };
      const drawn: Curve = { ...curve, bends: bendsBack(curve) };
      const count = drawn.bends.length;
      const known = boundsOf(drawn.bends.flatMap((_, i) => shares.map((share) => pointOn(drawn, (i + share) / count))));
      const whole = boundsOf(Array.from({ length: 2001 }, (_, i) => pointOn(curve, i / 2000)));
      for (const [i, side] of whole.entries()) expect(Math.abs(side - (known[i] ?? 0))).toBeLessThan(4);
    }
    // A node can be pinned anywhere: its lines stay few.
    const far = { from: point(), to: { x: 1e12, y: 0 }, bends: [{ x: 1e12, y: 1e12 }] };
    expect(bendsBack(far).length).toBe(16);
  });
});

/** The control points that Cytoscape draws, as places of the scene. */
function bendsBack(curve: Curve): readonly Point[] {
  const { weights, distances } = toRelativeBends(curve);
  const [dx, dy] = [curve.to.x - curve.from.x, curve.to.y - curve.from.y];
  const length = Math.hypot(dx, dy);
  return weights.map((weight, i) => ({
    x: curve.from.x + dx * weight - (dy / length) * (distances[i] ?? 0),
    y: curve.from.y + dy * weight + (dx / length) * (distances[i] ?? 0),
  }));
}

function boundsOf(points: readonly Point[]): readonly number[] {
  const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)];
  return [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
}
