import { CopyOrder, CopyWriter, type CustodySource, type Derived, makeCopies } from '../build/lay-out-copies.ts';
import { copyKinds, type Projection } from '../projection.ts';
import { chooseSlots, firstLiveFrom, lastLiveBefore, slotStates } from '../slots.ts';
import type { Steps } from '../turns.ts';
import { runsBetween } from './place-transfers.ts';
import { type Former, membersOf, type RenewedCopies, spliceCopies } from './renew-copies.ts';
import type { Splice } from './splice.ts';

const transferred = copyKinds.indexOf('TRANSFERRED');
const owned = copyKinds.indexOf('OWNED');

/**
 * As `renewCopies`, without moving a copy: new ones take vacant slots. A slot whose values change for a copy that was there before gets a
 * new column. Throws NoRoom.
 *
 * Complexity: O(c log c) for the c copies of touched artifacts, and O(copies) to copy the list of live slots and changed columns.
 */
export function* renewInPlace(source: CustodySource, derived: Derived, former: Former): Steps<RenewedCopies> {
  const { projection, touched } = former;
  const { copies: was, transfers } = projection;
  const order = new CopyOrder(was.order, source.transfers.slots, source.artifacts.count);
  const before = membersOf(projection.artifacts.copies, touched);
  const of = derived.of ?? membersOf(source.transfersByArtifact, touched);
  yield;
  const implied = placeImplied(projection, derived.implying, before, order);
  const writes: { slot: number; isFresh: boolean; write: (writer: CopyWriter, place: number) => void }[] = [];
  for (const [i, t] of of.entries()) {
    const slot = transfers.copy[t] as number;
    const isFresh = was.isLive[slot] === slotStates.vacant;
    writes.push({ slot, isFresh, write: (writer, place) => writer.writeTransferred(place, t, i) });
  }
  for (const { slot, t, isFresh } of implied) writes.push({ slot, isFresh, write: (writer, place) => writer.writeImplied(place, t) });
  for (let artifact = touched.indexOf(1); artifact >= 0; artifact = touched.indexOf(1, artifact + 1)) {
    const one = artifact;
    writes.push({ slot: order.ofOwned(one), isFresh: false, write: (writer, place) => writer.writeOwned(place, one) });
  }
  writes.sort((a, b) => a.slot - b.slot);
  const patch = makeCopies(writes.length);
  const writer = new CopyWriter(patch, source, derived);
  for (const [place, { write }] of writes.entries()) write(writer, place);
  yield;
  const placed = writes.map(({ slot }) => slot);
  const stays = new Set(placed);
  const gone = Array.from(before).filter((slot) => !stays.has(slot));
  const inPlace = { isFresh: Uint8Array.from(writes, ({ isFresh }) => (isFresh ? 1 : 0)), gone, wasLive: was.isLive };
  const splice: Splice = { count: was.slots, runs: runsBetween(placed, was.slots), placed, moved: undefined, inPlace };
  const columns = yield* spliceCopies(was, patch, splice, {});
  const count = was.count + placed.filter((slot) => was.isLive[slot] !== slotStates.live).length - gone.length;
  return { copies: { ...columns, count, slots: was.slots, order: was.order }, copyOfTransfer: transfers.copy, splice };
}

interface PlacedImplied {
  readonly slot: number;
  readonly t: number;
  readonly isFresh: boolean;
}

/** The slots of the touched artifacts' implied copies. @param implying ascending */
function placeImplied(
  { copies, transfers }: Projection,
  implying: readonly number[],
  before: Int32Array,
  order: CopyOrder,
): PlacedImplied[] {
  const known = new Map<number, number>();
  for (const slot of before) {
    const kind = copies.kind[slot] as number;
    if (kind !== transferred && kind !== owned) known.set(copies.transfer[slot] as number, slot);
  }
  const placed: PlacedImplied[] = [];
  const start = order.ofImplied(0);
  const end = order.ofImplied(copies.order.implied);
  /** Those without a slot that belong between the same two copies. */
  let waiting: number[] = [];
  let next = end;
  const settle = () => {
    if (waiting.length === 0) return;
    const from = Math.max(start, lastLiveBefore(copies.isLive, next) + 1);
    const before = from > start ? (copies.transfer[from - 1] as number) : 0;
    const after = next < end ? (copies.transfer[next] as number) : transfers.slots;
    takeSlots(copies, waiting, { from, until: next, before, after }, placed);
    waiting = [];
  };
  for (const t of implying) {
    const slot = known.get(t);
    if (slot !== undefined) {
      placed.push({ slot, t, isFresh: false });
      continue;
    }
    const at = firstImpliedAfter(copies, t, start, end);
    if (at !== next) settle();
    next = at;
    waiting.push(t);
  }
  settle();
  return placed;
}

/** The first live slot whose transfer is after `t`, or the end. */
function firstImpliedAfter(copies: Projection['copies'], t: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = lastLiveBefore(copies.isLive, middle + 1);
    if (at < start || (copies.transfer[at] as number) <= t) low = middle + 1;
    else high = middle;
  }
  return Math.min(end, firstLiveFrom(copies.isLive, low));
}

/** The slots between two copies, and the transfers of these. */
interface Gap {
  readonly from: number;
  readonly until: number;
  readonly before: number;
  readonly after: number;
}

/**
 * As for transfers: a slot that had the copy of a transfer becomes live again. Other copies are placed among the vacant slots as their
 * transfers lie between those of the copies beside them. So the copies of a series of transfers stand one after another.
 */
function takeSlots(
  copies: Projection['copies'],
  wanted: readonly number[],
  { from, until, before, after }: Gap,
  placed: PlacedImplied[],
): void {
  const again = new Map<number, number>();
  for (let slot = from; slot < until; slot++) if (copies.isLive[slot] === slotStates.left) again.set(copies.transfer[slot] as number, slot);
  let start = from;
  let last = before;
  let waiting: number[] = [];
  const settle = (end: number, next: number) => {
    if (waiting.length === 0) return;
    const slotsBefore = (waiting[0] as number) - last - 1;
    const slotsAfter = next - (waiting.at(-1) as number) - 1;
    const share = slotsBefore <= 0 ? 0 : slotsBefore / (slotsBefore + Math.max(0, slotsAfter));
    const vacant: number[] = [];
    for (let slot = start; slot < end; slot++) if (copies.isLive[slot] === slotStates.vacant) vacant.push(slot);
    for (const [i, slot] of chooseSlots(vacant, waiting.length, share).entries())
      placed.push({ slot, t: waiting[i] as number, isFresh: true });
    waiting = [];
  };
  for (const t of wanted) {
    const slot = again.get(t);
    if (slot === undefined || slot < start) {
      waiting.push(t);
      continue;
    }
    settle(slot, t);
    placed.push({ slot, t, isFresh: false });
    start = slot + 1;
    last = t;
  }
  settle(until, after);
}
