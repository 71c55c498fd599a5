import { toRegisterHeader } from '../../../domain/columns/dora-codes.ts';
import type { DoraTemplate } from '../../../domain/columns/dora-templates.ts';
import { doraTemplates } from '../../../domain/columns/dora-templates.ts';
import { toPlainHeader } from '../../../domain/columns/plain-header.ts';

/** The index of a column that a decision names: by its name, else without case and punctuation, else by its number from #1. */
export function findColumnIndex(names: readonly string[], wanted: string): number {
  const equal = names.indexOf(wanted);
  if (equal >= 0) return equal;
  const number = /^#(\d+)$/.exec(wanted.trim());
  if (number !== null) return Number(number[1]) <= names.length ? Number(number[1]) - 1 : -1;
  const plain = toPlainHeader(wanted);
  return plain === '' ? -1 : names.findIndex((name) => toPlainHeader(name) === plain);
}

/** Unique names of the columns: an empty header is named by its position, and a duplicate is numbered. */
export function nameColumns(header: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return header.map((text, index) => {
    const name = text.replace(/\s+/g, ' ').trim() || `Column ${index + 1}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/** `c0010`, `0010`, `B_05.01.0010`, each alone or before the column's name. */
const code = /^(?:(?:b|rt)[_.]\d{2}[_.]\d{2}[_.])?c?(\d{4})$/i;

/** The template that a file or sheet is, such as b_05.01; undefined if its name is none of the register's. */
export function doraTemplateOf(name: string): string | undefined {
  const last = name.slice(name.indexOf('#') + 1);
  const found = /(?:^|[^a-z0-9])(?:b|rt)[_.]?(\d{2})[_.](\d{2})(?!\d)/i.exec(last);
  return found === null ? undefined : `b_${found[1]}.${found[2]}`;
}

/** Whether every text of a row is the code of a column. Such a row replaces the header or follows it. */
export function isCodeRow(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 1 && filled.every((cell) => code.test(cell.trim()));
}

/**
 * The header with the names of the columns instead of their codes, or instead of the names that another edition of the register gives them.
 * Any other header stays unchanged.
 */
export function nameDoraColumns(fileName: string, header: readonly string[]): readonly string[] {
  const template = doraTemplateOf(fileName);
  const names =
    template === undefined ? undefined : (doraTemplates[template as DoraTemplate] as Readonly<Record<string, string>> | undefined);
  if (names === undefined) return header;
  if (!isCodeRow(header)) {
    const known = new Map(Object.values(names).map((name) => [toRegisterHeader(name), name]));
    return header.map((text) => {
      const name = known.get(toRegisterHeader(text)) ?? text;
      return toPlainHeader(name) === toPlainHeader(text) ? text : name;
    });
  }
  return header.map((text) => names[`c${code.exec(text.trim())?.[1]}`] ?? text);
}

/** A footnote mark at the end of a cell: `*`, `¹`, `[2]`, `(3)`, `^4`. */
const mark = /(?:[*†‡§¶◊⁎※°¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z])\]|\(\d{1,2}\)|\^\d{1,2})$/u;
const leadingMark = /^(?:[*†‡§¶◊⁎※°¹²³⁰⁴-⁹]+|\[(?:\d{1,2}|[a-z])\]|\(\d{1,2}\)|\^\d{1,2})(?=\s*\p{L})/u;
const lastSigns = /[*†‡§¶◊⁎※°¹²³⁰⁴-⁹)\]\d]$/u;
const longestMark = 12;

/** The footnote mark at the end of a text without blanks there. O(1). */
export function findLastMark(text: string): string | undefined {
  return lastSigns.test(text.slice(-1)) ? mark.exec(text.slice(-longestMark))?.[0] : undefined;
}

/** Whether a text begins with a footnote mark. */
export function isFootnote(text: string): boolean {
  return leadingMark.test(text);
}

/**
 * Recognizes headings between the rows of a table: "Infrastructure" alone in its row, above the vendors of that group; and its footnotes.
 *
 * A vendor of which only the name is known looks the same. So a lonely text is a heading only in a table whose other rows are
 * filled: at most one row in eight is lonely, and nearly all others leave at most one cell empty.
 */
export class Headings {
  #rows = 0;
  #lonely = 0;
  #full = 0;
  /** The marks behind other texts, each of which a footnote may explain. */
  readonly #marks = new Set<string>();

  add(cells: readonly string[]): void {
    for (const cell of cells) {
      const text = cell.trim();
      const last = findLastMark(text);
      if (last !== undefined && last.length < text.length) this.#marks.add(last);
    }
    const filled = countFilled(cells);
    this.#rows++;
    if (filled === 1) this.#lonely++;
    else if (filled >= cells.length - 1) this.#full++;
  }

  /** Call it once all rows are added. */
  findReason(cells: readonly string[]): string | undefined {
    if (this.#marks.size > 0 && cells.length > 1 && countFilled(cells) === 1 && this.#isFootnote(cells))
      return 'is a note beside the table';
    const isSectioned = this.#lonely > 1 && this.#lonely * 8 <= this.#rows && this.#full >= (this.#rows - this.#lonely) * 0.95;
    return isSectioned && cells.length > 2 && countFilled(cells) === 1 ? 'is a heading between the rows' : undefined;
  }

  /** Whether a lonely text begins with a mark that stands behind another text of the table. */
  #isFootnote(cells: readonly string[]): boolean {
    const found = leadingMark.exec(cells.find((cell) => cell.trim() !== '')?.trim() ?? '');
    return found !== null && this.#marks.has(found[0]);
  }
}

function countFilled(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') filled++;
  return filled;
}
