import { getOrInsert } from '../domain/get-or-insert.ts';
import type { GraphLink, GraphNode } from '../projection/links.ts';
import { standFor } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import { rowOf } from '../projection/projection.ts';
import type { Path } from './paths.ts';
import { HeldTimes, SentTimes } from './paths.ts';

export interface CustodyQuestion {
  readonly artifact: number;
  /** Two different organizations. */
  readonly from: number;
  readonly to: number;
  readonly maxLength: number;
  readonly limit: number;
}

/**
 * The paths on which one artifact may have come from one organization to another. Each transfer is sent inside the possible
 * interval of the copy before it (semantics §2). Two paths differ in their organizations. The shortest come first, ties by
 * keys. A path passes each organization once, unless no such path reaches the other end.
 *
 * Works like `findPaths`. For each length, it searches backward over the transfers, then depth first over the organizations. All
 * transfers that fit a step are handled together. Works in small steps.
 *
 * Complexity: O(length x t log t) for t transfers of the artifact, plus the paths found.
 */
export function* findCustodyPaths(projection: Projection, question: CustodyQuestion): Generator<void, Path[]> {
  const layers: Map<number, number[]>[] = [];
  const paths: Path[] = [];
  for (let length = 1; length <= question.maxLength && paths.length < question.limit; length++) {
    const layer = findLayer(projection, question, layers[length - 2]);
    yield;
    if (layer.size === 0) break;
    layers.push(layer);
    yield* walkDown(projection, question, layers, true, paths);
  }
  for (let length = 1; length <= layers.length && paths.length === 0; length++)
    yield* walkDown(projection, question, layers.slice(0, length), false, paths);
  return paths;
}

/**
 * One layer of the backward search: for each sender, its transfers of the artifact from which a fixed number of further transfers
 * lead to the end, ascending.
 *
 * @param after the layer with one transfer fewer; undefined for the last layer, whose transfers go to the end itself
 */
function findLayer(
  projection: Projection,
  { artifact, from, to }: CustodyQuestion,
  after: ReadonlyMap<number, readonly number[]> | undefined,
): Map<number, number[]> {
  const { artifacts, transfers } = projection;
  const times = new Map<number, SentTimes>();
  const layer = new Map<number, number[]>();
  for (const t of rowOf(artifacts.transfers, artifact)) {
    const sender = transfers.sender.at(t);
    const recipient = transfers.recipient.at(t);
    if (sender === to || recipient === from) continue;
    if (after === undefined) {
      if (recipient !== to) continue;
    } else {
      const sent = after.get(recipient);
      if (sent === undefined) continue;
      const fits = getOrInsert(times, recipient, () => new SentTimes(projection, sent));
      if (!fits.fitsAfter(projection, transfers.copy.at(t))) continue;
    }
    getOrInsert(layer, sender, (): number[] => []).push(t);
  }
  return layer;
}

/** One stop of a walk: an organization, with the transfers that may have brought the artifact there. The start has none. */
interface Place {
  readonly organization: number;
  readonly received: readonly number[];
  /** The transfers that may follow, by recipient, ascending; `tried` counts the recipients tried so far. */
  readonly onward: readonly (readonly [recipient: number, sent: readonly number[]])[];
  tried: number;
}

/** Adds the paths with exactly as many steps as there are layers, in order of keys, up to the limit. */
function* walkDown(
  projection: Projection,
  question: CustodyQuestion,
  layers: readonly ReadonlyMap<number, readonly number[]>[],
  isSimple: boolean,
  paths: Path[],
): Generator<void, void> {
  const enter = (organization: number, received: readonly number[], depth: number): Place => {
    const sent = layers[layers.length - 1 - depth]?.get(organization) ?? [];
    return { organization, received, onward: findOnward(projection, received, sent, depth === 0), tried: 0 };
  };
  const walk = [enter(question.from, [], 0)];
  let steps = 0;
  while (walk.length > 0) {
    if (++steps % 500 === 0) yield;
    const place = walk[walk.length - 1] as Place;
    if (walk.length - 1 === layers.length) {
      if (paths.push(describePath(projection, walk)) === question.limit) return;
      walk.pop();
      continue;
    }
    const next = place.onward[place.tried++];
    if (next === undefined) walk.pop();
    else if (!isSimple || !walk.some(({ organization }) => organization === next[0])) walk.push(enter(next[0], next[1], walk.length));
  }
}

/** The sent transfers that fit after one of the received ones, by recipient. */
function findOnward(projection: Projection, received: readonly number[], sent: readonly number[], isStart: boolean): Place['onward'] {
  const { transfers } = projection;
  const held = new HeldTimes(
    projection,
    received.map((t) => transfers.copy.at(t)),
  );
  const onward = new Map<number, number[]>();
  for (const t of sent) {
    if (isStart || held.fitsBefore(projection, t)) getOrInsert(onward, transfers.recipient.at(t), (): number[] => []).push(t);
  }
  return [...onward].sort((a, b) => a[0] - b[0]);
}

function describePath(projection: Projection, walk: readonly Place[]): Path {
  const { transfers } = projection;
  const nodes = walk.map(({ organization }): GraphNode => ({ kind: 'organization', index: organization }));
  const links: GraphLink[] = [];
  // Going backward, keep only the received transfers that fit before a transfer of the next step.
  let after: readonly number[] | undefined;
  for (let i = walk.length - 1; i > 0; i--) {
    const times = after === undefined ? undefined : new SentTimes(projection, after);
    const facts = (walk[i] as Place).received.filter((t) => times === undefined || times.fitsAfter(projection, transfers.copy.at(t)));
    links.unshift({
      kind: 'TRANSFER',
      source: nodes[i - 1] as GraphNode,
      target: nodes[i] as GraphNode,
      count: facts.length,
      ...standFor(
        projection,
        facts.map((t) => transfers.copy.at(t)),
      ),
    });
    after = facts;
  }
  return { nodes, links, isCustody: true };
}
