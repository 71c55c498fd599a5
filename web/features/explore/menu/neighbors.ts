import type { ExploreNodeFragment, LinkKind, NeighborhoodQuery } from '../../../shared/generated/operations.ts';
import type { ExpandChoice } from './expand-choices.ts';

const between: LinkKind[] = ['TRANSFER', 'ACCESS', 'ENGAGEMENT'];
const aroundArtifact: LinkKind[] = ['OWNS', 'HOLDS', 'REVEALS'];

/** The kinds of connections to ask for; a `null` choice means all organizations connected to one, or everything around an artifact. */
export function kindsOf(node: ExploreNodeFragment, choice: ExpandChoice | null): LinkKind[] {
  return choice !== null ? [choice.kind] : node.organization !== null ? between : aroundArtifact;
}

/** The neighbors of a node, in the server's order: by kind, then by the weight of the connection. */
export function neighborsOf(data: NeighborhoodQuery | undefined, key: string, choice: ExpandChoice | null): readonly ExploreNodeFragment[] {
  const links = data?.neighborhood?.links ?? [];
  const ends = new Set(
    links.flatMap((link) => {
      if (link.source === key && choice?.direction !== 'incoming') return [link.target];
      if (link.target === key && choice?.direction !== 'outgoing') return [link.source];
      return [];
    }),
  );
  return (data?.neighborhood?.nodes ?? []).filter((other) => other.key !== key && ends.has(other.key));
}
