import { keepLatest } from '../../domain/keep-latest.ts';
import type { Projection } from '../../projection/projection.ts';
import type { TimeLimit } from './time-limit.ts';
import { StillWorking, WorkProgress } from './work-progress.ts';

/** How long work goes on in the background after the last request for it. */
export const leaseMs = 5000;

/** Computes an answer within a limit, and reports how far it is. */
export type Make<T> = (limit: TimeLimit, progress: WorkProgress) => Promise<T>;

interface Entry {
  readonly projection: Projection;
  readonly key: string;
  readonly answer: Promise<unknown>;
  readonly progress: WorkProgress;
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
  readonly #projections: number;
  /** Ordered by use, the latest last. */
  #entries: Entry[] = [];

  /**
   * @param size the most answers
   * @param projections the most projections that the answers keep alive
   */
  constructor(size = 8, projections = Infinity) {
    this.#size = size;
    this.#projections = projections;
  }

  /**
   * Returns the cached answer. If there is none, computes it with `make`. Does not cache failures. Rejects as `limit.check` and
   * `make`.
   *
   * @param question the question's name and everything else that decides the answer
   * @param limit the limit of this client
   * @param make computes the answer within the limit that it gets, which all waiting clients share
   */
  async get<T>(projection: Projection, question: readonly [name: string, ...rest: unknown[]], limit: TimeLimit, make: Make<T>): Promise<T> {
    limit.check();
    return this.#join(this.#entryOf(projection, question, limit, make), limit);
  }

  /**
   * Like `get` for a client that shows progress. It waits for a short time. If the answer is not ready by then, throws StillWorking, and
   * the work goes on for `leaseMs`, and a retry in time finds it further on. Without a retry, the work ends.
   *
   * @param patienceMs the longest wait
   */
  async getSoon<T>(
    projection: Projection,
    question: readonly [name: string, ...rest: unknown[]],
    limit: TimeLimit,
    patienceMs: number,
    make: Make<T>,
  ): Promise<T> {
    limit.check();
    const lease = limit.lease(leaseMs);
    const entry = this.#entryOf(projection, question, lease, make);
    const answer = this.#join<T>(entry, lease);
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StillWorking(entry.progress)), patienceMs);
    });
    // After this client has left, nothing else handles a failure of the work.
    answer.catch(() => undefined);
    return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
  }

  /** The latest answer of this name about these facts, perhaps still being computed, and its question. */
  find(projection: Projection, name: string): { readonly question: string; readonly answer: Promise<unknown> } | undefined {
    const entry = this.#entries.findLast((one) => one.projection === projection && one.key.startsWith(`["${name}",`));
    return entry && { question: entry.key, answer: entry.answer };
  }

  /** Drops the answers about these facts. */
  forget(projection: Projection): void {
    this.#entries = this.#entries.filter((entry) => entry.projection !== projection);
  }

  #entryOf<T>(projection: Projection, question: readonly unknown[], limit: TimeLimit, make: Make<T>): Entry {
    const key = JSON.stringify(question);
    const at = this.#entries.findIndex((entry) => entry.projection === projection && entry.key === key);
    const entry = this.#entries.splice(at, at < 0 ? 0 : 1)[0] ?? this.#begin(projection, key, limit, make);
    this.#entries.push(entry);
    if (this.#entries.length > this.#size) this.#entries.shift();
    this.#dropEarlier();
    return entry;
  }

  /** Drops the answers of all projections but those used last. */
  #dropEarlier(): void {
    const kept = new Set<Projection>();
    for (const { projection } of this.#entries.toReversed()) {
      if (kept.size < this.#projections) kept.add(projection);
    }
    this.#entries = this.#entries.filter(({ projection }) => kept.has(projection));
  }

  async #join<T>(entry: Entry, limit: TimeLimit): Promise<T> {
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

  #begin<T>(projection: Projection, key: string, limit: TimeLimit, make: Make<T>): Entry {
    const leave = new AbortController();
    const shared = limit.forShared(leave.signal);
    const progress = new WorkProgress();
    const entry: Entry = { projection, key, answer: make(shared, progress), progress, limit: shared, leave, waiting: 0 };
    entry.answer.catch(() => this.#drop(entry));
    return entry;
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}

const mostKnown = 1000;

/**
 * The instants of questions whose work goes on in the background. A question without a window is about the instant of asking. Asked again,
 * it keeps the instant of its work, and so finds that work.
 */
export class PendingInstants {
  readonly #known = new Map<string, { readonly instant: number; readonly until: number }>();

  find(question: string): number | undefined {
    const known = this.#known.get(question);
    return known === undefined || known.until < performance.now() ? undefined : known.instant;
  }

  remember(question: string, instant: number): void {
    keepLatest(this.#known, question, { instant, until: performance.now() + leaseMs }, mostKnown);
  }
}
