import { compareCodePoints } from '../domain/compare.ts';
import type { IndexedList, IndexedSubject, ListMoment, Postings, SoftwareIndex } from './software-index.ts';
import {
  type AffectedVersions,
  isAffected,
  isVersionUnknown,
  type StatedVersion,
  type VersionMatch,
} from './versions/affected-versions.ts';
import { isNameMatch } from './versions/name-match.ts';
import { ecosystemOf } from './versions/purl.ts';

/** A version of a package that a list names, or what a list states in its place. */
export interface NamedVersion extends Pick<StatedVersion, 'key' | 'version' | 'constraint'> {
  readonly match: VersionMatch;
  readonly isAffected: boolean;
  readonly isVersionUnknown: boolean;
  /** Its own index alone. Most lists name one version of a package, and share this. */
  readonly only: readonly number[];
}

/** A row that names the package. */
export interface NamingRow {
  readonly row: number;
  readonly list: number;
  /** By its name alone, without a purl. */
  readonly isByName: boolean;
  /** An index into `PackageRows.versions`. */
  readonly version: number;
  /** An index into `SoftwareIndex.rowVersions`. */
  readonly stated: number;
}

/** All rows that name one affected package, in columns. */
export interface PackageRows extends Postings {
  readonly affected: AffectedVersions;
  readonly versions: readonly NamedVersion[];
  /** By row: an index into `versions`. */
  readonly version: readonly number[];
  /** By row: 1 if it names the package by its name alone. Undefined: no row does. */
  readonly isByName: Uint8Array | undefined;
}

/** Rows from `firstRow` up to `endRow`, as those of one organization; everything by default. */
export interface RowSpan {
  readonly firstRow: number;
  readonly endRow: number;
}

/** Finds the rows that name a package, by its purl or by name (semantics §13.2). Time: linear in these, and in rows without a purl of like names. */
export function findPackageRows(index: SoftwareIndex, affected: AffectedVersions, span?: RowSpan): PackageRows {
  const byPurl = within(index.rowsOfPackage(affected.package), span);
  const { rows, lists, stated, isByName } = addNamed(index, affected, byPurl, span);
  // Most advisories meet no row.
  if (rows.length === 0) return { affected, versions: [], rows, lists, stated, version: [], isByName };
  const table = new VersionTable(index, affected);
  const version = new Array<number>(rows.length);
  for (let i = 0; i < rows.length; i++) version[i] = table.of(stated[i] as number);
  const { versions, placeOf } = inOrderOfKeys(table.named);
  for (let i = 0; i < rows.length; i++) version[i] = placeOf[version[i] as number] as number;
  return { affected, versions, rows, lists, stated, version, isByName };
}

function within(postings: Postings, span: RowSpan | undefined): Postings {
  if (span === undefined) return postings;
  const { rows, lists, stated } = postings;
  const [start, end] = [lowerBound(rows, span.firstRow), lowerBound(rows, span.endRow)];
  return { rows: rows.subarray(start, end), lists: lists.subarray(start, end), stated: stated.subarray(start, end) };
}

/** The rows by purl, and those without a purl whose names mean the package, in order. */
function addNamed(
  index: SoftwareIndex,
  affected: AffectedVersions,
  byPurl: Postings,
  span: RowSpan | undefined,
): Postings & Partial<Pick<PackageRows, 'isByName'>> {
  const like = index.namesLike(affected.package);
  if (like.length === 0) return byPurl;
  const found: Omit<NamingRow, 'version'>[] = [];
  const add = ({ rows, lists, stated }: Postings, isByName: boolean, isMeant: (list: number) => boolean): void => {
    for (let i = 0; i < rows.length; i++) {
      const list = lists[i] as number;
      if (isMeant(list)) found.push({ row: rows[i] as number, list, stated: stated[i] as number, isByName });
    }
  };
  add(byPurl, false, () => true);
  for (const { name, postings } of like)
    add(within(postings, span), true, (list) => isNameMatch(name, affected.package, (index.lists[list] as IndexedList).ecosystems));
  found.sort((a, b) => a.row - b.row);
  return {
    rows: Uint32Array.from(found, ({ row }) => row),
    lists: Uint32Array.from(found, ({ list }) => list),
    stated: Uint32Array.from(found, ({ stated }) => stated),
    isByName: Uint8Array.from(found, (row) => Number(row.isByName)),
  };
}

/** The first place from `start` up to `end` whose value is not less; `end`: none. The values ascend. */
export function lowerBound(values: Uint32Array, value: number, start = 0, end = values.length): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `visit` for each subject that some rows are of, with its rows `start` up to `end`. */
export function forEachSubject(
  index: SoftwareIndex,
  { lists }: PackageRows,
  visit: (subject: number, start: number, end: number) => void,
  start = 0,
  end = lists.length,
): void {
  for (let at = start; at < end; ) {
    const subject = index.subjectOfList[lists[at] as number] as number;
    const { endList } = index.subjects[subject] as IndexedSubject;
    const first = at++;
    while (at < end && (lists[at] as number) < endList) at++;
    visit(subject, first, at);
  }
}

/** Rows `start` up to `end`, each as an object. */
export function namingRows({ rows, lists, stated, version, isByName }: PackageRows, start: number, end: number): readonly NamingRow[] {
  return Array.from({ length: end - start }, (_, i) => ({
    row: rows[start + i] as number,
    list: lists[start + i] as number,
    isByName: isByName?.[start + i] === 1,
    version: version[start + i] as number,
    stated: stated[start + i] as number,
  }));
}

/** The versions that rows of one package name. Equal ones are one. */
class VersionTable {
  readonly named: NamedVersion[] = [];
  readonly #index: SoftwareIndex;
  readonly #affected: AffectedVersions;
  readonly #ecosystem: string;
  readonly #byStated = new Map<number, number>();
  readonly #byKey = new Map<string, number>();

  constructor(index: SoftwareIndex, affected: AffectedVersions) {
    this.#index = index;
    this.#affected = affected;
    this.#ecosystem = ecosystemOf(affected.package);
  }

  of(stated: number): number {
    const known = this.#byStated.get(stated);
    if (known !== undefined) return known;
    const found = this.#add(this.#index.statedVersion(this.#ecosystem, stated));
    this.#byStated.set(stated, found);
    return found;
  }

  #add(stated: StatedVersion): number {
    const same = this.#byKey.get(stated.key);
    if (same !== undefined) return same;
    const { key, version, constraint } = stated;
    const match = this.#affected.match(stated);
    const added = this.named.length;
    this.#byKey.set(key, added);
    const [affected, unknown] = [isAffected(match), isVersionUnknown(match)];
    this.named.push({ key, version, constraint, match, isAffected: affected, isVersionUnknown: unknown, only: [added] });
    return added;
  }
}

/**
 * Orders versions by key, so that the reason of a grade, which names the first that fits, does not depend on what other lists name.
 *
 * @returns `placeOf`: by former index, the new one
 */
function inOrderOfKeys(named: readonly NamedVersion[]): { readonly versions: readonly NamedVersion[]; readonly placeOf: Uint32Array } {
  const order = [...named.keys()].sort((a, b) => compareCodePoints((named[a] as NamedVersion).key, (named[b] as NamedVersion).key));
  const placeOf = new Uint32Array(named.length);
  const versions = order.map((former, place) => {
    placeOf[former] = place;
    return { ...(named[former] as NamedVersion), only: [place] };
  });
  return { versions, placeOf };
}

/** The versions in the smallest spelling that some rows have (semantics §13.2). */
export function spellVersions(
  index: SoftwareIndex,
  { affected, versions }: PackageRows,
  rows: readonly NamingRow[],
): readonly NamedVersion[] {
  const ecosystem = ecosystemOf(affected.package);
  const spelled = new Map<number, string>();
  for (const { stated, version } of rows) {
    const text = index.statedVersion(ecosystem, stated).version;
    const known = spelled.get(version);
    if (text !== null && (known === undefined || compareCodePoints(text, known) < 0)) spelled.set(version, text);
  }
  return versions.map((named, i) => ({ ...named, version: spelled.get(i) ?? named.version }));
}

const noVersions: readonly number[] = [];

/**
 * The versions of one package that the lists of one subject name, by purls, or by purls and names. A view is cheap: an advisory asks one of each subject, and
 * most grades look at few of its lists.
 */
export class SubjectView {
  /** All versions of the package that any list names. */
  readonly versions: readonly NamedVersion[];
  /** Those that the subject's lists name: indexes, ascending. */
  readonly named: readonly number[];
  /** Every dated list of the subject, in order; those of one date are one. */
  readonly dated: readonly ListMoment[];
  readonly undated: readonly ListMoment[];
  /** Set for an access fact, whose row is then the only moment of `undated`. */
  readonly access: IndexedList['access'];
  readonly #rows: PackageRows;
  readonly #start: number;
  readonly #end: number;
  readonly #isByName: boolean;
  /** By `firstList`: the versions of a moment of several rows, once asked for. */
  #known: Map<number, readonly number[]> | undefined;
  /** Lists that name the package without a purl, where purls decide. */
  readonly #silent: ReadonlySet<number> | undefined;

  /**
   * @param rows those of the subject are `start` up to `end`
   * @param versions `rows.versions`, perhaps spelled otherwise
   */
  constructor(
    index: SoftwareIndex,
    subject: IndexedSubject,
    rows: PackageRows,
    start: number,
    end: number,
    isByName: boolean,
    versions = rows.versions,
  ) {
    this.versions = versions;
    this.dated = subject.dated;
    this.undated = subject.undated;
    this.access = index.lists[subject.firstList]?.access;
    this.#rows = rows;
    this.#start = start;
    this.#end = end;
    this.#isByName = isByName;
    this.#silent = isByName || rows.isByName === undefined ? undefined : listsByName(rows, start, end);
    this.named = this.#versionsOf(start, end);
  }

  /** The versions of the package that a moment names, ascending indexes into `versions`. */
  versionsOf({ firstList, endList }: ListMoment): readonly number[] {
    const { lists } = this.#rows;
    const first = lowerBound(lists, firstList, this.#start, this.#end);
    if (first === this.#end || (lists[first] as number) >= endList) return noVersions;
    const end = lowerBound(lists, endList, first, this.#end);
    if (end === first + 1) return this.#versionsOf(first, end);
    this.#known ??= new Map();
    const known = this.#known.get(firstList) ?? this.#versionsOf(first, end);
    this.#known.set(firstList, known);
    return known;
  }

  /** Whether a moment names a version. A binary search, because one list may name as many versions as it has rows. */
  names(moment: ListMoment, version: number): boolean {
    const versions = this.versionsOf(moment);
    let [low, high] = [0, versions.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((versions[middle] as number) < version) low = middle + 1;
      else high = middle;
    }
    return versions[low] === version;
  }

  /**
   * Whether a moment shows that what it omits was absent. Where purls decide, a list that names the package without a purl is silent about what it
   * omits (semantics §13.2).
   */
  showsAbsence({ showsAbsence, firstList, endList }: ListMoment): boolean {
    if (this.#silent !== undefined) for (let list = firstList; list < endList; list++) if (this.#silent.has(list)) return false;
    return showsAbsence;
  }

  /** The versions of some rows, ascending, each once; those by name only where asked. Most are one. */
  #versionsOf(start: number, end: number): readonly number[] {
    const { version, isByName } = this.#rows;
    let first: number | undefined;
    let several: Set<number> | undefined;
    for (let i = start; i < end; i++) {
      if (!this.#isByName && isByName?.[i] === 1) continue;
      const each = version[i] as number;
      if (first === undefined) first = each;
      else if (first !== each) several = (several ?? new Set([first])).add(each);
    }
    if (several !== undefined) return [...several].sort((a, b) => a - b);
    return first === undefined ? noVersions : (this.versions[first] as NamedVersion).only;
  }
}

function listsByName({ lists, isByName }: PackageRows, start: number, end: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let i = start; i < end; i++) if (isByName?.[i] === 1) found.add(lists[i] as number);
  return found;
}
