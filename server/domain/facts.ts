/**
 * The kinds of fact (semantics §1, §13.1) and the words that their fields take. The fields themselves are in fact-fields.ts.
 *
 * An instant is a number: milliseconds since the Unix epoch, UTC. `null` means "not known".
 */

/** The facts of custody (semantics §1): a projection holds these alone. */
export const custodyKinds = ['ORGANIZATION', 'ARTIFACT', 'ENGAGEMENT', 'TRANSFER', 'ACCESS', 'REVEALS', 'CONTROL'] as const;
export type CustodyKind = (typeof custodyKinds)[number];

/** The facts of software lists and advisories (semantics §13.1). Only questions about software read them, and no lab's view has any. */
export const softwareKinds = ['SOFTWARE_LIST', 'ADVISORY', 'AVAILABILITY', 'SOFTWARE_STATEMENT'] as const;
export type SoftwareKind = (typeof softwareKinds)[number];

export const factKinds = [...custodyKinds, ...softwareKinds] as const;
/** A kind comes after the kinds that its facts name. */
export type FactKind = (typeof factKinds)[number];

const custody: ReadonlySet<FactKind> = new Set(custodyKinds);

export function isCustodyKind(kind: FactKind): kind is CustodyKind {
  return custody.has(kind);
}

/** In order of precedence: an organization's first role in this list decides its shape in the drawing. */
export const organizationRoles = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'] as const;
export type OrganizationRole = (typeof organizationRoles)[number];
/** The bit of LAB in the roles of an organization: the role at position i of the list is bit i. */
export const labBit = 1 << organizationRoles.indexOf('LAB');

/** The highest sensitivity of an artifact; 1 is the lowest. */
export const highestSensitivity = 5;

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

/** Whether a state says that the copy is gone: ATTESTED by the holder's word, VERIFIED by evidence (§1, §2). */
export function claimsDeletion(state: unknown): boolean {
  return state === 'ATTESTED' || state === 'VERIFIED';
}

export const accessKinds = ['CREDENTIALS', 'SOFTWARE', 'NETWORK', 'OTHER'] as const;
export type AccessKind = (typeof accessKinds)[number];

/** Weakest first. */
export const evidenceTypes = ['SELF_ATTESTED', 'QUESTIONNAIRE', 'CERTIFICATE', 'AUDIT_REPORT', 'TESTED'] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

export const softwareListFormats = ['CYCLONEDX', 'SPDX', 'CSV', 'ACCESS_FACT'] as const;
export const softwareLifecycles = ['DESIGN', 'SOURCE', 'BUILD', 'DEPLOYED', 'RUNTIME', 'UNKNOWN'] as const;
export const componentDepths = ['DIRECT', 'TRANSITIVE', 'UNKNOWN'] as const;
export const advisoryKinds = ['MALWARE', 'VULNERABILITY'] as const;
export const softwareStatementStates = ['NOT_AFFECTED', 'AFFECTED', 'FIXED', 'UNDER_INVESTIGATION'] as const;
/** Grades of what an organization's lists say about an advisory or a package, strongest first (semantics §13.3). */
export const softwareGrades = [
  'PRESENT',
  'PRESENT_UNDATED',
  'VERSION_UNKNOWN',
  'BETWEEN_LISTS',
  'NAME_ONLY',
  'RULED_OUT_BY_LISTS',
  'NO_LIST',
] as const;
export type SoftwareGrade = (typeof softwareGrades)[number];

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

/** The id of a fact that is known by what it names: a statement by organization, advisory and source, an availability by advisory and source. */
export function madeKey(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

export function splitPairKey(key: string): [first: string, second: string] {
  const slash = key.indexOf('/');
  return [decodeURIComponent(key.slice(0, slash)), decodeURIComponent(key.slice(slash + 1))];
}

/** The source of the import that loads the demo world. While that import is committed, the store holds demo data. The page names it, too. */
export const demoSource = 'demo world';
