import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { KeysByKind, NamerScope } from '../../fact-store.ts';
import type { KindTable } from '../kind-table.ts';
import { tableOf } from '../kind-table.ts';
import type { Row } from '../statements.ts';
import type { Ledger, Phrases } from './ledger.ts';

/*
 * Facts by what they name, from scans of their tables: the questions are rare, and an index would slow every import.
 */

/** Rows between two turns of the event loop. */
const rowsAPage = 16_384;

/** A condition on a row, with its parameters. */
interface Condition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** Whether a row names one of these facts. Undefined if no fact of the table names facts of the kind. */
function namesOneOf(table: KindTable, kind: FactKind, keys: readonly string[], phrases: Phrases): Condition | undefined {
  const columns = table.referencesTo(kind);
  if (columns.length === 0) return undefined;
  const texts = JSON.stringify(keys);
  const cells = JSON.stringify(keys.flatMap((key) => phrases.findCell(key) ?? []));
  return {
    sql: `(${columns.map(({ column }) => `"${column}" IN (SELECT "value" FROM json_each(?))`).join(' OR ')})`,
    parameters: columns.map(({ isPhrase }) => (isPhrase ? cells : texts)),
  };
}

/** Keys of facts of which a live assertion, not of the write `except`, names one of these facts. */
export function readLiveNamers(
  database: Database,
  kind: FactKind,
  keys: readonly string[],
  except: number | null,
  ledger: Ledger,
): KeysByKind {
  const namers = new Map<FactKind, string[]>();
  for (const namer of factKinds) {
    const table = tableOf(namer);
    const names = namesOneOf(table, kind, keys, ledger.phrases);
    if (names === undefined) continue;
    const rows = database
      .prepare(
        `SELECT DISTINCT ${table.keys} FROM ${table.name} WHERE "write" IS NOT ? AND ${names.sql} AND "write" NOT IN (SELECT "seq" FROM "write" WHERE "undone_at" IS NOT NULL)`,
      )
      .raw()
      .all(except, ...names.parameters) as Row[];
    if (rows.length > 0)
      namers.set(
        namer,
        rows.map((row) => table.keyOf(row)),
      );
  }
  return namers;
}

/**
 * Keys of facts of which any assertion names one of these facts, undone or not. So they hold the namers of every revision. The event loop gets
 * its turns. A write's rows never change, so the pages need no common transaction.
 */
export async function readNamersInTurns(
  database: Database,
  { kind, keys, namers = factKinds, limit }: Omit<NamerScope, 'revision'>,
  { phrases }: Ledger,
): Promise<KeysByKind | undefined> {
  const found = new Map<FactKind, string[]>();
  let count = 0;
  for (const namer of namers) {
    const table = tableOf(namer);
    const names = namesOneOf(table, kind, keys, phrases);
    if (names === undefined) continue;
    const select = database.prepare(`SELECT DISTINCT ${table.keys} FROM ${table.name} WHERE ${inPage(table)} AND ${names.sql}`).raw();
    const ofKind: string[] = [];
    for await (const page of readPages(database, table)) {
      for (const row of select.all(...page, ...names.parameters) as Row[]) ofKind.push(table.keyOf(row));
      if (count + ofKind.length > limit) return undefined;
    }
    count += ofKind.length;
    if (ofKind.length > 0) found.set(namer, ofKind);
  }
  return found;
}

/** The condition that a row lies in a page. Its parameters are what `readPages` yields. */
export function inPage({ keys, keyColumns }: KindTable): string {
  const marks = keyColumns.map(() => '?').join(', ');
  return `(${keys}) > (${marks}) AND (${keys}) <= (${marks})`;
}

/** Ranges of keys that hold all rows of a table: the key before the first, and the last. The event loop gets a turn after each. */
export async function* readPages(database: Database, { keys, keyColumns, name }: KindTable): AsyncGenerator<readonly string[]> {
  const marks = keyColumns.map(() => '?').join(', ');
  const select = database
    .prepare(`SELECT ${keys} FROM ${name} WHERE (${keys}) > (${marks}) ORDER BY ${keys} LIMIT 1 OFFSET ${rowsAPage - 1}`)
    .raw();
  const backwards = keyColumns.map((column) => `"${column}" DESC`).join(', ');
  const last = database.prepare(`SELECT ${keys} FROM ${name} ORDER BY ${backwards} LIMIT 1`).raw().get() as string[] | undefined;
  let after: readonly string[] = keyColumns.map(() => '');
  while (last !== undefined) {
    const until = (select.get(...after) as string[] | undefined) ?? last;
    yield [...after, ...until];
    if (until.every((key, i) => key === last[i])) return;
    after = until;
    await nextTurn();
  }
}
