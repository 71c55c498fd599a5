import type { Projection } from '../projection.ts';

/**
 * Makes answers about facts that are not shown yet. Settles within a bounded time.
 *
 * @param signal aborted when later facts are there, which make the answers worthless
 */
export type PrepareAnswers = (next: Projection, signal: AbortSignal) => Promise<unknown>;

interface Running {
  readonly next: Projection;
  readonly stop: AbortController;
  /** Ends the wait, not the work. */
  readonly hurry: () => void;
}

/**
 * The answers that are made about renewed facts before these are shown (docs/decisions/import-is-shown-when-acknowledged.md).
 * Only the write that they belong to waits for them.
 */
export class Preparation {
  #running: Running | undefined;
  /** How many wait for facts, and not for prepared answers. */
  #hurrying = 0;

  /** The facts whose answers are being made. */
  get next(): Projection | undefined {
    return this.#running?.next;
  }

  /** Ends when the answers are there or have failed, when somebody is in a hurry, or when later facts are shown. Never rejects. */
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
