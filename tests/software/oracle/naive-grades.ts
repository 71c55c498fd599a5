import type { Advisory, Availability, SoftwareComponent, SoftwareList } from '../../../server/software/software-facts.ts';
import type { SoftwareAccess } from '../../../server/software/software-index.ts';

/*
 * Presence and grades as semantics §13.2 and §13.3 tell them, one list after the other, for packages of npm whose versions are `a.b.c`, `a.b.c+build`
 * or no version at all. It imports nothing of the product but types.
 */

export interface NaiveWorld {
  readonly organizations: readonly string[];
  readonly labs: readonly string[];
  /** Organizations that hold others' copies, provide an engagement or are a party to an access, until an instant (null: always). */
  readonly holders: readonly string[];
  readonly providers: readonly { readonly organization: string; readonly until: number | null }[];
  readonly parties: readonly { readonly organization: string; readonly until: number | null }[];
  readonly lists: readonly SoftwareList[];
  readonly accessFacts: readonly SoftwareAccess[];
  readonly advisory: Advisory;
  readonly claims: readonly Availability[];
}

/** The question that is asked in place of an advisory. */
export interface NaiveAsked {
  readonly package: string;
  readonly versions: readonly string[];
  readonly during: { readonly from: number; readonly to: number } | null;
}

export interface NaiveAnswer {
  readonly hull: { from: number | null; to: number | null };
  readonly agreed: { from: number | null; to: number | null } | null;
  readonly withoutPackage: number;
  readonly grades: Record<string, string>;
}

export interface NaivePresence {
  readonly definite: [number, number][];
  readonly possible: [number | null, number | null][];
}

// --- versions

function numbersOf(version: string): number[] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(\+[a-z]+)?$/.exec(version);
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function order(a: number[], b: number[]): number {
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}

/** Versions that are one have one name. */
function nameOfVersion(version: string): string {
  return numbersOf(version)?.join('.') ?? version;
}

function satisfies(version: number[], comparator: string, bound: number[]): boolean {
  const sign = order(version, bound);
  return { '>=': sign >= 0, '>': sign > 0, '<=': sign <= 0, '<': sign < 0, '=': sign === 0 }[comparator] as boolean;
}

/** `>=1.0.0|<2.0.0` or `>=1.0.0 <2.0.0`: here, all comparators hold. */
function inAll(version: number[], parts: readonly string[]): boolean {
  return parts.every((part) => {
    const [, comparator = '', bound = ''] = /^([<>=]+)(.+)$/.exec(part) ?? [];
    return satisfies(version, comparator, numbersOf(bound) as number[]);
  });
}

/** All versions that a test may need: every a.b.c of small numbers. */
const allVersions: number[][] = [];
for (let a = 0; a < 5; a++) for (let b = 0; b < 4; b++) for (let c = 0; c < 3; c++) allVersions.push([a, b, c]);

const unbounded = new Set(['vers:npm/*', 'vers:npm/>=0']);

export interface NaiveTarget {
  readonly package: string;
  readonly versions: readonly string[];
  readonly ranges: readonly string[];
  readonly kind: string;
}

/** AFFECTED, UNKNOWN or CLEAR. */
export function judge(row: { version: string | null; constraint: string | null }, target: NaiveTarget): 'AFFECTED' | 'UNKNOWN' | 'CLEAR' {
  const isMalware = target.kind === 'MALWARE';
  const boundless = target.ranges.filter((range) => unbounded.has(range));
  const ranges = target.ranges.filter((range) => !unbounded.has(range));
  const countsBoundless = boundless.length > 0 && !(isMalware && target.versions.length > 0);
  const every = countsBoundless || (target.versions.length === 0 && target.ranges.length === 0);
  if (isMalware && every) return 'AFFECTED';
  const single = onlyVersion(row);
  if (single !== null) {
    if (target.versions.some((affected) => nameOfVersion(affected) === nameOfVersion(single))) return 'AFFECTED';
    if (every) return 'AFFECTED';
    const numbers = numbersOf(single);
    if (numbers === null) return ranges.length > 0 ? 'UNKNOWN' : 'CLEAR';
    return ranges.some((range) => inAll(numbers, range.slice('vers:npm/'.length).split('|'))) ? 'AFFECTED' : 'CLEAR';
  }
  if (row.constraint === null || every) return 'UNKNOWN';
  if (!/^[<>=]/.test(row.constraint)) return 'UNKNOWN';
  const parts = row.constraint.split(' ');
  const admits = (numbers: number[]): boolean => inAll(numbers, parts);
  if (target.versions.some((affected) => numbersOf(affected) === null || admits(numbersOf(affected) as number[]))) return 'UNKNOWN';
  const overlap = allVersions.some(
    (each) => admits(each) && ranges.some((range) => inAll(each, range.slice('vers:npm/'.length).split('|'))),
  );
  return overlap ? 'UNKNOWN' : 'CLEAR';
}

function onlyVersion(row: { version: string | null; constraint: string | null }): string | null {
  if (row.version !== null) return row.version;
  return row.constraint !== null && /^=\d/.test(row.constraint) ? row.constraint.slice(1) : null;
}

/** One name for a row's version, or for what stands in its place. */
export function nameOfRow(row: { version: string | null; constraint: string | null }): string {
  const single = onlyVersion(row);
  return single === null ? `(${row.constraint ?? ''})` : nameOfVersion(single);
}

// --- lists

interface Row {
  readonly version: string | null;
  readonly constraint: string | null;
  readonly isByName: boolean;
}

function packageOfSubject(list: SoftwareList): string | null {
  return list.subject.startsWith('pkg:') ? list.subject : null;
}

function rowsNaming(list: SoftwareList, target: string): Row[] {
  const rows: { component: Pick<SoftwareComponent, 'package' | 'name' | 'version' | 'constraint'> }[] = list.components.map(
    (component) => ({ component }),
  );
  const subject = packageOfSubject(list);
  if (subject !== null) rows.push({ component: { package: subject, name: '', version: list.subjectVersion, constraint: null } });
  const ecosystems = new Set<string>();
  for (const { package: name, name: text } of list.components) {
    if (name !== null && name === subject) continue;
    if (name !== null) ecosystems.add(name.startsWith('pkg:npm/') ? 'npm' : 'pypi');
    else if (text.startsWith('npm:')) ecosystems.add('npm');
    else if (text.startsWith('pip:')) ecosystems.add('pypi');
  }
  const short = target.slice('pkg:npm/'.length);
  return rows.flatMap(({ component }): Row[] => {
    const row = { version: component.version, constraint: component.constraint };
    if (component.package !== null) return component.package === target ? [{ ...row, isByName: false }] : [];
    const text = component.name;
    const own = text.startsWith('npm:') ? 'npm' : text.startsWith('pip:') ? 'pypi' : null;
    const plain = text.replace(/^(npm|pip):/, '').toLowerCase();
    const ecosystem = own ?? (ecosystems.size === 1 ? [...ecosystems][0] : null);
    if (ecosystem !== null) return ecosystem === 'npm' && plain === short ? [{ ...row, isByName: true }] : [];
    const isNamed = ecosystems.size === 0 && plain.replace(/[-_@ ]/g, '') === short.replace(/[-_@ ]/g, '');
    return isNamed ? [{ ...row, isByName: true }] : [];
  });
}

function canShowAbsence(list: SoftwareList): boolean {
  return list.describedAt !== null && list.subject !== '' && list.isComplete !== false && list.format !== 'ACCESS_FACT';
}

/** Lists of one date as one, under one way of asking. */
interface Moment {
  readonly at: number;
  readonly names: readonly Row[];
  readonly showsAbsence: boolean;
  readonly saysNothing: boolean;
}

type Way = 'PURL' | 'BOTH';

function readTogether(lists: readonly SoftwareList[], target: string, way: Way): Omit<Moment, 'at'> {
  const rows = lists.flatMap((list) => rowsNaming(list, target));
  const hasNameRow = rows.some((row) => row.isByName);
  const names = way === 'BOTH' ? rows : rows.filter((row) => !row.isByName);
  const isSilent = way === 'PURL' && hasNameRow;
  return { names, showsAbsence: lists.some(canShowAbsence) && !isSilent, saysNothing: isSilent && names.length === 0 };
}

function momentsOf(lists: readonly SoftwareList[], target: string, way: Way): Moment[] {
  const dates = [...new Set(lists.flatMap(({ describedAt }) => describedAt ?? []))].sort((a, b) => a - b);
  return dates.map((at) => ({
    at,
    ...readTogether(
      lists.filter(({ describedAt }) => describedAt === at),
      target,
      way,
    ),
  }));
}

function namesVersion(rows: readonly Row[], version: string): boolean {
  return rows.some((row) => nameOfRow(row) === version);
}

/** The presence of a version by the lists of one subject. */
export function naivePresence(lists: readonly SoftwareList[], target: string, way: Way, version: string): NaivePresence {
  const moments = momentsOf(lists, target, way);
  const naming = moments.filter(({ names }) => namesVersion(names, version));
  const absent = moments.filter((moment) => !namesVersion(moment.names, version) && moment.showsAbsence);
  const definite: [number, number][] = [];
  const possible: [number | null, number | null][] = [];
  // Two naming lists are of one run if no list between them shows absence. A run is told by its first list.
  const inOneRun = (a: Moment, b: Moment): boolean => !absent.some(({ at }) => at > Math.min(a.at, b.at) && at < Math.max(a.at, b.at));
  for (const first of naming) {
    if (naming.some((other) => other.at < first.at && inOneRun(other, first))) continue;
    const run = naming.filter((other) => inOneRun(first, other)).map(({ at }) => at);
    const [from, to] = [Math.min(...run), Math.max(...run)];
    definite.push([from, to]);
    const before = absent.filter(({ at }) => at < from).map(({ at }) => at);
    const after = absent.filter(({ at }) => at > to).map(({ at }) => at);
    possible.push([before.length === 0 ? null : Math.max(...before), after.length === 0 ? null : Math.min(...after)]);
  }
  const isUndated = lists.some((list) => list.describedAt === null && namesVersion(readTogether([list], target, way).names, version));
  return { definite, possible: isUndated ? [[null, null]] : possible };
}

// --- grades

interface Hull {
  readonly from: number;
  readonly to: number;
}

function hullOf(claims: readonly Availability[]): { from: number | null; to: number | null } {
  const named = claims.flatMap(({ from, until }) => [from, until].filter((at): at is number => at !== null));
  return {
    from: claims.some(({ from }) => from !== null) ? Math.min(...named) : null,
    to: claims.some(({ until }) => until !== null) ? Math.max(...named) : null,
  };
}

function agreedBy(claims: readonly Availability[]): { from: number | null; to: number | null } | null {
  if (claims.length === 0) return null;
  const froms = claims.flatMap(({ from }) => (from === null ? [] : [from]));
  const untils = claims.flatMap(({ until }) => (until === null ? [] : [until]));
  const from = froms.length === 0 ? null : Math.max(...froms);
  const to = untils.length === 0 ? null : Math.min(...untils);
  return from !== null && to !== null && from > to ? null : { from, to };
}

/** Whether [from, until) has an instant in the closed window. */
function overlaps(from: number | null, until: number | null, windowFrom: number, windowTo: number): boolean {
  const [a, b] = [from ?? -Infinity, until ?? Infinity];
  return a < b && a <= windowTo && b > windowFrom;
}

function gradeLists(lists: readonly SoftwareList[], target: NaiveTarget, way: Way, hull: Hull, isAsked: boolean): string | null {
  const moments = momentsOf(lists, target.package, way);
  const undated = lists.filter(({ describedAt }) => describedAt === null).map((list) => readTogether([list], target.package, way));
  const rows = [...moments, ...undated].flatMap(({ names }) => names);
  if (rows.length === 0) return null;
  const versions = [...new Map(rows.map((row) => [nameOfRow(row), row])).values()];
  const presence = (row: Row): NaivePresence => naivePresence(lists, target.package, way, nameOfRow(row));
  const affected = versions.filter((row) => judge(row, target) === 'AFFECTED');
  const unknown = versions.filter((row) => judge(row, target) === 'UNKNOWN');

  const isDefinite = (row: Row): boolean => presence(row).definite.some(([from, to]) => !isAsked || (from <= hull.to && to >= hull.from));
  if (affected.some(isDefinite)) return 'PRESENT';
  if (undated.some(({ names }) => names.some((row) => judge(row, target) === 'AFFECTED'))) return 'PRESENT_UNDATED';
  const meets = (row: Row, to: number): boolean => presence(row).possible.some(([from, until]) => overlaps(from, until, hull.from, to));
  if (unknown.some((row) => meets(row, isAsked ? hull.to : Infinity))) return 'VERSION_UNKNOWN';
  if (isAsked && affected.some((row) => meets(row, hull.to))) return 'BETWEEN_LISTS';
  const some = [...moments, ...undated].some(
    ({ names, saysNothing }) => (names.length === 0 && !saysNothing) || names.some((row) => judge(row, target) === 'CLEAR'),
  );
  return some && !isEnclosed(moments, target, hull) ? 'BETWEEN_LISTS' : 'NONE';
}

function isEnclosed(moments: readonly Moment[], target: NaiveTarget, hull: Hull): boolean {
  const kept = moments.filter(({ names, showsAbsence }) => names.length > 0 || showsAbsence);
  const before = kept.filter(({ at }) => at < hull.from).pop();
  const after = kept.filter(({ at }) => at > hull.to)[0];
  if (before === undefined || after === undefined || !before.showsAbsence || !after.showsAbsence) return false;
  const stretch = kept.filter(({ at }) => at >= before.at && at <= after.at);
  const sets = stretch.map(({ names }) => [...new Set(names.map(nameOfRow))].sort().join(' '));
  return new Set(sets).size === 1 && !stretch.some(({ names }) => names.some((row) => judge(row, target) === 'AFFECTED'));
}

function gradeAccess(access: SoftwareAccess, target: NaiveTarget, hull: Hull, isAsked: boolean): string | null {
  const [name, version = null] = access.software.split('@') as [string, string?];
  if (name !== target.package) return null;
  const verdict = judge({ version, constraint: null }, target);
  const { validFrom, validUntil } = access;
  const later = overlaps(validFrom, validUntil, hull.from, Infinity);
  const within = overlaps(validFrom, validUntil, hull.from, hull.to);
  if (verdict === 'AFFECTED' && (!isAsked || within)) return 'PRESENT_UNDATED';
  if (verdict === 'UNKNOWN' && (isAsked ? within : later)) return 'VERSION_UNKNOWN';
  return verdict === 'CLEAR' && later ? 'BETWEEN_LISTS' : 'NONE';
}

const gradeOrder = ['PRESENT', 'PRESENT_UNDATED', 'VERSION_UNKNOWN', 'BETWEEN_LISTS', 'NAME_ONLY', 'RULED_OUT_BY_LISTS', 'NO_LIST'];

/** Grades every organization: `PRESENT`, or `NAME_ONLY PRESENT` with the grade by name. */
export function naiveGrades(world: NaiveWorld, asked?: NaiveAsked): NaiveAnswer {
  const claimed = hullOf(world.claims);
  const open = asked === undefined ? claimed : { from: asked.during?.from ?? null, to: asked.during?.to ?? null };
  const hull = { from: open.from ?? -Infinity, to: open.to ?? Infinity };
  const isAsked = asked !== undefined;
  const targets = asked === undefined ? targetsOf(world.advisory) : [{ ...asked, ranges: [], kind: 'MALWARE' }];
  const grades: Record<string, string> = {};
  let withoutPackage = 0;
  for (const organization of world.organizations) {
    const own = world.lists.filter((list) => list.organization === organization);
    const found: string[] = [];
    for (const target of targets) {
      for (const subject of new Set(own.map((list) => list.subject))) {
        const lists = own.filter((list) => list.subject === subject);
        if (!lists.some((list) => rowsNaming(list, target.package).length > 0)) continue;
        const byPurl = gradeLists(lists, target, 'PURL', hull, isAsked);
        const byBoth = gradeLists(lists, target, 'BOTH', hull, isAsked);
        if (byPurl !== null && byPurl !== 'NONE') found.push(byPurl);
        else if (byBoth !== 'NONE') found.push(`NAME_ONLY ${byBoth}`);
        else found.push('RULED_OUT_BY_LISTS');
      }
      for (const access of world.accessFacts.filter(({ grantor }) => grantor === organization)) {
        const grade = gradeAccess(access, target, hull, isAsked);
        if (grade !== null) found.push(grade === 'NONE' ? 'RULED_OUT_BY_LISTS' : grade);
      }
    }
    const rank = (grade: string): number => {
      const [first = '', byName = first] = grade.split(' ');
      return gradeOrder.indexOf(first) * 10 + gradeOrder.indexOf(byName);
    };
    const best = found.reduce<string | null>((first, grade) => (first === null || rank(grade) < rank(first) ? grade : first), null);
    if (best !== null) grades[organization] = best;
    else if (own.some((list) => canShowAbsence(list) && (list.describedAt as number) >= hull.from)) withoutPackage++;
    else {
      const lasts = (facts: readonly { organization: string; until: number | null }[]): boolean =>
        facts.some((fact) => fact.organization === organization && (fact.until ?? Infinity) > hull.from);
      if (!world.labs.includes(organization) && (world.holders.includes(organization) || lasts(world.providers) || lasts(world.parties)))
        grades[organization] = 'NO_LIST';
    }
  }
  return { hull: open, agreed: asked === undefined ? agreedBy(world.claims) : null, withoutPackage, grades };
}

export function targetsOf(advisory: Advisory): NaiveTarget[] {
  return [...new Set(advisory.affected.map((entry) => entry.package))].map((name) => {
    const entries = advisory.affected.filter((entry) => entry.package === name);
    return {
      package: name,
      versions: entries.flatMap(({ versions }) => versions),
      ranges: entries.flatMap(({ ranges }) => ranges),
      kind: advisory.kind,
    };
  });
}
