import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { keepLatest } from '../../domain/keep-latest.ts';
import { toLabFacts } from '../../projection/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts } from '../../projection/refresh/refresh.ts';
import type { FactBatch, FactStore, FactStream, KnownAt, StorePlace, WholeStore } from '../../store/fact-store.ts';
import type { DocumentCollection, StoredDocument } from '../../store/store-record.ts';
import { readResolvedDocuments } from '../incidents/ask-incidents.ts';
import { LatestAnswers } from '../run/latest-answers.ts';
import type { Scheduler } from '../run/scheduler.ts';
import { TimeLimit } from '../run/time-limit.ts';
import type { SeenRevision } from './find-last-change.ts';
import { findLastChange } from './find-last-change.ts';
import type { VisibleFacts } from './visible-facts.ts';
import { flaggedOf, readVisibleFacts, readWhole, selectVisibleFacts } from './visible-facts.ts';

/** Selects the incidents that are visible to a bound person, reduced to the content of their packs. */
type SelectIncidents = (documents: readonly StoredDocument[], visible: Pick<VisibleFacts, 'labs' | 'view'>) => Promise<StoredDocument[]>;

interface LabStoreOptions {
  /** The whole store. */
  readonly store: WholeStore;
  /** All facts. */
  readonly whole: CurrentFacts;
  /** The ids of the labs that the person is bound to, before merges. */
  readonly labs: readonly string[];
  readonly selectVisibleIncidents: SelectIncidents;
  readonly scheduler: Scheduler;
  /** How long a reading of the view may take that no question waits for. */
  readonly queryTimeoutMs: number;
}

interface Seen extends SeenRevision {
  readonly visible: VisibleFacts;
}

/** Views kept, the latest used last. */
const maxKept = 4;
/** Revisions of which the last change before them is kept. */
const maxKnown = 64;
/** A search for the last change among so few changed facts is over before a thread has begun. */
const fewChanges = 500;
/** Of a larger view, a thread makes the sets of keys that the search needs. */
const fewTransfers = 10_000;
/** How much longer a search goes on after its question has run out of time, so that asking again ends. */
const longerMs = 60_000;

/**
 * A store that holds the facts visible to some labs (semantics §10), and nothing else. Everything that a bound person asks is answered from
 * it, so no question can reach a fact outside the view. It only reads.
 *
 * Its revision is the last one that changed the view. It has no history, imports, notes, views or acceptances.
 */
export class LabStore implements FactStore {
  readonly kind: FactStore['kind'];
  readonly #options: LabStoreOptions;
  /** Views by the revision of the whole store, the latest used last. */
  readonly #kept = new Map<number, Seen>();
  /** Views that are being built. All callers that wait for one share the work. */
  readonly #making = new LatestAnswers(maxKept);
  /** From `seen` to `revision`, each view was the same. */
  readonly #known: SeenRevision[] = [];

  constructor(options: LabStoreOptions) {
    this.#options = options;
    this.kind = options.store.kind;
  }

  async readRevision(): Promise<number> {
    return (await this.#current()).seen;
  }

  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream {
    const find = () => this.#find(at);
    const { store } = this.#options;
    let revision = 0;
    return {
      get revision() {
        return revision;
      },
      async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
        const { seen, visible } = await find();
        revision = seen;
        for await (const batch of readVisibleFacts(store, visible)) if (kinds === undefined || kinds.includes(batch.kind)) yield batch;
      },
    };
  }

  get unmerged() {
    return this;
  }

  get place(): StorePlace {
    return { kind: 'memory' };
  }

  /** Of a merged id: if what it means is in the view, and the id names no hidden lab. */
  async readMeanings(ids: Iterable<string> | null, at?: KnownAt): Promise<ReadonlyMap<string, string>> {
    const { merges } = (await this.#find(at)).visible;
    if (ids === null) return merges;
    return new Map([...ids].flatMap((id) => (merges.has(id) ? [[id, merges.get(id) as string]] : [])));
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt) {
    const { visible } = await this.#find(at);
    const { whole, view } = visible;
    return toLabFacts(whole, view, await this.#options.store.readFactsByKey(kind, keys, { revision: whole.revision }));
  }

  /** Undefined: a view is not kept. */
  async readFingerprint() {
    return undefined;
  }

  /** Undefined: the view is read as a whole. */
  async readChangedKeys() {
    return undefined;
  }

  /** Undefined: the view is read as a whole. */
  async readNamers() {
    return undefined;
  }

  async *readChangesBack(): AsyncGenerator<never> {}

  async readHistory() {
    return { changes: [], totalCount: 0 };
  }

  async listImports() {
    return [];
  }

  async findImport() {
    return undefined;
  }

  async listDocuments(collection: DocumentCollection): Promise<StoredDocument[]> {
    if (collection !== 'incident') return [];
    const { store, selectVisibleIncidents } = this.#options;
    const { visible } = await this.#current();
    return selectVisibleIncidents(await readResolvedDocuments(store, visible.whole, await store.listDocuments('incident')), visible);
  }

  async findDocument(collection: DocumentCollection, id: string) {
    return (await this.listDocuments(collection)).find((document) => document.id === id);
  }

  preview = refuse;
  commit = refuse;
  undoImport = refuse;
  saveDocument = refuse;
  deleteDocument = refuse;
  restore = refuse;
  rewrite = refuse;
  verify = refuse;
  readRecords(): never {
    throw onlyReads();
  }

  /** Leaves the whole store open. */
  async close(): Promise<void> {}

  /**
   * Makes the view that answers a question, so that the methods above find it. Its facts do not count against the question, as for everybody.
   *
   * @param instant as known then; null: now
   * @param limit of the question. Work whose time is over goes on for a while, so that a retry finds it further on
   * Throws QUERY_TIMEOUT, STORE_UNAVAILABLE, or the signal's reason when the client has disconnected.
   */
  async prepare(instant: number | null, limit: TimeLimit): Promise<void> {
    const { whole } = this.#options;
    const facts = instant === null ? (await whole.read()).projection : await whole.at(instant);
    limit.restart();
    await this.#see(facts, limit);
  }

  /** The view now. Reads the revision of all facts each time. */
  async #current(): Promise<Seen> {
    const { whole } = this.#options;
    const revision = await whole.readRevision();
    return this.#findKept(revision) ?? this.#see((await whole.read()).projection);
  }

  async #find(at: KnownAt | undefined): Promise<Seen> {
    const current = await this.#current();
    if (at === undefined) return current;
    // A revision that a bound person sees is one of the whole store, with the same view.
    if ('revision' in at && at.revision >= current.seen) return current;
    const earlier = await ('instant' in at ? this.#see(await this.#options.whole.at(at.instant)) : this.#findEarlier(at.revision));
    refuseOthersPast(earlier.visible, [...this.#options.labs, ...idsOf(current.visible)]);
    return earlier;
  }

  async #findEarlier(revision: number): Promise<Seen> {
    const same = [...this.#kept.values()].find((kept) => kept.seen <= revision && revision <= kept.revision);
    return same ?? this.#see(await readWhole(this.#options.store, revision));
  }

  #findKept(revision: number): Seen | undefined {
    const found = this.#kept.get(revision);
    if (found === undefined) return undefined;
    this.#kept.delete(revision);
    this.#kept.set(revision, found);
    return found;
  }

  /** The view of some facts. @param limit absent: that of a question of its own */
  async #see(whole: Projection, limit = new TimeLimit(this.#options.queryTimeoutMs)): Promise<Seen> {
    const found = this.#findKept(whole.revision);
    if (found !== undefined) return found;
    const making = this.#making.get(whole, ['view'], limit.longerBy(longerMs), (shared) => this.#make(whole, shared));
    return await new Promise<Seen>((resolve, reject) => {
      const stop = limit.watch((reason) => reject(limit.signal.aborted ? reason : takesLong()));
      making
        .then(resolve, reject)
        .finally(stop)
        .finally(() => this.#making.forget(whole));
    });
  }

  async #make(whole: Projection, limit: TimeLimit): Promise<Seen> {
    const { store, labs } = this.#options;
    const visible = await selectVisibleFacts(store, whole, labs);
    const seen = await this.#findSeen(visible, limit);
    const made = { revision: whole.revision, seen, visible };
    // The same view of earlier facts, which would stay in memory with it.
    for (const [revision, kept] of this.#kept) if (kept.seen === seen && revision < whole.revision) this.#kept.delete(revision);
    keepLatest(this.#kept, whole.revision, made, maxKept);
    this.#note(made);
    return made;
  }

  /** The last change of a view. Looks at the changes since the nearest revision for which it is known. */
  async #findSeen(visible: VisibleFacts, limit: TimeLimit): Promise<number> {
    const { store, labs: bound, scheduler } = this.#options;
    const { revision } = visible.whole;
    const around = this.#known.find((one) => one.seen <= revision && revision <= one.revision);
    if (around !== undefined) return around.seen;
    const known = this.#known
      .filter((one) => one.revision < revision)
      .reduce<SeenRevision | undefined>((last, one) => (last === undefined || one.revision > last.revision ? one : last), undefined);
    const search = { facts: store, unmerged: store.unmerged, bound, known, check: () => limit.check(), maxChanges: fewChanges };
    // A thread takes longer to begin than a few changes take.
    const seen = known !== undefined && isSmall(visible) ? await findLastChange(visible, search) : undefined;
    return seen ?? (await scheduler.runInThread(limit, visible.whole, 'lastChange', { place: store.place, bound, known }));
  }

  #note({ revision, seen }: SeenRevision): void {
    const same = this.#known.find((one) => one.seen === seen);
    if (same !== undefined) this.#known.splice(this.#known.indexOf(same), 1);
    this.#known.push({ seen, revision: Math.max(revision, same?.revision ?? 0) });
    if (this.#known.length > maxKnown) this.#known.shift();
  }
}

/**
 * Refuses a past revision at which one of the labs was merged with an organization that is separate today. The facts of the two together
 * must be visible to neither. Throws NOT_FOUND.
 *
 * @param own the ids that the person is bound to, and all ids that resolve to their labs now
 */
function refuseOthersPast(then: VisibleFacts, own: readonly string[]): void {
  if (idsOf(then).every((id) => own.includes(id))) return;
  throw new ExposureError(
    'NOT_FOUND',
    'At that instant your lab was merged with another organization, and it is not any more. What was known of the two together is not shown. ' +
      'Choose an instant before the merge or after its end.',
  );
}

/** All ids that resolve to the labs. */
function idsOf({ labs, merges }: VisibleFacts): string[] {
  return [...labs, ...[...merges].flatMap(([id, root]) => (labs.includes(root) ? [id] : []))];
}

function isSmall({ view }: VisibleFacts): boolean {
  let count = 0;
  for (const _ of flaggedOf(view.transfers)) if (++count > fewTransfers) return false;
  return true;
}

function takesLong(): ExposureError {
  return new ExposureError(
    'QUERY_TIMEOUT',
    'The server is still looking for the last change of what your lab may be told. Ask again in a few seconds: the search goes on.',
  );
}

async function refuse(): Promise<never> {
  throw onlyReads();
}

function onlyReads(): ExposureError {
  return new ExposureError('FORBIDDEN', 'Who is bound to labs only reads. Ask an administrator for another token.');
}
