import type { Database } from 'better-sqlite3';
import { sortByKey } from '../../../domain/assertion-list.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { KindRows } from '../../../domain/packed/kind-rows.ts';
import type { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import { TextTable } from '../../../domain/packed/text-table.ts';
import type { BackgroundRows } from '../../fact-store.ts';
import type { FactWrite } from '../../fact-write.ts';
import { effects } from '../../fact-write.ts';
import type { WriteEffects } from '../../plan/write-plan.ts';
import { tableOf } from '../kind-table.ts';
import { Ledger } from '../read/ledger.ts';
import { addIncidents } from './documents.ts';
import { AssertionInserter } from './insert-assertions.ts';
import { PackedCells, PackedPhrases } from './packed-cells.ts';
import { checkConflict, insertAssertions } from './write-facts.ts';
import { advanceClock, headOf, replaceHead, reserveHead, saveRevision } from './write-heads.ts';

const created = effects.indexOf('CREATED');

/** The part of a plan that an insertion follows. */
export interface FollowedEffects {
  /** In shared memory: the effects found so far. */
  readonly effects: Uint8Array;
  /** Resolves to the number of assertions that are planned, in key order: more than `count`, unless the plan has ended. */
  follow(count: number): Promise<number>;
}

/**
 * The transaction of an import that is written before it is planned. Rows that the store cannot have yet are inserted as new facts while
 * the files are still read. The others follow the plan. At the end, the plan's effects must be those with which rows were inserted.
 *
 * No reader sees a row before the COMMIT. There is no savepoint: with one, SQLite keeps the former content of changed pages as well, and
 * facts that were stated again took quadratic time.
 */
export class BackgroundTransaction {
  readonly #database: Database;
  readonly #ledger: Ledger;
  readonly #texts = new TextTable();
  readonly #phrases: PackedPhrases;
  /** The rows that were inserted before the plan. */
  readonly #taken = new Map<FactKind, Range[]>();
  #seq = 0;
  #inserted = new Uint8Array(0);

  constructor(database: Database) {
    this.#database = database;
    this.#ledger = new Ledger(database);
    this.#phrases = new PackedPhrases(this.#texts, this.#ledger);
  }

  /** Throws SQLITE_BUSY while another process writes. */
  begin(): void {
    this.#database.exec('BEGIN IMMEDIATE');
    this.#ledger.refresh();
    this.#seq = this.#ledger.lastSeq + 1;
    reserveHead(this.#database, this.#seq);
  }

  /** Adds the texts that the next rows name. */
  addTexts({ texts }: BackgroundRows): void {
    this.#texts.append(texts);
  }

  /** Inserts rows whose keys ascend, unless the store has a key of their range. Call it after `begin`. */
  take({ kind, firstRow, block }: BackgroundRows): void {
    const table = tableOf(kind);
    const [column] = table.keyColumns;
    const rows = new KindRows(kind, this.#texts, [block]);
    const range = this.#database.prepare(`SELECT 1 FROM ${table.name} WHERE "${column}" BETWEEN ? AND ? LIMIT 1`);
    if (table.keyColumns.length > 1 || range.get(rows.key(0), rows.key(block.count - 1)) !== undefined) return;
    const cells = new PackedCells(rows, this.#phrases, this.#ledger, this.#seq, created);
    const inserter = new AssertionInserter(this.#database, kind, this.#ledger, this.#seq, block.count, cells.constants);
    for (let row = 0; row < block.count; row++) {
      cells.encode(row, created, inserter.row);
      inserter.push();
    }
    inserter.flush();
    getOrInsert(this.#taken, kind, () => []).push({ start: firstRow, end: firstRow + block.count });
  }

  /** Inserts the assertions that were not taken, as soon as the plan knows their effects. Throws CONFLICT as a commit. */
  async insertRest(write: FactWrite, { effects: planned, follow }: FollowedEffects): Promise<void> {
    checkConflict(this.#database, this.#ledger, write);
    const { assertions } = write;
    const order = sortByKey(assertions);
    this.#inserted = new Uint8Array(assertions.length);
    for (const [kind, blocks] of this.#taken) this.#markTaken(assertions as PackedAssertions, order.get(kind) ?? [], blocks);
    // Most phrases are known, and the plan is not.
    this.#ledger.phrases.save();
    const plan = { order, effects: planned };
    await insertAssertions(this.#database, this.#ledger, write, plan, this.#seq, { follow, inserted: this.#inserted });
  }

  /**
   * States the write, once its plan is complete.
   *
   * @returns undefined: the plan differs from what was inserted, so the caller must roll back
   */
  finish(write: FactWrite, { counts, effects: planned }: Pick<WriteEffects, 'counts' | 'effects'>): BackgroundOutcome | undefined {
    if (Buffer.compare(this.#inserted, planned) !== 0) return undefined;
    const database = this.#database;
    const at = advanceClock(database, write.at);
    const head = headOf(write, { counts }, this.#ledger.findRevision(), at);
    replaceHead(database, this.#seq, head);
    if (write.import !== undefined) addIncidents(database, write.import.id, write.import.incidents);
    this.#ledger.phrases.save();
    saveRevision(database, head.revision);
    return { revision: head.revision, at };
  }

  #markTaken(packed: PackedAssertions, indexes: Iterable<number>, blocks: readonly Range[]): void {
    const isTaken = new Uint8Array((blocks[blocks.length - 1] as Range).end);
    for (const { start, end } of blocks) isTaken.fill(1, start, end);
    for (const index of indexes) if (isTaken[packed.rowOf(index)] === 1) this.#inserted[index] = created;
  }
}

/** Rows of a kind: the first, and the one after the last. */
interface Range {
  readonly start: number;
  readonly end: number;
}

export interface BackgroundOutcome {
  readonly revision: number;
  readonly at: number;
}
