import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit, smallWorld, vendor } from '../../store/assertions-for-tests.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-refresh-'));
let count = 0;
const newPath = (): string => join(folder, `${count++}.db`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the current projection', () => {
  it('[G52] is rebuilt after a write, once for all waiting questions, and kept otherwise', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    const other = await openStore(`sqlite:${path}`);
    let now = 1000;
    const current = new CurrentProjection(store, () => now);
    const empty = await current.read();
    expect([empty.projection.revision, empty.projection.transfers.count, empty.currentAt]).toEqual([0, 0, 1000]);
    now = 2000;
    const again = await current.read();
    expect(again.projection).toBe(empty.projection);
    expect(again.currentAt).toBe(2000);
    await other.commit(edit([...smallWorld]));
    const snapshots = await Promise.all(Array.from({ length: 20 }, () => current.read()));
    expect(new Set(snapshots.map(({ projection }) => projection)).size).toBe(1);
    expect(snapshots[0]?.projection.revision).toBe(1);
    expect(snapshots[0]?.projection.transfers.count).toBeGreaterThan(0);
    await other.close();
    await store.close();
  });

  it('[G53] keeps answering while the store cannot be read, and says since when it is stale', async () => {
    const path = newPath();
    const store = await openStore(`sqlite:${path}`);
    let now = 1000;
    const current = new CurrentProjection(store, () => now);
    const before = await current.read();
    // This is more than the limit for reading fact by fact: the file is opened again to read all.
    await store.commit(edit(Array.from({ length: 1200 }, (_, i) => vendor(`v${i}`))));
    renameSync(path, `${path}.away`);
    now = 2000;
    const meanwhile = await current.read();
    expect(meanwhile.projection).toBe(before.projection);
    expect(meanwhile.currentAt).toBe(1000);
    renameSync(`${path}.away`, path);
    now = 2999;
    expect(await current.read()).toBe(meanwhile);
    now = 3000;
    const after = await current.read();
    expect([after.projection.revision, after.currentAt]).toEqual([1, 3000]);
    await store.close();
  });

  it('[G54] facts known at an instant stay known at it, even if retracted since; a future instant means now', async () => {
    const store = await openStore(`sqlite:${newPath()}`);
    const current = new CurrentProjection(store);
    const write = { ...edit([...smallWorld]), at: Date.now() - 10_000 };
    await store.commit(write);
    const retractions = smallWorld
      .filter(({ kind }) => kind === 'TRANSFER')
      .map((assertion) => ({ ...assertion, isRetraction: true, values: [] }));
    await store.commit({ ...edit(retractions), at: Date.now() - 5000 });
    const then = await current.at(Date.now() - 7000);
    expect([then.revision, then.transfers.count]).toEqual([1, retractions.length]);
    expect(await current.at(Date.now() - 7000)).toBeDefined();
    const now = await current.at(Date.now() + 60_000);
    expect([now.revision, now.transfers.count]).toEqual([2, 0]);
    expect((await current.at(0)).organizations.count).toBe(0);
    await store.close();
  });
});
