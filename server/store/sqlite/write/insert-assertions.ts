import type { Database, Statement } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { KindTable } from '../kind-table.ts';
import { tableOf } from '../kind-table.ts';
import type { Ledger } from '../read/ledger.ts';
import type { Row } from '../row.ts';
import { addHashes, RowHasher } from '../seals/row-hash.ts';
import { addToWriteSeal } from '../seals/seals.ts';

/** Rows per statement. With this many, the cost of a statement hardly matters. */
const rowsAtOnce = 32;

/** Inserts assertions of one kind, many per statement, into one reused array of cells. */
export class AssertionInserter {
  readonly #database: Database;
  readonly #table: KindTable;
  readonly #ledger: Ledger;
  readonly #statement: Statement;
  readonly #cells: Row;
  readonly #hasher: RowHasher;
  #filled = 0;
  /** The write of the assertions, and the sum of their hashes. */
  #write = 0;
  #sum = 0;

  /** @param count the approximate number of assertions */
  constructor(database: Database, kind: FactKind, ledger: Ledger, count: number) {
    this.#database = database;
    this.#table = tableOf(kind);
    this.#ledger = ledger;
    const rows = Math.max(1, Math.min(rowsAtOnce, count));
    this.#statement = database.prepare(this.#table.insertOf(rows));
    this.#hasher = new RowHasher(this.#table.columnNames);
    this.#cells = new Array(rows * this.#table.columnCount).fill(null);
  }

  /** Add the assertions of one write in key order, so that SQLite appends to the table instead of splitting its pages. */
  add(assertion: Assertion, write: number, effect: number): void {
    this.#table.encode(assertion, write, effect, this.#ledger, this.#cells, this.#filled);
    this.#write = write;
    this.#sum = addHashes(this.#sum, this.#hasher.hash(this.#cells, this.#filled));
    this.#filled += this.#table.columnCount;
    if (this.#filled < this.#cells.length) return;
    this.#statement.run(this.#cells);
    this.#filled = 0;
  }

  /** Call it after the last assertion. */
  flush(): void {
    if (this.#filled > 0) {
      this.#database.prepare(this.#table.insertOf(this.#filled / this.#table.columnCount)).run(this.#cells.slice(0, this.#filled));
      this.#filled = 0;
    }
    if (this.#write > 0) addToWriteSeal(this.#database, this.#write, this.#sum);
    this.#write = this.#sum = 0;
  }
}
