import { fromVocabulary, legalFormsOf, toPattern } from '../../vocabulary/vocabulary-rows.ts';
import { findCountry } from '../values/country-codes.ts';
import { readDate } from '../values/read-dates.ts';
import { readNumber } from '../values/read-values.ts';

/** Later rows do not change the picture of a column. */
const looked = 2000;
/** The form of a text shows in its first characters. */
const longestForm = 1000;

/** "Inc." after the comma of "Acme, Inc.". */
const legalFormAfterComma = fromVocabulary(() => new RegExp(`^\\s?(?:${toPattern(legalFormsOf('COMMA'))})\\b`, 'i'));

type Form = 'date' | 'email' | 'website' | 'country' | 'number' | 'text';

/** The forms of a column's cells in the first 2,000 rows of the right length, with the share of each form. */
export class ColumnForms {
  readonly #width: number;
  #looked = 0;
  readonly #counts: Map<Form, number>[];
  readonly #filled: number[];
  readonly #leadingSpaces: number[];

  constructor(width: number) {
    this.#width = width;
    this.#counts = Array.from({ length: width }, () => new Map());
    this.#filled = new Array(width).fill(0);
    this.#leadingSpaces = new Array(width).fill(0);
  }

  add(cells: readonly string[]): void {
    if (this.#looked >= looked) return;
    this.#looked++;
    for (let index = 0; index < this.#width; index++) {
      const cell = cells[index] ?? '';
      if (cell.trim() === '') continue;
      const counts = this.#counts[index] as Map<Form, number>;
      const form = formOf(cell);
      counts.set(form, (counts.get(form) ?? 0) + 1);
      (this.#filled as number[])[index] = (this.#filled[index] as number) + 1;
      if (/^\s/.test(cell)) (this.#leadingSpaces as number[])[index] = (this.#leadingSpaces[index] as number) + 1;
    }
  }

  /**
   * Repairs a row that an unquoted delimiter split into too many cells. Joins cells at the only place that gives every cell the
   * form of its column. Undefined if no place or several places fit: a wrong guess would move values to other columns.
   */
  repair(cells: readonly string[], delimiter: string): string[] | undefined {
    const extra = cells.length - this.#width;
    if (extra < 1 || extra > 3) return undefined;
    let best: { readonly score: number; readonly cells: string[] } | undefined;
    let isTied = false;
    for (let at = 0; at < this.#width; at++) {
      const joined = [...cells.slice(0, at), cells.slice(at, at + extra + 1).join(delimiter), ...cells.slice(at + extra + 1)];
      // A space after the comma indicates a sentence or a name: ", Inc."
      const spaces = cells.slice(at + 1, at + extra + 1).filter((cell) => /^\s/.test(cell)).length;
      const isSpacedColumn = (this.#leadingSpaces[at + 1] ?? 0) > (this.#filled[at + 1] ?? 0) / 2;
      const isLegalForm = legalFormAfterComma().test(cells[at + 1] ?? '');
      const score = this.#fit(joined) + (isSpacedColumn ? 0 : spaces) + (isLegalForm ? 1 : 0);
      if (best === undefined || score > best.score + 1e-9) {
        best = { score, cells: joined };
        isTied = false;
      } else if (Math.abs(score - best.score) <= 1e-9) isTied = true;
    }
    return best === undefined || isTied ? undefined : best.cells;
  }

  #fit(cells: readonly string[]): number {
    let fit = 0;
    for (const [index, cell] of cells.entries()) {
      const filled = this.#filled[index] as number;
      if (cell.trim() === '' || filled === 0) continue;
      fit += (((this.#counts[index] as Map<Form, number>).get(formOf(cell)) ?? 0) / filled) * 2 - 1;
    }
    return fit;
  }
}

function formOf(cell: string): Form {
  const text = cell.slice(0, longestForm).trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return 'email';
  if (/^(https?:\/\/|www\.)\S+$/i.test(text) || /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/\S*)?$/i.test(text)) return 'website';
  const date = text.length <= 40 ? readDate(text, null) : 'UNREADABLE';
  if (typeof date === 'object' || date === 'OPEN_ORDER' || date === 'NO_END') return 'date';
  if (readNumber(text) !== undefined) return 'number';
  return findCountry(text) === undefined ? 'text' : 'country';
}
