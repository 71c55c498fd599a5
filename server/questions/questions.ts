import { SearchIndexes } from '../explore/search.ts';
import type { CurrentFacts } from '../projection/refresh/refresh.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import { defaultPolicy } from '../rules/required-controls.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { LocalFacts } from './facts/local-facts.ts';
import { openFacts } from './facts/open-facts.ts';
import { LatestAnswers } from './run/latest-answers.ts';
import { Scheduler } from './run/scheduler.ts';

/** A radius holds the facts that it was computed from. With EXPOSURE_PROJECTION=local these are its own, so few are kept. */
const radiiOfAll = 16;
const radiiOfParts = 4;

export interface QuestionsOptions {
  readonly store: FactStore;
  /** EXPOSURE_PROJECTION. */
  readonly projection: 'whole' | 'local';
  readonly policy?: ControlPolicy;
  /** EXPOSURE_QUERY_TIMEOUT_MS; default: no limit. */
  readonly queryTimeoutMs?: number;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly scheduler?: Scheduler;
}

/**
 * The application layer: GraphQL, HTTP and the command line get every answer here.
 *
 * Each question is a function `ask…(asker, question)` in a file of its own, and has three parts, in this order: choose the facts
 * (`asker.facts()`: now, as known then, or the part that the question needs), run the work under the asker's time limit
 * (`asker.run`, or `asker.runInThread`), and keep the answer where it is asked for again (`asker.keep`). The work itself is a
 * pure function of `server/exposure` or `server/explore`, which know nothing of time, threads or callers.
 *
 * This object is what all askers share, for as long as the process runs.
 */
export class Questions {
  readonly store: FactStore;
  readonly current: CurrentFacts;
  /** Present where the server holds only a part of the facts: reads the part that a question needs. */
  readonly local: LocalFacts | undefined;
  readonly policy: ControlPolicy;
  readonly queryTimeoutMs: number;
  readonly clock: () => number;
  readonly scheduler: Scheduler;
  readonly answers = new LatestAnswers();
  readonly radii: LatestAnswers;
  readonly search = new SearchIndexes();

  /** Reads nothing yet. Throws BAD_CONFIGURATION where the store cannot answer from a part of the facts. */
  constructor(options: QuestionsOptions) {
    const { store, projection, policy = defaultPolicy, queryTimeoutMs = Infinity, clock = Date.now } = options;
    const { current, local } = openFacts(store, projection, clock);
    this.store = store;
    this.current = current;
    this.local = local;
    this.policy = policy;
    this.queryTimeoutMs = queryTimeoutMs;
    this.clock = clock;
    this.scheduler = options.scheduler ?? new Scheduler();
    this.radii = new LatestAnswers(local === undefined ? radiiOfAll : radiiOfParts);
  }

  /** Ends the worker threads. */
  close(): Promise<void> {
    return this.scheduler.close();
  }
}
