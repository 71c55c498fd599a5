import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ExposureError } from '../../domain/errors.ts';
import { translateError } from './translate-error.ts';

/**
 * The path of a store's file, symbolic links resolved: SQLite keeps its log beside the file itself, and so do we.
 * Throws STORE_UNAVAILABLE for a link to nothing.
 */
export function resolveStoreFile(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch (error) {
    if (!existsAsLink(absolute)) return absolute;
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `${absolute} is a link to a file that does not exist. Make that file available, or name another file in EXPOSURE_STORE.`,
      { cause: error },
    );
  }
}

function existsAsLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

export interface FileIdentity {
  readonly device: number;
  readonly inode: number;
}

/**
 * The file that a process has open. SQLite finds locks and log by the file's name: two processes that use two names of one file
 * would overwrite each other's changes, and a process whose file was replaced would write to a file that nobody can open.
 */
export class StoreFile {
  readonly identity: FileIdentity;
  readonly #path: string;

  /** Call it once the file exists. Throws STORE_UNAVAILABLE for a file with several names (hard links). */
  constructor(path: string) {
    const { dev, ino, nlink } = statSync(path);
    if (nlink > 1) {
      throw new ExposureError(
        'STORE_UNAVAILABLE',
        `The store ${path} has ${nlink} names (hard links), and programs that open it by different names destroy each other's changes. ` +
          'Delete the other names, or copy the file and use the copy.',
      );
    }
    this.#path = path;
    this.identity = { device: dev, inode: ino };
  }

  /** Throws STORE_UNAVAILABLE if the path leads to another file by now, or to none. */
  checkIsSame(): void {
    refuseOtherFile(this.#path, this.identity);
  }
}

/** Throws STORE_UNAVAILABLE unless the path leads to this file. */
export function refuseOtherFile(path: string, { device, inode }: FileIdentity): void {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.dev === device && now.ino === inode) return;
  throw new ExposureError(
    'STORE_UNAVAILABLE',
    `The store ${path} was ${now === undefined ? 'removed' : 'replaced'} while it was open. Put the file back, and restart the server.`,
  );
}

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
