import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBackup } from '../../server/backup/read-backup.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { expect, it } from '../support/test.ts';
import { edit, importOf, readField, say } from './assertions-for-tests.ts';
import { answersOf } from './fixtures/stored-answers.ts';

interface EarlierStores {
  /** Opens a store of the earlier version. The caller closes it. */
  openEarlier(): Promise<FactStore>;
  /** Opens an empty store of this version. The caller closes it. */
  openEmpty(): Promise<FactStore>;
}

export function earlierFile(name: string): string {
  return fileURLToPath(new URL(`fixtures/version-1/${name}`, import.meta.url));
}

/** Promises for a store and backups written by schema version 1. */
export function describeEarlierVersion(under: () => EarlierStores): void {
  it('[S32] a store of an earlier version answers as before, and accepts writes', async () => {
    const store = await under().openEarlier();
    await expectAsBefore(store);
    await store.close();
  });

  it.each(['sqlite.backup', 'neo4j.backup'])(
    '[S36] %s of an earlier version restores a store that answers as before, and accepts writes',
    async (name) => {
      const store = await under().openEmpty();
      const backup = await openBackup(earlierFile(name));
      await store.restore(backup.readRecords());
      await backup.close();
      await expectAsBefore(store);
      await store.close();
    },
  );
}

async function expectAsBefore(store: FactStore): Promise<void> {
  expect(withDocuments(JSON.stringify(await answersOf(store)))).toEqual(withDocuments(readFileSync(earlierFile('answers.json'), 'utf8')));
  const revision = await store.readRevision();
  await store.commit(importOf('later', [say('ACCESS', { id: 'A-1', kind: 'CREDENTIALS' })], { at: 10_000_000 }));
  await store.commit(edit([say('TRANSFER', { id: 'T-4', artifact: 'rubric', sender: 'vega', recipient: 'deneb' })], { at: 10_000_001 }));
  expect(await readField(store, 'ACCESS', 'A-1', 'kind')).toBe('CREDENTIALS');
  expect(await store.undoImport('later', 'ada', 10_000_002)).toMatchObject({ outcome: 'undone', revision: revision + 3 });
  expect(await readField(store, 'ACCESS', 'A-1', 'kind')).toBe('SOFTWARE');
  expect(await store.undoImport('public-record', 'ada', 10_000_003)).toMatchObject({ outcome: 'undone' });
  expect(await store.verify()).toEqual([]);
}

/** Drops collections without documents from the answers, because later versions have more collections. */
function withDocuments(json: string): { readonly documents: readonly [string, readonly unknown[]][] } {
  const answers = JSON.parse(json);
  return { ...answers, documents: answers.documents.filter(([, documents]: [string, unknown[]]) => documents.length > 0) };
}
