import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assertion } from '../../../server/domain/assertions.ts';
import { factKinds } from '../../../server/domain/facts.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { RefreshThread } from '../../../server/questions/facts/open-facts.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, retract, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { projectionInText } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-background-'));
const thread = new RefreshThread();
afterAll(async () => {
  await thread.close();
  rmSync(folder, { recursive: true, force: true });
});

const refuse = async () => {
  throw new Error('The event loop read the facts.');
};
const base = [lab('lab'), vendor('v'), vendor('v2'), vendor('w'), artifact('x', 'lab'), artifact('y', 'lab')];
const transfers = (count: number, to: string, sentAt: number): Assertion[] =>
  Array.from({ length: count }, (_, i) => transfer(`t${i}`, i % 2 === 0 ? 'x' : 'y', 'lab', to, { sentAt }));

/** A hash of the whole: a comparison number by number takes seconds. */
function hashOf(projection: Projection): string {
  return createHash('sha256').update(projectionInText(projection)).digest('hex');
}

describe('[P266] a large write to an embedded store', () => {
  it('is read and placed in a thread, and equals all facts built anew, also after an undo and under merges', async () => {
    const store = await openStore(`sqlite:${join(folder, 'a.db')}`);
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
    await store.close();
  });

  it('[P273] is placed under the merges of its revision, even if they are undone before the thread reads', async () => {
    const store = await openStore(`sqlite:${join(folder, 'd.db')}`);
    await store.commit(edit([...base, ...transfers(5000, 'w', 500), transfer('u', 'x', 'lab', 'v2')]));
    const { projection } = await new CurrentProjection(store).read();
    await store.commit(importOf('i1', [vendor('v2', { mergedInto: 'v' }), ...transfers(100, 'v', 1000)]));
    const { projection: merged } = await new CurrentProjection(store).read();
    await store.undoImport('i1', 'ada', 5000);
    const place = store.place as NonNullable<typeof store.place>;
    const next = (await thread.refreshInBackground(place, projection, merged.revision)) as Projection;
    expect(hashOf(next)).toEqual(hashOf(merged));
    await store.close();
  });

  it('is not read from a file that has taken the place of the store', async () => {
    const path = join(folder, 'b.db');
    const store = await openStore(`sqlite:${path}`);
    await store.commit(edit([...base, ...transfers(10, 'w', 500)]));
    const { projection } = await new CurrentProjection(store).read();
    const other = await openStore(`sqlite:${join(folder, 'c.db')}`);
    await other.close();
    const place = store.place as NonNullable<typeof store.place>;
    const next = (await thread.refreshInBackground(place, projection, projection.revision)) as Projection;
    expect(hashOf(next)).toBe(hashOf(projection));
    await store.close();
    renameSync(join(folder, 'c.db'), path);
    await expect(thread.refreshInBackground(place, projection, projection.revision)).rejects.toThrow('was replaced while it was open');
  });
});
