import { crc32 } from 'node:zlib';
import type { NumberColumn } from './columns/shared-memory.ts';
import type { Projection } from './projection.ts';
import type { SharedProjection } from './share-projection.ts';

/*
 * A snapshot is a file with a projection's columns, in this order:
 *
 * 1. 16 bytes: `EXPGPROJ`, the length of the header and its CRC-32, both as Uint32, little-endian.
 * 2. The header as JSON in UTF-8.
 * 3. The bytes of each column, filled up with zeros to a multiple of 8, in the order of `columns`: those of the common block, then those of each
 *    part. The file ends with the last one.
 *
 * The file holds derived columns and figures, so its format is more than this layout: it covers every rule between the facts of a store
 * and a column or a ranking. Every byte is under a checksum or decides where one is looked for, so each damaged byte is noticed.
 */

/**
 * The format of snapshots, as tests/projection/snapshot/snapshot-format.test.ts computes it: a digest of the files of many worlds. If a change alters
 * a byte of them, the test fails and names the new value. A file of another format is not read.
 */
export const snapshotFormat = '9a090289836bcdd5';

/** The facts and the program that a snapshot belongs to. Any difference makes it foreign. */
export interface SnapshotKey {
  /** `FactStore.readFingerprint` of the revision. */
  readonly store: string;
  /** The program that derived the columns: `snapshotFormat` and more (docs/decisions/parts.md). */
  readonly program: string;
}

/** Figures that were computed of a projection, such as a ranking. */
export interface KeptFigures {
  /** The question that they answer, with all that decides the answer. */
  readonly question: string;
  readonly values: Float64Array;
}

export interface KeptFacts {
  readonly projection: Projection;
  /** Figures of this projection, and of no other. */
  readonly figures: KeptFigures | null;
}

export interface SnapshotHeader extends SnapshotKey {
  readonly revision: number;
  /** `KeptFacts`, with `{ "$array": i }` in place of column i. */
  readonly tree: unknown;
  readonly columns: readonly ColumnHead[];
  /** The position of each part's first column. */
  readonly parts: readonly number[];
}

/** The checksum covers the zeros behind a column, too. */
export type ColumnHead = readonly [type: ColumnType, length: number, crc32: number];

const types = { f8: Float64Array, i4: Int32Array, u4: Uint32Array, u1: Uint8Array } as const;
type ColumnType = keyof typeof types;

const magic = 'EXPGPROJ';
export const prefixBytes = 16;
/** A part has about 70 columns, and each takes some 30 bytes. A longer header is damage. */
const mostHeaderBytes = 2 ** 28;
const place = '$array';

/** The file is no snapshot, or not the one that was written. */
export class SnapshotDamage extends Error {
  override readonly name = 'SnapshotDamage';
}

interface SharedFacts {
  readonly projection: SharedProjection;
  readonly figures: KeptFigures | null;
}

interface TakenColumns {
  readonly tree: unknown;
  readonly columns: readonly NumberColumn[];
  readonly parts: readonly number[];
}

/** Replaces columns by their positions. A column that stands twice is stored once. */
export function takeColumns({ projection: { parts, ...common }, figures }: SharedFacts): TakenColumns {
  const columns: NumberColumn[] = [];
  const places = new Map<unknown, number>();
  const take = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(take);
    if (!ArrayBuffer.isView(value)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, take(part)]));
    let at = places.get(value);
    if (at === undefined) {
      at = columns.push(value as NumberColumn) - 1;
      places.set(value, at);
    }
    return { [place]: at };
  };
  const projection = take(common) as SharedProjection;
  const keptFigures = take(figures);
  const starts: number[] = [];
  const taken = (parts as readonly unknown[]).map((part) => {
    starts.push(columns.length);
    return take(part);
  });
  return { tree: { projection: { ...projection, parts: taken }, figures: keptFigures }, columns, parts: starts };
}

export function putColumns(tree: unknown, columns: readonly NumberColumn[]): SharedFacts {
  const put = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (place in value) return columns[value[place] as number];
    if (Array.isArray(value)) return value.map(put);
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, put(part)]));
  };
  return put(tree) as SharedFacts;
}

export function headOf(column: NumberColumn): ColumnHead {
  const type: ColumnType =
    column instanceof Float64Array ? 'f8' : column instanceof Int32Array ? 'i4' : column instanceof Uint32Array ? 'u4' : 'u1';
  return [type, column.length, crc32(zerosBehind(column), crc32(bytesOf(column)))];
}

const zeros = new Uint8Array(8);

/** Zeros that fill a column up to a multiple of 8 bytes. */
export function zerosBehind({ byteLength }: NumberColumn): Uint8Array {
  return zeros.subarray(0, sizeUp(byteLength) - byteLength);
}

function sizeUp(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

/** The bytes of a column in a file, with the zeros behind it. */
export function sizeOf([type, length]: ColumnHead): number {
  return sizeUp(length * types[type].BYTES_PER_ELEMENT);
}

/** A column in memory that was read from a file, from `start` on. */
export function openColumn(memory: SharedArrayBuffer, start: number, [type, length]: ColumnHead): NumberColumn {
  const Column = types[type] as new (memory: SharedArrayBuffer, start: number, length: number) => NumberColumn;
  return new Column(memory, start, length);
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function formatHeader(header: SnapshotHeader): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.write(magic, 'latin1');
  prefix.writeUInt32LE(json.length, 8);
  prefix.writeUInt32LE(crc32(json), 12);
  return Buffer.concat([prefix, json]);
}

/** The length of the header. Throws SnapshotDamage. */
export function parsePrefix(prefix: Buffer): number {
  const length = prefix.readUInt32LE(8);
  if (prefix.toString('latin1', 0, magic.length) !== magic || length > mostHeaderBytes) throw new SnapshotDamage('it is no snapshot');
  return length;
}

/** Throws SnapshotDamage. */
export function parseHeader(prefix: Buffer, json: Buffer): SnapshotHeader {
  if (crc32(json) !== prefix.readUInt32LE(12)) throw new SnapshotDamage('its header has another checksum');
  return JSON.parse(json.toString()) as SnapshotHeader;
}

/** Whether a column has the checksum with which it was written. */
export function isAsWritten(memory: SharedArrayBuffer, start: number, head: ColumnHead): boolean {
  return crc32(new Uint8Array(memory, start, sizeOf(head))) === head[2];
}

/** Throws SnapshotDamage. */
export function checkColumn(memory: SharedArrayBuffer, start: number, head: ColumnHead): void {
  if (!isAsWritten(memory, start, head)) throw new SnapshotDamage('a column has another checksum');
}
