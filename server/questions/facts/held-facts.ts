import { ExposureError } from '../../domain/errors.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { custodyKinds } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../../exposure/radius/resolve-radius-input.ts';
import { RevealClosures } from '../../exposure/radius/reveals/reveal-closure.ts';
import { findReached } from '../../exposure/radius/spread.ts';
import { buildPart } from '../../projection/packed/build-packed-transfers.ts';
import { type Projection, rowOf } from '../../projection/projection.ts';
import type { CurrentFacts, KeptProjection, RefreshInBackground, Snapshot } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { openProjection } from '../../projection/share-projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactStore, WholeStore } from '../../store/fact-store.ts';
import { OwnThreads } from '../run/worker-pool.ts';
import { PackedTransfers, type PackOptions, SourceMoved, storedTransfers, type TransferSource } from './packed/packed-transfers.ts';

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The facts of a server (EXPOSURE_PROJECTION): all of them in memory, or the common block, with the transfers that a question needs read for it. */
export interface HeldFacts {
  readonly current: CurrentFacts;

  /** Whether all facts are in memory. */
  readonly isWhole: boolean;

  /**
   * The facts that a blast radius needs.
   *
   * @param facts those that the asker has, as of the question's instant
   * Throws STORE_UNAVAILABLE, and the errors of `resolveRadiusInput`.
   */
  forRadius(question: RadiusQuestion, incident: Incident | undefined, now: number, facts: Projection): Promise<Projection>;

  /**
   * All facts that name a record, with all copies of the artifact or in the organization's custody.
   * Throws CONFLICT if the facts changed since `facts` were read, STORE_UNAVAILABLE.
   */
  around(facts: Projection, place: Place): Promise<Projection>;

  /** Facts with the existing transfers that have these ids. Throws as `around`. */
  withTransfers(facts: Projection, ids: readonly string[]): Promise<Projection>;

  countTransfers(facts: Projection): Promise<number>;

  /** Ends the threads and files of the facts. */
  close(): Promise<void>;
}

/** All facts of a store, in memory. Reads none before the first question. */
export class WholeFacts implements HeldFacts {
  readonly current: CurrentFacts;
  readonly isWhole = true;
  readonly #thread = new RefreshThread();

  /** @param kept where the facts are kept between two runs of the program */
  constructor(store: FactStore, clock: () => number, kept?: KeptProjection) {
    this.current = new CurrentProjection(store, clock, custodyKinds, kept, undefined, this.#thread.refreshInBackground);
  }

  async forRadius(...[, , , facts]: Parameters<HeldFacts['forRadius']>): Promise<Projection> {
    return facts;
  }

  async around(facts: Projection): Promise<Projection> {
    return facts;
  }

  async withTransfers(facts: Projection): Promise<Projection> {
    return facts;
  }

  async countTransfers({ transfers }: Projection): Promise<number> {
    return transfers.count;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }
}

/**
 * Reads and places the changes of a large write in a thread of its own, so that the event loop stays free and long questions do not delay it.
 */
export class RefreshThread {
  readonly #threads = new OwnThreads();

  readonly refreshInBackground: RefreshInBackground = async (place, last, revision) => {
    const next = await this.#threads.run(last, 'refreshFromStore', { place, revision });
    return next === null ? undefined : openProjection(next, last);
  };

  async close(): Promise<void> {
    await this.#threads.close();
  }
}

const artifactField = fieldIndex('TRANSFER', 'artifact');
/** Facts of these kinds belong to no artifact alone. They are always in memory. */
const commonKinds = custodyKinds.filter((kind) => kind !== 'TRANSFER');

/** Properties that only a projection of all facts has. */
const kinds = ['transfers', 'copies', 'memory'] as const;
const rowsOfOrganizations = ['copies', 'sent', 'received'] as const;
const rowsOfArtifacts = ['transfers', 'copies'] as const;

/** A projection without transfers and copies: access to these throws LIMIT_EXCEEDED, so no answer silently misses facts. */
function guardPart(base: Projection): Projection {
  return withhold(
    { ...base, organizations: withhold(base.organizations, rowsOfOrganizations), artifacts: withhold(base.artifacts, rowsOfArtifacts) },
    kinds,
  );
}

function withhold<T extends object>(of: T, names: readonly string[]): T {
  const guarded = { ...of };
  for (const name of names) {
    // Not enumerable, so that {...spread} does not call the getter.
    Object.defineProperty(guarded, name, {
      enumerable: false,
      get: () => {
        throw needsAllFacts();
      },
    });
  }
  return guarded;
}

export function needsAllFacts(): ExposureError {
  return new ExposureError(
    'LIMIT_EXCEEDED',
    'This question needs all transfers, and this server holds none in memory (EXPOSURE_PROJECTION=local). ' +
      'Ask for a blast radius, a search or one record, or use a server with EXPOSURE_PROJECTION=whole.',
  );
}

/** The transfers to find, and a unique name as the cache key. */
interface Question {
  readonly name: string;
  readonly find: (part: GrowingPart, source: TransferSource) => Promise<void>;
}

/** Limits of the cache of loaded parts. The latest part is always kept. */
const maxParts = 16;
const maxTransfersKept = 1_000_000;
/** Attempts to read a part while other writes change the facts. */
const maxAttempts = 5;

/**
 * Answers from facts that do not fit in memory. All but the transfers stay in memory: the common block. Each question reads the transfers of the
 * artifacts that it needs (docs/decisions/more-than-memory.md), mostly from a file of this process, and the usual builder makes their parts.
 */
export class LocalFacts implements CurrentFacts, HeldFacts {
  readonly isWhole = false;
  readonly #base: CurrentProjection;
  readonly #store: WholeStore;
  readonly #transfers: PackedTransfers;
  readonly #clock: () => number;
  /** Loaded parts by revision and question, the most recently used last. */
  readonly #loaded = new Map<string, Promise<Projection | undefined>>();
  /** The number of transfers in each loaded part. */
  readonly #sizes = new Map<string, number>();
  /** The guarded projection of each base. */
  readonly #guarded = new WeakMap<Projection, Projection>();

  /** @param pack where transfers are packed; absent: the store answers for all of them */
  constructor(store: WholeStore, clock: () => number = Date.now, pack?: PackOptions) {
    this.#base = new CurrentProjection(store, clock, commonKinds);
    this.#store = store;
    this.#transfers = new PackedTransfers(store, pack);
    this.#clock = clock;
  }

  get current(): CurrentFacts {
    return this;
  }

  /** The common block; access to transfers and copies throws LIMIT_EXCEEDED. */
  async read(): Promise<Snapshot> {
    const { projection: base, currentAt } = await this.#readBase();
    let projection = this.#guarded.get(base);
    if (projection === undefined) {
      projection = guardPart(base);
      this.#guarded.set(base, projection);
    }
    return { projection, currentAt };
  }

  /** Throws LIMIT_EXCEEDED for an instant in the past. */
  async at(instant: number): Promise<Projection> {
    if (instant >= this.#clock()) return (await this.read()).projection;
    throw new ExposureError(
      'LIMIT_EXCEEDED',
      'An answer as known in the past needs all facts of that time, and this server reads only current facts (EXPOSURE_PROJECTION=local). ' +
        'Leave knownAt out, or use a server with EXPOSURE_PROJECTION=whole.',
    );
  }

  async atRevision(): Promise<never> {
    throw needsAllFacts();
  }

  get state() {
    return this.#base.state;
  }

  get isShowing() {
    return this.#base.isShowing;
  }

  askAgain(): void {
    this.#base.askAgain();
  }

  readRevision(): Promise<number> {
    return this.#base.readRevision();
  }

  /** Prepares nothing: no question needs all facts. */
  show(revision: number, written?: Promise<unknown>): Promise<void> {
    return this.#base.show(revision, written);
  }

  shown(): Promise<void> {
    return this.#base.shown();
  }

  forRadius(question: RadiusQuestion, incident: Incident | undefined, now: number): Promise<Projection> {
    return this.#load((base) => {
      const input = resolveRadiusInput(base, { ...question, scope: [] }, incident, now);
      return { name: nameOfRadius(base, input), find: (part, source) => findRadius(part, base, input, source) };
    });
  }

  async around(projection: Projection, place: Place): Promise<Projection> {
    return this.#loadAt(projection, {
      name: JSON.stringify(place),
      find: async (part, source) => part.add('artifact' in place ? [place.artifact] : await source.findHandled([place.organization])),
    });
  }

  async withTransfers(projection: Projection, ids: readonly string[]): Promise<Projection> {
    const facts = await this.#store.readFactsByKey('TRANSFER', ids, { revision: projection.revision });
    const artifacts = [...new Set(facts.map(({ values }) => values[artifactField] as string))].sort();
    return this.#loadAt(projection, { name: JSON.stringify([artifacts]), find: (part) => part.add(artifacts) });
  }

  /** Resolves once all transfers are packed, or cannot be. */
  packed(): Promise<void> {
    return this.#transfers.packed();
  }

  close(): Promise<void> {
    return this.#transfers.close();
  }

  async countTransfers(): Promise<number> {
    const { projection: base } = await this.#readBase();
    return (await this.#transfers.countAt(base.revision)) ?? (await this.#store.readPart((part) => part.countTransfers())).result;
  }

  async #readBase(): Promise<Snapshot> {
    const base = await this.#base.read();
    this.#transfers.begin();
    return base;
  }

  async #loadAt(projection: Projection, question: Question): Promise<Projection> {
    const found = await this.#load(() => question);
    if (found.revision !== projection.revision) {
      throw new ExposureError(
        'CONFLICT',
        `The facts changed from revision ${projection.revision} to ${found.revision} while the question was answered. Ask again.`,
      );
    }
    return found;
  }

  /** Retries until the part has the same revision as the organizations and artifacts in memory. */
  async #load(ask: (base: Projection) => Question): Promise<Projection> {
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const base = (await this.#readBase()).projection;
      const { name, find } = ask(base);
      const key = `${base.revision} ${name}`;
      const loading = this.#loaded.get(key) ?? this.#read(base, find);
      this.#keep(key, loading);
      try {
        const found = await loading;
        if (found !== undefined) {
          this.#sizes.set(key, found.transfers.count);
          this.#drop();
          return found;
        }
        this.#loaded.delete(key);
      } catch (error) {
        this.#loaded.delete(key);
        throw error;
      }
    }
    throw new ExposureError('STORE_UNAVAILABLE', 'The facts kept changing while the question was reading them. Ask again.');
  }

  #keep(key: string, loading: Promise<Projection | undefined>): void {
    this.#loaded.delete(key);
    this.#loaded.set(key, loading);
    this.#drop();
  }

  /** Drops the oldest parts first. A part that is still loading has no size yet. */
  #drop(): void {
    let transfers = 0;
    for (const key of this.#loaded.keys()) transfers += this.#sizes.get(key) ?? 0;
    for (const oldest of this.#loaded.keys()) {
      if (this.#loaded.size <= 1 || (this.#loaded.size <= maxParts && transfers <= maxTransfersKept)) break;
      transfers -= this.#sizes.get(oldest) ?? 0;
      this.#loaded.delete(oldest);
    }
    for (const key of this.#sizes.keys()) if (!this.#loaded.has(key)) this.#sizes.delete(key);
  }

  /** Undefined if the store has a later revision than `base`. */
  async #read(base: Projection, find: Question['find']): Promise<Projection | undefined> {
    const packed = await this.#transfers.at(base.revision);
    try {
      if (packed !== undefined) return await this.#make(base, find, packed);
    } catch (error) {
      if (error instanceof SourceMoved) return undefined;
      throw error;
    }
    const { revision, result } = await this.#store.readPart((part) => this.#make(base, find, storedTransfers(part)));
    return revision === base.revision ? result : undefined;
  }

  async #make(base: Projection, find: Question['find'], source: TransferSource): Promise<Projection> {
    const rows = this.#transfers.newRows();
    const known = new Set<string>();
    const part: GrowingPart = {
      async add(artifacts) {
        const news = artifacts.filter((artifact) => !known.has(artifact));
        for (const artifact of news) known.add(artifact);
        await source.read(news, rows);
      },
      build: () => runInTurns(buildPart(base, rows)),
    };
    await find(part, source);
    return part.build();
  }
}

/** A cache key for a radius. It contains everything that decides which facts are read. */
function nameOfRadius({ organizations }: Projection, input: RadiusInput): string {
  const { origins, suspected = [], widest, maxHops, transferLikelihood, minDegree } = input;
  const ids = [...origins, ...suspected.map(({ organization }) => organization)].map((one) => organizations.id.get(one));
  return JSON.stringify([ids, widest.from, widest.to, maxHops, transferLikelihood > 0, minDegree]);
}

/** Adds all transfers of artifacts, by id, to a projection of the common block. Artifacts that it has already are no others. */
interface GrowingPart {
  add(artifacts: readonly string[]): Promise<void>;
  build(): Promise<Projection>;
}

/**
 * Adds the transfers that a blast radius needs: all those of the artifacts that reached organizations hold, and of those that these reveal.
 * The page docs/decisions/more-than-memory.md shows that they suffice.
 *
 * @param base the common block
 * @param input the question; this function ignores its scopes
 */
async function findRadius(part: GrowingPart, base: Projection, input: RadiusInput, source: TransferSource): Promise<void> {
  const idOf = (artifact: number) => base.artifacts.id.get(artifact);
  const held = new Set<string>();
  const seen = new Set<number>();
  let reached = findReached(base, input);
  for (;;) {
    const news = reached.map(({ organization }) => organization).filter((one) => !seen.has(one));
    if (news.length === 0) break;
    for (const one of news) {
      seen.add(one);
      for (const artifact of rowOf(base.organizations.artifacts, one)) held.add(idOf(artifact));
    }
    for (const artifact of await source.findHandled(news.map((one) => base.organizations.id.get(one)))) held.add(artifact);
    if (input.transferLikelihood === 0 || input.maxHops === 0) break;
    // A copy that a reached organization sent leads to its recipient, and so to further artifacts.
    await part.add([...held]);
    reached = findReached(await part.build(), input);
  }
  const closures = new RevealClosures(base, input.minDegree);
  const within = new Set(held);
  for (const id of held) {
    const artifact = base.artifacts.id.find(id);
    if (artifact >= 0) for (const revealed of closures.of(artifact).targets) within.add(idOf(revealed));
  }
  await part.add([...within]);
}
