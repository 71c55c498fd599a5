import { sharedInt32 } from './columns/shared-memory.ts';

/*
 * Transfers and copies have vacant slots, in which a renewal writes new records without moving others (docs/decisions/edits-and-slots.md). A slot is an index of
 * their columns. A projection's own `isLive` says which slots hold its records, and it reads nothing else of any other slot. So a later
 * projection may write a vacant slot in place, although earlier ones share the memory.
 *
 * A slot is written once. A removed record only leaves the rows, and its slot is marked, because earlier projections still read it. If the
 * same record comes back, its slot is live again. A column in which it differs is copied, as for an edited record.
 */

/** The values of `isLive`. vacant: never used. live: holds a record. left: holds a record of earlier projections only. */
export const slotStates = { vacant: 0, live: 1, left: 2 } as const;

/**
 * The permit to write vacant slots in place. Projections that share columns also share `latest`, which holds the number of the latest of them.
 * The next projection takes the permit by raising that number in one atomic step, from any thread. If building it fails, the permit is lost.
 */
export interface SlotPermit {
  /** One number in shared memory. */
  readonly latest: Int32Array;
  /** The projection's own number. */
  readonly number: number;
}

/** The number of a projection that may never write: it shares columns with one that may. */
const never = -1;
/** Replaces the number while a reader reads all slots. */
const held = -2;

/** The permit for memory that no other projection has. */
export function newPermit(): SlotPermit {
  return { latest: sharedInt32(1), number: 0 };
}

/** The permit of a projection that shares columns with `former`, but does not follow it. */
export function noPermit(former: SlotPermit): SlotPermit {
  return { latest: former.latest, number: never };
}

/** Takes the permit for a successor; undefined if another one has it. */
export function takePermit({ latest, number }: SlotPermit): SlotPermit | undefined {
  if (number < 0) return undefined;
  return Atomics.compareExchange(latest, 0, number, number + 1) === number ? { latest, number: number + 1 } : undefined;
}

/** Whether a later projection may write slots that this one shares. */
export function mayBeWritten({ number }: SlotPermit): boolean {
  return number >= 0;
}

/** Keeps all slots as they are until `releaseSlots`. False if a later projection may be writing them. */
export function holdSlots({ latest, number }: SlotPermit): boolean {
  return number >= 0 && Atomics.compareExchange(latest, 0, number, held) === number;
}

export function releaseSlots({ latest, number }: SlotPermit): void {
  Atomics.compareExchange(latest, 0, held, number);
}

/** A renewal in place found no vacant slot where it needs one, or not enough room for an id. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';
  /** The room that the longest of the new ids takes; 0 for copies. */
  readonly idBytes: number;

  constructor(idBytes: number) {
    super();
    this.idBytes = idBytes;
  }
}

/** A renewal changes too much to be in place, wherever slots are vacant. */
export class MustMove extends Error {
  override readonly name = 'MustMove';
}

/** The index of the last live slot before `end`, or -1. */
export function lastLiveBefore(isLive: Uint8Array, end: number): number {
  return end === 0 ? -1 : isLive.lastIndexOf(slotStates.live, end - 1);
}

/** The first live slot from `start` on, or the number of slots. */
export function firstLiveFrom(isLive: Uint8Array, start: number): number {
  const at = isLive.indexOf(slotStates.live, start);
  return at < 0 ? isLive.length : at;
}

/**
 * Chooses slots for new records that belong between two others. Throws NoRoom.
 *
 * @param vacant ascending
 * @param share how many of the slots that stay vacant lie before the new records: 0 to 1
 * @param idBytes as in NoRoom
 */
export function chooseSlots(vacant: readonly number[], wanted: number, share: number, idBytes = 0): readonly number[] {
  const spare = vacant.length - wanted;
  if (spare < 0) throw new NoRoom(idBytes);
  const from = Math.floor(spare * share);
  return vacant.slice(from, from + wanted);
}
