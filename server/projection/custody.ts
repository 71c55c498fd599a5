import { holdsAt } from '../rules/copy-interval.ts';
import { rowOf } from './csr.ts';
import type { Projection } from './projection.ts';
import { copyKinds, none } from './projection.ts';

/*
 * Queries about custody (semantics §2): ids, chains and liveness of copies. derive-copies.ts derives custody.
 */

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** The id of a copy (§2): the transfer's id, `owned:` with the artifact's id, or `implied:` with the transfer's id. */
export function copyId(projection: Projection, copy: number): string {
  const kind = copyKinds[projection.copies.kind[copy] as number];
  if (kind === 'OWNED') return `owned:${projection.artifacts.id.get(projection.copies.artifact[copy] as number)}`;
  const transfer = projection.transfers.id.get(projection.copies.transfer[copy] as number);
  return kind === 'TRANSFERRED' ? transfer : `implied:${transfer}`;
}

/** The copy with this id, or none (-1). O(log transfers + copies of the artifact). */
export function findCopy(projection: Projection, id: string): number {
  const { artifacts, copies, transfers } = projection;
  if (id.startsWith('owned:')) {
    const artifact = artifacts.id.find(id.slice('owned:'.length));
    if (artifact < 0) return none;
    return rowOf(artifacts.copies, artifact).find((copy) => copyKinds[copies.kind[copy] as number] === 'OWNED') ?? none;
  }
  const isImplied = id.startsWith('implied:');
  const transfer = transfers.id.find(isImplied ? id.slice('implied:'.length) : id);
  if (transfer < 0) return none;
  const copy = transfers.copy[transfer] as number;
  if (!isImplied) return copy;
  const ofArtifact = rowOf(artifacts.copies, transfers.artifact[transfer] as number);
  return ofArtifact.find((other) => copies.transfer[other] === transfer && copies.kind[other] !== transferred) ?? none;
}

/**
 * The last `limit` transfers of a copy's custody chain. The chain starts at the owner and ends with the copy's own transfer. Empty
 * for OWNED and implied copies, and for a copy that no chain explains.
 */
export function chainOf(projection: Projection, copy: number, limit: number): number[] {
  const { copies, transfers } = projection;
  if (copies.kind[copy] !== transferred || copies.rank[copy] === none) return [];
  const chain: number[] = [];
  for (let t = copies.transfer[copy] as number; t !== none && chain.length < limit; ) {
    chain.push(t);
    t = copies.chainPrevious[transfers.copy[t] as number] as number;
  }
  return chain.reverse();
}

/**
 * Whether a copy counts for the questions of semantics §9: possibly live at the instant, and not in its owner's custody.
 */
export function isLiveElsewhere({ artifacts, copies }: Projection, copy: number, instant: number): boolean {
  return (
    copies.kind[copy] !== owned &&
    copies.holder[copy] !== artifacts.owner[copies.artifact[copy] as number] &&
    holdsAt(copies.possibleFrom[copy] as number, copies.possibleUntil[copy] as number, instant)
  );
}
