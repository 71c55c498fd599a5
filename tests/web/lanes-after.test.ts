import type { LanesAfter } from '../../web/canvas/lanes/lanes-props.ts';
import { lanesScene } from '../../web/canvas/lanes/lanes-scene.ts';
import type { LanesLayout } from '../../web/canvas/lanes/layout/lanes-layout.ts';
import { describe, expect, it } from '../support/test.ts';
import { lanesWorld, layOutLanes } from './lanes-worlds.ts';

const plain = { width: 1010, openGroups: [], selection: null };

describe('the lanes of fewer hops', () => {
  it('[W805] keep every place of a radius of thousands, and say the shares of the answer for these hops', () => {
    const radius = lanesWorld(2300);
    const cellsOf = (share: number) =>
      radius.organizations.flatMap(({ id: holderId, hops }, i) =>
        hops > 1 && share < 10
          ? []
          : [
              {
                holderId,
                labId: radius.labs[Math.floor(i / 3) % 3]?.id ?? '',
                counts: { EXPOSED: 0, POSSIBLE: share, CONTAINED: 0 },
                lossUsd: { EXPOSED: 0, POSSIBLE: 1e6, CONTAINED: 0 },
              },
            ],
      );
    const whole = { ...radius, cells: cellsOf(10), isWhole: false };
    const reached = new Set(radius.organizations.filter(({ hops }) => hops < 2).map(({ id }) => id));
    const after = {
      tiers: new Map(radius.artifacts.map(({ id, tier }) => [id, tier])),
      reached,
      copies: radius.copies.filter(({ holderId }) => reached.has(holderId)),
      cells: cellsOf(4),
      spread: radius.spread.filter(({ toId }) => reached.has(toId)),
      labs: new Map(radius.labs.map((lab) => [lab.id, lab])),
      isCut: true,
    };
    const card = `organization:${radius.labs[1]?.id}`;
    const options = { ...plain, selection: card };
    const [all, part] = [layOutLanes(whole, options), layOutLanes(whole, { ...options, after })];
    const placesOf = (of: LanesLayout) => [
      ...of.holders.map(({ key, x, y }) => [key, x, y]),
      ...of.cards.map(({ key, left, top }) => [key, left, top]),
    ];
    expect(placesOf(part)).toEqual(placesOf(all));
    const sharesOf = (of: LanesLayout) => of.labels.flatMap(({ role, of: key, text }) => (role === 'share' ? [[key, Number(text)]] : []));
    const expected = (
      each: readonly { readonly holderId: string; readonly labId: string; readonly counts: { readonly POSSIBLE: number } }[],
      layout: LanesLayout,
    ) =>
      layout.holders.flatMap(({ key, hop, members }) => {
        const own = each.filter(({ holderId, labId }) => `organization:${labId}` === card && members.some(({ id }) => id === holderId));
        return hop === 0 || own.length === 0 ? [] : [[key, own.reduce((sum, { counts }) => sum + counts.POSSIBLE, 0)]];
      });
    expect(sharesOf(all)).toEqual(expected(whole.cells, all));
    expect(sharesOf(part)).toEqual(expected(after.cells, part));
    expect(sharesOf(part).length).toBeGreaterThan(0);
    // A list that is filtered otherwise has no cells, and so no shares.
    expect(sharesOf(layOutLanes({ ...whole, cells: null }, { ...options, after }))).toEqual([]);
  });
});

describe('the lanes of a what-if', () => {
  it('[W1061] of a bundled radius count and band every tier of the answer, also one that the lab has not without it', () => {
    const radius = lanesWorld(200);
    const weak = radius.labs.map((lab) => ({
      ...lab,
      counts: { EXPOSED: 0, POSSIBLE: 0, CONTAINED: lab.counts.EXPOSED + lab.counts.POSSIBLE + lab.counts.CONTAINED },
    }));
    const [, strong] = radius.labs;
    const artifacts = radius.artifacts.map((each) => (each.ownerId === strong?.id ? { ...each, tier: 'EXPOSED' as const } : each));
    const own = artifacts.filter(({ ownerId }) => ownerId === strong?.id).length;
    const labs = radius.labs.map((lab) => (lab === strong ? { ...lab, counts: { EXPOSED: own, POSSIBLE: 0, CONTAINED: 0 } } : lab));
    const after = {
      tiers: new Map(artifacts.map(({ id }) => [id, 'CONTAINED' as const])),
      reached: new Set(radius.organizations.map(({ id }) => id)),
      copies: radius.copies.map((copy) => ({ ...copy, tier: 'CONTAINED' as const })),
      spread: radius.spread,
      labs: new Map(weak.map((lab) => [lab.id, lab])),
    };
    const layout = layOutLanes({ ...radius, artifacts, labs }, { ...plain, after });
    const card = `organization:${strong?.id}`;
    const counts = layout.rows.flatMap(({ row, card: of }) => (of === card && row.kind === 'group' ? [[row.tier, row.count]] : []));
    expect(counts.toSorted()).toEqual([
      ['CONTAINED', own],
      ['EXPOSED', 0],
    ]);
    const bands = layout.lines.flatMap((line) =>
      line.kind === 'copy' && line.key.startsWith(`band:${card} `) ? [[line.tier, line.count]] : [],
    );
    expect(bands).toEqual([['CONTAINED', own]]);
  });

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
    const before = layOutLanes(radius, plain);
    const layout = layOutLanes(radius, { ...plain, after });
    const places = (of: LanesLayout) => of.rows.map(({ row, x, y }) => [row.key, x, y]);
    expect(places(layout)).toEqual(places(before));
    expect(layout.holders).toEqual(before.holders);
    // The chances and counts of the radius are not those of the what-if, drawn or spoken.
    const wordsOf = (of: LanesLayout, shown: LanesAfter | null) => {
      const { nodes, spoken } = lanesScene(radius, of, { after: shown, isMovable: false, look: null });
      return [
        nodes.filter(({ id }) => id.startsWith('note:')).length,
        of.holders.filter(({ key }) => spoken(key).includes('chance')).length,
        of.rows
          .filter(({ row }) => /in reach|not in the radius/.test(spoken(row.key)))
          .map(({ row }) => spoken(row.key).split(', ').at(-1)),
      ];
    };
    const others = radius.organizations.length - 1;
    const copyWords = before.rows.map(({ row }) => {
      const count = radius.copies.filter(({ artifactId }) => `artifact:${artifactId}` === row.key).length;
      return count === 1 ? '1 copy in reach' : `${count} copies in reach`;
    });
    expect(wordsOf(before, null)).toEqual([others, others, copyWords]);
    expect(wordsOf(layout, after)).toEqual([0, 0, ['not in the radius']]);
    const [far = ''] = radius.organizations.slice(-1).map(({ id }) => id);
    const fewer = { reached: new Set([...after.reached].filter((id) => id !== far)) };
    expect(lanesScene(radius, layout, { after: fewer, isMovable: false, look: null }).spoken(`organization:${far}`)).toMatch(
      /, not reached$/,
    );
    expect(layout.rows.filter(({ outcome }) => outcome === 'LEFT').map(({ row }) => row.key)).toEqual([`artifact:${gone?.id}`]);
    expect(layout.lines.filter(({ kind }) => kind === 'copy')).toHaveLength(copies.length);
    expect(layout.lines.filter(({ kind }) => kind === 'spread')).toHaveLength(radius.spread.length - 1);
  });

  it('[W1111] say the chance and the count of each holder that fewer hops or a what-if still reach', () => {
    const radius = lanesWorld(50);
    const [far = ''] = radius.organizations.slice(-1).map(({ id }) => id);
    const after = {
      tiers: new Map(radius.artifacts.map(({ id, tier }) => [id, tier])),
      reached: new Set(radius.organizations.map(({ id }) => id)),
      copies: radius.copies,
      spread: radius.spread,
      labs: new Map(radius.labs.map((lab) => [lab.id, lab])),
      figures: new Map([[far, { likelihood: 0.125, heldCount: 1 }]]),
    };
    const layout = layOutLanes(radius, { ...plain, after });
    const places = (of: LanesLayout) => of.holders.map(({ key, x, y }) => [key, x, y]);
    expect(places(layout)).toEqual(places(layOutLanes(radius, plain)));
    const { nodes, spoken } = lanesScene(radius, layout, { after, isMovable: false, look: null });
    expect(nodes.filter(({ id }) => id.startsWith('note:')).map(({ data }) => data?.label)).toEqual(['holds 1 · 13%']);
    expect(spoken(`organization:${far}`)).toMatch(/, 13% chance, holds 1 artifact in reach$/);
  });
});
