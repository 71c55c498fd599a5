import type { CopyOrder } from '../build/lay-out-copies.ts';
import { type CopyColumns, none, type Projection } from '../projection.ts';
import { addRun, type Run } from './moves.ts';
import type { Splice } from './splice.ts';

/** Vacant slots on each side of the implied copy of a new transfer. */
const roomASide = 32;
/** As in place-transfers.ts, for transfers that imply a copy. They have room only where the transfers have. */
const mostWithRoom = 16;

/** The former projection, and what happened to its transfers. */
interface Change {
  readonly projection: Projection;
  readonly transfers: Splice;
}

/**
 * Merges the implied copies that stay with the new ones, by transfer. Positions are those among the slots of implied copies. Those of
 * transfers that arrive have vacant slots (none) around them. Vacant slots stay where they are.
 *
 * @param implying the transfers of touched artifacts that imply a copy, ascending
 * @param isGone by former artifact: 1 if its copies are laid out anew, or it is gone
 * Complexity: O(implied copies), in one loop, plus O(log T) for each new one.
 */
export function mergeImplied(
  implying: readonly number[],
  { projection: { copies, transfers, artifacts }, transfers: { runs, placed, moved, hasRoom: haveRoom = false } }: Change,
  isGone: Uint8Array,
  formerOrder: CopyOrder,
) {
  const arrived = new Set(moved === undefined ? [] : placed);
  const kept: Run[] = [];
  const fresh: (readonly [i: number, t: number])[] = [];
  let to = 0;
  let count = copies.count - transfers.count - artifacts.count;
  const hasRoom = haveRoom && implying.filter((t) => arrived.has(t)).length <= mostWithRoom;
  const addRoom = () => {
    for (let i = 0; i < roomASide; i++) fresh.push([to++, none]);
  };
  const addFresh = (t: number) => {
    const isArriving = hasRoom && arrived.has(t);
    if (isArriving) addRoom();
    fresh.push([to++, t]);
    count++;
    if (isArriving) addRoom();
  };
  const start = formerOrder.ofImplied(0);
  const end = formerOrder.ofImplied(copies.order.implied);
  let next = 0;
  for (let from = start; from < end; ) {
    const bound = next < implying.length ? formerPlace(runs, implying[next] as number) : Infinity;
    const until = endOfKept(copies, from, end, isGone, bound);
    if (until > from) addRun(kept, { from: from - start, until: until - start, to });
    to += until - from;
    from = until;
    if (from === end) break;
    const isLive = copies.isLive[from] === 1;
    // A copy that goes keeps its place until those before it have come, so that they find the vacant slots beside it.
    if (isLive && (copies.transfer[from] as number) >= bound) addFresh(implying[next++] as number);
    else {
      if (isLive) count--;
      from++;
    }
  }
  for (; next < implying.length; next++) addFresh(implying[next] as number);
  return { kept, fresh, slots: to, count };
}

/** A transfer's place among the former ones: those that stay and are before it have smaller indexes. */
function formerPlace(runs: readonly Run[], t: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle] as Run).to <= t) low = middle + 1;
    else high = middle;
  }
  const run = runs[low - 1];
  return run === undefined ? 0 : Math.min(run.until, run.from + t - run.to);
}

/**
 * The first implied copy from `from` on that goes, or whose transfer is at `bound` or behind it. A function of the module, as those in
 * moves.ts.
 */
function endOfKept({ isLive, artifact, transfer }: CopyColumns, from: number, end: number, isGone: Uint8Array, bound: number): number {
  for (let copy = from; copy < end; copy++) {
    if (isLive[copy] === 1 && (isGone[artifact[copy] as number] === 1 || (transfer[copy] as number) >= bound)) return copy;
  }
  return end;
}
