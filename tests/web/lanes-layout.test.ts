import { doBoxesMeet } from '../../web/canvas/cytoscape/label-box.ts';
import type { LanesRadius } from '../../web/canvas/lanes/lanes-props.ts';
import { type LanesLayout, layOutLanes } from '../../web/canvas/lanes/layout/lanes-layout.ts';
import { doesMeet } from '../../web/canvas/lanes/layout/lanes-lines.ts';
import { describe, expect, it } from '../support/test.ts';
import { lanesWorld, shuffled } from './lanes-worlds.ts';

const formatUsd = (usd: number) => `$${(usd / 1e6).toFixed(1)}M`;

function layOut(radius: LanesRadius, selection: string | null = null, openGroups: readonly string[] = []): LanesLayout {
  return layOutLanes(radius, { width: 1010, openGroups: new Set(openGroups), selection, formatUsd });
}

const sizes = [3, 12, 50, 120, 500, 1500, 5000];

describe('the lanes of a blast radius', () => {
  it.each(sizes)('[W50] %i elements have the same positions for any order', (size) => {
    const radius = lanesWorld(size);
    expect(layOut(shuffled(radius))).toEqual(layOut(radius));
  });

  it.each(sizes)('[W51] no label of %i elements covers another', (size) => {
    for (const seed of [1, 7, 42]) {
      const { labels } = layOut(lanesWorld(size, seed));
      const meeting = labels.flatMap((a, i) =>
        labels.slice(i + 1).flatMap((b) => (doBoxesMeet(a.box, b.box) ? [`${a.text} / ${b.text}`] : [])),
      );
      expect(meeting).toEqual([]);
    }
  });

  it('[W52] up to fifty elements every row, holder and copy is drawn', () => {
    const radius = lanesWorld(50);
    const layout = layOut(radius);
    expect(layout.level).toBe('all');
    expect(layout.rows.map(({ row }) => row.key).sort()).toEqual(radius.artifacts.map(({ id }) => `artifact:${id}`).sort());
    expect(layout.holders).toHaveLength(radius.organizations.length);
    expect(layout.lines.filter((line) => line.kind === 'copy')).toHaveLength(radius.copies.length);
  });

  it.each([120, 500, 1500, 5000])('[W53] each of %i elements is drawn individually or counted in exactly one group', (size) => {
    const radius = lanesWorld(size);
    const layout = layOut(radius);
    const rows = layout.rows.flatMap(({ row }) => (row.kind === 'artifact' ? [row.artifact.id] : row.members.map(({ id }) => id)));
    expect(rows.sort()).toEqual(radius.artifacts.map(({ id }) => id).sort());
    const holders = layout.holders.flatMap(({ members }) => members.map(({ id }) => id));
    expect(holders.sort()).toEqual(radius.organizations.map(({ id }) => id).sort());
  });

  it('[W53] hundreds of elements keep the first row of each tier, eight holders a hop and the rest in groups', () => {
    const layout = layOut(lanesWorld(400));
    expect(layout.level).toBe('some');
    for (const hop of [1, 2, 3]) expect(layout.holders.filter((holder) => holder.hop === hop).length).toBeLessThanOrEqual(9);
    const labIds = new Set(layout.rows.map((row) => row.labId));
    for (const labId of labIds) {
      const own = layout.rows.filter((row) => row.labId === labId).map(({ row }) => row);
      for (const group of own) {
        if (group.kind === 'group') expect(own.some((row) => row.kind === 'artifact' && row.artifact.tier === group.tier)).toBe(true);
      }
    }
  });

  it('[W53] thousands of elements are a row for each lab and tier, twelve labs and the rest, and at most 400 lines', () => {
    const layout = layOut(lanesWorld(5000));
    expect(layout.level).toBe('tiers');
    expect(layout.cards).toHaveLength(13);
    expect(layout.cards.at(-1)?.isGroup).toBe(true);
    expect(layout.rows.every(({ row }) => row.kind === 'group')).toBe(true);
    expect(layout.lines.filter((line) => line.kind === 'copy').length).toBeLessThanOrEqual(400);
  });

  it('[W58] a group counts artifacts that are not loaded, and no line has a count then', () => {
    const radius = lanesWorld(1500);
    const cut = layOut({ ...radius, artifacts: radius.artifacts.slice(0, 100), isWhole: false });
    const counts = cut.rows.map(({ row }) => (row.kind === 'artifact' ? 1 : row.count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(radius.artifacts.length);
    const losses = cut.rows.map(({ row }) => (row.kind === 'artifact' ? row.artifact.worstCaseLossUsd : row.lossUsd));
    const all = radius.artifacts.reduce((sum, artifact) => sum + artifact.worstCaseLossUsd, 0);
    expect(losses.reduce((sum, loss) => sum + loss, 0)).toBeCloseTo(all, 0);
    expect(cut.cards.map(({ lossUsd }) => lossUsd).reduce((sum, loss) => sum + loss, 0)).toBeCloseTo(all, 0);
    expect(cut.lines.some((line) => line.kind === 'copy' && line.isBundle)).toBe(false);
  });

  it('[W54] an opened group is replaced by its rows and closes no other; the selection is never grouped', () => {
    const radius = lanesWorld(400);
    const before = layOut(radius);
    const groups = before.rows.flatMap(({ row }) => (row.kind === 'group' ? [row] : []));
    const [first, second] = groups;
    if (first === undefined || second === undefined) throw new Error('the world has two groups');
    const keys = layOut(radius, null, [first.key]).rows.map(({ row }) => row.key);
    for (const member of first.members) expect(keys).toContain(`artifact:${member.id}`);
    expect(keys).not.toContain(first.key);
    expect(keys).toContain(second.key);
    const hidden = `artifact:${second.members[0]?.id}`;
    expect(before.rows.map(({ row }) => row.key)).not.toContain(hidden);
    expect(layOut(radius, hidden).rows.map(({ row }) => row.key)).toContain(hidden);
  });

  it('[W55] labs are ordered by loss, rows by tier and then loss, ties by id', () => {
    const { cards, rows } = layOut(lanesWorld(50, 3));
    const losses = cards.map((card) => card.lossUsd);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const rank = { EXPOSED: 0, POSSIBLE: 1, CONTAINED: 2 };
    for (const [i, { row, labId, y }] of rows.entries()) {
      const next = rows[i + 1];
      if (next === undefined || next.labId !== labId || row.kind !== 'artifact' || next.row.kind !== 'artifact') continue;
      expect(next.y).toBeGreaterThan(y);
      const [a, b] = [row.artifact, next.row.artifact];
      expect(rank[a.tier] < rank[b.tier] || (a.tier === b.tier && a.worstCaseLossUsd >= b.worstCaseLossUsd)).toBe(true);
    }
  });

  it('[W55] the origin is in the middle with a free row, and deeper hops are further right', () => {
    for (const size of [12, 50, 400]) {
      const { holders } = layOut(lanesWorld(size));
      const [origin] = holders;
      for (const holder of holders.slice(1)) {
        expect(holder.x).toBeGreaterThan(origin?.x ?? 0);
        expect(Math.abs(holder.y - (origin?.y ?? 0))).toBeGreaterThanOrEqual(60);
      }
    }
  });

  it('[W56] each holder and row have one line in the strongest tier of their copies, and the strongest are drawn last', () => {
    const layout = layOut(lanesWorld(400));
    const order = ['CONTAINED', 'POSSIBLE', 'EXPOSED'];
    const ranks = layout.lines.flatMap((line) => (line.kind === 'copy' ? [order.indexOf(line.tier)] : []));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const pairs = layout.lines.flatMap((line) => (line.kind === 'copy' ? [`${line.holder} ${line.row}`] : []));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('[W57] five thousand elements are placed within a fifth of a second', () => {
    const radius = lanesWorld(5000);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      layOut(radius);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(200);
  });

  it('[W52] an empty radius shows its origin alone', () => {
    const { organizations, spread } = lanesWorld(3);
    const layout = layOut({
      organizations: organizations.slice(0, 1),
      artifacts: [],
      labs: [],
      copies: [],
      spread: spread.slice(0, 0),
      reveals: [],
      artifactTotal: 0,
      reachedTotal: 0,
      isWhole: true,
    });
    expect(layout.holders).toHaveLength(1);
    expect(layout.rows).toEqual([]);
  });
});

describe('the lines of the lanes', () => {
  it.each([12, 30, 50, 60])('[W59] none of %i elements passes through the icon of another holder', (size) => {
    for (let seed = 1; seed <= 12; seed++) {
      const { lines, holders } = layOut(lanesWorld(size, seed));
      const through = lines.flatMap((line) =>
        line.kind !== 'copy'
          ? []
          : holders
              .filter((holder) => holder.key !== line.holder && doesMeet(line.curve, holder))
              .map((holder) => `${line.key} / ${holder.key}`),
      );
      expect(through).toEqual([]);
    }
  });
});

describe('the lanes of a what-if', () => {
  it('[W94] keep every place, mark what left, and draw the lines that remain', () => {
    const radius = lanesWorld(50);
    const [gone, ...kept] = radius.artifacts;
    const copies = radius.copies.filter(({ artifactId }) => artifactId !== gone?.id);
    const after = {
      tiers: new Map(kept.map(({ id, tier }) => [id, tier])),
      reached: new Set(radius.organizations.map(({ id }) => id)),
      copies,
      spread: radius.spread.slice(1),
      labs: new Map(radius.labs.map((lab) => [lab.id, lab])),
    };
    const before = layOut(radius);
    const layout = layOutLanes(radius, { width: 1010, openGroups: new Set(), selection: null, formatUsd, after });
    const places = (of: LanesLayout) => of.rows.map(({ row, x, y }) => [row.key, x, y]);
    expect(places(layout)).toEqual(places(before));
    expect(layout.holders).toEqual(before.holders);
    expect(layout.rows.filter(({ outcome }) => outcome === 'LEFT').map(({ row }) => row.key)).toEqual([`artifact:${gone?.id}`]);
    expect(layout.lines.filter(({ kind }) => kind === 'copy')).toHaveLength(copies.length);
    expect(layout.lines.filter(({ kind }) => kind === 'spread')).toHaveLength(radius.spread.length - 1);
  });
});
