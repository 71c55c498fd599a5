/** The deadline passed and nothing had come: what was under way is left to itself. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
}

/** The end of a request's time, which starts when this is made. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #startedAt = performance.now();
  readonly #graceMs: number;
  #isOver = false;

  /** @param graceMs how much longer than `timeoutMs` an answer is waited for: the server may be about to say that the time is over */
  constructor(timeoutMs: number, graceMs: number) {
    this.timeoutMs = timeoutMs;
    this.#graceMs = graceMs;
  }

  /** Whether somebody was told that the time is over. */
  get isOver(): boolean {
    return this.#isOver;
  }

  spentMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** At least 1: 0 would be no limit to the driver. */
  leftMs(): number {
    return Math.max(1, Math.ceil(this.timeoutMs - this.spentMs()));
  }

  /** What `work` comes to. Throws Abandoned when the time and the grace are over. */
  async bound<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => {
          this.#isOver = true;
          reject(new Abandoned(`There was no answer within ${this.timeoutMs} ms.`));
        },
        Math.max(0, this.timeoutMs + this.#graceMs - this.spentMs()),
      );
    });
    try {
      return await Promise.race([work, end]);
    } finally {
      clearTimeout(timer);
    }
  }
}
