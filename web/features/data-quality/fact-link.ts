import type { FindingRowFragment } from '../../shared/generated/operations.ts';
import { exploreHref, linkHref } from '../../shared/url/explore-url.ts';

type Fact = FindingRowFragment['facts'][number];

/** A fact that a finding names: its name and its address in Explore. Null if Explore does not show it. */
export function factLink(fact: Fact): { readonly name: string; readonly href: string | null } {
  switch (fact.__typename) {
    case 'Organization':
      return { name: fact.name, href: exploreHref(`organization:${fact.id}`) };
    case 'Artifact':
      return { name: fact.name, href: exploreHref(`artifact:${fact.id}`) };
    case 'Transfer':
      return {
        name: `transfer ${fact.id}`,
        href: linkHref('TRANSFER', `organization:${fact.sender.id}`, `organization:${fact.recipient.id}`),
      };
    case 'Engagement':
      return {
        name: `engagement ${fact.id}`,
        href: linkHref('ENGAGEMENT', `organization:${fact.client.id}`, `organization:${fact.provider.id}`),
      };
    case 'Control':
      return { name: `evidence of ${fact.organization.name}`, href: exploreHref(`organization:${fact.organization.id}`) };
    case 'Access':
      return { name: `access ${fact.id}`, href: null };
    case 'Reveals':
      return { name: 'reveal', href: null };
  }
}
