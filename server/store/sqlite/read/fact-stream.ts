import { setImmediate as nextTurn } from 'node:timers/promises';
import { factKinds } from '../../../domain/facts.ts';
import type { FactBatch, FactStream, KnownAt } from '../../fact-store.ts';
import { translateError } from '../translate-error.ts';
import { readFactPages } from './read-assertions.ts';
import { openSnapshot } from './snapshot.ts';

/** Streams all facts of one snapshot, page by page. The event loop gets a turn between pages. */
export class SqliteFactStream implements FactStream {
  readonly #path: string;
  readonly #at: KnownAt | undefined;
  #revision: number | undefined;

  constructor(path: string, at: KnownAt | undefined) {
    this.#path = path;
    this.#at = at;
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
      for (const kind of factKinds) {
        for (const facts of readFactPages(database, kind, ledger, live)) {
          yield { kind, facts };
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
