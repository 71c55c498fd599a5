import { meets } from './copy-interval.ts';

/*
 * The facts over which compromise may spread from one organization to another (semantics §3). Instants are epoch milliseconds.
 * NaN is an unknown instant: an access with an unknown start or end is open on that side.
 */

/**
 * Whether an access is valid at some instant of a closed window. If so, compromise may spread from its grantee to its grantor.
 *
 * @param windowFrom, windowTo the widest window. To ask about one instant (semantics §9), pass it twice.
 */
export function isAccessOpen(validFrom: number, validUntil: number, windowFrom: number, windowTo: number): boolean {
  return meets(Number.isNaN(validFrom) ? -Infinity : validFrom, Number.isNaN(validUntil) ? Infinity : validUntil, windowFrom, windowTo);
}

/**
 * Whether compromise may spread from the sender of a copy to its recipient when `transferLikelihood` is above 0: the copy is
 * possibly live at some instant of the widest window.
 */
export function isTransferOpen(possibleFrom: number, possibleUntil: number, windowFrom: number, windowTo: number): boolean {
  return meets(possibleFrom, possibleUntil, windowFrom, windowTo);
}
