import type { FactKind } from '../domain/facts.ts';
import type { FieldChange } from '../store/fact-write.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import type { FileMapping, ImportQuestion } from './mapping/mapping-types.ts';
import type { CellReport } from './mapping/rows/cell-ledger.ts';

/** An import as the edges show it: a draft, or an import in the store. */
export interface ImportView {
  readonly id: string;
  /** Given by a person; null: none. */
  readonly name: string | null;
  readonly state: ImportState;
  /** The id of the organization whose own answer the files are; null: none, or no longer known. */
  readonly respondent: string | null;
  /** The source of the list. */
  readonly source: string | null;
  readonly assertedAt: number | null;
  readonly progress: ImportProgress | null;
  readonly files: readonly ViewedFile[];
  /** Empty if nothing must be decided before a commit. */
  readonly questions: readonly ImportQuestion[];
  /** The authors of what a retraction of unlisted facts would remove. Empty if none is unlisted. */
  readonly retractable: readonly string[];
  readonly mappingDocument: MappingDocument | null;
  /** Null during an analysis. */
  readonly report: ImportReport | null;
  /** The loss of a commit that skips the rejected rows; null without rejected rows, before the analysis and after the commit. */
  readonly skipLoss: SkipLoss | null;
  /** A sentence; null unless FAILED. */
  readonly failure: string | null;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly committedAt: number | null;
  readonly undoneAt: number | null;
}

export type ImportState = 'DRAFT' | 'ANALYZING' | 'COMMITTING' | 'COMMITTED' | 'FAILED' | 'UNDONE' | 'DISCARDED';

export interface ImportProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
}

/** Facts of one kind, rows of software lists or advisories, or incidents. */
export type TableKind = FactKind | RowTableKind | 'INCIDENT';
/** Files whose rows belong to a fact of another file. */
export type RowTableKind = 'SOFTWARE_COMPONENT' | 'ADVISORY_PACKAGE';

/** A file with its detected format. */
export interface DetectedFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerLine: number;
  readonly preamble: readonly string[];
  readonly header: readonly string[];
  /** At most 20 rows. */
  readonly sample: readonly (readonly string[])[];
}

export interface ViewedFile extends DetectedFile {
  readonly mapping: FileMapping;
}

/** `rows` counts data rows, `rejected` counts rows and files, and the others count facts and incidents. */
export interface ImportReport {
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Sentences. */
  readonly warnings: readonly string[];
  /** The date that the lists themselves give, epoch ms. Absent: they give none, or several, or only the store's record is left. */
  readonly asOf?: number;
  /** Absent: only the store's record of the import is left. */
  readonly account?: RowAccount;
  /** Absent: the first edition of its source, or only the store's record is left. */
  readonly drift?: DriftCounts;
  /** Absent: canonical files, or only the store's record is left. */
  readonly cells?: CellReport;
}

/** The number of rows of the files, by result. */
export interface RowAccount {
  readonly read: number;
  readonly used: number;
  readonly repeated: number;
  readonly leftOut: number;
  readonly rejected: number;
}

/** The facts that changed since the last edition of a source. */
export interface DriftCounts {
  /** The date of the last edition, epoch ms. */
  readonly since: number;
  readonly listedBefore: number;
  readonly newCount: number;
  readonly againCount: number;
  readonly goneCount: number;
}

/** The loss of a commit that skips the rejected rows. */
export interface SkipLoss {
  /** Example: "Skipping loses 24 engagements and the 84 transfers under them." */
  readonly sentence: string;
  /** Rejected rows, and files that are rejected as a whole. */
  readonly rowCount: number;
  /** Those of them that are rejected only because they name a rejected row or file. */
  readonly consequenceCount: number;
}

export type RejectPolicy = 'ALL_OR_NOTHING' | 'SKIP_REJECTED';

/** An analyst's decision about a change in an organization's own answer. DECLINE leaves the recorded fact as it is. */
const answerDecisions = ['ACCEPT', 'DECLINE'] as const;
export type AnswerDecision = (typeof answerDecisions)[number];

/** The decisions about one answer. */
export interface AnswerDecisions {
  /** For every waiting change without a decision of its own. Absent: undecided. */
  readonly all?: AnswerDecision;
  /** By the id of the waiting change. */
  readonly changes?: Readonly<Record<string, AnswerDecision>>;
}

/** A change that takes effect only if an analyst accepts it. */
export interface WaitingChange {
  /** The kind and the key of the fact. The same in every analysis. */
  readonly id: string;
  readonly kind: FactKind;
  readonly key: string;
  readonly file: string | null;
  readonly line: number | null;
  /** The waiting fields only. */
  readonly fields: readonly FieldChange[];
  readonly decision: AnswerDecision | null;
}
