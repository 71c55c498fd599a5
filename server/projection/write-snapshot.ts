import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { SharedProjection } from './share-projection.ts';
import { bytesOf, formatHeader, headOf, type KeptFigures, type SnapshotKey, takeColumns, zerosBehind } from './snapshot-format.ts';

const bytesAWrite = 64 * 2 ** 20;

/**
 * Writes a snapshot into a new file that only its owner can read. Returns when the disk has it. It takes a second for 1,000,000
 * transfers, so call it in a thread.
 *
 * Throws the error of the file system.
 */
export function writeSnapshot(path: string, shared: SharedProjection, key: SnapshotKey, figures: KeptFigures | null = null): void {
  const { tree, columns, parts } = takeColumns({ projection: shared, figures });
  const { revision } = shared;
  const header = formatHeader({ ...key, revision: revision as number, tree, columns: columns.map(headOf), parts });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, header);
    for (const column of columns) for (const bytes of [bytesOf(column), zerosBehind(column)]) writeAll(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, Math.min(bytesAWrite, bytes.length - at));
}
