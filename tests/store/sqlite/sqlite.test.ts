import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { edit, readKeys, smallWorld, vendor } from '../assertions-for-tests.ts';
import { describeFactStore } from '../contract/fact-store.contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-store-'));
let count = 0;
const newUrl = (): string => `sqlite:${join(folder, `${count++}`, 'facts.db')}`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeFactStore('a store in SQLite', () => openStore(newUrl()));

describe('a file of SQLite', () => {
  it('[S13] keeps its facts after it is reopened', async () => {
    const url = newUrl();
    const store = await openStore(url);
    await store.commit(edit([...smallWorld]));
    await store.close();
    const again = await openStore(url);
    expect(await again.readRevision()).toBe(1);
    expect(await again.readFactsByKey('TRANSFER', ['t1'])).toHaveLength(1);
    await again.close();
  });

  it('[S570] lets others have their turns while it reads the facts of an instant before most of them', async () => {
    const store = await openStore(newUrl());
    await store.commit(edit([vendor('a')]));
    const later = Array.from({ length: 20_000 }, (_, i) => vendor(`later-${i}`));
    await store.commit(edit(later, { at: 2000 }));
    let turns = 0;
    let immediate = setImmediate(function count() {
      turns++;
      immediate = setImmediate(count);
    });
    expect(await readKeys(store, { instant: 1500 })).toEqual(['ORGANIZATION a']);
    clearImmediate(immediate);
    expect(turns).toBeGreaterThan(8);
    await store.close();
  });
});
