import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ExposureError } from '../../domain/errors.ts';
import { translateError } from './translate-error.ts';

export interface ServeLock {
  release(): void;
}

/** Keeps the connections alive: garbage collection would close them and release their locks. */
const held = new Set<BetterSqlite3.Database>();

/**
 * Ensures that one server at a time serves an embedded store. The command line may read and write beside it.
 *
 * Throws STORE_IN_USE, STORE_UNAVAILABLE.
 */
export function acquireServeLock(storePath: string): ServeLock {
  return acquireLock(
    `${storePath}.serve-lock`,
    `Another server has the store ${storePath} open. Stop that one, or give this one another EXPOSURE_STORE.`,
  );
}

/**
 * Ensures that one server of an embedded store at a time works in a data folder: its sessions and its audit trail are those of one store, and so are
 * drafts that an earlier version left there, which the next server takes over.
 *
 * Throws STORE_IN_USE, STORE_UNAVAILABLE.
 */
export function acquireFolderLock(dataFolder: string): ServeLock {
  const folder = realpathSync(dataFolder);
  return acquireLock(
    join(folder, '.serve-lock'),
    `Another server works in the folder ${folder}. Stop that one, or give this one another EXPOSURE_DATA.`,
  );
}

/** The lock is an exclusive transaction on a small file of its own. The operating system ends it with the process, even after a crash. */
function acquireLock(path: string, refusal: string): ServeLock {
  let database: BetterSqlite3.Database | undefined;
  try {
    database = new BetterSqlite3(path, { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) {
      throw new ExposureError('STORE_IN_USE', refusal, { cause: error });
    }
    throw translateError(error, path);
  }
  const connection = database;
  held.add(connection);
  return {
    release: () => {
      held.delete(connection);
      connection.close();
    },
  };
}
