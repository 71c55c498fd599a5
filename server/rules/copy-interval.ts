import { claimsDeletion, deletionStates } from '../domain/facts.ts';

/*
 * When a transfer's copy is in its recipient's custody (semantics §2), as two half-open intervals:
 *
 *     definite [d0, d1)   d0 = sentAt, else assertedAt    d1 = deletedAt when ATTESTED or VERIFIED, else never
 *     possible [p0, p1)   p0 = sentAt, else always        p1 = deletedAt when VERIFIED, else never
 *
 * An ATTESTED deletion ends the definite interval but not the possible one: the holder says that the copy is gone, but there is
 * no evidence. The definite interval lies within the possible one.
 *
 * Instants are epoch milliseconds; NaN is an unknown instant, -Infinity "always", Infinity "never". A deletion state is an
 * index into `deletionStates`.
 */

/** By the index of the state. */
const isClaimed = deletionStates.map(claimsDeletion);
const verified = deletionStates.indexOf('VERIFIED');

/** d0, also the instant of receipt (semantics §6): when the copy was sent, else when the transfer was asserted. */
export function definiteFrom(sentAt: number, assertedAt: number): number {
  return Number.isNaN(sentAt) ? assertedAt : sentAt;
}

/** d1. An ATTESTED deletion counts here. */
export function definiteUntil(deletionState: number, deletedAt: number): number {
  return isClaimed[deletionState] === true ? endAt(deletedAt) : Infinity;
}

/** p0. The recipient may always have had a copy that was sent at an unknown instant. */
export function possibleFrom(sentAt: number): number {
  return Number.isNaN(sentAt) ? -Infinity : sentAt;
}

/** p1. Only a VERIFIED deletion counts here. */
export function possibleUntil(deletionState: number, deletedAt: number): number {
  return deletionState === verified ? endAt(deletedAt) : Infinity;
}

/** A deletion at an unknown instant ends nothing (semantics §1). */
function endAt(deletedAt: number): number {
  return Number.isNaN(deletedAt) ? Infinity : deletedAt;
}

/** Whether the half-open interval [from, until) meets the closed window [windowFrom, windowTo]. */
export function meets(from: number, until: number, windowFrom: number, windowTo: number): boolean {
  return from < until && from <= windowTo && until > windowFrom;
}

/** Whether the half-open interval [from, until) contains an instant. */
export function holdsAt(from: number, until: number, instant: number): boolean {
  return from <= instant && until > instant;
}

/**
 * Whether a sender may have sent a transfer at `sentAt` from a copy with this possible interval. If so, the two are a step of a
 * custody chain, and the transfer implies no copy at its sender (semantics §2). An unknown `sentAt` always fits.
 */
export function fitsInside(sentAt: number, from: number, until: number): boolean {
  return Number.isNaN(sentAt) || holdsAt(from, until, sentAt);
}
