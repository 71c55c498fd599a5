import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import type { Projection } from '../../projection/projection.ts';
import type { KeptFigures } from '../../projection/snapshot-format.ts';
import type { LatestAnswers } from '../run/latest-answers.ts';
import type { Scheduler } from '../run/scheduler.ts';
import { TimeLimit } from '../run/time-limit.ts';

/** Asks the same question of other facts. It holds no facts itself. */
export type AskAgain = (projection: Projection, limit: TimeLimit) => Promise<unknown>;

/** An answer without a question for this long is not renewed. */
const rememberMs = 600_000;
const mostRemembered = 4;
/** A large write is shown after this long, whether or not its answers are there. */
const longestBeforeMs = 10_000;
/** The facts rest this long before answers are renewed in the background, so that a series of edits renews them once. */
const restMs = 2000;
/** Renewal in the background ends after this long. */
const longestBehindMs = 600_000;

export interface StandingOptions {
  readonly longestBeforeMs?: number | undefined;
  readonly restMs?: number | undefined;
}

/**
 * The recently requested answers about all facts, such as a ranking or the findings. They are renewed when the facts change, so that nobody waits
 * for them: of a large write before it is shown (docs/decisions/imports.md), else in the background.
 *
 * The background has the lowest priority. Renewal starts only while every thread is idle, and leaves its thread to the first question that would
 * have to wait. It then tries again after a rest. Questions join the work, which then goes on for them. Without a question for an answer, the
 * server renews none. An answer about earlier facts is never given.
 */
export class StandingAnswers {
  readonly #scheduler: Scheduler;
  readonly #answers: LatestAnswers;
  readonly #clock: () => number;
  readonly #longestBeforeMs: number;
  readonly #restMs: number;
  readonly #closing = new AbortController();
  /** By question, in the order of asking. */
  readonly #asked = new Map<string, { readonly again: AskAgain; readonly at: number }>();
  /** The facts that questions saw last. */
  #projection: Projection | undefined;
  /** The facts of the answer that began without a question, until they change. */
  #begun: Projection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedCount = 0;
  #work: AbortController | undefined;

  constructor(scheduler: Scheduler, answers: LatestAnswers, clock: () => number, options: StandingOptions = {}) {
    this.#scheduler = scheduler;
    this.#answers = answers;
    this.#clock = clock;
    this.#longestBeforeMs = options.longestBeforeMs ?? longestBeforeMs;
    this.#restMs = options.restMs ?? restMs;
  }

  /** Whether answers are being renewed in the background, or soon will be. */
  get isPending(): boolean {
    return this.#timer !== undefined || this.#startedCount > 0;
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
   * Makes an answer once, before anybody has asked for it. Rejects if it ends early.
   *
   * @param projection the first facts of a server
   */
  async begin(projection: Projection, ask: AskAgain): Promise<void> {
    this.#projection = projection;
    this.#begun = projection;
    if (this.#scheduler.idleThreadCount > 0) await this.#renew(projection, ask);
  }

  /** Call this with the current facts of each request. */
  see(projection: Projection): void {
    if (projection === this.#projection) return;
    // An answer without a question must not keep its facts in memory.
    if (this.#begun !== undefined && this.#asked.size === 0) this.#answers.forget(this.#begun);
    this.#begun = undefined;
    this.#projection = projection;
    this.#work?.abort(new Error('The facts have changed.'));
    this.#restThenStart();
  }

  /**
   * Makes the answers about facts that questions do not see yet, one after another, the latest requested first. Never rejects: background work has
   * no caller, and the next question makes the answer and reports the error.
   *
   * @param signal ends the work
   */
  async prepare(next: Projection, signal: AbortSignal): Promise<void> {
    const limit = new TimeLimit(this.#longestBeforeMs, AbortSignal.any([signal, this.#closing.signal]));
    for (const again of this.#recent()) {
      if (limit.signal.aborted || limit.remainingMs <= 0) return;
      await again(next, limit).catch(() => undefined);
    }
  }

  /** Renews nothing from now on. */
  close(): void {
    this.#closing.abort(new Error('The server shuts down.'));
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked.clear();
    this.#projection = undefined;
    this.#work?.abort(new Error('The server shuts down.'));
  }

  /** The latest requested first. */
  #recent(): AskAgain[] {
    const since = this.#clock() - rememberMs;
    return [...this.#asked.values()].reverse().flatMap(({ again, at }) => (at >= since ? [again] : []));
  }

  #restThenStart(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closing.signal.aborted || this.#recent().length === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#startedCount++;
      void this.#start().finally(() => this.#startedCount--);
    }, this.#restMs);
    this.#timer.unref();
  }

  async #start(): Promise<void> {
    const projection = this.#projection;
    if (projection === undefined) return;
    for (const again of this.#recent()) {
      if (projection !== this.#projection) return;
      if (!this.#scheduler.isIdle) return this.#restThenStart();
      // The next question makes the answer and reports the error.
      await this.#renew(projection, again).catch(() => undefined);
    }
  }

  async #renew(projection: Projection, again: AskAgain): Promise<void> {
    const stop = new AbortController();
    this.#work = stop;
    const giveUp = this.#scheduler.onCrowded(() => stop.abort(new Error('A question needs the thread.')));
    try {
      await again(projection, new TimeLimit(longestBehindMs, stop.signal));
    } finally {
      giveUp();
      this.#work = undefined;
      if (stop.signal.aborted) this.#restThenStart();
    }
  }
}

/** The place of each figure. */
const places: Readonly<Record<keyof RankedTotals, number>> = {
  reachedCount: 0,
  exposedCount: 1,
  possibleCount: 2,
  containedCount: 3,
  labCount: 4,
  worstCaseLossUsd: 5,
  weightedLossUsd: 6,
  dependentCount: 7,
};
const names = Object.keys(places) as (keyof RankedTotals)[];

/**
 * The latest ranking of these facts, so that a restart need not compute it (docs/decisions/parts.md). Waits for one that is being
 * computed. Null: there is none, or it fails.
 */
export async function keepRanking(answers: LatestAnswers, projection: Projection): Promise<KeptFigures | null> {
  const found = answers.find(projection, 'ranking');
  const totals = (await found?.answer.catch(() => undefined)) as readonly RankedTotals[] | undefined;
  if (found === undefined || totals === undefined) return null;
  const values = new Float64Array(totals.length * names.length);
  totals.forEach((of, i) => {
    for (const name of names) values[i * names.length + places[name]] = of[name];
  });
  return { question: found.question, values };
}

/** Makes a kept ranking the answer to its question about these facts, and about no others. */
export async function restoreRanking(answers: LatestAnswers, projection: Projection, { question, values }: KeptFigures): Promise<void> {
  const totals = Array.from(
    { length: values.length / names.length },
    (_, i) => Object.fromEntries(names.map((name) => [name, values[i * names.length + places[name]]])) as unknown as RankedTotals,
  );
  if (totals.length !== projection.organizations.count) return;
  await answers.get(projection, JSON.parse(question) as [string], new TimeLimit(Infinity), async () => totals);
}
