import { compareCodePoints } from '../../domain/compare.ts';
import { copyForms, isReadable } from '../../domain/facts.ts';
import { definiteFrom, definiteUntil, possibleFrom, possibleUntil } from '../../rules/copy-interval.ts';
import { impliedKind, impliesCopy } from '../../rules/implied-copy.ts';
import { shareOfPieces } from '../../rules/portion.ts';
import { sortRows } from '../columns/order-rows.ts';
import { sharedFloat64, sharedInt32, sharedUint8, sharedUint32 } from '../columns/shared-memory.ts';
import type { CopyTable, Part, RowsByOrganization, TransferTable } from '../part.ts';
import { hashOf } from '../part.ts';
import type { ProjectionMemory } from '../projection.ts';
import { copyKinds, findTraits, none } from '../projection.ts';
import { HolderGroups } from './holder-groups.ts';

/*
 * Derives custody (semantics §2): who holds which copy, when, and through which chain of transfers.
 *
 * A  Every artifact has an OWNED copy at its owner, every transfer puts a TRANSFERRED copy into its recipient's custody.
 * B  A sender without a copy that explains its transfer gets an implied copy (rules/implied-copy.ts).
 * C  Transfers get ranks artifact by artifact, level by level. The owner's transfers have rank 1. An unranked transfer has rank
 *    k + 1 if the holder of a copy of rank k sent it inside that copy's possible interval. Each level is visited in ascending
 *    id, so a transfer's predecessor is the smallest id that explains it.
 *
 * A chain has transfers of one artifact only. So each part is derived alone.
 */

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');
const readableForms = copyForms.map(isReadable);

/** The artifacts of a part: lasting numbers from `first` up to, not including, `end`. */
export interface ArtifactRange {
  readonly first: number;
  readonly end: number;
}

/** The facts of the common block from which parts follow, together with their transfers. */
export interface CommonOfParts {
  readonly artifacts: Pick<ProjectionMemory['artifacts'], 'owner' | 'fragmentCount'>;
  readonly lasting: ProjectionMemory['lasting'];
}

/** Derives parts, one after another. */
export class PartDeriver {
  readonly #memory: CommonOfParts;
  readonly #groups: HolderGroups;

  constructor(memory: CommonOfParts) {
    this.#memory = memory;
    this.#groups = new HolderGroups(memory.lasting.organizations.indexOf.length);
  }

  /**
   * @param transfers those of the artifacts, by artifact, then id
   * @param idOrder their rows in order of id, if it is known
   * Complexity: O(T log t) for T transfers, at most t of one artifact.
   */
  derive(range: ArtifactRange, transfers: TransferTable, idOrder = orderById(transfers)): Part {
    const { first, end } = range;
    const count = transfers.artifact.length;
    const derived = new DerivedCustody(transfers, this.#groups);
    const transferOffsets = sharedUint32(end - first + 1);
    for (let artifact = first, row = 0; artifact < end; artifact++) {
      const start = row;
      while (row < count && transfers.artifact[row] === artifact) row++;
      transferOffsets[artifact - first + 1] = row;
      if (row > start) derived.derive(start, row, this.#ownerOf(artifact));
    }
    const laidOut = this.#layOut(range, transfers, transferOffsets, derived);
    return {
      firstArtifact: first,
      transfers,
      ...laidOut,
      transferOffsets,
      idOrder,
      idTable: tabulateIds(transfers),
      holders: markHolders(laidOut.copies.holder),
      held: groupByOrganization(laidOut.copies.holder),
      sent: groupByOrganization(transfers.sender),
    };
  }

  /** The lasting number of the owner; none if the artifact is gone. */
  #ownerOf(artifact: number): number {
    const { artifacts, lasting } = this.#memory;
    const index = lasting.artifacts.indexOf[artifact] as number;
    return index < 0 ? none : (lasting.organizations.numberOf[artifacts.owner[index] as number] as number);
  }

  /**
   * All copies. No transfer's id begins with `implied:` or `owned:`, and `implied:` sorts first. So the order of an artifact's copies is:
   * transfers, implied, transfers, owned, transfers.
   */
  #layOut(
    { first, end }: ArtifactRange,
    transfers: TransferTable,
    transferOffsets: Uint32Array,
    derived: DerivedCustody,
  ): Pick<Part, 'copies' | 'copyOf' | 'copyOffsets'> {
    const { artifacts, lasting } = this.#memory;
    const { implying } = derived;
    const isThere = (artifact: number) => (lasting.artifacts.indexOf[artifact] as number) >= 0;
    let artifactCount = 0;
    for (let artifact = first; artifact < end; artifact++) if (isThere(artifact)) artifactCount++;
    const copies = makeCopies(transfers.artifact.length + implying.length + artifactCount);
    const copyOf = sharedInt32(transfers.artifact.length);
    const copyOffsets = sharedUint32(end - first + 1);
    const writer = new CopyWriter(copies, transfers, derived);
    let at = 0;
    let nextImplying = 0;
    for (let artifact = first; artifact < end; artifact++) {
      const [start, until] = [transferOffsets[artifact - first] as number, transferOffsets[artifact - first + 1] as number];
      const index = lasting.artifacts.indexOf[artifact] as number;
      writer.fragmentCount = index < 0 ? 0 : (artifacts.fragmentCount[index] as number);
      writer.owner = this.#ownerOf(artifact);
      const writeTransferred = (from: number, to: number) => {
        for (let t = from; t < to; t++) {
          copyOf[t] = at;
          writer.writeTransferred(at++, t);
        }
      };
      const firstImplied = transfers.id.lowerBound('implied:', start, until);
      const ownedAfter = transfers.id.lowerBound('owned:', firstImplied, until);
      writeTransferred(start, firstImplied);
      for (; nextImplying < implying.length && (implying[nextImplying] as number) < until; nextImplying++)
        writer.writeImplied(at++, implying[nextImplying] as number);
      writeTransferred(firstImplied, ownedAfter);
      if (isThere(artifact)) writer.writeOwned(at++, artifact);
      writeTransferred(ownedAfter, until);
      copyOffsets[artifact - first + 1] = at;
    }
    return { copies, copyOf, copyOffsets };
  }
}

/** Ranks, predecessors and implied copies of the transfers of a part, by row. */
class DerivedCustody {
  readonly rank: Int32Array;
  readonly previous: Int32Array;
  /** Transfers that imply a copy at their sender, ascending. */
  readonly implying: number[] = [];
  readonly #transfers: TransferTable;
  readonly #possibleFrom: Float64Array;
  readonly #possibleUntil: Float64Array;
  readonly #groups: HolderGroups;

  constructor(transfers: TransferTable, groups: HolderGroups) {
    const { length } = transfers.artifact;
    this.#transfers = transfers;
    this.rank = new Int32Array(length).fill(none);
    this.previous = new Int32Array(length).fill(none);
    this.#possibleFrom = transfers.sentAt.map(possibleFrom);
    this.#possibleUntil = new Float64Array(length);
    for (let t = 0; t < length; t++)
      this.#possibleUntil[t] = possibleUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    this.#groups = groups;
  }

  /** The transfers of one artifact: rows from `start` up to, not including, `end`. */
  derive(start: number, end: number, owner: number): void {
    const own = Int32Array.from({ length: end - start }, (_, i) => start + i);
    this.#groups.load(own, this.#transfers, this.#possibleFrom, this.#possibleUntil);
    this.#findImplying(own, owner);
    rankTransfers(own, owner, this.#transfers, this.#groups, this.rank, this.previous);
  }

  /** B: finds the transfers that imply a copy at their sender. */
  #findImplying(own: Int32Array, owner: number): void {
    const { sender, sentAt } = this.#transfers;
    for (const t of own) {
      const from = sender[t] as number;
      // The owner's own copy explains what it sends, so its inbound copies do not matter.
      const isOwner = from === owner;
      if (impliesCopy(isOwner, isOwner || this.#groups.hasPossiblyLive(from, sentAt[t] as number))) this.implying.push(t);
    }
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
  transfers: Pick<TransferTable, 'sender' | 'recipient'>,
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

function makeCopies(count: number): CopyTable {
  return {
    kind: sharedUint8(count),
    artifact: sharedInt32(count),
    holder: sharedInt32(count),
    transfer: sharedInt32(count),
    definiteFrom: sharedFloat64(count),
    definiteUntil: sharedFloat64(count),
    possibleFrom: sharedFloat64(count),
    possibleUntil: sharedFloat64(count),
    isReadable: sharedUint8(count),
    portion: sharedFloat64(count),
    confidence: sharedFloat64(count),
    traits: sharedUint8(count),
    rank: sharedInt32(count),
    chainPrevious: sharedInt32(count),
  };
}

/** Writes the copies of one artifact after another. */
class CopyWriter {
  /** The lasting number of the artifact's owner, and the number of its fragments. */
  owner: number = none;
  fragmentCount = 0;
  readonly #copies: CopyTable;
  readonly #transfers: TransferTable;
  readonly #derived: DerivedCustody;

  constructor(copies: CopyTable, transfers: TransferTable, derived: DerivedCustody) {
    this.#copies = copies;
    this.#transfers = transfers;
    this.#derived = derived;
  }

  writeTransferred(copy: number, t: number): void {
    const copies = this.#copies;
    const transfers = this.#transfers;
    this.#writeHandedOver(copy, t);
    copies.kind[copy] = transferred;
    copies.holder[copy] = transfers.recipient[t] as number;
    copies.definiteUntil[copy] = definiteUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    copies.possibleUntil[copy] = possibleUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    copies.isReadable[copy] = readableForms[transfers.form[t] as number] ? 1 : 0;
    copies.rank[copy] = this.#derived.rank[t] as number;
    copies.chainPrevious[copy] = this.#derived.previous[t] as number;
    copies.traits[copy] = findTraits(copies, copy);
  }

  writeImplied(copy: number, t: number): void {
    const copies = this.#copies;
    const transfers = this.#transfers;
    this.#writeHandedOver(copy, t);
    copies.kind[copy] = copyKinds.indexOf(impliedKind(transfers.recipient[t] === this.owner));
    copies.holder[copy] = transfers.sender[t] as number;
    copies.definiteUntil[copy] = Infinity;
    copies.possibleUntil[copy] = Infinity;
    copies.isReadable[copy] = 1;
    copies.rank[copy] = none;
    copies.chainPrevious[copy] = none;
    copies.traits[copy] = findTraits(copies, copy);
  }

  writeOwned(copy: number, artifact: number): void {
    const copies = this.#copies;
    copies.kind[copy] = owned;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = this.owner;
    copies.transfer[copy] = none;
    copies.definiteFrom[copy] = copies.possibleFrom[copy] = -Infinity;
    copies.definiteUntil[copy] = copies.possibleUntil[copy] = Infinity;
    copies.isReadable[copy] = 1;
    copies.portion[copy] = 1;
    copies.confidence[copy] = 1;
    copies.rank[copy] = 0;
    copies.chainPrevious[copy] = none;
    copies.traits[copy] = findTraits(copies, copy);
  }

  /** Writes the columns that a transfer's copy shares with the copy that the transfer implies. */
  #writeHandedOver(copy: number, t: number): void {
    const copies = this.#copies;
    const transfers = this.#transfers;
    const { fragments } = transfers;
    copies.artifact[copy] = transfers.artifact[t] as number;
    copies.transfer[copy] = t;
    copies.definiteFrom[copy] = definiteFrom(transfers.sentAt[t] as number, transfers.provenance.assertedAt[t] as number);
    copies.possibleFrom[copy] = possibleFrom(transfers.sentAt[t] as number);
    copies.confidence[copy] = transfers.confidence[t] as number;
    // Named fragments of a known count decide the portion. Otherwise the stated portion holds.
    const names = fragments.values.subarray(fragments.offsets[t], fragments.offsets[t + 1]);
    copies.portion[copy] =
      this.fragmentCount === 0 || names.length === 0
        ? (transfers.portion[t] as number)
        : shareOfPieces(new Set(names).size, this.fragmentCount);
  }
}

function orderById({ id }: TransferTable): Int32Array {
  const ids = Array.from({ length: id.length }, (_, row) => id.get(row));
  const order = sharedInt32(id.length);
  order.set(Int32Array.from(ids.keys()).sort((a, b) => compareCodePoints(ids[a] as string, ids[b] as string)));
  return order;
}

function tabulateIds({ id }: TransferTable): Int32Array {
  const [bytes, offsets] = id.share();
  const table = sharedInt32(2 ** Math.ceil(Math.log2(2 * id.length + 1)));
  const mask = table.length - 1;
  for (let row = 0; row < id.length; row++) {
    let slot = hashOf(bytes, offsets[row], offsets[row + 1]) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = row + 1;
  }
  return table;
}

function markHolders(holder: Int32Array): Uint8Array {
  const last = holder.reduce((most, organization) => Math.max(most, organization), -1);
  const bits = sharedUint8((last + 8) >>> 3);
  for (const organization of holder) bits[organization >>> 3] = (bits[organization >>> 3] as number) | (1 << (organization & 7));
  return bits;
}

/** Rows ascend within an organization. */
function groupByOrganization(organizationOf: Int32Array): RowsByOrganization {
  const rows = sortRows(organizationOf);
  const starts: number[] = [];
  for (let i = 0; i < rows.length; i++)
    if (i === 0 || organizationOf[rows[i] as number] !== organizationOf[rows[i - 1] as number]) starts.push(i);
  const keys = sharedInt32(starts.length);
  const offsets = sharedUint32(starts.length + 1);
  for (const [i, start] of starts.entries()) {
    keys[i] = organizationOf[rows[start] as number] as number;
    offsets[i] = start;
  }
  offsets[starts.length] = rows.length;
  return { keys, offsets, rows };
}
