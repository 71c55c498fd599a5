import type { ArtifactType, CopyForm, OrganizationRole, Tier } from '../generated/operations.ts';

/** The words of the page for the enums of the schema. */
export const ROLE_WORDS: Readonly<Record<OrganizationRole, string>> = {
  LAB: 'lab',
  VENDOR: 'vendor',
  SUBCONTRACTOR: 'subcontractor',
  TOOL_PROVIDER: 'tool provider',
  CERTIFIER: 'certifier',
};

export const ARTIFACT_TYPE_WORDS: Readonly<Record<ArtifactType, string>> = {
  ANNOTATION_GUIDELINES: 'annotation guidelines',
  DATA_TAXONOMY: 'data taxonomy',
  PREFERENCE_SCHEME: 'preference scheme',
  LABELED_DATASET: 'labeled dataset',
  PROMPT_SET: 'prompt set',
  EVALUATION_SUITE: 'evaluation suite',
  REWARD_MODEL_SPEC: 'reward model spec',
  RED_TEAM_PLAYBOOK: 'red team playbook',
  MODEL_OUTPUTS: 'model outputs',
  OTHER: 'other artifact',
};

export const COPY_FORM_WORDS: Readonly<Record<CopyForm, string>> = {
  PLAINTEXT: 'plain text',
  ENCRYPTED_KEY_AT_HOLDER: 'encrypted, key at the holder',
  ENCRYPTED_KEY_AT_OWNER: 'encrypted, key at the owner',
  VIEW_ONLY: 'view only',
};

/** Roles by precedence. The first role that an organization has gives its shape and icon. */
export const ROLE_ORDER: readonly OrganizationRole[] = ['LAB', 'VENDOR', 'SUBCONTRACTOR', 'TOOL_PROVIDER', 'CERTIFIER'];

export function mainRole(roles: readonly OrganizationRole[]): OrganizationRole {
  return ROLE_ORDER.find((role) => roles.includes(role)) ?? 'VENDOR';
}

/** `vendor`, `lab and vendor`. */
export function rolesInWords(roles: readonly OrganizationRole[]): string {
  return ROLE_ORDER.filter((role) => roles.includes(role))
    .map((role) => ROLE_WORDS[role])
    .join(' and ');
}

export function capitalize(text: string): string {
  return text === '' ? '' : text[0]?.toUpperCase() + text.slice(1);
}

/** `ENCRYPTED_KEY_AT_OWNER` as `Encrypted key at owner`. */
export function valueInWords(value: string): string {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `Incident INC-02`. A longer id, which the program made, says nothing to a reader. */
export function incidentWords(id: string): string {
  return id.length <= 16 ? `Incident ${id}` : 'Saved incident';
}

/** From the strongest to the weakest. */
export const TIERS = ['EXPOSED', 'POSSIBLE', 'CONTAINED'] as const satisfies readonly Tier[];

/** The word for each tier, and its meaning in a few words. */
export const TIER_WORDS: Readonly<Record<Tier, { readonly word: string; readonly meaning: string }>> = {
  EXPOSED: { word: 'Exposed', meaning: 'readable in the core window' },
  POSSIBLE: { word: 'Possible', meaning: 'cannot be ruled out' },
  CONTAINED: { word: 'Contained', meaning: 'held, but not readable' },
};
