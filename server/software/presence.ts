import type { Availability } from './software-facts.ts';
import type { SubjectView } from './subject-view.ts';

/*
 * When a subject's software had a version (semantics §13.2). Instants are epoch milliseconds; -Infinity and Infinity: open.
 */

/** From `from` on and before `until`. */
export interface HalfOpenInterval {
  readonly from: number;
  readonly until: number;
}

export interface VersionPresence {
  /** Ascending. A list that stands alone gives an instant. */
  readonly definite: readonly Span[];
  /** Ascending; always, where a list of unknown date names the version. */
  readonly possible: readonly HalfOpenInterval[];
}

const always: readonly HalfOpenInterval[] = [{ from: -Infinity, until: Infinity }];

/**
 * The presence of one version. A run is a row of consecutive lists that name it; a list that omits it and shows no absence is passed over.
 * Definite: from the first to the last list of a run. Possible: from the last list before the run that shows its absence to the first after it.
 *
 * Time: linear in the lists, times the logarithm of the versions that one of them names.
 *
 * @param version an index into `view.versions`
 */
export function findPresence(view: SubjectView, version: number): VersionPresence {
  const definite: Span[] = [];
  const possible: HalfOpenInterval[] = [];
  let lastAbsence = -Infinity;
  let run: { from: number; to: number } | undefined;
  for (const moment of view.dated) {
    const at = moment.at as number;
    if (view.names(moment, version)) run = { from: run?.from ?? at, to: at };
    else if (view.showsAbsence(moment)) {
      if (run !== undefined) {
        definite.push(run);
        possible.push({ from: lastAbsence, until: at });
      }
      run = undefined;
      lastAbsence = at;
    }
  }
  if (run !== undefined) {
    definite.push(run);
    possible.push({ from: lastAbsence, until: Infinity });
  }
  const isUndated = view.undated.some((moment) => view.names(moment, version));
  return { definite, possible: isUndated ? always : possible };
}

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
