import type { Database } from 'better-sqlite3';
import { sortByKey } from '../../../domain/assertion-list.ts';
import type { FactWrite, WriteOutcome } from '../../fact-write.ts';
import { Ledger } from '../read/ledger.ts';
import { addIncidents } from './documents.ts';
import { checkConflict, insertAssertions } from './write-facts.ts';
import { advanceClock, headOf, replaceHead, reserveHead, saveRevision } from './write-heads.ts';

/** The part of a plan that an insertion follows. */
export interface FollowedEffects {
  /** In shared memory: the effects found so far. */
  readonly effects: Uint8Array;
  /** Resolves to the number of assertions that are planned, in key order: more than `count`, unless the plan has ended. */
  follow(count: number): Promise<number>;
}

export interface BackgroundOutcome {
  readonly revision: number;
  readonly at: number;
}

/**
 * The transaction of an import that is inserted while its plan is made. At the end, the plan's effects must be those with which rows were
 * inserted.
 *
 * No reader sees a row before the COMMIT. There is no savepoint: with one, SQLite keeps the former content of changed pages as well, and
 * facts that were stated again took quadratic time.
 */
export class BackgroundTransaction {
  readonly #database: Database;
  readonly #write: FactWrite;
  readonly #plan: FollowedEffects;
  readonly #inserted: Uint8Array;
  readonly #ledger: Ledger;
  readonly #seq: number;

  /** Begins. Throws SQLITE_BUSY if another process writes for longer than the connection waits. */
  constructor(database: Database, write: FactWrite, plan: FollowedEffects) {
    this.#database = database;
    this.#write = write;
    this.#plan = plan;
    this.#inserted = new Uint8Array(write.assertions.length);
    database.exec('BEGIN IMMEDIATE');
    this.#ledger = new Ledger(database).refresh();
    this.#seq = this.#ledger.lastSeq + 1;
  }

  /** Inserts each assertion once the plan knows its effect. Throws CONFLICT as a commit. */
  async insert(): Promise<void> {
    checkConflict(this.#database, this.#ledger, this.#write);
    reserveHead(this.#database, this.#seq);
    const plan = { order: sortByKey(this.#write.assertions), effects: this.#plan.effects };
    const followed = { follow: (count: number) => this.#plan.follow(count), inserted: this.#inserted };
    await insertAssertions(this.#database, this.#ledger, this.#write, plan, this.#seq, followed);
  }

  /**
   * States the write, once its plan is complete, and commits.
   *
   * @returns undefined: the plan differs from what was inserted, so the caller must roll back
   */
  finish(counts: WriteOutcome['counts'], endedAt: number): BackgroundOutcome | undefined {
    if (Buffer.compare(this.#inserted, this.#plan.effects) !== 0) return undefined;
    const database = this.#database;
    const at = advanceClock(database, endedAt);
    const head = headOf(this.#write, { counts }, this.#ledger.findRevision(), at);
    replaceHead(database, this.#seq, head);
    if (this.#write.import !== undefined) addIncidents(database, this.#write.import.id, this.#write.import.incidents);
    this.#ledger.phrases.save();
    saveRevision(database, head.revision);
    database.exec('COMMIT');
    return { revision: head.revision, at };
  }
}
