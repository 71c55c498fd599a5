import { meets } from './copy-interval.ts';

/*
 * The facts over which compromise may pass from one organization to another (semantics §3). Instants are epoch milliseconds;
 * NaN is an unknown instant, which is no end.
 */

/**
 * Whether an access is valid at some instant of a closed window: compromise may then pass from its grantee to its grantor.
 *
 * @param windowFrom, windowTo the widest window; for "valid at an instant" (semantics §9) that instant twice
 */
export function isAccessOpen(validFrom: number, validUntil: number, windowFrom: number, windowTo: number): boolean {
  return meets(Number.isNaN(validFrom) ? -Infinity : validFrom, Number.isNaN(validUntil) ? Infinity : validUntil, windowFrom, windowTo);
}

/**
 * Whether compromise may pass from the sender of a copy to its recipient, given a `transferLikelihood` above 0: the copy is
 * possibly live at some instant of the widest window.
 */
export function isTransferOpen(possibleFrom: number, possibleUntil: number, windowFrom: number, windowTo: number): boolean {
  return meets(possibleFrom, possibleUntil, windowFrom, windowTo);
}
