import { findSharedHolders, measureConcentration } from '../../../server/exposure/rankings/concentration.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const facts = world()
  .lab('a', 'b', 'c')
  .vendor('v', 'w')
  .subcontractor('s')
  .artifact('x', 'a', { valueHighUsd: 300 })
  .artifact('y', 'a', { valueHighUsd: 100 })
  .artifact('z', 'b')
  // Two copies of one artifact count once. The subcontractor's copy has rank 2.
  .transfer('t1', 'x', 'a', 'v', { sentAt: 1 })
  .transfer('t2', 'x', 'a', 'v', { sentAt: 2, form: 'VIEW_ONLY', portion: 0.1 })
  .transfer('t3', 'y', 'a', 'w', { sentAt: 1, deletionState: 'VERIFIED', deletedAt: 20 })
  .transfer('t4', 'x', 'v', 's', { sentAt: 3 })
  .transfer('t5', 'z', 'b', 's', { sentAt: 3 })
  .build();
const projection = buildProjection(toRecordedFacts(facts), 1);
const id = (organization: number) => projection.organizations.id.get(organization);
const rows = (instant: number) =>
  measureConcentration(projection, instant).map(({ lab, herfindahlIndex, holders }) => [
    id(lab),
    herfindahlIndex,
    holders.map(({ holder, share }) => `${id(holder)} ${share}`).join(),
  ]);

describe('concentration', () => {
  it('[P64] sums squared shares of mean value over rank-1 holders; a holder without value counts, a lab without value has no index', () => {
    expect(rows(10)).toEqual([
      ['a', 0.75 ** 2 + 0.25 ** 2, 'v 0.75,w 0.25'],
      ['b', null, 's 0'],
      ['c', null, ''],
    ]);
    // The copy is deleted by then.
    expect(rows(20)[0]).toEqual(['a', 1, 'v 1']);
    expect(rows(0)).toEqual([
      ['a', null, ''],
      ['b', null, ''],
      ['c', null, ''],
    ]);
  });

  it('[P64] shared holders have copies of any rank from at least two labs', () => {
    expect(findSharedHolders(projection, 10).map(({ holder, labs, artifactCount }) => [id(holder), labs.map(id), artifactCount])).toEqual([
      ['s', ['a', 'b'], 2],
    ]);
    expect(findSharedHolders(projection, 2)).toEqual([]);
  });
});
