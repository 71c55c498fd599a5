import type { NumberField, OptionalText } from '../domain/fact-fields.ts';
import type { FactKind } from '../domain/facts.ts';
import type { CodeColumn } from './columns/code-column.ts';
import type { ListColumn } from './columns/list-column.ts';
import type { TextColumn } from './columns/text-column.ts';
import type { Csr } from './csr.ts';
import type { SlotPermit } from './slots.ts';

/**
 * An immutable snapshot of the facts at one revision, as columns. Neo4j Graph Data Science calls this a graph projection. Every
 * question is answered from one.
 *
 * A fact's *index* is its position among the facts of its kind in code point order of their ids. So comparing indexes
 * compares ids, and the smallest index is the smallest id. Columns are typed arrays over shared memory, one element per
 * fact. `none` (-1) means "no record", NaN means an unknown number or instant. Instants are epoch
 * milliseconds in a Float64Array; -Infinity and Infinity are "since the beginning of time" and "never ends".
 *
 * Transfers and copies may have vacant slots between them (slots.ts): an index is a slot, in the same order. Rows and references name live
 * slots only. A loop over all of them asks `isLive`.
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
  /** Names of fragments, interned: TransferColumns.fragments holds indexes into it. */
  readonly fragmentNames: TextColumn;
  readonly permit: SlotPermit;
}

/** Columns with vacant slots. `count` is the number of live ones. */
export interface Slotted {
  /** The length of the columns. */
  readonly slots: number;
  /** 1: the slot has a record of this projection. Otherwise nothing of it may be read. Other values: `slotStates`. */
  readonly isLive: Uint8Array;
}

export const none = -1;

/** The columns of a kind's optional texts, by the name of the field. */
type TextColumns<K extends FactKind> = Readonly<Record<OptionalText<K>, CodeColumn>>;

interface FactColumns {
  readonly kind: FactKind;
  readonly count: number;
  readonly provenance: ProvenanceColumns;
}

/** Interned columns: `get(index)` returns a string or null. */
export interface ProvenanceColumns {
  readonly importId: CodeColumn;
  readonly file: CodeColumn;
  /** 0: none. */
  readonly line: Uint32Array;
  readonly assertedBy: CodeColumn;
  readonly assertedAt: Float64Array;
  readonly source: CodeColumn;
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
  /** organization -> copies in its custody, OWNED ones included, ascending. */
  readonly copies: Csr;
  /** organization -> transfers, ascending. */
  readonly sent: Csr;
  readonly received: Csr;
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
  readonly transfers: Csr;
  /** artifact -> its copies, OWNED ones included, ascending. */
  readonly copies: Csr;
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

/** Numbers, shares and instants by the name of the field. NaN: unknown. */
type NumberColumns<K extends FactKind> = Readonly<Record<NumberField<K>, Float64Array>>;

/** `portion` is the one that is stated; `copies.portion` has the portion that the copy holds. */
export interface TransferColumns extends FactColumns, TextColumns<'TRANSFER'>, NumberColumns<'TRANSFER'>, Slotted {
  readonly id: TextColumn;
  readonly artifact: Int32Array;
  readonly sender: Int32Array;
  readonly recipient: Int32Array;
  /** transfer -> names of its fragments (indexes into Projection.fragmentNames), in the stated order. Empty if unknown. */
  readonly fragments: Csr;
  /** Index into `copyForms`. */
  readonly form: Uint8Array;
  /** Index into `deletionStates`. */
  readonly deletionState: Uint8Array;
  /** Engagement, or none. */
  readonly engagement: Int32Array;
  /** transfer -> its copy. */
  readonly copy: Int32Array;
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

/**
 * Copies (§2): one OWNED for each artifact, one TRANSFERRED for each transfer, and the implied ones. A copy's index is its
 * position in code point order of copy ids (`copyId` in custody.ts).
 */
export interface CopyColumns extends Slotted {
  readonly count: number;
  readonly order: SlotsOfCopies;
  /** Index into `copyKinds`. */
  readonly kind: Uint8Array;
  readonly artifact: Int32Array;
  readonly holder: Int32Array;
  /** The transfer that delivered the copy or implies it; none for OWNED. */
  readonly transfer: Int32Array;
  readonly definiteFrom: Float64Array;
  readonly definiteUntil: Float64Array;
  readonly possibleFrom: Float64Array;
  readonly possibleUntil: Float64Array;
  /** 1 if the holder can read the copy. */
  readonly isReadable: Uint8Array;
  /** Computed from the fragments if the transfer names them and the artifact has a fragment count. Otherwise as stated. */
  readonly portion: Float64Array;
  readonly confidence: Float64Array;
  /** Bit i: `copyTraits` (copy-traits.ts). Follows from the columns above. */
  readonly traits: Uint8Array;
  /** The number of transfers on the shortest custody chain. 0 for OWNED. None (-1) if no chain explains the copy. */
  readonly rank: Int32Array;
  /** The transfer before this copy's own on its custody chain. None at the start of the chain, and without a chain. */
  readonly chainPrevious: Int32Array;
}

/**
 * The slots of copies: those of TRANSFERRED copies are the slots of transfers, with the others in between. No transfer's id begins with
 * `implied:` or `owned:`.
 */
export interface SlotsOfCopies {
  /** The first slot of transfers whose ids are after `implied:`, and after `owned:`. */
  readonly firstImplied: number;
  readonly ownedAfter: number;
  /** The number of slots of implied copies. */
  readonly implied: number;
}
