import type { RecordedFact } from '../../domain/assertions.ts';
import { type FactKind, factKinds, pairKey, splitPairKey } from '../../domain/facts.ts';
import { keepLatest } from '../../domain/keep-latest.ts';
import type {
  FactBatch,
  FactPart,
  FactReader,
  FactStream,
  HistoryScope,
  ImportScope,
  KeysByKind,
  KnownAt,
  MeaningReader,
  StatedReader,
  StatedStore,
  VerifyScope,
  WholeStore,
} from '../fact-store.ts';
import type { FactWrite, OnVisible, UndoWatch } from '../fact-write.ts';
import type { DocumentCollection, StoreRecord } from '../store-record.ts';
import { MergedFacts, mergedIntoOf } from './merged-facts.ts';

/** Reads facts with merges applied (semantics §1). A store without merges costs one read of its organizations. */
export class MergedReader<S extends StatedReader> implements FactReader, MeaningReader {
  readonly kind: S['kind'];
  /** The reader of facts as stated: merged organizations exist under their own ids. */
  readonly unmerged: S;
  protected readonly tables: MergeTables;

  constructor(unmerged: S) {
    this.unmerged = unmerged;
    this.kind = unmerged.kind;
    this.tables = new MergeTables(unmerged);
  }

  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream {
    // The organizations and engagements tell the merges that the other facts need.
    if (kinds === undefined || (kinds.includes('ORGANIZATION') && kinds.includes('ENGAGEMENT')))
      return new MergedStream(this.unmerged.readFacts(at, kinds), this.tables);
    return this.#readSome(at, kinds);
  }

  #readSome(at: KnownAt | undefined, kinds: readonly FactKind[]): FactStream {
    const { tables, unmerged } = this;
    let revision = 0;
    return {
      get revision() {
        return revision;
      },
      async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
        const table = await tables.at(at);
        revision = table.revision;
        const controls: RecordedFact[] = [];
        for await (const { kind, facts } of unmerged.readFacts({ revision }, kinds)) {
          if (table.merges.isEmpty) yield { kind, facts };
          else if (kind === 'CONTROL') controls.push(...facts);
          else yield { kind, facts: table.merges.resolveAll(kind, facts) };
        }
        if (controls.length > 0) yield { kind: 'CONTROL', facts: table.merges.resolveAll('CONTROL', controls) };
      },
    };
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    const { merges, revision } = await this.tables.at(at);
    if (merges.isEmpty) return this.unmerged.readFactsByKey(kind, keys, at);
    const moment = at ?? { revision };
    if (kind !== 'CONTROL') return merges.resolveAll(kind, await this.unmerged.readFactsByKey(kind, keys, moment));
    const unmerged = keys.flatMap((key) => {
      const [organization, control] = splitPairKey(key);
      return merges.idsOf(organization).map((id) => pairKey(id, control));
    });
    const facts = merges.resolveAll(kind, await this.unmerged.readFactsByKey(kind, unmerged, moment));
    const byKey = new Map(facts.map((fact) => [fact.key, fact]));
    return keys.flatMap((key) => byKey.get(key) ?? []);
  }

  async readChangedKeys(revision: number, limit: number, until?: number): Promise<KeysByKind | undefined> {
    const changed = await this.unmerged.readChangedKeys(revision, limit, until);
    if (changed === undefined) return undefined;
    const at = until === undefined ? undefined : { revision: until };
    const [before, now] = [await this.tables.at({ revision }), await this.tables.at(at)];
    if (before.merges.isEmpty && now.merges.isEmpty) return changed;
    const keys = new KeysUnderMerges(before, now);
    for (const [kind, list] of changed) for (const key of list) keys.add(kind, key);
    const named = [
      ['ORGANIZATION', keys.moved],
      ['ENGAGEMENT', keys.engagements],
    ] as const;
    for (const [kind, of] of named) {
      const namers = of.size === 0 ? new Map() : await this.unmerged.readNamers({ kind, keys: [...of], revision: now.revision, limit });
      if (namers === undefined) return undefined;
      for (const [namer, list] of namers) for (const key of list) keys.add(namer, key);
    }
    return keys.count > limit ? undefined : keys.list();
  }

  async readMeanings(ids: Iterable<string> | null, at?: KnownAt): Promise<ReadonlyMap<string, string>> {
    const { roots } = (await this.tables.at(at)).merges;
    if (ids === null) return roots;
    const meanings = new Map<string, string>();
    for (const id of ids) {
      const root = roots.get(id);
      if (root !== undefined) meanings.set(id, root);
    }
    return meanings;
  }

  readRevision() {
    return this.unmerged.readRevision();
  }
}

/** Buffers all organizations, because a later one may be merged into an earlier one. Buffers all controls too, because their order changes. */
class MergedStream implements FactStream {
  readonly #unmerged: FactStream;
  readonly #tables: MergeTables;

  constructor(unmerged: FactStream, tables: MergeTables) {
    this.#unmerged = unmerged;
    this.#tables = tables;
  }

  get revision(): number {
    return this.#unmerged.revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    const organizations: (readonly RecordedFact[])[] = [];
    const controls: RecordedFact[] = [];
    let table: MergeTable | undefined;
    let isKept = false;
    let hasNoOther = true;
    for await (const { kind, facts } of this.#unmerged) {
      if (kind === 'ORGANIZATION') {
        organizations.push(facts);
        continue;
      }
      if (table === undefined) {
        hasNoOther = false;
        table = this.#tables.make(this.revision, organizations);
        yield* toBatches(table, organizations);
      }
      if (!isKept && (table.merges.isEmpty || factKinds.indexOf(kind) > factKinds.indexOf('ENGAGEMENT'))) {
        this.#tables.put(table);
        isKept = true;
      }
      if (table.merges.isEmpty) yield { kind, facts };
      else if (kind === 'CONTROL') controls.push(...facts);
      else yield { kind, facts: table.merges.resolveAll(kind, facts) };
    }
    table ??= this.#tables.make(this.revision, organizations);
    if (!isKept) this.#tables.put(table);
    if (hasNoOther) yield* toBatches(table, organizations);
    if (controls.length > 0) yield { kind: 'CONTROL', facts: table.merges.resolveAll('CONTROL', controls) };
  }
}

function* toBatches({ merges }: MergeTable, organizations: readonly (readonly RecordedFact[])[]): Generator<FactBatch> {
  for (const facts of organizations) {
    yield { kind: 'ORGANIZATION', facts: merges.isEmpty ? facts : merges.resolveAll('ORGANIZATION', facts) };
  }
}

/** The keys under which facts are read, before and after a change of merges. */
class KeysUnderMerges {
  /** The organizations whose id has another meaning than before. */
  readonly moved: ReadonlySet<string>;
  /** The engagements that are hidden in only one of the two states. */
  readonly engagements: ReadonlySet<string>;
  readonly #tables: readonly MergeTable[];
  readonly #keys = new Map<FactKind, Set<string>>();

  constructor(before: MergeTable, now: MergeTable) {
    this.#tables = [before, now];
    const [was, is] = [before.merges.hiddenEngagements, now.merges.hiddenEngagements];
    this.engagements = new Set([...[...was].filter((key) => !is.has(key)), ...[...is].filter((key) => !was.has(key))]);
    this.moved = new Set(listMoved(before.merges, now.merges));
    for (const id of this.moved) this.add('ORGANIZATION', id);
  }

  get count(): number {
    return [...this.#keys.values()].reduce((sum, { size }) => sum + size, 0);
  }

  add(kind: FactKind, key: string): void {
    const keys = this.#keys.get(kind) ?? new Set<string>();
    this.#keys.set(kind, keys.add(key));
    for (const { merges } of this.#tables) {
      if (kind === 'ORGANIZATION') keys.add(merges.rootOf(key));
      if (kind !== 'CONTROL') continue;
      const [organization, control] = splitPairKey(key);
      keys.add(pairKey(merges.rootOf(organization), control));
    }
  }

  list(): KeysByKind {
    return new Map(factKinds.filter((kind) => this.#keys.has(kind)).map((kind) => [kind, [...(this.#keys.get(kind) as Set<string>)]]));
  }
}

/** The merges of one revision. */
interface MergeTable {
  readonly revision: number;
  readonly merges: MergedFacts;
  /** The organizations with a stated `mergedInto`. */
  readonly merged: readonly RecordedFact[];
}

const tablesKept = 4;
/** The most changed organizations that are looked up one by one. */
const fewChanges = 1000;

/** Caches the merges of the latest revisions. Makes those of the next revision from the organizations that changed. */
class MergeTables {
  readonly #store: StatedReader;
  /** Tables by revision, the latest made last. */
  readonly #tables = new Map<number, MergeTable>();

  constructor(store: StatedReader) {
    this.#store = store;
  }

  /** Makes a table from all organizations of one revision. `put` caches it when it has resolved all engagements. */
  make(revision: number, organizations: Iterable<readonly RecordedFact[]>): MergeTable {
    const merged: RecordedFact[] = [];
    const ids = new Set<string>();
    for (const batch of organizations) for (const fact of batch) if (mergedIntoOf(fact) !== null) merged.push(fact);
    if (merged.length > 0) for (const batch of organizations) for (const { key } of batch) ids.add(key);
    return { revision, merged, merges: new MergedFacts(merged, (id) => ids.has(id)) };
  }

  /** The table of the highest known revision. Undefined before the first. */
  get latest(): MergeTable | undefined {
    return [...this.#tables.values()].reduce<MergeTable | undefined>(
      (latest, table) => (latest === undefined || table.revision > latest.revision ? table : latest),
      undefined,
    );
  }

  /** The merges at an instant; null: now. Costs one read of the revision if the table is cached. */
  async at(moment: KnownAt | undefined): Promise<MergeTable> {
    if (moment !== undefined && !('revision' in moment)) return this.#scan(moment);
    const revision = moment?.revision ?? (await this.#store.readRevision());
    const known = this.#tables.get(revision);
    if (known !== undefined) return known;
    const last = [...this.#tables.values()].filter((table) => table.revision < revision).at(-1);
    const changed = last && (await this.#store.readChangedKeys(last.revision, fewChanges));
    if (last === undefined || changed === undefined) return this.#scan({ revision });
    return this.#derive(last, changed, revision);
  }

  async #scan(moment: KnownAt): Promise<MergeTable> {
    const stream = this.#store.readFacts(moment);
    const organizations: (readonly RecordedFact[])[] = [];
    let table: MergeTable | undefined;
    for await (const { kind, facts } of stream) {
      if (kind === 'ORGANIZATION') {
        organizations.push(facts);
        continue;
      }
      table ??= this.make(stream.revision, organizations);
      if (table.merges.isEmpty || factKinds.indexOf(kind) > factKinds.indexOf('ENGAGEMENT')) break;
      table.merges.resolveAll(kind, facts);
    }
    return this.put(table ?? this.make(stream.revision, organizations));
  }

  /** Makes a table from that of an earlier revision. Resolves again the engagements that changed or name an organization that a merge moved. */
  async #derive(last: MergeTable, changed: KeysByKind, revision: number): Promise<MergeTable> {
    const read = (kind: FactKind, keys: readonly string[]) =>
      keys.length === 0 ? [] : this.#store.readFactsByKey(kind, keys, { revision });
    const organizations = changed.get('ORGANIZATION') ?? [];
    const isChanged = new Set(organizations);
    const facts = await read('ORGANIZATION', organizations);
    const merged = [...last.merged.filter(({ key }) => !isChanged.has(key)), ...facts.filter((fact) => mergedIntoOf(fact) !== null)];
    const targets = await read('ORGANIZATION', [...new Set(merged.map((fact) => mergedIntoOf(fact) as string))]);
    const ids = new Set(targets.map(({ key }) => key));
    const merges = new MergedFacts(merged, (id) => ids.has(id));
    const again = new Set(changed.get('ENGAGEMENT'));
    const moved = listMoved(last.merges, merges);
    if (moved.length > 0) {
      const namers = await this.#store.readNamers({ kind: 'ORGANIZATION', keys: moved, namers: ['ENGAGEMENT'], revision, limit: Infinity });
      if (namers === undefined) return this.#scan({ revision });
      for (const key of namers.get('ENGAGEMENT') ?? []) again.add(key);
    }
    if (!merges.isEmpty) {
      for (const key of last.merges.hiddenEngagements) if (!again.has(key)) merges.hiddenEngagements.add(key);
      merges.resolveAll('ENGAGEMENT', await read('ENGAGEMENT', [...again]));
    }
    return this.put({ revision, merged, merges });
  }

  put(table: MergeTable): MergeTable {
    keepLatest(this.#tables, table.revision, table, tablesKept);
    return table;
  }
}

/** The organizations whose id has another meaning than before. */
function listMoved(before: MergedFacts, now: MergedFacts): string[] {
  return [...new Set([...before.roots.keys(), ...now.roots.keys()])].filter((id) => before.rootOf(id) !== now.rootOf(id));
}

/** A part of the facts with merges applied. */
class MergedPart implements FactPart {
  readonly #unmerged: FactPart;
  readonly #merges: MergedFacts;

  constructor(unmerged: FactPart, merges: MergedFacts) {
    this.#unmerged = unmerged;
    this.#merges = merges;
  }

  readArtifactsHandled(organizations: readonly string[]): Promise<string[]> {
    return this.#unmerged.readArtifactsHandled(this.#allIds(organizations));
  }

  async readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]> {
    return this.#merges.resolveAll('TRANSFER', await this.#unmerged.readTransfersOf(artifacts));
  }

  /** A transfer between ids of one organization is hidden. */
  async countTransfers(): Promise<number> {
    const merged = this.#merges.groups().flatMap(([, ...members]) => members);
    const [count, artifacts] = await Promise.all([this.#unmerged.countTransfers(), this.#unmerged.readArtifactsHandled(merged)]);
    const transfers = await this.#unmerged.readTransfersOf(artifacts);
    return count - transfers.length + this.#merges.resolveAll('TRANSFER', transfers).length;
  }

  /** Every id that means one of these organizations. */
  #allIds(organizations: readonly string[]): string[] {
    return [...new Set(organizations.flatMap((id) => this.#merges.idsOf(this.#merges.rootOf(id))))];
  }
}

/**
 * A store that applies merges to the facts that it reads (semantics §1). Writes and history keep the stated ids.
 *
 * Only `MergedReader` applies merges, so every reader sees the same facts and no adapter knows of merges.
 */
export class MergedStore extends MergedReader<StatedStore> implements WholeStore {
  get place() {
    return this.unmerged.place;
  }

  async readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }> {
    let { revision, merges } = this.tables.latest ?? (await this.tables.at(undefined));
    for (;;) {
      // The cached merges are right unless the facts changed, so the revision is not read first.
      const read = await this.unmerged.readPart((part) => work(merges.isEmpty ? part : new MergedPart(part, merges)));
      if (read.revision === revision) return read;
      const wasEmpty = merges.isEmpty;
      ({ revision, merges } = await this.tables.at({ revision: read.revision }));
      if (wasEmpty && merges.isEmpty) return read;
    }
  }
  readFingerprint(revision: number) {
    return this.unmerged.readFingerprint(revision);
  }
  /** As stated, as all history. */
  readChangesBack(since: number, until: number) {
    return this.unmerged.readChangesBack(since, until);
  }
  preview(write: FactWrite) {
    return this.unmerged.preview(write);
  }
  commit(write: FactWrite, onVisible?: OnVisible) {
    return this.unmerged.commit(write, onVisible);
  }
  undoImport(importId: string, by: string, at: number, watch?: UndoWatch) {
    return this.unmerged.undoImport(importId, by, at, watch);
  }
  readHistory(of: HistoryScope | ImportScope, offset: number, limit: number) {
    return this.unmerged.readHistory(of, offset, limit);
  }
  listImports() {
    return this.unmerged.listImports();
  }
  findImport(importId: string) {
    return this.unmerged.findImport(importId);
  }
  listDocuments(collection: DocumentCollection) {
    return this.unmerged.listDocuments(collection);
  }
  findDocument(collection: DocumentCollection, id: string) {
    return this.unmerged.findDocument(collection, id);
  }
  saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number) {
    return this.unmerged.saveDocument(collection, id, json, ifVersion);
  }
  deleteDocument(collection: DocumentCollection, id: string) {
    return this.unmerged.deleteDocument(collection, id);
  }
  readRecords() {
    return this.unmerged.readRecords();
  }
  restore(records: AsyncIterable<StoreRecord>) {
    return this.unmerged.restore(records);
  }
  rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>) {
    return this.unmerged.rewrite(make);
  }
  verify(scope?: VerifyScope) {
    return this.unmerged.verify(scope);
  }
  close() {
    return this.unmerged.close();
  }
}
