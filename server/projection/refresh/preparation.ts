import type { Projection } from '../projection.ts';

/**
 * Computes answers about a projection that questions do not see yet. Settles within a bounded time.
 *
 * @param signal aborted when a later projection makes the answers stale
 */
export type PrepareAnswers = (next: Projection, signal: AbortSignal) => Promise<unknown>;

interface Running {
  readonly next: Projection;
  readonly stop: AbortController;
  /** Ends the wait, not the work. */
  readonly hurry: () => void;
}

/**
 * Computes answers about a new projection before questions see it (docs/decisions/imports.md).
 * Only the write that made the projection waits for these answers.
 */
export class Preparation {
  #running: Running | undefined;
  /** The number of callers that wait for the facts only, not for prepared answers. */
  #hurrying = 0;

  /** The projection whose answers are being computed. */
  get next(): Projection | undefined {
    return this.#running?.next;
  }

  /** Ends when the answers are ready or have failed, when a caller hurries, or when a later projection replaces this one. Never rejects. */
  async prepare(next: Projection, prepare: PrepareAnswers): Promise<void> {
    if (this.#hurrying > 0) return;
    this.#running?.stop.abort();
    const stop = new AbortController();
    await new Promise<void>((resolve) => {
      const running = { next, stop, hurry: resolve };
      this.#running = running;
      void prepare(next, stop.signal)
        .catch(() => undefined)
        .finally(() => {
          if (this.#running === running) this.#running = undefined;
          resolve();
        });
    });
  }

  /** Until `waiting` settles, nothing waits for prepared answers. */
  async hurry<T>(waiting: Promise<T>): Promise<T> {
    this.#hurrying++;
    this.#running?.hurry();
    try {
      return await waiting;
    } finally {
      this.#hurrying--;
    }
  }

  /** Call this when facts are shown: answers about earlier ones are worthless. */
  show({ revision }: Projection): void {
    const running = this.#running;
    if (running === undefined || running.next.revision >= revision) return;
    this.#running = undefined;
    running.stop.abort();
    running.hurry();
  }
}
