import { compareCodePoints } from '../domain/compare.ts';
import type { SoftwareIndex } from './software-index.ts';

/** A package that software lists name, or one version of it. */
export interface NamedPackage {
  /** A purl, with the version where one is meant. */
  readonly value: string;
  /** The part of the purl that people say, such as `litellm`. */
  readonly name: string;
  readonly version: string | null;
  /** The lists that name it. */
  readonly count: number;
}

/** The most packages and versions of one text. */
const mostFound = 300;
/** A text of more parts means no package. */
const mostParts = 30;
const stepSize = 2000;

/**
 * The packages and versions that software lists name, to be searched by a text. Access facts are none of these lists: their software is found
 * at the organization that runs it.
 *
 * Memory: the names, and 12 bytes for each version of a package.
 */
export class PackageNames {
  readonly #packages: readonly string[];
  readonly #folded: readonly string[];
  readonly #counts: Uint32Array;
  readonly #versions: readonly string[];
  /** By package: rows `starts[p]` up to `starts[p + 1]` of the columns below. */
  readonly #starts: Uint32Array;
  readonly #version: readonly number[];
  readonly #versionCount: readonly number[];

  private constructor(index: SoftwareIndex, packages: readonly string[], columns: Columns) {
    this.#packages = packages;
    this.#folded = packages.map((each) => each.toLowerCase());
    this.#counts = columns.counts;
    this.#versions = index.rowVersions.map(({ version }) => version ?? '');
    this.#starts = columns.starts;
    this.#version = columns.version;
    this.#versionCount = columns.versionCount;
  }

  /** Complexity: O(rows). */
  static *build(index: SoftwareIndex): Generator<undefined, PackageNames> {
    const packages = [...index.packages()].sort(compareCodePoints);
    const columns: Columns = {
      ...{ counts: new Uint32Array(packages.length), starts: new Uint32Array(packages.length + 1) },
      ...{ version: [], versionCount: [] },
    };
    let looked = 0;
    for (const [at, name] of packages.entries()) {
      const { lists, stated } = index.rowsOfPackage(name);
      const byVersion = new Map<number, { last: number; count: number }>();
      let last = -1;
      for (let i = 0; i < lists.length; i++) {
        if (++looked % stepSize === 0) yield;
        const list = lists[i] as number;
        if (index.lists[list]?.access !== undefined) continue;
        if (list !== last) columns.counts[at] = (columns.counts[at] as number) + 1;
        last = list;
        const version = stated[i] as number;
        const known = byVersion.get(version);
        if (known === undefined) byVersion.set(version, { last: list, count: 1 });
        else if (known.last !== list) byVersion.set(version, { last: list, count: known.count + 1 });
      }
      for (const [version, { count }] of byVersion) {
        if (index.rowVersions[version]?.version === null) continue;
        columns.version.push(version);
        columns.versionCount.push(count);
      }
      columns.starts[at + 1] = columns.version.length;
    }
    return new PackageNames(index, packages, columns);
  }

  /**
   * The packages that have each part of a text in their purl, and the versions that have what is missing: "litellm 1.82" finds the versions of
   * litellm that contain 1.82. Parts are separated by spaces and `@`. The most fitting first, at most 300.
   *
   * Complexity: O(packages + versions).
   */
  *find(text: string): Generator<undefined, NamedPackage[]> {
    const parts = text
      .toLowerCase()
      .split(/[\s@]+/)
      .filter((part) => part !== '');
    if (parts.length === 0 || parts.length > mostParts) return [];
    const all = 2 ** parts.length - 1;
    const masksOf = (texts: readonly string[]) => Uint32Array.from(texts, (each) => maskOf(each, parts));
    const inPackage = masksOf(this.#folded);
    yield;
    const inVersion = masksOf(this.#versions.map((each) => each.toLowerCase()));
    yield;
    const found: NamedPackage[][] = [[], [], []];
    const add = (at: number, row: number | undefined) => {
      const value = this.#packages[at] as string;
      const name = nameOf(value);
      const version = row === undefined ? null : (this.#versions[this.#version[row] as number] as string);
      const said = [name.toLowerCase(), version?.toLowerCase()];
      const isWhole = parts.some((part) => said.includes(part));
      const begins = parts.some((part) => said.some((each) => each?.startsWith(part)));
      const fit = found[isWhole ? 0 : begins ? 1 : 2] as NamedPackage[];
      if (fit.length === mostFound) return;
      const count = (row === undefined ? this.#counts[at] : this.#versionCount[row]) as number;
      fit.push({ value: version === null ? value : `${value}@${encodeVersion(version)}`, name, version, count });
    };
    for (let at = 0; at < this.#packages.length; at++) {
      if (at % stepSize === 0) yield;
      const own = inPackage[at] as number;
      if ((this.#counts[at] as number) === 0) continue;
      if (own === all) add(at, undefined);
      else
        for (let row = this.#starts[at] as number; row < (this.#starts[at + 1] as number); row++)
          if ((own | (inVersion[this.#version[row] as number] as number)) >>> 0 === all) add(at, row);
    }
    return found.flat().slice(0, mostFound);
  }
}

interface Columns {
  readonly counts: Uint32Array;
  readonly starts: Uint32Array;
  readonly version: number[];
  readonly versionCount: number[];
}

function maskOf(text: string, parts: readonly string[]): number {
  let mask = 0;
  for (const [bit, part] of parts.entries()) if (text.includes(part)) mask |= 1 << bit;
  return mask;
}

/** `@scope/name` of `pkg:npm/%40scope/name`. */
function nameOf(purl: string): string {
  const path = purl.slice(purl.indexOf('/') + 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const encodeVersion = (version: string) => encodeURIComponent(version).replaceAll('%3A', ':');
