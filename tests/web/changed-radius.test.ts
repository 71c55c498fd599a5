import { changedLanes } from '../../web/features/watches/changed-part/changed-radius.ts';
import type { ChangedSideFragment, Tier } from '../../web/shared/generated/operations.ts';
import { describe, expect, it } from '../support/test.ts';
import { layOutLanes } from './lanes-worlds.ts';

type Reached = ChangedSideFragment['reached']['edges'][number]['node'];
type Row = ChangedSideFragment['artifacts']['edges'][number]['node'];

/** A holder that is reached by access, along a path of ids that begins at the origin. */
function reached(...ids: readonly string[]): Reached {
  const [id = ''] = ids.slice(-1);
  return {
    organization: { id, name: id, roles: ['VENDOR'] },
    ...{ hops: ids.length - 1, isSuspected: false, likelihood: 0.5 ** (ids.length - 1) },
    path: ids.slice(1).map((to, at) => ({ from: { id: ids[at] as string }, to: { id: to }, likelihood: 0.5, access: { id: `to-${to}` } })),
  };
}

function row(id: string, tier: Tier, holders: readonly (readonly [string, Tier])[]): Row {
  return {
    artifact: { id, name: id, type: 'OTHER', sensitivity: 3, owner: { id: 'lab', name: 'Lab' } },
    ...{ tier, basis: 'HELD', worstCaseLossUsd: 100 },
    ways: holders.map(([holder, way]) => ({ tier: way, holder: { organization: { id: holder } }, reveals: [] })),
  };
}

/** A side of which `rows` are drawn, and another lab has `others` artifacts. */
const side = (holders: readonly Reached[], rows: readonly Row[], others: number): ChangedSideFragment => ({
  summary: { reachedCount: holders.length + 7, affectedLabCount: 2 },
  ...{ origins: [{ id: 'origin' }], suspectedOrigins: [] },
  labTiers: [
    { lab: { id: 'lab', name: 'Lab' }, tier: 'POSSIBLE', artifactCount: 40, worstCaseLossUsd: 4000 },
    { lab: { id: 'other', name: 'Other' }, tier: 'EXPOSED', artifactCount: others, worstCaseLossUsd: 1 },
  ],
  reached: { edges: holders.map((node) => ({ node })) },
  artifacts: { edges: rows.map((node) => ({ node })) },
});

describe('the changed part of a radius', () => {
  const origin = reached('origin');
  const before = side(
    [origin, reached('origin', 'a'), reached('origin', 'c')],
    [row('left', 'POSSIBLE', [['a', 'POSSIBLE']]), row('stronger', 'POSSIBLE', [['a', 'POSSIBLE']])],
    5,
  );
  const after = side(
    [origin, reached('origin', 'b'), reached('origin', 'b', 'd'), reached('origin', 'c')],
    [
      row('joined', 'POSSIBLE', [
        ['d', 'POSSIBLE'],
        ['d', 'CONTAINED'],
      ]),
      row('stronger', 'EXPOSED', [['origin', 'EXPOSED']]),
    ],
    6,
  );
  const { radius, after: later } = changedLanes(before, after);
  const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).sort();

  it('[W947] has the holders of both sides, everyone on the way to them, and nobody else', () => {
    expect(idsOf(radius.organizations)).toEqual(['a', 'b', 'd', 'origin']);
    expect(radius.spread.map(({ fromId, toId }) => `${fromId} ${toId}`).sort()).toEqual(['b d', 'origin a', 'origin b']);
    expect([...later.reached].sort()).toEqual(['b', 'd', 'origin']);
  });

  it('[W947] has the tier of the earlier side, or of the later one for what joined; what left has none later', () => {
    expect(radius.artifacts.map(({ id, tier }) => `${id} ${tier}`).sort()).toEqual([
      'joined POSSIBLE',
      'left POSSIBLE',
      'stronger POSSIBLE',
    ]);
    expect([...later.tiers].sort()).toEqual([
      ['joined', 'POSSIBLE'],
      ['stronger', 'EXPOSED'],
    ]);
  });

  it('[W947] counts the whole answers, of the later one in the headings, and has no lab without a drawn artifact', () => {
    expect(radius).toMatchObject({ artifactTotal: 46, reachedTotal: 10, choice: { affectedLabTotal: 2 } });
    expect(idsOf(radius.labs)).toEqual(['lab']);
    expect(later.labs.get('lab')?.counts).toEqual({ EXPOSED: 0, POSSIBLE: 40, CONTAINED: 0 });
    expect(radius.labs[0]?.lossUsd).toEqual({ EXPOSED: 0, POSSIBLE: 4000, CONTAINED: 0 });
  });

  it('[W947] draws each changed artifact of a large answer alone, and the rest of its lab as groups', () => {
    const now = side([origin, reached('origin', 'a')], [row('joined', 'POSSIBLE', [['a', 'POSSIBLE']])], 5000);
    const { radius: large } = changedLanes(before, now);
    const { rows, measures } = layOutLanes(large, { openGroups: [], selection: null, width: 700 });
    expect(large.artifactTotal).toBe(5040);
    expect(rows.map(({ row: { key, kind } }) => `${kind} ${key}`)).toEqual([
      'artifact artifact:joined',
      'artifact artifact:left',
      'artifact artifact:stronger',
      'group group:rows:POSSIBLE:lab',
    ]);
    expect(measures.isBundled).toBe(false);
  });

  it('[W947] draws the copies of one holder once, at their strongest', () => {
    expect(later.copies).toEqual([
      { holderId: 'd', artifactId: 'joined', tier: 'POSSIBLE', count: 1 },
      { holderId: 'origin', artifactId: 'stronger', tier: 'EXPOSED', count: 1 },
    ]);
  });
});
