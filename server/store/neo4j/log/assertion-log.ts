import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { int } from 'neo4j-driver';
import type { Assertion, FactValue } from '../../../domain/assertions.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { Transaction } from '../connection/connection.ts';
import { fromGraphKey, splitGraphKey, toGraphKey } from '../graph/graph-shape.ts';

/** An assertion as the log keeps it, with what became of it: an index into `effects`. */
export interface LoggedAssertion {
  readonly assertion: Assertion;
  readonly effect: number;
}

/** Assertions that one write made about facts of one kind, by graph key (graph-shape.ts). */
export interface Chunk {
  readonly kind: FactKind;
  /** Among the chunks of its write and kind, from 0 on, by key. */
  readonly place: number;
  /** The graph keys at its ends. */
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** How many of them were created, updated or retracted. */
  readonly changed: number;
  readonly packed: Uint8Array;
}

const maxAssertions = 512;
/** Of the texts in a chunk, in UTF-16 code units, roughly: cells may have a million. */
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

/** Puts chunks of one write into the log. */
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

/** @param packed as it comes from the database */
export function unpackChunk(kind: FactKind, packed: Int8Array): LoggedAssertion[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const [count, columns] = JSON.parse(inflateRawSync(bytes).toString()) as [number, readonly (readonly unknown[])[]];
  const cell = (column: number, i: number): unknown => {
    const cells = columns[column] as readonly unknown[];
    return cells.length === 1 ? cells[0] : cells[i];
  };
  return Array.from({ length: count }, (_, i) => {
    const graphKey = cell(0, i) as string;
    const said = cell(1, i) as number;
    return {
      assertion: {
        kind,
        key: fromGraphKey(kind, graphKey),
        isRetraction: said === 0,
        values: said === 0 ? [] : readValues(kind, graphKey, said, (place) => cell(recordColumns + place, i) as FactValue),
        assertedAt: cell(2, i) as number,
        source: cell(3, i) as string | null,
        file: cell(4, i) as string | null,
        line: cell(5, i) as number | null,
      },
      effect: cell(6, i) as number,
    };
  });
}

/** Key, said, assertedAt, source, file, line, effect. */
const recordColumns = 7;

/**
 * A chunk is its count and its columns: the graph keys, which fields are spoken of (bit i: field i; 0: a retraction), the other
 * columns of the record, and the fields that are no key. A column whose cells are all the same has one.
 */
function packChunk(kind: FactKind, place: number, logged: readonly LoggedAssertion[]): Chunk {
  const others = otherFields[kind];
  const columns: unknown[][] = Array.from({ length: recordColumns + others.length }, () => []);
  const put = (column: number, cell: unknown): void => {
    (columns[column] as unknown[]).push(cell);
  };
  let changed = 0;
  for (const { assertion, effect } of logged) {
    put(0, toGraphKey(kind, assertion.key));
    put(1, assertion.isRetraction ? 0 : saidBits(assertion.values));
    put(2, assertion.assertedAt);
    put(3, assertion.source);
    put(4, assertion.file);
    put(5, assertion.line);
    put(6, effect);
    for (let i = 0; i < others.length; i++) put(recordColumns + i, assertion.values[others[i] as number] ?? null);
    if (effect !== 0) changed++;
  }
  const keys = columns[0] as string[];
  const text = JSON.stringify([logged.length, columns.map((cells) => (areSame(cells) ? [cells[0]] : cells))]);
  return {
    kind,
    place,
    first: keys[0] as string,
    last: keys[keys.length - 1] as string,
    count: logged.length,
    changed,
    packed: deflateRawSync(text, { level: 1 }),
  };
}

/** Bit i is set where field i is spoken of. */
export function saidBits(values: readonly (FactValue | undefined)[]): number {
  let said = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== undefined) said |= 1 << i;
  return said;
}

/** Where the fields of a kind that are no key stand in its values. */
const otherFields = Object.fromEntries(
  Object.entries(factFields).map(([kind, specs]) => [kind, specs.flatMap((spec, i) => (spec.isKey ? [] : [i]))]),
) as Record<FactKind, number[]>;

function readValues(kind: FactKind, graphKey: string, said: number, readOther: (place: number) => FactValue): (FactValue | undefined)[] {
  const specs = factFields[kind];
  const parts = specs[1]?.isKey === true ? splitGraphKey(graphKey) : [graphKey];
  let other = 0;
  return specs.map((spec, i) => {
    if (spec.isKey) return parts[i] as string;
    const value = readOther(other++);
    return (said & (1 << i)) === 0 ? undefined : value;
  });
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
