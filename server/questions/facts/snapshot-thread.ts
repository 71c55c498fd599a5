import { parentPort } from 'node:worker_threads';
import type { SharedProjection } from '../../projection/share-projection.ts';
import type { KeptFigures, SnapshotKey } from '../../projection/snapshot-format.ts';
import { writeSnapshot } from '../../projection/write-snapshot.ts';
import { giveWayToEventLoop } from '../../start-thread.ts';

/** Runs inside a worker thread: writes one snapshot into a file, and ends. An error of the file system ends the thread. */
export interface SnapshotOrder {
  readonly path: string;
  readonly shared: SharedProjection;
  readonly key: SnapshotKey;
  readonly figures: KeptFigures | null;
}

giveWayToEventLoop();
parentPort?.once('message', ({ path, shared, key, figures }: SnapshotOrder) => {
  writeSnapshot(path, shared, key, figures);
});
