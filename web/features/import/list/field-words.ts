import type { FactKind } from '../../../shared/generated/operations.ts';

interface FieldWords {
  readonly field: string;
  readonly words: string;
  /** The values that the field takes; absent: any text, number or date. */
  readonly values?: readonly string[];
}

const STATUSES = ['ACTIVE', 'SUSPENDED', 'ENDED'];

/** The fields that a column can be read as, by kind of fact. tests/web compares them with the catalog of fields. */
export const FIELD_WORDS: Readonly<Record<FactKind, readonly FieldWords[]>> = {
  ORGANIZATION: [
    { field: 'name', words: 'name' },
    { field: 'id', words: 'id' },
    { field: 'roles', words: 'roles', values: ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'] },
    { field: 'aliases', words: 'other names' },
    { field: 'status', words: 'status', values: STATUSES },
    { field: 'website', words: 'website' },
    { field: 'country', words: 'country' },
    { field: 'contactEmail', words: 'contact email' },
  ],
  ENGAGEMENT: [
    { field: 'client', words: 'client' },
    { field: 'provider', words: 'provider' },
    { field: 'id', words: 'id' },
    { field: 'service', words: 'service' },
    { field: 'startsAt', words: 'start date' },
    { field: 'endsAt', words: 'end date' },
    { field: 'noticeHours', words: 'hours to give notice of a breach' },
    { field: 'auditRight', words: 'right to audit', values: ['true', 'false'] },
  ],
  ARTIFACT: [
    { field: 'name', words: 'name' },
    { field: 'id', words: 'id' },
    {
      field: 'type',
      words: 'type',
      values: [
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
      ],
    },
    { field: 'owner', words: 'owner' },
    { field: 'sensitivity', words: 'sensitivity', values: ['1', '2', '3', '4', '5'] },
    { field: 'valueLowUsd', words: 'lowest value in US dollars' },
    { field: 'valueHighUsd', words: 'highest value in US dollars' },
    { field: 'modelFamily', words: 'model family' },
    { field: 'version', words: 'version' },
    { field: 'fragmentCount', words: 'number of fragments' },
    { field: 'usefulPortion', words: 'useful portion' },
  ],
  TRANSFER: [
    { field: 'artifact', words: 'artifact' },
    { field: 'sender', words: 'sender' },
    { field: 'recipient', words: 'recipient' },
    { field: 'id', words: 'id' },
    { field: 'sentAt', words: 'date sent' },
    { field: 'portion', words: 'portion' },
    { field: 'fragments', words: 'fragments' },
    { field: 'form', words: 'form', values: ['PLAINTEXT', 'ENCRYPTED_KEY_AT_HOLDER', 'ENCRYPTED_KEY_AT_OWNER', 'VIEW_ONLY'] },
    { field: 'deletionState', words: 'deletion', values: ['NONE', 'REQUESTED', 'ATTESTED', 'VERIFIED'] },
    { field: 'deletedAt', words: 'date deleted' },
    { field: 'channel', words: 'channel' },
    { field: 'engagement', words: 'engagement' },
    { field: 'confidence', words: 'confidence' },
    { field: 'records', words: 'number of items' },
    { field: 'bytes', words: 'bytes' },
  ],
  ACCESS: [
    { field: 'grantee', words: 'who has access' },
    { field: 'grantor', words: 'whose systems' },
    { field: 'id', words: 'id' },
    { field: 'kind', words: 'kind', values: ['CREDENTIALS', 'SOFTWARE', 'NETWORK', 'OTHER'] },
    { field: 'likelihood', words: 'likelihood' },
    { field: 'software', words: 'software (package URL)' },
    { field: 'validFrom', words: 'start date' },
    { field: 'validUntil', words: 'end date' },
  ],
  REVEALS: [
    { field: 'artifact', words: 'artifact' },
    { field: 'reveals', words: 'artifact that it reveals' },
    { field: 'degree', words: 'degree' },
    { field: 'basis', words: 'basis' },
  ],
  CONTROL: [
    { field: 'organization', words: 'organization' },
    { field: 'control', words: 'control' },
    {
      field: 'evidenceType',
      words: 'kind of evidence',
      values: ['SELF_ATTESTED', 'QUESTIONNAIRE', 'CERTIFICATE', 'AUDIT_REPORT', 'TESTED'],
    },
    { field: 'issuedAt', words: 'date issued' },
    { field: 'expiresAt', words: 'date of expiry' },
    { field: 'issuer', words: 'issuer' },
  ],
};

export const KIND_WORDS: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'Organization',
  ENGAGEMENT: 'Engagement',
  ARTIFACT: 'Artifact',
  TRANSFER: 'Transfer',
  ACCESS: 'Access',
  REVEALS: 'Reveals',
  CONTROL: 'Control',
};

/** `ENCRYPTED_KEY_AT_OWNER` as `Encrypted key at owner`. */
export function valueInWords(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
