import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { RefreshThread } from '../../../server/questions/facts/held-facts.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit, lab } from '../../store/assertions-for-tests.ts';
import { afterAll, expect, it } from '../../support/test.ts';
import { describeBackgroundRefresh } from './background-refresh.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-background-'));
let count = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeBackgroundRefresh('a file', () => openStore(`sqlite:${join(folder, `${count++}.db`)}`));

it('[P266] facts are not read from a file that has taken the place of the store', async () => {
  const thread = new RefreshThread();
  const path = join(folder, 'b.db');
  const store = await openStore(`sqlite:${path}`);
  await store.commit(edit([lab('lab')]));
  const { projection } = await new CurrentProjection(store).read();
  const other = await openStore(`sqlite:${join(folder, 'c.db')}`);
  await other.close();
  const { place } = store;
  expect((await thread.refreshInBackground(place, projection, projection.revision))?.revision).toBe(1);
  await store.close();
  renameSync(join(folder, 'c.db'), path);
  await expect(thread.refreshInBackground(place, projection, projection.revision)).rejects.toThrow('was replaced while it was open');
  await thread.close();
});
