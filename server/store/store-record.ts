import type { Assertion } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { NewImport } from './fact-write.ts';
import type { BackupCollection, StoredDocument } from './stored-document.ts';

/**
 * A store's whole content, without the drafts of imports, as records, in this order: the start; the writes and undos in the order in which they happened, each
 * write followed by its assertions; the documents, by collection and id.
 */
export type StoreRecord = StartRecord | WriteHead | AssertionBatch | UndoRecord | DocumentRecord;

export interface StartRecord {
  readonly type: 'start';
  /** The revision that the records come from. */
  readonly revision: number;
}

export interface WriteHead {
  readonly type: 'write';
  /** The store's revision after the write. A write that created, updated or retracted a fact raised it. */
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly import: NewImport | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
}

/** Assertions of the preceding write. Its batches come by kind in the order of `factKinds`, then by key. No batch is empty. */
export interface AssertionBatch {
  readonly type: 'assertions';
  readonly kind: FactKind;
  readonly assertions: readonly Assertion[];
  /** Index into `effects`, for each assertion; none is REFUSED. */
  readonly effects: Uint8Array;
}

export interface UndoRecord {
  readonly type: 'undo';
  readonly importId: string;
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** Facts whose values changed. */
  readonly changed: number;
  readonly isRaising: boolean;
}

export interface DocumentRecord extends StoredDocument {
  readonly type: 'document';
  readonly collection: BackupCollection;
  /** The text that a person had saved before an import brought `json`. */
  readonly savedJson: string | null;
}
