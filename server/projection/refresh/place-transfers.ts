import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { Projection, SlotsOfCopies } from '../projection.ts';
import { chooseSlots, lastLiveBefore, MustMove, slotStates } from '../slots.ts';
import type { ChangedPlace, Run } from './moves.ts';
import type { ChangedFacts } from './place-changes.ts';
import { planSplice, type Splice } from './splice.ts';

/** Vacant slots on each side of transfers that arrive at one place, so that the next ones there need not move all others. */
const roomASide = 32;
/** Room for ids that are a little longer than the one beside a vacant slot. */
export const idBytesMore = 16;
/** Transfers that arrive at more places than these at once get no room: they are no series. */
const mostPlacesWithRoom = 16;
/** More changes than these are placed sooner by moving all records. */
const mostInPlace = 256;

/** The transfers that may have changed, and where they are now. */
export interface PlacedTransfers {
  /** The patch, in order: the changed transfers that exist now, and the id bytes of vacant slots. */
  readonly records: readonly (RecordedFact | number)[];
  readonly places: readonly ChangedPlace[];
  readonly splice: Splice;
  readonly boundaries: Pick<SlotsOfCopies, 'firstImplied' | 'ownedAfter'>;
  /** The live transfers. */
  readonly count: number;
}

interface Located {
  readonly key: string;
  readonly fact: RecordedFact | undefined;
  /** Its live slot, or the place of a new one. */
  readonly at: number;
  readonly was: boolean;
  /** The first live slot whose id is not before its own. */
  readonly next: number;
  /** Its part of the order of copies: before `implied:`, before `owned:`, or after it. */
  readonly part: number;
}

/**
 * Makes room for new transfers by moving those behind them. O(c log T) for c changed ones.
 *
 * @param isFollowed leaves vacant slots around them
 */
export function placeTransfers(former: Projection, changed: ChangedFacts | undefined, isFollowed: boolean): PlacedTransfers {
  const located = locate(former, changed);
  const groups = groupNew(located);
  const hasRoom = isFollowed && groups.length > 0 && groups.length <= mostPlacesWithRoom;
  const firstOf = new Map(groups.map((group) => [group[0], group]));
  const lastOf = new Map(groups.map((group) => [group.at(-1), group]));
  const records: (RecordedFact | number)[] = [];
  const places: ChangedPlace[] = [];
  const growth = [0, 0, 0];
  const add = (at: number, part: number, record: RecordedFact | number) => {
    places.push({ at, was: false, is: true });
    records.push(record);
    growth[part] = (growth[part] as number) + 1;
  };
  const addRoom = ({ at, part, key }: Located) => {
    for (let i = 0; hasRoom && i < roomASide; i++) add(at, part, Buffer.byteLength(key) + idBytesMore);
  };
  for (const one of located) {
    const { at, was, fact, part } = one;
    if (!was) {
      if (fact === undefined) continue;
      if (firstOf.has(one)) addRoom(one);
      add(at, part, fact);
      if (lastOf.has(one)) addRoom(one);
      continue;
    }
    places.push({ at, was, is: fact !== undefined });
    if (fact === undefined) growth[part] = (growth[part] as number) - 1;
    else records.push(fact);
  }
  const { firstImplied, ownedAfter } = former.copies.order;
  const [before, between] = growth as [number, number];
  return {
    records,
    places,
    splice: { ...planSplice(former.transfers.slots, places), hasRoom },
    boundaries: { firstImplied: firstImplied + before, ownedAfter: ownedAfter + before + between },
    count: countLive(former, located),
  };
}

/**
 * Places new transfers in vacant slots. No other transfer moves. Throws NoRoom and MustMove.
 *
 * Only the holder of the permit may call it: it reads slots that are not live in `former`.
 */
export function placeTransfersInPlace(former: Projection, changed: ChangedFacts | undefined): PlacedTransfers {
  if ((changed?.keys.length ?? 0) > mostInPlace) throw new MustMove();
  const located = locate(former, changed);
  const slotOf = new Map<Located, { slot: number; isFresh: boolean }>();
  for (const group of groupNew(located)) takeSlots(former, group, slotOf);
  const places: ChangedPlace[] = [];
  const placed: number[] = [];
  const isFresh: number[] = [];
  const gone: number[] = [];
  const records: RecordedFact[] = [];
  for (const one of located) {
    if (!one.was && one.fact === undefined) continue;
    const { slot, isFresh: fresh } = slotOf.get(one) ?? { slot: one.at, isFresh: false };
    places.push({ at: slot, was: one.was, is: one.fact !== undefined });
    if (one.fact === undefined) gone.push(slot);
    else {
      placed.push(slot);
      isFresh.push(fresh ? 1 : 0);
      records.push(one.fact);
    }
  }
  const { slots, isLive } = former.transfers;
  const inPlace = { isFresh: Uint8Array.from(isFresh), gone, wasLive: isLive };
  const splice: Splice = { count: slots, runs: runsBetween(placed, slots), placed, moved: undefined, inPlace };
  return { records, places, splice, boundaries: former.copies.order, count: countLive(former, located) };
}

/** All slots but some. @param left ascending */
export function runsBetween(left: readonly number[], slots: number): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const until of [...left, slots]) {
    if (until > from) runs.push({ from, until, to: from });
    from = until + 1;
  }
  return runs;
}

function locate({ transfers, copies }: Projection, changed: ChangedFacts | undefined): Located[] {
  const present = new Map(changed?.facts.map((fact) => [fact.key, fact]));
  const { firstImplied, ownedAfter } = copies.order;
  const ends = [firstImplied, ownedAfter, transfers.slots];
  return [...new Set(changed?.keys)].sort(compareCodePoints).map((key): Located => {
    const next = transfers.id.lowerBound(key);
    const was = next < transfers.slots && transfers.id.get(next) === key;
    const part = compareCodePoints(key, 'implied:') < 0 ? 0 : compareCodePoints(key, 'owned:') < 0 ? 1 : 2;
    return { key, fact: present.get(key), at: was ? next : Math.min(next, ends[part] as number), was, next, part };
  });
}

function countLive({ transfers }: Projection, located: readonly Located[]): number {
  return located.reduce((count, { was, fact }) => count + (fact === undefined ? 0 : 1) - (was ? 1 : 0), transfers.count);
}

/** New transfers that have no other between them. */
function groupNew(located: readonly Located[]): Located[][] {
  const groups: Located[][] = [];
  for (const one of located) {
    if (one.was || one.fact === undefined) continue;
    const last = groups.at(-1);
    if (last?.[0]?.next === one.next && last[0].part === one.part) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Finds slots for a group, in order. A slot that had one of its ids becomes live again. */
function takeSlots(former: Projection, group: readonly Located[], slotOf: Map<Located, { slot: number; isFresh: boolean }>): void {
  const { transfers, copies } = former;
  const { next, part } = group[0] as Located;
  const starts = [0, copies.order.firstImplied, copies.order.ownedAfter, transfers.slots];
  const previous = lastLiveBefore(transfers.isLive, next);
  const from = Math.max(previous + 1, starts[part] as number);
  const until = Math.min(next, starts[part + 1] as number);
  const known = new Map<string, number>();
  for (let slot = from; slot < until; slot++) if (transfers.isLive[slot] === slotStates.left) known.set(transfers.id.get(slot), slot);
  let start = from;
  let previousId = previous < 0 ? '' : transfers.id.get(previous);
  let waiting: Located[] = [];
  const settle = (end: number, nextId: string | undefined) => {
    if (waiting.length === 0) return;
    const size = Math.max(...waiting.map(({ key }) => Buffer.byteLength(key)));
    const vacant: number[] = [];
    for (let slot = start; slot < end; slot++) {
      if (transfers.isLive[slot] === slotStates.vacant && transfers.id.roomAt(slot) >= size) vacant.push(slot);
    }
    const [first, last] = [waiting[0], waiting.at(-1)] as [Located, Located];
    const share = isNextTo(previousId, first.key) ? 0 : nextId !== undefined && isNextTo(nextId, last.key) ? 1 : 0.5;
    const slots = chooseSlots(vacant, waiting.length, share, size);
    for (const [i, one] of waiting.entries()) slotOf.set(one, { slot: slots[i] as number, isFresh: true });
    waiting = [];
  };
  for (const one of group) {
    const again = known.get(one.key);
    // Slots that were left one after another may be in another order than their ids.
    if (again === undefined || again < start) {
      waiting.push(one);
      continue;
    }
    settle(again, one.key);
    slotOf.set(one, { slot: again, isFresh: false });
    start = again + 1;
    previousId = one.key;
  }
  settle(until, next < transfers.slots ? transfers.id.get(next) : undefined);
}

/** Whether two ids differ in their last two characters alone, as in a series of numbers. Otherwise more ids are expected between them. */
function isNextTo(a: string, b: string): boolean {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at >= Math.max(a.length, b.length) - 2;
}
