import { agreedBy, everyInstant, hullOf, type Span } from './presence.ts';
import type { Advisory, AffectedPackage, Availability } from './software-facts.ts';
import type { IndexedOrganization, IndexedSubject, SoftwareIndex } from './software-index.ts';
import { type GradeWindow, gradeSubject, type ListedReason, type SoftwareGrade, softwareGrades } from './subject-grade.ts';
import { findPackageRows, forEachSubject, type PackageRows, type RowSpan, SubjectView } from './subject-view.ts';
import { compileAffected, compileStated } from './versions/affected-versions.ts';

export type ProposedAs = 'ORIGIN' | 'SUSPECTED' | 'OFFERED' | 'NOT_PROPOSED' | 'TO_ASK';

/** The question that matches are found for: an advisory, or versions of a package in a window. */
export interface SoftwareQuestion extends GradeWindow {
  /** Undefined: the question names a package and versions. */
  readonly advisory: Advisory | undefined;
  readonly claims: readonly Availability[];
  /** The span that all claims share. */
  readonly agreed: Span | undefined;
  /** One for each affected package, in the order of the advisory. */
  readonly packages: readonly PackageRows[];
  /** Whether matches propose anything: not a withdrawn advisory, nor a vulnerability that is not treated as a compromise. */
  readonly doesPropose: boolean;
}

/** One organization's grade. */
export interface SoftwareMatch {
  readonly organization: string;
  readonly grade: SoftwareGrade;
  /** Null without an advisory. */
  readonly proposedAs: ProposedAs | null;
  /** The subject and package that have the grade. Undefined for NO_LIST. */
  readonly basis: MatchBasis | undefined;
}

export interface MatchBasis {
  readonly subject: number;
  /** An index into `SoftwareQuestion.packages`. */
  readonly package: number;
  /** Whether the view is that by purls and names. */
  readonly isByName: boolean;
  /** Of NAME_ONLY: of the grade by name. Undefined: the lists rule it out. */
  readonly reason: ListedReason | undefined;
}

export interface SoftwareMatches {
  readonly question: SoftwareQuestion;
  /** By grade, then organization. */
  readonly matches: readonly SoftwareMatch[];
  /** The organizations whose lists never name an affected package, one of them in H or later, where it shows absence. */
  readonly withoutPackageCount: number;
}

export interface AdvisoryOptions {
  /** Claims that stand beside the recorded ones. */
  readonly claims?: readonly Availability[];
  /** Whether a vulnerability proposes an incident. Default false. */
  readonly treatAsCompromise?: boolean;
}

/**
 * Grades every organization by an advisory (semantics §13.3).
 *
 * Time: linear in the rows that name an affected package, in the lists of their subjects, and in the organizations without a list that shows absence.
 */
export function findAdvisoryMatches(index: SoftwareIndex, advisory: Advisory, options: AdvisoryOptions = {}): SoftwareMatches {
  return gradeAll(index, askAdvisory(index, advisory, options));
}

/**
 * The matches of one organization with the recorded advisories (`softwareMatches`): by grade, then advisory. Advisories without a match are left out.
 */
export function findOrganizationMatches(
  index: SoftwareIndex,
  organization: string,
): readonly { readonly question: SoftwareQuestion; readonly match: SoftwareMatch }[] {
  const found = index.organizationIndex(organization);
  if (found === undefined) return [];
  const span = spanOf(index, index.organizations[found] as IndexedOrganization);
  const matches: { question: SoftwareQuestion; match: SoftwareMatch }[] = [];
  for (const advisory of index.advisories()) {
    const question = askAdvisory(index, advisory, {}, span);
    const match = gradeSubjects(index, question)[0] ?? findWithoutList(index, question, found);
    if (match !== undefined) matches.push({ question, match });
  }
  // Advisories are visited by id, and the sort is stable.
  return matches.sort((a, b) => places[a.match.grade] - places[b.match.grade]);
}

export interface PackageQuestion {
  /** A canonical purl without version. */
  readonly package: string;
  /** Empty: every version. */
  readonly versions: readonly string[];
  /** A closed window. Default: ever. */
  readonly during?: Span | undefined;
}

/** The organizations that had a package, or versions of it, in a window (semantics §13.3, `software`). */
export function findSoftwareMatches(index: SoftwareIndex, { package: name, versions, during }: PackageQuestion): SoftwareMatches {
  return gradeAll(index, {
    advisory: undefined,
    claims: [],
    agreed: undefined,
    hull: during ?? everyInstant,
    isAsked: true,
    packages: [findPackageRows(index, compileStated(name, versions))],
    doesPropose: false,
  });
}

function askAdvisory(index: SoftwareIndex, advisory: Advisory, options: AdvisoryOptions, span?: RowSpan): SoftwareQuestion {
  const recorded = index.availabilitiesOf(advisory);
  const claims = options.claims === undefined ? recorded : [...recorded, ...options.claims];
  const entriesOf = new Map<string, AffectedPackage[]>();
  for (const entry of advisory.affected) {
    const known = entriesOf.get(entry.package);
    if (known === undefined) entriesOf.set(entry.package, [entry]);
    else known.push(entry);
  }
  const packages: PackageRows[] = [];
  for (const [name, entries] of entriesOf) packages.push(findPackageRows(index, compileAffected(name, entries, advisory.kind), span));
  return {
    advisory,
    claims,
    hull: hullOf(claims),
    agreed: agreedBy(claims),
    isAsked: false,
    packages,
    doesPropose: advisory.withdrawnAt === null && (advisory.kind === 'MALWARE' || options.treatAsCompromise === true),
  };
}

/** The rows of one organization. */
export function spanOf(index: SoftwareIndex, { firstSubject, endSubject }: IndexedOrganization): RowSpan {
  if (firstSubject === endSubject) return { firstRow: 0, endRow: 0 };
  const [first, last] = [index.subjects[firstSubject], index.subjects[endSubject - 1]];
  return {
    firstRow: index.lists[first?.firstList ?? 0]?.firstRow ?? 0,
    endRow: index.lists[(last?.endList ?? 1) - 1]?.endRow ?? 0,
  };
}

function gradeAll(index: SoftwareIndex, question: SoftwareQuestion): SoftwareMatches {
  const { organizations, byLastShowing } = index;
  const { from } = question.hull;
  const lastShowingOf = (organization: number): number => (organizations[organization] as IndexedOrganization).lastShowing;
  const graded = gradeSubjects(index, question);
  // Those before it have no list that shows absence in H or later.
  const firstShowing = findFirstShowing(byLastShowing, lastShowingOf, from);
  let withoutPackageCount = byLastShowing.length - firstShowing;
  for (const each of graded) if (showsAbsenceFrom(lastShowingOf(organizationOf(index, each)), from)) withoutPackageCount--;
  const matches: SoftwareMatch[] = [];
  for (const grade of softwareGrades) for (const each of graded) if (each.grade === grade) matches.push(each);
  // NO_LIST is the last grade. Both go by organization.
  let next = 0;
  for (const organization of byLastShowing.slice(0, firstShowing).sort()) {
    while (next < graded.length && organizationOf(index, graded[next] as ListedMatch) < organization) next++;
    const isGraded = next < graded.length && organizationOf(index, graded[next] as ListedMatch) === organization;
    const match = isGraded ? undefined : findWithoutList(index, question, organization);
    if (match !== undefined) matches.push(match);
  }
  return { question, matches, withoutPackageCount };
}

function findFirstShowing(byLastShowing: Uint32Array, lastShowingOf: (organization: number) => number, from: number): number {
  let [low, high] = [0, byLastShowing.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (showsAbsenceFrom(lastShowingOf(byLastShowing[middle] as number), from)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether an organization has a list that shows absence at an instant or later. */
function showsAbsenceFrom(lastShowing: number, from: number): boolean {
  return lastShowing !== -Infinity && lastShowing >= from;
}

/** By grade: its place among them. */
const places = Object.fromEntries(softwareGrades.map((grade, place) => [grade, place])) as Readonly<Record<SoftwareGrade, number>>;

/** The match of an organization whose lists name an affected package. */
type ListedMatch = SoftwareMatch & { readonly basis: MatchBasis };

/** The organizations whose lists name an affected package, in order, each with the first grade that fits one of its subjects. */
function gradeSubjects(index: SoftwareIndex, question: SoftwareQuestion): readonly ListedMatch[] {
  const graded: ListedMatch[] = [];
  for (let at = 0; at < question.packages.length; at++)
    forEachSubject(index, question.packages[at] as PackageRows, (subject, start, end) => {
      graded.push(gradeRows(index, question, subject, at, start, end));
    });
  // The rows of one package go by organization.
  if (question.packages.length > 1) graded.sort((a, b) => organizationOf(index, a) - organizationOf(index, b));
  let kept = 0;
  for (const each of graded) {
    const last = kept === 0 ? undefined : graded[kept - 1];
    if (last?.organization !== each.organization) graded[kept++] = each;
    else if (rank(each) < rank(last)) graded[kept - 1] = each;
  }
  graded.length = kept;
  return graded;
}

function organizationOf(index: SoftwareIndex, { basis }: ListedMatch): number {
  return (index.subjects[basis.subject] as IndexedSubject).organization;
}

/** Of two subjects that match by name alone, the one of the stronger grade by name counts. */
function rank({ grade, basis }: ListedMatch): number {
  const byName = basis.reason === undefined ? 0 : places[basis.reason.grade];
  return places[grade] + byName / softwareGrades.length;
}

/** By purls; where that fits none of the four, by names, too. */
function gradeRows(
  index: SoftwareIndex,
  question: SoftwareQuestion,
  subject: number,
  packageIndex: number,
  start: number,
  end: number,
): ListedMatch {
  const rows = question.packages[packageIndex] as PackageRows;
  const of = index.subjects[subject] as IndexedSubject;
  const marks = rows.isByName?.subarray(start, end);
  const hasPurl = marks === undefined || marks.includes(0);
  let reason = hasPurl ? gradeSubject(new SubjectView(index, of, rows, start, end, false), question) : undefined;
  const isByName = reason === undefined && marks?.includes(1) === true;
  if (isByName) reason = gradeSubject(new SubjectView(index, of, rows, start, end, true), question);
  const grade = reason === undefined ? 'RULED_OUT_BY_LISTS' : isByName ? 'NAME_ONLY' : reason.grade;
  const { id } = index.organizations[of.organization] as IndexedOrganization;
  return { organization: id, grade, proposedAs: proposeAs(grade, question), basis: { subject, package: packageIndex, isByName, reason } };
}

/** NO_LIST, of an organization whose lists name no affected package. Undefined: no match. */
function findWithoutList(index: SoftwareIndex, question: SoftwareQuestion, organization: number): SoftwareMatch | undefined {
  const { id, lastShowing } = index.organizations[organization] as IndexedOrganization;
  const { from } = question.hull;
  const { standing } = index;
  const isToAsk =
    !showsAbsenceFrom(lastShowing, from) &&
    !standing.isLab(id) &&
    (standing.holdsOthersCopy(id) || standing.providesEngagement(id, from) || standing.isPartyToAccess(id, from));
  return isToAsk ? { organization: id, grade: 'NO_LIST', proposedAs: proposeAs('NO_LIST', question), basis: undefined } : undefined;
}

const proposals: Readonly<Record<SoftwareGrade, ProposedAs>> = {
  PRESENT: 'ORIGIN',
  PRESENT_UNDATED: 'SUSPECTED',
  VERSION_UNKNOWN: 'SUSPECTED',
  BETWEEN_LISTS: 'OFFERED',
  NAME_ONLY: 'OFFERED',
  RULED_OUT_BY_LISTS: 'NOT_PROPOSED',
  NO_LIST: 'TO_ASK',
};

function proposeAs(grade: SoftwareGrade, { advisory, doesPropose }: SoftwareQuestion): ProposedAs | null {
  if (advisory === undefined) return null;
  return doesPropose ? proposals[grade] : 'NOT_PROPOSED';
}
