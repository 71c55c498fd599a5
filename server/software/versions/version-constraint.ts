import { parse as parsePep440 } from '@renovatebot/pep440';
import { Range, type SemVer } from 'semver';
import { compareCodePoints } from '../../domain/compare.ts';
import { orderOf, type Pep440, type Pep440Parts, pep440Order, semverOrder, type VersionOrder } from './version-order.ts';
import {
  type Comparator,
  compareTo,
  complement,
  everyVersion,
  findOnlyVersion,
  intersect,
  readVers,
  splitVers,
  type VersionIntervals,
} from './version-range.ts';

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
