import { countOf } from '../../shared/format/count.ts';
import { showHidden } from '../../shared/format/hidden-characters.ts';
import { formatInstantUtc } from '../../shared/format/instant.ts';
import { ARTIFACT_TYPE_WORDS, capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { SearchQuery } from '../../shared/generated/operations.ts';

export type SearchFound = NonNullable<SearchQuery['search']>[number]['found'];

/** A result that has a node or a page of its own. */
export type NamedFound = Extract<SearchFound, { __typename: 'Organization' | 'Artifact' | 'Incident' }>;
export type OtherFound = Exclude<SearchFound, NamedFound>;

export function isNamed(found: SearchFound): found is NamedFound {
  return found.__typename === 'Organization' || found.__typename === 'Artifact' || found.__typename === 'Incident';
}

export interface SearchLine {
  /** The type and the id, such as `Organization:ID`. */
  readonly key: string;
  readonly found: SearchFound;
  readonly name: string;
  readonly detail: string;
}

export interface SearchGroup {
  readonly title: string;
  readonly lines: readonly SearchLine[];
}

/** Groups hits by kind and keeps their order, best first. Empty groups are left out. Organizations come first, as the most frequent target. */
export function groupHits(hits: NonNullable<SearchQuery['search']>): readonly SearchGroup[] {
  const lines = hits.map((hit) => lineOf(hit.found, hit.matched));
  const groups: readonly (readonly [string, SearchFound['__typename']])[] = [
    ['Organizations', 'Organization'],
    ['Artifacts', 'Artifact'],
    ['Incidents', 'Incident'],
    ['Saved views', 'View'],
    ['Transfers', 'Transfer'],
    ['Engagements', 'Engagement'],
    ['Software lists', 'SoftwareList'],
    ['Advisories', 'Advisory'],
    ['Packages, channels and countries', 'FoundValue'],
  ];
  return groups
    .map(([title, type]) => ({ title, lines: lines.filter((line) => line.found.__typename === type) }))
    .filter((group) => group.lines.length > 0);
}

function lineOf(found: SearchFound, matched: string): SearchLine {
  const key = `${found.__typename}:${found.__typename === 'FoundValue' ? `${found.kind}:${found.value}` : found.id}`;
  switch (found.__typename) {
    case 'Organization': {
      const alias = /alias/i.test(matched) ? found.aliases[0] : undefined;
      const also = alias === undefined ? (matched === 'contactEmail' ? ' · by its contact' : '') : ` · also ${alias}`;
      return { key, found, name: found.name, detail: capitalize(rolesInWords(found.roles)) + also };
    }
    case 'Artifact':
      return { key, found, name: found.name, detail: `${capitalize(ARTIFACT_TYPE_WORDS[found.type])} of ${found.owner.name}` };
    case 'Incident':
      return { key, found, name: found.name, detail: `Incident, ${found.state.toLowerCase()}` };
    case 'View':
      return { key, found, name: found.name, detail: found.note === null ? 'Saved view' : `Saved view · ${found.note}` };
    case 'Transfer':
      return {
        key,
        found,
        name: `Transfer ${showHidden(found.id)}`,
        detail: `${found.transferred.name}: ${found.sender.name} to ${found.recipient.name}`,
      };
    case 'Engagement':
      return {
        key,
        found,
        name: `Engagement ${showHidden(found.id)}`,
        detail: `${found.client.name} engages ${found.provider.name}${found.service === null ? '' : `: ${found.service}`}`,
      };
    case 'SoftwareList': {
      const date = found.describedAt === null ? 'unknown date' : formatInstantUtc(found.describedAt);
      return { key, found, name: showHidden(found.subject || found.id), detail: `${found.organization.name}, ${date}` };
    }
    case 'Advisory':
      return { key, found, name: showHidden(found.id), detail: found.summary || 'Advisory' };
    case 'FoundValue':
      return { key, found, name: showHidden(found.value), detail: detailOfValue(found) };
  }
}

function detailOfValue({ kind, count }: Extract<SearchFound, { __typename: 'FoundValue' }>): string {
  if (kind === 'CHANNEL') return `Channel of ${countOf(count, 'transfer', 'transfers')}`;
  if (kind === 'PACKAGE') return `Package in ${countOf(count, 'software list', 'software lists')}`;
  return `Country of ${countOf(count, 'organization', 'organizations')}`;
}
