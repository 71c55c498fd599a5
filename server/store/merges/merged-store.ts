import type { FactKind } from '../../domain/facts.ts';
import type { FactStore, HistoryScope, StorePlace, VerifyScope, WriteAhead } from '../fact-store.ts';
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
  readonly writeAhead?: () => WriteAhead;

  constructor(said: FactStore) {
    super(said);
    if (said.place !== undefined) this.place = said.place;
    if (said.writeAhead !== undefined) this.writeAhead = () => (said.writeAhead as () => WriteAhead)();
    if (said.parts !== undefined) this.parts = new MergedParts(said.parts, this.tables);
  }

  readFingerprint(revision: number) {
    return this.said.readFingerprint(revision);
  }
  /** As stated, as all history. */
  readChangesBack(since: number, until: number) {
    return this.said.readChangesBack(since, until);
  }
  preview(write: FactWrite) {
    return this.said.preview(write);
  }
  commit(write: FactWrite, onVisible?: OnVisible) {
    return this.said.commit(write, onVisible);
  }
  undoImport(importId: string, by: string, at: number, watch?: UndoWatch) {
    return this.said.undoImport(importId, by, at, watch);
  }
  readHistory(of: HistoryScope, offset: number, limit: number) {
    return this.said.readHistory(of, offset, limit);
  }
  listImports() {
    return this.said.listImports();
  }
  findImport(importId: string) {
    return this.said.findImport(importId);
  }
  readImportChanges(importId: string, kinds: readonly FactKind[] | undefined, offset: number, limit: number) {
    return this.said.readImportChanges(importId, kinds, offset, limit);
  }
  listDocuments(collection: DocumentCollection) {
    return this.said.listDocuments(collection);
  }
  findDocument(collection: DocumentCollection, id: string) {
    return this.said.findDocument(collection, id);
  }
  saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number) {
    return this.said.saveDocument(collection, id, json, ifVersion);
  }
  deleteDocument(collection: DocumentCollection, id: string) {
    return this.said.deleteDocument(collection, id);
  }
  readRecords() {
    return this.said.readRecords();
  }
  restore(records: AsyncIterable<StoreRecord>) {
    return this.said.restore(records);
  }
  rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>) {
    return this.said.rewrite(make);
  }
  verify(scope?: VerifyScope) {
    return this.said.verify(scope);
  }
  close() {
    return this.said.close();
  }
}
