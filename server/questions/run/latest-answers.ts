import type { Projection } from '../../projection/projection.ts';

interface Entry {
  readonly projection: Projection;
  readonly key: string;
  readonly answer: Promise<unknown>;
  /** Ends the work. */
  readonly leave: AbortController;
  /** How many still wait for it. */
  waiting: number;
}

/**
 * Keeps the latest answers that took long to work out, so that later pages, other orders and exports of the same question
 * need not be worked out again, and whoever asks while one is under way waits for it. An answer holds its projection:
 * with few kept, few past projections are.
 */
export class LatestAnswers {
  readonly #size: number;
  /** The latest used last. */
  #entries: Entry[] = [];

  constructor(size = 8) {
    this.#size = size;
  }

  /**
   * @param question tells this answer from all others: its name and whatever else decides it
   * @param make called where the answer is not at hand, with a signal that is aborted once everybody who waited has left; what it
   * throws is not kept
   * @param signal aborted when this asker leaves; without one it stays to the end
   */
  async get<T>(
    projection: Projection,
    question: readonly [name: string, ...rest: unknown[]],
    make: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const key = JSON.stringify(question);
    const at = this.#entries.findIndex((entry) => entry.projection === projection && entry.key === key);
    const entry = this.#entries.splice(at, at < 0 ? 0 : 1)[0] ?? this.#begin(projection, key, make);
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    entry.waiting++;
    const onLeave = () => {
      entry.waiting--;
      if (entry.waiting === 0) {
        this.#forget(entry);
        entry.leave.abort(signal?.reason);
      }
    };
    signal?.addEventListener('abort', onLeave, { once: true });
    try {
      return (await entry.answer) as T;
    } finally {
      signal?.removeEventListener('abort', onLeave);
    }
  }

  #begin<T>(projection: Projection, key: string, make: (signal: AbortSignal) => Promise<T>): Entry {
    const leave = new AbortController();
    const entry: Entry = { projection, key, answer: make(leave.signal), leave, waiting: 0 };
    entry.answer.catch(() => this.#forget(entry));
    return entry;
  }

  #forget(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}
