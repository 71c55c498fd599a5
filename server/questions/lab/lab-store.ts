import { ExposureError } from '../../domain/errors.ts';
import type { FactKind } from '../../domain/facts.ts';
import { toLabFacts } from '../../projection/lab-view/lab-facts.ts';
import type { Projection } from '../../projection/projection.ts';
import type { CurrentFacts } from '../../projection/refresh/refresh.ts';
import type { FactBatch, FactStore, FactStream, KnownAt } from '../../store/fact-store.ts';
import type { DocumentCollection, StoredDocument } from '../../store/stored-document.ts';
import { readMeantDocuments } from '../incidents/meant-incident.ts';
import type { SeenRevision } from './find-last-change.ts';
import { findLastChange } from './find-last-change.ts';
import type { ToldFacts } from './told-facts.ts';
import { readTold, readWhole, tellFacts } from './told-facts.ts';

/** Chooses the incidents that a bound person may know, without what their packs do not say. */
export type TellIncidents = (documents: readonly StoredDocument[], told: Pick<ToldFacts, 'labs' | 'view'>) => Promise<StoredDocument[]>;

interface LabStoreOptions {
  /** The whole store. */
  readonly store: FactStore;
  /** All facts. */
  readonly whole: CurrentFacts;
  /** The ids to which somebody is bound: the view is that of the labs that they mean. */
  readonly labs: readonly string[];
  readonly tellIncidents: TellIncidents;
}

interface Seen extends SeenRevision {
  readonly told: ToldFacts;
}

/** Views kept for reads by key, the latest used last. */
const maxKept = 3;

/**
 * A store that holds what some labs may be told (semantics §10), and nothing else. Everything that a bound person asks is answered from
 * it, so no question can reach a fact outside the view. It only reads.
 *
 * Its revision is the last one that changed the view. It has no history, imports, notes, views or acceptances.
 */
export class LabStore implements FactStore {
  readonly kind: FactStore['kind'];
  readonly #options: LabStoreOptions;
  #latest: Seen | undefined;
  #renewing: Promise<Seen> | undefined;
  /** Earlier views by the revision of the whole store. */
  readonly #earlier = new Map<number, Promise<Seen>>();

  constructor(options: LabStoreOptions) {
    this.#options = options;
    this.kind = options.store.kind;
  }

  async readRevision(): Promise<number> {
    return (await this.#current()).seen;
  }

  readFacts(at?: KnownAt): FactStream {
    const find = () => this.#find(at);
    const { store } = this.#options;
    let revision = 0;
    return {
      get revision() {
        return revision;
      },
      async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
        const { seen, told } = await find();
        revision = seen;
        yield* readTold(store, told);
      },
    };
  }

  /** Of a merged id: if what it means is in the view, and the id names no hidden lab. */
  async readMeanings(ids: readonly string[] | null, at?: KnownAt): Promise<ReadonlyMap<string, string>> {
    const { merges } = (await this.#find(at)).told;
    if (ids === null) return merges;
    return new Map(ids.flatMap((id) => (merges.has(id) ? [[id, merges.get(id) as string]] : [])));
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt) {
    const { told } = await this.#find(at);
    const { whole, view } = told;
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

  async readHistory() {
    return { changes: [], totalCount: 0 };
  }

  async listImports() {
    return [];
  }

  async findImport() {
    return undefined;
  }

  async readImportChanges() {
    return { changes: [], totalCount: 0 };
  }

  async listDocuments(collection: DocumentCollection): Promise<StoredDocument[]> {
    if (collection !== 'incident') return [];
    const { store, tellIncidents } = this.#options;
    const { told } = await this.#current();
    return tellIncidents(await readMeantDocuments(store, told.whole, await store.listDocuments('incident')), told);
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

  /** The view now. Reads the revision of all facts each time. */
  async #current(): Promise<Seen> {
    const revision = await this.#options.whole.readRevision();
    while (this.#latest === undefined || this.#latest.revision < revision) {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
      this.#latest = await this.#renewing;
    }
    return this.#latest;
  }

  async #renew(): Promise<Seen> {
    const { projection } = await this.#options.whole.read();
    const latest = this.#latest;
    return latest !== undefined && latest.revision >= projection.revision ? latest : this.#see(projection, latest);
  }

  async #see(whole: Projection, known: SeenRevision | undefined): Promise<Seen> {
    const { store, labs } = this.#options;
    const told = await tellFacts(store, whole, labs);
    return { revision: whole.revision, seen: await findLastChange(store, told, labs, known), told };
  }

  async #find(at: KnownAt | undefined): Promise<Seen> {
    const current = await this.#current();
    if (at === undefined) return current;
    // A revision that a bound person sees is one of the whole store, with the same view.
    if ('revision' in at && at.revision >= current.seen) return current;
    const earlier = await this.#findEarlier('instant' in at ? await this.#options.whole.at(at.instant) : at.revision);
    refuseOthersPast(earlier.told, [...this.#options.labs, ...idsOf(current.told)]);
    return earlier;
  }

  async #findEarlier(of: Projection | number): Promise<Seen> {
    const revision = typeof of === 'number' ? of : of.revision;
    const found =
      this.#earlier.get(revision) ??
      (async () => this.#see(typeof of === 'number' ? await readWhole(this.#options.store, revision) : of, undefined))();
    this.#earlier.delete(revision);
    this.#earlier.set(revision, found);
    for (const oldest of this.#earlier.keys()) {
      if (this.#earlier.size <= maxKept) break;
      this.#earlier.delete(oldest);
    }
    try {
      return await found;
    } catch (error) {
      this.#earlier.delete(revision);
      throw error;
    }
  }
}

/**
 * Refuses a past in which another organization's id meant one of the labs, or theirs another's, by a merge that has ended since: what was known
 * of the two together is not due to either. Throws NOT_FOUND.
 *
 * @param own the ids to which somebody is bound, and all that mean their labs now
 */
function refuseOthersPast(then: ToldFacts, own: readonly string[]): void {
  if (idsOf(then).every((id) => own.includes(id))) return;
  throw new ExposureError(
    'NOT_FOUND',
    'At that instant your lab was merged with another organization, and it is not any more. What was known of the two together is not shown. ' +
      'Choose an instant before the merge or after its end.',
  );
}

/** All ids that mean the labs. */
function idsOf({ labs, merges }: ToldFacts): string[] {
  return [...labs, ...[...merges].flatMap(([id, root]) => (labs.includes(root) ? [id] : []))];
}

async function refuse(): Promise<never> {
  throw onlyReads();
}

function onlyReads(): ExposureError {
  return new ExposureError('FORBIDDEN', 'Who is bound to labs only reads. Ask an administrator for another token.');
}
