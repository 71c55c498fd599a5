import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { HistoryPage, ImportScope, KeysByKind } from '../../fact-store.ts';
import type { FactChange } from '../../fact-write.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import type { RevisionEvent } from '../../revision-events.ts';
import { describeChange, describeHistory, eventOf, findEvents, readEvents } from '../../revision-events.ts';
import { tableOf } from '../kind-table.ts';
import type { Row } from '../statements.ts';
import type { Ledger } from './ledger.ts';
import { readAssertions, readTouchedKeys } from './read-assertions.ts';

/** Rows whose effect is created, updated or retracted. */
const changed = '"effect" IN (1, 2, 3)';

/** Changes of one fact, latest first. Call all functions of this file inside a reading transaction. */
export function readFactHistory(
  database: Database,
  ledger: Ledger,
  kind: FactKind,
  key: string,
  offset: number,
  limit: number,
): HistoryPage {
  const everything = ledger.findAll();
  const assertions = readAssertions(database, kind, [key], ledger, everything).get(key) ?? [];
  const changes = describeHistory(ledger, kind, key, assertions);
  return { changes: changes.slice(offset, offset + limit), totalCount: changes.length };
}

/** Changes of all facts after a revision, latest first. */
export async function readHistorySince(
  database: Database,
  ledger: Ledger,
  sinceRevision: number,
  offset: number,
  limit: number,
): Promise<HistoryPage> {
  return readEvents(findEvents(ledger, sinceRevision), offset, limit, (event, skip, wanted) =>
    (event.isUndo ? readUndoChanges : readWriteChanges)(database, ledger, event, skip, wanted),
  );
}

/** The changes of an import when it was committed, by file and line. */
export function readImportChanges(
  database: Database,
  ledger: Ledger,
  { importId, kinds }: ImportScope,
  offset: number,
  limit: number,
): HistoryPage {
  const write = ledger.ofImport(importId);
  if (write === undefined || !doesWriteRaise(write)) return { changes: [], totalCount: 0 };
  const wanted = factKinds.filter((kind) => kinds === null || kinds.includes(kind));
  const totalCount = wanted.reduce((sum, kind) => sum + countChanged(database, kind, write.seq), 0);
  const ranks = rankFiles(database, ledger, importId);
  const parts = wanted.map((kind) => {
    const { keyColumns, name } = tableOf(kind);
    const second = keyColumns[1] === undefined ? 'NULL' : `"${keyColumns[1]}"`;
    return `SELECT ${factKinds.indexOf(kind)} AS "kind", "${keyColumns[0]}" AS "first", ${second} AS "second", ${ranks} AS "rank", "line" FROM ${name} WHERE "write" = ${write.seq} AND ${changed}`;
  });
  if (parts.length === 0) return { changes: [], totalCount: 0 };
  const rows = database
    .prepare(`${parts.join(' UNION ALL ')} ORDER BY "rank", "line", "kind", "first", "second" LIMIT ? OFFSET ?`)
    .raw()
    .all(limit, offset) as [number, string, string | null][];
  const event = eventOf(write);
  return {
    changes: rows.flatMap(([kind, first, second]) => {
      const of = factKinds[kind] as FactKind;
      return describeChanges(database, ledger, event, of, [tableOf(of).keyOf(second === null ? [first] : [first, second])]);
    }),
    totalCount,
  };
}

/** SQL that orders the files of an import by name. */
function rankFiles(database: Database, ledger: Ledger, importId: string): string {
  const names = database.prepare('SELECT DISTINCT "name" FROM imported_file WHERE "import_id" = ?').pluck().all(importId) as string[];
  const cases = names.sort(compareCodePoints).flatMap((name, rank) => {
    const phrase = ledger.phrases.find(name);
    return phrase === undefined ? [] : [`WHEN ${phrase} THEN ${rank}`];
  });
  return cases.length === 0 ? '0' : `CASE "file" ${cases.join(' ')} ELSE ${names.length} END`;
}

/**
 * Keys that writes after a revision stated; undefined if they are more than `limit`. The event loop gets a turn between two pages. A write's
 * rows never change, so the pages need no common transaction.
 */
export async function readChangedKeys(
  database: Database,
  ledger: Ledger,
  revision: number,
  limit: number,
): Promise<KeysByKind | undefined> {
  const events = findEvents(ledger, revision);
  if (events.some((event) => event.count > limit)) return undefined;
  const found = new Map<FactKind, Set<string>>();
  let count = 0;
  for (const event of events) {
    for (const kind of factKinds) {
      const keys = found.get(kind) ?? new Set<string>();
      let page: string[] = [];
      do {
        if (page.length > 0) await nextTurn();
        page = readChangedPage(database, event, kind, page.at(-1));
        const before = keys.size;
        for (const key of page) keys.add(key);
        count += keys.size - before;
        if (count > limit) return undefined;
      } while (page.length === chunkSize);
      if (keys.size > 0) found.set(kind, keys);
    }
  }
  return new Map([...found].map(([kind, keys]) => [kind, [...keys]]));
}

/** At most `chunkSize` keys, in the order of the primary key. */
function readChangedPage(database: Database, event: RevisionEvent, kind: FactKind, after: string | undefined): string[] {
  const table = tableOf(kind);
  const marks = table.keyColumns.map(() => '?').join(', ');
  const rows = database
    .prepare(
      `SELECT ${table.keys} FROM ${table.name} WHERE "write" = ? AND (${table.keys}) > (${marks}) ${event.isUndo ? '' : `AND ${changed}`} ORDER BY ${table.keys} LIMIT ${chunkSize}`,
    )
    .raw()
    .all(event.write.seq, ...(after === undefined ? table.keyColumns.map(() => '') : table.splitKey(after))) as Row[];
  return rows.map((row) => table.keyOf(row));
}

function readWriteChanges(database: Database, ledger: Ledger, event: RevisionEvent, offset: number, limit: number): FactChange[] {
  const changes: FactChange[] = [];
  let skip = offset;
  for (const kind of factKinds) {
    const wanted = limit - changes.length;
    if (wanted <= 0) break;
    const count = countChanged(database, kind, event.write.seq);
    if (skip >= count) skip -= count;
    else {
      const table = tableOf(kind);
      const rows = database
        .prepare(`SELECT ${table.keys} FROM ${table.name} WHERE "write" = ? AND ${changed} ORDER BY ${table.keys} LIMIT ? OFFSET ?`)
        .raw()
        .all(event.write.seq, wanted, skip) as Row[];
      const keys = rows.map((row) => table.keyOf(row));
      changes.push(...describeChanges(database, ledger, event, kind, keys));
      skip = 0;
    }
  }
  return changes;
}

/** The changes of an undo are not recorded: they are found by folding every fact that the undone write states. */
async function readUndoChanges(
  database: Database,
  ledger: Ledger,
  event: RevisionEvent,
  offset: number,
  limit: number,
): Promise<FactChange[]> {
  const changes: FactChange[] = [];
  let seen = 0;
  for (const kind of factKinds) {
    for (let after: string | null = null; seen < offset + limit; ) {
      const keys = readTouchedKeys(database, event.write.seq, kind, after, chunkSize);
      if (keys.length === 0) break;
      after = keys[keys.length - 1] as string;
      for (const change of describeChanges(database, ledger, event, kind, keys)) {
        if (seen >= offset && seen < offset + limit) changes.push(change);
        seen++;
      }
      await nextTurn();
    }
  }
  return changes;
}

function countChanged(database: Database, kind: FactKind, seq: number): number {
  return database
    .prepare(`SELECT count(*) FROM ${tableOf(kind).name} WHERE "write" = ? AND ${changed}`)
    .pluck()
    .get(seq) as number;
}

function describeChanges(database: Database, ledger: Ledger, event: RevisionEvent, kind: FactKind, keys: readonly string[]): FactChange[] {
  const everything = ledger.findAll();
  const assertions = readAssertions(database, kind, keys, ledger, everything);
  return keys.flatMap((key) => describeChange(ledger, event, kind, key, assertions.get(key) ?? []) ?? []);
}
