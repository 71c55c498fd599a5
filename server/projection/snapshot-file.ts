import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { TransferBuilder } from './build/build-kinds.ts';
import { PartDeriver } from './build/derive-part.ts';
import type { NumberColumn } from './columns/shared-memory.ts';
import { openParts } from './open-parts.ts';
import type { Part } from './part.ts';
import type { Projection } from './projection.ts';
import { openProjection, type SharedProjection } from './share-projection.ts';
import {
  bytesOf,
  type ColumnHead,
  checkColumn,
  formatHeader,
  headOf,
  isAsWritten,
  type KeptFacts,
  type KeptFigures,
  openColumn,
  parseHeader,
  parsePrefix,
  prefixBytes,
  putColumns,
  SnapshotDamage,
  type SnapshotHeader,
  type SnapshotKey,
  sizeOf,
  takeColumns,
  zerosBehind,
} from './snapshot-format.ts';

const bytesARead = 64 * 2 ** 20;
/** Stretches that the system reads while this thread computes the checksums of another. */
const prefetched = 3;

/** An open snapshot, whose header was read. */
export interface OpenSnapshot {
  readonly header: SnapshotHeader;
  /** Throws SnapshotDamage where a byte of the common block differs from what was written, or bytes of most parts. Complexity: O(bytes). */
  readColumns(): Promise<ReadFacts>;
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

export interface ReadFacts extends KeptFacts {
  /** The positions of parts that are damaged. In the projection they have no transfers: `mendParts` gives them theirs. */
  readonly damaged: readonly number[];
}

/** Neighboring columns that are read at once into memory of their own: those of a part, or one of the common block. */
interface Stretch {
  readonly first: number;
  readonly end: number;
  readonly position: number;
  readonly memory: SharedArrayBuffer;
}

async function readColumns(file: FileHandle, { tree, columns: heads, parts }: SnapshotHeader, start: number): Promise<ReadFacts> {
  const stretches = layOut(heads, parts, start);
  const last = stretches.at(-1);
  if ((await file.stat()).size !== (last === undefined ? start : last.position + last.memory.byteLength)) {
    throw new SnapshotDamage('its length differs');
  }
  const reads: Promise<void>[] = [];
  const begin = (i: number) => {
    const stretch = stretches[i];
    if (stretch === undefined) return;
    reads[i] = readAll(file, new Uint8Array(stretch.memory), stretch.position);
    // A failure is thrown where the stretch is awaited.
    reads[i]?.catch(() => undefined);
  };
  for (let i = 0; i < prefetched; i++) begin(i);
  const columns: NumberColumn[] = [];
  const damaged: number[] = [];
  const firstPart = stretches.length - parts.length;
  try {
    for (const [i, { first, end, memory }] of stretches.entries()) {
      begin(i + prefetched);
      await reads[i];
      let at = 0;
      let isWhole = true;
      for (const head of heads.slice(first, end)) {
        if (i < firstPart) checkColumn(memory, at, head);
        else isWhole &&= isAsWritten(memory, at, head);
        columns.push(openColumn(memory, at, head));
        at += sizeOf(head);
      }
      if (!isWhole) damaged.push(i - firstPart);
    }
  } finally {
    await Promise.allSettled(reads);
  }
  if (damaged.length > parts.length / 2) throw new SnapshotDamage('most of its parts have another checksum');
  const { projection, figures } = putColumns(tree, columns);
  return { projection: openWhole(projection, damaged), figures, damaged };
}

/** Opens a projection whose damaged parts are not read: without transfers. */
function openWhole(shared: SharedProjection, damaged: readonly number[]): Projection {
  if (damaged.length === 0) return openProjection(shared);
  const firstOf = (shared.parts as readonly { readonly firstArtifact: number }[]).map(({ firstArtifact }) => firstArtifact);
  const isDamaged = new Set(damaged);
  const whole = (shared.parts as readonly unknown[]).filter((_, i) => !isDamaged.has(i));
  const { memory } = openProjection({ ...shared, parts: whole });
  const deriver = new PartDeriver(memory);
  let next = 0;
  const parts = firstOf.map((first, i) => {
    if (!isDamaged.has(i)) return memory.parts[next++] as Part;
    return deriver.derive({ first, end: firstOf[i + 1] ?? memory.lasting.artifacts.indexOf.length }, new TransferBuilder().build());
  });
  return openParts({ ...memory, parts });
}

function layOut(heads: readonly ColumnHead[], parts: readonly number[], start: number): Stretch[] {
  const [firstPart = heads.length] = parts;
  const firsts = [...Array.from({ length: firstPart }, (_, i) => i), ...parts];
  let position = start;
  return firsts.map((first, i) => {
    const end = firsts[i + 1] ?? heads.length;
    const bytes = heads.slice(first, end).reduce((sum, head) => sum + sizeOf(head), 0);
    const stretch = { first, end, position, memory: new SharedArrayBuffer(bytes) };
    position += bytes;
    return stretch;
  });
}

async function readAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(bytesARead, bytes.length - at), position + at);
    if (bytesRead === 0) throw new SnapshotDamage('it ends early');
    at += bytesRead;
  }
}

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
