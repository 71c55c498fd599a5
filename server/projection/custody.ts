import { compareCodePoints } from '../domain/compare.ts';
import type { CopyForm, DeletionState } from '../domain/facts.ts';
import { copyForms, deletionStates } from '../domain/facts.ts';
import { holdsAt } from '../rules/copy-interval.ts';
import type { Projection } from './projection.ts';
import { copyKinds, none, rowOf } from './projection.ts';

/*
 * Queries about custody (semantics §2): ids, chains and liveness of copies. build/derive-part.ts derives custody.
 */

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** The id of a copy (§2): the transfer's id, `owned:` with the artifact's id, or `implied:` with the transfer's id. */
export function copyId(projection: Projection, copy: number): string {
  const kind = copyKinds[projection.copies.kind.at(copy)];
  if (kind === 'OWNED') return `owned:${projection.artifacts.id.get(projection.copies.artifact.at(copy))}`;
  const transfer = projection.transfers.id.get(projection.copies.transfer.at(copy));
  return kind === 'TRANSFERRED' ? transfer : `implied:${transfer}`;
}

/** Compares copies by id. */
export function compareCopies(projection: Projection, a: number, b: number): number {
  const { artifact } = projection.copies;
  // Among the copies of one artifact, numbers are in order of id.
  return artifact.at(a) === artifact.at(b) ? a - b : compareCodePoints(copyId(projection, a), copyId(projection, b));
}

/** The copy with this id, or none (-1). O(log transfers + copies of the artifact). */
export function findCopy(projection: Projection, id: string): number {
  const { artifacts, copies, transfers } = projection;
  if (id.startsWith('owned:')) {
    const artifact = artifacts.id.find(id.slice('owned:'.length));
    if (artifact < 0) return none;
    return rowOf(artifacts.copies, artifact).find((copy) => copyKinds[copies.kind.at(copy)] === 'OWNED') ?? none;
  }
  const isImplied = id.startsWith('implied:');
  const transfer = transfers.id.find(isImplied ? id.slice('implied:'.length) : id);
  if (transfer < 0) return none;
  const copy = transfers.copy.at(transfer);
  if (!isImplied) return copy;
  const ofArtifact = rowOf(artifacts.copies, transfers.artifact.at(transfer));
  return ofArtifact.find((other) => copies.transfer.at(other) === transfer && copies.kind.at(other) !== transferred) ?? none;
}

/**
 * The last `limit` transfers of a copy's custody chain. The chain starts at the owner and ends with the copy's own transfer. Empty
 * for OWNED and implied copies, and for a copy that no chain explains.
 */
export function chainOf(projection: Projection, copy: number, limit: number): number[] {
  const { copies, transfers } = projection;
  if (copies.kind.at(copy) !== transferred || copies.rank.at(copy) === none) return [];
  const chain: number[] = [];
  for (let t = copies.transfer.at(copy); t !== none && chain.length < limit; ) {
    chain.push(t);
    t = copies.chainPrevious.at(transfers.copy.at(t));
  }
  return chain.reverse();
}

/**
 * Whether a copy counts for the questions of semantics §9: possibly live at the instant, and not in its owner's custody.
 */
export function isLiveElsewhere({ artifacts, copies }: Projection, copy: number, instant: number): boolean {
  return (
    copies.kind.at(copy) !== owned &&
    copies.holder.at(copy) !== artifacts.owner[copies.artifact.at(copy)] &&
    holdsAt(copies.possibleFrom.at(copy), copies.possibleUntil.at(copy), instant)
  );
}

/** OWNED and implied copies are PLAINTEXT (semantics §2). */
export function formOf({ copies, transfers }: Projection, copy: number): CopyForm {
  if (copyKinds[copies.kind.at(copy)] !== 'TRANSFERRED') return 'PLAINTEXT';
  return copyForms[transfers.form.at(copies.transfer.at(copy))] as CopyForm;
}

/** OWNED and implied copies are never deleted (semantics §2). */
export function deletionStateOf({ copies, transfers }: Projection, copy: number): DeletionState {
  if (copyKinds[copies.kind.at(copy)] !== 'TRANSFERRED') return 'NONE';
  return deletionStates[transfers.deletionState.at(copies.transfer.at(copy))] as DeletionState;
}
