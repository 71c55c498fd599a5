import type { AffectedPackage, advisoryKinds } from '../software-facts.ts';
import { ecosystemOf } from './purl.ts';
import { findOnlyAdmitted, readConstraint } from './version-constraint.ts';
import { orderOf, type VersionOrder, versionKey } from './version-order.ts';
import { containsVersion, intersect, readVers, splitVers, type VersConstraint, type VersionIntervals } from './version-range.ts';

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
