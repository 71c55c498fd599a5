import type { Projection } from '../../projection/projection.ts';
import { TimeLimit } from '../run/time-limit.ts';

/** Asks the same question of other facts. It holds no facts itself. */
export type AskAgain = (projection: Projection, limit: TimeLimit) => Promise<unknown>;

/** A list without a question for this long is not prepared. */
const rememberMs = 600_000;
const mostRemembered = 4;
/** A write is shown after this long, whether or not its lists are there. */
const longestMs = 10_000;

/**
 * The recently requested lists of all facts, such as a ranking. After a large write they are computed from the new facts before these are
 * shown. Until then all questions get the kept lists of the facts before it, so no question waits for a list that a write has made stale
 * (docs/decisions/import-is-shown-when-acknowledged.md).
 */
export class RecentLists {
  readonly #clock: () => number;
  readonly #longestMs: number;
  readonly #closing = new AbortController();
  /** By question, in the order of asking. */
  readonly #asked = new Map<string, { readonly again: AskAgain; readonly at: number }>();

  constructor(clock: () => number, longest = longestMs) {
    this.#clock = clock;
    this.#longestMs = longest;
  }

  /** @param question its name and all that decides the answer, but not the instant of asking */
  remember(question: readonly [name: string, ...rest: unknown[]], again: AskAgain): void {
    const key = JSON.stringify(question);
    this.#asked.delete(key);
    this.#asked.set(key, { again, at: this.#clock() });
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > mostRemembered && oldest !== undefined) this.#asked.delete(oldest);
  }

  /**
   * Computes the lists one after another, the latest requested list first. Never rejects: background work has no caller, and the next question
   * computes the list and reports the error.
   *
   * @param signal ends the work
   */
  async prepare(next: Projection, signal: AbortSignal): Promise<void> {
    const limit = new TimeLimit(this.#longestMs, AbortSignal.any([signal, this.#closing.signal]));
    const since = this.#clock() - rememberMs;
    for (const { again, at } of [...this.#asked.values()].reverse()) {
      if (limit.signal.aborted || limit.remainingMs <= 0) return;
      if (at >= since) await again(next, limit).catch(() => undefined);
    }
  }

  /** Prepares nothing from now on. */
  close(): void {
    this.#closing.abort(new Error('The server shuts down.'));
  }
}
