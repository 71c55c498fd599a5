import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './configuration/package-root.ts';
import { commitImport } from './import/commit-import.ts';
import { readImport } from './import/read-import.ts';
import { demoSource } from './questions/ask-about.ts';
import type { FactStore } from './store/fact-store.ts';

/**
 * Loads the demo world into an empty store, as one import with the source `demo world`.
 *
 * @returns false if the store already had a write
 */
export async function loadDemo(store: FactStore, now: number): Promise<boolean> {
  if ((await store.readRevision()) !== 0) return false;
  const folder = join(packageRoot(), 'seeds', 'demo');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => ({ name, path: join(folder, name) }));
  const order = { id: randomUUID(), by: 'local', at: now, createdAt: now, name: demoSource, source: demoSource, assertedAt: null };
  const read = await readImport(files, { assertedAt: now, source: demoSource });
  const outcome = await commitImport(store, read, order, 'ALL_OR_NOTHING');
  if (!outcome.isWritten) {
    const first = outcome.rejections[0];
    throw new Error(
      `The demo world could not be imported: ${first ? `${first.file}:${first.line}: ${first.message}` : 'no row was written'}`,
    );
  }
  return true;
}
