import type { FactValue, RecordedAssertion, RecordedFact } from '../../domain/assertions.ts';
import { foldAssertions } from '../../domain/assertions.ts';
import type { FieldSpec } from '../../domain/fact-fields.ts';
import { factFields, fileNames } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds, pairKey, splitPairKey } from '../../domain/facts.ts';
import type { Ledger, Phrases } from './read/ledger.ts';
import type { Cell, Row } from './statements.ts';

/*
 * A cell of a kind's table holds the value of one field. The type of the field decides how: the column's affinity, and the value back
 * (write/insert-assertions.ts fills the cells). Null is a value that is not known.
 */

/** The type in the definition of a column, with a space before it, or nothing. */
function affinityOf(spec: FieldSpec): string {
  switch (spec.type) {
    case 'text':
      return spec.repeats === true ? '' : ' TEXT';
    case 'reference':
      return '';
    case 'enums':
    case 'texts':
    case 'attributes':
      return ' TEXT';
    case 'number':
      return ' REAL';
    default:
      return ' INTEGER';
  }
}

function decodeCell(spec: FieldSpec, cell: Cell, phrases: Phrases): FactValue {
  if (cell === null) return null;
  switch (spec.type) {
    case 'text':
    case 'number':
    case 'integer':
    case 'instant':
    case 'endInstant':
      return typeof cell === 'number' && spec.type === 'text' ? phrases.decode(cell) : cell;
    case 'reference':
      return spec.isKey ? cell : phrases.decode(cell);
    case 'enum':
      return spec.values[cell as number] as string;
    case 'boolean':
      return cell === 1;
    case 'enums':
    case 'texts':
    case 'attributes':
      return parseList(cell as string);
    default:
      return spec satisfies never;
  }
}

const lists = new Map<string, FactValue>();
const maxLists = 20_000;
const maxListText = 200;

/** Short lists repeat (roles, fragments), so equal lists share one object. */
function parseList(json: string): FactValue {
  if (json.length > maxListText) return JSON.parse(json) as FactValue;
  let list = lists.get(json);
  if (list === undefined) {
    list = JSON.parse(json) as FactValue;
    if (lists.size >= maxLists) lists.clear();
    lists.set(json, list);
  }
  return list;
}

/**
 * The table of one kind's assertions, derived from the field table.
 *
 * A row has the key's columns (text), `write`, `said`, `asserted_at`, `source`, `file`, `line`, `effect`, then a column for
 * each other field. Columns go by name. `said` is the set of the fields that the assertion states (stored-fields.ts); a
 * retraction states none. Texts that repeat (names of other facts, files, sources) are numbers of phrases. An enum is its
 * place in its catalog. Lists are JSON.
 */
export class KindTable {
  readonly kind: FactKind;
  readonly name: string;
  readonly keyColumns: readonly string[];
  /** In the order of a row. */
  readonly columnNames: readonly string[];
  /** The same, quoted, as SQL. */
  readonly columns: string;
  /** The condition `(key, write) > (?, ?)` for the start of a page. */
  readonly afterRow: string;
  readonly keys: string;
  readonly columnDefinitions: readonly string[];
  /** The definitions of the columns that hold fields other than the key, by the name of the column. */
  readonly fieldDefinitions: ReadonlyMap<string, string>;
  /** The number of columns in a row. */
  readonly columnCount: number;
  /** The rows that are read at once. A list of software has megabytes in one cell. */
  readonly pageRows: number;
  readonly #specs: readonly FieldSpec[];
  /** The index of each field in a row. */
  readonly #places: readonly number[];
  readonly #hasMergedField: boolean;
  /** By column. */
  readonly #isPhrase: readonly boolean[];

  constructor(kind: FactKind) {
    this.kind = kind;
    this.name = `assertion_${fileNames[kind]}`;
    this.#specs = factFields[kind];
    const others = this.#specs.filter((spec) => !spec.isKey);
    this.keyColumns = this.#specs.filter((spec) => spec.isKey).map((spec) => spec.column);
    const all = [...this.keyColumns, ...recordColumns, ...others.map((spec) => spec.column)];
    this.columnNames = all;
    this.columns = all.map(quoteName).join(', ');
    this.keys = this.keyColumns.map(quoteName).join(', ');
    const marks = this.keyColumns.map(() => '?').join(', ');
    this.afterRow = `(${this.keys}, "write") > (${marks}, ?)`;
    this.fieldDefinitions = new Map(others.map((spec) => [spec.column, `${quoteName(spec.column)}${affinityOf(spec)}`]));
    this.columnDefinitions = [
      ...this.keyColumns.map((column) => `${quoteName(column)} TEXT NOT NULL`),
      ...recordDefinitions,
      ...this.fieldDefinitions.values(),
    ];
    this.columnCount = all.length;
    this.pageRows = this.#specs.some((spec) => spec.type === 'text' && spec.rows !== undefined) ? 16 : 2048;
    let next = this.keyColumns.length + recordColumns.length;
    let nextKey = 0;
    this.#places = this.#specs.map((spec) => (spec.isKey ? nextKey++ : next++));
    this.#hasMergedField = this.#specs.some((spec) => spec.type === 'attributes');
    this.#isPhrase = [
      ...this.keyColumns.map(() => false),
      ...recordColumns.map((column) => column === 'source' || column === 'file'),
      ...others.map((spec) => spec.type === 'reference' || (spec.type === 'text' && spec.repeats === true)),
    ];
  }

  /** The values of the key's columns. */
  splitKey(key: string): string[] {
    return this.keyColumns.length === 1 ? [key] : splitPairKey(key);
  }

  keyOf(row: Row): string {
    return this.keyColumns.length === 1 ? (row[0] as string) : pairKey(row[0] as string, row[1] as string);
  }

  writeOf(row: Row): number {
    return row[this.keyColumns.length] as number;
  }

  effectOf(row: Row): number {
    return row[this.keyColumns.length + 6] as number;
  }

  isSameKey(a: Row, b: Row): boolean {
    return a[0] === b[0] && (this.keyColumns.length === 1 || a[1] === b[1]);
  }

  /** Columns that name facts of another kind. Key columns hold the id as text, other columns hold the number of a phrase. */
  referencesTo(kind: FactKind): { column: string; isPhrase: boolean }[] {
    return this.#specs.flatMap((spec) =>
      spec.type === 'reference' && spec.to === kind ? [{ column: spec.column, isPhrase: !spec.isKey }] : [],
    );
  }

  /** The index of a field in a row. */
  placeOf(field: number): number {
    return this.#places[field] as number;
  }

  /**
   * SQL that inserts `rowCount` rows.
   *
   * @param empty by place: whether the column is empty in all rows; the statement takes the other cells only
   * @param hasLongTexts whether a column of phrases may hold a text. Without, numbers of phrases are stored as integers of one to three
   *   bytes. A number is bound as a float, which a column without affinity would store in eight.
   */
  insertOf(rowCount: number, empty: readonly boolean[] = [], hasLongTexts = false): string {
    const cells = this.columnNames.map((_, place) => {
      if (empty[place] === true) return 'NULL';
      return this.#isPhrase[place] === true && !hasLongTexts ? 'CAST(? AS INTEGER)' : '?';
    });
    return `INSERT INTO ${this.name} (${this.columns}) VALUES ${new Array<string>(rowCount).fill(`(${cells.join(', ')})`).join(', ')}`;
  }

  /** Whether a column holds numbers of phrases. */
  isPhrase(place: number): boolean {
    return this.#isPhrase[place] as boolean;
  }

  decode(row: Row, ledger: Ledger): RecordedAssertion {
    const at = this.keyColumns.length;
    const write = ledger.get(row[at] as number);
    const said = ledger.fields.fromStored(this.kind, row[at + 1] as number);
    const values: (FactValue | undefined)[] = [];
    for (let i = 0; said !== 0 && i < this.#specs.length; i++) {
      values.push((said & (1 << i)) === 0 ? undefined : this.#decodeCell(i, row, ledger.phrases));
    }
    return {
      kind: this.kind,
      key: this.keyOf(row),
      isRetraction: said === 0,
      values,
      assertedAt: row[at + 2] as number,
      source: ledger.phrases.decode(row[at + 3] as Cell),
      file: ledger.phrases.decode(row[at + 4] as Cell),
      line: row[at + 5] as number | null,
      write: write.seq,
      sourceKey: write.sourceKey,
      importId: write.importId,
      by: write.by,
    };
  }

  /** The fact that a single assertion makes. Faster than `foldAssertions`, and most facts have one assertion. */
  decodeFact(row: Row, ledger: Ledger): RecordedFact | undefined {
    const at = this.keyColumns.length;
    const said = ledger.fields.fromStored(this.kind, row[at + 1] as number);
    if (said === 0) return undefined;
    if (this.#hasMergedField) return foldAssertions([this.decode(row, ledger)]);
    const specs = this.#specs;
    const values: FactValue[] = new Array(specs.length);
    for (let i = 0; i < specs.length; i++) {
      const value = (said & (1 << i)) === 0 ? null : this.#decodeCell(i, row, ledger.phrases);
      values[i] = value ?? (specs[i] as FieldSpec).default ?? null;
    }
    const write = ledger.get(row[at] as number);
    return {
      kind: this.kind,
      key: this.keyOf(row),
      values,
      provenance: {
        importId: write.importId,
        file: ledger.phrases.decode(row[at + 4] as Cell),
        line: row[at + 5] as number | null,
        assertedBy: write.by,
        assertedAt: row[at + 2] as number,
        source: ledger.phrases.decode(row[at + 3] as Cell),
      },
    };
  }

  #decodeCell(field: number, row: Row, phrases: Phrases): FactValue {
    return decodeCell(this.#specs[field] as FieldSpec, row[this.#places[field] as number] as Cell, phrases);
  }
}

/** Columns that every kind has, in the order of a row. */
const recordColumns = ['write', 'said', 'asserted_at', 'source', 'file', 'line', 'effect'] as const;

const recordDefinitions = [
  '"write" INTEGER NOT NULL REFERENCES "write" ("seq")',
  '"said" INTEGER NOT NULL',
  '"asserted_at" INTEGER NOT NULL',
  '"source"',
  '"file"',
  '"line" INTEGER',
  '"effect" INTEGER NOT NULL',
];

function quoteName(name: string): string {
  return `"${name}"`;
}

export const kindTables: ReadonlyMap<FactKind, KindTable> = new Map(factKinds.map((kind) => [kind, new KindTable(kind)]));

export function tableOf(kind: FactKind): KindTable {
  return kindTables.get(kind) as KindTable;
}
