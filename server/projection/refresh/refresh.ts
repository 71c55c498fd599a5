import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExposureError } from '../../domain/errors.ts';
import { type FactKind, factKinds } from '../../domain/facts.ts';
import type { ChangedKeys, FactStore, KnownAt } from '../../store/fact-store.ts';
import { ProjectionBuilder } from '../build/build-projection.ts';
import type { Projection } from '../projection.ts';
import { runInTurns } from '../turns.ts';
import type { ChangedFacts } from './place-changes.ts';
import { refreshProjection } from './refresh-projection.ts';
import { weighMemory } from './weigh-memory.ts';

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
  /** Makes the next question read the store even if a read just failed. Call it after a write, so that the question sees the write. */
  askAgain(): void;
  /** Undefined before the first read. Asks nobody. */
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

const refreshInTurns: RefreshFacts = (last, changed, revision) => runInTurns(refreshProjection(last, changed, revision));

/** The number of past projections kept. */
const maxPast = 3;
/** A write may still be recorded this long after the instant at which it began. */
const settledAfterMs = 60_000;
/** For this long after the store fails, the last projection answers and the store is not asked again. */
const restMs = 1000;
/** If more than one in this many facts changed, all facts are read again: reading one by its key takes as long as reading a few in order. */
const factsAChange = 4;
/** Up to this many changed facts never cause a full read. */
const fewChanges = 1000;
const keysAQuestion = 1000;

/**
 * Holds the projection of the current facts. When the store's revision rises, it makes the next projection. If few facts changed,
 * it makes it from the last one and the changed facts, otherwise from all facts.
 *
 * It reads the store's revision before each answer, so several servers can share one store. It makes one projection at a time, and
 * questions wait for it. While the store cannot be reached, the last projection answers and `currentAt` does not advance. The first
 * projection of a process may be one that was kept, brought up to date like any other.
 */
export class CurrentProjection implements CurrentFacts {
  readonly #store: FactStore;
  readonly #clock: () => number;
  readonly #kinds: readonly FactKind[];
  readonly #kept: KeptProjection | undefined;
  readonly #refresh: RefreshFacts;
  #last: Snapshot | undefined;
  #failedAt: number | undefined;
  #buildMs = 0;
  #building: Promise<Projection> | undefined;
  /** Past projections by key, in the order of use. */
  readonly #past = new Map<string, Promise<Projection>>();

  /**
   * @param kinds the kinds to load: a prefix of `factKinds`. The projection has no facts of other kinds.
   * @param kept where a projection of all kinds is kept between two runs of the program
   * @param refresh runs refreshes, such as in a thread
   */
  constructor(
    store: FactStore,
    clock: () => number = Date.now,
    kinds: readonly FactKind[] = factKinds,
    kept?: KeptProjection,
    refresh: RefreshFacts = refreshInTurns,
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#kinds = kinds;
    this.#kept = kept;
    this.#refresh = refresh;
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
      while (this.#last === undefined || this.#last.projection.revision < revision) {
        const projection = await this.#renew(revision);
        this.#last = { projection, currentAt: seenAt };
      }
      this.#last = { projection: this.#last.projection, currentAt: Math.max(seenAt, this.#last.currentAt) };
      this.#failedAt = undefined;
    } catch (error) {
      const mayPass = error instanceof ExposureError && (error.code === 'STORE_UNAVAILABLE' || error.code === 'QUERY_TIMEOUT');
      if (!mayPass || this.#last === undefined) throw error;
      this.#failedAt = this.#clock();
    }
    return this.#last;
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
    const key = now - instant > settledAfterMs ? `${instant}` : `${instant}/${await this.#store.readRevision()}`;
    let projection = this.#past.get(key);
    this.#past.delete(key);
    projection ??= build(this.#store, this.#kinds, { instant });
    this.#past.set(key, projection);
    for (const oldest of this.#past.keys()) {
      if (this.#past.size <= maxPast) break;
      this.#past.delete(oldest);
    }
    try {
      return await projection;
    } catch (error) {
      this.#past.delete(key);
      throw error;
    }
  }

  #renew(revision: number): Promise<Projection> {
    const begun = performance.now();
    this.#building ??= this.#make(revision).finally(() => {
      this.#building = undefined;
      this.#buildMs = performance.now() - begun;
    });
    return this.#building;
  }

  async #make(revision: number): Promise<Projection> {
    const renew = renewBy(this.#refresh);
    const last = this.#last?.projection ?? (await this.#kept?.read());
    const projection = last !== undefined && last.revision >= revision ? last : await renew(this.#store, this.#kinds, last, revision);
    // Announced memory starts a garbage collection, and the question that waits is answered first.
    if (projection !== this.#last?.projection) setImmediate(weighMemory, projection, this.#last?.projection);
    this.#kept?.keep(projection);
    return projection;
  }
}

function renewBy(refresh: RefreshFacts) {
  return async (store: FactStore, kinds: readonly FactKind[], last: Projection | undefined, revision: number): Promise<Projection> => {
    const changed = last && (await store.readChangedKeys(last.revision, Math.max(fewChanges, Math.floor(countFacts(last) / factsAChange))));
    if (last === undefined || changed === undefined) return build(store, kinds);
    const wanted = new Map([...changed].filter(([kind]) => kinds.includes(kind)));
    return refresh(last, await readChanged(store, wanted, revision), revision);
  };
}

/** The number of facts of all kinds. */
export function countFacts({ organizations, artifacts, engagements, transfers, access, reveals, controls }: Projection): number {
  return [organizations, artifacts, engagements, transfers, access, reveals, controls].reduce((sum, { count }) => sum + count, 0);
}

/** Reads everything as of one revision: the store may change meanwhile. */
async function readChanged(store: FactStore, changed: ChangedKeys, revision: number): Promise<Map<FactKind, ChangedFacts>> {
  const read = new Map<FactKind, ChangedFacts>();
  for (const [kind, keys] of changed) {
    const facts = [];
    for (let start = 0; start < keys.length; start += keysAQuestion) {
      // An embedded store answers at once, and holds the event loop meanwhile.
      if (start > 0) await nextTurn();
      facts.push(...(await store.readFactsByKey(kind, keys.slice(start, start + keysAQuestion), { revision })));
    }
    read.set(kind, { keys, facts });
  }
  return read;
}

async function build(store: FactStore, kinds: readonly FactKind[], at?: KnownAt): Promise<Projection> {
  const builder = new ProjectionBuilder();
  const stream = store.readFacts(at);
  for await (const batch of stream) {
    if (!kinds.includes(batch.kind)) break;
    builder.add(batch.kind, batch.facts);
  }
  return runInTurns(builder.steps(stream.revision));
}
