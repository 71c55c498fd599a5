import { ARTIFACT_TYPE_WORDS, capitalize, rolesInWords } from '../../shared/format/words.ts';
import type { SearchQuery } from '../../shared/generated/operations.ts';

export type SearchFound = NonNullable<SearchQuery['search']>[number]['found'];

export interface SearchLine {
  /** `Organization:ID`, `Artifact:ID`, `Incident:ID`. */
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
  ];
  return groups
    .map(([title, type]) => ({ title, lines: lines.filter((line) => line.found.__typename === type) }))
    .filter((group) => group.lines.length > 0);
}

function lineOf(found: SearchFound, matched: string): SearchLine {
  const key = `${found.__typename}:${found.id}`;
  switch (found.__typename) {
    case 'Organization': {
      const alias = /alias/i.test(matched) ? found.aliases[0] : undefined;
      return {
        key,
        found,
        name: found.name,
        detail: capitalize(rolesInWords(found.roles)) + (alias === undefined ? '' : ` · also ${alias}`),
      };
    }
    case 'Artifact':
      return { key, found, name: found.name, detail: `${capitalize(ARTIFACT_TYPE_WORDS[found.type])} of ${found.owner.name}` };
    case 'Incident':
      return { key, found, name: found.name, detail: `Incident, ${found.state.toLowerCase()}` };
  }
}
