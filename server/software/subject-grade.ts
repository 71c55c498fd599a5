import { type SoftwareGrade, softwareGrades } from '../domain/facts.ts';
import { meets } from '../rules/copy-interval.ts';
import type { Span } from './availability-hull.ts';
import { findPresence, type HalfOpenInterval, namesVersion, type VersionPresence, type ViewedMoment } from './presence.ts';
import type { SubjectView } from './subject-view.ts';

export { type SoftwareGrade, softwareGrades };

/** The grades that a match by name alone may have had with a purl. */
export type ListedGrade = 'PRESENT' | 'PRESENT_UNDATED' | 'VERSION_UNKNOWN' | 'BETWEEN_LISTS';

/** Why a subject has a grade: the moment that the sentence names first, and the version. */
export interface ListedReason {
  readonly grade: ListedGrade;
  /** Undefined: BETWEEN_LISTS, where no single list decides. */
  readonly moment: ViewedMoment | undefined;
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
  const { dated, undated, versions, named } = view;
  if (isAsked) {
    for (const version of named) {
      if (versions[version]?.isAffected !== true) continue;
      const met = findPresence(dated, undated, version).definite.find(({ from, to }) => from <= hull.to && to >= hull.from);
      const moment = met && dated.find((each) => (each.at as number) >= met.from && namesVersion(each, version));
      if (moment !== undefined) return { grade: 'PRESENT', moment, version };
    }
    return undefined;
  }
  for (const moment of dated) {
    const version = moment.versions.find((each) => versions[each]?.isAffected === true);
    if (version !== undefined) return { grade: 'PRESENT', moment, version };
  }
  return undefined;
}

function findPresentUndated({ undated, access, versions }: SubjectView, { hull, isAsked }: GradeWindow): ListedReason | undefined {
  if (isAsked && access !== undefined && !meets(access.from, access.until, hull.from, hull.to)) return undefined;
  for (const moment of undated) {
    const version = moment.versions.find((each) => versions[each]?.isAffected === true);
    if (version !== undefined) return { grade: 'PRESENT_UNDATED', moment, version };
  }
  return undefined;
}

function findVersionUnknown(view: SubjectView, window: GradeWindow): ListedReason | undefined {
  for (const version of view.named) {
    if (view.versions[version]?.isVersionUnknown !== true) continue;
    const names = (each: ViewedMoment) => namesVersion(each, version);
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
export function presenceOf({ dated, undated, access }: SubjectView, version: number): VersionPresence {
  const presence = findPresence(dated, undated, version);
  if (access === undefined || presence.possible.length === 0) return presence;
  return { definite: [], possible: access.from < access.until ? ([access] satisfies HalfOpenInterval[]) : [] };
}

function findBetween(view: SubjectView, { hull, isAsked }: GradeWindow): ListedReason | undefined {
  const between = { grade: 'BETWEEN_LISTS', moment: undefined, version: undefined } as const;
  if (isAsked) {
    const version = view.named.find((each) => view.versions[each]?.isAffected === true && mayMeet(view, each, hull.from, hull.to));
    if (version !== undefined) return { ...between, version };
  }
  const { access } = view;
  const counts = access === undefined || meets(access.from, access.until, hull.from, Infinity);
  const isWithout = (moment: ViewedMoment) => isWithoutAffected(moment, view);
  return counts && (view.dated.some(isWithout) || view.undated.some(isWithout)) && findEnclosing(view, hull) === undefined
    ? between
    : undefined;
}

/** Whether a list names an unaffected version, or omits the package. */
function isWithoutAffected({ versions }: ViewedMoment, view: SubjectView): boolean {
  return versions.length === 0 || versions.some((version) => view.versions[version]?.match === 'NOT_AFFECTED');
}

/** The lists around a window, and those within. */
export interface ListsAround {
  readonly before: ViewedMoment | undefined;
  readonly within: readonly ViewedMoment[];
  readonly after: ViewedMoment | undefined;
}

/** The last dated list before a window, the first after it, and those between. A list that omits the package and shows no absence is passed over. */
export function findAround({ dated }: SubjectView, hull: Span): ListsAround {
  let [before, after]: (ViewedMoment | undefined)[] = [];
  const within: ViewedMoment[] = [];
  for (const moment of dated) {
    if (moment.versions.length === 0 && !moment.showsAbsence) continue;
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
export function findEnclosing(view: SubjectView, hull: Span): { readonly before: ViewedMoment; readonly after: ViewedMoment } | undefined {
  const { before, within, after } = findAround(view, hull);
  if (before?.showsAbsence !== true || after?.showsAbsence !== true) return undefined;
  const isSame = ({ versions }: ViewedMoment): boolean =>
    versions.length === before.versions.length && versions.every((version, i) => version === before.versions[i]);
  const isUnaffected = before.versions.every((version) => view.versions[version]?.isAffected === false);
  return isUnaffected && isSame(after) && within.every(isSame) ? { before, after } : undefined;
}
