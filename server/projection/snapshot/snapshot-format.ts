import { crc32 } from 'node:zlib';
import { type NumberColumn, sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import type { Projection } from '../projection.ts';
import type { SharedProjection } from '../share-projection.ts';

/*
 * A snapshot is a file with a projection's columns, in this order:
 *
 * 1. 16 bytes: `EXPGPROJ`, the length of the header and its CRC-32, both as Uint32, little-endian.
 * 2. The header as JSON in UTF-8.
 * 3. The bytes of each column, without gaps, in the order of `columns`. The file ends with the last one.
 *
 * Every byte is under a checksum or decides where one is looked for, so each damaged byte is noticed.
 */

/** The facts and the program that a snapshot belongs to. Any difference makes it foreign. */
export interface SnapshotKey {
  /** `FactStore.readFingerprint` of the revision. */
  readonly store: string;
  /** `codeFingerprint` of the program that derived the columns. */
  readonly code: string;
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
}

type ColumnHead = readonly [type: ColumnType, length: number, crc32: number];

const types = { f8: sharedFloat64, i4: sharedInt32, u4: sharedUint32, u1: sharedUint8 } as const;
type ColumnType = keyof typeof types;

const magic = 'EXPGPROJ';
export const prefixBytes = 16;
/** A header has about 200 columns. A longer one is damage. */
const mostHeaderBytes = 1_000_000;
const place = '$array';

/** The file is no snapshot, or not the one that was written. */
export class SnapshotDamage extends Error {
  override readonly name = 'SnapshotDamage';
}

interface SharedFacts {
  readonly projection: SharedProjection;
  readonly figures: KeptFigures | null;
}

/** Replaces columns by their positions. A column that stands twice is stored once. */
export function takeColumns(shared: SharedFacts): { readonly tree: unknown; readonly columns: readonly NumberColumn[] } {
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
  return { tree: take(shared), columns };
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
  return [type, column.length, crc32(bytesOf(column))];
}

/** Memory for a column that is read from a file. */
export function makeColumn([type, length]: ColumnHead): NumberColumn {
  return types[type](length);
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

export function checkColumn(column: NumberColumn, [, , crc]: ColumnHead): void {
  if (crc32(bytesOf(column)) !== crc) throw new SnapshotDamage('a column has another checksum');
}
