/**
 * Texts that many facts have, each kept once: what comes from the network is a new string for each cell. Whoever keeps facts
 * then keeps little, and whoever looks such a text up finds it by what it is and not by its characters.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();
  /** Neighbours mostly have the same, and to compare is less than to look up. */
  readonly #last: (string | null)[] = [];

  /** @param column a small whole number: cells with the same are neighbours */
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
