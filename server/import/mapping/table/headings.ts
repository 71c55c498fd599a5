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
