import { SearchIndexes } from '../explore/search.ts';
import type { Projection } from '../projection/projection.ts';
import type { CurrentFacts } from '../projection/refresh/refresh.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import { defaultPolicy } from '../rules/required-controls.ts';
import type { FactStore, WholeStore } from '../store/fact-store.ts';
import { BatchResults } from './batch/batch-results.ts';
import type { StreamOptions } from './batch/streamed-results.ts';
import { StreamedResults } from './batch/streamed-results.ts';
import type { HeldFacts } from './facts/held-facts.ts';
import { LocalFacts, WholeFacts } from './facts/held-facts.ts';
import type { PackOptions } from './facts/packed/packed-transfers.ts';
import type { SnapshotOptions } from './facts/projection-snapshot.ts';
import { ProjectionSnapshot } from './facts/projection-snapshot.ts';
import type { AskAgain } from './rankings/standing-answers.ts';
import { keepRanking, restoreRanking, StandingAnswers } from './rankings/standing-answers.ts';
import { LatestAnswers, PendingInstants } from './run/latest-answers.ts';
import { Scheduler } from './run/scheduler.ts';
import type { TimeLimit } from './run/time-limit.ts';

/** Radii: of the current facts and three more revisions or instants, because each keeps its facts in memory. */
const radiiOfAll = 16;
const revisionsOfRadii = 4;
/** With EXPOSURE_PROJECTION=local each radius keeps facts of its own. */
const radiiOfParts = 4;
/** The other answers: of the facts that are shown, of those about to be shown, and of one more revision. */
const answersOfAll = 16;
const revisionsAnswered = 3;

/** @param instant the question uses the facts known then; null: the current facts */
export type Prepare = (instant: number | null, limit: TimeLimit) => Promise<void>;

/** EXPOSURE_PROJECTION. A view is held whole, because it is chosen from facts in memory. */
type Projected<S extends FactStore> =
  | { readonly store: S; readonly projection: 'whole' }
  | { readonly store: S & WholeStore; readonly projection: 'whole' | 'local' };

export type QuestionsOptions<S extends FactStore = FactStore> = Projected<S> & AnswerOptions;

export interface AnswerOptions {
  readonly policy?: ControlPolicy;
  /** EXPOSURE_QUERY_TIMEOUT_MS; default: no limit. */
  readonly queryTimeoutMs?: number;
  /** Epoch milliseconds. */
  readonly clock?: () => number;
  readonly scheduler?: Scheduler;
  /** How long the facts must stay unchanged before answers are renewed in the background, in milliseconds. */
  readonly renewalRestMs?: number;
  /** How long a large write may wait for the lists that are prepared before it is shown, in milliseconds. */
  readonly longestPreparationMs?: number;
  /** The labs whose view the store holds; null or absent: it holds all facts. */
  readonly labs?: readonly string[] | null;
  /** Makes the view of the labs that answers a question, within its limit. */
  readonly prepare?: Prepare;
  /** EXPOSURE_DATA, where attached results lie. Absent: none answers. */
  readonly batchFolder?: string;
  /** How a server that holds a part of the facts answers questions about all of them, in `batchFolder`. Absent: it refuses these. */
  readonly stream?: StreamOptions;
  /** A file that keeps the projection between two runs of the program. Facts that are not in memory are packed beside it. Absent: none. */
  readonly snapshot?: Omit<SnapshotOptions, 'store'> & Pick<PackOptions, 'onPacked'>;
}

/**
 * The application layer: GraphQL, HTTP and the command line get every answer here.
 *
 * Each question is a function `ask…(asker, question)` in a file of its own. It has three steps:
 * 1. Choose the facts with `asker.facts()`: the current ones, those known at an instant, or the part that the question needs.
 * 2. Run the work under the asker's time limit with `asker.run` or `asker.runInThread`.
 * 3. If the answer is likely to be needed again, cache it with `asker.keep`.
 * The work is a pure function of `server/exposure` or `server/explore`, which know nothing of time limits, threads or callers.
 *
 * All askers share this object. It lives as long as the process.
 */
export class Questions<S extends FactStore = FactStore> {
  readonly store: S;
  readonly current: CurrentFacts;
  readonly held: HeldFacts;
  readonly policy: ControlPolicy;
  readonly queryTimeoutMs: number;
  readonly clock: () => number;
  readonly scheduler: Scheduler;
  /** The labs whose view gives all answers; null: all facts do. */
  readonly labs: readonly string[] | null;
  /** Call it before the facts are read. */
  readonly prepare: Prepare;
  readonly answers: LatestAnswers;
  readonly radii: LatestAnswers;
  readonly standing: StandingAnswers;
  /** Attached results. */
  readonly batch: BatchResults | undefined;
  /** Answers of this server, in threads. Present only if it holds a part of the facts. */
  readonly streamed: StreamedResults | undefined;
  readonly pendingInstants = new PendingInstants();
  readonly search = new SearchIndexes();
  readonly #snapshot: ProjectionSnapshot | undefined;

  /** Reads no facts yet. */
  constructor(options: QuestionsOptions<S>) {
    const { store, projection, policy = defaultPolicy, queryTimeoutMs = Infinity, clock = Date.now } = options;
    this.#snapshot =
      options.snapshot && projection === 'whole'
        ? new ProjectionSnapshot({ ...options.snapshot, store, figuresOf: (of) => keepRanking(this.answers, of) })
        : undefined;
    const held =
      options.projection === 'local'
        ? new LocalFacts(options.store, clock, options.snapshot)
        : new WholeFacts(store, clock, this.#snapshot);
    this.store = store;
    const { batchFolder, stream } = options;
    this.batch = batchFolder === undefined ? undefined : new BatchResults(store, batchFolder);
    this.streamed =
      held.isWhole || batchFolder === undefined || stream === undefined
        ? undefined
        : new StreamedResults(store, batchFolder, stream, policy);
    this.held = held;
    this.current = held.current;
    this.policy = policy;
    this.queryTimeoutMs = queryTimeoutMs;
    this.clock = clock;
    this.scheduler = options.scheduler ?? new Scheduler();
    this.labs = options.labs ?? null;
    this.prepare = options.prepare ?? (async () => undefined);
    this.answers = held.isWhole ? new LatestAnswers(answersOfAll, revisionsAnswered) : new LatestAnswers();
    const { longestPreparationMs: longestBeforeMs, renewalRestMs: restMs } = options;
    this.standing = new StandingAnswers(this.scheduler, this.answers, clock, { longestBeforeMs, restMs });
    this.radii = held.isWhole ? new LatestAnswers(radiiOfAll, revisionsOfRadii) : new LatestAnswers(radiiOfParts);
  }

  /**
   * Takes a ranking from the snapshot, or computes it in a thread, before anybody asks (decisions 33 and 37). Rejects if that ends early.
   *
   * @param projection the first facts of a server
   * @param rank asks for the ranking
   */
  async rankFirst(projection: Projection, rank: AskAgain): Promise<void> {
    const kept = this.#snapshot?.takeFigures(projection);
    if (kept) await restoreRanking(this.answers, projection, kept);
    await this.standing.begin(projection, rank);
  }

  /** Lets writes that wait for their lists end at once. Call this before waiting for writes. */
  stopPreparing(): void {
    this.standing.close();
  }

  /** Ends the worker threads, and brings the snapshot up to date. */
  async close(): Promise<void> {
    this.stopPreparing();
    await Promise.all([this.scheduler.close(), this.held.close(), this.#snapshot?.close(), this.streamed?.close()]);
  }
}
