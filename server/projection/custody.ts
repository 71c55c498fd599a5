import { copyForms, deletionStates, isReadable } from '../domain/facts.ts';
import { sharedFloat64, sharedInt32, sharedUint8 } from './columns.ts';
import type { Csr } from './csr.ts';
import { rowOf } from './csr.ts';
import { HolderGroups } from './holder-groups.ts';
import type { ArtifactColumns, CopyColumns, Projection, TransferColumns } from './projection.ts';
import { copyKinds, none } from './projection.ts';

/*
 * Custody (semantics §2): who holds which copy, from when until when, and by which chain of transfers it came.
 *
 * A  Every artifact has an OWNED copy at its owner, every transfer puts a TRANSFERRED copy into its recipient's custody.
 * B  A sender that neither owns the artifact nor has an inbound copy that is possibly live when it sends must have held it
 *    all the same: an implied copy.
 * C  Ranks are found artifact by artifact, level by level: rank 1 is what the owner sent; a transfer not yet ranked, sent
 *    by the holder of a copy of rank k inside that copy's possible interval, has rank k + 1. Copies of a level are taken in
 *    ascending id, so the first that explains a transfer is the one with the smallest id: that is its predecessor.
 *
 * Chains never leave the artifact, so each artifact is worked out alone.
 *
 * The index of a copy is its place in code point order of copy ids. `implied:` sorts before `owned:`, and no transfer's id
 * begins with either, so the transfers' copies fall into three runs around the two others.
 */

type Artifacts = Pick<ArtifactColumns, 'count' | 'owner' | 'fragmentCount'>;
type Transfers = Omit<TransferColumns, 'copy' | 'fragments'>;

const transferred = copyKinds.indexOf('TRANSFERRED');
const produced = copyKinds.indexOf('PRODUCED');
const custodyGap = copyKinds.indexOf('CUSTODY_GAP');
const attested = deletionStates.indexOf('ATTESTED');
const verified = deletionStates.indexOf('VERIFIED');
const readableForms = copyForms.map(isReadable);

/**
 * Derives all copies.
 *
 * @param transfersByArtifact artifact -> its transfers, ascending
 * @returns the copies, and for each transfer its copy (Int32Array, length transferCount)
 * Complexity: O(T log t) for T transfers, at most t of one artifact; O(T + A) memory.
 */
export function deriveCopies(
  organizationCount: number,
  artifacts: Artifacts,
  transfers: Transfers,
  fragments: Csr,
  transfersByArtifact: Csr,
): { copies: CopyColumns; copyOfTransfer: Int32Array } {
  const possibleFrom = new Float64Array(transfers.count);
  const possibleUntil = new Float64Array(transfers.count);
  for (let t = 0; t < transfers.count; t++) {
    const sentAt = transfers.sentAt[t] as number;
    possibleFrom[t] = Number.isNaN(sentAt) ? -Infinity : sentAt;
    possibleUntil[t] = transfers.deletionState[t] === verified ? endOf(transfers, t) : Infinity;
  }

  const rank = new Int32Array(transfers.count).fill(none);
  const previous = new Int32Array(transfers.count).fill(none);
  const isImplying = new Uint8Array(transfers.count);
  const groups = new HolderGroups(organizationCount, transfers, possibleFrom, possibleUntil);
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const own = rowOf(transfersByArtifact, artifact);
    if (own.length === 0) continue;
    groups.load(own);
    markImplying(own, artifacts.owner[artifact] as number, transfers, groups, isImplying);
    rankTransfers(own, artifacts.owner[artifact] as number, transfers, groups, rank, previous);
  }

  const implying: number[] = [];
  for (let t = 0; t < transfers.count; t++) if (isImplying[t] === 1) implying.push(t);
  return layOut(artifacts, transfers, fragments, implying, { possibleFrom, possibleUntil, rank, previous });
}

/** An end that counts: the instant of deletion, or never where that is not known. */
function endOf(transfers: Transfers, t: number): number {
  const deletedAt = transfers.deletedAt[t] as number;
  return Number.isNaN(deletedAt) ? Infinity : deletedAt;
}

/** B: which transfers imply a copy at their sender. */
function markImplying(own: Int32Array, owner: number, transfers: Transfers, groups: HolderGroups, isImplying: Uint8Array): void {
  for (const t of own) {
    const sender = transfers.sender[t] as number;
    if (sender !== owner && !groups.hasPossiblyLive(sender, transfers.sentAt[t] as number)) isImplying[t] = 1;
  }
}

/**
 * C: ranks and predecessors of one artifact's transfers.
 *
 * @param groups loaded with `own`
 * @param rank, previous where they are written, by transfer; none (-1) before
 */
export function rankTransfers(
  own: Int32Array,
  owner: number,
  transfers: Pick<TransferColumns, 'sender' | 'recipient'>,
  groups: HolderGroups,
  rank: Int32Array,
  previous: Int32Array,
): void {
  let level: number[] = [];
  for (const t of own) {
    if (transfers.sender[t] === owner) {
      rank[t] = 1;
      level.push(t);
    }
  }
  for (let next = 2; level.length > 0; next++) {
    const found: number[] = [];
    for (const t of level) {
      const holder = transfers.recipient[t] as number;
      // What the owner sends is of rank 1 already.
      if (holder === owner) continue;
      groups.takeSentDuring(holder, t, (sent) => {
        rank[sent] = next;
        previous[sent] = t;
        found.push(sent);
      });
    }
    level = found.sort((a, b) => a - b);
  }
}

interface Derived {
  readonly possibleFrom: Float64Array;
  readonly possibleUntil: Float64Array;
  readonly rank: Int32Array;
  readonly previous: Int32Array;
}

/** Puts all copies into one set of columns, in the order of their ids. */
function layOut(artifacts: Artifacts, transfers: Transfers, fragments: Csr, implying: readonly number[], derived: Derived) {
  const firstImplied = transfers.id.lowerBound('implied:');
  const ownedAfter = transfers.id.lowerBound('owned:');
  const count = transfers.count + implying.length + artifacts.count;
  const copies: CopyColumns = {
    count,
    kind: sharedUint8(count),
    artifact: sharedInt32(count),
    holder: sharedInt32(count),
    transfer: sharedInt32(count, none),
    definiteFrom: sharedFloat64(count, -Infinity),
    definiteUntil: sharedFloat64(count, Infinity),
    possibleFrom: sharedFloat64(count, -Infinity),
    possibleUntil: sharedFloat64(count, Infinity),
    isReadable: sharedUint8(count),
    portion: sharedFloat64(count, 1),
    confidence: sharedFloat64(count, 1),
    rank: sharedInt32(count, none),
    chainPrevious: sharedInt32(count, none),
  };
  const copyOfTransfer = sharedInt32(transfers.count);

  for (let t = 0; t < transfers.count; t++) {
    const copy = t + (t >= firstImplied ? implying.length : 0) + (t >= ownedAfter ? artifacts.count : 0);
    const artifact = transfers.artifact[t] as number;
    const state = transfers.deletionState[t];
    copyOfTransfer[t] = copy;
    copies.kind[copy] = transferred;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = transfers.recipient[t] as number;
    copies.transfer[copy] = t;
    copies.definiteFrom[copy] = receivedAt(transfers, t);
    copies.definiteUntil[copy] = state === attested || state === verified ? endOf(transfers, t) : Infinity;
    copies.possibleFrom[copy] = derived.possibleFrom[t] as number;
    copies.possibleUntil[copy] = derived.possibleUntil[t] as number;
    copies.isReadable[copy] = readableForms[transfers.form[t] as number] ? 1 : 0;
    copies.portion[copy] = portionOf(transfers, fragments, artifacts.fragmentCount[artifact] as number, t);
    copies.confidence[copy] = transfers.confidence[t] as number;
    copies.rank[copy] = derived.rank[t] as number;
    copies.chainPrevious[copy] = derived.previous[t] as number;
  }
  implying.forEach((t, i) => {
    const copy = firstImplied + i;
    const artifact = transfers.artifact[t] as number;
    copies.kind[copy] = transfers.recipient[t] === artifacts.owner[artifact] ? produced : custodyGap;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = transfers.sender[t] as number;
    copies.transfer[copy] = t;
    copies.definiteFrom[copy] = receivedAt(transfers, t);
    copies.possibleFrom[copy] = derived.possibleFrom[t] as number;
    copies.isReadable[copy] = 1;
    copies.portion[copy] = portionOf(transfers, fragments, artifacts.fragmentCount[artifact] as number, t);
    copies.confidence[copy] = transfers.confidence[t] as number;
  });
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const copy = ownedAfter + implying.length + artifact;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = artifacts.owner[artifact] as number;
    copies.isReadable[copy] = 1;
    copies.rank[copy] = 0;
  }
  return { copies, copyOfTransfer };
}

/** d0 of §2: when it was sent, else when that it was sent was asserted. */
export function receivedAt(transfers: Pick<TransferColumns, 'sentAt' | 'provenance'>, t: number): number {
  const sentAt = transfers.sentAt[t] as number;
  return Number.isNaN(sentAt) ? (transfers.provenance.assertedAt[t] as number) : sentAt;
}

/** Fragments out of a known count decide; otherwise what was said. */
function portionOf(transfers: Transfers, fragments: Csr, fragmentCount: number, t: number): number {
  const names = rowOf(fragments, t);
  if (fragmentCount === 0 || names.length === 0) return transfers.portion[t] as number;
  return Math.min(1, new Set(names).size / fragmentCount);
}

/** The id of a copy (§2): the transfer's, `owned:` and the artifact's, or `implied:` and the transfer's. */
export function copyId(projection: Projection, copy: number): string {
  const kind = copyKinds[projection.copies.kind[copy] as number];
  if (kind === 'OWNED') return `owned:${projection.artifacts.id.get(projection.copies.artifact[copy] as number)}`;
  const transfer = projection.transfers.id.get(projection.copies.transfer[copy] as number);
  return kind === 'TRANSFERRED' ? transfer : `implied:${transfer}`;
}

/** The copy with this id, or none (-1). O(log T). */
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
 * The custody chain of a copy: the last `limit` transfers of it, from the owner on, its own last. Empty for OWNED and
 * implied copies, and where no chain explains the copy.
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

/** Whether the half-open interval [from, until) meets the closed window (§2). */
export function meets(from: number, until: number, windowFrom: number, windowTo: number): boolean {
  return from < until && from <= windowTo && until > windowFrom;
}
