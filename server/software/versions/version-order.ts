import { compare as comparePep440, parse as parsePep440 } from '@renovatebot/pep440';
import { SemVer } from 'semver';

/**
 * The order of an ecosystem's versions (semantics §13.2). An order is of one ecosystem; never give it what another parsed.
 *
 * @typeParam V a parsed version
 */
export interface VersionOrder<V = unknown> {
  /** Undefined: the text is no version of this ecosystem. */
  parse(text: string): V | undefined;
  /** Negative, 0 or positive. */
  compare(a: V, b: V): number;
  /** A text that is the same for versions that are equal by the order. */
  key(version: V): string;
  /** The version without its local part, such as 1.82.7 of 1.82.7+cu118. Ranges and constraints ignore local parts. */
  withoutLocal(version: V): V;
}

/** Semantic Versioning 2. Build metadata plays no part in its order, so no version has a local part. */
export const semverOrder: VersionOrder<SemVer> = {
  parse(text) {
    try {
      return new SemVer(text);
    } catch {
      // semver throws a TypeError for what is no version, too long, or has too large a number.
      return undefined;
    }
  },
  compare: (a, b) => a.compare(b),
  key: (version) => version.version,
  withoutLocal: (version) => version,
};

/** A version of PyPI. */
export interface Pep440 {
  /** Without the local part. */
  readonly release: string;
  /** The segments of the local part, in lower case, numbers without leading zeros; empty: none. */
  readonly local: readonly string[];
}

/** Digits that a double holds exactly. pep440 takes numbers as doubles. */
const mostDigits = 15;

/** PEP 440. The library compares public versions; it takes `1e5` in a local part for a number, so local parts are compared here. */
export const pep440Order: VersionOrder<Pep440> = {
  parse(text) {
    const [release = '', ...locals] = text.trim().split('+');
    if (parsePep440(text.trim()) === null || new RegExp(`\\d{${mostDigits + 1}}`).test(release)) return undefined;
    const local = locals.length === 0 ? [] : (locals[0] as string).toLowerCase().split(/[._-]/);
    return { release, local: local.map((segment) => (isNumeric(segment) ? segment.replace(/^0+(?=\d)/, '') : segment)) };
  },
  compare: (a, b) => comparePep440(a.release, b.release) || compareLocals(a.local, b.local),
  key({ release, local }) {
    const parsed = parsePep440(release) as unknown as Pep440Parts;
    const numbers = [...parsed.release];
    while (numbers.at(-1) === 0) numbers.pop();
    return `${parsed.epoch}!${numbers.join('.')} ${[parsed.pre, parsed.post, parsed.dev].map((part) => part?.join('') ?? '').join(' ')} ${local.join('.')}`;
  },
  withoutLocal: (version) => (version.local.length === 0 ? version : { release: version.release, local: [] }),
};

/** The result of `parse` of the library; its declaration describes another of its functions. */
export interface Pep440Parts {
  readonly epoch: number;
  readonly release: readonly number[];
  readonly pre: readonly [string, number] | null;
  readonly post: readonly [string, number] | null;
  readonly dev: readonly [string, number] | null;
}

function isNumeric(segment: string): boolean {
  return /^\d+$/.test(segment);
}

/** No local part is lowest; then segment by segment, texts before numbers; then the shorter one. */
function compareLocals(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) continue;
    const areNumeric = isNumeric(x);
    if (areNumeric !== isNumeric(y)) return areNumeric ? 1 : -1;
    if (areNumeric && x.length !== y.length) return x.length - y.length;
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

export const mavenOrder: VersionOrder<MavenVersion> = {
  parse: parseMavenVersion,
  compare: compareMavenVersions,
  key: formatMavenVersion,
  withoutLocal: (version) => version,
};

const orders = new Map<string, VersionOrder>([
  ['npm', semverOrder as VersionOrder],
  ['cargo', semverOrder as VersionOrder],
  ['golang', semverOrder as VersionOrder],
  ['hex', semverOrder as VersionOrder],
  ['pub', semverOrder as VersionOrder],
  ['pypi', pep440Order as VersionOrder],
  ['maven', mavenOrder as VersionOrder],
]);

/** The order of an ecosystem, the type of a purl. Undefined: unknown. */
export function orderOf(ecosystem: string): VersionOrder | undefined {
  return orders.get(ecosystem);
}

/** A version of Semantic Versioning that is its own key. Advisories list many. */
const plainSemver = /^(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})$/;

/** A text that is the same for versions that are one (semantics §13.2): equal by the order, else as text. */
export function versionKey(version: string, order: VersionOrder | undefined): string {
  if (order === semverOrder && plainSemver.test(version)) return version;
  const parsed = order?.parse(version);
  return order === undefined || parsed === undefined ? `= ${version}` : order.key(parsed);
}

/*
 * The order of Maven's versions, as its ComparableVersion compares them (maven-artifact 3.9; the page "Version Order" of Maven's POM reference).
 *
 * A version is a list of items: numbers, qualifiers and lists. A dot separates items. A hyphen, and every change between digits and
 * letters, begins a list inside the list. Zeros, release qualifiers and empty lists at the end of a list are dropped.
 */

/** A number as its digits without leading zeros, so that it may have any length. */
interface NumberItem {
  readonly digits: string;
}
type MavenItem = NumberItem | string | MavenVersion;
/** The items of a version, or of a list in it. */
interface MavenVersion {
  readonly items: readonly MavenItem[];
}

/** Known qualifiers, oldest first. The empty one is a release. Others are newer than all of these, by their text. */
const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const aliases = new Map([
  ['ga', ''],
  ['final', ''],
  ['release', ''],
  ['cr', 'rc'],
]);
/** Of a single letter before a digit. */
const letters = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/** Parses a version. Every text is one. */
function parseMavenVersion(text: string): MavenVersion {
  const version = text.toLowerCase();
  const root: MavenItem[] = [];
  const lists = [root];
  let list = root;
  const open = (): void => {
    const inner: MavenItem[] = [];
    list.push({ items: inner });
    lists.push(inner);
    list = inner;
  };
  let start = 0;
  let isDigit = false;
  const read = (end: number): MavenItem => (isDigit ? toNumber(version.slice(start, end)) : toQualifier(version.slice(start, end)));
  for (let i = 0; i < version.length; i++) {
    const character = version.charAt(i);
    if (character === '.' || character === '-') {
      list.push(i === start ? toNumber('') : read(i));
      start = i + 1;
      if (character === '-') open();
    } else if (character >= '0' && character <= '9') {
      if (!isDigit && i > start) {
        if (list.length > 0) open();
        const qualifier = version.slice(start, i);
        list.push(toQualifier(letters.get(qualifier) ?? qualifier));
        start = i;
        open();
      }
      isDigit = true;
    } else {
      if (isDigit && i > start) {
        list.push(read(i));
        start = i;
        open();
      }
      isDigit = false;
    }
  }
  if (version.length > start) {
    if (!isDigit && list.length > 0) open();
    list.push(read(version.length));
  }
  // An inner list is dropped from its outer list if nothing is left in it, so inner lists go first.
  for (const each of lists.reverse()) dropEmptyEnd(each);
  return { items: root };
}

function toNumber(digits: string): NumberItem {
  return { digits: digits.replace(/^0+(?=\d)/, '') || '0' };
}

function toQualifier(text: string): string {
  return aliases.get(text) ?? text;
}

/** Drops empty items from the end of a list, past inner lists that hold something. */
function dropEmptyEnd(list: MavenItem[]): void {
  for (let i = list.length - 1; i >= 0; i--) {
    const item = list[i] as MavenItem;
    if (isEmpty(item)) list.splice(i, 1);
    else if (!isList(item)) return;
  }
}

function isList(item: MavenItem): item is MavenVersion {
  return typeof item === 'object' && 'items' in item;
}

function isEmpty(item: MavenItem): boolean {
  if (typeof item === 'string') return item === '';
  return isList(item) ? item.items.length === 0 : item.digits === '0';
}

/** Negative, 0 or positive. Iterates over nested lists with a stack of its own, because a version may nest as deep as it is long. */
function compareMavenVersions(a: MavenVersion, b: MavenVersion): number {
  const stack: { a: readonly MavenItem[]; b: readonly MavenItem[]; next: number }[] = [{ a: a.items, b: b.items, next: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const [left, right] = [frame.a[frame.next], frame.b[frame.next]];
    frame.next++;
    if (left === undefined && right === undefined) stack.pop();
    else if (left !== undefined && right !== undefined && isList(left) && isList(right))
      stack.push({ a: left.items, b: right.items, next: 0 });
    else {
      const difference = compareItems(left, right);
      if (difference !== 0) return difference;
    }
  }
  return 0;
}

/** Compares two items, not both of them lists. Undefined: that version has ended. */
function compareItems(a: MavenItem | undefined, b: MavenItem | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compareWithNothing(b);
  if (b === undefined) return compareWithNothing(a);
  if (typeof a === 'string' && typeof b === 'string') return compareQualifiers(a, b);
  if (!isList(a) && !isList(b) && typeof a !== 'string' && typeof b !== 'string') return compareDigits(a.digits, b.digits);
  return rank(a) - rank(b);
}

/** 1.qualifier < 1-1 < 1.1 */
function rank(item: MavenItem): number {
  if (typeof item === 'string') return 0;
  return isList(item) ? 1 : 2;
}

/** Positive if an item makes a version newer than one without it. A list counts as its first item that makes a difference. */
function compareWithNothing(item: MavenItem): number {
  const pending: MavenItem[] = [item];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      const difference = compareQualifiers(next, '');
      if (difference !== 0) return difference;
    } else if (!isList(next)) {
      if (next.digits !== '0') return 1;
    } else for (let i = next.items.length - 1; i >= 0; i--) pending.push(next.items[i] as MavenItem);
  }
  return 0;
}

function compareQualifiers(a: string, b: string): number {
  const [x, y] = [qualifiers.indexOf(a), qualifiers.indexOf(b)];
  if (x !== -1 || y !== -1) return (x === -1 ? qualifiers.length : x) - (y === -1 ? qualifiers.length : y);
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareDigits(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text that is the same for versions of the same items. */
function formatMavenVersion(version: MavenVersion): string {
  const parts: string[] = [];
  const pending: (MavenItem | null)[] = [version];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === null) parts.push(')');
    else if (typeof next === 'string') parts.push(`"${next}"`);
    else if (isList(next)) {
      parts.push('(');
      pending.push(null);
      for (let i = next.items.length - 1; i >= 0; i--) pending.push(next.items[i] as MavenItem);
    } else parts.push(next.digits);
  }
  return parts.join(' ');
}
