import type { Projection } from '../projection/projection.ts';

/**
 * Keeps the latest answers that took long to work out, so that later pages, other orders and exports of the same question
 * need not be worked out again, and whoever asks while one is under way waits for it. An answer holds its projection:
 * with few kept, few past projections are.
 */
export class LatestAnswers {
  readonly #size: number;
  /** The latest used last. */
  #entries: { readonly projection: Projection; readonly key: string; readonly answer: Promise<unknown> }[] = [];

  constructor(size = 8) {
    this.#size = size;
  }

  /**
   * @param question tells this answer from all others: its name and whatever else decides it
   * @param make called where the answer is not at hand; what it throws is not kept
   */
  get<T>(projection: Projection, question: readonly [name: string, ...rest: unknown[]], make: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const at = this.#entries.findIndex((entry) => entry.projection === projection && entry.key === key);
    const entry = this.#entries.splice(at, at < 0 ? 0 : 1)[0] ?? { projection, key, answer: make() };
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    entry.answer.catch(() => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    });
    return entry.answer as Promise<T>;
  }
}
