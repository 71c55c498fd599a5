import type { Projection } from '../../projection/projection.ts';
import { readChanged, readChangesBetween } from '../../projection/refresh/read-changes.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import { type SharedProjection, shareProjection } from '../../projection/share-projection.ts';
import { runAtOnce } from '../../projection/turns.ts';
import type { StorePlace } from '../../store/fact-store.ts';
import { openStoreReader } from '../../store/open/open-store.ts';

/**
 * Reads the changes of an embedded store and builds the next projection. Runs inside a worker thread.
 *
 * @returns null: so much has changed that all facts must be read
 */
export async function refreshFromStore(last: Projection, place: StorePlace, revision: number): Promise<SharedProjection | null> {
  const { reader, close } = openStoreReader(place);
  try {
    const changed = await readChangesBetween(reader, last, revision);
    if (changed === undefined) return null;
    const next = runAtOnce(refreshProjection(last, await readChanged(reader, changed, revision, true), revision));
    return shareProjection(next, last);
  } finally {
    close();
  }
}
