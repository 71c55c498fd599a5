import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { ConceptName } from '../column-synonyms.ts';
import { concepts } from '../column-synonyms.ts';
import type { ColumnProfile } from '../table/profile-columns.ts';
import { readValue, unreadable } from '../values/read-values.ts';

/** The subject of the rows of a list. */
export type ListShape = 'PAIRS' | 'VENDORS' | 'ORGANIZATIONS' | 'ARTIFACTS' | 'TRANSFERS' | 'CONTROLS' | 'ACCESS' | 'REVEALS';

/** A field of a fact. */
export type Target = readonly [kind: FactKind, field: string];

const organization: Partial<Record<ConceptName, Target>> = {
  PROVIDER: ['ORGANIZATION', 'name'],
  ALIASES: ['ORGANIZATION', 'aliases'],
  ROLES: ['ORGANIZATION', 'roles'],
  STATUS: ['ORGANIZATION', 'status'],
  WEBSITE: ['ORGANIZATION', 'website'],
  COUNTRY: ['ORGANIZATION', 'country'],
  EMAIL: ['ORGANIZATION', 'contactEmail'],
};
/** The status in a list of engagements is that of a contract, or one client's view. It is no status of the organization for everybody. */
const { STATUS: _, ...engaged } = organization;
const engagement: Partial<Record<ConceptName, Target>> = {
  ...engaged,
  ENGAGEMENT_ID: ['ENGAGEMENT', 'id'],
  SERVICE: ['ENGAGEMENT', 'service'],
  STARTS: ['ENGAGEMENT', 'startsAt'],
  ENDS: ['ENGAGEMENT', 'endsAt'],
  NOTICE_HOURS: ['ENGAGEMENT', 'noticeHours'],
  AUDIT_RIGHT: ['ENGAGEMENT', 'auditRight'],
};

/** The target field of each concept, for each kind of list. A concept without a target is kept as text. */
export const targets: Readonly<Record<ListShape, Partial<Record<ConceptName, Target>>>> = {
  ORGANIZATIONS: organization,
  VENDORS: engagement,
  PAIRS: { ...engagement, CLIENT: ['ENGAGEMENT', 'client'] },
  ARTIFACTS: {
    ARTIFACT_ID: ['ARTIFACT', 'id'],
    VENDOR_ID: ['ARTIFACT', 'id'],
    ARTIFACT: ['ARTIFACT', 'name'],
    ARTIFACT_TYPE: ['ARTIFACT', 'type'],
    OWNER: ['ARTIFACT', 'owner'],
    CLIENT: ['ARTIFACT', 'owner'],
    SENSITIVITY: ['ARTIFACT', 'sensitivity'],
    VALUE_LOW: ['ARTIFACT', 'valueLowUsd'],
    VALUE_HIGH: ['ARTIFACT', 'valueHighUsd'],
    FRAGMENT_COUNT: ['ARTIFACT', 'fragmentCount'],
    USEFUL_PORTION: ['ARTIFACT', 'usefulPortion'],
    MODEL_FAMILY: ['ARTIFACT', 'modelFamily'],
    VERSION: ['ARTIFACT', 'version'],
  },
  TRANSFERS: {
    TRANSFER_ID: ['TRANSFER', 'id'],
    VENDOR_ID: ['TRANSFER', 'id'],
    ARTIFACT_ID: ['TRANSFER', 'artifact'],
    ARTIFACT: ['TRANSFER', 'artifact'],
    DATA_SHARED: ['TRANSFER', 'artifact'],
    SENDER: ['TRANSFER', 'sender'],
    OWNER: ['TRANSFER', 'sender'],
    CLIENT: ['TRANSFER', 'sender'],
    ISSUER: ['TRANSFER', 'sender'],
    RECIPIENT: ['TRANSFER', 'recipient'],
    PROVIDER: ['TRANSFER', 'recipient'],
    SENT_AT: ['TRANSFER', 'sentAt'],
    STARTS: ['TRANSFER', 'sentAt'],
    ISSUED_AT: ['TRANSFER', 'sentAt'],
    PORTION: ['TRANSFER', 'portion'],
    FRAGMENTS: ['TRANSFER', 'fragments'],
    FORM: ['TRANSFER', 'form'],
    DELETION_STATE: ['TRANSFER', 'deletionState'],
    DELETED_AT: ['TRANSFER', 'deletedAt'],
    CHANNEL: ['TRANSFER', 'channel'],
    CONFIDENCE: ['TRANSFER', 'confidence'],
    RECORDS: ['TRANSFER', 'records'],
    BYTES: ['TRANSFER', 'bytes'],
    // The columns that describe the artifact of a row. They count if the list creates it.
    'ARTIFACT.name': ['ARTIFACT', 'name'],
    'ARTIFACT.owner': ['ARTIFACT', 'owner'],
    ARTIFACT_TYPE: ['ARTIFACT', 'type'],
    SENSITIVITY: ['ARTIFACT', 'sensitivity'],
    VALUE_LOW: ['ARTIFACT', 'valueLowUsd'],
    VALUE_HIGH: ['ARTIFACT', 'valueHighUsd'],
    FRAGMENT_COUNT: ['ARTIFACT', 'fragmentCount'],
    MODEL_FAMILY: ['ARTIFACT', 'modelFamily'],
    VERSION: ['ARTIFACT', 'version'],
  },
  CONTROLS: {
    PROVIDER: ['CONTROL', 'organization'],
    CONTROL: ['CONTROL', 'control'],
    EVIDENCE: ['CONTROL', 'evidenceType'],
    ISSUED_AT: ['CONTROL', 'issuedAt'],
    STARTS: ['CONTROL', 'issuedAt'],
    EXPIRES_AT: ['CONTROL', 'expiresAt'],
    ENDS: ['CONTROL', 'expiresAt'],
    ISSUER: ['CONTROL', 'issuer'],
  },
  ACCESS: {
    GRANTEE: ['ACCESS', 'grantee'],
    GRANTOR: ['ACCESS', 'grantor'],
    ACCESS_KIND: ['ACCESS', 'kind'],
    ARTIFACT_TYPE: ['ACCESS', 'kind'],
    LIKELIHOOD: ['ACCESS', 'likelihood'],
    SOFTWARE: ['ACCESS', 'software'],
    STARTS: ['ACCESS', 'validFrom'],
    ENDS: ['ACCESS', 'validUntil'],
  },
  REVEALS: {
    ARTIFACT: ['REVEALS', 'artifact'],
    REVEALS: ['REVEALS', 'reveals'],
    DEGREE: ['REVEALS', 'degree'],
    BASIS: ['REVEALS', 'basis'],
  },
};

/** The target field of each concept in a kind of list. A field that is its own concept, such as `TRANSFER.records`, is its own target. */
export function targetsOf(shape: ListShape): Partial<Record<ConceptName, Target>> {
  const own = [...concepts()].filter(([name, { kind }]) => name.includes('.') && kindsOfShape[shape].includes(kind));
  return { ...targets[shape], ...Object.fromEntries(own.map(([name, { kind, field }]) => [name, [kind, field] as const])) };
}

/** The kinds of facts that a row of a list states. */
export const kindsOfShape: Readonly<Record<ListShape, readonly FactKind[]>> = {
  PAIRS: ['ORGANIZATION', 'ENGAGEMENT'],
  VENDORS: ['ORGANIZATION', 'ENGAGEMENT'],
  ORGANIZATIONS: ['ORGANIZATION'],
  ARTIFACTS: ['ARTIFACT'],
  TRANSFERS: ['TRANSFER'],
  CONTROLS: ['CONTROL'],
  ACCESS: ['ACCESS'],
  REVEALS: ['REVEALS'],
};

/** All that a list shows of itself. */
export interface ListEvidence {
  /** Unique names of the columns. */
  readonly names: readonly string[];
  /** The unchanged headers of the file; empty texts without a header. */
  readonly header: readonly string[];
  readonly profiles: readonly ColumnProfile[];
  /** File name, sheet and preamble. */
  readonly title: string;
  /** The kinds that a person chose; undefined without a decision. */
  readonly kinds: readonly FactKind[] | undefined;
}

/** The share of a column's distinct values that can be read as a field. */
export function shareRead(kind: FactKind, field: string, { distinct }: ColumnProfile): number {
  const spec = factFields[kind].find(({ name }) => name === field) as (typeof factFields)[FactKind][number];
  const values = [...distinct.keys()];
  return values.length === 0 ? 1 : values.filter((value) => readValue(spec, value, null) !== unreadable).length / values.length;
}

/** Whether the distinct values are fewer than `most` of the filled cells. */
export function isRepeated({ hasMoreValues, distinct, filled }: ColumnProfile, most: number): boolean {
  return !hasMoreValues && distinct.size < filled * most;
}
