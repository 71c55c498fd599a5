import type { FactKind } from '../../domain/facts.ts';
import type { BackgroundWrite, FactStore, HistoryScope, StorePlace, VerifyScope } from '../fact-store.ts';
import type { FactWrite, OnVisible, UndoWatch } from '../fact-write.ts';
import type { PartReader } from '../part-reader.ts';
import type { StoreRecord } from '../store-record.ts';
import type { DocumentCollection } from '../stored-document.ts';
import { MergedParts } from './merged-parts.ts';
import { MergedReader } from './merged-reader.ts';

/**
 * A store that applies merges to the facts that it reads (semantics §1). Writes and history keep the stated ids.
 *
 * Only `MergedReader` applies merges, so every reader sees the same facts and no adapter knows of merges.
 */
export class MergedStore extends MergedReader<FactStore> implements FactStore {
  readonly parts?: PartReader;
  readonly place?: StorePlace;
  readonly beginBackgroundWrite?: () => BackgroundWrite;

  constructor(unmerged: FactStore) {
    super(unmerged);
    if (unmerged.place !== undefined) this.place = unmerged.place;
    if (unmerged.beginBackgroundWrite !== undefined)
      this.beginBackgroundWrite = () => (unmerged.beginBackgroundWrite as () => BackgroundWrite)();
    if (unmerged.parts !== undefined) this.parts = new MergedParts(unmerged.parts, this.tables);
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
  readHistory(of: HistoryScope, offset: number, limit: number) {
    return this.unmerged.readHistory(of, offset, limit);
  }
  listImports() {
    return this.unmerged.listImports();
  }
  findImport(importId: string) {
    return this.unmerged.findImport(importId);
  }
  readImportChanges(importId: string, kinds: readonly FactKind[] | undefined, offset: number, limit: number) {
    return this.unmerged.readImportChanges(importId, kinds, offset, limit);
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
