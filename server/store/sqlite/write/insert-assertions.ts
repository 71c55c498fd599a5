import type { Database, Statement } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ConstantCell, KindTable } from '../kind-table.ts';
import { tableOf } from '../kind-table.ts';

import type { Ledger } from '../read/ledger.ts';
import { addHashes, RowHasher } from '../seals/row-hash.ts';
import { addToWriteSeal } from '../seals/seals.ts';
import type { Cell, Row } from '../statements.ts';

/** Rows per statement. With this many, the cost of a statement hardly matters. */
const rowsAtOnce = 32;

/**
 * Inserts assertions of one kind and one write, many per statement.
 *
 * Cells go to SQLite as arguments, because it takes twice as long to read them from an array. Cells that all rows share stand in the
 * statement.
 */
export class AssertionInserter {
  /** The next row, with its constants: fill it, then call `push`. */
  readonly row: Row;
  readonly #database: Database;
  readonly #table: KindTable;
  readonly #ledger: Ledger;
  readonly #write: number;
  readonly #constants: readonly ConstantCell[];
  readonly #hasher: RowHasher;
  /** The places of cells that differ from row to row. */
  readonly #places: readonly number[];
  readonly #isPhrase: readonly boolean[];
  readonly #cells: Row;
  readonly #statements = new Map<string, Statement>();
  #filled = 0;
  #hasLongTexts = false;
  /** The sum of the hashes. */
  #sum = 0;
  #isEmpty = true;

  /**
   * @param count the approximate number of assertions
   * @param constants cells that all rows share, by their place in a row
   */
  constructor(database: Database, kind: FactKind, ledger: Ledger, write: number, count: number, constants: readonly ConstantCell[] = []) {
    this.#database = database;
    this.#table = tableOf(kind);
    this.#ledger = ledger;
    this.#write = write;
    this.#constants = constants;
    this.#hasher = new RowHasher(this.#table.columnNames);
    this.row = this.#table.columnNames.map((_, place): Cell => constants[place] ?? null);
    this.#places = this.row.flatMap((_, place) => (constants[place] === undefined ? [place] : []));
    this.#isPhrase = this.#places.map((place) => this.#table.isPhrase(place));
    this.#cells = new Array<Cell>(Math.max(1, Math.min(rowsAtOnce, count)) * this.#places.length).fill(null);
  }

  /** Add assertions in key order, so that SQLite appends to the table instead of splitting its pages. */
  add(assertion: Assertion, effect: number): void {
    this.#table.encode(assertion, this.#write, effect, this.#ledger, this.row);
    this.push();
  }

  /** Inserts `row`. */
  push(): void {
    const { row } = this;
    this.#isEmpty = false;
    this.#sum = addHashes(this.#sum, this.#hasher.hash(row));
    for (let i = 0; i < this.#places.length; i++) {
      const cell = row[this.#places[i] as number] as Cell;
      if (this.#isPhrase[i] === true && typeof cell === 'string') this.#hasLongTexts = true;
      this.#cells[this.#filled++] = cell;
    }
    if (this.#filled === this.#cells.length) this.#run(this.#cells);
  }

  /** Call it after the last assertion. */
  flush(): void {
    if (this.#filled > 0) this.#run(this.#cells.slice(0, this.#filled));
    if (!this.#isEmpty) addToWriteSeal(this.#database, this.#write, this.#sum);
    this.#sum = 0;
    this.#isEmpty = true;
  }

  #run(cells: Row): void {
    const rows = cells.length / this.#places.length;
    const name = `${rows} ${this.#hasLongTexts}`;
    let statement = this.#statements.get(name);
    if (statement === undefined) {
      statement = this.#database.prepare(this.#table.insertOf(rows, this.#constants, this.#hasLongTexts));
      this.#statements.set(name, statement);
    }
    statement.run(...cells);
    this.#filled = 0;
    this.#hasLongTexts = false;
  }
}
