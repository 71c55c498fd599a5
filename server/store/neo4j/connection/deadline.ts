/** The time was over, or too long passed without a sign of the server: what was under way is left to itself. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned';
  /** So long it was waited for. */
  readonly waitedMs: number;

  constructor(waitedMs: number) {
    super(`There was no answer within ${waitedMs} ms.`);
    this.waitedMs = waitedMs;
  }
}

export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** How much longer an answer is waited for: the server may be about to say that the time is over. */
  readonly graceMs: number;
  /** Without a sign for so long, and the grace, nobody waits for the rest of the time. */
  readonly silenceMs: number;
}

/** A silence is made of so many looks: while this process itself had no time to listen, it is none. */
const looksASilence = 10;

/**
 * The end of a request's time, which starts when this is made; it comes earlier where nothing more is heard.
 *
 * So what takes long because it is much has the time that it needs, and a network that has gone silent is found out as fast
 * as in a short question.
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

  /** The server has sent something: to be called for each record, and each end of a statement. */
  noteSign(): void {
    this.#signs++;
  }

  /** What `work` does from now on has no parts that could be heard of: a commit. */
  allowSilence(): void {
    this.#mayBeSilent = true;
  }

  /** What `work` comes to. Throws Abandoned when the time and the grace are over, or when nothing is heard for too long. */
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
    let looks = 0;
    return setInterval(() => {
      looks = this.#signs === heard && !this.#mayBeSilent ? looks + 1 : 0;
      heard = this.#signs;
      if (looks === looksASilence) onSilence();
    }, silenceMs / looksASilence);
  }
}
