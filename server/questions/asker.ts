import { compareCodePoints } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import type { Attribute } from '../domain/facts.ts';
import { type Acceptance, parseAcceptance } from '../domain/records/saved-texts.ts';
import type { Projection } from '../projection/projection.ts';
import type { Snapshot } from '../projection/refresh/refresh.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { Place } from './facts/held-facts.ts';
import { needsAllFacts } from './facts/held-facts.ts';
import { refuseEmptyPast } from './facts/refuse-empty-past.ts';
import type { Questions } from './questions.ts';
import { resolveFindings } from './rankings/resolved-findings.ts';
import type { AskAgain } from './rankings/standing-answers.ts';
import type { JobName, JobParameters, JobResult, JobSubject } from './run/jobs.ts';
import type { Make } from './run/latest-answers.ts';
import { TimeLimit } from './run/time-limit.ts';
import type { WorkProgress } from './run/work-progress.ts';

type Maybe<T> = T | null | undefined;

/** An organization or artifact in a projection. */
export interface RecordAt {
  readonly type: 'Organization' | 'Artifact';
  readonly projection: Projection;
  readonly index: number;
}

/** With EXPOSURE_PROJECTION=local, the most records whose facts one request may read one by one. */
const maxRecordsRead = 20;

/** A question that takes longer keeps the instant of its first request while its client polls for progress. */
const aboutNowMs = 60_000;

/** Kinds of facts that have attributes. */
type AttributedKind = 'ORGANIZATION' | 'ENGAGEMENT';

/**
 * One request to the application layer. It holds the time of the request, the facts that answer it, and its time limit.
 *
 * All parts of a request use one projection. After a write, `seeWrites` makes the rest of the request use a newer one.
 */
export class Asker {
  readonly questions: Questions;
  readonly limit: TimeLimit;
  /** The time of the request, in epoch milliseconds. */
  readonly now: number;
  /** The request uses the facts known at this instant; null: the current facts. */
  readonly knownAt: number | null;
  // TypeScript `private`, because Apollo clones its context and clones lose #private fields.
  protected current: Promise<Snapshot> | undefined;
  private accepted: Promise<ReadonlyMap<string, Acceptance>> | undefined;
  /** The records whose facts were read one by one. */
  private readonly recordsRead = new Set<string>();
  /** Facts that wait for their attributes, by kind and revision. One read fetches each group. */
  private readonly attributes = new Map<string, { ids: string[]; answer: Promise<Map<string, readonly Attribute[]>> }>();

  /**
   * @param signal aborted when the client disconnects
   * @param knownAt if given, it also replaces the time of the request
   */
  constructor(questions: Questions, limit: TimeLimit | AbortSignal | undefined = undefined, knownAt: number | null = null) {
    this.questions = questions;
    this.limit = limit instanceof TimeLimit ? limit : new TimeLimit(questions.queryTimeoutMs, limit);
    this.knownAt = knownAt;
    this.now = knownAt ?? questions.clock();
  }

  /** Throws QUERY_TIMEOUT when the time is over, or the signal's reason when the client has disconnected. */
  checkTime(): void {
    this.limit.check();
  }

  /** Waits for a read of the store, no longer than the time limit. */
  read<T>(reading: Promise<T>): Promise<T> {
    return this.limit.within(reading);
  }

  /** Calls `act` now, or later if other requests are due first. */
  turn<T>(act: () => T): T | Promise<Awaited<T>> {
    return this.questions.scheduler.turn(this.limit, act);
  }

  /** Runs long work on the event loop, in slices. */
  run<T>(steps: Generator<void, T>, limit = this.limit): Promise<T> {
    return this.questions.scheduler.run(limit, steps);
  }

  /** Runs long work in a worker thread. */
  runInThread<J extends JobName>(
    projection: JobSubject<J>,
    job: J,
    parameters: JobParameters<J>,
    limit = this.limit,
    progress?: WorkProgress,
  ): Promise<JobResult<J>> {
    return this.questions.scheduler.runInThread(limit, projection, job, parameters, progress);
  }

  /**
   * Returns the cached answer. If there is none, computes it with `make` and caches it.
   *
   * @param patienceMs the longest wait of a client that shows progress; absent: waits for the answer
   * Throws StillWorking if the answer takes longer than `patienceMs`.
   */
  keep<T>(projection: Projection, question: readonly [name: string, ...rest: unknown[]], make: Make<T>, patienceMs?: number): Promise<T> {
    const { answers } = this.questions;
    return patienceMs === undefined
      ? answers.get(projection, question, this.limit, make)
      : answers.getSoon(projection, question, this.limit, patienceMs, make);
  }

  /**
   * Remembers an answer about all current facts, so that it is renewed when they change.
   *
   * @param question its name and all that decides the answer, but not the instant of asking
   * @param again makes the list of other facts, and must hold none
   */
  remember(question: readonly [name: string, ...rest: unknown[]], again: (asker: Asker, projection: Projection) => Promise<unknown>): void {
    if (this.knownAt === null) this.questions.standing.remember(question, newAsker(this.questions, again));
  }

  /** Undefined for an instant that is, within a minute, the time of the request: a later request for the list gets the list of its own time. */
  fixedInstant(instant: number): number | undefined {
    return Math.abs(instant - this.now) < aboutNowMs ? undefined : instant;
  }

  /** The facts that answer this request. Throws NOT_FOUND before the first record, STORE_UNAVAILABLE. */
  async facts(): Promise<Projection> {
    return (await this.snapshot()).projection;
  }

  /** The facts, with the latest instant at which they were known to be current. */
  snapshot(): Promise<Snapshot> {
    this.current ??= this.readSnapshot().then((snapshot) => {
      // A rebuild of the projection does not count against the question.
      this.limit.restart();
      return snapshot;
    });
    return this.current;
  }

  private async readSnapshot(): Promise<Snapshot> {
    const { knownAt } = this;
    if (knownAt !== null) return { projection: await this.factsAt(knownAt), currentAt: knownAt };
    await this.questions.prepare(null, this.limit);
    const snapshot = await this.questions.current.read();
    this.questions.standing.see(snapshot.projection);
    return snapshot;
  }

  /** The facts as they were known at an instant. Throws NOT_FOUND before the first record, LIMIT_EXCEEDED, STORE_UNAVAILABLE. */
  async factsAt(instant: number): Promise<Projection> {
    await this.questions.prepare(instant, this.limit);
    const projection = await this.questions.current.at(instant);
    await refuseEmptyPast(this.questions.store, projection, instant);
    this.limit.restart();
    return projection;
  }

  /** Call this after a write, so that the rest of this request uses facts that include it. */
  seeWrites(): void {
    this.current = undefined;
    this.questions.current.askAgain();
    this.accepted = undefined;
  }

  /** As `seeWrites`, after a write without a time limit, such as an undo: the rest of the request has the whole time. */
  seeLongWrite(): void {
    this.limit.restart();
    this.seeWrites();
  }

  /** The acceptances in force, by the finding's id. */
  acceptances(): Promise<ReadonlyMap<string, Acceptance>> {
    this.accepted ??= this.facts().then((projection) => readAcceptances(this.questions.store, projection, this.now));
    return this.accepted;
  }

  /** For questions that need all facts. Throws LIMIT_EXCEEDED if the server holds only a part of them. */
  needAllFacts(): void {
    if (!this.questions.held.isWhole) throw needsAllFacts();
  }

  /** A projection with at least all facts that name this record. */
  async factsAbout(record: { readonly organization?: Maybe<string>; readonly artifact?: Maybe<string> }): Promise<Projection> {
    const projection = await this.facts();
    const { held } = this.questions;
    const { artifact, organization } = record;
    if (typeof artifact === 'string') return this.read(held.around(projection, { artifact }));
    return typeof organization === 'string' ? this.read(held.around(projection, { organization })) : projection;
  }

  /** A projection with at least the transfers that have these ids. */
  async factsWithTransfers(ids: readonly string[]): Promise<Projection> {
    return this.read(this.questions.held.withTransfers(await this.facts(), ids));
  }

  /**
   * Calls `answer` with the record in a projection that has all facts about it. If the server holds only a part of the facts, it
   * reads the others first. Throws LIMIT_EXCEEDED if one request does this for too many records.
   */
  onWhole<M extends RecordAt, T>(record: M, answer: (record: M) => T): T | Promise<T> {
    return this.questions.held.isWhole ? answer(record) : this.readWhole(record).then(answer);
  }

  private async readWhole<M extends RecordAt>(record: M): Promise<M> {
    const { projection, index } = record;
    const place: Place =
      record.type === 'Organization'
        ? { organization: projection.organizations.id.get(index) }
        : { artifact: projection.artifacts.id.get(index) };
    this.recordsRead.add(JSON.stringify(place));
    if (this.recordsRead.size > maxRecordsRead) {
      throw new ExposureError(
        'LIMIT_EXCEEDED',
        `This request needs the facts about more than ${maxRecordsRead} organizations and artifacts, and this server reads them one by one ` +
          '(EXPOSURE_PROJECTION=local). Ask about fewer at once, or ask a server that is started with EXPOSURE_PROJECTION=whole.',
      );
    }
    return { ...record, projection: await this.read(this.questions.held.around(projection, place)) };
  }

  /** Reads attributes, which only the store has. One read fetches those of all waiting facts of a kind and revision. */
  async readAttributes(kind: AttributedKind, revision: number, id: string): Promise<readonly Attribute[]> {
    const name = `${kind} ${revision}`;
    let batch = this.attributes.get(name);
    if (batch === undefined) {
      const ids: string[] = [];
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
        this.attributes.delete(name);
        const field = fieldIndex(kind, 'attributes');
        const facts = await this.questions.store.readFactsByKey(kind, [...new Set(ids)], { revision });
        return new Map(facts.map((fact) => [fact.key, fact.values[field] as readonly Attribute[]]));
      });
      batch = { ids, answer };
      this.attributes.set(name, batch);
    }
    batch.ids.push(id);
    return (await this.read(batch.answer)).get(id) ?? [];
  }
}

/** An asker of its own, because an asker holds facts. */
function newAsker(questions: Questions, again: (asker: Asker, projection: Projection) => Promise<unknown>): AskAgain {
  return (projection, limit) => again(new Asker(questions, limit), projection);
}

/**
 * The acceptances of findings that are in force at an instant, by the finding's id. One that names a merged organization is about the one that
 * its id means (semantics §12); an acceptance of that one's own finding comes first, then that of the smallest id.
 *
 * @param projection the facts that answer
 */
async function readAcceptances(store: FactStore, projection: Projection, instant: number): Promise<ReadonlyMap<string, Acceptance>> {
  const all = (await store.listDocuments('acceptance')).map(({ id, json }) => [id, parseAcceptance(json)] as const);
  const accepted = new Map(all.filter(([, { until }]) => until === null || until > instant));
  const resolved = await resolveFindings(store, projection, accepted.keys());
  for (const [id, other] of [...resolved].sort(([a], [b]) => compareCodePoints(a, b))) {
    if (!accepted.has(other)) accepted.set(other, accepted.get(id) as Acceptance);
  }
  return accepted;
}
