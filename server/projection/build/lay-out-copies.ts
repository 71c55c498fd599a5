import { copyForms, isReadable } from '../../domain/facts.ts';
import { definiteFrom, definiteUntil } from '../../rules/copy-interval.ts';
import { impliedKind } from '../../rules/implied-copy.ts';
import { shareOfPieces } from '../../rules/portion.ts';
import { sharedFloat64, sharedInt32, sharedUint8 } from '../columns.ts';
import type { Csr } from '../csr.ts';
import { rowOf } from '../csr.ts';
import type { ArtifactColumns, CopyColumns, TransferColumns } from '../projection.ts';
import { copyKinds, none } from '../projection.ts';
import type { Steps } from '../turns.ts';

/*
 * All copies as one set of columns. The index of a copy is its position in code point order of copy ids. No transfer's id begins
 * with `implied:` or `owned:`, and `implied:` sorts first. So the order is: transfers, implied, transfers, owned, transfers.
 */

export interface CustodySource {
  readonly organizationCount: number;
  readonly artifacts: Pick<ArtifactColumns, 'count' | 'owner' | 'fragmentCount'>;
  readonly transfers: Omit<TransferColumns, 'copy' | 'fragments'>;
  readonly fragments: Csr;
  /** artifact -> its transfers, ascending. */
  readonly transfersByArtifact: Csr;
}

/** The derived custody, by transfer. Not set for transfers of unchanged artifacts. */
export interface Derived {
  readonly possibleFrom: Float64Array;
  readonly possibleUntil: Float64Array;
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

/** The copies of the former projection, with the new indexes of the records they name. Undefined: no index changed. */
export interface FormerCopies extends LaidOutCopies {
  /** Uint8Array, length of the new artifactCount: 1 if the artifact's custody must be derived again. */
  readonly touched: Uint8Array;
  readonly movedOrganizations: Int32Array | undefined;
  readonly movedArtifacts: Int32Array | undefined;
  readonly movedTransfers: Int32Array | undefined;
}

type Writable = { -readonly [F in keyof CopyColumns]: CopyColumns[F] };

const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');
const readableForms = copyForms.map(isReadable);
const unmoved = [
  'kind',
  'definiteFrom',
  'definiteUntil',
  'possibleFrom',
  'possibleUntil',
  'isReadable',
  'portion',
  'confidence',
  'rank',
] as const;
/** The number of copies written between two yields. */
const copiesAStep = 100_000;

/** Complexity: O(copies). */
export function* layOutCopies(source: CustodySource, derived: Derived, former: FormerCopies | undefined): Steps<LaidOutCopies> {
  const { artifacts, transfers } = source;
  const places = new Places(source, derived.implying, former);
  const { count, implying } = places;
  const copies: Writable = {
    count,
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
    rank: sharedInt32(count),
    chainPrevious: sharedInt32(count),
  };
  yield;
  const copyOfTransfer = sharedInt32(transfers.count);
  for (let t = 0; t < transfers.count; t++) copyOfTransfer[t] = places.ofTransfer(t);
  if (former !== undefined) yield* keepFormer(copies, former, places);

  for (let t = 0; t < transfers.count; t++) {
    if (t % copiesAStep === copiesAStep - 1) yield;
    const copy = copyOfTransfer[t] as number;
    if (places.isKept(copy)) continue;
    writeHandedOver(copies, copy, source, t, derived);
    copies.kind[copy] = transferred;
    copies.holder[copy] = transfers.recipient[t] as number;
    copies.definiteUntil[copy] = definiteUntil(transfers.deletionState[t] as number, transfers.deletedAt[t] as number);
    copies.possibleUntil[copy] = derived.possibleUntil[t] as number;
    copies.isReadable[copy] = readableForms[transfers.form[t] as number] ? 1 : 0;
    copies.rank[copy] = derived.rank[t] as number;
    copies.chainPrevious[copy] = derived.previous[t] as number;
  }
  yield;
  implying.forEach((t, i) => {
    const copy = places.ofImplied(i);
    if (places.isKept(copy)) return;
    writeHandedOver(copies, copy, source, t, derived);
    const isRecipientOwner = transfers.recipient[t] === artifacts.owner[copies.artifact[copy] as number];
    copies.kind[copy] = copyKinds.indexOf(impliedKind(isRecipientOwner));
    copies.holder[copy] = transfers.sender[t] as number;
    copies.definiteUntil[copy] = Infinity;
    copies.possibleUntil[copy] = Infinity;
    copies.isReadable[copy] = 1;
    copies.rank[copy] = none;
    copies.chainPrevious[copy] = none;
  });
  for (let artifact = 0; artifact < artifacts.count; artifact++) {
    const copy = places.ofOwned(artifact);
    copies.kind[copy] = owned;
    copies.artifact[copy] = artifact;
    copies.holder[copy] = artifacts.owner[artifact] as number;
    copies.transfer[copy] = none;
    copies.definiteFrom[copy] = copies.possibleFrom[copy] = -Infinity;
    copies.definiteUntil[copy] = copies.possibleUntil[copy] = Infinity;
    copies.isReadable[copy] = 1;
    copies.portion[copy] = 1;
    copies.confidence[copy] = 1;
    copies.rank[copy] = 0;
    copies.chainPrevious[copy] = none;
  }
  return { copies, copyOfTransfer };
}

/** Writes the columns that a transfer's copy shares with the copy that the transfer implies. */
function writeHandedOver(copies: Writable, copy: number, { artifacts, transfers, fragments }: CustodySource, t: number, derived: Derived) {
  const artifact = transfers.artifact[t] as number;
  copies.artifact[copy] = artifact;
  copies.transfer[copy] = t;
  copies.definiteFrom[copy] = definiteFrom(transfers.sentAt[t] as number, transfers.provenance.assertedAt[t] as number);
  copies.possibleFrom[copy] = derived.possibleFrom[t] as number;
  copies.confidence[copy] = transfers.confidence[t] as number;
  // Named fragments of a known count decide the portion. Otherwise the stated portion holds.
  const fragmentCount = artifacts.fragmentCount[artifact] as number;
  const names = rowOf(fragments, t);
  copies.portion[copy] =
    fragmentCount === 0 || names.length === 0 ? (transfers.portion[t] as number) : shareOfPieces(new Set(names).size, fragmentCount);
}

/** The index of each copy, and the former copies that are reused. */
class Places {
  readonly count: number;
  /** The transfers that imply a copy, ascending: the new ones, and those of unchanged artifacts. */
  readonly implying: readonly number[];
  /** Former copies [from, until) become the copies from `to` on. OWNED copies are always written again. */
  readonly kept: readonly { readonly from: number; readonly until: number; readonly to: number }[];
  /** By copy: 1 if it is reused. */
  readonly #isKept: Uint8Array;
  readonly #firstImplied: number;
  readonly #ownedAfter: number;
  readonly #artifactCount: number;

  constructor({ artifacts, transfers }: CustodySource, found: readonly number[], former: FormerCopies | undefined) {
    this.#firstImplied = transfers.id.lowerBound('implied:');
    this.#ownedAfter = transfers.id.lowerBound('owned:');
    this.#artifactCount = artifacts.count;
    const staying = former === undefined ? new Int32Array(0) : findStaying(former, transfers.artifact);
    const kind = former?.copies.kind ?? new Uint8Array(0);
    const implying = [...found];
    for (let copy = 0; copy < staying.length; copy++) {
      if (kind[copy] !== transferred && staying[copy] !== none) implying.push(staying[copy] as number);
    }
    this.implying = implying.sort((a, b) => a - b);
    this.count = transfers.count + implying.length + artifacts.count;
    this.#isKept = new Uint8Array(this.count);
    const kept: { from: number; until: number; to: number }[] = [];
    let run: { from: number; until: number; to: number } | undefined;
    let nextImplied = 0;
    for (let copy = 0; copy < staying.length; copy++) {
      const t = staying[copy] as number;
      if (t === none) continue;
      let to: number;
      if (kind[copy] === transferred) to = this.ofTransfer(t);
      else {
        while (implying[nextImplied] !== t) nextImplied++;
        to = this.ofImplied(nextImplied);
      }
      this.#isKept[to] = 1;
      if (run !== undefined && run.until === copy && run.to + copy - run.from === to) run.until++;
      else {
        run = { from: copy, until: copy + 1, to };
        kept.push(run);
      }
    }
    this.kept = kept;
  }

  isKept(copy: number): boolean {
    return this.#isKept[copy] === 1;
  }

  ofTransfer(t: number): number {
    return t + (t >= this.#firstImplied ? this.implying.length : 0) + (t >= this.#ownedAfter ? this.#artifactCount : 0);
  }

  /** @param i the copy's position in `implying` */
  ofImplied(i: number): number {
    return this.#firstImplied + i;
  }

  ofOwned(artifact: number): number {
    return this.#ownedAfter + this.implying.length + artifact;
  }
}

/** For each former copy, the new index of its transfer, or none if the copy must be written again. */
function findStaying({ copies, touched, movedTransfers }: FormerCopies, artifactOf: Int32Array): Int32Array {
  const staying = new Int32Array(copies.count).fill(none);
  for (let copy = 0; copy < copies.count; copy++) {
    const former = copies.transfer[copy] as number;
    if (former === none) continue;
    const t = movedTransfers === undefined ? former : (movedTransfers[former] as number);
    if (t !== none && touched[artifactOf[t] as number] === 0) staying[copy] = t;
  }
  return staying;
}

function* keepFormer(copies: Writable, former: FormerCopies, { kept }: Places): Steps<void> {
  const keep = (name: Exclude<keyof CopyColumns, 'count'>, moved?: Int32Array) => {
    const column = copies[name];
    for (const { from, until, to } of kept) {
      column.set(former.copies[name].subarray(from, until), to);
      if (moved === undefined) continue;
      for (let i = to; i < to + until - from; i++) if ((column[i] as number) >= 0) column[i] = moved[column[i] as number] as number;
    }
  };
  for (const name of unmoved) {
    keep(name);
    yield;
  }
  keep('artifact', former.movedArtifacts);
  yield;
  keep('holder', former.movedOrganizations);
  yield;
  keep('transfer', former.movedTransfers);
  yield;
  keep('chainPrevious', former.movedTransfers);
  yield;
}
