import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { custodyKinds } from '../../domain/facts.ts';
import { keepLatest } from '../../domain/keep-latest.ts';
import type { FactStore, KeysByKind, KnownAt, StoredPlace } from '../../store/fact-store.ts';
import { ProjectionBuilder } from '../build/build-projection.ts';
import type { Projection } from '../projection.ts';
import { runInTurns } from '../turns.ts';
import type { ChangedFacts } from './place-changes.ts';
import { readChanged, readChangesBetween } from './read-changes.ts';
import { refreshProjection } from './refresh-projection.ts';

/** The current projection, and when it was last known to match the store. */
export interface Snapshot {
  readonly projection: Projection;
  readonly currentAt: number;
}

/** The state of the facts in memory. Instants in epoch milliseconds. */
export interface FactsState {
  readonly revision: number;
  readonly currentAt: number;
  /** Milliseconds that the latest build or refresh took. */
  readonly buildMs: number;
}

/** The facts that questions are answered from. */
export interface CurrentFacts {
  /** The current facts. Throws STORE_UNAVAILABLE. */
  read(): Promise<Snapshot>;
  /** The facts known at an instant, or the current facts if the instant is not in the past. */
  at(instant: number): Promise<Projection>;
  /** The facts of a revision. Throws STORE_UNAVAILABLE, LIMIT_EXCEEDED where a part of the facts is held. */
  atRevision(revision: number): Promise<Projection>;
  /** Makes the next question read the store even if a read just failed. Call it after a write, so that the question sees the write. */
  askAgain(): void;
  /** The revision that questions are answered at: the store's, without writes of this process that are not shown yet. */
  readRevision(): Promise<number>;
  /**
   * Ends once questions are answered from the facts of a write of this process. Until then they don't wait for it, and are answered
   * from the facts before it (docs/decisions/imports.md). The write must not be acknowledged
   * before. Never throws: a question meets the same failure.
   *
   * @param revision the one that the write makes
   * @param written settles once the write is in the store, or has failed. Call `show` before readers of the store can see the write
   * @param prepare makes answers that people will want at once. The write is shown once it settles, or sooner if somebody
   *   else waits for facts: it delays no other write and no question
   */
  show(revision: number, written?: Promise<unknown>, prepare?: PrepareAnswers): Promise<void>;
  /** Ends once all writes given to `show` are shown, without waiting for what is prepared. */
  shown(): Promise<void>;
  /** Whether a write given to `show` is not shown yet. */
  readonly isShowing: boolean;
  /** Undefined before the first read. Does no I/O. */
  readonly state: FactsState | undefined;
}

/** A place outside the process for the latest projection, so that a restart need not read all facts. */
export interface KeptProjection {
  /** The projection kept last, perhaps of an earlier revision; undefined if there is none to trust. Throws STORE_UNAVAILABLE. */
  read(): Promise<Projection | undefined>;
  /** Called with each new projection. Returns at once. */
  keep(projection: Projection): void;
}

/** Makes the projection of a revision from an earlier one and the facts that changed since. */
export type RefreshFacts = (last: Projection, changed: ReadonlyMap<FactKind, ChangedFacts>, revision: number) => Promise<Projection>;

/** The same in a thread, which reads the changed facts from the store. Undefined if so much has changed that the caller must read all facts. */
export type RefreshInBackground = (place: StoredPlace, last: Projection, revision: number) => Promise<Projection | undefined>;

const refreshInTurns: RefreshFacts = (last, changed, revision) => runInTurns(refreshProjection(last, changed, revision));

/** The number of past projections kept. */
const maxPast = 3;
/** A write may still be recorded this long after the instant at which it began. */
const settledAfterMs = 60_000;
/** For this long after the store fails, the last projection answers and the store is not asked again. */
const restMs = 1000;
/** Reading and placing fewer changed facts here takes less time than a message to a thread. */
const fewForThread = 2000;

/**
 * Holds the projection of the current facts. When the store's revision rises, it makes the next projection. If few facts changed,
 * it makes it from the last one and the changed facts, otherwise from all facts.
 *
 * It reads the store's revision before each answer, so several servers can share one store. It makes one projection at a time. Questions
 * wait for it, unless this process wrote all that is new and has not acknowledged it. While the store cannot be reached, the last projection
 * answers and `currentAt` does not advance. The first projection of a process may be one that was kept, brought up to date like any other.
 */
export class CurrentProjection implements CurrentFacts {
  readonly #store: FactStore;
  readonly #clock: () => number;
  readonly #kinds: readonly FactKind[];
  readonly #kept: KeptProjection | undefined;
  readonly #refresh: RefreshFacts;
  readonly #refreshInBackground: RefreshInBackground | undefined;
  #last: Snapshot | undefined;
  #failedAt: number | undefined;
  #buildMs = 0;
  #building: Promise<Projection> | undefined;
  /** Revisions of this process that are not acknowledged, with the end of their renewal. */
  readonly #showing = new Map<number, Promise<void>>();
  readonly #preparation = new Preparation();
  /** Past projections by key, in the order of use. */
  readonly #past = new Map<string, Promise<Projection>>();

  /**
   * @param kinds the kinds to load, in the order of `custodyKinds`, with all that their facts name. The projection has no facts of other kinds.
   * @param kept where a projection of all kinds is kept between two runs of the program
   * @param refresh runs refreshes, such as in a thread
   * @param refreshInBackground reads and refreshes in a thread, after large writes
   */
  constructor(
    store: FactStore,
    clock: () => number = Date.now,
    kinds: readonly FactKind[] = custodyKinds,
    kept?: KeptProjection,
    refresh: RefreshFacts = refreshInTurns,
    refreshInBackground?: RefreshInBackground,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#kinds = kinds;
    this.#kept = kept;
    this.#refresh = refresh;
    this.#refreshInBackground = refreshInBackground;
  }

  /**
   * The current facts. Throws STORE_UNAVAILABLE if the store cannot be read and there is no earlier projection.
   * If nothing changed, it costs one read of the revision.
   */
  async read(): Promise<Snapshot> {
    if (this.#last !== undefined && this.#failedAt !== undefined && this.#clock() - this.#failedAt < restMs) return this.#last;
    try {
      const revision = await this.#store.readRevision();
      const seenAt = this.#clock();
      const isCurrent = this.#last !== undefined && this.#shownOf(revision) <= this.#last.projection.revision;
      const { projection } = isCurrent ? (this.#last as Snapshot) : await this.#reach(revision, seenAt);
      this.#failedAt = undefined;
      return this.#publish(projection, seenAt);
    } catch (error) {
      const mayPass = error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT');
      if (!mayPass || this.#last === undefined) throw error;
      this.#failedAt = this.#clock();
    }
    return this.#last;
  }

  async readRevision(): Promise<number> {
    return this.#shownOf(await this.#store.readRevision());
  }

  show(revision: number, written: Promise<unknown> = Promise.resolve(), prepare?: PrepareAnswers): Promise<void> {
    const earlier = prepare === undefined ? [] : [...this.#showing.values()];
    const shown = written
      .then(() => Promise.all(earlier))
      .then(() => this.#reach(revision, this.#last?.currentAt ?? this.#clock(), prepare))
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => this.#showing.delete(revision));
    this.#showing.set(revision, shown);
    return prepare === undefined ? this.#preparation.hurry(shown) : shown;
  }

  async shown(): Promise<void> {
    await this.#preparation.hurry(Promise.all(this.#showing.values()));
  }

  get isShowing(): boolean {
    return this.#showing.size > 0;
  }

  get state(): FactsState | undefined {
    const last = this.#last;
    return last && { revision: last.projection.revision, currentAt: last.currentAt, buildMs: this.#buildMs };
  }

  askAgain(): void {
    this.#failedAt = undefined;
  }

  async at(instant: number): Promise<Projection> {
    const now = this.#clock();
    if (instant >= now) return (await this.read()).projection;
    // The store knows the new facts before they are shown.
    await this.shown();
    const key = now - instant > settledAfterMs ? `${instant}` : `${instant}/${await this.#store.readRevision()}`;
    const projection = this.#past.get(key) ?? this.#makePast(instant);
    keepLatest(this.#past, key, projection, maxPast);
    try {
      return await projection;
    } catch (error) {
      this.#past.delete(key);
      throw error;
    }
  }

  async #makePast(instant: number): Promise<Projection> {
    return this.atRevision(await revisionAt(this.#store, instant), { instant });
  }

  /** The current facts with what changed since taken back, or all of that time. */
  async atRevision(then: number, at: KnownAt = { revision: then }): Promise<Projection> {
    const { projection: current } = await this.read();
    if (then === current.revision) return current;
    return (await this.#change(current, then)) ?? build(this.#store, this.#kinds, at);
  }

  #wanted(changed: KeysByKind): KeysByKind {
    return new Map([...changed].filter(([kind]) => this.#kinds.includes(kind)));
  }

  /** The revision that questions are answered at when the store has this one. One revision of another process shows all before it. */
  #shownOf(revision: number): number {
    const last = this.#last?.projection.revision;
    if (last === undefined) return revision;
    for (let later = last + 1; later <= revision; later++) if (!this.#showing.has(later)) return revision;
    return Math.min(last, revision);
  }

  /** Renews the facts until they have a revision. Questions see them in one step. */
  async #reach(revision: number, seenAt: number, prepare?: PrepareAnswers): Promise<Snapshot> {
    while (this.#last === undefined || this.#last.projection.revision < revision) {
      const next = await this.#renew(revision);
      if (prepare !== undefined) await this.#preparation.prepare(next, prepare);
      this.#publish(next, seenAt);
    }
    return this.#last;
  }

  /** Facts that are shown never give way to earlier ones. */
  #publish(projection: Projection, seenAt: number): Snapshot {
    const last = this.#last;
    const latest = last !== undefined && last.projection.revision > projection.revision ? last.projection : projection;
    this.#preparation.show(latest);
    this.#last = { projection: latest, currentAt: Math.max(seenAt, last?.currentAt ?? seenAt) };
    return this.#last;
  }

  #renew(revision: number): Promise<Projection> {
    const prepared = this.#preparation.next;
    if (prepared !== undefined && prepared.revision >= revision) return Promise.resolve(prepared);
    const begun = performance.now();
    this.#building ??= this.#make(revision).finally(() => {
      this.#building = undefined;
      this.#buildMs = performance.now() - begun;
    });
    return this.#building;
  }

  async #make(revision: number): Promise<Projection> {
    const newest = this.#preparation.next ?? this.#last?.projection;
    const last = newest ?? (await this.#kept?.read());
    const projection = last !== undefined && last.revision >= revision ? last : await this.#next(last, revision);
    this.#kept?.keep(projection);
    return projection;
  }

  async #next(last: Projection | undefined, revision: number): Promise<Projection> {
    return (last && (await this.#change(last, revision))) ?? build(this.#store, this.#kinds);
  }

  /**
   * The projection of a later or earlier revision from this one, or undefined: so much has changed, or a bug was met, that all facts are
   * read.
   */
  async #change(one: Projection, revision: number): Promise<Projection | undefined> {
    const store = this.#store;
    const { place } = store;
    // No thread can open a view.
    const inBackground = place.kind === 'memory' ? undefined : this.#refreshInBackground?.bind(undefined, place);
    try {
      const changed = await readChangesBetween(store, one, revision, inBackground && fewForThread);
      if (changed === undefined) return await inBackground?.(one, revision);
      return await this.#refresh(one, await readChanged(store, this.#wanted(changed), revision), revision);
    } catch (error) {
      tellOfBug(error);
      return undefined;
    }
  }
}

/**
 * Rethrows an error of the store. Any other is a bug of the program: all facts are read, because without a new projection every later question
 * would fail in the same way.
 */
function tellOfBug(error: unknown): void {
  if (error instanceof ExposureError) throw error;
  process.emitWarning('The facts could not be renewed from the former ones, so all are read again. Please report this.', {
    type: 'RenewalWarning',
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  });
}

/** The revision that the store had at an instant. */
async function revisionAt(store: FactStore, instant: number): Promise<number> {
  const stream = store.readFacts({ instant }, []);
  for await (const batch of stream) void batch;
  return stream.revision;
}

async function build(store: FactStore, kinds: readonly FactKind[], at?: KnownAt): Promise<Projection> {
  const builder = new ProjectionBuilder();
  const stream = store.readFacts(at, kinds);
  for await (const batch of stream) builder.add(batch.kind, batch.facts);
  return runInTurns(builder.steps(stream.revision));
}

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
