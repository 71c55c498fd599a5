import { parentPort } from 'node:worker_threads';
import type { ErrorCode } from '../../domain/errors.ts';
import { ExposureError } from '../../domain/errors.ts';
import { readChanged, readChangesBetween } from '../../projection/refresh/read-changes.ts';
import { refreshProjection } from '../../projection/refresh/refresh-projection.ts';
import type { SharedProjection } from '../../projection/share-projection.ts';
import { openProjection, shareProjection } from '../../projection/share-projection.ts';
import { runAtOnce } from '../../projection/turns.ts';
import { giveWayToEventLoop } from '../../start-thread.ts';
import type { StorePlace } from '../../store/fact-store.ts';
import { openStoreReader } from '../../store/open/open-store.ts';

/** Runs inside a worker thread: reads the changes of an embedded store and builds the next projection. Keeps no facts between two orders. */
export interface RefreshOrder {
  readonly place: StorePlace;
  readonly last: SharedProjection;
  readonly revision: number;
}

export type RefreshAnswer =
  /** Null: so much has changed that all facts are read. */
  | { readonly next: SharedProjection | null }
  /** `code` null: a bug in this program. */
  | { readonly failure: { readonly code: ErrorCode | null; readonly message: string } };

giveWayToEventLoop();
parentPort?.on('message', async (order: RefreshOrder) => parentPort?.postMessage(await carryOut(order)));

async function carryOut({ place, last: shared, revision }: RefreshOrder): Promise<RefreshAnswer> {
  try {
    const { reader, close } = openStoreReader(place);
    try {
      const last = openProjection(shared);
      const changed = await readChangesBetween(reader, last, revision);
      if (changed === undefined) return { next: null };
      const next = runAtOnce(refreshProjection(last, await readChanged(reader, changed, revision, true), revision));
      return { next: shareProjection(next, last) };
    } finally {
      close();
    }
  } catch (error) {
    if (error instanceof ExposureError) return { failure: { code: error.code, message: error.message } };
    return { failure: { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error) } };
  }
}
