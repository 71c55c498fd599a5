import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactPart, HistoryScope, ImportScope, StatedStore, VerifyScope, WholeStore } from '../fact-store.ts';
import type { FactWrite, OnVisible, UndoWatch } from '../fact-write.ts';
import type { StoreRecord } from '../store-record.ts';
import type { DocumentCollection } from '../stored-document.ts';
import type { MergedFacts } from './merged-facts.ts';
import { MergedReader } from './merged-reader.ts';

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
