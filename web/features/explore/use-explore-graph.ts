import { useEffect, useMemo, useState } from 'react';
import type { AskedOperation } from '../../shared/export/console-href.ts';
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
import { useStaleMark } from '../../shared/ui/use-slow.ts';
import type { TimeWindow } from '../../shared/url/params.ts';
import { idOf, toNodeRef } from './node-key.ts';

/** The server's limit for one request. A larger canvas would be unreadable. */
export const mostNodes = 100;
/** Nodes on a first visit: the labs and the organizations that hold most of their artifacts. */
const mostAtStart = 26;
/** Nodes around a single opened node: itself and its 12 closest neighbors. The others are counted at the node and open as a list. */
const mostAround = 13;

export interface ExploreGraph {
  readonly phase: 'asking' | 'answered' | 'failed';
  readonly error: unknown;
  readonly start: ExploreStartQuery | null;
  /** No node is opened: the canvas shows the default graph. */
  readonly isStart: boolean;
  /** The canvas shows nodes that the URL does not name. The first change adds them to the URL. */
  readonly isImplied: boolean;
  readonly nodes: readonly ExploreNodeFragment[];
  readonly links: readonly ExploreLinkFragment[];
  /** Opened nodes that do not exist or no longer exist. */
  readonly unknown: readonly string[];
  /** Neighbors left out by the limits for the start and for a single node. */
  readonly omittedCount: number;
  readonly isStale: boolean;
  /** The question behind the drawing; null before there is one. */
  readonly operation: AskedOperation | null;
  readonly retry: () => void;
}

/**
 * The graph to draw: the opened nodes and the links among them. A single opened node comes with its neighbors. Without an opened node, the
 * labs and the organizations that hold most of their artifacts.
 *
 * @param validIn only links that are valid at some instant of this window; null: all
 */
export function useExploreGraph(opened: readonly string[], validIn: TimeWindow | null): ExploreGraph {
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const isStart = opened.length === 0;
  const start = useQuestion(ExploreStartDocument, noVariables);
  // A store without labs starts from the first organizations by name.
  const labs = (start.data?.labs.edges.length === 0 ? start.data.first : start.data?.labs)?.edges.map((edge) => edge.node.id);

  const openKey = opened.join('\n');
  const unknownKey = unknown.join('\n');
  const validKey = JSON.stringify(validIn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined keys stand for the lists.
  const variables = useMemo(() => {
    if (!isStart) {
      const of = opened.filter((key) => !unknown.includes(key)).flatMap((key) => toNodeRef(key) ?? []);
      if (of.length === 0) return null;
      if (opened.length === 1)
        return { of, kinds: of[0]?.artifact === undefined ? startKinds : aroundArtifact, validIn, maxNodes: mostAround };
      return { of: of.slice(0, mostNodes), kinds: null, validIn, maxNodes: Math.min(of.length, mostNodes) };
    }
    if (labs === undefined || labs.length === 0) return null;
    return { of: labs.map((organization): NodeRef => ({ organization })), kinds: startKinds, validIn, maxNodes: mostAtStart };
  }, [isStart, openKey, unknownKey, labs?.join('\n'), validKey]);
  const asked = useQuestion(NeighborhoodDocument, variables);

  // A link may name deleted records. They are looked up once, left out, and counted.
  const isGone = asked.question.phase === 'failed' && errorCode(asked.question.error) === 'NOT_FOUND';
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once for each failure.
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

  const isStale = useStaleMark(asked.isStale);
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
    isStale,
    operation: variables === null ? null : { document: NeighborhoodDocument, variables },
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
