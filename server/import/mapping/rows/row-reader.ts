import type { FactValue } from '../../../domain/assertions.ts';
import type { FieldSpec } from '../../../domain/fact-fields.ts';
import { maxCellLength, maxIdLength } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { CellFault, parseCell } from '../../rows/parse-cell.ts';
import type { ColumnMapping, FileMapping } from '../mapping-types.ts';
import { readDate } from '../values/read-dates.ts';
import { readValue, unreadable } from '../values/read-values.ts';
import { noValues, type Values } from './field-places.ts';

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
}

/** The state of reading one row. */
export class RowReader {
  /** Whether a required value has no meaning yet. */
  isWaiting = false;
  readonly cells: readonly string[];
  readonly line: number;
  readonly #rules: RowRules;
  readonly #unreadTexts = new Map<string, string>();

  constructor(cells: readonly string[], line: number, rules: RowRules) {
    this.cells = cells;
    this.line = line;
    this.#rules = rules;
  }

  text(index: number): string {
    return this.cells[index] ?? '';
  }

  dayOf(instant: FactValue | undefined): string | undefined {
    return typeof instant === 'number' ? new Date(instant).toISOString().slice(0, 10) : undefined;
  }

  /** The row's values for a kind of fact, without references and names of parties. */
  valuesOf(kind: FactKind): Values {
    const values = noValues(kind);
    for (const { column, at, spec } of this.#rules.fieldsOf(kind)) values[at] = this.#read(column, spec);
    return values;
  }

  #read(column: ColumnMapping, spec: FieldSpec): FactValue | undefined {
    const raw = this.text(column.index);
    const text = raw.trim();
    if (text === '') return undefined;
    const meaning = this.#rules.meaningOf(column.index, text);
    if (meaning === null) return undefined;
    const order = column.dateOrder ?? this.#rules.fileDateOrder;
    const value =
      meaning === undefined ? readValue(spec, text, order, column.decimalMark, column.percentUnit) : readValue(spec, meaning, order);
    if (value !== unreadable) return typeof value === 'string' ? value.slice(0, maxCellLength) : value;
    const canonical = meaning === undefined ? undefined : parseCell(spec, meaning);
    if (canonical !== undefined && !(canonical instanceof CellFault)) return canonical;
    // The order of day and month is a question of its own.
    if (meaning === undefined && readDate(text, null) === 'OPEN_ORDER') return undefined;
    if (!spec.isRequired) this.keepUnread(column.index, text);
    else {
      this.#rules.noteUnread(column.index, text, true);
      this.isWaiting = true;
    }
    return undefined;
  }

  /** Notes a cell that no rule can read, and keeps it as text where the row's facts keep text. */
  keepUnread(index: number, text: string): void {
    this.#rules.noteUnread(index, text, false);
    this.#unreadTexts.set((this.#rules.columns[index] as ColumnMapping).column, text);
  }

  /** The columns kept as text, and the unreadable cells of other columns. */
  attributes(): Map<string, string> {
    const texts = new Map<string, string>();
    for (const { index, column, use } of this.#rules.columns) {
      if (use !== 'ATTRIBUTE') continue;
      const text = this.text(index).trim();
      if (text !== '') texts.set(column.slice(0, attributeNameLength), text.slice(0, maxCellLength));
    }
    for (const [column, text] of this.#unreadTexts) texts.set(column.slice(0, attributeNameLength), text.slice(0, maxCellLength));
    return texts;
  }
}
