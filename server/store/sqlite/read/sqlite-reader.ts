import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { fieldIndex } from '../../../domain/fact-rules.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type {
  ChangedFact,
  ChangedPage,
  ChangeReader,
  FactBatch,
  FactPart,
  FactStream,
  KeysByKind,
  KnownAt,
  NamerScope,
} from '../../fact-store.ts';
import { isReadWhenCreated } from '../../fact-store.ts';
import type { RevisionEvent } from '../../revision-events.ts';
import { findEvents, foldAround } from '../../revision-events.ts';
import { tableOf } from '../kind-table.ts';
import { openReader, openSnapshot, readAtLength } from '../open-database.ts';
import type { Row } from '../statements.ts';
import { translateError } from '../translate-error.ts';
import { readChangedKeys } from './history.ts';
import { Ledger } from './ledger.ts';
import { inPage, readNamersInTurns, readPages } from './namers.ts';
import { readAssertions, readAssertionsInTurns, readFactPages, turnMs } from './read-assertions.ts';

/** Reads the facts of an open store over a connection of its own. */
export class SqliteReader implements ChangeReader {
  readonly kind = 'sqlite';
  readonly ledger: Ledger;
  readonly database: Database;
  readonly #path: string;
  readonly #selectRevision: () => number;

  constructor(path: string) {
    this.#path = path;
    this.database = openReader(path);
    try {
      this.ledger = new Ledger(this.database);
      const statement = this.database.prepare('SELECT "revision" FROM meta').pluck();
      this.#selectRevision = () => statement.get() as number;
    } catch (error) {
      this.database.close();
      throw error;
    }
  }

  async readRevision(): Promise<number> {
    return this.translated(this.#selectRevision);
  }

  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream {
    return new SqliteFactStream(this.#path, at, kinds);
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    return this.read((database, ledger) => {
      const assertions = readAssertions(database, kind, [...new Set(keys)], ledger, ledger.findLive(at));
      return keys.flatMap((key) => foldAssertions(assertions.get(key) ?? []) ?? []);
    });
  }

  async readChangedKeys(revision: number, limit: number): Promise<KeysByKind | undefined> {
    const ledger = this.read((_, read) => read);
    try {
      return await readChangedKeys(this.database, ledger, revision, limit);
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  async readNamers(scope: NamerScope): Promise<KeysByKind | undefined> {
    const ledger = this.read((_, read) => read);
    try {
      return await readNamersInTurns(this.database, scope, ledger);
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  async *readChangesBack(since: number, until: number): AsyncGenerator<ChangedPage> {
    const ledger = this.read((_, read) => read);
    try {
      let end = performance.now() + turnMs;
      for (const page of readChangesBack(this.database, ledger, since, until)) {
        yield page;
        if (performance.now() < end) continue;
        await nextTurn();
        end = performance.now() + turnMs;
      }
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  /** Does some work in one transaction. */
  read<T>(work: (database: Database, ledger: Ledger) => T): T {
    const read = this.database.transaction(() => work(this.database, this.ledger.refresh()));
    return this.translated(() => read());
  }

  translated<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw translateError(error, this.#path);
    }
  }

  close(): void {
    this.database.close();
  }
}

/** Streams all facts of one snapshot, page by page. The event loop gets a turn between pages. */
class SqliteFactStream implements FactStream {
  readonly #path: string;
  readonly #at: KnownAt | undefined;
  readonly #kinds: readonly FactKind[];
  #revision: number | undefined;

  constructor(path: string, at: KnownAt | undefined, kinds: readonly FactKind[] = factKinds) {
    this.#path = path;
    this.#at = at;
    this.#kinds = kinds;
  }

  get revision(): number {
    if (this.#revision === undefined) throw new Error('The revision of a stream of facts is known once its first batch is.');
    return this.#revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    let snapshot: ReturnType<typeof openSnapshot> | undefined;
    try {
      snapshot = openSnapshot(this.#path);
      const { database, ledger } = snapshot;
      this.#revision = ledger.findRevision(this.#at);
      const live = ledger.findLive(this.#at);
      for (const kind of this.#kinds) {
        for (const facts of readFactPages(database, kind, ledger, live)) {
          if (facts.length > 0) yield { kind, facts };
          await nextTurn();
        }
      }
    } catch (error) {
      throw translateError(error, this.#path);
    } finally {
      snapshot?.close();
    }
  }
}

const created = 1;
/** Small, because the facts of a page that were not created are folded in one go. */
const pageKeys = 256;

/**
 * The changes of the events after `since` and up to `until`, the latest first. A write's rows never change, so the pages need no common
 * transaction.
 *
 * Complexity: O(c log n) for c changes, and the assertions of each fact that an event did not create.
 */
function* readChangesBack(database: Database, ledger: Ledger, since: number, until: number): Generator<ChangedPage> {
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

const artifactField = fieldIndex('TRANSFER', 'artifact');
const senderField = fieldIndex('TRANSFER', 'sender');
const recipientField = fieldIndex('TRANSFER', 'recipient');

/**
 * Reads transfers by what they name, from a scan of their table in pages: an index would slow each import, and only a server with
 * EXPOSURE_PROJECTION=local asks, until it has packed all transfers (docs/decisions/more-than-memory.md).
 */
export function readPart<T>(
  path: string,
  work: (part: FactPart) => Promise<T>,
): Promise<{ readonly revision: number; readonly result: T }> {
  return readAtLength(path, async ({ database, ledger }) => ({
    revision: ledger.findRevision(undefined),
    result: await work(new SqliteFactPart(database, ledger)),
  }));
}

/** Complexity of each method: a scan of all transfers, and O(k log n) for the k that it looks at closely. */
class SqliteFactPart implements FactPart {
  readonly #database: Database;
  readonly #ledger: Ledger;
  readonly #table = tableOf('TRANSFER');

  constructor(database: Database, ledger: Ledger) {
    this.#database = database;
    this.#ledger = ledger;
  }

  async readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    const facts = await this.#readNaming('ORGANIZATION', [senderField, recipientField], organizations);
    return [...new Set(facts.map(({ values }) => values[artifactField] as string))];
  }

  readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    return this.#readNaming('ARTIFACT', [artifactField], artifacts);
  }

  async countTransfers(): Promise<number> {
    const { keys, name } = this.#table;
    const grouped = (select: string, having: string) =>
      `SELECT ${select} FROM ${name} WHERE ${inPage(this.#table)} GROUP BY ${keys} HAVING ${having}`;
    const countStatedOnce = this.#database
      .prepare(
        `SELECT COUNT(*) FROM (${grouped('MAX("said") AS "said", MAX("write") AS "write"', 'COUNT(*) = 1')})
        WHERE "said" <> 0 AND "write" NOT IN (SELECT "seq" FROM "write" WHERE "undone_at" IS NOT NULL)`,
      )
      .pluck();
    const listStatedOften = this.#database.prepare(grouped(keys, 'COUNT(*) > 1')).pluck();
    let count = 0;
    for await (const range of readPages(this.#database, this.#table)) {
      count += countStatedOnce.get(...range) as number;
      count += (await this.#readFacts(listStatedOften.all(...range) as string[])).length;
    }
    return count;
  }

  /** The transfers that name one of these in one of the fields. */
  async #readNaming(kind: FactKind, fields: readonly number[], keys: readonly string[]): Promise<RecordedFact[]> {
    const scope = { kind, keys, namers: ['TRANSFER'], limit: Infinity } as const;
    const ids = (await readNamersInTurns(this.#database, scope, this.#ledger))?.get('TRANSFER') ?? [];
    const wanted = new Set(keys);
    // An assertion that names one of these may not be the one that counts.
    return (await this.#readFacts(ids)).filter(({ values }) => fields.some((field) => wanted.has(values[field] as string)));
  }

  async #readFacts(ids: readonly string[]): Promise<RecordedFact[]> {
    const assertions = await readAssertionsInTurns(this.#database, 'TRANSFER', ids, this.#ledger, this.#ledger.findLive());
    return ids.flatMap((id) => foldAssertions(assertions.get(id) ?? []) ?? []);
  }
}
