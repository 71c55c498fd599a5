import { rowOf } from '../projection/csr.ts';
import type { GraphLink, GraphNode } from '../projection/links.ts';
import type { Projection } from '../projection/projection.ts';
import { copyKinds } from '../projection/projection.ts';
import { HeldTimes } from './sent-times.ts';

const owned = copyKinds.indexOf('OWNED');

/**
 * Whether each step of a path is custody of one artifact (semantics §2). A step is custody if it is the owner's ownership, a
 * holder's copy, or a transfer inside the possible interval of the copy before. Any other path shows contact between
 * organizations, not custody.
 *
 * Complexity: O(n log n) for n copies and transfers in the links.
 */
export function isCustodyOfOne(projection: Projection, nodes: readonly GraphNode[], links: readonly GraphLink[]): boolean {
  const isAlong = links.every(
    ({ kind, source, target }, i) =>
      (kind === 'OWNS' || kind === 'HOLDS' || kind === 'TRANSFER') && isSame(source, nodes[i]) && isSame(target, nodes[i + 1]),
  );
  if (!isAlong) return false;
  const named = new Set(nodes.filter(({ kind }) => kind === 'artifact').map(({ index }) => index));
  const transferred = links.find(({ kind }) => kind === 'TRANSFER');
  const candidates = named.size > 0 ? named : new Set((transferred?.facts ?? []).map((t) => projection.transfers.artifact[t] as number));
  if (named.size > 1) return false;
  // Owning an artifact after handing over a copy is not custody of that copy.
  if (links.some(({ kind }, i) => kind === 'OWNS' && i > 0)) return false;
  return [...candidates].some((artifact) => isHandedOn(projection, links, artifact));
}

function isSame(a: GraphNode, b: GraphNode | undefined): boolean {
  return a.kind === b?.kind && a.index === b.index;
}

/** Whether copies of the artifact lead along the links. */
function isHandedOn(projection: Projection, links: readonly GraphLink[], artifact: number): boolean {
  const { artifacts, copies, transfers } = projection;
  let held: number[] | undefined;
  for (const { kind, target, facts } of links) {
    if (kind === 'OWNS') continue;
    if (kind === 'HOLDS') {
      held = [...rowOf(artifacts.copies, artifact)].filter((copy) => copies.kind[copy] !== owned && copies.holder[copy] === target.index);
      continue;
    }
    const before = held === undefined ? undefined : new HeldTimes(projection, held);
    held = facts
      .filter((t) => transfers.artifact[t] === artifact && (before === undefined || before.fitsBefore(projection, t)))
      .map((t) => transfers.copy[t] as number);
    if (held.length === 0) return false;
  }
  return true;
}
