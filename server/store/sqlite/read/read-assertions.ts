import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedAssertion, RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { KindTable } from '../kind-table.ts';
import { tableOf } from '../kind-table.ts';

import type { Row } from '../statements.ts';
import { prepareOnce } from '../statements.ts';
import type { Ledger } from './ledger.ts';

/**
 * The facts of one kind by key, in pages, folded from the assertions of live writes.
 *
 * A page without a live assertion is empty, so that a caller can pause there as well.
 *
 * Complexity: one scan of the table's primary key.
 */
export function* readFactPages(database: Database, kind: FactKind, ledger: Ledger, live: Uint8Array): Generator<RecordedFact[]> {
  const table = tableOf(kind);
  const select = (limit: number) =>
    database
      .prepare(`SELECT ${table.columns} FROM ${table.name} WHERE ${table.afterRow} ORDER BY ${table.keys}, "write" LIMIT ${limit}`)
      .raw();
  let limit = table.pageRows;
  let statement = select(limit);
  let after: Row = [...table.keyColumns.map(() => ''), 0];
  for (;;) {
    const rows = statement.all(after) as Row[];
    const isLast = rows.length < limit;
    // The last fact of a full page may continue on the next.
    const end = isLast ? rows.length : findGroupStart(table, rows, rows.length - 1);
    if (end === 0 && !isLast) {
      limit *= 2;
      statement = select(limit);
      continue;
    }
    yield foldRows(table, rows, end, ledger, live);
    if (isLast) return;
    after = (rows[end - 1] as Row).slice(0, table.keyColumns.length + 1);
  }
}

function findGroupStart(table: KindTable, rows: readonly Row[], index: number): number {
  let start = index;
  while (start > 0 && table.isSameKey(rows[start - 1] as Row, rows[index] as Row)) start--;
  return start;
}

function foldRows(table: KindTable, rows: readonly Row[], end: number, ledger: Ledger, live: Uint8Array): RecordedFact[] {
  const facts: RecordedFact[] = [];
  for (let start = 0; start < end; ) {
    let next = start + 1;
    while (next < end && table.isSameKey(rows[start] as Row, rows[next] as Row)) next++;
    const fact =
      next === start + 1
        ? live[table.writeOf(rows[start] as Row)] === 1
          ? table.decodeFact(rows[start] as Row, ledger)
          : undefined
        : foldAssertions(decodeLive(table, rows.slice(start, next), ledger, live));
    if (fact !== undefined) facts.push(fact);
    start = next;
  }
  return facts;
}

function decodeLive(table: KindTable, rows: readonly Row[], ledger: Ledger, live: Uint8Array): RecordedAssertion[] {
  return rows.filter((row) => live[table.writeOf(row)] === 1).map((row) => table.decode(row, ledger));
}

/** From this many keys on, reading their range is faster than asking key by key. */
const rangeFrom = 64;
/** Keys read before another look at the clock. A fact that many imports state has as many assertions. */
const sliceKeys = 128;
const sliceOfMany = 16;

/**
 * The live assertions of these facts, in the order of their writes; keys without any are absent.
 *
 * Complexity: O(k log n) for k keys; one scan of their range if they lie close together.
 */
export function readAssertions(
  database: Database,
  kind: FactKind,
  keys: readonly string[],
  ledger: Ledger,
  live: Uint8Array,
): Map<string, RecordedAssertion[]> {
  const reader = new AssertionReader(database, kind, ledger, live);
  reader.read(keys);
  return reader.found;
}

/** The same for many keys, inside a transaction. The event loop gets its turns. */
export async function readAssertionsInTurns(
  database: Database,
  kind: FactKind,
  keys: readonly string[],
  ledger: Ledger,
  live: Uint8Array,
): Promise<Map<string, RecordedAssertion[]>> {
  const reader = new AssertionReader(database, kind, ledger, live);
  let end = performance.now() + turnMs;
  for (let start = 0; start < keys.length; ) {
    if (performance.now() > end) {
      await nextTurn();
      end = performance.now() + turnMs;
    }
    const next = start + (reader.isDense ? sliceKeys : sliceOfMany);
    reader.read(keys.slice(start, next));
    start = next;
  }
  return reader.found;
}

class AssertionReader {
  readonly found = new Map<string, RecordedAssertion[]>();
  readonly #database: Database;
  readonly #table: KindTable;
  readonly #ledger: Ledger;
  readonly #live: Uint8Array;
  /** Whether the facts have so few assertions, so close together, that ranges are read. */
  isDense = true;

  constructor(database: Database, kind: FactKind, ledger: Ledger, live: Uint8Array) {
    this.#database = database;
    this.#table = tableOf(kind);
    this.#ledger = ledger;
    this.#live = live;
  }

  read(keys: readonly string[]): void {
    const table = this.#table;
    if (keys.length === 0 || isEmpty(this.#database, table)) return;
    const range = this.isDense && keys.length >= rangeFrom ? readRange(this.#database, table, keys) : undefined;
    if (keys.length >= rangeFrom) this.isDense = range !== undefined;
    for (const row of range ?? readByKey(this.#database, table, keys)) {
      if (this.#live[table.writeOf(row)] !== 1) continue;
      const assertion = table.decode(row, this.#ledger);
      getOrInsert(this.found, assertion.key, () => []).push(assertion);
    }
  }
}

function isEmpty(database: Database, table: KindTable): boolean {
  return prepareOnce(database, `SELECT 1 FROM ${table.name} LIMIT 1`).get() === undefined;
}

/** Undefined if the range holds many more rows than these keys. */
function readRange(database: Database, table: KindTable, keys: readonly string[]): Row[] | undefined {
  if (table.keyColumns.length !== 1) return undefined;
  let first = keys[0] as string;
  let last = first;
  for (const key of keys) {
    if (compareCodePoints(key, first) < 0) first = key;
    if (compareCodePoints(key, last) > 0) last = key;
  }
  const limit = keys.length * 3 + 100;
  const rows = prepareOnce(
    database,
    `SELECT ${table.columns} FROM ${table.name} WHERE ${table.keys} BETWEEN ? AND ? ORDER BY ${table.keys}, "write" LIMIT ?`,
  )
    .raw()
    .all(first, last, limit) as Row[];
  if (rows.length === limit) return undefined;
  const wanted = new Set(keys);
  return rows.filter((row) => wanted.has(row[0] as string));
}

function readByKey(database: Database, table: KindTable, keys: readonly string[]): Row[] {
  const where = table.keyColumns.map((column) => `"${column}" = ?`).join(' AND ');
  const statement = prepareOnce(database, `SELECT ${table.columns} FROM ${table.name} WHERE ${where} ORDER BY "write"`).raw();
  const rows: Row[] = [];
  for (const key of keys) for (const row of statement.all(table.splitKey(key)) as Row[]) rows.push(row);
  return rows;
}

/** Keys that a write states after `after`, in the order of the primary key. */
export function readTouchedKeys(database: Database, write: number, kind: FactKind, after: string | null, limit: number): string[] {
  const table = tableOf(kind);
  const marks = table.keyColumns.map(() => '?').join(', ');
  const rows = database
    .prepare(
      `SELECT ${table.keys} FROM ${table.name} WHERE "write" = ? AND (${table.keys}) > (${marks}) ORDER BY ${table.keys} LIMIT ${limit}`,
    )
    .raw()
    .all(write, ...(after === null ? table.keyColumns.map(() => '') : table.splitKey(after))) as Row[];
  return rows.map((row) => table.keyOf(row));
}

/**
 * An import gives the event loop a turn after this many milliseconds. Questions hold the loop up to 10 ms at a time, so an import takes at
 * most a quarter of it while many people ask.
 */
export const turnMs = 3;
