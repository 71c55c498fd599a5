import { useCallback, useRef } from 'react';
import { countOf } from '../../../shared/format/count.ts';
import {
  type ExploreNodeFragment,
  type LinkKind,
  NeighborhoodDocument,
  type NeighborhoodQuery,
} from '../../../shared/generated/operations.ts';
import { client } from '../../../shared/graphql/client.ts';
import { errorSentence } from '../../../shared/graphql/error-sentence.ts';
import { useAnnounce } from '../../../shared/ui/announcer.tsx';
import { nodeName } from '../explore-model.ts';
import { toNodeRef } from '../node-key.ts';
import type { CanvasSteps } from '../use-canvas-steps.ts';
import { mostNodes } from '../use-explore-graph.ts';
import type { ExpandChoice } from './expand-choices.ts';

/**
 * Adds the neighbors of a node to the canvas: those of one kind and direction, or, for a `null` choice, all connected organizations.
 *
 * @param drawn keys on the canvas, in order
 */
export function useExpand(
  drawn: readonly string[],
  act: CanvasSteps['act'],
  hidden: readonly string[],
  onProblem: (sentence: string | null) => void,
) {
  const announce = useAnnounce();
  const latest = useRef({ drawn, hidden });
  latest.current = { drawn, hidden };
  return useCallback(
    async (node: ExploreNodeFragment, choice: ExpandChoice | null, most: number) => {
      const ref = toNodeRef(node.key);
      if (ref === undefined) return;
      const kinds = kindsOf(node, choice);
      try {
        const { data } = await client.query({ query: NeighborhoodDocument, variables: { of: [ref], kinds, maxNodes: 501 } });
        // The canvas may have changed since the question.
        const { drawn, hidden } = latest.current;
        const found = neighborsOf(data, node.key, choice).map(({ key }) => key);
        const hiding = new Set(hidden);
        const fresh = found.filter((key) => !drawn.includes(key) || hiding.has(key));
        const room = Math.max(0, mostNodes - drawn.length);
        const added = fresh.slice(0, Math.min(most, room));
        onProblem(
          added.length < Math.min(most, fresh.length)
            ? `The canvas holds at most ${mostNodes} nodes, so ${fresh.length - added.length} were not added. Hide some nodes first.`
            : null,
        );
        if (added.length === 0) {
          announce('Nothing to add. All neighbors are on the canvas.');
          return;
        }
        act(
          `Expanded ${nodeName(node)}`,
          {
            nodes: [...drawn, ...added.filter((key) => !drawn.includes(key))],
            hidden: hidden.filter((key) => !added.includes(key)),
          },
          { of: node.key, brought: added },
        );
        announce(`${countOf(added.length, 'neighbor', 'neighbors')} added, ${drawn.length + added.length} on the canvas.`);
      } catch (error) {
        onProblem(errorSentence(error));
      }
    },
    [act, onProblem, announce],
  );
}

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
