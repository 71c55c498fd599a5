import { FileFault } from '../rows/rejection.ts';

/** Estimated bytes of a fact, of a text that a fact keeps, and of a name through matching, without their characters. */
const factBytes = 450;
const textBytes = 110;
const nameBytes = 3600;
/** Of a filled cell of a workbook, and of a text that no other cell shares. */
const cellBytes = 24;
const cellTextBytes = 24;
const mostBytes = 340 * 1024 ** 2;

/** Whether a character of the text needs two bytes in memory. */
export function isWide(text: string): boolean {
  return /[^\0-\xff]/.test(text);
}

/**
 * Limits the memory of the lists of one import, however large their files are. A list that keeps more is rejected as a whole.
 *
 * Only what stays in memory counts: facts, their texts, and distinct names. A row that repeats known facts is free. The limit
 * holds about 70,000 vendors of one client, or 40,000 vendors with 20 texts each (docs/import.md).
 */
export class ListBudget {
  #left = mostBytes;

  takeFact(texts: ReadonlyMap<string, string>): void {
    let bytes = factBytes;
    for (const text of texts.values()) bytes += textBytes + text.length;
    this.#take(bytes);
  }

  takeText(text: string): void {
    this.#take(textBytes + text.length);
  }

  takeName(name: string): void {
    this.#take(nameBytes + name.length);
  }

  /** @param isOwn whether the text is kept for this cell alone */
  takeCell(text: string, isOwn: boolean): void {
    this.#take(cellBytes + (isOwn ? cellTextBytes + text.length * (isWide(text) ? 2 : 1) : 0));
  }

  /** Throws FileFault LIST_TOO_LARGE. */
  #take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new FileFault(
      'LIST_TOO_LARGE',
      1,
      'The lists of this import name more organizations, or keep more text, than fits into memory. Leave columns out, or import the rows in several files.',
    );
  }
}
