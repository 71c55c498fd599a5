import { compareCodePoints } from '../domain/compare.ts';
import type { ViewedMoment } from './presence.ts';
import type { IndexedList, IndexedSubject, Postings, SoftwareIndex } from './software-index.ts';
import {
  type AffectedVersions,
  isAffected,
  isVersionUnknown,
  type StatedVersion,
  type VersionMatch,
} from './versions/affected-versions.ts';
import { isNameMatch, looseNamesOf } from './versions/name-match.ts';
import { ecosystemOf } from './versions/purl.ts';

/** A version of a package that a list names, or what a list states in its place. */
export interface NamedVersion extends Pick<StatedVersion, 'key' | 'version' | 'constraint'> {
  readonly match: VersionMatch;
  readonly isAffected: boolean;
  readonly isVersionUnknown: boolean;
}

/** A row that names the package. */
export interface NamingRow {
  readonly row: number;
  readonly list: number;
  /** By its name alone, without a purl. */
  readonly isByName: boolean;
  /** An index into `PackageRows.versions`. */
  readonly version: number;
}

/** All rows that name one affected package. */
export interface PackageRows {
  readonly affected: AffectedVersions;
  readonly versions: readonly NamedVersion[];
  /** Ascending. */
  readonly rows: readonly NamingRow[];
}

/** Rows from `firstRow` up to `endRow`, as those of one organization; everything by default. */
export interface RowSpan {
  readonly firstRow: number;
  readonly endRow: number;
}

/** Finds the rows that name a package, by its purl or by name (semantics §13.2). Time: linear in these, and in rows without a purl of like names. */
export function findPackageRows(index: SoftwareIndex, affected: AffectedVersions, span?: RowSpan): PackageRows {
  const versions = new VersionTable(index, affected);
  const found: NamingRow[] = [];
  addRows(index.rowsOfPackage(affected.package), span, (row, list) =>
    found.push({ row, list, isByName: false, version: versions.of(row) }),
  );
  const byPurl = found.length;
  for (const looseName of looseNamesOf(affected.package))
    for (const { name, postings } of index.namesLike(looseName))
      addRows(postings, span, (row, list) => {
        if (isNameMatch(name, affected.package, (index.lists[list] as IndexedList).ecosystems))
          found.push({ row, list, isByName: true, version: versions.of(row) });
      });
  if (found.length > byPurl) found.sort((a, b) => a.row - b.row);
  return { affected, versions: versions.named, rows: found };
}

function addRows({ rows, lists }: Postings, span: RowSpan | undefined, add: (row: number, list: number) => void): void {
  const end = span === undefined ? rows.length : lowerBound(rows, span.endRow);
  for (let i = span === undefined ? 0 : lowerBound(rows, span.firstRow); i < end; i++) add(rows[i] as number, lists[i] as number);
}

function lowerBound(rows: Uint32Array, value: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `visit` for each subject, with its rows `start` up to `end`. */
export function forEachSubject(
  index: SoftwareIndex,
  rows: readonly NamingRow[],
  visit: (subject: number, start: number, end: number) => void,
): void {
  for (let start = 0; start < rows.length; ) {
    const subject = index.subjectOfList[(rows[start] as NamingRow).list] as number;
    const { endList } = index.subjects[subject] as IndexedSubject;
    let end = start + 1;
    while (end < rows.length && (rows[end] as NamingRow).list < endList) end++;
    visit(subject, start, end);
    start = end;
  }
}

/** The versions that rows of one package name. Equal ones are one. */
class VersionTable {
  readonly named: NamedVersion[] = [];
  readonly #index: SoftwareIndex;
  readonly #affected: AffectedVersions;
  readonly #ecosystem: string;
  readonly #byText = new Map<number, number>();
  readonly #byKey = new Map<string, number>();

  constructor(index: SoftwareIndex, affected: AffectedVersions) {
    this.#index = index;
    this.#affected = affected;
    this.#ecosystem = ecosystemOf(affected.package);
  }

  of(row: number): number {
    const text = this.#index.rowVersion[row] as number;
    const known = this.#byText.get(text);
    if (known !== undefined) return known;
    const found = this.#add(this.#index.statedVersion(this.#ecosystem, text));
    this.#byText.set(text, found);
    return found;
  }

  #add(stated: StatedVersion): number {
    const same = this.#byKey.get(stated.key);
    if (same === undefined) {
      const { key, version, constraint } = stated;
      const match = this.#affected.match(stated);
      this.#byKey.set(key, this.named.length);
      return (
        this.named.push({ key, version, constraint, match, isAffected: isAffected(match), isVersionUnknown: isVersionUnknown(match) }) - 1
      );
    }
    return same;
  }
}

/** The versions in the smallest spelling that some rows have (semantics §13.2). */
export function spellVersions(
  index: SoftwareIndex,
  { affected, versions }: PackageRows,
  rows: readonly NamingRow[],
): readonly NamedVersion[] {
  const ecosystem = ecosystemOf(affected.package);
  const spelled = new Map<number, string>();
  for (const { row, version } of rows) {
    const text = index.statedVersion(ecosystem, index.rowVersion[row] as number).version;
    const known = spelled.get(version);
    if (text !== null && (known === undefined || compareCodePoints(text, known) < 0)) spelled.set(version, text);
  }
  return versions.map((named, i) => ({ ...named, version: spelled.get(i) ?? named.version }));
}

/** What the lists of one subject say of one package. */
export interface SubjectView {
  /** All versions of the package that any list names. */
  readonly versions: readonly NamedVersion[];
  /** Those that the subject's lists name: indexes, ascending. */
  readonly named: readonly number[];
  /** Every dated list of the subject, in order; those of one date are one. */
  readonly dated: readonly ViewedMoment[];
  readonly undated: readonly ViewedMoment[];
  /** Set for an access fact, whose row is then the only moment of `undated`. */
  readonly access: { readonly from: number; readonly until: number } | undefined;
}

/**
 * The view by purls, or by purls and names. Where purls decide, a list that names the package without a purl is silent about what it omits: it shows no
 * absence (semantics §13.2).
 *
 * @param rows those of the subject are `start` up to `end`
 */
export function viewSubject(
  index: SoftwareIndex,
  subject: IndexedSubject,
  versions: readonly NamedVersion[],
  rows: readonly NamingRow[],
  start: number,
  end: number,
  isByName: boolean,
): SubjectView {
  let next = start;
  const read = (moment: ViewedMoment): ViewedMoment => {
    if (next === end || (rows[next] as NamingRow).list >= moment.endList) return moment;
    const first = next;
    let hasName = false;
    for (; next < end && (rows[next] as NamingRow).list < moment.endList; next++) if ((rows[next] as NamingRow).isByName) hasName = true;
    const { at, showsAbsence, firstList, endList } = moment;
    return {
      at,
      showsAbsence: showsAbsence && (isByName || !hasName),
      versions: versionsOf(rows, first, next, isByName),
      firstList,
      endList,
    };
  };
  const [undated, dated] = [subject.undated.map(read), subject.dated.map(read)];
  return { versions, named: versionsOf(rows, start, end, isByName), dated, undated, access: index.lists[subject.firstList]?.access };
}

const noVersions: readonly number[] = [];

/** The versions of some rows, ascending, each once; those by name only where asked. Most are none or one. */
function versionsOf(rows: readonly NamingRow[], start: number, end: number, isByName: boolean): readonly number[] {
  let first: number | undefined;
  let several: number[] | undefined;
  for (let i = start; i < end; i++) {
    const row = rows[i] as NamingRow;
    if (row.isByName && !isByName) continue;
    if (several !== undefined) several.push(row.version);
    else if (first === undefined) first = row.version;
    else if (first !== row.version) several = [first, row.version];
  }
  if (several !== undefined) return several.sort((a, b) => a - b).filter((value, i, all) => value !== all[i - 1]);
  return first === undefined ? noVersions : [first];
}
