import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedAssertion } from '../../domain/assertions.ts';
import { foldAssertions } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { buildFactChange } from '../fact-changes.ts';
import type { ChangedKeys, FactChange } from '../fact-store.ts';
import { chunkSize } from '../prior-questions.ts';
import type { WriteRecord } from '../write-ledger.ts';
import { isRaising } from '../write-ledger.ts';
import { tableOf } from './kind-table.ts';
import type { Ledger } from './ledger.ts';
import { readAssertions, readTouchedKeys } from './read-assertions.ts';

/** What raised the revision: a write, or taking one back. There is exactly one for each revision. */
interface RevisionEvent {
  readonly write: WriteRecord;
  readonly isUndo: boolean;
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** Facts whose values changed. */
  readonly count: number;
}

export interface HistoryPage {
  readonly changes: FactChange[];
  readonly totalCount: number;
}

/** Of a row's effect: created, updated, retracted. */
const changed = '"effect" IN (1, 2, 3)';

/** Changes of one fact, the latest first. To be called inside a reading transaction, as all of these. */
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
  const writes = new Set(assertions.map((assertion) => assertion.write));
  const changes = findEvents(ledger)
    .filter((event) => writes.has(event.write.seq))
    .flatMap((event) => describeChange(ledger, event, kind, key, assertions) ?? []);
  return { changes: changes.slice(offset, offset + limit), totalCount: changes.length };
}

/** Changes of all facts after a revision, the latest first. */
export async function readHistorySince(
  database: Database,
  ledger: Ledger,
  sinceRevision: number,
  offset: number,
  limit: number,
): Promise<HistoryPage> {
  const events = findEvents(ledger).filter((event) => event.revision > sinceRevision);
  const changes: FactChange[] = [];
  let skip = offset;
  for (const event of events) {
    const wanted = limit - changes.length;
    if (wanted <= 0) break;
    if (skip >= event.count) skip -= event.count;
    else {
      const read = event.isUndo ? readUndoChanges : readWriteChanges;
      changes.push(...(await read(database, ledger, event, skip, wanted)));
      skip = 0;
    }
  }
  return { changes, totalCount: events.reduce((sum, event) => sum + event.count, 0) };
}

/** What an import changed when it was written, by file and line. */
export function readImportChanges(
  database: Database,
  ledger: Ledger,
  importId: string,
  kinds: readonly FactKind[] | undefined,
  offset: number,
  limit: number,
): HistoryPage {
  const write = ledger.ofImport(importId);
  if (write === undefined || !isRaising(write)) return { changes: [], totalCount: 0 };
  const wanted = factKinds.filter((kind) => kinds === undefined || kinds.includes(kind));
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

/** SQL that orders the files of an import by their names. */
import type { Row } from './row.ts';

function rankFiles(database: Database, ledger: Ledger, importId: string): string {
  const names = database.prepare('SELECT DISTINCT "name" FROM imported_file WHERE "import_id" = ?').pluck().all(importId) as string[];
  const cases = names.sort(compareCodePoints).flatMap((name, rank) => {
    const phrase = ledger.phrases.find(name);
    return phrase === undefined ? [] : [`WHEN ${phrase} THEN ${rank}`];
  });
  return cases.length === 0 ? '0' : `CASE "file" ${cases.join(' ')} ELSE ${names.length} END`;
}

/** Keys that writes after a revision touched; undefined where they are more than `limit`. */
export function readChangedKeys(database: Database, ledger: Ledger, revision: number, limit: number): ChangedKeys | undefined {
  const events = findEvents(ledger).filter((event) => event.revision > revision);
  if (events.some((event) => event.count > limit)) return undefined;
  const found = new Map<FactKind, Set<string>>();
  let count = 0;
  for (const event of events) {
    for (const kind of factKinds) {
      const table = tableOf(kind);
      const rows = database
        .prepare(`SELECT ${table.keys} FROM ${table.name} WHERE "write" = ? ${event.isUndo ? '' : `AND ${changed}`} LIMIT ?`)
        .raw()
        .all(event.write.seq, limit + 1) as Row[];
      if (rows.length === 0) continue;
      const keys = found.get(kind) ?? new Set<string>();
      found.set(kind, keys);
      const before = keys.size;
      for (const row of rows) keys.add(table.keyOf(row));
      count += keys.size - before;
      if (count > limit) return undefined;
    }
  }
  return new Map([...found].map(([kind, keys]) => [kind, [...keys]]));
}

/** The latest first. */
function findEvents(ledger: Ledger): RevisionEvent[] {
  const events: RevisionEvent[] = [];
  for (const write of ledger.writes) {
    if (isRaising(write)) events.push(eventOf(write));
    if (write.undo?.isRaising === true) {
      const { revision, at, by, changed: count } = write.undo;
      events.push({ write, isUndo: true, revision, at, by, count });
    }
  }
  return events.sort((a, b) => b.revision - a.revision);
}

function eventOf(write: WriteRecord): RevisionEvent {
  const { revision, at, by, created, updated, retracted } = write;
  return { write, isUndo: false, revision, at, by, count: created + updated + retracted };
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

/** What an undo changed is not recorded: it is found by folding every fact that the write had touched. */
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

/** @param assertions all of the fact, also those that were taken back */
function describeChange(
  ledger: Ledger,
  event: RevisionEvent,
  kind: FactKind,
  key: string,
  assertions: readonly RecordedAssertion[],
): FactChange | undefined {
  const foldAt = (revision: number) =>
    foldAssertions(assertions.filter((assertion) => ledger.isLive(assertion.write, { revision })))?.values;
  const own = event.isUndo ? undefined : assertions.find((assertion) => assertion.write === event.write.seq);
  return buildFactChange(kind, key, foldAt(event.revision - 1), foldAt(event.revision), {
    file: own?.file ?? null,
    line: own?.line ?? null,
    revision: event.revision,
    at: event.at,
    by: event.by,
    importId: event.write.importId,
  });
}
