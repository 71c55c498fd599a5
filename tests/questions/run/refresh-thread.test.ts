import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { RefreshThread } from '../../../server/questions/facts/refresh-thread.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const thread = new RefreshThread();
afterAll(() => thread.close());

/** The facts of a lab, two vendors and some transfers, the first of them deleted. */
function facts(transfers: number, deleted: number): RecordedFact[] {
  const built = world().lab('lab').vendor('v', 'w').artifact('x', 'lab').artifact('y', 'lab').reveals('x', 'y', 0.5);
  for (let i = 0; i < transfers; i++) {
    const details = { sentAt: 1000 + i, ...(i < deleted ? { deletionState: 'VERIFIED' as const, deletedAt: 9000 } : {}) };
    built.transfer(`t${String(i).padStart(5, '0')}`, i % 2 === 0 ? 'x' : 'y', 'lab', i % 3 === 0 ? 'v' : 'w', details);
  }
  return toRecordedFacts(built.build());
}

/** Refreshes the facts before to those after. */
async function refresh(before: RecordedFact[], after: RecordedFact[], keys: readonly string[]) {
  const changed = after.filter(({ kind, key }) => kind === 'TRANSFER' && keys.includes(key));
  return thread.refresh(buildProjection(before, 1), new Map([['TRANSFER', { keys, facts: changed }]]), 2);
}

describe('[S203] facts renewed after an import', () => {
  it('are placed on the event loop after a small one, without a thread', async () => {
    const keys = ['t00000', 't00001', 't00002'];
    expect(projectionInText(await refresh(facts(100, 0), facts(100, 3), keys))).toBe(projectionInText(buildProjection(facts(100, 3), 2)));
    expect(thread.hasStarted).toBe(false);
  });

  it('are placed in a thread after a large one, once more too, and equal facts that are built anew', async () => {
    const keys = Array.from({ length: 2500 }, (_, i) => `t${String(i).padStart(5, '0')}`);
    for (const round of [1, 2]) {
      const renewed = await refresh(facts(2000 + 100 * round, 0), facts(2500, 40), keys);
      expect(projectionInText(renewed)).toBe(projectionInText(buildProjection(facts(2500, 40), 2)));
      expect(thread.hasStarted).toBe(true);
    }
  });

  it('[P265] keep the columns that did not change as the objects that they were', async () => {
    const last = buildProjection(facts(2500, 0), 1);
    const keys = Array.from({ length: 2500 }, (_, i) => `t${String(i).padStart(5, '0')}`);
    const changed = facts(2500, 40).filter(({ kind }) => kind === 'TRANSFER');
    const renewed = await thread.refresh(last, new Map([['TRANSFER', { keys, facts: changed }]]), 2);
    expect(renewed.organizations.name).toBe(last.organizations.name);
    expect(renewed.organizations.provenance).toBe(last.organizations.provenance);
    expect(renewed.artifacts.owner).toBe(last.artifacts.owner);
    expect(renewed.transfers.id).toBe(last.transfers.id);
    expect(renewed.transfers.deletedAt).not.toBe(last.transfers.deletedAt);
    expect(projectionInText(renewed)).toBe(projectionInText(buildProjection(facts(2500, 40), 2)));
  });
});
