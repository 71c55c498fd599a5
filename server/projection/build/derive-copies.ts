import { possibleFrom as p0, possibleUntil as p1 } from '../../rules/copy-interval.ts';
import { impliesCopy } from '../../rules/implied-copy.ts';
import type { NumberColumn } from '../columns/shared-memory.ts';
import { rowOf } from '../csr.ts';
import { none } from '../projection.ts';
import { type Former, membersOf, type RenewedCopies, renewCopies } from '../refresh/renew-copies.ts';
import { renewInPlace } from '../refresh/renew-in-place.ts';
import type { Steps } from '../turns.ts';
import { HolderGroups } from './holder-groups.ts';
import type { CustodySource, LaidOutCopies } from './lay-out-copies.ts';
import { layOutCopies } from './lay-out-copies.ts';

/*
 * Derives custody (semantics §2): who holds which copy, when, and through which chain of transfers.
 *
 * A  Every artifact has an OWNED copy at its owner, every transfer puts a TRANSFERRED copy into its recipient's custody.
 * B  A sender without a copy that explains its transfer gets an implied copy (rules/implied-copy.ts).
 * C  Transfers get ranks artifact by artifact, level by level. The owner's transfers have rank 1. An unranked transfer has rank
 *    k + 1 if the holder of a copy of rank k sent it inside that copy's possible interval. Each level is visited in ascending
 *    id, so a transfer's predecessor is the smallest id that explains it.
 *
 * A chain has transfers of one artifact only. So each artifact is derived alone, and an unchanged artifact keeps its copies in the
 * next projection.
 */

/** The number of transfers examined between two yields. */
const transfersAStep = 10_000;

/**
 * Derives all copies.
 *
 * @param former the former projection, if only some artifacts changed since
 * Complexity: O(T log t) for T transfers of the changed artifacts, at most t of one artifact. The transfers of one artifact are one
 * step. Laying out all copies is linear. O(transfers + artifacts) memory.
 */
export function* deriveCopies(source: CustodySource, former?: Former): Steps<LaidOutCopies | RenewedCopies> {
  const { artifacts, transfersByArtifact } = source;
  const of = former && membersOf(transfersByArtifact, former.touched);
  const transfers = of === undefined ? source.transfers : gatherTransfers(source.transfers, of);
  const possibleFrom = new Float64Array(transfers.slots);
  const possibleUntil = new Float64Array(transfers.slots);
  const rank = new Int32Array(transfers.slots);
  const previous = new Int32Array(transfers.slots);
  const implying: number[] = [];
  const { offsets } = transfersByArtifact;
  const groups = new HolderGroups(source.organizationCount, transfers, possibleFrom, possibleUntil);
  let lookedAt = 0;
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    if (former?.touched[artifact] === 0) continue;
    // A part of the facts has transfers of few artifacts, and a view of no transfers is not free.
    if (offsets[artifact] === offsets[artifact + 1]) continue;
    const all = rowOf(transfersByArtifact, artifact);
    const own = of === undefined ? all : all.map((t) => positionOf(t, of));
    const owner = artifacts.owner[artifact] as number;
    for (const t of own) {
      possibleFrom[t] = p0(transfers.sentAt[t] as number);
      possibleUntil[t] = p1(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
      rank[t] = previous[t] = none;
    }
    groups.load(own);
    findImplying(own, owner, transfers, groups, implying);
    rankTransfers(own, owner, transfers, groups, rank, previous);
    lookedAt += own.length;
    if (lookedAt < transfersAStep) continue;
    lookedAt = 0;
    yield;
  }
  implying.sort((a, b) => a - b);
  yield;
  if (former === undefined || of === undefined) return yield* layOutCopies(source, { of, rank, previous, implying });
  const transferAt = (place: number) => (place === none ? none : (of[place] as number));
  const derived = { of, rank, previous: previous.map(transferAt), implying: implying.map(transferAt) };
  return yield* (former.transfers.inPlace === undefined ? renewCopies : renewInPlace)(source, derived, former);
}

type CustodyColumns = Pick<CustodySource['transfers'], 'slots' | 'sender' | 'recipient' | 'sentAt' | 'deletionState' | 'deletedAt'>;

/** Some transfers, numbered by their positions among these. An edit touches few artifacts, and columns for all transfers would cost memory. */
function gatherTransfers(transfers: CustodyColumns, of: Int32Array): CustodyColumns {
  return {
    slots: of.length,
    sender: gather(transfers.sender, of, new Int32Array(of.length)),
    recipient: gather(transfers.recipient, of, new Int32Array(of.length)),
    sentAt: gather(transfers.sentAt, of, new Float64Array(of.length)),
    deletionState: gather(transfers.deletionState, of, new Uint8Array(of.length)),
    deletedAt: gather(transfers.deletedAt, of, new Float64Array(of.length)),
  };
}

function gather<T extends NumberColumn>(column: T, of: Int32Array, into: T): T {
  for (let i = 0; i < of.length; i++) into[i] = column[of[i] as number] as number;
  return into;
}

/** @param of ascending, with `transfer` */
function positionOf(transfer: number, of: Int32Array): number {
  let low = 0;
  let high = of.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((of[middle] as number) < transfer) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** B: finds the transfers that imply a copy at their sender. */
function findImplying(own: Int32Array, owner: number, transfers: CustodyColumns, groups: HolderGroups, implying: number[]): void {
  for (const t of own) {
    const sender = transfers.sender[t] as number;
    // The owner's own copy explains what it sends, so its inbound copies do not matter.
    const isOwner = sender === owner;
    if (impliesCopy(isOwner, isOwner || groups.hasPossiblyLive(sender, transfers.sentAt[t] as number))) implying.push(t);
  }
}

/**
 * C: finds the ranks and predecessors of one artifact's transfers.
 *
 * @param groups loaded with `own`
 * @param rank, previous the results, by transfer; none (-1) before the call
 */
export function rankTransfers(
  own: Int32Array,
  owner: number,
  transfers: Pick<CustodySource['transfers'], 'sender' | 'recipient'>,
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
      // Transfers sent by the owner already have rank 1.
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
