import type { OriginSettings } from '../../exposure/rankings/origin-figures.ts';
import type { RankedTotals } from '../../exposure/rankings/ranking.ts';
import { isAtOneInstant } from '../../exposure/rankings/stable-span.ts';
import type { Projection } from '../../projection/projection.ts';
import type { LatestAnswers } from '../run/latest-answers.ts';
import type { Scheduler } from '../run/scheduler.ts';
import { TimeLimit } from '../run/time-limit.ts';
import { stableSettings } from './stable-instant.ts';

/** A ranking without a question for this long is not prefetched. */
const rememberMs = 3_600_000;
/** The facts rest this long before a ranking starts, so that a series of edits starts one ranking. */
const restMs = 2000;
/** Background work ends after this long. */
const longestMs = 600_000;

/**
 * Prefetches the latest requested ranking in the background after the facts have changed.
 *
 * It has the lowest priority: it starts only while every thread is idle, and gives up its thread to the first question that would have to wait.
 * It then tries again after a rest. A question for the same ranking joins the work, which then has the priority of a question. Without a
 * question for a ranking, the server computes none.
 */
export class PrefetchedRanking {
  readonly #scheduler: Scheduler;
  readonly #answers: LatestAnswers;
  readonly #clock: () => number;
  readonly #restMs: number;
  #asked: { readonly settings: OriginSettings; readonly isOfNow: boolean; readonly at: number } | undefined;
  /** The facts that questions saw last. */
  #projection: Projection | undefined;
  /** The facts of the ranking that began without a question, until they change. */
  #begun: Projection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedCount = 0;
  #work: { readonly key: string; readonly projection: Projection; readonly stop: AbortController; isAsked: boolean } | undefined;

  constructor(scheduler: Scheduler, answers: LatestAnswers, clock: () => number, rest = restMs) {
    this.#scheduler = scheduler;
    this.#answers = answers;
    this.#clock = clock;
    this.#restMs = rest;
  }

  /** Whether a ranking is being prefetched, or soon will be. */
  get isPending(): boolean {
    return this.#timer !== undefined || this.#startedCount > 0;
  }

  /**
   * Computes the ranking of now once, before anybody has asked for one. Rejects if it ends early.
   *
   * @param projection the first facts of a server
   */
  async begin(projection: Projection, settings: OriginSettings): Promise<void> {
    this.#projection = projection;
    this.#begun = projection;
    const stable = await stableSettings(this.#scheduler, projection, settings, new TimeLimit(longestMs));
    if (projection === this.#projection && this.#scheduler.idleThreadCount > 0) await this.#compute(projection, stable);
  }

  /** Call this with the current facts of each request. */
  see(projection: Projection): void {
    if (projection === this.#projection) return;
    // A ranking without a question must not keep its facts in memory.
    if (this.#begun !== undefined && this.#asked === undefined) this.#answers.forget(this.#begun);
    this.#begun = undefined;
    this.#projection = projection;
    this.#work?.stop.abort(new Error('The facts have changed.'));
    this.#restThenStart();
  }

  /** Call this for each question for a ranking of the current facts. */
  ask(projection: Projection, settings: OriginSettings, stable: OriginSettings): void {
    this.#asked = { settings, isOfNow: isAtOneInstant(settings), at: this.#clock() };
    if (this.#work?.projection === projection && this.#work.key === JSON.stringify(stable)) this.#work.isAsked = true;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = undefined;
    this.#projection = undefined;
    this.#work?.stop.abort(new Error('The server shuts down.'));
  }

  #restThenStart(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#asked === undefined || this.#clock() - this.#asked.at > rememberMs) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // Background work has no caller to report to. The next question computes the ranking and reports the error.
      this.#startedCount++;
      void this.#start()
        .catch(() => undefined)
        .finally(() => this.#startedCount--);
    }, this.#restMs);
    this.#timer.unref();
  }

  async #start(): Promise<void> {
    const [asked, projection] = [this.#asked, this.#projection];
    if (asked === undefined || projection === undefined) return;
    if (!this.#scheduler.isIdle) return this.#restThenStart();
    const now = this.#clock();
    const window = { from: now, to: now };
    const current = asked.isOfNow ? { ...asked.settings, core: window, widest: window } : asked.settings;
    const settings = await stableSettings(this.#scheduler, projection, current, new TimeLimit(longestMs));
    if (asked !== this.#asked || projection !== this.#projection || !this.#scheduler.isIdle) return this.#restThenStart();
    await this.#compute(projection, settings);
  }

  /** @param settings stable ones, see stable-instant.ts */
  async #compute(projection: Projection, settings: OriginSettings): Promise<void> {
    const stop = new AbortController();
    const work = { key: JSON.stringify(settings), projection, stop, isAsked: false };
    this.#work = work;
    const giveUp = this.#scheduler.onCrowded(() => {
      if (!work.isAsked) stop.abort(new Error('A question needs the thread.'));
    });
    try {
      await this.#answers.get<RankedTotals[]>(
        projection,
        ['ranking', settings],
        new TimeLimit(longestMs, stop.signal),
        (shared, progress) => this.#scheduler.runInThread(shared, projection, 'ranking', settings, progress),
      );
    } finally {
      giveUp();
      this.#work = undefined;
      if (stop.signal.aborted) this.#restThenStart();
    }
  }
}
