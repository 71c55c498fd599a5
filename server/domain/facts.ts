/**
 * The seven kinds of fact (semantics §1) and the words that their fields take. The fields themselves are in fact-fields.ts.
 *
 * An instant is a number: milliseconds since the Unix epoch, UTC. `null` means "not known".
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
