import type { Projection } from '../../projection/projection.ts';
import type { TimeLimit } from './time-limit.ts';

interface Entry {
  readonly projection: Projection;
  readonly key: string;
  readonly answer: Promise<unknown>;
  /** The limit of the work. It lasts as long as the longest limit of a waiting client. */
  readonly limit: TimeLimit;
  /** Aborts the work when no client waits any longer. */
  readonly leave: AbortController;
  /** Clients that wait for the answer. */
  waiting: number;
}

/**
 * A cache of the latest slow answers. The fields, later pages and exports of an answer compute it once. Clients that ask the same
 * question at the same time share the work. An answer keeps its projection alive, so the cache is small.
 */
export class LatestAnswers {
  readonly #size: number;
  /** Ordered by use, the latest last. */
  #entries: Entry[] = [];

  constructor(size = 8) {
    this.#size = size;
  }

  /**
   * Returns the cached answer. If there is none, computes it with `make`. Does not cache failures. Rejects as `limit.check` and
   * `make`.
   *
   * @param question the question's name and everything else that decides the answer
   * @param limit the limit of this client
   * @param make computes the answer within the limit that it gets, which all waiting clients share
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
