import { type SoftwareGrade, softwareGrades } from '../domain/facts.ts';
import { meets } from '../rules/copy-interval.ts';
import type { Span } from './presence.ts';
import { findPresence, type HalfOpenInterval, type VersionPresence } from './presence.ts';
import type { ListMoment } from './software-index.ts';
import type { SubjectView } from './subject-view.ts';

export { type SoftwareGrade, softwareGrades };

/** The grades that a match by name alone may have had with a purl. */
export type ListedGrade = 'PRESENT' | 'PRESENT_UNDATED' | 'VERSION_UNKNOWN' | 'BETWEEN_LISTS';

/** Why a subject has a grade: the moment that the sentence names first, and the version. */
export interface ListedReason {
  readonly grade: ListedGrade;
  /** Undefined: BETWEEN_LISTS, where no single list decides. */
  readonly moment: ListMoment | undefined;
  readonly version: number | undefined;
}

export interface GradeWindow {
  /** When affected versions could be installed, or the window asked about. */
  readonly hull: Span;
  /** Whether `hull` is a window asked about (`software`), in place of the availability of an advisory's versions. */
  readonly isAsked: boolean;
}

/**
 * The first of the four grades of a subject's lists that fits (semantics §13.3). Undefined: none of them; if a list names the package, the lists rule
 * it out.
 *
 * @param view of a subject that names the package at least once
 */
export function gradeSubject(view: SubjectView, window: GradeWindow): ListedReason | undefined {
  return findPresent(view, window) ?? findPresentUndated(view, window) ?? findVersionUnknown(view, window) ?? findBetween(view, window);
}

function findPresent(view: SubjectView, { hull, isAsked }: GradeWindow): ListedReason | undefined {
  const { dated, versions, named } = view;
  if (!isAsked) return findAffected(view, 'PRESENT', dated);
  for (const version of named) {
    if (versions[version]?.isAffected !== true) continue;
    const met = findPresence(view, version).definite.find(({ from, to }) => from <= hull.to && to >= hull.from);
    const moment = met && dated.find((each) => (each.at as number) >= met.from && view.names(each, version));
    if (moment !== undefined) return { grade: 'PRESENT', moment, version };
  }
  return undefined;
}

/** The first moment that names an affected version. */
function findAffected(view: SubjectView, grade: 'PRESENT' | 'PRESENT_UNDATED', moments: readonly ListMoment[]): ListedReason | undefined {
  if (firstAffected(view, view.named) === undefined) return undefined;
  for (const moment of moments) {
    const version = firstAffected(view, view.versionsOf(moment));
    if (version !== undefined) return { grade, moment, version };
  }
  return undefined;
}

function firstAffected(view: SubjectView, versions: readonly number[]): number | undefined {
  for (const version of versions) if (view.versions[version]?.isAffected === true) return version;
  return undefined;
}

function findPresentUndated(view: SubjectView, { hull, isAsked }: GradeWindow): ListedReason | undefined {
  const { access, undated } = view;
  if (isAsked && access !== undefined && !meets(access.from, access.until, hull.from, hull.to)) return undefined;
  return findAffected(view, 'PRESENT_UNDATED', undated);
}

function findVersionUnknown(view: SubjectView, window: GradeWindow): ListedReason | undefined {
  for (const version of view.named) {
    if (view.versions[version]?.isVersionUnknown !== true) continue;
    const names = (each: ListMoment) => view.names(each, version);
    const moment = view.dated.find(names) ?? view.undated.find(names);
    if (moment !== undefined && mayMeet(view, version, window.hull.from, window.isAsked ? window.hull.to : Infinity))
      return { grade: 'VERSION_UNKNOWN', moment, version };
  }
  return undefined;
}

/** Whether the possible presence of a version meets a window. */
function mayMeet(view: SubjectView, version: number, from: number, to: number): boolean {
  return presenceOf(view, version).possible.some((possible) => meets(possible.from, possible.until, from, to));
}

/** The presence of a version, that of an access fact included. */
export function presenceOf(view: SubjectView, version: number): VersionPresence {
  const presence = findPresence(view, version);
  const { access } = view;
  if (access === undefined || presence.possible.length === 0) return presence;
  return { definite: [], possible: access.from < access.until ? ([access] satisfies HalfOpenInterval[]) : [] };
}

const between = { grade: 'BETWEEN_LISTS', moment: undefined, version: undefined } as const;

function findBetween(view: SubjectView, { hull, isAsked }: GradeWindow): ListedReason | undefined {
  if (isAsked) {
    const version = view.named.find((each) => view.versions[each]?.isAffected === true && mayMeet(view, each, hull.from, hull.to));
    if (version !== undefined) return { ...between, version };
  }
  const { access } = view;
  const counts = access === undefined || meets(access.from, access.until, hull.from, Infinity);
  const isWithout = isAnyWithout(view, view.dated) || isAnyWithout(view, view.undated);
  return counts && isWithout && findEnclosing(view, hull) === undefined ? between : undefined;
}

/** Whether a list names an unaffected version, or omits the package. */
function isAnyWithout(view: SubjectView, moments: readonly ListMoment[]): boolean {
  for (const moment of moments) {
    const versions = view.versionsOf(moment);
    if (versions.length === 0) return true;
    for (const version of versions) if (view.versions[version]?.match === 'NOT_AFFECTED') return true;
  }
  return false;
}

/** The lists around a window, and those within. */
export interface ListsAround {
  readonly before: ListMoment | undefined;
  readonly within: readonly ListMoment[];
  readonly after: ListMoment | undefined;
}

/** The last dated list before a window, the first after it, and those between. A list that omits the package and shows no absence is passed over. */
export function findAround(view: SubjectView, hull: Span): ListsAround {
  let before: ListMoment | undefined;
  let after: ListMoment | undefined;
  const within: ListMoment[] = [];
  for (const moment of view.dated) {
    if (!view.showsAbsence(moment) && view.versionsOf(moment).length === 0) continue;
    const at = moment.at as number;
    if (at < hull.from) before = moment;
    else if (at <= hull.to) within.push(moment);
    else {
      after = moment;
      break;
    }
  }
  return { before, within, after };
}

/** The two lists that enclose a window: these and all between name the same versions, none of them affected. Undefined: the window is not enclosed. */
export function findEnclosing(view: SubjectView, hull: Span): { readonly before: ListMoment; readonly after: ListMoment } | undefined {
  const { before, within, after } = findAround(view, hull);
  if (before === undefined || after === undefined || !view.showsAbsence(before) || !view.showsAbsence(after)) return undefined;
  const named = view.versionsOf(before);
  if (firstAffected(view, named) !== undefined || !isSame(named, view.versionsOf(after))) return undefined;
  for (const moment of within) if (!isSame(named, view.versionsOf(moment))) return undefined;
  return { before, after };
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
