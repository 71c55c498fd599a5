import type { ExploreNodeFragment, LinkKind } from '../../../shared/generated/operations.ts';

/** One way to expand a node: the connections of one kind in one direction. */
export interface ExpandChoice {
  readonly words: string;
  readonly kind: LinkKind;
  /** `outgoing`: the node is the link's source. */
  readonly direction: 'incoming' | 'outgoing';
  readonly count: number;
}

/** Above this many neighbors, an expansion opens a list to pick from. */
export const mostUnasked = 12;

/** The most nodes that one expansion adds. */
export const mostAtOnce = 50;

const ways: readonly Omit<ExpandChoice, 'count'>[] = [
  { kind: 'TRANSFER', direction: 'outgoing', words: 'Sends to' },
  { kind: 'TRANSFER', direction: 'incoming', words: 'Receives from' },
  { kind: 'ACCESS', direction: 'outgoing', words: 'Has access to' },
  { kind: 'ACCESS', direction: 'incoming', words: 'Gives access to' },
  { kind: 'ENGAGEMENT', direction: 'outgoing', words: 'Engages' },
  { kind: 'ENGAGEMENT', direction: 'incoming', words: 'Engaged by' },
  { kind: 'HOLDS', direction: 'incoming', words: 'Artifacts held' },
  { kind: 'OWNS', direction: 'outgoing', words: 'Artifacts owned' },
  { kind: 'HOLDS', direction: 'outgoing', words: 'Held by' },
  { kind: 'OWNS', direction: 'incoming', words: 'Owner' },
  { kind: 'REVEALS', direction: 'outgoing', words: 'Reveals part of' },
  { kind: 'REVEALS', direction: 'incoming', words: 'Revealed by' },
];

/** The ways to expand a node that have connections, each with its count in the whole graph. */
export function expandChoices(node: ExploreNodeFragment): readonly ExpandChoice[] {
  const isArtifact = node.artifact !== null;
  return ways.flatMap((way) => {
    // HOLDS links run from artifact to holder, so the kind of the node decides which wording applies.
    if (way.kind === 'HOLDS' && (way.direction === 'outgoing') !== isArtifact) return [];
    const count = node.linkCounts.find((other) => other.kind === way.kind)?.[way.direction] ?? 0;
    return count === 0 ? [] : [{ ...way, count }];
  });
}
