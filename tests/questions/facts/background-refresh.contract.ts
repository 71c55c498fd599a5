import { createHash } from 'node:crypto';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { RefreshThread } from '../../../server/questions/facts/held-facts.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { artifact, edit, importOf, lab, retract, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';

const refuse = async () => {
  throw new Error('The facts are renewed elsewhere.');
};
const base = [lab('lab'), vendor('v'), vendor('v2'), vendor('w'), artifact('x', 'lab'), artifact('y', 'lab')];
const transfers = (count: number, to: string, sentAt: number): Assertion[] =>
  Array.from({ length: count }, (_, i) => transfer(`t${i}`, i % 2 === 0 ? 'x' : 'y', 'lab', to, { sentAt }));

/** A hash of the whole: a comparison number by number takes seconds. */
function hashOf(projection: Projection): string {
  return createHash('sha256').update(projectionInText(projection)).digest('hex');
}

/** @param open makes a new, empty store */
export function describeBackgroundRefresh(name: string, open: () => Promise<WholeStore>): void {
  describe(`[P266] a large write to a store in ${name}`, () => {
    const thread = new RefreshThread();
    afterAll(() => thread.close());

    it('is read and placed in a thread, and equals all facts built anew, also after an undo and under merges', async () => {
      const store = await open();
      await store.commit(edit([...base, ...transfers(100, 'w', 500)]));
      const current = new CurrentProjection(store, Date.now, factKinds, undefined, refuse, thread.refreshInBackground);
      const first = (await current.read()).projection;
      const isAsBuilt = async () => {
        const { projection } = await current.read();
        expect(hashOf(projection)).toEqual(hashOf((await new CurrentProjection(store).read()).projection));
        return projection;
      };
      await store.commit(importOf('i1', transfers(2100, 'v', 1000)));
      await isAsBuilt();
      // Most facts are new, so all of them were read again. From now on, fewer than a quarter change.
      await store.commit(importOf('i2', transfers(10_000, 'v2', 2000)));
      const second = await isAsBuilt();
      await store.commit(importOf('i3', transfers(2100, 'w', 3000)));
      const third = await isAsBuilt();
      expect(third.organizations.name).toBe(second.organizations.name);
      expect(third.organizations.name).not.toBe(first.organizations.name);
      await store.undoImport('i3', 'ada', 5000);
      await isAsBuilt();
      await store.commit(importOf('i4', [vendor('v2', { mergedInto: 'v' }), ...transfers(2200, 'v2', 4000)]));
      await isAsBuilt();
      await store.commit(edit(Array.from({ length: 2100 }, (_, i) => retract('TRANSFER', `t${i}`))));
      expect((await isAsBuilt()).transfers.count).toBe(7900);
      expect(hashOf(await current.atRevision(third.revision))).toBe(hashOf(third));
      await store.close();
    }, 400_000);

    it('[P273] is placed under the merges of its revision, even if they are undone before the thread reads', async () => {
      const store = await open();
      await store.commit(edit([...base, ...transfers(5000, 'w', 500), transfer('u', 'x', 'lab', 'v2')]));
      const { projection } = await new CurrentProjection(store).read();
      await store.commit(importOf('i1', [vendor('v2', { mergedInto: 'v' }), ...transfers(100, 'v', 1000)]));
      const { projection: merged } = await new CurrentProjection(store).read();
      await store.undoImport('i1', 'ada', 5000);
      const next = (await thread.refreshInBackground(store.place, projection, merged.revision)) as Projection;
      expect(hashOf(next)).toEqual(hashOf(merged));
      await store.close();
    }, 400_000);

    it('[P265] keeps the columns and parts that did not change as the objects that they were', async () => {
      const store = await open();
      await store.commit(edit([...base, ...transfers(10_000, 'w', 500)]));
      const last = (await new CurrentProjection(store).read()).projection;
      expect(last.memory.parts.length).toBe(2);
      // Of the first part alone.
      const ofX = Array.from({ length: 2500 }, (_, i) => transfer(`t${2 * i}`, 'x', 'lab', 'w', { sentAt: 600 }));
      const { revision } = await store.commit(edit(ofX));
      const next = (await thread.refreshInBackground(store.place, last, revision)) as Projection;
      expect(next.memory.parts.map((part) => last.memory.parts.indexOf(part))).toEqual([-1, 1]);
      expect(next.organizations.name).toBe(last.organizations.name);
      expect(next.organizations.provenance).toBe(last.organizations.provenance);
      expect(next.artifacts.owner).toBe(last.artifacts.owner);
      expect(hashOf(next)).toBe(hashOf((await new CurrentProjection(store).read()).projection));
      await store.close();
    }, 400_000);

    it('[S203] of few changed facts is placed on the event loop, without a thread', async () => {
      const store = await open();
      await store.commit(edit([...base, ...transfers(100, 'w', 500)]));
      const current = new CurrentProjection(store, Date.now, factKinds, undefined, undefined, refuse);
      await current.read();
      await store.commit(edit(transfers(3, 'v', 1000)));
      expect(hashOf((await current.read()).projection)).toBe(hashOf((await new CurrentProjection(store).read()).projection));
      await store.close();
    }, 400_000);
  });
}
