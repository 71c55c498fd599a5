/** The deadline passed, or the server was silent for too long: the request was abandoned. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
  /** How long the request waited. */
  readonly waitedMs: number;

  constructor(waitedMs: number) {
    super(`The database did not answer within ${Math.round(waitedMs / 1000)} seconds.`);
    this.waitedMs = waitedMs;
  }
}

export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** How much longer to wait for an answer after the timeout: the server may be about to report it. */
  readonly graceMs: number;
  /** How long the server may be silent, before the grace, until the request is abandoned early. */
  readonly silenceMs: number;
}

/** A silence is measured in this many checks. A busy process runs them late, so its own pauses do not count as silence. */
const checksPerSilence = 10;

/**
 * The deadline of a request. Its time starts when it is constructed, and ends early if the server falls silent.
 *
 * So a large request gets the time it needs, and a lost network is noticed as fast as in a small request.
 */
export class Deadline {
  readonly timeoutMs: number;
  readonly #options: DeadlineOptions;
  readonly #startedAt = performance.now();
  #signs = 0;
  #mayBeSilent = false;
  #isOver = false;

  constructor(options: DeadlineOptions) {
    this.timeoutMs = options.timeoutMs;
    this.#options = options;
  }

  /** Whether the request was abandoned. */
  get isOver(): boolean {
    return this.#isOver;
  }

  spentMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** At least 1: the driver takes 0 for no limit. */
  leftMs(): number {
    return Math.max(1, Math.ceil(this.timeoutMs - this.spentMs()));
  }

  /** Notes a sign of the server: call it for each record and each end of a statement. */
  noteSign(): void {
    this.#signs++;
  }

  /** From now on silence is no failure: a commit sends nothing until it is done. */
  allowSilence(): void {
    this.#mayBeSilent = true;
  }

  /** Resolves to the result of `work`. Throws Abandoned after the timeout and the grace, or after too long a silence. */
  async bound<T>(work: Promise<T>): Promise<T> {
    const { timeoutMs, graceMs, silenceMs } = this.#options;
    this.#mayBeSilent = false;
    const timers: NodeJS.Timeout[] = [];
    const end = new Promise<never>((_, reject) => {
      const abandon = (waitedMs: number): void => {
        this.#isOver = true;
        reject(new Abandoned(waitedMs));
      };
      timers.push(setTimeout(abandon, Math.max(0, timeoutMs + graceMs - this.spentMs()), timeoutMs));
      if (silenceMs < timeoutMs) timers.push(this.#watch(silenceMs + graceMs, () => abandon(silenceMs)));
    });
    try {
      return await Promise.race([work, end]);
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  #watch(silenceMs: number, onSilence: () => void): NodeJS.Timeout {
    let heard = this.#signs;
    let checks = 0;
    return setInterval(() => {
      checks = this.#signs === heard && !this.#mayBeSilent ? checks + 1 : 0;
      heard = this.#signs;
      if (checks === checksPerSilence) onSilence();
    }, silenceMs / checksPerSilence);
  }
}
