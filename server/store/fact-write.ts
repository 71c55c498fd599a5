import type { FactValue } from '../domain/assertions.ts';
import type { FactKind } from '../domain/facts.ts';
import type { PackedAssertions } from '../domain/packed/packed-assertions.ts';

export interface FactWrite {
  /** The person or token that writes. */
  readonly by: string;
  readonly at: number;
  /** Read at the end of a long write, which is its instant then (§1: known is what is recorded by then). Absent: `at`. */
  readonly clock?: () => number;
  /** The import that makes the assertions; absent for a direct edit. */
  readonly import?: NewImport;
  /** At most one for each kind and key. */
  readonly assertions: PackedAssertions;
  /** Leaves out assertions that break a rule, and assertions that name them. Default: one refusal blocks the whole write. */
  readonly skipRefused?: boolean;
  /** Facts of rows that could not be read. They count as refused, and so does every assertion that names one. */
  readonly rejectedKeys?: ReadonlyMap<FactKind, ReadonlySet<string>>;
  /** Refuses a retraction of a fact that anybody else states. Absent: none is refused for that (rules/may-retract.ts). */
  readonly retractsOnlyOf?: string;
  /** CONFLICT if one of the facts changed after this revision. */
  readonly ifRevision?: number;
}

export interface NewImport {
  readonly id: string;
  /** Its named source, if it has one. */
  readonly source: string | null;
  readonly assertedAt: number | null;
  readonly createdAt: number;
  readonly files: readonly ImportedFile[];
  /** Rows that were rejected before they became assertions. */
  readonly rejectedCount: number;
  /** Incidents of the import, id -> JSON. Undoing the import removes those that nobody has saved since. */
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

/** The possible effects of an assertion on its fact. */
export const effects = ['UNCHANGED', 'CREATED', 'UPDATED', 'RETRACTED', 'REFUSED'] as const;
export type Effect = (typeof effects)[number];

/** Called with the revision that a write makes, before readers can see it. The write may still fail. */
export type OnVisible = (revision: number) => void;

export interface WriteOutcome {
  /** False if the write was refused as a whole, so nothing was written. */
  readonly isWritten: boolean;
  /** After the write. */
  readonly revision: number;
  readonly counts: Readonly<Record<Effect, number>>;
  /** Index into `effects`, for each assertion. */
  readonly effects: Uint8Array;
  /** Broken rules, by assertion. */
  readonly violations: readonly Violation[];
  /** Changes that some assertions make to their facts, computed on each call. */
  readChanges(indexes: readonly number[]): FactChange[];
  /** The values of the assertion's fact after the write, in the order of `factFields`; undefined if it is retracted or refused. */
  readValues(index: number): readonly FactValue[] | undefined;
}

/** A rule of semantics §1 that an assertion would break. */
export interface Violation {
  /** Index into the write's assertions. */
  readonly assertion: number;
  readonly code: ViolationCode;
  /** The API's name of the field at fault; null if the fault is in the fact as a whole. */
  readonly field: string | null;
  /** Names the value, the expectation and the way out. */
  readonly message: string;
  readonly value: string | null;
}

const violationCodes = [
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
  'NOT_YOURS',
  'HIDDEN_CHARACTER',
] as const;
export type ViolationCode = (typeof violationCodes)[number];

export type UndoOutcome =
  /** `isRaising`: whether the undo made a revision of its own (rules/revision.ts). It may without a changed value: provenance counts. */
  | { readonly outcome: 'undone'; readonly revision: number; readonly changedCount: number; readonly isRaising: boolean }
  | { readonly outcome: 'unchanged'; readonly revision: number }
  | {
      readonly outcome: 'refused';
      /** Later imports, and people whose edits, depend on the import. */
      readonly dependents: readonly { readonly importId: string | null; readonly by: string; readonly source: string | null }[];
      readonly message: string;
    };

/** Observes an undo, and can cancel it. */
export interface UndoWatch {
  readonly signal: AbortSignal;
  /** @param done facts looked at or written; @param total how many will be, as far as known */
  onProgress(done: number, total: number): void;
  /** As that of a write. */
  readonly clock?: () => number;
}

export interface FactChange {
  /** MERGED: from now on, the id means another's. UNMERGED: it means itself again. */
  readonly change: 'CREATED' | 'UPDATED' | 'RETRACTED' | 'MERGED' | 'UNMERGED';
  readonly kind: FactKind;
  readonly key: string;
  /** The name, for an organization or artifact. */
  readonly name: string | null;
  readonly file: string | null;
  readonly line: number | null;
  /** The document or reason that the assertion names. */
  readonly source: string | null;
  readonly fields: readonly FieldChange[];
  /** Null in a preview. */
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

/** The person or token that writes, and the instant. */
export type Author = Pick<FactWrite, 'by' | 'at'>;
