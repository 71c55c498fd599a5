import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ChangedKeys, ChangedPage, ChangeReader, FactStream, KnownAt } from '../../fact-store.ts';
import { openReader } from '../open-database.ts';
import { translateError } from '../translate-error.ts';
import { turnMs } from '../turn-ms.ts';
import { readChangesBack } from './changes-back.ts';
import { SqliteFactStream } from './fact-stream.ts';
import { readChangedKeys } from './history.ts';
import { Ledger } from './ledger.ts';
import { readAssertions } from './read-assertions.ts';

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

  readFacts(at?: KnownAt): FactStream {
    return new SqliteFactStream(this.#path, at);
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    return this.read((database, ledger) => {
      const assertions = readAssertions(database, kind, [...new Set(keys)], ledger, ledger.findLive(at));
      return keys.flatMap((key) => foldAssertions(assertions.get(key) ?? []) ?? []);
    });
  }

  async readChangedKeys(revision: number, limit: number): Promise<ChangedKeys | undefined> {
    const ledger = this.read((_, read) => read);
    try {
      return await readChangedKeys(this.database, ledger, revision, limit);
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
