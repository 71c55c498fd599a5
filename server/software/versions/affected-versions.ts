import { parse as parsePep440 } from '@renovatebot/pep440';
import type { SemVer } from 'semver';
import { Range } from 'semver';
import { compareCodePoints } from '../../domain/compare.ts';
import type { AffectedPackage, advisoryKinds } from '../software-facts.ts';
import { ecosystemOf } from './purl.ts';
import type { Pep440, Pep440Parts, VersionOrder } from './version-order.ts';
import { orderOf, pep440Order, semverOrder, versionKey } from './version-order.ts';
import type { Comparator, VersConstraint, VersionIntervals } from './version-range.ts';
import { compareTo, complement, containsVersion, everyVersion, findOnlyVersion, intersect, readVers, splitVers } from './version-range.ts';

/** How a row of a list stands to an affected package (semantics §13.2). */
export type VersionMatch =
  /** The version is one of the advisory's. */
  | 'LISTED'
  /** The version lies in a range of the advisory's. */
  | 'IN_RANGE'
  /** The advisory means every version. */
  | 'EVERY'
  /** A range stands against the version, and no order compares them. */
  | 'UNORDERED'
  /** The row has a constraint that admits an affected version. */
  | 'ADMITTED'
  /** The row has neither version nor constraint. */
  | 'UNSTATED'
  | 'NOT_AFFECTED';

/** Whether the row names an affected version. */
export function isAffected(match: VersionMatch): boolean {
  return match === 'LISTED' || match === 'IN_RANGE' || match === 'EVERY';
}

/** Whether the row may name an affected version, and does not say. */
export function isVersionUnknown(match: VersionMatch): boolean {
  return match === 'UNORDERED' || match === 'ADMITTED' || match === 'UNSTATED';
}

/** The version that a row states, with a constraint that admits one version read as that version. It is parsed once. */
export interface StatedVersion {
  /** The same for versions that are equal by the order. */
  readonly key: string;
  readonly version: string | null;
  readonly constraint: string | null;
  /** The version without its local part, parsed, and its key. Undefined: there is none, or it does not parse. */
  readonly parsed: { readonly version: unknown; readonly key: string } | undefined;
  /** The versions that the constraint admits. Undefined: there is no constraint, or it admits everything. */
  readonly admitted: VersionIntervals | undefined;
}

/** A purl of RPM keeps the epoch apart from the version, and others write it before it: `2:` of 2:8.2-20.el9 is no part of the version. */
function keyIn(ecosystem: string, version: string, order: VersionOrder | undefined): string {
  return versionKey(ecosystem === 'rpm' ? version.replace(/^\d+:/, '') : version, order);
}

export interface AffectedVersions {
  readonly package: string;
  /** Ranges without bounds beside a list of versions, of MALWARE: they are ignored, and answers say so. */
  readonly ignoredRanges: readonly string[];
  readonly versions: readonly string[];
  readonly ranges: readonly string[];
  /** Whether every version is affected, so that a row without a version names an affected one, too. */
  readonly isEvery: boolean;
  match(stated: StatedVersion): VersionMatch;
}

/** Reads a row's version and constraint. */
export function readStatedVersion(ecosystem: string, version: string | null, constraint: string | null): StatedVersion {
  const order = orderOf(ecosystem);
  const stated = version ?? (constraint === null ? undefined : findOnlyAdmitted(constraint, ecosystem));
  if (stated === undefined) {
    const admitted = constraint === null ? undefined : readConstraint(constraint, ecosystem);
    return { key: `? ${constraint ?? ''}`, version: null, constraint, parsed: undefined, admitted };
  }
  const whole = order?.parse(stated);
  const head = { version: stated, constraint: null, admitted: undefined };
  if (order === undefined || whole === undefined) return { ...head, key: keyIn(ecosystem, stated, order), parsed: undefined };
  const [key, withoutLocal] = [order.key(whole), order.withoutLocal(whole)];
  return { ...head, key, parsed: { version: withoutLocal, key: withoutLocal === whole ? key : order.key(withoutLocal) } };
}

/**
 * Compiles what an advisory says of one package. Entries of one package are one.
 *
 * An entry with neither versions nor ranges means every version, because nothing else is known. A range without bounds means every version; of MALWARE
 * it is ignored beside a list of versions (semantics §13.2).
 *
 * @param entries the affected entries of the advisory that name `name`
 */
export function compileAffected(name: string, entries: readonly AffectedPackage[], kind: (typeof advisoryKinds)[number]): AffectedVersions {
  return new EntriesOfPackage(name, entries, kind);
}

class EntriesOfPackage implements AffectedVersions {
  readonly package: string;
  readonly #entries: readonly AffectedPackage[];
  readonly #kind: (typeof advisoryKinds)[number];
  /** Most advisories meet no row, so what they say is read at the first one. */
  #known: ReturnType<typeof readAffected> | undefined;

  constructor(name: string, entries: readonly AffectedPackage[], kind: (typeof advisoryKinds)[number]) {
    this.package = name;
    this.#entries = entries;
    this.#kind = kind;
  }

  #read(): ReturnType<typeof readAffected> {
    this.#known ??= readAffected(this.#entries, this.#kind, ecosystemOf(this.package));
    return this.#known;
  }

  get ignoredRanges(): readonly string[] {
    return this.#read().ignoredRanges;
  }

  get versions(): readonly string[] {
    return this.#read().versions;
  }

  get ranges(): readonly string[] {
    return this.#read().ranges;
  }

  get isEvery(): boolean {
    return this.#read().isEvery;
  }

  match({ key, version, constraint, parsed, admitted }: StatedVersion): VersionMatch {
    const { order, versions, ranges, isEvery, admitsAll, intervals, listed } = this.#read();
    if (isEvery) return 'EVERY';
    if (version !== null) {
      // A local part counts only if the affected version has one: then the whole key is equal, else that without the local part.
      if (listed.has(key) || (parsed !== undefined && listed.has(parsed.key))) return 'LISTED';
      if (admitsAll) return 'IN_RANGE';
      if (ranges.length === 0) return 'NOT_AFFECTED';
      return order === undefined || parsed === undefined ? 'UNORDERED' : matchRanges(parsed.version, intervals, order);
    }
    if (constraint === null) return 'UNSTATED';
    if (admitsAll || order === undefined || admitted === undefined) return 'ADMITTED';
    return admitsAffected(admitted, versions, intervals, order) ? 'ADMITTED' : 'NOT_AFFECTED';
  }
}

function readAffected(entries: readonly AffectedPackage[], kind: (typeof advisoryKinds)[number], ecosystem: string) {
  const order = orderOf(ecosystem);
  const versions = new Set<string>();
  const stated = new Map<string, readonly VersConstraint[] | undefined>();
  for (const entry of entries) {
    for (const version of entry.versions) versions.add(version);
    for (const range of entry.ranges) stated.set(range, splitVers(range));
  }
  const ranges: string[] = [];
  const ignoredRanges: string[] = [];
  const intervals: (VersionIntervals | undefined)[] = [];
  let admitsAll = false;
  for (const [range, constraints] of stated) {
    const hasNoBounds = constraints?.length === 0;
    if (hasNoBounds && kind === 'MALWARE' && versions.size > 0) {
      ignoredRanges.push(range);
      continue;
    }
    if (hasNoBounds) admitsAll = true;
    ranges.push(range);
    if (order !== undefined) intervals.push(readVers(constraints, order));
  }
  if (versions.size === 0 && ranges.length === 0) admitsAll = true;
  const listed = new Set<string>();
  for (const version of versions) listed.add(keyIn(ecosystem, version, order));
  const isEvery = kind === 'MALWARE' && admitsAll;
  return { order, versions: [...versions], ranges, ignoredRanges, admitsAll, isEvery, intervals, listed };
}

/** The affected versions of a package of which only some are asked about (semantics §13.3, `software`). None stated: every version. */
export function compileStated(name: string, versions: readonly string[]): AffectedVersions {
  return compileAffected(name, [{ package: name, versions, ranges: [] }], 'MALWARE');
}

function matchRanges(version: unknown, ranges: readonly (VersionIntervals | undefined)[], order: VersionOrder): VersionMatch {
  if (ranges.some((range) => range !== undefined && containsVersion(range, version, order))) return 'IN_RANGE';
  return ranges.includes(undefined) ? 'UNORDERED' : 'NOT_AFFECTED';
}

/** A version or range that cannot be compared is admitted: that is never "no". */
function admitsAffected(
  admitted: VersionIntervals,
  versions: readonly string[],
  ranges: readonly (VersionIntervals | undefined)[],
  order: VersionOrder,
): boolean {
  const admits = (text: string): boolean => {
    const version = order.parse(text);
    return version === undefined || containsVersion(admitted, order.withoutLocal(version), order);
  };
  return versions.some(admits) || ranges.some((range) => range === undefined || intersect(admitted, range, order).length > 0);
}

/** A hostile constraint of many parts would take their square. */
const mostCharacters = 4096;

/**
 * Reads the constraint that a list states in place of a version, in the notation of its ecosystem or as `vers:` (semantics §13.2). Local parts and
 * rules about pre-releases are ignored: only the order counts.
 *
 * @returns undefined where the constraint cannot be read, or is longer than 4,096 characters. It then admits every version.
 */
export function readConstraint(constraint: string, ecosystem: string): VersionIntervals | undefined {
  const order = orderOf(ecosystem);
  if (order === undefined || constraint.length > mostCharacters) return undefined;
  const text = constraint.trim();
  if (/^vers:/i.test(text)) return readVers(splitVers(text), order);
  switch (ecosystem) {
    case 'pypi':
      return readPyPiSpecifiers(text);
    case 'maven':
      return readMavenRanges(text, order);
    case 'cargo':
      return readSemverRange(text.split(',').map(toCargoRange).join(' '));
    case 'hex':
      return readHexRequirement(text);
    case 'golang':
      // A requirement of go.mod is the least version.
      return readSemverRange(/^v?\d/.test(text) ? `>=${text}` : text);
    default:
      return readSemverRange(text);
  }
}

/**
 * The only version that a constraint admits, in the smallest of the spellings that the constraint has: such a constraint is that version
 * (semantics §13.2). `===` and a lone `=` need no order.
 */
export function findOnlyAdmitted(constraint: string, ecosystem: string): string | undefined {
  const text = constraint.trim();
  const order = orderOf(ecosystem);
  const intervals = readConstraint(text, ecosystem);
  if (order !== undefined && intervals !== undefined) {
    const only = findOnlyVersion(intervals, order);
    if (only === undefined) return undefined;
    const written = splitVers(text)?.map(({ version }) => version) ?? text.split(/[\s,|()[\]<>=~^]+/);
    const isOnly = (part: string): boolean => {
      const version = order.parse(part);
      return version !== undefined && order.compare(order.withoutLocal(version), only) === 0;
    };
    return written.filter(isOnly).sort(compareCodePoints)[0];
  }
  if (/^vers:/i.test(text)) {
    const constraints = splitVers(text);
    return constraints?.length === 1 && constraints[0]?.comparator === '=' ? constraints[0].version : undefined;
  }
  return /^={1,3}\s*([^\s,|<>=*]+)$/.exec(text)?.[1];
}

/** A range of npm; pre-releases lie in it by the order alone. */
function readSemverRange(text: string): VersionIntervals<SemVer> | undefined {
  try {
    const { set } = new Range(text, { includePrerelease: true });
    return set.flatMap((comparators) =>
      comparators.reduce<VersionIntervals<SemVer>>((admitted, { operator, semver }) => {
        // The comparator that admits everything has no version.
        if (semver.version === undefined) return admitted;
        return intersect(
          admitted,
          compareTo(operator === '' || operator === undefined ? '=' : (operator as Comparator), semver),
          semverOrder,
        );
      }, everyVersion),
    );
  } catch {
    // semver throws a TypeError for a text that is no range, such as a branch or an address.
    return undefined;
  }
}

/** In Cargo, a version without an operator is a caret requirement, unless it has a wildcard. */
function toCargoRange(part: string): string {
  const text = part.trim();
  return /^\d[^*]*$/.test(text) ? `^${text}` : text;
}

/** Hex: `~> 2.1` is at least 2.1 and below 3.0; `~> 2.1.3` is below 2.2. */
function readHexRequirement(text: string): VersionIntervals<SemVer> | undefined {
  const range = text
    .replace(/~>\s*(\d+)\.(\d+)(\.\d+\S*)?/g, (_, major: string, minor: string, patch: string | undefined) =>
      patch === undefined
        ? `>=${major}.${minor}.0 <${Number(major) + 1}.0.0-0`
        : `>=${major}.${minor}${patch} <${major}.${Number(minor) + 1}.0-0`,
    )
    .replace(/\band\b/g, ' ')
    .replace(/\bor\b/g, '||')
    .replace(/(^|\s)==\s*/g, '$1=');
  return readSemverRange(range);
}

/** Specifiers of PEP 440, joined by commas; a marker after `;` says when, not which. */
function readPyPiSpecifiers(text: string): VersionIntervals<Pep440> | undefined {
  const parts = text
    .replace(/;.*$/s, '')
    .replace(/^\((.*)\)$/s, '$1')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  return parts.reduce<VersionIntervals<Pep440> | undefined>((admitted, part) => {
    const admits = readPyPiSpecifier(part);
    return admitted === undefined || admits === undefined ? undefined : intersect(admitted, admits, pep440Order);
  }, everyVersion);
}

function readPyPiSpecifier(text: string): VersionIntervals<Pep440> | undefined {
  const match = /^(~=|===|==|!=|<=|>=|<|>)?\s*(\S+)$/.exec(text);
  if (match === null) return undefined;
  const [, operator = '==', written = ''] = match;
  const isPrefix = written.endsWith('.*');
  if (isPrefix && operator !== '==' && operator !== '!=') return undefined;
  const prefix = isPrefix ? written.slice(0, -2) : written;
  const version = pep440Order.parse(prefix);
  if (version === undefined) return undefined;
  const bound = pep440Order.withoutLocal(version);
  if (isPrefix) {
    const within = readPrefix(prefix, 0);
    return operator === '==' ? within : within && complement(within, pep440Order);
  }
  if (operator === '~=') {
    const within = readPrefix(prefix, 1);
    return within && intersect(compareTo('>=', bound), within, pep440Order);
  }
  return compareTo(operator === '==' || operator === '===' ? '=' : (operator as Comparator), bound);
}

/** The versions whose release begins as a version's does, its last `dropped` numbers aside. */
function readPrefix(text: string, dropped: number): VersionIntervals<Pep440> | undefined {
  const { epoch, release } = parsePep440(text.trim()) as unknown as Pep440Parts;
  const kept = release.slice(0, release.length - dropped);
  const last = kept.at(-1);
  if (last === undefined) return undefined;
  const first = pep440Order.parse(`${epoch}!${kept.join('.')}.dev0`);
  const next = pep440Order.parse(`${epoch}!${[...kept.slice(0, -1), last + 1].join('.')}.dev0`);
  if (first === undefined || next === undefined) return undefined;
  return intersect(compareTo('>=', first), compareTo('<', next), pep440Order);
}

/** Maven: `[1.0,2.0)`, `(,1.0]`, `[1.5]`, joined by commas. A bare version only recommends, so it admits every version. */
function readMavenRanges(text: string, order: VersionOrder): VersionIntervals | undefined {
  if (!/^\s*[[(][^[\]()]*[\])](\s*,\s*[[(][^[\]()]*[\])])*\s*$/.test(text)) return undefined;
  return [...text.matchAll(/([[(])([^[\]()]*)([\])])/g)].flatMap(([, opening, inside = '', closing]) => {
    const [low = '', high = inside.includes(',') ? '' : low] = inside.split(',').map((part) => part.trim());
    const above = low === '' ? everyVersion : compareTo(opening === '[' ? '>=' : '>', order.parse(low));
    const below = high === '' ? everyVersion : compareTo(closing === ']' ? '<=' : '<', order.parse(high));
    return intersect<unknown>(above, below, order);
  });
}
