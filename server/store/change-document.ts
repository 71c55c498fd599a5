import { ExposureError } from '../domain/errors.ts';
import type { FactStore } from './fact-store.ts';
import type { DocumentCollection } from './store-record.ts';

/** Attempts to change a document while others change it. */
const maxAttempts = 100;

/**
 * Changes a document, whatever others save meanwhile: a save that loses reads the document again, and makes the change from there.
 *
 * @param change gets undefined if there is no document. If it returns what it got, nothing is saved; undefined gives up. What it throws is
 *   thrown
 * @returns the value and its version; undefined if `change` gave up
 * Throws CONFLICT if others were faster each time, STORE_UNAVAILABLE.
 */
export async function changeDocument<T>(
  store: Pick<FactStore, 'findDocument' | 'saveDocument'>,
  collection: DocumentCollection,
  id: string,
  change: (value: T | undefined) => T | undefined,
): Promise<{ readonly version: number; readonly value: T } | undefined> {
  for (let attempt = 1; ; attempt++) {
    const found = await store.findDocument(collection, id);
    const before = found && (JSON.parse(found.json) as T);
    const value = change(before);
    if (value === undefined) return undefined;
    if (found !== undefined && value === before) return { version: found.version, value };
    try {
      const { version } = await store.saveDocument(collection, id, JSON.stringify(value), found?.version ?? 0);
      return { version, value };
    } catch (error) {
      const isRace = error instanceof ExposureError && error.code === 'CONFLICT';
      if (!isRace || attempt >= maxAttempts) throw error;
    }
  }
}
