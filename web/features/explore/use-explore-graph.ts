import { useEffect, useMemo, useState } from 'react';
import type { AskedOperation } from '../../shared/export/console-href.ts';
import {
  type ExploreLinkFragment,
  type ExploreNodeFragment,
  ExploreStartDocument,
  type ExploreStartQuery,
  type LinkKind,
  NeighborhoodDocument,
  type NeighborhoodQuery,
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
/** Nodes of a radius that a first look at it opens: its origins, who was reached and the labs in turn. */
const mostOfRadius = 40;
/** Neighbors around a single opened node. The others are counted at the node and open as a list. */
const mostAround = 12;
/** Neighbors from which they are chosen: those that the server keeps first. */
const mostAsked = 200;

export interface ExploreGraph {
  readonly phase: 'asking' | 'answered' | 'failed';
  readonly error: unknown;
  readonly start: ExploreStartQuery | null;
  /** No node is opened: the canvas shows the default graph. */
  readonly isStart: boolean;
  /** The canvas shows the organizations of the radius that lies over it. */
  readonly isOfRadius: boolean;
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

/** False: no answer has said what the canvas shows. */
export function isGraphKnown({ phase, nodes }: ExploreGraph): boolean {
  return phase === 'answered' || nodes.length > 0;
}

/**
 * The graph to draw: the opened nodes and the links among them. A single opened node comes with its neighbors. Without an opened node, the
 * labs and the organizations that hold most of their artifacts.
 *
 * @param named the nodes that the address names
 * @param ofRadius the organizations of the radius over the graph, which are opened where the address names no node; null: not known yet;
 *   undefined: there is no radius
 * @param validIn only links that are valid at some instant of this window; null: all
 */
export function useExploreGraph(
  named: readonly string[],
  validIn: TimeWindow | null,
  ofRadius: readonly string[] | null | undefined,
): ExploreGraph {
  const [unknown, setUnknown] = useState<readonly string[]>([]);
  const isOfRadius = named.length === 0 && ofRadius !== undefined;
  const opened = isOfRadius ? (ofRadius ?? none).slice(0, mostOfRadius) : named;
  const isStart = named.length === 0 && ofRadius === undefined;
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
        return of[0]?.artifact === undefined
          ? { of, kinds: startKinds, validIn, maxNodes: 1 + mostAsked }
          : { of, kinds: aroundArtifact, validIn, maxNodes: 1 + mostAround };
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
  const whole = asked.data?.neighborhood;
  const hub = opened.length === 1 && !isStart ? (opened[0] ?? null) : null;
  const answer = useMemo(() => (whole == null || hub === null ? whole : chooseAround(whole, hub, mostAround)), [whole, hub]);
  const phase =
    asked.question.phase === 'answered' || (variables === null && ofRadius !== null && (start.question.phase === 'answered' || !isStart))
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
    isOfRadius,
    isImplied: isOfRadius || opened.length < 2,
    nodes: variables === null ? none : (answer?.nodes ?? none),
    links: variables === null ? none : (answer?.links ?? none),
    unknown: opened.filter((key) => unknown.includes(key) || toNodeRef(key) === undefined),
    omittedCount: isOfRadius
      ? (ofRadius ?? none).length - opened.length
      : variables === null || opened.length > 1
        ? 0
        : (answer?.omittedCount ?? 0),
    isStale,
    operation: variables === null ? null : { document: NeighborhoodDocument, variables },
    retry: () => {
      start.retry();
      asked.retry();
    },
  };
}

type Around = Pick<NonNullable<NeighborhoodQuery['neighborhood']>, 'nodes' | 'links' | 'omittedCount'>;

/**
 * The neighbors of a node that matter most: in turn of each kind and direction of link, those that hold most worth and got something last, by
 * the sum of their places in both orders, ties by the count of the link, then key. The others are counted as left out.
 */
export function chooseAround({ nodes, links, omittedCount }: Around, hub: string, most: number): Around {
  if (nodes.length <= 1 + most) return { nodes, links, omittedCount };
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const ways = new Map<string, { readonly key: string; readonly count: number }[]>();
  for (const { kind, source, target, count } of links) {
    if (source !== hub && target !== hub) continue;
    const way = `${kind} ${source === hub}`;
    ways.set(way, [...(ways.get(way) ?? []), { key: source === hub ? target : source, count }]);
  }
  const custodyOf = (key: string) => byKey.get(key)?.organization?.custody;
  const queues = [...ways]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, ends]) => {
      const places = (value: (key: string) => number) => {
        const ordered = [...new Set(ends.map(({ key }) => value(key)))].sort((a, b) => b - a);
        return (key: string) => ordered.indexOf(value(key));
      };
      const worth = places((key) => custodyOf(key)?.meanValueUsd ?? 0);
      const recency = places((key) => Date.parse(custodyOf(key)?.lastReceivedAt ?? '') || 0);
      const place = (key: string) => worth(key) + recency(key);
      return [...new Map(ends.map((end) => [end.key, end])).values()]
        .sort((a, b) => place(a.key) - place(b.key) || b.count - a.count || (a.key < b.key ? -1 : 1))
        .map(({ key }) => key);
    });
  const kept = new Set([hub]);
  for (let turn = 0; kept.size <= most && queues.some((queue) => turn < queue.length); turn++) {
    for (const queue of queues) {
      const key = queue[turn];
      if (key !== undefined && kept.size <= most) kept.add(key);
    }
  }
  return {
    nodes: nodes.filter(({ key }) => kept.has(key)),
    links: links.filter(({ source, target }) => kept.has(source) && kept.has(target)),
    omittedCount: omittedCount + nodes.length - kept.size,
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
