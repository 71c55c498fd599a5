import type { Acceptance } from '../domain/acceptance.ts';
import { ExposureError } from '../domain/errors.ts';
import { factFields } from '../domain/fact-fields.ts';
import type { Attribute } from '../domain/facts.ts';
import type { SearchIndexes } from '../explore/search.ts';
import type { ImportDrafts } from '../import/drafts/drafts.ts';
import type { ImportView } from '../import/import-view.ts';
import type { Projection } from '../projection/projection.ts';
import type { CurrentFacts, Snapshot } from '../projection/refresh/refresh.ts';
import { readAcceptances } from '../questions/ask-findings.ts';
import { needsAllFacts } from '../questions/facts/guard-part.ts';
import type { KindWithId } from '../questions/facts/load-around.ts';
import type { LocalFacts } from '../questions/facts/local-facts.ts';
import { refuseEmptyPast } from '../questions/facts/refuse-empty-past.ts';
import type { LatestAnswers } from '../questions/run/latest-answers.ts';
import type { RadiusCache } from '../questions/run/radius-cache.ts';
import type { JobLimits, WorkerPool } from '../questions/run/worker-pool.ts';
import type { ControlPolicy } from '../rules/required-controls.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { ArtifactModel, OrganizationModel } from './models.ts';

/** What answers are made from; lives as long as the server. */
export interface Services {
  readonly store: FactStore;
  readonly current: CurrentFacts;
  /** Where not all facts are in memory: what reads those that a question needs. */
  readonly local?: LocalFacts | undefined;
  readonly drafts: ImportDrafts;
  readonly radii: RadiusCache;
  readonly answers: LatestAnswers;
  readonly workers: WorkerPool;
  readonly search: SearchIndexes;
  readonly policy: ControlPolicy;
  readonly version: string;
  readonly queryTimeoutMs: number;
  readonly clock: () => number;
}

type Maybe<T> = T | null | undefined;

/** So many records may one question ask about in a way that has to be read for each. */
const maxRecordsRead = 20;

const attributesField = factFields.ORGANIZATION.findIndex((field) => field.name === 'attributes');

/**
 * One request: the instant of asking, who asks, and the facts that answer. All fields of a query are answered from one
 * projection; a field of a mutation after a write sees what was written.
 */
export class Context {
  readonly services: Services;
  /** The instant of asking. */
  readonly now: number;
  /** The facts are those known at this instant; null: those of now. */
  readonly knownAt: number | null;
  /** The name that writes are recorded under. */
  readonly by = 'local';
  /** Aborted when who asks has left. */
  readonly signal: AbortSignal;
  // Apollo clones the context, and a clone has no #private fields: these are private to the compiler alone.
  private deadline: number;
  private current: Promise<Snapshot> | undefined;
  private accepted: Promise<ReadonlyMap<string, Acceptance>> | undefined;
  /** By response key at the root: the contexts of questions that are asked of the past. */
  private readonly pasts = new Map<string, Context>();
  private readonly imports = new Map<string, Promise<ImportView | undefined>>();
  /** Records of which all facts were read. */
  private readonly readWholly = new Set<string>();
  /** Organizations whose attributes are asked for, by revision; read together. */
  private readonly attributes = new Map<number, { ids: string[]; answer: Promise<Map<string, readonly Attribute[]>> }>();

  /**
   * @param signal aborted when nobody waits for the answer any more
   * @param knownAt also the instant of asking, where given
   */
  constructor(services: Services, signal: AbortSignal, knownAt: number | null = null) {
    this.services = services;
    this.signal = signal;
    this.knownAt = knownAt;
    this.now = knownAt ?? services.clock();
    this.deadline = performance.now() + services.queryTimeoutMs;
  }

  private startClock(): void {
    this.deadline = performance.now() + this.services.queryTimeoutMs;
  }

  snapshot(): Promise<Snapshot> {
    this.current ??= this.readSnapshot().then((snapshot) => {
      // A rebuild of the projection is not the question's fault.
      this.startClock();
      return snapshot;
    });
    return this.current;
  }

  private async readSnapshot(): Promise<Snapshot> {
    const { current, store } = this.services;
    if (this.knownAt === null) return current.read();
    const projection = await current.at(this.knownAt);
    await refuseEmptyPast(store, projection, this.knownAt);
    return { projection, currentAt: this.knownAt };
  }

  get hasPast(): boolean {
    return this.pasts.size > 0;
  }

  /** Makes what stands under a field of the root be answered as known at an instant. Throws NOT_FOUND before the first record. */
  async openPast(key: string, instant: number): Promise<void> {
    const past = new Context(this.services, this.signal, instant);
    await past.snapshot();
    this.pasts.set(key, past);
    this.startClock();
  }

  past(key: string): Context {
    return this.pasts.get(key) ?? this;
  }

  /** To be called after a write, so that what follows in the same request sees it. */
  forget(): void {
    this.current = undefined;
    this.services.current.askAgain();
    this.imports.clear();
    this.accepted = undefined;
  }

  /** Throws QUERY_TIMEOUT once the answer has taken longer than it may, or nobody waits for it any more. */
  checkTime(): void {
    if (this.signal.aborted) throw new ExposureError('QUERY_TIMEOUT', 'Whoever asked has left before the answer; ask again.');
    if (performance.now() > this.deadline) {
      throw new ExposureError(
        'QUERY_TIMEOUT',
        `The answer took longer than ${this.services.queryTimeoutMs} ms; ask for smaller pages or fewer fields.`,
      );
    }
  }

  /** What is accepted of findings now, by the finding's id. */
  acceptances(): Promise<ReadonlyMap<string, Acceptance>> {
    this.accepted ??= readAcceptances(this.services.store, this.now);
    return this.accepted;
  }

  /** What is left of the time, and whether anybody still waits. */
  limits(): JobLimits {
    this.checkTime();
    return { timeoutMs: this.deadline - performance.now(), allowedMs: this.services.queryTimeoutMs, signal: this.signal };
  }

  /**
   * What `answer` makes of a record of which all facts are at hand: at once where all facts are in memory, else once those are
   * read. Throws LIMIT_EXCEEDED where one question asks this of many records.
   */
  onWhole<M extends OrganizationModel | ArtifactModel, T>(model: M, answer: (model: M) => T): T | Promise<T> {
    const { local } = this.services;
    return local === undefined ? answer(model) : this.readWhole(local, model).then(answer);
  }

  /** Throws LIMIT_EXCEEDED where not all facts are in memory: for what is asked of a part of them, and needs others too. */
  needAllFacts(): void {
    if (this.services.local !== undefined) throw needsAllFacts();
  }

  /** The facts now, among which are all that name this record, if one is given. */
  async factsAbout(record: { readonly organization?: Maybe<string>; readonly artifact?: Maybe<string> }): Promise<Projection> {
    const { projection } = await this.snapshot();
    const { local } = this.services;
    if (local !== undefined && typeof record.artifact === 'string') return local.around(projection, { artifact: record.artifact });
    if (local !== undefined && typeof record.organization === 'string')
      return local.around(projection, { organization: record.organization });
    return projection;
  }

  /** The facts now, among which are those with these ids. */
  async factsWith(kind: KindWithId, ids: readonly string[]): Promise<Projection> {
    const { projection } = await this.snapshot();
    const { local } = this.services;
    return local === undefined ? projection : local.records(projection, kind, ids);
  }

  private async readWhole<M extends OrganizationModel | ArtifactModel>(local: LocalFacts, model: M): Promise<M> {
    const { projection, index } = model;
    const place =
      model.type === 'Organization'
        ? { organization: projection.organizations.id.get(index) }
        : { artifact: projection.artifacts.id.get(index) };
    this.readWholly.add(JSON.stringify(place));
    if (this.readWholly.size > maxRecordsRead) {
      throw new ExposureError(
        'LIMIT_EXCEEDED',
        `Facts about more than ${maxRecordsRead} organizations and artifacts would have to be read one by one (EXPOSURE_PROJECTION=local). Ask about fewer at once, or ask a server that is started with EXPOSURE_PROJECTION=whole.`,
      );
    }
    return { ...model, projection: await local.around(projection, place) };
  }

  findImport(id: string): Promise<ImportView | undefined> {
    let found = this.imports.get(id);
    if (found === undefined) {
      found = this.services.drafts.find(id);
      this.imports.set(id, found);
    }
    return found;
  }

  /** Attributes lie in the store alone; those of one answer are read in one go, as of its revision. */
  async readAttributes(revision: number, id: string): Promise<readonly Attribute[]> {
    let batch = this.attributes.get(revision);
    if (batch === undefined) {
      const ids: string[] = [];
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
        this.attributes.delete(revision);
        const facts = await this.services.store.readFactsByKey('ORGANIZATION', [...new Set(ids)], { revision });
        return new Map(facts.map((fact) => [fact.key, fact.values[attributesField] as readonly Attribute[]]));
      });
      batch = { ids, answer };
      this.attributes.set(revision, batch);
    }
    batch.ids.push(id);
    return (await batch.answer).get(id) ?? [];
  }
}
