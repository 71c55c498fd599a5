/*
 * When a subject's software had a version (semantics §13.2). Instants are epoch milliseconds; -Infinity and Infinity: open.
 */
import type { Span } from './availability-hull.ts';

/** The lists of one subject and one date, read as one, or one list of unknown date. */
export interface ListMoment {
  /** Undefined: the date is unknown. */
  readonly at: number | undefined;
  /** Whether a version that it does not name was absent at that instant. */
  readonly showsAbsence: boolean;
  /** The versions of the package that it names, ascending indexes into `SubjectView.versions`. */
  readonly versions: readonly number[];
}

/** A moment with its lists, `firstList` up to `endList`. */
export interface ViewedMoment extends ListMoment {
  readonly firstList: number;
  readonly endList: number;
}

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
 * @param dated in order of their dates
 * @param undated lists of unknown date
 * @param version an index into the versions of the subject's package
 */
export function findPresence(dated: readonly ListMoment[], undated: readonly ListMoment[], version: number): VersionPresence {
  const definite: Span[] = [];
  const possible: HalfOpenInterval[] = [];
  let lastAbsence = -Infinity;
  let run: { from: number; to: number } | undefined;
  for (const moment of dated) {
    const at = moment.at as number;
    if (namesVersion(moment, version)) run = { from: run?.from ?? at, to: at };
    else if (moment.showsAbsence) {
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
  const isUndated = undated.some((moment) => namesVersion(moment, version));
  return { definite, possible: isUndated ? always : possible };
}

/** A binary search, because one list may name as many versions as it has rows. */
export function namesVersion({ versions }: ListMoment, version: number): boolean {
  let [low, high] = [0, versions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((versions[middle] as number) < version) low = middle + 1;
    else high = middle;
  }
  return versions[low] === version;
}
