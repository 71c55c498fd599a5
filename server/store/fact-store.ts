import type { RecordedFact } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { FactChange, FactWrite, ImportRecord, OnVisible, UndoOutcome, UndoWatch, WriteOutcome } from './fact-write.ts';
import type { DocumentCollection, StoredDocument, StoreRecord } from './store-record.ts';

/**
 * The port that an adapter implements. It reads facts as stated: merged organizations exist under their own ids. `MergedStore` makes the store
 * of it that the program uses. Both adapters pass the suite tests/store/contract/fact-store.contract.ts.
 *
 * A store keeps facts as assertions. Each assertion belongs to a write, and a write is one transaction. A write that changes a
 * fact raises the revision by one. A store overwrites nothing: undoing an import marks its write, so the facts known at an
 * earlier instant can still be read.
 *
 * Every method may throw ExposureError STORE_UNAVAILABLE. Its comment names the other errors.
 */
export interface StatedStore extends PartReader {
  readonly kind: 'sqlite' | 'neo4j';

  /** Where a thread of this process opens the store again, to read it off the event loop. */
  readonly place: StoredPlace;

  /** Cheap enough to call before every answer. 0 in a store without writes. */
  readRevision(): Promise<number>;

  /**
   * A fingerprint of the store's history up to a revision. An equal fingerprint later means the same store with the same facts at that
   * revision. Later writes and undos do not change it. Two stores with the same facts may have different fingerprints.
   * Undefined if the store has not reached the revision, or cannot tell.
   */
  readFingerprint(revision: number): Promise<string | undefined>;

  /**
   * All facts of one revision, in batches of a few thousand at most. Kinds come in the order of `factKinds`, and facts of a
   * kind by key (code points; Reveals and Control by their two keys).
   *
   * @param kinds only these, in the order of `factKinds`; absent: all
   */
  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream;

  /** The facts with these keys, in the order of the keys. Keys without a fact are left out. */
  readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]>;

  /**
   * Keys of all facts that changed after `revision`, perhaps with others that did not. Undefined if there are more than `limit`.
   *
   * @param until the revision at which the caller reads the facts; undefined: now. Facts that a merge changes are those whose meaning
   *   differs between the two revisions, not between the first and now
   */
  readChangedKeys(revision: number, limit: number, until?: number): Promise<KeysByKind | undefined>;

  /** Keys of all facts that name one of the scope's at its revision, perhaps with others. Undefined if there are more than its limit. */
  readNamers(scope: NamerScope): Promise<KeysByKind | undefined>;

  /**
   * The changes by the events after `since` and up to `until`, as stated: the latest event first, each event's facts by kind in the order of
   * `factKinds`, in pages of a few thousand facts at most. It perhaps lists facts that did not change. Reads each change once, so that a
   * caller who stops early has read only what came since.
   */
  readChangesBack(since: number, until: number): AsyncIterable<ChangedPage>;

  /**
   * The outcome that `commit` would have. Writes nothing.
   */
  preview(write: FactWrite): Promise<WriteOutcome>;

  /**
   * Writes everything or nothing, together with the import that the write belongs to, in one transaction.
   * Throws CONFLICT if one of the facts changed after `ifRevision`.
   *
   * @param onVisible called by an embedded store alone
   */
  commit(write: FactWrite, onVisible?: OnVisible): Promise<WriteOutcome>;

  /**
   * Undoes an import: its assertions no longer count from now on. The store records `by` and `at`.
   * Returns 'refused' if the remaining facts would break a rule, with the imports and people that depend on the import.
   * Returns 'unchanged' for an import that is already undone. Throws NOT_FOUND.
   *
   * @param watch aborting its signal before the undo is committed leaves everything as it was; throws the signal's reason
   */
  undoImport(importId: string, by: string, at: number, watch?: UndoWatch): Promise<UndoOutcome>;

  /**
   * Changes of one fact, or of all facts after a revision: the latest revision first, then by kind in the order of `factKinds`, then by
   * key. Changes of an import, as of its commit: by file and line. `offset` and `limit` select a page; `totalCount` counts all changes.
   */
  readHistory(of: HistoryScope | ImportScope, offset: number, limit: number): Promise<HistoryPage>;

  /** The latest created first. */
  listImports(): Promise<ImportRecord[]>;
  findImport(importId: string): Promise<ImportRecord | undefined>;

  /**
   * Documents: records beside the facts, each a JSON text under a collection and an id, listed by id. Saving one does not raise
   * the revision.
   */
  listDocuments(collection: DocumentCollection): Promise<StoredDocument[]>;
  findDocument(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined>;
  /** Each save raises the version. Throws CONFLICT if the version differs from `ifVersion` (0: must not exist). */
  saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number): Promise<StoredDocument>;
  /** False if the document did not exist. */
  deleteDocument(collection: DocumentCollection, id: string): Promise<boolean>;

  /** Everything in the store at one revision, without drafts of imports, in the order that `StoreRecord` defines. Needs bounded memory, whatever the size. */
  readRecords(): AsyncIterable<StoreRecord>;

  /**
   * Fills an empty store from records, all of them or none. The store trusts them; a caller that reads them from a file checks
   * them first. An error while reading them is rethrown, and the store stays empty.
   * Throws CONFLICT if the store holds a write or a document. Drafts of imports do not count, and stay.
   */
  restore(records: AsyncIterable<StoreRecord>): Promise<void>;

  /**
   * Replaces the whole content, drafts of imports included, by the records that `make` returns, while no other process writes. `make` gets the present
   * records; what it returns must not depend on the store. The files of an embedded store then hold no byte of what is gone.
   *
   * An embedded store is replaced in one transaction. Neo4j is emptied first, and a failure after that leaves it empty: the
   * caller keeps the records in a file until the end.
   * Throws CONFLICT if others wrote meanwhile, or (when all is replaced) if others keep the old bytes of an embedded store in use.
   */
  rewrite(make: (records: AsyncIterable<StoreRecord>) => Promise<AsyncIterable<StoreRecord>>): Promise<void>;

  /**
   * Sentences about faults of the store or its facts. Empty if there are none. Writes nothing.
   * Throws STORE_UNAVAILABLE alone: other failures are sentences.
   */
  verify(scope?: VerifyScope): Promise<string[]>;

  close(): Promise<void>;
}

/** The store that the program uses, whole or a view of it (semantics §10). Its facts have merges applied (semantics §1). */
export interface FactStore extends Omit<StatedStore, 'place' | 'readNamers' | keyof PartReader>, MeaningReader {
  /** The same facts without merges applied. Of a view: the view itself, because it tells nobody what was merged. */
  readonly unmerged: ChangeReader;

  readonly place: StorePlace;
}

/** A store of all facts. */
export interface WholeStore extends FactStore, PartReader {
  readonly place: StoredPlace;
}

export interface MeaningReader {
  /**
   * The meaning of the ids of merged organizations (semantics §1): for each id that was merged, the id at the end of its chain of merges.
   * Leaves out other ids, circular merges, and in a view the merges that are not visible.
   *
   * @param ids null: all merged ids
   */
  readMeanings(ids: Iterable<string> | null, at?: KnownAt): Promise<ReadonlyMap<string, string>>;
}

/** Reads facts and nothing else. */
export type FactReader = Pick<StatedStore, 'kind' | 'readRevision' | 'readFacts' | 'readFactsByKey' | 'readChangedKeys'>;

/** Reads facts as stated, and which facts name others. */
export type StatedReader = FactReader & Pick<StatedStore, 'readNamers'>;

/** Reads what changed, too. */
export type ChangeReader = StatedReader & Pick<StatedStore, 'readChangesBack'>;

/** Facts of one kind that one event changed: a write or an undo that raised the revision. */
export interface ChangedPage {
  readonly revision: number;
  readonly kind: FactKind;
  readonly facts: readonly ChangedFact[];
}

export type ChangedFact =
  /**
   * The event created the fact. It is not read, because most changes are of this kind: read it by its key. Organizations and artifacts, which
   * are few and decide what others mean, are always given as below.
   */
  | { readonly key: string; readonly isCreated: true }
  /** The fact at the revision before the event, and at that of the event. Undefined: there was none. */
  | {
      readonly key: string;
      readonly isCreated: false;
      readonly before: RecordedFact | undefined;
      readonly after: RecordedFact | undefined;
    };

/** Whether `readChangesBack` reads the facts of a kind that an event created. */
export function isReadWhenCreated(kind: FactKind): boolean {
  return kind === 'ORGANIZATION' || kind === 'ARTIFACT';
}

/** Where the facts of a store lie. A view (semantics §10) is chosen from facts in memory, and nobody else reads it. */
export type StorePlace = StoredPlace | { readonly kind: 'memory' };

export type StoredPlace = FilePlace | DatabasePlace;

/** The file of an embedded store. The path must still lead to the same file. */
export interface FilePlace {
  readonly kind: 'sqlite';
  readonly path: string;
  readonly file: { readonly device: number; readonly inode: number };
}

/** A database and how this process reaches it. Holds a password. */
export interface DatabasePlace {
  readonly kind: 'neo4j';
  readonly url: string;
  /** Null: no authentication. */
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** Factor for all timeouts of requests. */
  readonly patience: number;
}

/**
 * `all`: the content, and whether the facts obey the rules. `content`: whether everything is as it was written, which takes less than reading
 * all facts. `sample`: the same of a small store, and of a few writes of a larger one, in well under a second.
 */
export type VerifyScope = 'all' | 'content' | 'sample';

/** Facts known at a time: recorded by then, and not undone by then. */
export type KnownAt = { readonly revision: number } | { readonly instant: number };

export interface FactStream extends AsyncIterable<FactBatch> {
  /** The revision of the facts. Known after the first batch, or at the end of an empty stream. */
  readonly revision: number;
}

export interface FactBatch {
  readonly kind: FactKind;
  readonly facts: readonly RecordedFact[];
}

/** Facts, and the facts that are looked through for those that name them. */
export interface NamerScope {
  readonly kind: FactKind;
  readonly keys: readonly string[];
  /** The kinds that are looked through. Absent: all. */
  readonly namers?: readonly FactKind[];
  readonly revision: number;
  readonly limit: number;
}

export type KeysByKind = ReadonlyMap<FactKind, readonly string[]>;

export type HistoryScope = { readonly kind: FactKind; readonly key: string } | { readonly sinceRevision: number };

/** The changes of a committed import. `kinds` null: of all kinds. */
export interface ImportScope {
  readonly importId: string;
  readonly kinds: readonly FactKind[] | null;
}

export interface HistoryPage {
  readonly changes: readonly FactChange[];
  readonly totalCount: number;
}

/** Reads the transfers that one question needs, however many others there are. Every other kind is held whole. */
export interface PartReader {
  /**
   * Runs `work` on the transfers of one revision, and perhaps again if they changed meanwhile, so `work` must have no side effects. Throws
   * QUERY_TIMEOUT, and STORE_UNAVAILABLE also if the facts keep changing for some seconds.
   */
  readPart<T>(work: (part: FactPart) => Promise<T>): Promise<{ readonly revision: number; readonly result: T }>;
}

/** Custody never leaves an artifact (semantics §2), so a question reads whole artifacts. Lists are unordered and without duplicates. */
export interface FactPart {
  /** The artifacts of which any of the organizations sent or received a copy. */
  readArtifactsHandled(organizations: readonly string[]): Promise<string[]>;

  /** All transfers of the artifacts. */
  readTransfersOf(artifacts: readonly string[]): Promise<RecordedFact[]>;

  countTransfers(): Promise<number>;
}
