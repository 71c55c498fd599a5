import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { RefreshThread } from '../../../server/questions/facts/open-facts.ts';
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

  it('[P265] keep the columns and parts that did not change as the objects that they were', async () => {
    const count = 10_000;
    const last = buildProjection(facts(count, 0), 1);
    expect(last.memory.parts.length).toBe(2);
    // Transfers of x, the first part.
    const keys = Array.from({ length: count / 2 }, (_, i) => `t${String(2 * i).padStart(5, '0')}`);
    const after = facts(count, 40).filter(({ kind, key }) => kind !== 'TRANSFER' || keys.includes(key));
    const renewed = await thread.refresh(
      last,
      new Map([['TRANSFER', { keys, facts: after.filter(({ kind }) => kind === 'TRANSFER') }]]),
      2,
    );
    expect(renewed.organizations.name).toBe(last.organizations.name);
    expect(renewed.organizations.provenance).toBe(last.organizations.provenance);
    expect(renewed.artifacts.owner).toBe(last.artifacts.owner);
    expect(renewed.memory.parts.map((part) => last.memory.parts.indexOf(part))).toEqual([-1, 1]);
    const ofY = facts(count, 0).filter(({ kind, key }) => kind === 'TRANSFER' && !keys.includes(key));
    expect(projectionInText(renewed)).toBe(projectionInText(buildProjection([...after, ...ofY], 2)));
  });
});
