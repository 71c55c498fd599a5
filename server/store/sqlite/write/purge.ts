import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../../domain/errors.ts';
import { kindTables } from '../kind-table.ts';

const busyWaitMs = 10_000;
const retryMs = 50;

/** Deletes all writes and documents, inside a writing transaction. Deleted content is overwritten with zeros. */
export function clearRecords(database: Database): void {
  database.pragma('secure_delete = ON');
  const tables = [...[...kindTables.values()].map(({ name }) => name), 'write_seal', 'write', 'document'];
  for (const table of [...tables, 'imported_incident', 'imported_file', 'import', 'phrase']) database.exec(`DELETE FROM "${table}"`);
}

/**
 * Rewrites the file without free space, and empties the log: SQLite may keep copies of deleted rows in both.
 * Throws CONFLICT if another process reads the store for longer than 10 seconds.
 */
export async function purgeOldBytes(database: Database, path: string): Promise<void> {
  const deadline = performance.now() + busyWaitMs;
  for (;;) {
    if (tryPurge(database)) return;
    if (performance.now() > deadline) {
      throw new ExposureError(
        'CONFLICT',
        `The change is made, but another program is reading the store ${path}, so its log still holds old bytes. They are gone when that program has ended.`,
      );
    }
    await sleep(retryMs);
  }
}

function tryPurge(database: Database): boolean {
  try {
    database.exec('VACUUM');
    const [{ busy } = { busy: 1 }] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return busy === 0;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false;
    throw error;
  }
}
