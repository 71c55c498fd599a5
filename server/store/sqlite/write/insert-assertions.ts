import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { KindRows } from '../../../domain/packed/kind-rows.ts';
import type { PackedAssertions } from '../../../domain/packed/packed-assertions.ts';
import type { ColumnType, ExtraColumn, PackedColumn, TextTable } from '../../../domain/packed/packed-block.ts';
import { columnTypes, extraColumnsOf, numberAt, textAt } from '../../../domain/packed/packed-block.ts';
import type { KindTable } from '../kind-table.ts';
import { kindTables, tableOf } from '../kind-table.ts';
import type { Ledger } from '../read/ledger.ts';
import { turnMs } from '../read/read-assertions.ts';
import { addHashes, addToWriteSeal, RowHasher } from '../seals.ts';
import type { Cell, Row } from '../statements.ts';
import { prepareOnce } from '../statements.ts';

const refused = 4;
/** Rows inserted before another look at the clock. */
const sliceRows = 128;

/**
 * Inserts the assertions of a write, but refused ones, in key order, so that SQLite appends to each table instead of splitting its pages.
 *
 * @param effects of each assertion
 * @param seq the number of the write
 * @param phrases of the texts of the assertions
 */
export async function insertAssertions(
  database: Database,
  ledger: Ledger,
  assertions: PackedAssertions,
  effects: Uint8Array,
  seq: number,
  phrases = new PackedPhrases(assertions.texts, ledger),
): Promise<void> {
  let end = performance.now() + turnMs;
  for (const [kind, order] of assertions.sortedByKey()) {
    const cells = new PackedCells(assertions.rowsOf(kind) as KindRows, phrases, ledger, seq);
    const inserter = new RowInserter(database, kind, seq, cells.empty);
    for (let i = 0; i < order.length; i++) {
      if (i % sliceRows === sliceRows - 1 && performance.now() > end) {
        await nextTurn();
        end = performance.now() + turnMs;
      }
      const index = order[i] as number;
      const effect = effects[index] as number;
      if (effect === refused) continue;
      cells.encode(assertions.rowOf(index), effect, inserter.row);
      inserter.push();
    }
    inserter.flush();
  }
}

/** Rows per statement. With this many, the cost of a statement hardly matters. The rows that are left go one by one. */
const rowsAtOnce = 32;

const hashers = new Map([...kindTables].map(([kind, { columnNames }]) => [kind, new RowHasher(columnNames)]));

/**
 * Inserts rows of one kind and one write, many per statement.
 *
 * Cells go to SQLite as arguments, because it takes twice as long to read them from an array. Columns that are empty in all rows stand in
 * the statement. Nothing else does, so one statement serves many writes.
 */
class RowInserter {
  /** The next row: fill it, then call `push`. */
  readonly row: Row;
  readonly #database: Database;
  readonly #table: KindTable;
  readonly #write: number;
  readonly #empty: readonly boolean[];
  readonly #hasher: RowHasher;
  /** The places of the other columns. */
  readonly #places: readonly number[];
  readonly #isPhrase: readonly boolean[];
  readonly #cells: Row;
  readonly #statements = new Map<string, Statement>();
  #filled = 0;
  #hasLongTexts = false;
  /** The sum of the hashes. */
  #sum = 0;
  #isEmpty = true;

  /** @param empty by the place in a row: whether the column is empty in all rows */
  constructor(database: Database, kind: FactKind, write: number, empty: readonly boolean[]) {
    this.#database = database;
    this.#table = tableOf(kind);
    this.#write = write;
    this.#empty = empty;
    this.#hasher = hashers.get(kind) as RowHasher;
    this.row = empty.map((): Cell => null);
    this.#places = empty.flatMap((isEmpty, place) => (isEmpty ? [] : [place]));
    this.#isPhrase = this.#places.map((place) => this.#table.isPhrase(place));
    this.#cells = new Array<Cell>(rowsAtOnce * this.#places.length).fill(null);
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
    if (this.#filled === this.#cells.length) this.#insert();
  }

  /** Call it after the last row. */
  flush(): void {
    if (this.#filled > 0) this.#insert();
    if (!this.#isEmpty) addToWriteSeal(this.#database, this.#write, this.#sum);
    this.#sum = 0;
    this.#isEmpty = true;
  }

  /** Inserts the rows that are pushed: in one statement if they are as many as it takes, else one by one. */
  #insert(): void {
    const [end, width] = [this.#filled, this.#places.length];
    const step = end === this.#cells.length ? end : width;
    const name = `${step} ${this.#hasLongTexts}`;
    let statement = this.#statements.get(name);
    if (statement === undefined) {
      statement = prepareOnce(this.#database, this.#table.insertOf(step / width, this.#empty, this.#hasLongTexts));
      this.#statements.set(name, statement);
    }
    for (let at = 0; at < end; at += step) statement.run(...this.#cells.slice(at, at + step));
    this.#filled = 0;
    this.#hasLongTexts = false;
  }
}

/** The phrases of a table of texts: a text that has a number is looked up once. */
export class PackedPhrases {
  readonly #texts: TextTable;
  readonly #ledger: Ledger;
  /** The phrase of each text; 0: not looked up yet, or a text that is no phrase. */
  #phrases: Uint32Array;

  /** @param texts may grow */
  constructor(texts: TextTable, ledger: Ledger) {
    this.#texts = texts;
    this.#ledger = ledger;
    this.#phrases = new Uint32Array(texts.count);
  }

  text(text: number): string {
    return this.#texts.text(text);
  }

  /** @param text a number of the table of texts; 0: none */
  cell(text: number): Cell {
    if (text === 0) return null;
    const known = this.#phrases[text];
    if (known !== undefined && known !== 0) return known;
    if (known === undefined) this.#grow();
    const cell = this.#ledger.phrases.encode(this.#texts.text(text));
    if (typeof cell === 'number') this.#phrases[text] = cell;
    return cell;
  }

  #grow(): void {
    const longer = new Uint32Array(Math.max(this.#texts.count, this.#phrases.length * 2));
    longer.set(this.#phrases);
    this.#phrases = longer;
  }
}

/**
 * Fills rows of the store (kind-table.ts) from the columns of packed assertions of one kind and one write, without making an assertion.
 */
class PackedCells {
  /** By the place in a row: whether the column is empty in all rows. */
  readonly empty: readonly boolean[];
  readonly #kind: FactKind;
  readonly #write: number;
  readonly #ledger: Ledger;
  readonly #phrases: PackedPhrases;
  readonly #rows: KindRows;
  readonly #specs: readonly FieldSpec[];
  readonly #types: readonly ColumnType[];
  /** The place of each field in a row. */
  readonly #places: readonly number[];
  /** The fields of the key, as bits: a retraction has them, too. */
  readonly #keyBits: number;
  /** The fields that a row has a value of. */
  readonly #fields: readonly number[];
  /** By field of an enum: each text met, then its place in the catalog. So few are found faster than in a map. */
  readonly #enums: readonly number[][];
  /** By field. */
  readonly #modes: readonly number[];
  /** The columns of a block that every kind has. */
  readonly #extra: Readonly<Record<ExtraColumn, number>>;
  /** The place of `write` in a row. */
  readonly #recordPlace: number;

  constructor(rows: KindRows, phrases: PackedPhrases, ledger: Ledger, write: number) {
    const { kind } = rows;
    const table = tableOf(kind);
    this.#kind = kind;
    this.#write = write;
    this.#ledger = ledger;
    this.#phrases = phrases;
    this.#rows = rows;
    this.#specs = factFields[kind];
    this.#types = columnTypes(kind);
    this.#places = this.#specs.map((_, field) => table.placeOf(field));
    this.#keyBits = this.#specs.reduce((bits, { isKey }, field) => (isKey ? bits | (1 << field) : bits), 0);
    this.#enums = this.#specs.map(() => []);
    this.#modes = this.#specs.map((spec, field) => modeOf(spec, this.#types[field]));
    this.#extra = extraColumnsOf(kind);
    this.#recordPlace = table.keyColumns.length;
    this.empty = this.#findEmpty(table.columnCount);
    this.#fields = this.#specs.flatMap((_, field) => (this.empty[this.#places[field] as number] === true ? [] : [field]));
  }

  /** @param row among the rows of its kind */
  encode(row: number, effect: number, cells: Row): void {
    const { columns } = this.#rows.blockOf(row);
    const at = this.#rows.placeOf(row);
    const { stated, unknown, assertedAt, source, file, line } = this.#extra;
    const statedBits = numberAt(columns[stated] as PackedColumn, at);
    const valued = this.#keyBits | (statedBits & ~numberAt(columns[unknown] as PackedColumn, at));
    for (let i = 0; i < this.#fields.length; i++) {
      const field = this.#fields[i] as number;
      const isValued = (valued & (1 << field)) !== 0;
      cells[this.#places[field] as number] = isValued ? this.#cell(field, columns[field] as PackedColumn, at) : null;
    }
    const place = this.#recordPlace;
    cells[place] = this.#write;
    cells[place + 1] = this.#ledger.fields.toStored(this.#kind, statedBits);
    cells[place + 2] = numberAt(columns[assertedAt] as PackedColumn, at);
    cells[place + 3] = this.#phrases.cell(numberAt(columns[source] as PackedColumn, at));
    cells[place + 4] = this.#phrases.cell(numberAt(columns[file] as PackedColumn, at));
    cells[place + 5] = numberAt(columns[line] as PackedColumn, at) || null;
    cells[place + 6] = effect;
  }

  #cell(field: number, column: PackedColumn, at: number): Cell {
    const { values, constant } = column;
    const number = values === null ? constant : (values[at] as number);
    switch (this.#modes[field]) {
      case modes.number:
        return number;
      case modes.phrase:
        return this.#phrases.cell(number);
      case modes.word:
        return this.#enumCell(field, this.#specs[field] as FieldSpec & { readonly type: 'enum' }, number);
      case modes.key:
        return this.#phrases.text(number);
      default:
        // Lists are JSON in both.
        return textAt(column, at);
    }
  }

  #enumCell(field: number, spec: FieldSpec & { readonly type: 'enum' }, text: number): number {
    const known = this.#enums[field] as number[];
    for (let i = 0; i < known.length; i += 2) if (known[i] === text) return known[i + 1] as number;
    const place = spec.values.indexOf(this.#phrases.text(text));
    known.push(text, place);
    return place;
  }

  #findEmpty(columnCount: number): boolean[] {
    const { stated, unknown, source, file, line } = this.#extra;
    let some = this.#keyBits;
    for (const { count, columns } of this.#rows.blocks) {
      const [isStated, isUnknown] = [columns[stated] as PackedColumn, columns[unknown] as PackedColumn];
      for (let at = 0; at < count; at++) some |= numberAt(isStated, at) & ~numberAt(isUnknown, at);
    }
    const empty = new Array<boolean>(columnCount).fill(false);
    for (let field = 0; field < this.#specs.length; field++) empty[this.#places[field] as number] = (some & (1 << field)) === 0;
    for (const [i, column] of [source, file, line].entries())
      empty[this.#recordPlace + 3 + i] = this.#rows.blocks.every(({ columns }) => isAllZero(columns[column] as PackedColumn));
    return empty;
  }
}

/** How a column becomes a cell. Numbers, because each cell of an import asks for one. */
const modes = { number: 0, phrase: 1, word: 2, key: 3, text: 4 } as const;

function modeOf({ isKey, type }: FieldSpec, column: ColumnType | undefined): number {
  if (column !== 'code') return column === 'number' ? modes.number : modes.text;
  if (isKey) return modes.key;
  return type === 'enum' ? modes.word : modes.phrase;
}

function isAllZero({ values, constant }: PackedColumn): boolean {
  return values === null && constant === 0;
}
