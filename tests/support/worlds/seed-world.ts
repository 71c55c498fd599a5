import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportOutcome } from '../../../server/import/commit-import.ts';
import { commitImport } from '../../../server/import/commit-import.ts';
import { readImport } from '../../../server/import/read-import.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';

export const seedsFolder = fileURLToPath(new URL('../../../seeds', import.meta.url));

/** A world of seeds/ in a store, after its complete import. */
export interface SeedWorld {
  readonly outcome: ImportOutcome;
  readonly store: WholeStore;
  readonly projection: Projection;
  close(): Promise<void>;
}

/** The recorded time of the import. The facts of the seeds have their own dates. */
const importedAt = Date.parse('2026-11-24T09:00:00Z');

/** Imports a world into an embedded store in a temporary folder, or into the empty one at `url`. */
export async function importSeedWorld(name: string, url?: string): Promise<SeedWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-seeds-'));
  const store = await openStore(url ?? `sqlite:${join(folder, 'exposure.db')}`);
  const files = readdirSync(join(seedsFolder, name))
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => ({ name: file, path: join(seedsFolder, name, file) }));
  const order = { id: `seeds-${name}`, by: 'test', at: importedAt, createdAt: importedAt, source: name, assertedAt: null };
  const read = await readImport(files, { assertedAt: importedAt, source: null });
  const outcome = await commitImport(store, read, order, 'ALL_OR_NOTHING');
  const { projection } = await new CurrentProjection(store, () => importedAt).read();
  return {
    outcome,
    store,
    projection,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
