import type { Projection } from '../../projection/projection.ts';
import type { TimeLimit } from './time-limit.ts';

interface Entry {
  readonly projection: Projection;
  readonly key: string;
  readonly answer: Promise<unknown>;
  /** Of the work: it lasts as long as one of the waiting clients may wait. */
  readonly limit: TimeLimit;
  /** Ends the work. */
  readonly leave: AbortController;
  /** Clients that wait for the answer. */
  waiting: number;
}

/**
 * A cache of the latest answers that take long to compute: the fields and later pages of an answer, and its exports, compute it
 * once. Clients that ask the same question at the same time share the work. An answer holds its projection, so keeping few
 * answers keeps few old projections.
 */
export class LatestAnswers {
  readonly #size: number;
  /** The latest used last. */
  #entries: Entry[] = [];

  constructor(size = 8) {
    this.#size = size;
  }

  /**
   * The cached answer, or the one that `make` computes. Failures are not cached. Rejects as `limit.check` and `make`.
   *
   * @param question its name and everything else that decides the answer
   * @param limit of this client
   * @param make computes the answer, within the limit that it is given: all clients who wait for it share that
   */
  async get<T>(
    projection: Projection,
    question: readonly [name: string, ...rest: unknown[]],
    limit: TimeLimit,
    make: (limit: TimeLimit) => Promise<T>,
  ): Promise<T> {
    limit.check();
    const key = JSON.stringify(question);
    const at = this.#entries.findIndex((entry) => entry.projection === projection && entry.key === key);
    const entry = this.#entries.splice(at, at < 0 ? 0 : 1)[0] ?? this.#begin(projection, key, limit, make);
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    entry.limit.extendTo(limit);
    entry.waiting++;
    const onLeave = () => {
      entry.waiting--;
      if (entry.waiting > 0) return;
      this.#drop(entry);
      entry.leave.abort(limit.signal.reason);
    };
    limit.signal.addEventListener('abort', onLeave, { once: true });
    try {
      const answer = (await entry.answer) as T;
      limit.check();
      return answer;
    } finally {
      limit.signal.removeEventListener('abort', onLeave);
    }
  }

  #begin<T>(projection: Projection, key: string, limit: TimeLimit, make: (limit: TimeLimit) => Promise<T>): Entry {
    const leave = new AbortController();
    const shared = limit.forShared(leave.signal);
    const entry: Entry = { projection, key, answer: make(shared), limit: shared, leave, waiting: 0 };
    entry.answer.catch(() => this.#drop(entry));
    return entry;
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}
