import { resolve } from 'node:path';
import { ExposureError } from '../domain/errors.ts';
import type { FactStore } from './fact-store.ts';
import type { ServeLock } from './sqlite/serve-lock.ts';
import { acquireServeLock } from './sqlite/serve-lock.ts';
import { SqliteStore } from './sqlite/sqlite-store.ts';

export interface OpenStoreOptions {
  /** How long another process may write before a write of ours is given up. Default 30,000. */
  readonly busyWaitMs?: number;
}

/**
 * Opens the store that a URL names; an embedded one is made where there is none.
 *
 * @param url `sqlite:PATH`, relative to the working directory
 * Throws BAD_CONFIGURATION, STORE_UNAVAILABLE, STORE_DAMAGED, STORE_TOO_NEW.
 */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<FactStore> {
  return new SqliteStore(storePath(url), options);
}

/** Keeps a second server from an embedded store. Throws STORE_IN_USE, STORE_UNAVAILABLE, BAD_CONFIGURATION. */
export function lockForServing(url: string): ServeLock {
  return acquireServeLock(storePath(url));
}

/** The file of an embedded store. Throws BAD_CONFIGURATION. */
function storePath(url: string): string {
  if (!url.startsWith('sqlite:') || url.length === 'sqlite:'.length) {
    throw new ExposureError(
      'BAD_CONFIGURATION',
      `EXPOSURE_STORE is ${JSON.stringify(url)}. Expected sqlite: and the path of a file, such as sqlite:./data/exposure.db.`,
    );
  }
  return resolve(url.slice('sqlite:'.length));
}
