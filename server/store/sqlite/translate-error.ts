import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';
import { damagedStore } from '../damaged-store.ts';
import { hasLastChange } from './seals.ts';

/** A log page and its frame need less. */
const leastFreeBytes = 65_536;

/**
 * Turns an error of SQLite into one that the caller can act on. Returns any other error unchanged.
 *
 * Goes by `code`: the class of a native module's error differs between realms.
 */
export function translateError(error: unknown, path: string, freeBytes = readFreeBytes): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return error;
  const options = { cause: error };
  const [, family] = code.split('_');
  // SQLite reports a full disk as such only where it writes the file itself, not its log or shared memory.
  const isFull = family === 'FULL' || ((family === 'IOERR' || family === 'CANTOPEN') && freeBytes(dirname(path)) < leastFreeBytes);
  switch (isFull ? 'FULL' : family) {
    case 'NOTADB':
      if (hasLastChange(path)) return damagedStore(path, 'It is no longer an SQLite file.', options);
      return new ExposureError(
        'STORE_DAMAGED',
        `${path} is not an Exposure Graph store: it is not an SQLite file. Name another file in EXPOSURE_STORE, or move this one away.`,
        options,
      );
    case 'CORRUPT':
      return damagedStore(path, `SQLite cannot read it: ${reasonOf(error)}.`, options);
    case 'BUSY':
    case 'LOCKED':
      return new ExposureError(
        'STORE_UNAVAILABLE',
        `The store ${path} is being written to by another process. Try again when that is done.`,
        options,
      );
    case 'FULL':
      return new ExposureError(
        'STORE_UNAVAILABLE',
        `There is no room left on the disk of the store ${path}. Nothing was written. Free some space, then try again.`,
        options,
      );
    case 'READONLY':
    case 'PERM':
    case 'AUTH':
      return new ExposureError(
        'STORE_UNAVAILABLE',
        `The store ${path} cannot be written to. Give this user write permission for the file and its folder.`,
        options,
      );
    case 'CANTOPEN':
    case 'IOERR':
      return new ExposureError(
        'STORE_UNAVAILABLE',
        `The store ${path} cannot be opened or read (${reasonOf(error)}). Check that its folder exists and that this user may read and write there.`,
        options,
      );
    default:
      return error;
  }
}

/**
 * The same for an error while a store is opened. What always runs fails there only where the stored schema or a record is damaged, or the
 * system refuses a file.
 */
export function translateOpenError(thrown: unknown, path: string): unknown {
  const error = translateError(thrown, path);
  if (error instanceof ExposureError) return error;
  const { code, errno, message } = error as NodeJS.ErrnoException;
  if (errno === undefined) return damagedStore(path, `It cannot be opened: ${message}.`, { cause: error });
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The store ${path} cannot be opened: a file beside it cannot be read or written (${code}). Give this user the right to, and try again.`,
    { cause: error },
  );
}

/** The room that is left for this user on a folder's disk; Infinity if that is not known. */
function readFreeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

/** The message of SQLite, in one line: of a damaged schema it quotes the lines of a statement. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(/\s+/g, ' ');
}
