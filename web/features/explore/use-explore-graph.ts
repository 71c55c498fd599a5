import { useEffect, useMemo, useState } from 'react';
import {
  type ExploreLinkFragment,
  type ExploreNodeFragment,
  ExploreStartDocument,
  type ExploreStartQuery,
  type LinkKind,
  NeighborhoodDocument,
  NodeExistsDocument,
  type NodeRef,
} from '../../shared/generated/operations.ts';
import { client } from '../../shared/graphql/client.ts';
import { errorCode } from '../../shared/graphql/error-sentence.ts';
import { useQuestion } from '../../shared/graphql/use-question.ts';
import { idOf, toNodeRef } from './node-key.ts';

/** The server takes a hundred nodes in one question; a canvas beyond that serves nobody. */
export const mostNodes = 100;
/** Of a first visit: labs and who holds most of theirs. */
const mostAtStart = 26;
/** Of one opened node: it and whom it deals with most. */
const mostAround = 31;

export interface ExploreGraph {
  readonly phase: 'asking' | 'answered' | 'failed';
  readonly error: unknown;
  readonly start: ExploreStartQuery | null;
  /** The picture of a first visit, which nobody opened. */
  readonly isStart: boolean;
  /** More is drawn than was opened by name: at the start, and around a single node. The first act on it names it all. */
  readonly isImplied: boolean;
  readonly nodes: readonly ExploreNodeFragment[];
  readonly links: readonly ExploreLinkFragment[];
  /** Opened nodes that the facts do not have (any more). */
  readonly unknown: readonly string[];
  /** Neighbours that the picture leaves out at the start and around a single node. */
  readonly omittedCount: number;
  readonly isStale: boolean;
  readonly retry: () => void;
}

/**
 * The opened nodes with the links among them; of a single one also whom it deals with; where none is opened, the labs and who holds most
 * of their methodology.
 */
export function useExploreGraph(opened: readonly string[]): ExploreGraph {
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const isStart = opened.length === 0;
  const start = useQuestion(ExploreStartDocument, noVariables);
  // A list of vendors alone has no labs: then whoever comes first by name.
  const labs = (start.data?.labs.edges.length === 0 ? start.data.first : start.data?.labs)?.edges.map((edge) => edge.node.id);

  const openKey = opened.join('\n');
  const unknownKey = unknown.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined keys stand for the lists.
  const variables = useMemo(() => {
    if (!isStart) {
      const of = opened.filter((key) => !unknown.includes(key)).flatMap((key) => toNodeRef(key) ?? []);
      if (of.length === 0) return null;
      if (opened.length === 1) return { of, kinds: of[0]?.artifact === undefined ? startKinds : aroundArtifact, maxNodes: mostAround };
      return { of: of.slice(0, mostNodes), kinds: null, maxNodes: Math.min(of.length, mostNodes) };
    }
    if (labs === undefined || labs.length === 0) return null;
    return { of: labs.map((organization): NodeRef => ({ organization })), kinds: startKinds, maxNodes: mostAtStart };
  }, [isStart, openKey, unknownKey, labs?.join('\n')]);
  const asked = useQuestion(NeighborhoodDocument, variables);

  // A link may name what is gone: it is found out once, left out, and counted (design §3.8).
  const isGone = asked.question.phase === 'failed' && errorCode(asked.question.error) === 'NOT_FOUND';
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each failure.
  useEffect(() => {
    if (!isGone) return;
    let isCurrent = true;
    Promise.all(opened.map(async (key) => ((await doesExist(key)) ? [] : [key])))
      .then((gone) => isCurrent && setUnknown(gone.flat()))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [isGone, openKey]);

  const answer = asked.data?.neighborhood;
  const phase =
    asked.question.phase === 'answered' || (variables === null && (start.question.phase === 'answered' || !isStart))
      ? 'answered'
      : 'asking';
  const failed =
    start.question.phase === 'failed'
      ? start.question
      : asked.question.phase === 'failed' && !(isGone && unknown.length === 0)
        ? asked.question
        : null;
  return {
    phase: failed === null ? phase : 'failed',
    error: failed?.error ?? null,
    start: start.data,
    isStart,
    isImplied: opened.length < 2,
    nodes: variables === null ? none : (answer?.nodes ?? none),
    links: variables === null ? none : (answer?.links ?? none),
    unknown: opened.filter((key) => unknown.includes(key) || toNodeRef(key) === undefined),
    omittedCount: variables === null || opened.length > 1 ? 0 : (answer?.omittedCount ?? 0),
    isStale: asked.isStale,
    retry: () => {
      start.retry();
      asked.retry();
    },
  };
}

const noVariables = {};
const startKinds: LinkKind[] = ['TRANSFER', 'ACCESS', 'ENGAGEMENT'];
const aroundArtifact: LinkKind[] = ['OWNS', 'HOLDS', 'REVEALS'];
const none: readonly never[] = [];

async function doesExist(key: string): Promise<boolean> {
  const id = idOf(key);
  const { data } = await client.query({ query: NodeExistsDocument, variables: { organization: id, artifact: id } });
  return (key.startsWith('artifact:') ? data?.artifact : data?.organization) !== null;
}
