/**
 * Keeps each text that many facts share once. The driver makes a new string for each cell; shared strings save memory, and
 * look-ups compare them by identity instead of by their characters.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();
  /** The last text of each column. Successive cells are mostly equal, and a comparison is cheaper than a look-up. */
  readonly #last: (string | null)[] = [];

  /** @param column a small whole number, the same for all cells of a column */
  share(text: string | null, column: number): string | null {
    if (text === null) return null;
    const last = this.#last[column];
    if (text === last) return last;
    let shared = this.#texts.get(text);
    if (shared === undefined) {
      shared = text;
      this.#texts.set(text, text);
    }
    this.#last[column] = shared;
    return shared;
  }
}
