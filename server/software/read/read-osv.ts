import type { AffectedPackage } from '../software-facts.ts';
import { canonicalPurl, purlOf } from '../versions/purl.ts';
import type { JsonObject } from './json-fields.ts';
import { instantOf, isObject, itemsOf, objectOf, shownText, textOf, textsOf, webAddresses } from './json-fields.ts';
import type { FileReading } from './software-reading.ts';
import { knownFields, warnOfVersion } from './software-reading.ts';

export function isOsv(value: JsonObject): boolean {
  if (typeof value.id !== 'string') return false;
  if (typeof value.schema_version === 'string' || Array.isArray(value.affected)) return true;
  return (
    typeof value.modified === 'string' &&
    ['published', 'withdrawn', 'aliases', 'details', 'summary'].some((key) => value[key] !== undefined)
  );
}

/** The type of a purl, and its namespace, of packages of an ecosystem (OSV schema, "Defined ecosystems"). */
const ecosystems: Readonly<Record<string, readonly [type: string, namespace?: string]>> = {
  PyPI: ['pypi'],
  npm: ['npm'],
  Maven: ['maven'],
  Go: ['golang'],
  'crates.io': ['cargo'],
  RubyGems: ['gem'],
  NuGet: ['nuget'],
  Packagist: ['composer'],
  Hex: ['hex'],
  Pub: ['pub'],
  CRAN: ['cran'],
  Hackage: ['hackage'],
  ConanCenter: ['conan'],
  SwiftURL: ['swift'],
  'GitHub Actions': ['github'],
  Bitnami: ['bitnami'],
  VSCode: ['vscode-extension'],
  Debian: ['deb', 'debian'],
  Ubuntu: ['deb', 'ubuntu'],
  Alpine: ['apk', 'alpine'],
  Wolfi: ['apk', 'wolfi'],
  Chainguard: ['apk', 'chainguard'],
  MinimOS: ['apk', 'minimos'],
  AlmaLinux: ['rpm', 'almalinux'],
  'Rocky Linux': ['rpm', 'rocky-linux'],
  'Red Hat': ['rpm', 'redhat'],
  SUSE: ['rpm', 'suse'],
  openSUSE: ['rpm', 'opensuse'],
  Mageia: ['rpm', 'mageia'],
  openEuler: ['rpm', 'openeuler'],
};

/**
 * Reads one OSV record (schema 1.x). `published` bounds nothing and is not kept; `related` and `upstream` name other advisories, not this
 * one. Ranges of commits are no versions. An affected package of an ecosystem without purls is left out, and that is said.
 */
export function readOsv(record: JsonObject, reading: FileReading, path: readonly (string | number)[]): void {
  const id = textOf(record.id);
  if (id === null) {
    reading.warn(path, 'The record has no id of at most 1,000 letters. It is left out.', 'record');
    return;
  }
  const affected: AffectedPackage[] = [];
  const stated = itemsOf(record.affected);
  for (let index = 0; index < stated.length; index++) {
    const found = readAffected(objectOf(stated[index]), reading, id, () => [...path, 'affected', index]);
    if (found !== undefined) affected.push(found);
  }
  const aliases = distinct(textsOf(record.aliases)).filter((alias) => alias !== id);
  if (!/^1\.\d+(?:\.|$)/.test(textOf(record.schema_version) ?? '1.0'))
    warnOfVersion(reading, [...path, 'schema_version'], `OSV ${textOf(record.schema_version)}`, [
      [knownFields.osv, [record]],
      [knownFields.osvAffected, itemsOf(record.affected)],
    ]);
  reading.records.push({
    id,
    aliases,
    kind: isMalware(id, aliases, record) ? 'MALWARE' : 'VULNERABILITY',
    summary: shownText(record.summary) ?? firstLine(record.details),
    affected,
    knownBy: knownBy(record),
    withdrawnAt: record.withdrawn === undefined ? null : withdrawnAt(record, reading, path),
    modifiedAt: instantOf(record.modified) ?? null,
    references: webAddresses(itemsOf(record.references)),
    place: reading.placeOf(path),
  });
}

/** A record that says it is withdrawn is, also where the date cannot be read: then since the record last changed. */
function withdrawnAt(record: JsonObject, reading: FileReading, path: readonly (string | number)[]): number | null {
  if (textOf(record.withdrawn) === null) return null;
  return reading.instant(record.withdrawn, [...path, 'withdrawn']) ?? instantOf(record.modified) ?? reading.now;
}

/** MAL- names, and CWE-506, "Embedded Malicious Code", wherever databases write it. */
function isMalware(id: string, aliases: readonly string[], record: JsonObject): boolean {
  const isNamed = (name: string) => name.startsWith('MAL-');
  return isNamed(id) || aliases.some(isNamed) || isEmbedded(record) || itemsOf(record.affected).some(isEmbedded);
}

function isEmbedded(value: unknown): boolean {
  const { cwe_ids: ids, cwes } = objectOf(objectOf(value).database_specific);
  const isOne = (cwe: unknown) => (isObject(cwe) ? (cwe.cweId ?? cwe.id) : cwe) === 'CWE-506';
  return itemsOf(ids).some(isOne) || itemsOf(cwes).some(isOne);
}

/** The earliest time at which an origin of the record knew of it (ossf/malicious-packages). It bounds nothing. */
function knownBy(record: JsonObject): number | null {
  const origins = itemsOf(objectOf(record.database_specific)['malicious-packages-origins']);
  let earliest: number | null = null;
  for (const each of origins) {
    const { import_time: imported, modified_time: modified } = objectOf(each);
    for (const time of [instantOf(imported), instantOf(modified)])
      if (time !== undefined && (earliest === null || time < earliest)) earliest = time;
  }
  return earliest;
}

/** The first line of a text in Markdown that says something. */
function firstLine(details: unknown): string | null {
  if (typeof details !== 'string') return null;
  const lines = details.slice(0, 10_000).split('\n');
  return shownText(
    lines.find((line) => /[a-z]/i.test(line) && !/^\s*(?:#|---|_-=)/.test(line)) ?? lines.find((line) => line.trim() !== ''),
  );
}

function readAffected(
  affected: JsonObject,
  reading: FileReading,
  id: string,
  path: () => readonly (string | number)[],
): AffectedPackage | undefined {
  const named = objectOf(affected.package);
  const purl = packageOf(named);
  if (purl === null) {
    const [ecosystem, name] = [textOf(named.ecosystem), textOf(named.name)];
    const which = name === null ? 'An affected package without a name' : `${name} of ${ecosystem ?? 'no ecosystem'}`;
    reading.warn(path(), `${which} has no purl, so no list can name it. ${id} is kept without it.`, `no purl ${ecosystem}`);
    return undefined;
  }
  const versions = distinct(textsOf(affected.versions));
  const ranges: string[] = [];
  const stated = itemsOf(affected.ranges);
  for (let index = 0; index < stated.length; index++) {
    const onUnordered = () => reading.warn([...path(), 'ranges', index], unorderedEvents(id, purl), 'events');
    for (const range of versRanges(objectOf(stated[index]), schemeOf(purl), onUnordered)) ranges.push(range);
  }
  if (versions.length === 0 && ranges.length === 0)
    reading.warn(path(), `${id} names no affected version of ${purl}, so no version is affected.`, 'no versions');
  return { package: purl, versions, ranges: distinct(ranges) };
}

/** Each text once. Most lists repeat none, and a set costs more than they do. */
const distinct = (texts: string[]) => (texts.length < 2 ? texts : [...new Set(texts)]);

const unorderedEvents = (id: string, purl: string) =>
  `${id} states the events of a range of ${purl} in no order that pairs them. Each version from the first is taken as affected.`;

/** The stated purl, else the one that ecosystem and name make. */
function packageOf(named: JsonObject): string | null {
  const stated = typeof named.purl === 'string' ? canonicalPurl(named.purl) : null;
  if (stated !== null) return stated.package;
  const [ecosystem, name] = [textOf(named.ecosystem), textOf(named.name)];
  const known = ecosystem === null ? undefined : ecosystemOf(ecosystem);
  if (known === undefined || name === null) return null;
  const [type, namespace] = known;
  // Maven writes group:artifact, npm, Go and Packagist a path.
  const cut = type === 'maven' ? name.indexOf(':') : namespace === undefined && type !== 'pypi' ? name.lastIndexOf('/') : -1;
  return purlOf(type, cut < 0 ? namespace : name.slice(0, cut), name.slice(cut + 1));
}

/** Distributions write their release after a colon: `Debian:12`. */
function ecosystemOf(ecosystem: string): readonly [type: string, namespace?: string] | undefined {
  const colon = ecosystem.indexOf(':');
  const name = colon < 0 ? ecosystem : ecosystem.slice(0, colon);
  return Object.hasOwn(ecosystems, name) ? ecosystems[name] : undefined;
}

/** vers names an ecosystem by the type of its purls. */
export function schemeOf(purl: string): string {
  return purl.slice('pkg:'.length, purl.indexOf('/'));
}

/**
 * The intervals of a range of events as `vers:`, one text each. Events come in pairs: a version that introduces, and one that fixes, is the
 * last affected, or limits. Without its second, a pair is open. Where they do not pair, `onUnordered` is told, and everything from the first
 * on counts: what is affected is never left out.
 */
export function versRanges(range: JsonObject, scheme: string, onUnordered: () => void): string[] {
  if (range.type === 'GIT') return [];
  const ranges: string[] = [];
  let from: string | undefined;
  let isPaired = true;
  let firstFrom: string | undefined;
  for (const each of itemsOf(range.events)) {
    const event = objectOf(each);
    const introduced = textOf(event.introduced);
    if (introduced !== null) {
      if (from !== undefined) isPaired = false;
      from = introduced;
      firstFrom ??= introduced;
      continue;
    }
    const end = upperBound(event);
    if (end === undefined) continue;
    if (from === undefined) isPaired = false;
    else ranges.push(versOf(scheme, from, end));
    from = undefined;
  }
  if (!isPaired) {
    onUnordered();
    return [firstFrom === undefined ? `vers:${scheme}/*` : versOf(scheme, firstFrom, undefined)];
  }
  if (from !== undefined) ranges.push(versOf(scheme, from, undefined));
  return ranges;
}

function upperBound(event: JsonObject): string | undefined {
  const fixed = textOf(event.fixed);
  if (fixed !== null) return `<${encodeVersion(fixed)}`;
  const last = textOf(event.last_affected);
  if (last !== null) return `<=${encodeVersion(last)}`;
  const limit = textOf(event.limit);
  return limit !== null && limit !== '*' ? `<${encodeVersion(limit)}` : undefined;
}

/** `0` is before every version. */
function versOf(scheme: string, from: string, end: string | undefined): string {
  if (from === '0') return `vers:${scheme}/${end ?? '*'}`;
  return `vers:${scheme}/>=${encodeVersion(from)}${end === undefined ? '' : `|${end}`}`;
}

/** Quotes what vers gives a meaning. */
export function encodeVersion(version: string): string {
  return /^[\w.+~:-]*$/.test(version)
    ? version
    : version.replace(/[%|<>=!*,\s]/g, (letter) => encodeURIComponent(letter).replace(/^\*$/, '%2A').replace(/^!$/, '%21'));
}
