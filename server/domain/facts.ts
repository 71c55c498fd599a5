/**
 * The seven kinds of fact (semantics §1), as plain values.
 *
 * An instant is a number: milliseconds since the Unix epoch, UTC. `null` means "not known".
 * The columns that each kind has, with types and defaults, are in fact-fields.ts.
 */

export const factKinds = ['ORGANIZATION', 'ARTIFACT', 'ENGAGEMENT', 'TRANSFER', 'ACCESS', 'REVEALS', 'CONTROL'] as const;
/** A kind comes after the kinds that its facts name. */
export type FactKind = (typeof factKinds)[number];

/** In order of precedence: an organization's first role in this list decides its shape in the drawing. */
export const organizationRoles = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const organizationStatuses = ['ACTIVE', 'SUSPENDED', 'ENDED'] as const;
export type OrganizationStatus = (typeof organizationStatuses)[number];

export const artifactTypes = [
  'ANNOTATION_GUIDELINES',
  'DATA_TAXONOMY',
  'PREFERENCE_SCHEME',
  'LABELED_DATASET',
  'PROMPT_SET',
  'EVALUATION_SUITE',
  'REWARD_MODEL_SPEC',
  'RED_TEAM_PLAYBOOK',
  'MODEL_OUTPUTS',
  'OTHER',
] as const;
export type ArtifactType = (typeof artifactTypes)[number];

export const copyForms = ['PLAINTEXT', 'ENCRYPTED_KEY_AT_HOLDER', 'ENCRYPTED_KEY_AT_OWNER', 'VIEW_ONLY'] as const;
export type CopyForm = (typeof copyForms)[number];

/** Whether an attacker who breaks into the holder can read a copy in this form (§1). */
export function isReadable(form: CopyForm): boolean {
  return form === 'PLAINTEXT' || form === 'ENCRYPTED_KEY_AT_HOLDER';
}

export const deletionStates = ['NONE', 'REQUESTED', 'ATTESTED', 'VERIFIED'] as const;
export type DeletionState = (typeof deletionStates)[number];

export const accessKinds = ['CREDENTIALS', 'SOFTWARE', 'NETWORK', 'OTHER'] as const;
export type AccessKind = (typeof accessKinds)[number];

/** Weakest first. */
export const evidenceTypes = ['SELF_ATTESTED', 'QUESTIONNAIRE', 'CERTIFICATE', 'AUDIT_REPORT', 'TESTED'] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** The origin of an assertion: its author, place and time (§1). */
export interface Provenance {
  /** Null if a person asserted it. */
  readonly importId: string | null;
  readonly file: string | null;
  /** The first line of the file is 1, as in a text editor. */
  readonly line: number | null;
  /** The person or token that asserted it. */
  readonly assertedBy: string;
  /** The instant of the first assertion since the fact's last retraction; assertions of undone imports do not count. */
  readonly assertedAt: number;
  /** A document or address that supports the fact. */
  readonly source: string | null;
}

export interface Organization {
  readonly kind: 'ORGANIZATION';
  readonly id: string;
  readonly name: string;
  readonly roles: readonly OrganizationRole[];
  readonly aliases: readonly string[];
  readonly status: OrganizationStatus;
  readonly website: string | null;
  readonly country: string | null;
  readonly contactEmail: string | null;
  readonly attributes: readonly Attribute[];
}

export interface Artifact {
  readonly kind: 'ARTIFACT';
  readonly id: string;
  readonly name: string;
  readonly type: ArtifactType;
  readonly owner: string;
  /** 1 to 5. */
  readonly sensitivity: number;
  readonly valueLowUsd: number | null;
  readonly valueHighUsd: number | null;
  readonly modelFamily: string | null;
  readonly version: string | null;
  readonly fragmentCount: number | null;
  /** In [0, 1]. */
  readonly usefulPortion: number;
}

export interface Engagement {
  readonly kind: 'ENGAGEMENT';
  readonly id: string;
  readonly client: string;
  readonly provider: string;
  readonly service: string | null;
  readonly startsAt: number | null;
  /** Exclusive: a plain date has become the next day's 00:00Z. */
  readonly endsAt: number | null;
  readonly noticeHours: number | null;
  readonly auditRight: boolean | null;
  readonly attributes: readonly Attribute[];
}

export interface Transfer {
  readonly kind: 'TRANSFER';
  readonly id: string;
  readonly artifact: string;
  readonly sender: string;
  readonly recipient: string;
  readonly sentAt: number | null;
  /** In (0, 1], as stated. Named fragments of an artifact with a fragment count override it (§1). */
  readonly portion: number;
  /** Null if unknown. Never empty. */
  readonly fragments: readonly string[] | null;
  readonly form: CopyForm;
  readonly deletionState: DeletionState;
  /** Exclusive end, as endsAt. */
  readonly deletedAt: number | null;
  readonly channel: string | null;
  readonly engagement: string | null;
  /** In (0, 1]. */
  readonly confidence: number;
  /** How many items it carried, above 0. Null if not stated. */
  readonly records: number | null;
  /** How many bytes it carried, above 0. Null if not stated. */
  readonly bytes: number | null;
}

export interface Access {
  readonly kind: 'ACCESS';
  readonly id: string;
  readonly grantee: string;
  readonly grantor: string;
  readonly accessKind: AccessKind;
  /** In (0, 1]. */
  readonly likelihood: number;
  readonly validFrom: number | null;
  readonly validUntil: number | null;
  /** Package URL of the grantee's software that the grantor runs. */
  readonly software: string | null;
}

export interface Reveals {
  readonly kind: 'REVEALS';
  readonly artifact: string;
  readonly reveals: string;
  /** In (0, 1]. */
  readonly degree: number;
  readonly basis: string | null;
}

export interface Control {
  readonly kind: 'CONTROL';
  readonly organization: string;
  readonly control: string;
  readonly evidenceType: EvidenceType;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  readonly issuer: string | null;
}

export type Fact = Organization | Artifact | Engagement | Transfer | Access | Reveals | Control;
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>;

/**
 * The key of a fact with two ids (Reveals, Control): both ids, percent-encoded and joined by `/`. The key of any other fact is its
 * id. The API calls the key `factId`.
 */
export function pairKey(first: string, second: string): string {
  return `${encodeURIComponent(first)}/${encodeURIComponent(second)}`;
}

export function splitPairKey(key: string): [first: string, second: string] {
  const slash = key.indexOf('/');
  return [decodeURIComponent(key.slice(0, slash)), decodeURIComponent(key.slice(slash + 1))];
}
