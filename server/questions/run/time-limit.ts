import { setMaxListeners } from 'node:events';
import { ExposureError } from '../../domain/errors.ts';

/** Called when work must stop. The work then fails with the reason. */
type OnEnd = (reason: unknown) => void;

/**
 * The time limit of one answer. It also ends when the client disconnects.
 *
 * This is the only place that ends a question. Loops, resolvers, exports and threads check the limit of their question, and a question waits
 * for a store `within` it. The clock restarts after a rebuild of the facts, and pauses for a slow client. The deadlines of
 * store/neo4j/connection end requests to a database that does not answer, for everything that a process asks of it: writes, the feed and
 * rebuilds, which have no question, and reads that several questions share.
 */
export class TimeLimit {
  /** Milliseconds; Infinity: no limit. */
  readonly allowedMs: number;
  /** Aborted when the client disconnects. `check` throws its reason. */
  readonly signal: AbortSignal;
  /** The limit under which the scheduler queues the work. Shared work uses the limit of its first client. */
  readonly owner: TimeLimit;
  readonly #now: () => number;
  #deadline: { at: number };

  /** @param now a clock in milliseconds that never goes back */
  constructor(allowedMs: number, signal: AbortSignal = new AbortController().signal, now = () => performance.now(), owner?: TimeLimit) {
    this.allowedMs = allowedMs;
    this.signal = signal;
    // All slow parts of an answer listen to this signal.
    setMaxListeners(0, signal);
    this.#now = now;
    this.#deadline = { at: now() + allowedMs };
    this.owner = owner ?? this;
  }

  get remainingMs(): number {
    return this.#deadline.at - this.#now();
  }

  /** Throws QUERY_TIMEOUT when the time is over, or the signal's reason when the client has disconnected. */
  check(): void {
    this.signal.throwIfAborted();
    if (this.#now() > this.#deadline.at) throw this.#timeout();
  }

  /** Starts the allowed time over. */
  restart(): void {
    this.#deadline.at = this.#now() + this.allowedMs;
  }

  /** Stops the clock until `waiting` settles. */
  async pausedWhile<T>(waiting: Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await waiting;
    } finally {
      this.#deadline.at += this.#now() - start;
    }
  }

  /** A limit with the same deadline and another signal, for work that other clients may join later (see `extendTo`). */
  forShared(signal: AbortSignal): TimeLimit {
    const shared = new TimeLimit(this.allowedMs, signal, this.#now, this.owner);
    shared.#deadline.at = this.#deadline.at;
    return shared;
  }

  /** A limit for a part of the work. It ends with this one, whose deadline may still move, and earlier when `stop` aborts. */
  forPart(stop: AbortSignal): TimeLimit {
    const end = new AbortController();
    const part = new TimeLimit(this.allowedMs, end.signal, this.#now, this.owner);
    part.#deadline = this.#deadline;
    for (const signal of [this.signal, stop]) signal.addEventListener('abort', () => end.abort(signal.reason), { once: true });
    if (this.signal.aborted) end.abort(this.signal.reason);
    return part;
  }

  /** A limit that ends after `ms`, and not when the client disconnects, for work in the background. */
  lease(ms: number): TimeLimit {
    const lease = new TimeLimit(this.allowedMs, new AbortController().signal, this.#now, this.owner);
    lease.#deadline.at = this.#now() + ms;
    return lease;
  }

  /** A limit for work that goes on for a while after this one's time is over, but not after the client has disconnected. */
  longerBy(ms: number): TimeLimit {
    const longer = this.forShared(this.signal);
    longer.#deadline.at += ms;
    return longer;
  }

  /** Lets shared work go on until the latest deadline of its clients. */
  extendTo(other: TimeLimit): void {
    this.#deadline.at = Math.max(this.#deadline.at, other.#deadline.at);
  }

  /**
   * Calls `onEnd` once when the time is over or the client disconnects. Its argument is the error that `check` would throw.
   *
   * @returns a function that stops watching
   */
  watch(onEnd: OnEnd): () => void {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => end(this.signal.reason);
    const stop = () => {
      clearTimeout(timer);
      this.signal.removeEventListener('abort', onAbort);
    };
    const end = (reason: unknown) => {
      stop();
      onEnd(reason);
    };
    const wait = () => {
      const { remainingMs } = this;
      if (remainingMs <= 0) end(this.#timeout());
      // The deadline may have moved by the time the timer fires.
      else if (remainingMs < Infinity) timer = setTimeout(wait, Math.ceil(remainingMs));
    };
    this.signal.addEventListener('abort', onAbort, { once: true });
    if (this.signal.aborted) onAbort();
    else wait();
    return stop;
  }

  /**
   * Settles as `work`, but no later than the limit: then it rejects with the error that `check` would throw. The work goes on, because
   * other questions may wait for it.
   */
  within<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = this.watch(reject);
      work.then(resolve, reject).finally(stop);
    });
  }

  #timeout(): ExposureError {
    return new ExposureError(
      'QUERY_TIMEOUT',
      `The answer took longer than ${inRoundUnits(this.allowedMs)}. ` +
        'Ask for less: fewer fields, smaller pages, a narrower window, fewer hops or fewer runs.',
    );
  }
}

/** `10 seconds`, `2 minutes`, `100 milliseconds`: the largest unit that needs no fraction. */
function inRoundUnits(ms: number): string {
  const units = [
    ['minute', 60_000],
    ['second', 1000],
    ['millisecond', 1],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['millisecond', 1];
  const count = Math.round(ms / size);
  return `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`;
}
