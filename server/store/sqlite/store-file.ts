import { lstatSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';

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
