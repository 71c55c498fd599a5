import { setMaxListeners } from 'node:events';
import { ExposureError } from '../../domain/errors.ts';

/** Tells when work must stop; the reason is what the work then fails with. */
type OnEnd = (reason: unknown) => void;

/**
 * How long one answer may take, and whether its client still waits for it.
 *
 * This is the only place where the time of a question is limited. Loops, resolvers, exports and threads all get the limit of
 * their question and ask it. The clock can be restarted (the facts had to be rebuilt first) and paused (a slow client).
 */
export class TimeLimit {
  /** Milliseconds; Infinity: no limit. */
  readonly allowedMs: number;
  /** Aborted when the client disconnects; its reason is what `check` throws. */
  readonly signal: AbortSignal;
  /** Whose turns the work takes: work that several clients share takes those of the first. */
  readonly owner: TimeLimit;
  readonly #now: () => number;
  #deadline: number;

  /** @param now a clock in milliseconds that never goes back */
  constructor(allowedMs: number, signal: AbortSignal = new AbortController().signal, now = () => performance.now(), owner?: TimeLimit) {
    this.allowedMs = allowedMs;
    this.signal = signal;
    // Every part of an answer that takes long listens to it.
    setMaxListeners(0, signal);
    this.#now = now;
    this.#deadline = now() + allowedMs;
    this.owner = owner ?? this;
  }

  get remainingMs(): number {
    return this.#deadline - this.#now();
  }

  /** Throws QUERY_TIMEOUT once the time is over, and the signal's reason once the client has disconnected. */
  check(): void {
    this.signal.throwIfAborted();
    if (this.#now() > this.#deadline) throw this.#timeout();
  }

  /** Gives the answer its whole time again. */
  restart(): void {
    this.#deadline = this.#now() + this.allowedMs;
  }

  /** Stops the clock until `waiting` settles. */
  async pausedWhile<T>(waiting: Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await waiting;
    } finally {
      this.#deadline += this.#now() - start;
    }
  }

  /** A limit for work that others may join later (see `extendTo`): as much time as is left here, and another signal. */
  forShared(signal: AbortSignal): TimeLimit {
    const shared = new TimeLimit(this.allowedMs, signal, this.#now, this.owner);
    shared.#deadline = this.#deadline;
    return shared;
  }

  /** Shared work may go on for as long as one of its clients may wait. */
  extendTo(other: TimeLimit): void {
    this.#deadline = Math.max(this.#deadline, other.#deadline);
  }

  /**
   * Calls `onEnd` once, with what `check` would throw, when the time is over or the client disconnects.
   *
   * @returns stops watching
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
