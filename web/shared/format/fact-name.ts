import type { FactKind, FactNameFragment } from '../generated/operations.ts';

export const FACT_KIND_WORDS: Readonly<Record<FactKind, string>> = {
  ORGANIZATION: 'Organization',
  ENGAGEMENT: 'Engagement',
  ARTIFACT: 'Artifact',
  TRANSFER: 'Transfer',
  ACCESS: 'Access',
  REVEALS: 'Reveals',
  CONTROL: 'Control',
  SOFTWARE_LIST: 'Software list',
  ADVISORY: 'Advisory',
  AVAILABILITY: 'Availability',
  SOFTWARE_STATEMENT: 'Software statement',
};

/** A fact in a few words: `Acme engages Wonka`, `Guidelines v3 from Acme to Wonka`. */
export function factName(fact: FactNameFragment): string {
  switch (fact.__typename) {
    case 'Organization':
    case 'Artifact':
      return fact.name;
    case 'Engagement':
      return `${fact.client.name} engages ${fact.provider.name}${fact.service === null ? '' : ` for ${fact.service}`}`;
    case 'Transfer':
      return `${fact.artifact.name} from ${fact.sender.name} to ${fact.recipient.name}`;
    case 'Access':
      return `${fact.grantee.name} has access to ${fact.grantor.name}`;
    case 'Control':
      return `${fact.control} of ${fact.organization.name}`;
    case 'Reveals':
      return `What ${fact.artifact.name} reveals`;
  }
}
