import type { SoftwareComponent } from '../software-facts.ts';
import type { CanonicalPurl } from '../versions/purl.ts';
import { canonicalPurl } from '../versions/purl.ts';
import type { JsonObject } from './json-fields.ts';
import { itemsOf, longestText, objectOf, textOf } from './json-fields.ts';
import type { FileReading, ProposedArtifact } from './software-reading.ts';
import { largeFile } from './software-reading.ts';

/** The most components that one list may state. */
const mostComponents = 200_000;

export type Path = readonly (string | number)[];
type Row = { -readonly [K in keyof SoftwareComponent]: SoftwareComponent[K] };

/** A component as its file states it. A list has many, so each becomes its row. */
export interface StatedComponent {
  /** Null: it is set by the purl. */
  package: string | null;
  name: string | null;
  /** May be a range, or a word that states none. */
  version: string | null;
  /** A range that the file keeps apart from the version. */
  constraint: string | null;
  scope: string | null;
  depth: SoftwareComponent['depth'];
  readonly hashes: readonly string[];
}

/** The version, or the range that stands in its place. */
interface StatedVersion {
  readonly version: string | null;
  readonly constraint: string | null;
}

/** The rows of one component: one for each package that its purls name. Undefined: it is left out. */
export type Rows = readonly (Row | undefined)[];

/**
 * The first valid purl of each package, because a component may be known under several. Without a valid one the first of any type, or
 * undefined, stands alone.
 */
export function eachPackage(stated: readonly unknown[]): readonly unknown[] {
  if (stated.length < 2) return [stated[0]];
  const found = new Map<string, unknown>();
  for (const purl of stated) {
    const canonical = typeof purl === 'string' ? canonicalPurl(purl.trim()) : null;
    if (canonical !== null && !found.has(canonical.package)) found.set(canonical.package, purl);
  }
  return found.size === 0 ? [stated[0]] : [...found.values()];
}

/** Gives the rows of each component its depth. @param depths by component */
export function setDepths(rows: readonly Rows[], depths: readonly Row['depth'][]): void {
  for (const [index, each] of rows.entries()) for (const row of each) if (row !== undefined) row.depth = depths[index] ?? 'UNKNOWN';
}

/** Most versions, and never a range. */
const digits = /^v?\d[\d.]*\d$/;
const unstated = /^(?:unknown|unspecified|noassertion|none|n\/a|latest|null|undefined|-)$/i;
const range =
  /^(?:\^|~|[<>=!]|\*|vers:)|\|\||\s-\s|,\s*[<>=!~^]|(?:^|\.)[xX*](?:\.|$)|^[[(][^[\](),]*,[^[\](),]*[\])](?:,[[(].*)?$|^\[[^[\](),]+\]$/;

/** Tells a version from a range in its place, such as `>=1.13`, `^2.0`, `1.x` or `[1.0,2.0)`, and from words that state none. */
export function versionOf(stated: string | null): StatedVersion {
  if (stated !== null && digits.test(stated)) return { version: stated, constraint: null };
  if (stated === null || unstated.test(stated)) return { version: null, constraint: null };
  return range.test(stated) ? { version: null, constraint: stated } : { version: stated, constraint: null };
}

/** Collects the rows of one list, and what is wrong with them. */
export class ListRows {
  readonly rows: Row[] = [];
  readonly #reading: FileReading;
  #stated = 0;
  #differing = 0;
  #firstDiffering: readonly (string | number)[] = [];

  constructor(reading: FileReading) {
    this.#reading = reading;
  }

  /** Throws ExposureError LIMIT_EXCEEDED: more than 200,000 components. */
  count(): void {
    if (++this.#stated > mostComponents)
      throw largeFile(
        this.#reading.file,
        'states more than 200,000 components, the most that are read of a list',
        'Write a list for each of its parts, and import those.',
      );
  }

  /**
   * Adds a component as a row. Undefined: it has neither a valid purl nor a name, is left out, and that is said.
   *
   * @param stated its purl, of any type @param path where it stands
   */
  add(component: StatedComponent, stated: unknown, path: () => Path): Row | undefined {
    const { name, version } = component;
    let purl: CanonicalPurl | null = null;
    if (typeof stated === 'string' && stated !== '') {
      purl = stated.length > longestText ? null : canonicalPurl(stated.trim());
      if (purl === null && name !== null)
        this.#reading.warnOf('purl', () => ({
          path: [...path(), 'purl'],
          message: `${stated.slice(0, 200)} is not a valid purl. ${name} is kept by its name.`,
        }));
    }
    if (name === null && purl === null) {
      const why = typeof stated === 'string' && stated !== '' ? `${stated.slice(0, 200)} is not a valid purl, and the` : 'The';
      this.#reading.warn(path(), `${why} component has no name of at most 1,000 letters. It is left out.`, 'left out');
      return undefined;
    }
    if (purl !== null) {
      component.package = purl.package;
      component.name ??= purl.package.slice(purl.package.lastIndexOf('/') + 1);
    }
    const inPurl = purl?.version ?? null;
    const own = versionOf(version);
    const found = own.version === null && own.constraint === null ? versionOf(inPurl) : own;
    component.version = found.version;
    component.constraint = found.constraint ?? (found.version === null ? component.constraint : null);
    if (own.version !== null && inPurl !== null && !isSame(own.version, inPurl) && this.#differing++ === 0) this.#firstDiffering = path();
    this.rows.push(component as Row);
    return component as Row;
  }

  /** Says what is only said once a list. */
  finish(): void {
    if (this.#differing === 0) return;
    this.#reading.warn(
      this.#firstDiffering,
      `${countOf(this.#differing, 'component')} ${this.#differing === 1 ? 'states' : 'state'} another version than the purl does. The version of the component is kept.`,
    );
  }

  /** One warning for all references that lead nowhere. */
  sayBroken(broken: readonly string[], path: Path): void {
    if (broken.length === 0) return;
    const first = JSON.stringify((broken[0] as string).slice(0, 200));
    this.#reading.warn(
      path,
      `${countOf(broken.length, 'reference')} of the dependencies ${broken.length === 1 ? 'leads' : 'lead'} to no component, the first to ${first}. The depth of what is reached only there is unknown.`,
    );
  }
}

/** Go writes a `v` and Debian an epoch in one of the two places. */
const isSame = (a: string, b: string) => a === b || a.replace(/^(?:v|\d+:)/, '') === b.replace(/^(?:v|\d+:)/, '');

export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** By algorithm, as a file writes it. */
const hashPrefixes = new Map<string, string>();
/** No file adds more entries than this. */
const mostPrefixes = 100;

/** `SHA-256:abc…` from `SHA256` or `sha256`. */
export function hashText(algorithm: string, value: string): string {
  let prefix = hashPrefixes.get(algorithm);
  if (prefix === undefined) {
    prefix = `${algorithm.toUpperCase().replace(/^SHA(?=\d)/, 'SHA-')}:`;
    if (hashPrefixes.size < mostPrefixes) hashPrefixes.set(algorithm, prefix);
  }
  return prefix + value;
}

/** SPDX 3.0 has four levels of confidentiality; words of classifications that mean the same everywhere stand beside them. */
const sensitivities: ReadonlyMap<string, number> = new Map([
  ['clear', 1],
  ['public', 1],
  ['green', 2],
  ['internal', 2],
  ['amber', 4],
  ['confidential', 4],
  ['red', 5],
  ['secret', 5],
  ['strictly confidential', 5],
  ['highly confidential', 5],
]);

function sensitivityOf(level: string | null): number | null {
  const stated = /^sensitivity ([1-5]) of 5$/i.exec(level ?? '')?.[1];
  return stated !== undefined ? Number(stated) : (sensitivities.get(level?.toLowerCase() ?? '') ?? null);
}

/** Proposes an artifact, and a transfer from each owner to each custodian that is another. Nothing without a party: nobody could be asked. */
export function proposeArtifact(
  reading: FileReading,
  proposed: Omit<ProposedArtifact, 'sensitivity' | 'name'> & { readonly name: string | null },
  path: readonly (string | number)[],
): void {
  const { name, owners, custodians, stewards, level } = proposed;
  if (owners.length + custodians.length + stewards.length === 0) return;
  if (name === null) {
    reading.warn(path, 'Data with owners or custodians has no name. No artifact is proposed for it.', 'unnamed data');
    return;
  }
  const artifact = reading.artifacts.push({ ...proposed, name, sensitivity: sensitivityOf(level) }) - 1;
  for (const from of owners) for (const to of custodians) if (from !== to) reading.transfers.push({ artifact, from, to });
}

/** The artifacts of one component of type `data` or `machine-learning-model` of CycloneDX: each of its data with governance. */
export function proposeFromComponent(component: JsonObject, reading: FileReading, path: () => readonly (string | number)[]): void {
  if (component.type !== 'data' && component.type !== 'machine-learning-model') return;
  const datasets = objectOf(objectOf(component.modelCard).modelParameters).datasets;
  for (const each of [...itemsOf(component.data), ...itemsOf(datasets)]) {
    const data = objectOf(each);
    proposeArtifact(
      reading,
      {
        ...partiesOf(data.governance),
        name: textOf(data.name) ?? textOf(component.name),
        version: textOf(component.version),
        level: textOf(data.classification),
      },
      path(),
    );
  }
}

/** The artifacts that flow into or out of one service of CycloneDX. What flows in is held by its provider. */
export function proposeFromService(service: JsonObject, reading: FileReading, path: () => readonly (string | number)[]): void {
  const provider = textOf(objectOf(service.provider).name);
  for (const each of itemsOf(service.data)) {
    const data = objectOf(each);
    const parties = partiesOf(data.governance);
    const isHeld = provider !== null && (data.flow === 'inbound' || data.flow === 'bi-directional');
    const custodians = isHeld && !parties.custodians.includes(provider) ? [...parties.custodians, provider] : parties.custodians;
    if (parties.owners.length === 0) continue;
    proposeArtifact(
      reading,
      { ...parties, custodians, name: textOf(data.name) ?? textOf(service.name), version: null, level: textOf(data.classification) },
      path(),
    );
  }
}

function partiesOf(governance: unknown): Pick<ProposedArtifact, 'owners' | 'custodians' | 'stewards'> {
  const { owners, custodians, stewards } = objectOf(governance);
  return { owners: namesOf(owners), custodians: namesOf(custodians), stewards: namesOf(stewards) };
}

/** Organizations alone: a person holds nothing here. */
function namesOf(parties: unknown): string[] {
  return [...new Set(itemsOf(parties).flatMap((each) => textOf(objectOf(objectOf(each).organization).name) ?? []))];
}
