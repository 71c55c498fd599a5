import { compare as comparePep440, parse as parsePep440 } from '@renovatebot/pep440';
import { SemVer } from 'semver';
import { compareMavenVersions, formatMavenVersion, type MavenVersion, parseMavenVersion } from './maven-order.ts';

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
