import { CopyOrder } from '../build/lay-out-copies.ts';
import { CodeColumn } from '../columns/code-column.ts';
import { type NumberColumn, sharedInt32, sharedLike, sharedText, sharedUint32 } from '../columns/shared-memory.ts';
import { TextColumn } from '../columns/text-column.ts';
import type { Csr } from '../csr.ts';
import { none, type Projection } from '../projection.ts';
import { newPermit, slotStates } from '../slots.ts';
import type { Steps } from '../turns.ts';
import { idBytesMore } from './place-transfers.ts';

/** Spaced implied copies have at least this many vacant slots, as a transfer may imply the first one between many. */
const leastForImplied = 2048;
/** The number of values written between two yields. New memory makes each dearer than in moves.ts. */
const valuesAStep = 500_000;

/** The new slots of records. */
interface NewSlots {
  /** Int32Array, by former slot; none (-1) for one without a record. */
  readonly of: Int32Array;
  readonly slots: number;
}

/**
 * Lays transfers and copies out anew. Slots without a record are left out. The result equals `former` but for its slots, shares no
 * column of transfers and copies with it, and may be renewed in place.
 *
 * @param isSpaced leaves a vacant slot on each side of a transfer, and one or more on each side of an implied copy, so that a new one finds
 *   a slot at any place. That takes twice the memory
 * @param idBytes vacant slots have room for ids of this size, too
 * Complexity: O(slots), with one value of each column in memory at random.
 */
export function* reslot(former: Projection, isSpaced: boolean, idBytes = 0): Steps<Projection> {
  const { transfers, copies, artifacts, organizations } = former;
  const { order } = copies;
  const from = new CopyOrder(order, transfers.slots, artifacts.count);

  const room = isSpaced ? 1 : 0;
  const ofTransfers = yield* fillWithNone(new Int32Array(transfers.slots));
  const firstImplied = yield* assign(transfers.isLive, 0, order.firstImplied, ofTransfers, 0, room);
  const ownedAfter = yield* assign(transfers.isLive, order.firstImplied, order.ownedAfter, ofTransfers, firstImplied, room);
  const slots = yield* assign(transfers.isLive, order.ownedAfter, transfers.slots, ofTransfers, ownedAfter, room);
  const toTransfers: NewSlots = { of: ofTransfers, slots };

  const implied = copies.count - transfers.count - artifacts.count;
  const roomForImplied = isSpaced ? Math.ceil(leastForImplied / (implied + 1)) : 0;
  const ofCopies = yield* fillWithNone(new Int32Array(copies.slots));
  const impliedEnd = yield* assign(copies.isLive, from.ofImplied(0), from.ofImplied(order.implied), ofCopies, firstImplied, roomForImplied);
  const newOrder = { firstImplied, ownedAfter, implied: impliedEnd - firstImplied };
  const to = new CopyOrder(newOrder, slots, artifacts.count);
  for (const [start, end] of from.segments()) {
    if (end > start) yield* assignBeside(ofTransfers, start, end, ofCopies, from.ofTransfer(start), to);
  }
  for (let artifact = 0; artifact < artifacts.count; artifact++) ofCopies[from.ofOwned(artifact)] = to.ofOwned(artifact);
  const toCopies: NewSlots = { of: ofCopies, slots: to.slots };

  const { kind, count, slots: _, id, fragments, copy: __, provenance, isLive, ...ofTransfer } = transfers;
  const live = yield* place(isLive, toTransfers);
  const { count: copyCount, slots: ___, order: ____, transfer, chainPrevious, ...ofCopy } = copies;
  return {
    ...former,
    organizations: {
      ...organizations,
      copies: yield* rename(organizations.copies, toCopies),
      sent: yield* rename(organizations.sent, toTransfers),
      received: yield* rename(organizations.received, toTransfers),
    },
    artifacts: {
      ...artifacts,
      copies: yield* rename(artifacts.copies, toCopies),
      transfers: yield* rename(artifacts.transfers, toTransfers),
    },
    transfers: {
      ...(yield* placeAll(ofTransfer, toTransfers)),
      kind,
      count,
      slots,
      isLive: live,
      provenance: yield* placeAll(provenance, toTransfers),
      id: (yield* placeIds(id, toTransfers, idBytes)).withLive(live),
      fragments: yield* placeRows(fragments, toTransfers),
      copy: to.ofTransfers(),
    },
    copies: {
      ...(yield* placeAll(ofCopy, toCopies)),
      count: copyCount,
      slots: to.slots,
      order: newOrder,
      transfer: yield* place(transfer, toCopies, toTransfers),
      chainPrevious: yield* place(chainPrevious, toCopies, toTransfers),
    },
    permit: newPermit(),
  };
}

function* fillWithNone(column: Int32Array): Steps<Int32Array> {
  for (let start = 0; start < column.length; start += valuesAStep) {
    column.fill(none, start, start + valuesAStep);
    yield;
  }
  return column;
}

/** Gives the records in [start, end) slots from `at` on, with vacant ones on each side. Returns the slot behind all. */
function* assign(isLive: Uint8Array, start: number, end: number, of: Int32Array, at: number, room: number): Steps<number> {
  let slot = at + room;
  for (let first = start; first < end; first += valuesAStep) {
    slot = assignStep(isLive, first, Math.min(end, first + valuesAStep), of, slot, room + 1);
    yield;
  }
  return slot;
}

/** Gives the copies of the transfers in [start, end), which begin at `first`, the slots beside those of their transfers. */
function* assignBeside(
  ofTransfers: Int32Array,
  start: number,
  end: number,
  ofCopies: Int32Array,
  first: number,
  to: CopyOrder,
): Steps<void> {
  const live = ofTransfers.subarray(start, end).find((slot) => slot !== none);
  if (live === undefined) return;
  const by = to.ofTransfer(live) - live;
  for (let t = start; t < end; t += valuesAStep) {
    addToLive(ofTransfers, t, Math.min(end, t + valuesAStep), ofCopies, first + t - start, by);
    yield;
  }
}

type Columns = Readonly<Record<string, NumberColumn | CodeColumn>>;

function* placeAll<C extends object>(columns: C, to: NewSlots): Steps<C> {
  const placed: Record<string, NumberColumn | CodeColumn> = {};
  for (const [name, column] of Object.entries(columns as unknown as Columns)) {
    placed[name] =
      column instanceof CodeColumn ? new CodeColumn(yield* place(column.codes, to), column.distinct) : yield* place(column, to);
  }
  return placed as unknown as C;
}

/** @param named for a column of indexes: the new slots of what it names */
function* place<T extends NumberColumn>(column: T, to: NewSlots, named?: NewSlots): Steps<T> {
  const placed = sharedLike(column, to.slots);
  // As `TransferBuilder.addVacant`: 0 would be the index of a record.
  if (placed instanceof Int32Array) yield* fillWithNone(placed);
  for (let start = 0; start < column.length; start += valuesAStep) {
    const end = Math.min(column.length, start + valuesAStep);
    if (named === undefined) scatter(column, start, end, to.of, placed);
    else scatterRenamed(column, start, end, to.of, placed, named.of);
    yield;
  }
  return placed;
}

/** Rows of other records that name these. */
function* rename({ offsets, values }: Csr, to: NewSlots): Steps<Csr> {
  const renamed = sharedInt32(values.length);
  for (let start = 0; start < values.length; start += valuesAStep) {
    renameStep(values, start, Math.min(values.length, start + valuesAStep), to.of, renamed);
    yield;
  }
  return { offsets, values: renamed };
}

/** A vacant slot has room for an id as long as that behind it, or `idBytes`, and a little more. */
function* placeIds(ids: TextColumn, { of, slots }: NewSlots, idBytes: number): Steps<TextColumn> {
  const offsets = sharedUint32(slots + 1);
  let slot = 0;
  let size = 0;
  for (let i = 0; i < of.length; i++) {
    if (i % valuesAStep === valuesAStep - 1) yield;
    const to = of[i] as number;
    if (to === none) continue;
    size = ids.sizeOf(i);
    for (; slot < to; slot++) offsets[slot + 1] = (offsets[slot] as number) + Math.max(size, idBytes) + idBytesMore;
    offsets[++slot] = (offsets[to] as number) + size;
  }
  for (; slot < slots; slot++) offsets[slot + 1] = (offsets[slot] as number) + Math.max(size, idBytes) + idBytesMore;
  yield;
  const bytes = sharedText(offsets[slots] as number);
  const [formerBytes, formerOffsets] = ids.share();
  for (let start = 0; start < of.length; start += valuesAStep) {
    copyTexts(formerBytes, formerOffsets, start, Math.min(of.length, start + valuesAStep), of, bytes, offsets);
    yield;
  }
  return new TextColumn(bytes, offsets);
}

/** Rows of these records. */
function* placeRows(rows: Csr, { of, slots }: NewSlots): Steps<Csr> {
  const offsets = sharedUint32(slots + 1);
  for (let i = 0; i < of.length; i++) {
    if (i % valuesAStep === valuesAStep - 1) yield;
    const to = of[i] as number;
    if (to !== none) offsets[to + 1] = (rows.offsets[i + 1] as number) - (rows.offsets[i] as number);
  }
  yield;
  for (let slot = 0; slot < slots; slot++) {
    if (slot % valuesAStep === valuesAStep - 1) yield;
    offsets[slot + 1] = (offsets[slot + 1] as number) + (offsets[slot] as number);
  }
  yield;
  const values = sharedInt32(offsets[slots] as number);
  for (let i = 0; i < of.length; i++) {
    if (i % valuesAStep === valuesAStep - 1) yield;
    const to = of[i] as number;
    if (to === none) continue;
    for (let k = rows.offsets[i] as number, at = offsets[to] as number; k < (rows.offsets[i + 1] as number); k++, at++) {
      values[at] = rows.values[k] as number;
    }
  }
  return { offsets, values };
}

/* Loops over all records are functions of the module, as those in moves.ts. */

function assignStep(isLive: Uint8Array, start: number, end: number, of: Int32Array, slot: number, stride: number): number {
  let next = slot;
  for (let i = start; i < end; i++) {
    if (isLive[i] !== slotStates.live) continue;
    of[i] = next;
    next += stride;
  }
  return next;
}

function addToLive(of: Int32Array, start: number, end: number, into: Int32Array, at: number, by: number): void {
  for (let i = start; i < end; i++) {
    const slot = of[i] as number;
    if (slot !== none) into[at + i - start] = slot + by;
  }
}

function scatter(column: NumberColumn, start: number, end: number, of: Int32Array, into: NumberColumn): void {
  for (let i = start; i < end; i++) {
    const slot = of[i] as number;
    if (slot !== none) into[slot] = column[i] as number;
  }
}

function scatterRenamed(column: NumberColumn, start: number, end: number, of: Int32Array, into: NumberColumn, names: Int32Array): void {
  for (let i = start; i < end; i++) {
    const slot = of[i] as number;
    const value = column[i] as number;
    if (slot !== none) into[slot] = value === none ? none : (names[value] as number);
  }
}

function renameStep(values: Int32Array, start: number, end: number, of: Int32Array, into: Int32Array): void {
  for (let i = start; i < end; i++) into[i] = of[values[i] as number] as number;
}

function copyTexts(
  bytes: Buffer,
  starts: Uint32Array,
  start: number,
  end: number,
  of: Int32Array,
  into: Buffer,
  offsets: Uint32Array,
): void {
  for (let i = start; i < end; i++) {
    const slot = of[i] as number;
    if (slot === none) continue;
    const until = offsets[slot + 1] as number;
    for (let k = starts[i] as number, at = offsets[slot] as number; at < until; k++, at++) into[at] = bytes[k] as number;
  }
}
