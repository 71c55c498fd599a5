import { copyForms, isReadable } from '../../domain/facts.ts';
import { definiteFrom, definiteUntil, possibleFrom, possibleUntil } from '../../rules/copy-interval.ts';
import { impliedKind } from '../../rules/implied-copy.ts';
import { shareOfPieces } from '../../rules/portion.ts';
import { sharedFloat64, sharedInt32, sharedUint8 } from '../columns/shared-memory.ts';
import { findTraits } from '../copy-traits.ts';
import type { Csr } from '../csr.ts';
import { rowOf } from '../csr.ts';
import type { ArtifactColumns, CopyColumns, SlotsOfCopies, TransferColumns } from '../projection.ts';
import { copyKinds, none } from '../projection.ts';
import type { Steps } from '../turns.ts';

/*
 * All copies as one set of columns, in code point order of copy ids. No transfer's id begins with `implied:` or `owned:`, and `implied:`
 * sorts first. So the order is: transfers, implied, transfers, owned, transfers. A vacant slot of a transfer is one of a copy, too.
 */

export interface CustodySource {
  readonly organizationCount: number;
  readonly artifacts: Pick<ArtifactColumns, 'count' | 'owner' | 'fragmentCount'>;
  readonly transfers: Omit<TransferColumns, 'copy' | 'fragments'>;
  readonly fragments: Csr;
  /** artifact -> its transfers, ascending. */
  readonly transfersByArtifact: Csr;
}

/** The derived custody of all transfers, or of those of the artifacts that changed. */
export interface Derived {
  /** These transfers, ascending. Undefined: all. */
  readonly of: Int32Array | undefined;
  /** By position among these transfers. */
  readonly rank: Int32Array;
  readonly previous: Int32Array;
  /** Transfers that imply a copy at their sender, ascending. */
  readonly implying: readonly number[];
}

export interface LaidOutCopies {
  readonly copies: CopyColumns;
  /** Int32Array, length transferCount. */
  readonly copyOfTransfer: Int32Array;
}

/** The columns, without the fields that describe all of them. */
export type CopiesOnly = Omit<CopyColumns, 'count' | 'slots' | 'order'>;

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');
const readableForms = copyForms.map(isReadable);
/** The number of copies written between two yields. */
const copiesAStep = 100_000;

/** Complexity: O(copies). */
export function* layOutCopies(source: CustodySource, derived: Derived): Steps<LaidOutCopies> {
  const { artifacts, transfers } = source;
  const { implying } = derived;
  const slotsOfCopies = {
    firstImplied: transfers.id.lowerBound('implied:'),
    ownedAfter: transfers.id.lowerBound('owned:'),
    implied: implying.length,
  };
  const order = new CopyOrder(slotsOfCopies, transfers.slots, artifacts.count);
  const copies = makeCopies(order.slots);
  const writer = new CopyWriter(copies, source, derived);
  yield;
  const copyOfTransfer = order.ofTransfers();
  for (let t = 0; t < transfers.slots; t++) {
    if (t % copiesAStep === copiesAStep - 1) yield;
    if (transfers.isLive[t] === 1) writer.writeTransferred(copyOfTransfer[t] as number, t, t);
    else writer.writeVacant(copyOfTransfer[t] as number);
  }
  yield;
  for (const [i, t] of implying.entries()) writer.writeImplied(order.ofImplied(i), t);
  for (let artifact = 0; artifact < artifacts.count; artifact++) writer.writeOwned(order.ofOwned(artifact), artifact);
  const count = transfers.count + implying.length + artifacts.count;
  return { copies: { ...copies, count, slots: order.slots, order: slotsOfCopies }, copyOfTransfer };
}

/** The index of each copy. */
export class CopyOrder {
  /** The number of slots of all copies. */
  readonly slots: number;
  readonly firstImplied: number;
  readonly ownedAfter: number;
  readonly #transferSlots: number;
  readonly #impliedCount: number;
  readonly #artifactCount: number;

  constructor({ firstImplied, ownedAfter, implied }: SlotsOfCopies, transferSlots: number, artifactCount: number) {
    this.firstImplied = firstImplied;
    this.ownedAfter = ownedAfter;
    this.slots = transferSlots + implied + artifactCount;
    this.#transferSlots = transferSlots;
    this.#impliedCount = implied;
    this.#artifactCount = artifactCount;
  }

  ofTransfer(t: number): number {
    return t + (t >= this.firstImplied ? this.#impliedCount : 0) + (t >= this.ownedAfter ? this.#artifactCount : 0);
  }

  /** Int32Array, by transfer. */
  ofTransfers(): Int32Array {
    const copyOf = sharedInt32(this.#transferSlots);
    for (const [start, end] of this.segments()) {
      const shift = this.ofTransfer(start) - start;
      for (let t = start; t < end; t++) copyOf[t] = t + shift;
    }
    return copyOf;
  }

  /** The transfers before, between and after the other copies, as [start, end). */
  segments(): readonly (readonly [start: number, end: number])[] {
    return [
      [0, this.firstImplied],
      [this.firstImplied, this.ownedAfter],
      [this.ownedAfter, this.#transferSlots],
    ];
  }

  /** @param i the copy's position among the implied ones, by transfer */
  ofImplied(i: number): number {
    return this.firstImplied + i;
  }

  ofOwned(artifact: number): number {
    return this.ownedAfter + this.#impliedCount + artifact;
  }
}

export function makeCopies(count: number): CopiesOnly {
  return {
    isLive: sharedUint8(count),
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

/** Writes copies of each kind. */
export class CopyWriter {
  readonly #copies: CopiesOnly;
  readonly #source: CustodySource;
  readonly #derived: Derived;

  constructor(copies: CopiesOnly, source: CustodySource, derived: Derived) {
    this.#copies = copies;
    this.#source = source;
    this.#derived = derived;
  }

  /**
   * @param copy the index to write at
   * @param place the position of the transfer in the derived custody
   */
  writeTransferred(copy: number, t: number, place: number): void {
    const copies = this.#copies;
    const { transfers } = this.#source;
    const derived = this.#derived;
    this.#writeHandedOver(copy, t);
    copies.kind[copy] = transferred;
    copies.holder[copy] = transfers.recipient[t] as number;
    copies.definiteUntil[copy] = definiteUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    copies.possibleUntil[copy] = possibleUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    copies.isReadable[copy] = readableForms[transfers.form[t] as number] ? 1 : 0;
    copies.rank[copy] = derived.rank[place] as number;
    copies.chainPrevious[copy] = derived.previous[place] as number;
    copies.traits[copy] = findTraits(copies, copy);
  }

  writeImplied(copy: number, t: number): void {
    const copies = this.#copies;
    const { artifacts, transfers } = this.#source;
    this.#writeHandedOver(copy, t);
    const isRecipientOwner = transfers.recipient[t] === artifacts.owner[copies.artifact[copy] as number];
    copies.kind[copy] = copyKinds.indexOf(impliedKind(isRecipientOwner));
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
    copies.isLive[copy] = 1;
    copies.kind[copy] = owned;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = this.#source.artifacts.owner[artifact] as number;
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

  /** Writes a vacant slot: a new column has zeros, and 0 is a live one's index. */
  writeVacant(copy: number): void {
    const { artifact, holder, transfer } = this.#copies;
    artifact[copy] = holder[copy] = transfer[copy] = none;
  }

  /** Writes the columns that a transfer's copy shares with the copy that the transfer implies. */
  #writeHandedOver(copy: number, t: number): void {
    const copies = this.#copies;
    const { artifacts, transfers, fragments } = this.#source;
    const artifact = transfers.artifact[t] as number;
    copies.isLive[copy] = 1;
    copies.artifact[copy] = artifact;
    copies.transfer[copy] = t;
    copies.definiteFrom[copy] = definiteFrom(transfers.sentAt[t] as number, transfers.provenance.assertedAt[t] as number);
    copies.possibleFrom[copy] = possibleFrom(transfers.sentAt[t] as number);
    copies.confidence[copy] = transfers.confidence[t] as number;
    // Named fragments of a known count decide the portion. Otherwise the stated portion holds.
    const fragmentCount = artifacts.fragmentCount[artifact] as number;
    const names = rowOf(fragments, t);
    copies.portion[copy] =
      fragmentCount === 0 || names.length === 0 ? (transfers.portion[t] as number) : shareOfPieces(new Set(names).size, fragmentCount);
  }
}
