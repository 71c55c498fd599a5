import {
  type CopiesOnly,
  CopyOrder,
  CopyWriter,
  type CustodySource,
  type Derived,
  type LaidOutCopies,
  makeCopies,
} from '../build/lay-out-copies.ts';
import { type Csr, rowOf } from '../csr.ts';
import { none, type Projection, type SlotsOfCopies } from '../projection.ts';
import type { SlotPermit } from '../slots.ts';
import type { Steps } from '../turns.ts';
import { mergeImplied } from './merge-implied.ts';
import { addRun, Moves, type Run } from './moves.ts';
import { type Splice, spliceLive, spliceNumbers } from './splice.ts';

/** The former projection, and what happened to its records since. */
export interface Former {
  readonly projection: Projection;
  /** Uint8Array, length of the new artifactCount: 1 if the artifact's custody must be derived again. */
  readonly touched: Uint8Array;
  readonly organizations: Splice;
  readonly artifacts: Splice;
  readonly transfers: Splice;
  /** The new boundaries between transfers in the order of copies. */
  readonly boundaries: Pick<SlotsOfCopies, 'firstImplied' | 'ownedAfter'>;
  /** The permit of the new projection, if it has been taken. */
  readonly permit: SlotPermit | undefined;
  /** Whether the new projection takes the place of the former one, which is not renewed again. */
  readonly isFollowed: boolean;
}

export interface RenewedCopies extends LaidOutCopies {
  /** The changes of the copies. */
  readonly splice: Splice;
}

/**
 * Lays out the copies of the touched artifacts anew, and keeps all others. Equals `layOutCopies` of all of them. A column without a
 * changed value is the former one.
 *
 * Complexity: O(copies) to copy memory, O(c log c) for the c copies of touched artifacts, O(implied copies + artifacts).
 */
export function* renewCopies(source: CustodySource, derived: Derived, former: Former): Steps<RenewedCopies> {
  const { copies: was, transfers } = former.projection;
  const { splice, order, slotsOfCopies, count, write } = placeCopies(source, derived, former);
  yield;
  yield* splice.moved?.prepare() ?? [];
  const patch = makeCopies(splice.placed.length);
  write(new CopyWriter(patch, source, derived));
  yield;
  const columns = yield* spliceCopies(was, patch, splice, {
    artifact: former.artifacts.moved,
    holder: former.organizations.moved,
    transfer: former.transfers.moved,
    chainPrevious: former.transfers.moved,
  });
  // Copies may move although their number stays: an implied one goes, and that of an artifact comes.
  const areInPlace =
    former.transfers.moved === undefined && slotsOfCopies.implied === was.order.implied && former.artifacts.moved === undefined;
  const copyOfTransfer = areInPlace ? transfers.copy : order.ofTransfers();
  yield;
  return { copies: { ...columns, count, slots: order.slots, order: slotsOfCopies }, copyOfTransfer, splice };
}

/** @param named for columns of indexes: where the records that they name are now */
export function* spliceCopies(
  was: CopiesOnly,
  patch: CopiesOnly,
  splice: Splice,
  named: { readonly [F in keyof CopiesOnly]?: Moves | undefined },
): Steps<CopiesOnly> {
  const columns: Record<string, unknown> = {};
  for (const name of Object.keys(patch) as (keyof CopiesOnly)[]) {
    columns[name] =
      name === 'isLive' && splice.inPlace !== undefined
        ? spliceLive(was.isLive, splice)
        : yield* spliceNumbers(was[name], patch[name], splice, named[name]);
    yield;
  }
  return columns as unknown as CopiesOnly;
}

/** Finds the copies that stay, and writes the others in order. */
function placeCopies(source: CustodySource, derived: Derived, former: Former) {
  const { artifacts: formerArtifacts, transfers: formerTransfers, copies: formerCopies } = former.projection;
  const isGone = findGone(former);
  const formerOrder = new CopyOrder(formerCopies.order, formerTransfers.slots, formerArtifacts.count);
  const goneTransfers = membersOf(formerArtifacts.transfers, isGone);
  const newTransfers = derived.of ?? membersOf(source.transfersByArtifact, former.touched);
  const arrived = former.transfers.moved === undefined ? [] : former.transfers.placed;
  const { kept: keptImplied, fresh: freshImplied, slots: implied, count } = mergeImplied(derived.implying, former, isGone, formerOrder);
  const slotsOfCopies: SlotsOfCopies = { ...former.boundaries, implied };
  const order = new CopyOrder(slotsOfCopies, source.transfers.slots, source.artifacts.count);
  const { isLive } = source.transfers;
  const vacant = arrived.filter((t) => isLive[t] !== 1);

  const runs: Run[] = [];
  const placed: number[] = [];
  const writes: ((writer: CopyWriter, place: number) => void)[] = [];
  const segment = (i: number) => {
    const [start, end] = formerOrder.segments()[i] as readonly [number, number];
    for (const run of without(former.transfers.runs, goneTransfers, start, end)) {
      const shift = formerOrder.ofTransfer(run.from) - run.from;
      addRun(runs, { from: run.from + shift, until: run.until + shift, to: order.ofTransfer(run.to) });
    }
    const [newStart, newEnd] = order.segments()[i] as readonly [number, number];
    for (const [t, i] of withVacant(newTransfers, vacant)) {
      if (t < newStart || t >= newEnd) continue;
      placed.push(order.ofTransfer(t));
      writes.push((writer, place) => (i === none ? writer.writeVacant(place) : writer.writeTransferred(place, t, i)));
    }
  };
  segment(0);
  for (const { from, until, to } of keptImplied) {
    addRun(runs, { from: formerOrder.ofImplied(from), until: formerOrder.ofImplied(until), to: order.ofImplied(to) });
  }
  for (const [i, t] of freshImplied) {
    placed.push(order.ofImplied(i));
    writes.push((writer, place) => (t === none ? writer.writeVacant(place) : writer.writeImplied(place, t)));
  }
  segment(1);
  for (const run of without(former.artifacts.runs, indexesOf(isGone), 0, formerArtifacts.count)) {
    addRun(runs, { from: formerOrder.ofOwned(run.from), until: formerOrder.ofOwned(run.until), to: order.ofOwned(run.to) });
  }
  for (const artifact of indexesOf(former.touched)) {
    placed.push(order.ofOwned(artifact));
    writes.push((writer, place) => writer.writeOwned(place, artifact));
  }
  segment(2);
  // If transfers move, vacant slots may lie where copies were. So no column may be shared, even where no copy moves.
  const { moved: movedTransfers } = former.transfers;
  const isInPlace = movedTransfers === undefined && order.slots === formerCopies.slots && runs.every(({ from, to }) => from === to);
  const moved = isInPlace ? undefined : new Moves(formerCopies.slots, runs);
  return {
    splice: { count: order.slots, runs, placed, moved } satisfies Splice,
    order,
    slotsOfCopies,
    count: source.transfers.count + count + source.artifacts.count,
    write: (writer: CopyWriter) => {
      for (const [place, writeOne] of writes.entries()) writeOne(writer, place);
    },
  };
}

/** Uint8Array, by former artifact: 1 if its copies are laid out anew, or it is gone. */
function findGone({ projection, touched, artifacts: { moved } }: Former): Uint8Array {
  const isGone = new Uint8Array(projection.artifacts.count);
  for (let artifact = 0; artifact < isGone.length; artifact++) {
    const now = moved === undefined ? artifact : moved.of(artifact);
    if (now < 0 || touched[now] === 1) isGone[artifact] = 1;
  }
  return isGone;
}

/** All values in the rows that are marked, ascending. */
export function membersOf(csr: Csr, isMarked: Uint8Array): Int32Array {
  const rows = indexesOf(isMarked).map((row) => rowOf(csr, row));
  const members = new Int32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    members.set(row, at);
    at += row.length;
  }
  return members.sort();
}

function indexesOf(isMarked: Uint8Array): number[] {
  const indexes: number[] = [];
  for (let i = isMarked.indexOf(1); i >= 0; i = isMarked.indexOf(1, i + 1)) indexes.push(i);
  return indexes;
}

/** The runs within [start, end), without some records. @param left ascending */
function without(runs: readonly Run[], left: ArrayLike<number>, start: number, end: number): Run[] {
  const kept: Run[] = [];
  let next = 0;
  for (const { from, until, to } of runs) {
    let at = Math.max(from, start);
    const stop = Math.min(until, end);
    while (next < left.length && (left[next] as number) < at) next++;
    while (at < stop) {
      const cut = next < left.length ? Math.min(stop, left[next] as number) : stop;
      if (cut > at) kept.push({ from: at, until: cut, to: at - from + to });
      if (cut === stop) break;
      at = cut + 1;
      next++;
    }
  }
  return kept;
}

/** Transfers with their places in the derived custody, and vacant slots with none (-1), ascending. */
function* withVacant(transfers: ArrayLike<number>, vacant: readonly number[]): Generator<readonly [t: number, place: number]> {
  let next = 0;
  for (let i = 0; i < transfers.length; i++) {
    const t = transfers[i] as number;
    for (; next < vacant.length && (vacant[next] as number) < t; next++) yield [vacant[next] as number, none];
    yield [t, i];
  }
  for (; next < vacant.length; next++) yield [vacant[next] as number, none];
}
