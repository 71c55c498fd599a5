import { ExposureError } from '../../domain/errors.ts';
import { type FactKind, factKinds } from '../../domain/facts.ts';
import type { ChangedKeys, FactStore, KnownAt } from '../../store/fact-store.ts';
import { ProjectionBuilder } from '../build/build-projection.ts';
import type { Projection } from '../projection.ts';
import { runInTurns } from '../turns.ts';
import type { ChangedFacts } from './place-changes.ts';
import { refreshProjection } from './refresh-projection.ts';

/** The projection that answers, and when its facts were last seen to be those of the store. */
export interface Snapshot {
  readonly projection: Projection;
  readonly currentAt: number;
}

/** What questions are answered from. */
export interface CurrentFacts {
  /** The facts now. Throws STORE_UNAVAILABLE. */
  read(): Promise<Snapshot>;
  /** The facts as they were known at an instant; those of now where it is not past. */
  at(instant: number): Promise<Projection>;
  /** The next question asks the store, however lately that failed: to be called after a write, which must be seen. */
  askAgain(): void;
}

/** So many projections of the past are kept. */
const maxPast = 3;
/** A write that began before an instant may still be recorded this long after it. */
const settledAfterMs = 60_000;
/** A store that failed is not asked again for each question: those that come this soon after are answered at once. */
const restMs = 1000;
/** Up to one changed fact in so many, what changed is read; beyond it, all is. */
const factsAChange = 20;
/** Few changes are always read alone. */
const fewChanges = 1000;
const keysAQuestion = 1000;

/**
 * Holds the projection of the facts now, and makes the next when the store has moved on: from the last one and the facts
 * that changed, where these are few.
 *
 * The store's revision is asked for before each answer, so several servers may share one store. At most one is made at a
 * time; whoever asks meanwhile waits for it. While the store cannot be reached the last projection answers, and
 * `currentAt` stays where it was.
 */
export class CurrentProjection implements CurrentFacts {
  readonly #store: FactStore;
  readonly #clock: () => number;
  readonly #kinds: readonly FactKind[];
  #last: Snapshot | undefined;
  #failedAt: number | undefined;
  #building: Promise<Projection> | undefined;
  /** Key -> projection; the latest asked for last. */
  readonly #past = new Map<string, Promise<Projection>>();

  /** @param kinds those that are wanted: the first ones in the order of `factKinds`; of others there is nothing in the projection */
  constructor(store: FactStore, clock: () => number = Date.now, kinds: readonly FactKind[] = factKinds) {
    this.#store = store;
    this.#clock = clock;
    this.#kinds = kinds;
  }

  /**
   * The facts now. Throws STORE_UNAVAILABLE where the store cannot be read and never could.
   * Costs one read of the revision where nothing changed.
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
    this.#building ??= renew(this.#store, this.#kinds, this.#last?.projection, revision).finally(() => {
      this.#building = undefined;
    });
    return this.#building;
  }
}

async function renew(store: FactStore, kinds: readonly FactKind[], last: Projection | undefined, revision: number): Promise<Projection> {
  const changed = last && (await store.readChangedKeys(last.revision, Math.max(fewChanges, Math.floor(countFacts(last) / factsAChange))));
  if (last === undefined || changed === undefined) return build(store, kinds);
  const wanted = new Map([...changed].filter(([kind]) => kinds.includes(kind)));
  return runInTurns(refreshProjection(last, await readChanged(store, wanted, revision), revision));
}

function countFacts({ organizations, artifacts, engagements, transfers, access, reveals, controls }: Projection): number {
  return [organizations, artifacts, engagements, transfers, access, reveals, controls].reduce((sum, { count }) => sum + count, 0);
}

/** All as of one revision: the store may move on meanwhile. */
async function readChanged(store: FactStore, changed: ChangedKeys, revision: number): Promise<Map<FactKind, ChangedFacts>> {
  const read = new Map<FactKind, ChangedFacts>();
  for (const [kind, keys] of changed) {
    const facts = [];
    for (let start = 0; start < keys.length; start += keysAQuestion) {
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
