import type { Database, Statement } from 'better-sqlite3';
import { type FactKind, factKinds } from '../../../domain/facts.ts';
import { type ChangedFact, type ChangedPage, isReadWhenCreated } from '../../fact-store.ts';
import type { RevisionEvent } from '../../revision-events.ts';
import { findEvents, foldAround } from '../../revision-events.ts';
import { tableOf } from '../kind-table.ts';
import type { Row } from '../row.ts';
import type { Ledger } from './ledger.ts';
import { readAssertions } from './read-assertions.ts';

const created = 1;
/** Small, because the facts of a page that were not created are folded in one go. */
const pageKeys = 256;

/**
 * The changes of the events after `since` and up to `until`, the latest first. A write's rows never change, so the pages need no common
 * transaction.
 *
 * Complexity: O(c log n) for c changes, and the assertions of each fact that an event did not create.
 */
export function* readChangesBack(database: Database, ledger: Ledger, since: number, until: number): Generator<ChangedPage> {
  const selects = new Map(
    factKinds.map((kind) => [kind, [selectChanged(database, kind, false), selectChanged(database, kind, true)] as const]),
  );
  const everything = ledger.findAll();
  for (const event of findEvents(ledger, since)) {
    if (event.revision > until) continue;
    const { revision, write, isUndo } = event;
    let left = isUndo ? Infinity : event.count;
    for (const kind of factKinds) {
      if (left === 0) break;
      const { keyColumns, keyOf } = keysOf(kind);
      let after: Row = keyColumns.map(() => '');
      for (let isLast = false; !isLast; ) {
        const rows = selects.get(kind)?.[isUndo ? 1 : 0].all(write.seq, ...after) as Row[];
        isLast = rows.length < pageKeys;
        if (rows.length === 0) break;
        after = (rows[rows.length - 1] as Row).slice(0, keyColumns.length);
        left -= rows.length;
        const isNew = (row: Row) => !isUndo && !isReadWhenCreated(kind) && row[keyColumns.length] === created;
        const others = rows.flatMap((row) => (isNew(row) ? [] : [keyOf(row)]));
        const assertions = readAssertions(database, kind, others, ledger, everything);
        const toChange = (row: Row): ChangedFact => {
          const key = keyOf(row);
          return isNew(row) ? { key, isCreated: true } : foldAround(ledger, revision, key, assertions.get(key) ?? []);
        };
        yield { revision, kind, facts: rows.map(toChange) };
      }
    }
  }
}

function keysOf(kind: FactKind) {
  const table = tableOf(kind);
  return { keyColumns: table.keyColumns, keyOf: (row: Row) => table.keyOf(row) };
}

/** Selects the keys of a page with their effects. An undo may change every fact that its write states. */
function selectChanged(database: Database, kind: FactKind, isUndo: RevisionEvent['isUndo']): Statement {
  const { keys, name, keyColumns } = tableOf(kind);
  const marks = keyColumns.map(() => '?').join(', ');
  return database
    .prepare(
      `SELECT ${keys}, "effect" FROM ${name} WHERE "write" = ? AND (${keys}) > (${marks}) ${isUndo ? '' : 'AND "effect" IN (1, 2, 3)'} ORDER BY ${keys} LIMIT ${pageKeys}`,
    )
    .raw();
}
