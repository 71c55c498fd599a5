import type { VersionOrder } from './version-order.ts';

/** An end of an interval of versions. */
interface Bound<V> {
  readonly version: V;
  readonly isIncluded: boolean;
}

/** Versions between two bounds. Undefined: no bound. */
export interface VersionInterval<V = unknown> {
  readonly low: Bound<V> | undefined;
  readonly high: Bound<V> | undefined;
}

/** A set of versions: those in any of its intervals. */
export type VersionIntervals<V = unknown> = readonly VersionInterval<V>[];

export const everyVersion: VersionIntervals<never> = [{ low: undefined, high: undefined }];

/** Whether a version is in one of the intervals. Local parts are ignored (semantics §13.2): give a version without one. */
export function containsVersion<V>(intervals: VersionIntervals<V>, version: V, order: VersionOrder<V>): boolean {
  const point = { version, isIncluded: true };
  return intervals.some(({ low, high }) => mayLieBelow(low, point, order) && mayLieBelow(point, high, order));
}

/** The versions that are in both. */
export function intersect<V>(a: VersionIntervals<V>, b: VersionIntervals<V>, order: VersionOrder<V>): VersionIntervals<V> {
  return a.flatMap((x) =>
    b.flatMap((y) => {
      const low = x.low === undefined || (y.low !== undefined && isTighter(y.low, x.low, order, 1)) ? y.low : x.low;
      const high = x.high === undefined || (y.high !== undefined && isTighter(y.high, x.high, order, -1)) ? y.high : x.high;
      return mayLieBelow(low, high, order) ? [{ low, high }] : [];
    }),
  );
}

/** All other versions. */
export function complement<V>(intervals: VersionIntervals<V>, order: VersionOrder<V>): VersionIntervals<V> {
  const invert = (bound: Bound<V>): Bound<V> => ({ version: bound.version, isIncluded: !bound.isIncluded });
  return intervals.reduce<VersionIntervals<V>>((rest, { low, high }) => {
    const below = low === undefined ? [] : [{ low: undefined, high: invert(low) }];
    const above = high === undefined ? [] : [{ low: invert(high), high: undefined }];
    return intersect(rest, [...below, ...above], order);
  }, everyVersion);
}

/** The only version of the set, if it has one alone. */
export function findOnlyVersion<V>(intervals: VersionIntervals<V>, order: VersionOrder<V>): V | undefined {
  const [first] = intervals;
  const only = first?.low?.version;
  if (only === undefined) return undefined;
  const isOnly = ({ low, high }: VersionInterval<V>): boolean =>
    low !== undefined && high !== undefined && order.compare(low.version, only) === 0 && order.compare(high.version, only) === 0;
  return intervals.every(isOnly) ? only : undefined;
}

/** Whether a version may lie between two bounds. The order is taken as dense. */
function mayLieBelow<V>(low: Bound<V> | undefined, high: Bound<V> | undefined, order: VersionOrder<V>): boolean {
  if (low === undefined || high === undefined) return true;
  const difference = order.compare(low.version, high.version);
  return difference < 0 || (difference === 0 && low.isIncluded && high.isIncluded);
}

function isTighter<V>(a: Bound<V>, b: Bound<V>, order: VersionOrder<V>, side: 1 | -1): boolean {
  const difference = order.compare(a.version, b.version) * side;
  return difference > 0 || (difference === 0 && !a.isIncluded);
}

/** The versions that one comparator admits. */
export function compareTo<V>(comparator: Comparator, version: V): VersionIntervals<V> {
  const [included, excluded] = [
    { version, isIncluded: true },
    { version, isIncluded: false },
  ];
  switch (comparator) {
    case '=':
      return [{ low: included, high: included }];
    case '!=':
      return [
        { low: undefined, high: excluded },
        { low: excluded, high: undefined },
      ];
    case '<':
      return [{ low: undefined, high: excluded }];
    case '<=':
      return [{ low: undefined, high: included }];
    case '>':
      return [{ low: excluded, high: undefined }];
    case '>=':
      return [{ low: included, high: undefined }];
  }
}

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A constraint of a `vers:` text. */
export interface VersConstraint {
  readonly comparator: Comparator;
  readonly version: string;
}

/**
 * Splits a `vers:` text (the VERS specification of package-url) without comparing its versions. `*` and a lower bound of 0, by which OSV means
 * "from the first version on", give no constraint. Undefined: the text is not in this notation.
 */
export function splitVers(text: string): readonly VersConstraint[] | undefined {
  const match = /^vers:[a-z][a-z0-9.+-]*\/(.+)$/is.exec(text.replace(/\s+/g, ''));
  if (match === null) return undefined;
  const constraints: VersConstraint[] = [];
  for (const part of (match[1] as string).split('|')) {
    if (part === '') continue;
    const [, comparator, written] = /^(!=|<=|>=|<|>|=)?(.+)$/s.exec(part) as unknown as [string, Comparator | undefined, string];
    const version = decode(written);
    if (version === undefined) return undefined;
    if (version === '*' && comparator === undefined) continue;
    if (comparator === '>=' && firstVersions.has(version)) continue;
    constraints.push({ comparator: comparator ?? '=', version });
  }
  return constraints;
}

/** The lower bounds by which records say "from the first version on". */
const firstVersions = new Set(['0', '0.0.0-0']);

/** Each hole is compared with each interval. */
const mostHoles = 1000;

/**
 * The versions that a `vers:` text admits. Of neighboring lower bounds the lowest counts, and of neighboring upper bounds the highest, as the
 * specification simplifies them. None: every version. Undefined: the text is not in this notation, one of its versions does not parse, or it
 * excludes more than 1,000 versions.
 *
 * @param constraints as `splitVers` gives them
 */
export function readVers<V>(constraints: readonly VersConstraint[] | undefined, order: VersionOrder<V>): VersionIntervals<V> | undefined {
  if (constraints === undefined) return undefined;
  const sides: { comparator: Comparator; version: V }[] = [];
  const points: VersionInterval<V>[] = [];
  const holes: VersionInterval<V>[] = [];
  for (const { comparator, version: written } of constraints) {
    const parsed = order.parse(written);
    if (parsed === undefined) return undefined;
    const version = order.withoutLocal(parsed);
    if (comparator === '=') points.push(...compareTo('=', version));
    else if (comparator === '!=') holes.push(...compareTo('=', version));
    else sides.push({ comparator, version });
  }
  if (holes.length > mostHoles) return undefined;
  sides.sort((a, b) => order.compare(a.version, b.version));
  const between = sides.length === 0 && points.length === 0 ? everyVersion : pairSides(sides);
  const admitted = [...between, ...points];
  return holes.length === 0 ? admitted : intersect(admitted, complement(holes, order), order);
}

/** The intervals of lower and upper bounds in order of their versions. */
function pairSides<V>(sides: readonly { comparator: Comparator; version: V }[]): VersionIntervals<V> {
  const intervals: VersionInterval<V>[] = [];
  let low: Bound<V> | undefined;
  let isOpen = sides[0]?.comparator.startsWith('<') === true;
  for (const [i, { comparator, version }] of sides.entries()) {
    const bound = { version, isIncluded: comparator.endsWith('=') };
    if (comparator.startsWith('>')) {
      if (!isOpen) low = bound;
      isOpen = true;
    } else if (isOpen && sides[i + 1]?.comparator.startsWith('<') !== true) {
      intervals.push({ low, high: bound });
      isOpen = false;
    }
  }
  if (isOpen) intervals.push({ low, high: undefined });
  return intervals;
}

function decode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
