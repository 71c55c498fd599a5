import { compareCodePoints } from '../domain/compare.ts';
import type { SoftwareMatch, SoftwareQuestion } from './find-matches.ts';
import { spanOf } from './find-matches.ts';
import type { VersionPresence } from './presence.ts';
import type { SoftwareStatement } from './software-facts.ts';
import type { IndexedList, IndexedOrganization, IndexedSubject, OrganizationStanding, SoftwareIndex } from './software-index.ts';
import type { PlaceOf } from './software-sentences.ts';
import { formatInstantInText, InstantWords, SubjectSentences, withYearsOnce } from './software-sentences.ts';
import { presenceOf } from './subject-grade.ts';
import type { NamedVersion, NamingRow, PackageRows } from './subject-view.ts';
import { forEachSubject, lowerBound, namingRows, SubjectView, spellVersions } from './subject-view.ts';
import { ecosystemOf, shortName } from './versions/purl.ts';
import { orderOf } from './versions/version-order.ts';

/** At most so many lists and rows are shown of a match: the latest. */
const mostShown = 100;

/** A row of a list that names an affected package. */
export interface Sighting {
  readonly list: IndexedList;
  /** The component, from 0; `list.componentCount`: the subject of the list. */
  readonly row: number;
  readonly package: string;
  readonly version: string | null;
  readonly constraint: string | null;
  readonly isAffected: boolean;
  readonly isVersionUnknown: boolean;
}

/** When an organization's subject had a version, or what a list states in its place. */
export interface PackagePresence extends VersionPresence {
  readonly subject: string;
  readonly package: string;
  readonly version: string | null;
  readonly constraint: string | null;
  readonly isAffected: boolean;
  readonly isVersionUnknown: boolean;
}

export interface DescribedMatch {
  /** The affected packages that its lists name. */
  readonly packages: readonly string[];
  /** The affected versions that its lists name, in the order of versions. */
  readonly versions: readonly string[];
  /** The latest 100 lists that name an affected package, by subject, then date. An access fact is one of format ACCESS_FACT. */
  readonly lists: readonly IndexedList[];
  /** The latest 100 rows of these lists, in their order. */
  readonly sightings: readonly Sighting[];
  /** By package, subject, version. */
  readonly presences: readonly PackagePresence[];
  /** Shown beside the grade; they never change it. */
  readonly statements: readonly SoftwareStatement[];
  readonly because: string;
}

/**
 * Lists, rows, presences and the sentence of a match (semantics §13.2 and §13.3). A match by name, or one that a list without purls rules out, is described by purls
 * and names; every other by purls.
 */
export function describeMatch(index: SoftwareIndex, question: SoftwareQuestion, match: SoftwareMatch, placeOf: PlaceOf): DescribedMatch {
  const organization = index.organizations[index.organizationIndex(match.organization) as number] as IndexedOrganization;
  const views = viewOrganization(index, question, match);
  const sightings = views.flatMap(({ rows, packageRows }) => rows.map((row) => toSighting(index, packageRows, row)));
  sightings.sort((a, b) => a.list.firstRow - b.list.firstRow || a.row - b.row);
  const { advisory } = question;
  return {
    packages: question.packages
      .map(({ affected }) => affected.package)
      .filter((name) => views.some(({ packageRows }) => packageRows.affected.package === name)),
    versions: [...new Set(views.flatMap(({ packageRows, view }) => affectedVersions(packageRows, view)))],
    lists: latest([...new Set(sightings.map(({ list }) => list))]),
    sightings: latest(sightings),
    presences: views.flatMap(({ packageRows, subject, view }) => findPresences(packageRows, subject.subject, view)),
    statements: advisory === undefined ? [] : index.statementsOf(match.organization, advisory),
    because: withYearsOnce(explain(index, question, match, organization, views, placeOf)),
  };
}

/** One subject of an organization, and one affected package that its lists name. */
export interface OrganizationView {
  readonly packageRows: PackageRows;
  readonly subject: IndexedSubject;
  readonly subjectIndex: number;
  readonly rows: readonly NamingRow[];
  readonly view: SubjectView;
}

/** The view of an organization's lists on the affected packages, by package, then subject. */
export function viewOrganization(index: SoftwareIndex, question: SoftwareQuestion, match: SoftwareMatch): readonly OrganizationView[] {
  const found = index.organizationIndex(match.organization);
  if (found === undefined || match.basis === undefined) return [];
  const { isByName } = match.basis;
  const { firstRow, endRow } = spanOf(index, index.organizations[found] as IndexedOrganization);
  return question.packages.flatMap((packageRows) => {
    const views: OrganizationView[] = [];
    const add = (subjectIndex: number, start: number, end: number): void => {
      const subject = index.subjects[subjectIndex] as IndexedSubject;
      const rows = namingRows(packageRows, start, end).filter((row) => isByName || !row.isByName);
      const view = new SubjectView(index, subject, packageRows, start, end, isByName, spellVersions(index, packageRows, rows));
      if (rows.length > 0) views.push({ packageRows, subject, subjectIndex, rows, view });
    };
    forEachSubject(index, packageRows, add, lowerBound(packageRows.rows, firstRow), lowerBound(packageRows.rows, endRow));
    return views;
  });
}

function toSighting(index: SoftwareIndex, { affected, versions }: PackageRows, { row, list: of, version, stated }: NamingRow): Sighting {
  const list = index.lists[of] as IndexedList;
  const { isAffected, isVersionUnknown } = versions[version] as NamedVersion;
  const written = index.rowVersions[stated] ?? { version: null, constraint: null };
  return { list, row: row - list.firstRow, package: affected.package, ...written, isAffected, isVersionUnknown };
}

/** The last ones by date; those of unknown date go first. */
function latest<T extends IndexedList | Sighting>(shown: readonly T[]): readonly T[] {
  if (shown.length <= mostShown) return shown;
  const dateOf = (each: T): number => ('list' in each ? each.list : (each as IndexedList)).describedAt ?? -Infinity;
  const kept = new Set(shown.toSorted((a, b) => (dateOf(a) === dateOf(b) ? 0 : dateOf(b) - dateOf(a))).slice(0, mostShown));
  return shown.filter((each) => kept.has(each));
}

function affectedVersions(packageRows: PackageRows, view: SubjectView): readonly string[] {
  return inOrder(packageRows, view).flatMap((version) => (version.isAffected && version.version !== null ? [version.version] : []));
}

/** The versions that a subject's lists name, smallest first; what no order reads by its text, last. */
function inOrder({ affected }: PackageRows, view: SubjectView): readonly (NamedVersion & { readonly index: number })[] {
  const order = orderOf(ecosystemOf(affected.package));
  return view.named
    .map((index) => {
      const named = view.versions[index] as NamedVersion;
      return { ...named, index, parsed: named.version === null ? undefined : order?.parse(named.version) };
    })
    .sort((a, b) => {
      if (order !== undefined && a.parsed !== undefined && b.parsed !== undefined) return order.compare(a.parsed, b.parsed);
      if ((a.parsed === undefined) !== (b.parsed === undefined)) return a.parsed === undefined ? 1 : -1;
      return compareCodePoints(a.version ?? a.constraint ?? '', b.version ?? b.constraint ?? '');
    });
}

function findPresences(packageRows: PackageRows, subject: string, view: SubjectView): readonly PackagePresence[] {
  return inOrder(packageRows, view).map(({ index, version, constraint, isAffected, isVersionUnknown }) => ({
    subject,
    package: packageRows.affected.package,
    version,
    constraint,
    isAffected,
    isVersionUnknown,
    ...presenceOf(view, index),
  }));
}

function explain(
  index: SoftwareIndex,
  question: SoftwareQuestion,
  match: SoftwareMatch,
  organization: IndexedOrganization,
  views: readonly OrganizationView[],
  placeOf: PlaceOf,
): string {
  const { basis } = match;
  if (basis === undefined) return explainNoList(index.standing, organization, question);
  const packageRows = question.packages[basis.package] as PackageRows;
  const found = views.find((each) => each.packageRows === packageRows && each.subjectIndex === basis.subject) as OrganizationView;
  const sentences = new SubjectSentences(index, question, packageRows, found.view, placeOf, hasSubjects(index, organization));
  if (basis.reason === undefined) return sentences.ruledOut();
  return match.grade === 'NAME_ONLY' ? sentences.byName(basis.reason) : sentences.ofReason(basis.reason);
}

/** Whether an organization has lists of several subjects, access facts aside. */
function hasSubjects(index: SoftwareIndex, { firstSubject, endSubject }: IndexedOrganization): boolean {
  const subjects = index.subjects.slice(firstSubject, endSubject);
  return subjects.filter(({ firstList }) => index.lists[firstList]?.access === undefined).length > 1;
}

function explainNoList(standing: OrganizationStanding, organization: IndexedOrganization, { hull }: SoftwareQuestion): string {
  const { id, listCount, firstDescribed, lastShowing } = organization;
  const words = new InstantWords([lastShowing], hull);
  const lists =
    listCount === 0
      ? 'No list of its software is recorded.'
      : lastShowing === -Infinity || firstDescribed === Infinity
        ? 'None of its lists shows what its software was made of at a known time.'
        : `Its last list that shows what its software was made of is of ${words.formatList(lastShowing)}, before the time asked about.`;
  const reason = standing.holdsOthersCopy(id)
    ? "It holds a copy of another's artifact."
    : standing.providesEngagement(id, hull.from)
      ? 'It provides an engagement that is current in that time or later.'
      : 'It is a party to an access that is valid in that time or later.';
  return `${lists} ${reason}`;
}

/** The most versions of a package that a quote names. */
const mostVersions = 5;

/**
 * Quotes one list about the packages of an advisory, such as "According to its own software list of Mar 20, 2026, it had litellm 1.82.7, which
 * MAL-2026-2144 names." A list is its vendor's secret (semantics §13.5): a quote holds no subject, no file, and no row of another package.
 */
export function quoteList(index: SoftwareIndex, question: SoftwareQuestion, list: IndexedList): string {
  const advisory = question.advisory?.id ?? '';
  const named = question.packages.flatMap((rows) => describeRows(index, rows, list, advisory));
  const date = list.describedAt === null ? 'undated software list' : `software list of ${formatInstantInText(list.describedAt)}`;
  if (named.length > 0) return withYearsOnce(`According to its own ${date}, it had ${named.join(', and ')}.`);
  const packages = question.packages.map(({ affected }) => shortName(affected.package));
  return withYearsOnce(`Its own ${date} names no ${packages.length === 1 ? packages[0] : `package that ${advisory} names`}.`);
}

/** "litellm 1.82.7, which MAL-2026-2144 names", and what else the list states of the package. */
function describeRows(index: SoftwareIndex, packageRows: PackageRows, list: IndexedList, advisory: string): string[] {
  const rows = namingRows(packageRows, lowerBound(packageRows.rows, list.firstRow), lowerBound(packageRows.rows, list.endRow));
  const versions = spellVersions(index, packageRows, rows);
  const name = shortName(packageRows.affected.package);
  const describe = (isMeant: (version: NamedVersion) => boolean, says: string): string[] => {
    const meant = rows.filter(({ version }) => isMeant(versions[version] as NamedVersion));
    const texts = [...new Set(meant.map(({ version }) => spell(versions[version] as NamedVersion)))];
    if (texts.length === 0) return [];
    const more = texts.length > mostVersions ? ` and ${texts.length - mostVersions} more` : '';
    return [`${name} ${texts.slice(0, mostVersions).join(' and ')}${more}${byName(meant)}, ${says}`];
  };
  return [
    ...describe((version) => version.isAffected, `which ${advisory} names`),
    ...describe((version) => version.isVersionUnknown, `which may be a version that ${advisory} names`),
    ...describe((version) => !version.isAffected && !version.isVersionUnknown, `which ${advisory} does not name`),
  ];
}

function spell({ version, constraint }: NamedVersion): string {
  return version ?? constraint ?? 'without a version';
}

function byName(rows: readonly NamingRow[]): string {
  return rows.every((row) => row.isByName) ? ' (by its name alone)' : '';
}
