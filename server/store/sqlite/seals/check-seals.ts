import type { Database } from 'better-sqlite3';
import { kindTables } from '../kind-table.ts';
import type { Ledger } from '../read/ledger.ts';
import { readWriteSeals, recordTables, sumAssertions, sumRecords } from './seals.ts';

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
