import type { RecordedFact } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { Incident } from '../../domain/incident.ts';
import type { RadiusInput } from '../../exposure/radius/radius-types.ts';
import type { RadiusQuestion } from '../../exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../../exposure/radius/resolve-radius-input.ts';
import { buildPart } from '../../projection/packed/build-part.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts, Snapshot } from '../../projection/refresh/refresh.ts';
import { CurrentProjection } from '../../projection/refresh/refresh.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactPart, FactStore, PartReader } from '../../store/fact-store.ts';
import type { FindHandled, FoundPart } from './find-radius.ts';
import { findRadius } from './find-radius.ts';
import type { PackOptions } from './packed/packed-transfers.ts';
import { PackedTransfers } from './packed/packed-transfers.ts';

const artifactField = factFields.TRANSFER.findIndex(({ name }) => name === 'artifact');

/** An organization or an artifact, by id. */
export type Place = { readonly organization: string } | { readonly artifact: string };

/** The kinds of facts that can be read by id. */
export type KindWithId = 'TRANSFER' | 'ACCESS' | 'ENGAGEMENT';

/**
 * Finds facts by id. For a transfer, finds its artifact, to derive the copies. Every part has all engagements, so these need no read.
 * At most one round trip.
 */
async function findRecords(part: FactPart, kind: KindWithId, ids: readonly string[]): Promise<FoundPart> {
  if (kind === 'ENGAGEMENT') return { artifacts: [], facts: new Map() };
  const facts = await part.readFacts(kind, ids);
  if (kind !== 'TRANSFER') return { artifacts: [], facts: new Map([[kind, withoutRepetition(facts)]]) };
  return { artifacts: [...new Set(facts.map((fact) => fact.values[artifactField] as string))], facts: new Map() };
}

function withoutRepetition(facts: readonly RecordedFact[]): RecordedFact[] {
  return [...new Map(facts.map((fact) => [fact.key, fact])).values()];
}

/**
 * Finds the facts that name an organization or artifact. For an organization, finds each artifact that it handled, to derive the copies
 * and their chains. One round trip.
 */
async function findAround(part: FactPart, place: Place, findHandled: FindHandled): Promise<FoundPart> {
  if ('artifact' in place) {
    return { artifacts: [place.artifact], facts: new Map([['REVEALS', await part.readNaming('REVEALS', [place.artifact])]]) };
  }
  const here = [place.organization];
  const [access, controls, handled] = await Promise.all([
    part.readNaming('ACCESS', here),
    part.readNaming('CONTROL', here),
    findHandled(part, here),
  ]);
  return {
    artifacts: handled,
    facts: new Map<FactKind, readonly RecordedFact[]>([
      ['ACCESS', access],
      ['CONTROL', controls],
    ]),
  };
}

/** Properties that only a projection of all facts has. */
const kinds = ['engagements', 'transfers', 'access', 'reveals', 'controls', 'copies', 'memory'] as const;
const rowsOfOrganizations = [
  'copies',
  'sent',
  'received',
  'accessHeld',
  'accessGranted',
  'engagementsAsClient',
  'engagementsAsProvider',
  'controls',
] as const;
const rowsOfArtifacts = ['transfers', 'copies', 'reveals', 'revealedBy'] as const;

/**
 * A projection of organizations and artifacts alone. Access to any other facts throws LIMIT_EXCEEDED, so no answer silently misses
 * facts.
 */
function guardPart(base: Projection): Projection {
  const { revision } = base;
  return withhold(
    { revision, organizations: withhold(base.organizations, rowsOfOrganizations), artifacts: withhold(base.artifacts, rowsOfArtifacts) },
    kinds,
  ) as Projection;
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
    'This question needs all facts, and this server holds only organizations and artifacts (EXPOSURE_PROJECTION=local). ' +
      'Ask for a blast radius, a search or one record, or use a server with EXPOSURE_PROJECTION=whole.',
  );
}

const grantorField = fieldIndex('ACCESS', 'grantor');
const softwareField = fieldIndex('ACCESS', 'software');

/** The facts to find, and a unique name as the cache key. */
interface Question {
  readonly name: string;
  readonly find: (part: FactPart, findHandled: FindHandled) => Promise<FoundPart>;
}

/** Limits of the cache of loaded parts. The latest part is always kept. */
const maxParts = 16;
const maxTransfersKept = 1_000_000;
/** Attempts to read a part while other writes change the facts. */
const maxAttempts = 5;

/**
 * Answers from facts that do not fit in memory. Organizations, artifacts and engagements stay in memory. Each question reads the other facts
 * that it needs (docs/decisions/parts-of-the-facts.md), transfers mostly from a file of its own.
 */
export class LocalFacts implements CurrentFacts {
  readonly #base: CurrentProjection;
  readonly #parts: PartReader;
  readonly #transfers: PackedTransfers;
  readonly #clock: () => number;
  /** Loaded parts by revision and question, the most recently used last. */
  readonly #loaded = new Map<string, Promise<Projection | undefined>>();
  /** The number of transfers in each loaded part. */
  readonly #sizes = new Map<string, number>();
  /** The guarded projection of each base. */
  readonly #guarded = new WeakMap<Projection, Projection>();

  /** @param pack where transfers are packed; absent: the store answers for all of them */
  constructor(store: FactStore, parts: PartReader, clock: () => number = Date.now, pack?: PackOptions) {
    this.#base = new CurrentProjection(store, clock, ['ORGANIZATION', 'ARTIFACT', 'ENGAGEMENT']);
    this.#parts = parts;
    this.#transfers = new PackedTransfers(store, pack);
    this.#clock = clock;
  }

  /** Organizations and artifacts; access to any other facts throws LIMIT_EXCEEDED. */
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

  /**
   * The facts that a blast radius needs.
   * Throws LIMIT_EXCEEDED (`knownAt` is in the past), STORE_UNAVAILABLE, and the errors of `resolveRadiusInput`.
   */
  async forRadius(question: RadiusQuestion, incident: Incident | undefined, now: number): Promise<Projection> {
    if (question.knownAt !== null && question.knownAt !== undefined) await this.at(question.knownAt);
    return this.#load((base) => {
      const input = resolveRadiusInput(base, { ...question, scope: [] }, incident, now);
      return { name: nameOfRadius(base, input), find: (part, findHandled) => findRadius(part, base, input, findHandled) };
    });
  }

  /**
   * All facts that name a record, with all copies of the artifact or in the organization's custody.
   * Throws CONFLICT if the facts changed since `projection`, STORE_UNAVAILABLE.
   */
  async around(projection: Projection, place: Place): Promise<Projection> {
    return this.#loadAt(projection, { name: JSON.stringify(place), find: (part, findHandled) => findAround(part, place, findHandled) });
  }

  /** Facts that include all existing ones with these ids. Throws as `around`. */
  async records(projection: Projection, kind: KindWithId, ids: readonly string[]): Promise<Projection> {
    return this.#loadAt(projection, { name: JSON.stringify([kind, ids]), find: (part) => findRecords(part, kind, ids) });
  }

  /** The software that organizations run, with the id of each organization. */
  async readSoftware(): Promise<{ readonly grantor: string; readonly software: string }[]> {
    const { result } = await this.#parts.readPart((part) => part.readSoftware());
    return result.map(({ values }) => ({ grantor: values[grantorField] as string, software: values[softwareField] as string }));
  }

  /** Resolves once all transfers are packed, or cannot be. */
  packed(): Promise<void> {
    return this.#transfers.packed();
  }

  close(): Promise<void> {
    return this.#transfers.close();
  }

  /** The number of facts of each kind. */
  async countFacts(): Promise<ReadonlyMap<FactKind, number>> {
    return (await this.#parts.readPart((part) => part.countFacts())).result;
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
    const findHandled: FindHandled = async (part, organizations) =>
      (await this.#transfers.findHandled(organizations, base.revision)) ?? (await part.readArtifactsHandled(organizations));
    const { revision, result } = await this.#parts.readPart(async (part) => {
      const { artifacts, facts } = await find(part, findHandled);
      return { facts, transfers: await this.#transfers.read(part, artifacts, base.revision) };
    });
    if (revision !== base.revision) return undefined;
    void this.#transfers.keep(result.transfers, revision);
    return runInTurns(buildPart(base, result.transfers.rows, result.facts));
  }
}

/** A cache key for a radius. It contains everything that decides which facts are read. */
function nameOfRadius({ organizations }: Projection, input: RadiusInput): string {
  const { origins, suspected = [], widest, maxHops, transferLikelihood, minDegree } = input;
  const ids = [...origins, ...suspected.map(({ organization }) => organization)].map((one) => organizations.id.get(one));
  return JSON.stringify([ids, widest.from, widest.to, maxHops, transferLikelihood > 0, minDegree]);
}
