import type { FactNameFragment } from '../generated/operations.ts';

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
