import type { Assertion } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { NewImport } from './fact-write.ts';

/**
 * `mapping`: how the files of a source are read, by the source's name. `import`: the names of imports, by their ids. `inbox`: the events of an
 * owner of watches, by a digest of its name. `person` and `group`: what an identity provider keeps here. `endpoint`: where webhooks go; a backup holds
 * none of its secrets. `delivery`: what waits to go there.
 */
export const backupCollections = [
  ...(['incident', 'note', 'view', 'acceptance', 'token', 'audit', 'mapping', 'import'] as const),
  ...(['watch', 'event', 'inbox', 'endpoint', 'delivery', 'person', 'group'] as const),
] as const;
export type BackupCollection = (typeof backupCollections)[number];

/** `draft`: imports that are being prepared. `batch`: attached results. Their files lie in folders beside the store, so a backup holds none of them. */
export const documentCollections = [...backupCollections, 'draft', 'batch'] as const;
export type DocumentCollection = (typeof documentCollections)[number];

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  /** The import that brought the document, unless somebody has saved it since. */
  readonly importId: string | null;
}

/**
 * A store's whole content, without the drafts of imports, as records, in this order: the start; the writes and undos in the order in which they happened, each
 * write followed by its assertions; the documents, by collection and id.
 */
export type StoreRecord = StartRecord | WriteHead | AssertionBatch | UndoRecord | DocumentRecord;

interface StartRecord {
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
