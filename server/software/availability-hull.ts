import type { Availability } from './software-facts.ts';

/** Instants from `from` to `to`, both included; -Infinity and Infinity: open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Every instant. */
export const everyInstant: Span = { from: -Infinity, to: Infinity };

/**
 * H (semantics §13.3): from the smallest to the largest instant that a claim names. A side that nobody names is open; a claim whose `from` and `until` are
 * one instant names both sides.
 */
export function hullOf(claims: readonly Availability[]): Span {
  let [least, largest] = [Infinity, -Infinity];
  let [hasFrom, hasUntil] = [false, false];
  for (const { from, until } of claims) {
    if (from !== null) [hasFrom, least, largest] = [true, Math.min(least, from), Math.max(largest, from)];
    if (until !== null) [hasUntil, least, largest] = [true, Math.min(least, until), Math.max(largest, until)];
  }
  return { from: hasFrom ? least : -Infinity, to: hasUntil ? largest : Infinity };
}

/** The span that all claims share. Undefined: none, or there is no claim. */
export function agreedBy(claims: readonly Availability[]): Span | undefined {
  if (claims.length === 0) return undefined;
  let [from, to] = [-Infinity, Infinity];
  for (const claim of claims) {
    if (claim.from !== null) from = Math.max(from, claim.from);
    if (claim.until !== null) to = Math.min(to, claim.until);
  }
  return from <= to ? { from, to } : undefined;
}
