import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A snapshot that is being written. Each writer has a file of its own. */
export const partSuffix = '.part';

/** The snapshot of an embedded store lies beside it. */
export function snapshotBeside(storePath: string): string {
  return `${storePath}.snapshot`;
}

/** The snapshot of a database lies in the data folder, under a name of its own for each database. */
export function snapshotIn(folder: string, url: string): string {
  return join(folder, `projection-${createHash('sha256').update(url).digest('hex').slice(0, 12)}.snapshot`);
}

/** Deletes a snapshot and all that is left of unfinished ones. Throws the error of the file system. */
export function deleteSnapshot(path: string): void {
  rmSync(path, { force: true });
  for (const part of findParts(path)) rmSync(part, { force: true });
}

/** The paths of unfinished snapshots. */
export function findParts(path: string): string[] {
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  return namesIn(folder)
    .filter((name) => name.startsWith(start) && name.endsWith(partSuffix))
    .map((name) => join(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
