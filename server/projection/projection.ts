import { isAtLeast } from '../domain/compare.ts';
import type { NumberField, OptionalText } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import { sureConfidence } from '../rules/copy-tier.ts';
import type { Csr } from './columns/csr.ts';
import type {
  CodePages,
  Float64Pages,
  FragmentPages,
  IndexPages,
  Int32Pages,
  NumberPages,
  Uint8Pages,
  Uint32Pages,
} from './columns/pages.ts';
import { sharedInt32 } from './columns/shared-memory.ts';
import type { CodeColumn, ListColumn, TextColumn } from './columns/text-column.ts';
import type { CopyTable, Part, ProvenanceColumns } from './part.ts';

/**
 * An immutable snapshot of the facts at one revision, as columns. Neo4j Graph Data Science calls this a graph projection. Every
 * question is answered from one.
 *
 * Facts that belong to no artifact alone are the *common block*: organizations, artifacts, engagements, access, reveals, controls. Such a fact's
 * *index* is its position among the facts of its kind in code point order of their ids. So comparing indexes compares ids, and the smallest
 * index is the smallest id. Columns are typed arrays over shared memory, one element per fact.
 *
 * Custody never leaves an artifact (semantics §2), so transfers and copies lie in *parts* (part.ts), each with all those of some artifacts.
 * A transfer or copy has a *number* (columns/pages.ts). Among the copies of one artifact, comparing numbers compares ids, and so among its
 * transfers. Across artifacts, numbers follow no order that a question may use: compare indexes of artifacts, or ids.
 *
 * `none` (-1) means "no record", NaN means an unknown number or instant. Instants are epoch milliseconds; -Infinity and Infinity are "since the
 * beginning of time" and "never ends".
 *
 * The `attributes` of organizations are not in a projection. The store returns them.
 */
export interface Projection {
  readonly revision: number;
  readonly organizations: OrganizationColumns;
  readonly artifacts: ArtifactColumns;
  readonly engagements: EngagementColumns;
  readonly transfers: TransferColumns;
  readonly access: AccessColumns;
  readonly reveals: RevealsColumns;
  readonly controls: ControlColumns;
  readonly copies: CopyColumns;
  readonly memory: ProjectionMemory;
}

/** The content of a projection: plain objects and columns over shared memory. The rest of a projection reads it. */
export interface ProjectionMemory {
  readonly revision: number;
  readonly organizations: Omit<OrganizationColumns, 'copies' | 'sent' | 'received'>;
  readonly artifacts: Omit<ArtifactColumns, 'copies' | 'transfers'>;
  readonly engagements: EngagementColumns;
  readonly access: AccessColumns;
  readonly reveals: RevealsColumns;
  readonly controls: ControlColumns;
  readonly lasting: LastingNumbers;
  /** In order of their first artifacts. */
  readonly parts: readonly Part[];
}

/** The numbers by which parts name records of the common block. */
export interface LastingNumbers {
  readonly organizations: NumberMap;
  readonly artifacts: NumberMap;
  readonly engagements: NumberMap;
}

/**
 * Lasting numbers are given in order of arrival, so a new record changes no other's, and no part that names another. The number of a removed
 * record stays unused until all facts are read again.
 */
export interface NumberMap {
  /** Lasting number -> index, or none. */
  readonly indexOf: Int32Array;
  /** Index -> lasting number. */
  readonly numberOf: Int32Array;
}

export const none = -1;

/** The columns of a kind's optional texts, by the name of the field. */
type TextColumns<K extends FactKind> = Readonly<Record<OptionalText<K>, CodeColumn>>;

export interface FactColumns {
  readonly kind: FactKind;
  readonly count: number;
  readonly provenance: ProvenanceColumns;
}

export interface OrganizationColumns extends FactColumns, TextColumns<'ORGANIZATION'> {
  readonly id: TextColumn;
  readonly name: TextColumn;
  /** Bit i: `organizationRoles[i]`. */
  readonly roles: Uint8Array;
  readonly aliases: ListColumn;
  /** Index into `organizationStatuses`. */
  readonly status: Uint8Array;
  /** organization -> artifacts it owns, ascending. */
  readonly artifacts: Csr;
  /** organization -> copies in its custody, OWNED ones included. Those of an artifact stand together, ascending. */
  readonly copies: Rows;
  /** organization -> transfers. Those of an artifact stand together, ascending. */
  readonly sent: Rows;
  readonly received: Rows;
  /** organization -> access whose grantee, or grantor, it is, ascending. */
  readonly accessHeld: Csr;
  readonly accessGranted: Csr;
  /** organization -> engagements as client, or as provider, ascending. */
  readonly engagementsAsClient: Csr;
  readonly engagementsAsProvider: Csr;
  readonly controls: Csr;
}

export interface ArtifactColumns extends FactColumns, TextColumns<'ARTIFACT'> {
  readonly id: TextColumn;
  readonly name: TextColumn;
  /** Index into `artifactTypes`. */
  readonly type: Uint8Array;
  /** Organization. */
  readonly owner: Int32Array;
  readonly sensitivity: Uint8Array;
  /** As stated. NaN if not stated. */
  readonly valueLowUsd: Float64Array;
  readonly valueHighUsd: Float64Array;
  /** `valueHighUsd`, else `valueLowUsd`, else 0. */
  readonly worstValueUsd: Float64Array;
  /** The mean of the lognormal between the two (§7). 0 if both are unknown. */
  readonly meanValueUsd: Float64Array;
  /** 0: not divided. */
  readonly fragmentCount: Uint32Array;
  readonly usefulPortion: Float64Array;
  /** artifact -> its transfers, ascending. */
  readonly transfers: Rows;
  /** artifact -> its copies, OWNED ones included, ascending. */
  readonly copies: Rows;
  /** artifact -> reveals facts from it to others, in order of the other's id. */
  readonly reveals: Csr;
  /** artifact -> reveals facts from others to it, in order of the other's id. */
  readonly revealedBy: Csr;
}

export interface EngagementColumns extends FactColumns, TextColumns<'ENGAGEMENT'> {
  readonly id: TextColumn;
  readonly client: Int32Array;
  readonly provider: Int32Array;
  readonly startsAt: Float64Array;
  readonly endsAt: Float64Array;
  /** NaN: no term. */
  readonly noticeHours: Float64Array;
  /** 0 no, 1 yes, 2 not known. */
  readonly auditRight: Uint8Array;
}

/** Records in parts. */
interface InParts {
  readonly count: number;
  /** All numbers are below. Some below it are no record. */
  readonly end: number;
  /** The numbers of the records: [first, end) of each part. */
  readonly ranges: readonly (readonly [first: number, end: number])[];
}

/** The ids of transfers. `find` gives the number of one, or none (-1). */
export interface TransferIds {
  get(transfer: number): string;
  find(id: string): number;
}

/** `portion` is the one that is stated; `copies.portion` has the portion that the copy holds. */
export interface TransferColumns
  extends InParts,
    Readonly<Record<OptionalText<'TRANSFER'>, CodePages>>,
    Readonly<Record<NumberField<'TRANSFER'>, Float64Pages>> {
  readonly kind: 'TRANSFER';
  readonly id: TransferIds;
  readonly artifact: IndexPages;
  readonly sender: IndexPages;
  readonly recipient: IndexPages;
  readonly fragments: FragmentPages;
  /** Index into `copyForms`. */
  readonly form: Uint8Pages;
  /** Index into `deletionStates`. */
  readonly deletionState: Uint8Pages;
  /** Engagement, or none. */
  readonly engagement: IndexPages;
  /** transfer -> its copy. */
  readonly copy: NumberPages;
  readonly provenance: {
    readonly importId: CodePages;
    readonly file: CodePages;
    /** 0: none. */
    readonly line: Uint32Pages;
    readonly assertedBy: CodePages;
    readonly assertedAt: Float64Pages;
    readonly source: CodePages;
  };
}

export interface AccessColumns extends FactColumns, TextColumns<'ACCESS'> {
  readonly id: TextColumn;
  readonly grantee: Int32Array;
  readonly grantor: Int32Array;
  /** Index into `accessKinds`. */
  readonly accessKind: Uint8Array;
  readonly likelihood: Float64Array;
  readonly validFrom: Float64Array;
  readonly validUntil: Float64Array;
}

/** By artifact, then revealed artifact. */
export interface RevealsColumns extends FactColumns, TextColumns<'REVEALS'> {
  readonly artifact: Int32Array;
  readonly reveals: Int32Array;
  readonly degree: Float64Array;
}

/** By organization, then control. */
export interface ControlColumns extends FactColumns {
  readonly organization: Int32Array;
  readonly control: CodeColumn;
  /** Index into `evidenceTypes`. */
  readonly evidenceType: Uint8Array;
  readonly issuedAt: Float64Array;
  readonly expiresAt: Float64Array;
  /** Organization, or none. */
  readonly issuer: Int32Array;
}

export const copyKinds = ['OWNED', 'TRANSFERRED', 'PRODUCED', 'CUSTODY_GAP'] as const;
export type CopyKind = (typeof copyKinds)[number];

/** Copies (§2): one OWNED for each artifact, one TRANSFERRED for each transfer, and the implied ones. */
export interface CopyColumns extends InParts {
  /** Index into `copyKinds`. */
  readonly kind: Uint8Pages;
  readonly artifact: IndexPages;
  readonly holder: IndexPages;
  /** The transfer that delivered the copy or implies it; none for OWNED. */
  readonly transfer: NumberPages;
  readonly definiteFrom: Float64Pages;
  readonly definiteUntil: Float64Pages;
  readonly possibleFrom: Float64Pages;
  readonly possibleUntil: Float64Pages;
  /** 1 if the holder can read the copy. */
  readonly isReadable: Uint8Pages;
  /** Computed from the fragments if the transfer names them and the artifact has a fragment count. Otherwise as stated. */
  readonly portion: Float64Pages;
  readonly confidence: Float64Pages;
  /** Bit i: `copyTraits`. Follows from the columns above. */
  readonly traits: Uint8Pages;
  /** The number of transfers on the shortest custody chain. 0 for OWNED. None (-1) if no chain explains the copy. */
  readonly rank: Int32Pages;
  /** The transfer before this copy's own on its custody chain. None at the start of the chain, and without a chain. */
  readonly chainPrevious: NumberPages;
}

/** For each record of the common block, some transfers or copies. */
export interface Rows {
  of(index: number): Int32Array;
  isEmpty(index: number): boolean;
}

/** The elements of one row. */
export function rowOf(rows: Csr | Rows, row: number): Int32Array {
  return 'offsets' in rows ? rows.values.subarray(rows.offsets[row], rows.offsets[row + 1]) : rows.of(row);
}

export function isRowEmpty(rows: Csr | Rows, row: number): boolean {
  return 'offsets' in rows ? rows.offsets[row] === rows.offsets[row + 1] : rows.isEmpty(row);
}

/**
 * The bits of `CopyColumns.traits`. They tell where a copy has the usual values. The copies of a holder lie scattered over all columns, so
 * a loop over them reads one byte of each first, and then only the values that are not the usual ones.
 */
export const copyTraits = {
  /** As `isReadable`. */
  readable: 0,
  /** The definite interval is the possible one and never ends, and the copy is sure (semantics §4): only `definiteFrom` is left to know. */
  certain: 1,
  /** The portion is 1. */
  whole: 2,
} as const;

type TraitSources = Pick<
  CopyTable,
  'isReadable' | 'definiteFrom' | 'definiteUntil' | 'possibleFrom' | 'possibleUntil' | 'confidence' | 'portion'
>;

/** Derives the traits of a copy from its other columns. */
export function findTraits(copies: TraitSources, copy: number): number {
  const isCertain =
    copies.definiteFrom[copy] === copies.possibleFrom[copy] &&
    copies.definiteUntil[copy] === Infinity &&
    copies.possibleUntil[copy] === Infinity &&
    isAtLeast(copies.confidence[copy] as number, sureConfidence);
  return (
    ((copies.isReadable[copy] as number) << copyTraits.readable) |
    ((isCertain ? 1 : 0) << copyTraits.certain) |
    ((copies.portion[copy] === 1 ? 1 : 0) << copyTraits.whole)
  );
}

/** The numbers of records that arrived in order of index. */
export function numberInOrder(count: number): NumberMap {
  const numberOf = sharedInt32(count);
  for (let index = 0; index < count; index++) numberOf[index] = index;
  return { indexOf: numberOf, numberOf };
}

/**
 * The numbers after records came and went.
 *
 * @param moves former index -> index, or none
 * @param count the records now. Those that no former index moved to are new, and get the next numbers in order of index
 */
export function renumber({ indexOf, numberOf }: NumberMap, moves: Int32Array, count: number): NumberMap {
  const nextNumberOf = sharedInt32(count, none);
  for (let index = 0; index < numberOf.length; index++) {
    const now = moves[index] as number;
    if (now >= 0) nextNumberOf[now] = numberOf[index] as number;
  }
  let next = indexOf.length;
  for (let index = 0; index < count; index++) if (nextNumberOf[index] === none) nextNumberOf[index] = next++;
  const nextIndexOf = sharedInt32(next, none);
  for (let index = 0; index < count; index++) nextIndexOf[nextNumberOf[index] as number] = index;
  return { indexOf: nextIndexOf, numberOf: nextNumberOf };
}

/** An index of ids that gives lasting numbers in place of indexes. */
export function numbersBy(index: { get(id: string): number | undefined }, { numberOf }: NumberMap) {
  return {
    get: (id: string): number | undefined => {
      const at = index.get(id);
      return at === undefined ? undefined : numberOf[at];
    },
  };
}
