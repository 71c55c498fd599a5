import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { int } from 'neo4j-driver';
import type { Assertion, FactValue } from '../../../domain/assertions.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { firstFieldNames } from '../../stored-fields.ts';
import type { Transaction } from '../connection/connection.ts';
import { fromGraphKey, splitGraphKey, toGraphKey } from '../graph/graph-shape.ts';

/** An assertion in the log, with its effect: an index into `effects`. */
export interface LoggedAssertion {
  readonly assertion: Assertion;
  readonly effect: number;
}

/** Assertions of one write about facts of one kind, by graph key (graph-shape.ts). */
export interface Chunk {
  readonly kind: FactKind;
  /** Its place among the chunks of its write and kind, by key, from 0 on. */
  readonly place: number;
  /** Its first and its last graph key. */
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** The number of assertions that created, updated or retracted a fact. */
  readonly changed: number;
  readonly packed: Uint8Array;
}

const maxAssertions = 512;
/** The rough length of all texts in a chunk, in UTF-16 code units: one cell may have a million. */
const maxTextLength = 1_000_000;

/**
 * Cuts assertions of one kind into chunks.
 *
 * @param assertions in code point order of their graph keys
 */
export function* packChunks(kind: FactKind, assertions: Iterable<LoggedAssertion>, firstPlace = 0): Generator<Chunk> {
  let place = firstPlace;
  let logged: LoggedAssertion[] = [];
  let length = 0;
  for (const next of assertions) {
    const nextLength = measureTexts(next.assertion);
    if (logged.length === maxAssertions || (logged.length > 0 && length + nextLength > maxTextLength)) {
      yield packChunk(kind, place++, logged);
      logged = [];
      length = 0;
    }
    logged.push(next);
    length += nextLength;
  }
  if (logged.length > 0) yield packChunk(kind, place, logged);
}

/** Appends the chunks of one write to the log. */
export async function appendChunks(transaction: Transaction, write: number, chunks: readonly Chunk[]): Promise<void> {
  const rows = chunks.map(({ place, count, changed, packed, ...rest }) => ({
    ...rest,
    place: int(place),
    count: int(count),
    changed: int(changed),
    packed: new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength),
  }));
  await transaction.run('UNWIND $rows AS row CREATE (chunk:ExposureAssertions {write: $write}) SET chunk += row', {
    write: int(write),
    rows,
  });
}

/**
 * The contents of a chunk's packed bytes. Columns go by name. A field without a column was either not stated by any assertion
 * or stated as unknown; `said` tells which.
 */
interface PackedChunk {
  readonly count: number;
  /** The fields of the kind when the chunk was written: bit i of `said` stands for field i of these. */
  readonly fields: readonly string[];
  /** Cells by the name of the column; a column whose cells are all the same has one cell. */
  readonly record: Readonly<Record<RecordColumn, readonly unknown[]>>;
  /** The same for the fields outside the key. A field that is always null has no column. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
}

/** `said` is 0 for a retraction. */
const recordColumns = ['key', 'said', 'assertedAt', 'source', 'file', 'line', 'effect'] as const;
type RecordColumn = (typeof recordColumns)[number];

/**
 * Whether a chunk is a gzip member, which holds a checksum. Those of schema versions 1 and 2 are bare and have none. A bare one never begins
 * with these bits: they would be a block type that does not exist.
 */
function isMember(bytes: Buffer): boolean {
  return bytes[0] === 0x1f;
}

/** @param packed the bytes from the database. Throws if they are damaged */
export function unpackChunk(kind: FactKind, packed: Int8Array): LoggedAssertion[] {
  const chunk = new OpenChunk(kind, packed);
  return Array.from({ length: chunk.count }, (_, i) => ({ assertion: chunk.assertionAt(i), effect: chunk.effectAt(i) }));
}

/** The assertions of a chunk, each made when it is asked for. */
export class OpenChunk {
  readonly count: number;
  readonly hasChecksum: boolean;
  readonly #kind: FactKind;
  readonly #record: PackedChunk['record'];
  readonly #isPair: boolean;
  /** For each field of the table: its bit in `said`, or -1; for a part of the key, its place in the key. */
  readonly #bits: readonly number[];
  readonly #columns: readonly (readonly unknown[] | undefined)[];

  /** @param packed the bytes from the database. Throws if they are damaged */
  constructor(kind: FactKind, packed: Int8Array) {
    if (!ArrayBuffer.isView(packed)) throw new TypeError('it has no bytes');
    const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
    this.hasChecksum = isMember(bytes);
    const parsed = JSON.parse((this.hasChecksum ? gunzipSync(bytes) : inflateRawSync(bytes)).toString()) as PackedChunk | FirstPackedChunk;
    const { count, fields, record, values } = isFirst(parsed) ? nameColumns(kind, parsed) : parsed;
    if (findKind(fields) !== kind) throw new TypeError('it holds facts of another kind');
    const specs = factFields[kind];
    this.count = count;
    this.#kind = kind;
    this.#record = record;
    this.#isPair = specs.filter((spec) => spec.isKey).length > 1;
    let nextKey = 0;
    this.#bits = specs.map((spec) => (spec.isKey ? nextKey++ : fields.indexOf(spec.name)));
    this.#columns = specs.map((spec) => values[spec.name]);
  }

  /** Throws if there is none. */
  graphKeyAt(i: number): string {
    const key = cellOf(this.#record.key, i);
    if (typeof key !== 'string') throw new TypeError(`its assertion ${i} has no key`);
    return key;
  }

  effectAt(i: number): number {
    return cellOf(this.#record.effect, i) as number;
  }

  assertionAt(i: number): Assertion {
    const record = this.#record;
    const graphKey = this.graphKeyAt(i);
    const said = cellOf(record.said, i) as number;
    return {
      kind: this.#kind,
      key: this.#isPair ? fromGraphKey(this.#kind, graphKey) : graphKey,
      isRetraction: said === 0,
      values: said === 0 ? [] : this.#valuesAt(i, graphKey, said),
      assertedAt: cellOf(record.assertedAt, i) as number,
      source: cellOf(record.source, i) as string | null,
      file: cellOf(record.file, i) as string | null,
      line: cellOf(record.line, i) as number | null,
    };
  }

  #valuesAt(i: number, graphKey: string, said: number): (FactValue | undefined)[] {
    const specs = factFields[this.#kind];
    const keys = this.#isPair ? splitGraphKey(graphKey) : [graphKey];
    const values = new Array<FactValue | undefined>(specs.length);
    for (let field = 0; field < values.length; field++) {
      const bit = this.#bits[field] as number;
      if (specs[field]?.isKey === true) values[field] = keys[bit] as string;
      else values[field] = bit < 0 || (said & (1 << bit)) === 0 ? undefined : ((cellOf(this.#columns[field], i) ?? null) as FactValue);
    }
    return values;
  }
}

/** The kind that shares most first fields with a chunk. Fields are added and removed one by one, so no other kind comes near. */
function findKind(fields: readonly string[]): FactKind {
  const countShared = (kind: FactKind) => firstFieldNames[kind].filter((name) => fields.includes(name)).length;
  return factKinds.reduce((best, kind) => (countShared(kind) > countShared(best) ? kind : best));
}

function cellOf(column: readonly unknown[] | undefined, i: number): unknown {
  return column === undefined || column.length === 1 ? column?.[0] : column[i];
}

/** A chunk as schema version 1 packed it: its count and its columns in the order of the record and of the first fields. */
type FirstPackedChunk = readonly [count: number, columns: readonly (readonly unknown[])[]];

function isFirst(parsed: PackedChunk | FirstPackedChunk): parsed is FirstPackedChunk {
  return Array.isArray(parsed);
}

function nameColumns(kind: FactKind, [count, columns]: FirstPackedChunk): PackedChunk {
  const fields = firstFieldNames[kind];
  const others = fields.slice(kind === 'REVEALS' || kind === 'CONTROL' ? 2 : 1);
  return {
    count,
    fields,
    record: Object.fromEntries(recordColumns.map((name, i) => [name, columns[i]])) as unknown as PackedChunk['record'],
    values: Object.fromEntries(others.map((name, i) => [name, columns[recordColumns.length + i] as readonly unknown[]])),
  };
}

function packChunk(kind: FactKind, place: number, logged: readonly LoggedAssertion[]): Chunk {
  const specs = factFields[kind];
  const column = <T>(cellOfOne: (one: LoggedAssertion) => T): T[] => {
    const cells = logged.map(cellOfOne);
    return areSame(cells) ? cells.slice(0, 1) : cells;
  };
  const record: PackedChunk['record'] = {
    key: column(({ assertion }) => toGraphKey(kind, assertion.key)),
    said: column(({ assertion }) => (assertion.isRetraction ? 0 : statedBits(assertion.values))),
    assertedAt: column(({ assertion }) => assertion.assertedAt),
    source: column(({ assertion }) => assertion.source),
    file: column(({ assertion }) => assertion.file),
    line: column(({ assertion }) => assertion.line),
    effect: column(({ effect }) => effect),
  };
  const values = Object.fromEntries(
    specs.flatMap((spec, field): [string, unknown[]][] => {
      if (spec.isKey) return [];
      const cells = column(({ assertion }) => assertion.values[field] ?? null);
      return cells.length === 1 && cells[0] === null ? [] : [[spec.name, cells]];
    }),
  );
  const chunk: PackedChunk = { count: logged.length, fields: specs.map((spec) => spec.name), record, values };
  return {
    kind,
    place,
    first: toGraphKey(kind, (logged[0] as LoggedAssertion).assertion.key),
    last: toGraphKey(kind, (logged[logged.length - 1] as LoggedAssertion).assertion.key),
    count: logged.length,
    changed: logged.filter(({ effect }) => effect !== 0).length,
    packed: gzipSync(JSON.stringify(chunk), { level: 1 }),
  };
}

/** Bit i is set if an assertion states field i of the field table. */
export function statedBits(values: readonly (FactValue | undefined)[]): number {
  let said = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== undefined) said |= 1 << i;
  return said;
}

function areSame(cells: readonly unknown[]): boolean {
  const first = cells[0];
  for (let i = 1; i < cells.length; i++) if (cells[i] !== first) return false;
  return true;
}

function measureTexts(assertion: Assertion): number {
  let length = assertion.key.length + (assertion.source?.length ?? 0);
  for (const value of assertion.values) {
    if (typeof value === 'string') length += value.length;
    else if (Array.isArray(value)) length += JSON.stringify(value).length;
  }
  return length;
}
