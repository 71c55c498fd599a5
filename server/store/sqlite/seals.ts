import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../domain/errors.ts';
import { wayBack } from '../damaged-store.ts';
import { kindTables } from './kind-table.ts';
import type { Ledger } from './read/ledger.ts';
import type { Cell, Row } from './statements.ts';
import { prepareOnce } from './statements.ts';

/*
 * Seals find damage that SQLite does not: it reads a page with a flipped bit as if nothing had happened. Each write has the sum
 * of the hashes of its assertions (`write_seal`), and each other table the sum over all its rows (`table_seal`). Every
 * transaction keeps them up to date, so that a reader can compute both and compare.
 */

/** Tables other than those of assertions. */
const recordTables = ['meta', 'field', 'phrase', 'import', 'imported_file', 'imported_incident', 'write', 'document'] as const;
type RecordTable = (typeof recordTables)[number];

/** `changes` counts inserts, updates and deletes. */
export const sealTables = `
    CREATE TABLE write_seal ("write" INTEGER PRIMARY KEY, "sum" INTEGER NOT NULL);
    CREATE TABLE table_seal ("name" TEXT PRIMARY KEY, "sum" INTEGER NOT NULL, "changes" INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO table_seal VALUES ${recordTables.map((name) => `('${name}', 0, 0)`).join(', ')};`;

/** Keeps `table_seal` up to date from now on, whatever this connection writes. The triggers end with the connection. */
export function keepRecordsSealed(database: Database): void {
  database.function('hash_text', { deterministic: true }, (text: unknown) => hashText(text as string));
  for (const table of recordTables) {
    const change = (sum: string) =>
      `UPDATE table_seal SET "sum" = ("sum" + ${sum}) % ${hashRange}, "changes" = "changes" + 1 WHERE "name" = '${table}'`;
    const [after, before] = [hashOf(database, table, 'NEW.'), hashOf(database, table, 'OLD.')];
    database.exec(`
      CREATE TEMP TRIGGER IF NOT EXISTS seal_insert_${table} AFTER INSERT ON "${table}" BEGIN ${change(after)}; END;
      CREATE TEMP TRIGGER IF NOT EXISTS seal_update_${table} AFTER UPDATE ON "${table}" BEGIN ${change(`${after} + ${hashRange} - ${before}`)}; END;
      CREATE TEMP TRIGGER IF NOT EXISTS seal_delete_${table} AFTER DELETE ON "${table}" BEGIN ${change(`${hashRange} - ${before}`)}; END;`);
  }
}

/** Computes all seals anew. Call it inside a writing transaction, once, when the tables of seals are made. */
export function sealAll(database: Database): void {
  database.exec('DELETE FROM write_seal');
  const insert = database.prepare('INSERT INTO write_seal VALUES (?, ?)');
  for (const [write, sum] of sumAssertions(database)) insert.run(write, sum);
  const set = database.prepare('UPDATE table_seal SET "sum" = ? WHERE "name" = ?');
  for (const table of recordTables) set.run(sumRecords(database, table), table);
}

/** Adds the hashes of new assertions to the seal of their write. */
export function addToWriteSeal(database: Database, write: number, sum: number): void {
  prepareOnce(
    database,
    `INSERT INTO write_seal VALUES (?, ?) ON CONFLICT DO UPDATE SET "sum" = ("sum" + excluded."sum") % ${hashRange}`,
  ).run(write, sum);
}

/** The seal of each write. */
export function readWriteSeals(database: Database): Map<number, number> {
  return new Map(database.prepare('SELECT "write", "sum" FROM write_seal').raw().all() as [number, number][]);
}

/** The sum of the hashes of each write's assertions, as the tables hold them. @param writes only these; default: all */
function sumAssertions(database: Database, writes?: readonly number[]): Map<number, number> {
  const sums = new Map<number, number>();
  for (const table of kindTables.values()) {
    const columns = columnsOf(database, table.name);
    const place = columns.indexOf('write');
    const hasher = new RowHasher(columns);
    const where = writes === undefined ? '' : ` WHERE "write" IN (${writes.join(', ')})`;
    const rows = database.prepare(`SELECT * FROM ${table.name}${where}`).raw().iterate() as IterableIterator<Row>;
    for (const row of rows) {
      const write = row[place] as number;
      sums.set(write, addHashes(sums.get(write) ?? 0, hasher.hash(row)));
    }
  }
  return sums;
}

/** The sum of the hashes of a table's rows, as the table holds them. */
function sumRecords(database: Database, table: RecordTable): number {
  let sum = 0;
  const texts = database
    .prepare(`SELECT ${textOf(database, table, '')} FROM "${table}"`)
    .pluck()
    .iterate() as IterableIterator<string>;
  for (const text of texts) sum = addHashes(sum, hashText(text));
  return sum;
}

/** How often the writes and documents have changed. The file of the last acknowledged change holds the same number. */
export function countChanges(database: Database): number {
  return prepareOnce(database, `SELECT sum("changes") FROM table_seal WHERE "name" IN ('write', 'document')`).pluck().get() as number;
}

export function columnsOf(database: Database, table: string): string[] {
  return (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
}

/** SQL for the text of a row. */
function textOf(database: Database, table: RecordTable, row: 'NEW.' | 'OLD.' | ''): string {
  return `json_array(${columnsOf(database, table)
    .map((column) => `${row}"${column}"`)
    .join(', ')})`;
}

/** The function returns a floating-point number; sums need integers. */
function hashOf(database: Database, table: RecordTable, row: 'NEW.' | 'OLD.'): string {
  return `CAST(hash_text(${textOf(database, table, row)}) AS INTEGER)`;
}

/** Sums of hashes wrap here. Two summands below it add up exactly in a JavaScript number. */
const hashRange = 2 ** 52;

/**
 * A hash of 52 bits that finds damage: any changed character changes it. It is no protection against a deliberate change.
 *
 * Source: cyrb53 (public domain), cut to 52 bits.
 */
export function hashText(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  return finish(low, high);
}

/** Adds hashes, so that the order of rows does not matter. */
export function addHashes(a: number, b: number): number {
  const sum = a + b;
  return sum >= hashRange ? sum - hashRange : sum;
}

const number = new Float64Array(1);
const numberBits = new Int32Array(number.buffer);

/**
 * Hashes rows of a table by the names of its columns: a column that is added later, or that holds nothing, changes no hash.
 * Builds no text, because every import hashes each of its rows.
 */
export class RowHasher {
  /** By name: a hash of the name, and the place of the column in a row. */
  readonly #columns: readonly (readonly [nameHash: number, place: number])[];

  /** @param columns in the order of a row */
  constructor(columns: readonly string[]) {
    this.#columns = columns
      .map((name, place) => ({ name, place }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, place }) => [hashText(name) | 0, place] as const);
  }

  /** @param start the place of the row's first cell in `cells` */
  hash(cells: Row, start = 0): number {
    let low = 0xdeadbeef;
    let high = 0x41c6ce57;
    for (const [nameHash, place] of this.#columns) {
      const cell = cells[start + place] as Cell;
      if (cell === null) continue;
      low = Math.imul(low ^ nameHash, 2654435761);
      high = Math.imul(high ^ nameHash, 1597334677);
      if (typeof cell === 'string') {
        for (let i = 0; i < cell.length; i++) {
          const unit = cell.charCodeAt(i);
          low = Math.imul(low ^ unit, 2654435761);
          high = Math.imul(high ^ unit, 1597334677);
        }
      } else {
        // Adding 0 turns -0 into 0, which SQLite does too.
        number[0] = cell + 0;
        const first = numberBits[0] as number;
        const second = numberBits[1] as number;
        low = Math.imul(Math.imul(low ^ first, 2654435761) ^ second, 2654435761);
        high = Math.imul(Math.imul(high ^ first, 1597334677) ^ second, 1597334677);
      }
    }
    return finish(low, high);
  }
}

function finish(low: number, high: number): number {
  const first = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const second = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return (second >>> 12) * 2 ** 32 + (first >>> 0);
}

/** Assertions, and rows of one other table, that a sample reads at most: some hundredths of a second. */
const sampleRows = 20_000;
/** Earlier writes that a sample reads beside the latest one. */
const sampleWrites = 20;

/** Whether checking all of the store takes some hundredths of a second. */
export function isSmall(database: Database): boolean {
  let room = sampleRows;
  for (const table of [...[...kindTables.values()].map(({ name }) => name), ...recordTables]) {
    room -= database
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM "${table}" LIMIT ?)`)
      .pluck()
      .get(room + 1) as number;
    if (room < 0) return false;
  }
  return true;
}

/** Compares every seal with what the tables hold; a sentence for each difference. */
export function* checkSeals(database: Database): Generator<string> {
  yield* compareWrites(database, sumAssertions(database), undefined);
  for (const table of recordTables) yield* compareTable(database, table);
}

/**
 * The same for the latest write, some earlier ones, and the other tables that are small. A start would else serve a damaged
 * store until somebody runs a full check.
 *
 * @param random from 0 to below 1
 */
export function* checkSomeSeals(database: Database, ledger: Ledger, random: () => number = Math.random): Generator<string> {
  const { writes } = ledger;
  const picked = new Set<number>();
  let rows = 0;
  for (let i = 0; i <= sampleWrites && writes.length > 0; i++) {
    const write = i === 0 ? writes[writes.length - 1] : writes[Math.floor(random() * writes.length)];
    if (write === undefined || picked.has(write.seq)) continue;
    const size = write.created + write.updated + write.unchanged + write.retracted;
    if (rows + size > sampleRows) continue;
    rows += size;
    picked.add(write.seq);
  }
  if (picked.size > 0) yield* compareWrites(database, sumAssertions(database, [...picked]), picked);
  for (const table of recordTables) {
    const isSmall = database.prepare(`SELECT 1 FROM "${table}" LIMIT 1 OFFSET ${sampleRows}`).get() === undefined;
    if (isSmall) yield* compareTable(database, table);
  }
}

/** @param only these writes; undefined: all */
function* compareWrites(database: Database, found: ReadonlyMap<number, number>, only: ReadonlySet<number> | undefined): Generator<string> {
  const sealed = readWriteSeals(database);
  for (const write of new Set([...sealed.keys(), ...found.keys()])) {
    if (only !== undefined && !only.has(write)) continue;
    if ((sealed.get(write) ?? 0) !== (found.get(write) ?? 0)) yield `The assertions of write ${write} are not those that were written.`;
  }
}

function* compareTable(database: Database, table: (typeof recordTables)[number]): Generator<string> {
  const sealed = database.prepare('SELECT "sum" FROM table_seal WHERE "name" = ?').pluck().get(table) as number | undefined;
  if (sealed !== sumRecords(database, table)) yield `The rows of the table ${table} are not those that were written.`;
}

/** The state of a store after its last acknowledged change. */
interface LastChange {
  readonly revision: number;
  readonly changes: number;
}

/** One sector, so that the operating system writes all of it or nothing. */
const fileLength = 256;

/** Whether there was a store at a path: no other program leaves this file beside its own. */
export function hasLastChange(storePath: string): boolean {
  return existsSync(`${storePath}.last-change`);
}

/**
 * Keeps the last acknowledged change in a file of its own, `<store>.last-change`. If a part of SQLite's log is damaged, SQLite
 * drops the changes in it and everything after, without a word. The file tells that they existed.
 *
 * Two processes may write at the same time. The file then names the earlier change of the two until the next one.
 */
export class LastChangeFile {
  readonly path: string;
  readonly #storePath: string;

  constructor(storePath: string) {
    this.#storePath = storePath;
    this.path = `${storePath}.last-change`;
  }

  /** Call it before SQLite opens the file: SQLite takes an empty file for a new store. Throws STORE_DAMAGED. */
  refuseEmptyStore(): void {
    const size = existsSync(this.#storePath) ? statSync(this.#storePath).size : undefined;
    const last = size === undefined || size === 0 ? this.#read() : undefined;
    if (last === undefined || last.changes === 0) return;
    throw this.#damaged(`The store ${this.#storePath} is ${size === 0 ? 'empty' : 'missing'}, and it was at revision ${last.revision}`);
  }

  /** Call it in a connection that sees the whole store. Throws STORE_DAMAGED where acknowledged changes are missing. */
  refuseLostChanges(database: Database): void {
    const last = this.#read();
    if (last === undefined || last.changes <= countChanges(database)) return;
    const revision = database.prepare('SELECT "revision" FROM meta').pluck().get() as number;
    throw this.#damaged(
      `The store ${this.#storePath} has lost its latest changes: it is at revision ${revision}, and it was at revision ${last.revision}`,
    );
  }

  /** Call it after a change was committed, and before it is acknowledged. A disk that refuses takes nothing back. */
  tryNote(database: Database): void {
    try {
      this.note(database);
    } catch {
      // The change is committed, and the file still names an earlier one.
    }
  }

  /** Throws the error of the file system. */
  note(database: Database): void {
    const revision = prepareOnce(database, 'SELECT "revision" FROM meta').pluck().get() as number;
    const json = JSON.stringify({ revision, changes: countChanges(database) } satisfies LastChange);
    const text = `${json} ${hashText(json)}`.padEnd(fileLength - 1);
    const file = openSync(this.path, existsSync(this.path) ? 'r+' : 'w');
    try {
      writeSync(file, `${text}\n`, 0);
    } finally {
      closeSync(file);
    }
  }

  /** Undefined if there is no file, as beside a store of an earlier version. */
  #read(): LastChange | undefined {
    if (!existsSync(this.path)) return undefined;
    const [json, hash] = readFileSync(this.path, 'utf8').trim().split(' ');
    if (json === undefined || hash !== String(hashText(json))) {
      throw new ExposureError(
        'STORE_DAMAGED',
        `The file ${this.path} is damaged. It tells whether the store lost changes. Run exposure verify; if it finds nothing else, delete the file.`,
      );
    }
    return JSON.parse(json) as LastChange;
  }

  #damaged(sentence: string): ExposureError {
    return new ExposureError('STORE_DAMAGED', `${sentence}. ${wayBack} To go on with what is left, delete ${this.path}.`);
  }
}
