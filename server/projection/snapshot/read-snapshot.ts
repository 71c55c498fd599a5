import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { openProjection } from '../share-projection.ts';
import { newPermit } from '../slots.ts';
import {
  bytesOf,
  checkColumn,
  type KeptFacts,
  makeColumn,
  parseHeader,
  parsePrefix,
  prefixBytes,
  putColumns,
  SnapshotDamage,
  type SnapshotHeader,
} from './snapshot-format.ts';

const bytesARead = 64 * 2 ** 20;
/** Columns that the system reads while this thread computes the checksum of another. */
const prefetchedColumns = 3;

/** An open snapshot, whose header was read. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  /** Throws SnapshotDamage where a byte differs from what was written. Complexity: O(bytes). */
  readColumns(): Promise<KeptFacts>;
  close(): Promise<void>;
}

/** Opens a snapshot; undefined if there is no file. Throws SnapshotDamage, or the error of the file system. */
export async function openSnapshot(path: string): Promise<OpenSnapshot | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const prefix = Buffer.alloc(prefixBytes);
    await readAll(file, prefix, 0);
    const json = Buffer.alloc(parsePrefix(prefix));
    await readAll(file, json, prefixBytes);
    const header = parseHeader(prefix, json);
    return { header, readColumns: () => readColumns(file, header, prefixBytes + json.length), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readColumns(file: FileHandle, { tree, columns: heads }: SnapshotHeader, start: number): Promise<KeptFacts> {
  const columns = heads.map(makeColumn);
  const reads: Promise<void>[] = [];
  let position = start;
  const positions = columns.map(({ byteLength }) => {
    const at = position;
    position += byteLength;
    return at;
  });
  if ((await file.stat()).size !== position) throw new SnapshotDamage('its length differs');
  const begin = (i: number) => {
    const column = columns[i];
    if (column === undefined) return;
    reads[i] = readAll(file, bytesOf(column), positions[i] as number);
    // A failure is thrown where the column is awaited.
    reads[i]?.catch(() => undefined);
  };
  for (let i = 0; i < prefetchedColumns; i++) begin(i);
  try {
    for (const [i, column] of columns.entries()) {
      begin(i + prefetchedColumns);
      await reads[i];
      checkColumn(column, heads[i] as (typeof heads)[number]);
    }
  } finally {
    await Promise.allSettled(reads);
  }
  const { projection, figures } = putColumns(tree, columns);
  // No other reader has this memory.
  return { projection: { ...openProjection(projection), permit: newPermit() }, figures };
}

async function readAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(bytesARead, bytes.length - at), position + at);
    if (bytesRead === 0) throw new SnapshotDamage('it ends early');
    at += bytesRead;
  }
}
