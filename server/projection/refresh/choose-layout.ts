import type { Projection, TransferColumns } from '../projection.ts';
import { type MustMove, NoRoom, slotStates } from '../slots.ts';
import { idBytesMore } from './place-transfers.ts';

/** Slots beyond those of the layout are at most one in this many, or a small number, before records are laid out anew. */
const slotsAVacancy = 16;
const fewVacancies = 4096;
/** Records are still spaced if at least this share of them has a vacant slot behind it, with room for the new id. */
const leastSpacing = 0.5;
/** More transfers are never spaced: it would take many seconds. */
const mostSpaced = 2 ** 24;
/** A column of texts holds fewer bytes. */
const textBytes = 2 ** 32;

/**
 * Chooses how all records are laid out anew before a renewal that cannot be in place. SPACED: with a vacant slot between every two.
 * DENSE: without any. Undefined: they stay as they are.
 *
 * Transfers that arrive at one place find the slots that the first of them left there. Where there was such a place, and another transfer
 * finds no slot, ids arrive anywhere, as random ones do.
 *
 * @param failure why it cannot be in place
 * Complexity: O(slots).
 */
export function chooseLayout({ transfers, copies, artifacts }: Projection, failure: NoRoom | MustMove): 'SPACED' | 'DENSE' | undefined {
  const idBytes = failure instanceof NoRoom ? failure.idBytes : 0;
  const places = countPlaces(transfers, idBytes);
  const isSpaced = places >= transfers.count * leastSpacing;
  const maySpace = transfers.count <= mostSpaced && boundIdBytes(transfers, idBytes) < textBytes;
  if (failure instanceof NoRoom && places > 0 && !isSpaced && maySpace) return 'SPACED';
  const slotsARecord = isSpaced ? 2 : 1;
  const unused = transfers.slots - transfers.count * slotsARecord;
  const implied = copies.count - transfers.count - artifacts.count;
  const unusedByImplied = copies.order.implied - implied * slotsARecord;
  if (Math.max(unused, unusedByImplied) <= Math.max(fewVacancies, transfers.slots / slotsAVacancy)) return undefined;
  return isSpaced && maySpace ? 'SPACED' : 'DENSE';
}

/** The number of records with a vacant slot behind them that has room for an id. */
function countPlaces({ isLive, id }: TransferColumns, idBytes: number): number {
  let places = 0;
  for (let i = 1; i < isLive.length; i++) {
    if (isLive[i] === slotStates.vacant && isLive[i - 1] !== slotStates.vacant && id.roomAt(i) >= idBytes) places++;
  }
  return places;
}

/** At most so many bytes are in the ids of spaced transfers and in the room between them. */
function boundIdBytes({ count, id }: TransferColumns, idBytes: number): number {
  const [bytes] = id.share();
  return 2 * bytes.length + (count + 3) * (idBytes + idBytesMore);
}
