import type { Assertion, RecordedFact } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { PartReader } from './part-reader.ts';

/**
 * The port between facts and whatever keeps them (architecture: "FACTS"). What an adapter must do is what
 * tests/store/fact-store.contract.ts says; this file says what it means.
 *
 * Facts are kept as assertions; each belongs to a write, and a write is one transaction. A write that changes a fact
 * raises the revision by one. Nothing is ever overwritten: taking an import back marks its write, so that what was known
 * at an earlier instant can still be read.
 *
 * All methods may throw ExposureError STORE_UNAVAILABLE; what else they throw stands beside them.
 */
export interface FactStore {
  readonly kind: 'sqlite' | 'neo4j';

  /** Absent where facts can be read by key or as a whole alone. */
  readonly parts?: PartReader;

  /** Cheap enough to ask before every answer. 0: never written to. */
  readRevision(): Promise<number>;

  /**
   * All facts, in batches of at most some thousands: kinds in the order of `factKinds`, within a kind by key
   * (code points; Reveals and Control by their two keys). The revision of what is read is that of one moment.
   */
  readFacts(at?: KnownAt): FactStream;

  /** The facts with these keys that exist, in the order of the keys asked for. */
  readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]>;

  /** Keys of facts that writes after `revision` may have changed (a superset), or undefined where they are more than `limit`. */
  readChangedKeys(revision: number, limit: number): Promise<ChangedKeys | undefined>;

  /**
   * What `write` would do, in the same words as `commit`; nothing is written.
   */
  preview(write: FactWrite): Promise<WriteOutcome>;

  /**
   * Writes all of it or nothing, and the import that it belongs to in the same transaction.
   * Throws CONFLICT where `ifRevision` is given and one of the facts changed after it.
   */
  commit(write: FactWrite): Promise<WriteOutcome>;

  /**
   * Takes an import back: its assertions no longer count from now on. `by` and `at` are recorded.
   * Refused (as a value) with the imports and people that stand on it, where what is left would break a rule.
   * An import that is undone already stays so: 'unchanged'. Throws NOT_FOUND.
   */
  undoImport(importId: string, by: string, at: number): Promise<UndoOutcome>;

  /**
   * Changes of one fact, or of all facts after a revision; the latest revision first, then by kind in the order of
   * `factKinds`, then by key. `offset` and `limit` page through it; `totalCount` counts all.
   */
  readHistory(of: HistoryScope, offset: number, limit: number): Promise<{ changes: FactChange[]; totalCount: number }>;

  /** The latest created first. */
  listImports(): Promise<ImportRecord[]>;
  findImport(importId: string): Promise<ImportRecord | undefined>;
  /** What a committed import changed when it was written; by file and line. */
  readImportChanges(
    importId: string,
    kinds: readonly FactKind[] | undefined,
    offset: number,
    limit: number,
  ): Promise<{ changes: FactChange[]; totalCount: number }>;

  /**
   * Records kept beside the facts, each a JSON text under a collection and an id. Saving does not raise the revision.
   * By id.
   */
  listDocuments(collection: DocumentCollection): Promise<StoredDocument[]>;
  findDocument(collection: DocumentCollection, id: string): Promise<StoredDocument | undefined>;
  /** Throws CONFLICT where `ifVersion` is given and differs (0: must not exist). The version is raised by each save. */
  saveDocument(collection: DocumentCollection, id: string, json: string, ifVersion?: number): Promise<StoredDocument>;
  /** False where there was none. */
  deleteDocument(collection: DocumentCollection, id: string): Promise<boolean>;

  /** Everything that is kept, as of one moment, in the order in which `StoreRecord` says. Bounded memory, whatever the size. */
  readRecords(): AsyncIterable<StoreRecord>;

  /**
   * Makes an empty store what the records say, all of it or nothing. They are trusted: who reads them from elsewhere checks
   * them on the way. What reading them throws is thrown, and nothing is kept.
   * Throws CONFLICT where the store holds a write or a document.
   */
  restore(records: AsyncIterable<StoreRecord>): Promise<void>;

  /** Sentences that say what is wrong with the store itself and with its facts; empty where nothing is. */
  verify(): Promise<string[]>;

  close(): Promise<void>;
}

/** What was recorded, and not yet taken back, by then. */
export type KnownAt = { readonly revision: number } | { readonly instant: number };

export interface FactStream extends AsyncIterable<FactBatch> {
  /** The revision that is read. Known once the first batch is, or the stream has ended. */
  readonly revision: number;
}

export interface FactBatch {
  readonly kind: FactKind;
  readonly facts: readonly RecordedFact[];
}

export type ChangedKeys = ReadonlyMap<FactKind, readonly string[]>;

export interface FactWrite {
  /** The person or token that writes. */
  readonly by: string;
  readonly at: number;
  /** The import that asserts this; absent for a direct edit. */
  readonly import?: NewImport;
  /** At most one for each kind and key. */
  readonly assertions: readonly Assertion[];
  /** Leave out what breaks a rule, and whatever names it; default: write nothing at all. */
  readonly skipRefused?: boolean;
  /** Facts that must be treated as refused: rows that could not be read. Whatever names one is refused too. */
  readonly rejectedKeys?: ReadonlyMap<FactKind, ReadonlySet<string>>;
  /** CONFLICT where one of the facts changed after this revision. */
  readonly ifRevision?: number;
}

export interface NewImport {
  readonly id: string;
  /** Its named source, if it has one. */
  readonly source: string | null;
  readonly assertedAt: number | null;
  readonly createdAt: number;
  readonly files: readonly ImportedFile[];
  /** Rows left out before they became assertions. */
  readonly rejectedCount: number;
  /** Incidents that come with the import, and go with it unless somebody saved them since: id -> JSON. */
  readonly incidents: ReadonlyMap<string, string>;
}

export interface ImportedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly rowCount: number;
}

export interface ImportRecord extends Omit<NewImport, 'incidents'> {
  readonly state: 'COMMITTED' | 'UNDONE';
  readonly by: string;
  readonly committedAt: number;
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** What became, or would become, of each assertion of a write. */
export const effects = ['UNCHANGED', 'CREATED', 'UPDATED', 'RETRACTED', 'REFUSED'] as const;
export type Effect = (typeof effects)[number];

export interface WriteOutcome {
  /** False: refused as a whole, nothing was written. */
  readonly isWritten: boolean;
  /** After the write. */
  readonly revision: number;
  readonly counts: Readonly<Record<Effect, number>>;
  /** Index into `effects`, for each assertion. */
  readonly effects: Uint8Array;
  /** What breaks a rule; ordered by assertion. */
  readonly violations: readonly Violation[];
  /** Fact changes for the given assertions, computed when asked. */
  readChanges(indexes: readonly number[]): FactChange[];
}

/** A rule of semantics §1 that an assertion would break. */
export interface Violation {
  /** Index into the write's assertions. */
  readonly assertion: number;
  readonly code: ViolationCode;
  /** The API's name of the field at fault; null where it is the fact as a whole. */
  readonly field: string | null;
  /** Names the value, what was expected, and what to do. */
  readonly message: string;
  readonly value: string | null;
}

export const violationCodes = [
  'MISSING_VALUE',
  'BAD_VALUE',
  'UNKNOWN_REFERENCE',
  'REFERS_TO_REJECTED',
  'OWNER_IS_NOT_A_LAB',
  'SAME_ENDS',
  'ENDS_BEFORE_START',
  'VALUE_RANGE',
  'TOO_MANY_FRAGMENTS',
  'STILL_NAMED',
  'UNKNOWN_FACT',
] as const;
export type ViolationCode = (typeof violationCodes)[number];

export type UndoOutcome =
  | { readonly outcome: 'undone'; readonly revision: number; readonly changedCount: number }
  | { readonly outcome: 'unchanged'; readonly revision: number }
  | {
      readonly outcome: 'refused';
      /** Later imports, and people whose edits stand on it. */
      readonly dependents: readonly { readonly importId: string | null; readonly by: string; readonly source: string | null }[];
      readonly message: string;
    };

export type HistoryScope = { readonly kind: FactKind; readonly key: string } | { readonly sinceRevision: number };

export interface FactChange {
  readonly change: 'CREATED' | 'UPDATED' | 'RETRACTED';
  readonly kind: FactKind;
  readonly key: string;
  /** Of an organization or artifact. */
  readonly name: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly fields: readonly FieldChange[];
  /** Null where it is not recorded yet. */
  readonly revision: number | null;
  readonly at: number | null;
  readonly by: string | null;
  readonly importId: string | null;
}

/** Values as in canonical CSV. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** `mapping`: how the files of a source are read, by the source's name. */
export const documentCollections = ['incident', 'note', 'view', 'acceptance', 'token', 'audit', 'mapping'] as const;
export type DocumentCollection = (typeof documentCollections)[number];

export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly json: string;
  /** The import that brought it, if nobody has saved it since. */
  readonly importId: string | null;
}

/**
 * All that a store keeps, cut into records. In this order: the start; what happened, in the order in which it happened -
 * a write followed by what it asserted, or the undo of an import -; then the documents, by collection and id.
 */
export type StoreRecord = StartRecord | WriteHead | AssertionBatch | UndoRecord | DocumentRecord;

export interface StartRecord {
  readonly type: 'start';
  /** That of the moment which is read. */
  readonly revision: number;
}

export interface WriteHead {
  readonly type: 'write';
  /** That of the store after it. It was raised where anything was created, updated or retracted. */
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly import: NewImport | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
}

/** Assertions of the write before it; a write's batches come by kind in the order of `factKinds`, then by key. None is empty. */
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
  readonly collection: DocumentCollection;
  /** What a person had saved before an import brought `json`. */
  readonly savedJson: string | null;
}
