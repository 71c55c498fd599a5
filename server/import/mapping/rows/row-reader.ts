import type { Assertion, FactValue } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { maxCellLength, maxIdLength } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { formatInstant } from '../../../domain/instants.ts';
import { splitDate } from '../../matching/remarks.ts';
import { CellFault, parseCell } from '../../rows/parse-header.ts';
import type { Rejection } from '../../rows/rejection.ts';
import type { ColumnMapping, DateOrder, FileMapping } from '../mapping-types.ts';
import type { PartyBook } from '../party-book.ts';
import { type DateReading, readDate, toEnd } from '../values/read-dates.ts';
import { readStatedDate, readValue, unreadable } from '../values/read-values.ts';
import type { CellLedger } from './cell-ledger.ts';
import type { FactMerger } from './fact-merger.ts';
import type { Values } from './field-places.ts';
import { noValues } from './field-places.ts';

const attributeNameLength = maxIdLength;

export interface FieldColumn {
  readonly column: ColumnMapping;
  /** The field's index among the fields of the kind. */
  readonly at: number;
  readonly spec: FieldSpec;
}

/** How the rows of a file are read. */
export interface RowRules {
  readonly columns: readonly ColumnMapping[];
  readonly fileDateOrder: FileMapping['dateOrder'];
  /** The columns that hold a kind's own values: neither references nor names of parties. */
  fieldsOf(kind: FactKind): readonly FieldColumn[];
  /** The meaning that a person gave a cell; undefined without a decision. */
  meaningOf(index: number, text: string): string | null | undefined;
  /** @param isNeeded whether a fact requires the value, so that a person must decide its meaning */
  noteUnread(index: number, value: string, isNeeded: boolean): void;
  /** As that of `ListRules`. */
  withoutMarks(cell: string): { readonly text: string; readonly footnotes: readonly string[] };
  /** As those of `ListRules`. */
  readonly numberColumns: ReadonlySet<number>;
  readonly ledger: CellLedger;
}

/** The state of reading one row. */
export class RowReader {
  /** Whether a required value has no meaning yet. */
  isWaiting = false;
  /** The end that a date in the column of the deletion's state says, epoch ms. */
  deletedBefore: number | undefined;
  readonly cells: readonly string[];
  readonly line: number;
  readonly #rules: RowRules;
  /** Column -> its text, of cells that no rule reads. */
  readonly #unreadTexts = new Map<number, string>();
  /** Column -> the texts beside the names of its cell. */
  readonly #besideTexts = new Map<number, string[]>();
  #areFootnotesNoted = false;
  /** Column -> the footnotes of its cell. */
  readonly #footnotes = new Map<number, readonly string[]>();

  constructor(cells: readonly string[], line: number, rules: RowRules) {
    this.cells = cells;
    this.line = line;
    this.#rules = rules;
  }

  text(index: number): string {
    return this.cells[index] ?? '';
  }

  /** The text of a cell that is no name of an organization, without the marks behind it that footnotes explain. */
  textOf(index: number): string {
    const { text, footnotes } = this.#rules.withoutMarks(this.text(index));
    if (footnotes.length > 0) this.#footnotes.set(index, footnotes);
    return text;
  }

  /** The footnotes of the cells read so far, under the name of their attribute. */
  footnoteTexts(): Map<string, string> {
    return new Map([...this.#footnotes].map(([index, texts]) => this.#remark(index, texts)));
  }

  /** Notes what became of the footnotes. Call it once for a row. */
  noteFootnotes(change: 'REMARK' | 'REPAIRED', rule: string): void {
    for (const [index, texts] of this.#footnotes)
      this.#rules.ledger.note(change, index, rule, { text: this.text(index), becomes: texts.join('; ') });
  }

  dayOf(instant: FactValue | undefined): string | undefined {
    return typeof instant === 'number' ? new Date(instant).toISOString().slice(0, 10) : undefined;
  }

  /**
   * The row's values for a kind of fact, without references and names of parties.
   *
   * @param isBeside whether the row states another fact, and something else says what it does not
   */
  valuesOf(kind: FactKind, isBeside = false): Values {
    const values = noValues(kind);
    for (const { column, at, spec } of this.#rules.fieldsOf(kind)) {
      const value = this.#read(column, spec, isBeside);
      const before = values[at];
      // Two columns of one field are days of return and of deletion, of which the later one ends custody.
      if (typeof before === 'number' && typeof value === 'number') values[at] = Math.max(before, value);
      else if (value !== undefined) values[at] = value;
    }
    return values;
  }

  #read(column: ColumnMapping, spec: FieldSpec, isBeside: boolean): FactValue | undefined {
    const { ledger } = this.#rules;
    const { index } = column;
    const text = this.textOf(index).trim();
    if (text === '') return undefined;
    const meaning = this.#rules.meaningOf(index, text);
    if (meaning === null) {
      ledger.leave(index, 'says nothing, as a person decided');
      return undefined;
    }
    const order = column.dateOrder ?? this.#rules.fileDateOrder;
    const value =
      meaning === undefined ? readValue(spec, text, order, column.decimalMark, column.percentUnit) : readValue(spec, meaning, order);
    if (value !== unreadable) return this.#use(index, spec, text, value);
    const canonical = meaning === undefined ? undefined : parseCell(spec, meaning);
    if (canonical !== undefined && !(canonical instanceof CellFault)) return this.#use(index, spec, text, canonical);
    const deletion = spec.name === 'deletionState' && meaning === undefined ? readDeletion(spec, text, order) : undefined;
    if (typeof deletion?.date === 'object') {
      if (deletion.state === 'ATTESTED' || deletion.state === 'VERIFIED') this.deletedBefore = toEnd(deletion.date);
      return this.#use(index, spec, text, deletion.state);
    }
    // The order of day and month is a question of its own.
    if (meaning === undefined && (deletion?.date === 'OPEN_ORDER' || readStatedDate(spec, text, null) === 'OPEN_ORDER'))
      ledger.leave(index, 'waits for the order of day and month');
    else if (isBeside || (!spec.isRequired && !isAsked(spec))) this.keepUnread(index, text);
    else {
      this.#rules.noteUnread(index, text, true);
      ledger.leave(index, 'waits for its meaning');
      this.isWaiting = true;
    }
    return undefined;
  }

  #use(index: number, spec: FieldSpec, text: string, value: FactValue | undefined): FactValue | undefined {
    const { ledger } = this.#rules;
    if (value === undefined) {
      ledger.leave(index, 'says that nothing is known');
      return undefined;
    }
    ledger.use(index);
    ledger.translate(index, text, () => showValue(spec, value));
    // "Jane Roe <jane@acme.dev>" is more than its address.
    if (spec.name === 'contactEmail' && typeof value === 'string' && value.length < text.length) this.keepAsText(index, text);
    return typeof value === 'string' ? value.slice(0, maxCellLength) : value;
  }

  /** Notes a cell that no rule can read, and keeps it as text where the row's facts keep text. */
  keepUnread(index: number, text: string): void {
    this.#rules.noteUnread(index, text, false);
    this.keepAsText(index, text);
  }

  /** Keeps a cell as text where the row's facts keep text. */
  keepAsText(index: number, text: string): void {
    this.#rules.ledger.leave(index, 'does not fit the meaning of its column, and these facts keep no text');
    this.#unreadTexts.set(index, text);
  }

  /** Keeps texts that stand beside the names of a cell. Those of other names of the cell are forgotten. */
  keepBeside(index: number, texts: readonly string[]): void {
    this.#besideTexts.set(index, [...texts]);
  }

  /** The texts beside the names of one cell, under the name of their attribute. */
  textsBeside(index: number): Map<string, string> {
    const texts = this.#besideTexts.get(index) ?? [];
    return new Map(texts.length === 0 ? [] : [this.#remark(index, texts)]);
  }

  #remark(index: number, texts: readonly string[]): [string, string] {
    return [attributeName(`${this.#columnAt(index)} (remark)`), texts.join('; ').slice(0, maxCellLength)];
  }

  /** The official numbers of the row's organization. */
  numbers(): Map<string, string> {
    const { numberColumns } = this.#rules;
    return this.#keepColumns(({ index }) => numberColumns.has(index));
  }

  #keepColumns(isWanted: (column: ColumnMapping) => boolean): Map<string, string> {
    const texts = new Map<string, string>();
    const { columns, ledger } = this.#rules;
    for (const mapping of columns) {
      if (mapping.use !== 'ATTRIBUTE' || !isWanted(mapping)) continue;
      const { index, column } = mapping;
      const text = this.text(index).trim();
      if (text !== '') texts.set(attributeName(column), text.slice(0, maxCellLength));
      this.textOf(index);
      ledger.keep(index);
    }
    return texts;
  }

  /**
   * The columns kept as text, the unreadable cells of other columns, and the texts beside names.
   * @param hasNumbers whether the same fact keeps the official numbers too
   */
  attributes(hasNumbers: boolean): Map<string, string> {
    const { ledger, numberColumns } = this.#rules;
    const texts = this.#keepColumns(({ index }) => hasNumbers || !numberColumns.has(index));
    for (const [index, text] of this.#unreadTexts) {
      texts.set(attributeName(this.#columnAt(index)), text.slice(0, maxCellLength));
      ledger.keep(index);
    }
    for (const index of this.#besideTexts.keys()) for (const [name, text] of this.textsBeside(index)) texts.set(name, text);
    for (const [name, text] of this.footnoteTexts()) texts.set(name, text);
    if (!this.#areFootnotesNoted) this.noteFootnotes('REMARK', 'has a footnote');
    this.#areFootnotesNoted = true;
    return texts;
  }

  #columnAt(index: number): string {
    return (this.#rules.columns[index] as ColumnMapping).column;
  }
}

/**
 * Reads a date in a column of deletion states, alone or beside a word for the state: "Destroyed 2026-05-01". Whoever writes a date alone says that
 * the copy was deleted then. That is no evidence.
 */
function readDeletion(
  spec: FieldSpec,
  text: string,
  order: DateOrder | null,
): { readonly state: FactValue; readonly date: DateReading } | undefined {
  const [date, rest] = splitDate(text) ?? [];
  if (date === undefined || rest === undefined) return undefined;
  const state = rest === '' ? 'ATTESTED' : readValue(spec, rest, order);
  return typeof state === 'string' ? { state, date: readDate(date, order) } : undefined;
}

/** Whether an unknown word is asked about: without an answer, the copy would count as plaintext, or as not deleted. */
function isAsked({ name, type }: FieldSpec): boolean {
  return type === 'enum' && (name === 'form' || name === 'deletionState');
}

function attributeName(column: string): string {
  return column.slice(0, attributeNameLength);
}

/** A value as a report shows it. */
function showValue(spec: FieldSpec, value: FactValue): string {
  if (value === null) return 'no end';
  if (typeof value === 'number' && (spec.type === 'instant' || spec.type === 'endInstant')) {
    // An end counts the whole day, so it is the next day's first instant.
    const shown = formatInstant(spec.type === 'endInstant' && value % dayMs === 0 ? value - dayMs : value);
    return shown.replace(/T00:00:00(?:\.000)?Z$/, '');
  }
  return [value].flat().map(String).join('; ');
}

const dayMs = 86_400_000;

/** Receives what the rows of a file state, and knows the facts that they may name. */
export interface RowOutlets {
  readonly parties: PartyBook;
  readonly merger: FactMerger;
  /** Names of artifacts -> ids. */
  readonly findArtifact: (text: string) => string | undefined;
  /** Lets further rows name an artifact that a row creates. */
  readonly nameArtifact: (id: string, name: string) => void;
  /** Whether the store or another file of the import defines the organization. */
  readonly isDefined: (id: string) => boolean;
  readonly aliasesOf: (id: string) => readonly string[];
  readonly onAssertion: (assertion: Assertion) => void;
  readonly onRejection: (rejection: Rejection) => void;
  readonly assertedAt: number;
  readonly source: string | null;
}

/** The result for a row; a reason completes the sentence "the row …". */
export type RowResult = 'used' | 'repeated' | 'rejected' | { readonly leftOut: string };
