import type { ArtifactType, FactKind, OrganizationRole } from '../../domain/facts.ts';

export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST';

/** The decimal mark that the numbers of a column prove. BOTH: they contradict each other. */
export type DecimalMark = ',' | '.' | 'BOTH';

/** The unit of plain numbers under a header of percent. OPEN: none is above 1, so that 0.25 may be a quarter or a quarter of a percent. */
export type PercentUnit = 'PERCENT' | 'OPEN';

/** FIELD: a field of a fact. CONTROL: evidence of one control. ATTRIBUTE: kept as text. IGNORED: left out. */
export const columnUses = ['FIELD', 'CONTROL', 'ATTRIBUTE', 'IGNORED'] as const;
export type ColumnUse = (typeof columnUses)[number];

/** The meaning under which a column of a file is read. */
export interface ColumnMapping {
  /** From 0. */
  readonly index: number;
  /** The header; "Column 3" for an empty header, "Status (2)" for a duplicate. */
  readonly column: string;
  readonly use: ColumnUse;
  readonly kind: FactKind | null;
  /** As in the field table; null unless FIELD. */
  readonly field: string | null;
  readonly control: string | null;
  /** In [0, 1]; 1 if a person decided. */
  readonly confidence: number;
  readonly because: string;
  /** Null if every date of the column has only one reading. */
  readonly dateOrder: DateOrder | null;
  /** Absent if the column's own numbers prove none. */
  readonly decimalMark?: DecimalMark;
  /** Absent unless the header of a field of numbers states percent. */
  readonly percentUnit?: PercentUnit;
}

/** The client of a vendor list. */
export interface ListClient {
  /** Id or name. */
  readonly name: string;
  readonly role: OrganizationRole;
}

/** The facts that the rows of a file state. One row may state several: a vendor, its engagement, its controls. */
export interface FileMapping {
  readonly kinds: readonly FactKind[];
  readonly client: ListClient | null;
  /** The role of the new clients that rows name. Null: undecided, because such a list says nothing about it. */
  readonly clientRole: OrganizationRole | null;
  readonly columns: readonly ColumnMapping[];
  readonly dateOrder: DateOrder | null;
  /** The list's own date, epoch ms: its facts are asserted then. Null: the date of the import. */
  readonly asOf: number | null;
  /** The place that gives the date; null if `asOf` is. */
  readonly asOfBecause: string | null;
  readonly createMissingOrganizations: boolean;
  readonly defaultRole: OrganizationRole;
  /** Whether a row without a name has that of the row above. Null: undecided, so that such rows are left out. */
  readonly namesAbove: boolean | null;
  /** Whether each service of a pair is a contract of its own, where the list numbers no contracts. */
  readonly areContractsApart: boolean;
  /** The decision about artifacts that a custody list names and nothing describes. Null: undecided. */
  readonly newArtifacts: NewArtifacts | 'REJECT' | null;
  /** The decision about remarks beside names that state a start, an end, a plan or a status. Null: undecided. */
  readonly remarks: RemarkUse | null;
}

/** The properties of every artifact that a custody list creates. */
export interface NewArtifacts {
  readonly type: ArtifactType;
  /** 1 to 5. */
  readonly sensitivity: number;
  /** Id or name. */
  readonly owner: string;
}

/** APPLY: a date in a remark starts or ends the engagement. TEXT: kept as text alone. LEAVE_OUT: its row is left out. */
export const remarkUses = ['APPLY', 'TEXT', 'LEAVE_OUT'] as const;
export type RemarkUse = (typeof remarkUses)[number];

export type QuestionKind =
  | 'KIND'
  | 'CLIENT'
  | 'CLIENT_ROLE'
  | 'ENCODING'
  | 'AS_OF'
  | 'DATE_ORDER'
  | 'DATE_MEANING'
  | 'PARTY_MEANING'
  | 'UNNAMED_ROWS'
  | 'REMARKS'
  | 'CREATE_MISSING'
  | 'NEW_ARTIFACTS'
  | 'MATCHES'
  | 'VALUES'
  | 'UNLISTED'
  | 'SOFTWARE_OWNER'
  | 'SOFTWARE_SUBJECT'
  | 'MATERIALS'
  | 'EMPTIED'
  | 'ANSWER';

/** Something that must be decided before a commit. */
export interface ImportQuestion {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly file: string | null;
  /** The index of the column, from 0. */
  readonly index: number | null;
  readonly message: string;
  readonly choices: readonly string[];
  readonly proposed: string | null;
  /** The command line's flag that answers it. */
  readonly flag: string;
  /** The answer needs a confirmation, since more than a fifth of the source would go. */
  readonly isGuarded?: boolean;
  /** The import may go in without an answer: what the question is about is then left out, or kept as it is. */
  readonly isOptional?: boolean;
}

/** A distinct value that no rule can read. */
export interface ValueMapping {
  readonly file: string;
  readonly index: number;
  readonly column: string;
  readonly value: string;
  readonly count: number;
  /** Null: undecided, or decided to be empty. */
  readonly meaning: string | null;
  readonly isDecided: boolean;
}
