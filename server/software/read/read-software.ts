import { createHash } from 'node:crypto';
import { parseAllDocuments } from 'yaml';
import { ExposureError } from '../../domain/errors.ts';
import type { Availability, SoftwareList } from '../software-facts.ts';
import type { JoinedAdvisory } from './join-advisories.ts';
import { joinAdvisories } from './join-advisories.ts';
import type { JsonObject } from './json-fields.ts';
import { isObject, objectOf } from './json-fields.ts';
import { countOf } from './list-rows.ts';
import { isCsaf, readCsaf } from './read-csaf.ts';
import { isCycloneDx, readCycloneDx } from './read-cyclonedx.ts';
import { decodeText, jsonLines, parseJson } from './read-json.ts';
import { isOpenVex, readOpenVex } from './read-openvex.ts';
import { isOsv, readOsv } from './read-osv.ts';
import { availabilitiesOf, isPackument, isPyPi, readPackument, readPyPi } from './read-registry.ts';
import { isSpdx, readSpdx } from './read-spdx.ts';
import { isSpdx3, readSpdx3 } from './read-spdx3.ts';
import { readXmlBom } from './read-xml-bom.ts';
import type {
  AdvisoryRecord,
  FindLines,
  ProposedArtifact,
  ProposedTransfer,
  ReadingQuestion,
  ReadingWarning,
  ReadList,
  Release,
  StatementDocument,
} from './software-reading.ts';
import { FileReading, largeFile, refusedFile } from './software-reading.ts';
import { unpack } from './unpack.ts';

/** The content of a file. */
export interface SoftwareReading {
  readonly lists: readonly ReadList[];
  /** As the file states them, for joining with those that are known. */
  readonly records: readonly AdvisoryRecord[];
  /** The records of this file, joined. */
  readonly advisories: readonly JoinedAdvisory[];
  readonly releases: readonly Release[];
  /** The releases that an advisory of this file lists. */
  readonly availabilities: readonly Availability[];
  readonly documents: readonly StatementDocument[];
  /** The proposals of AI bills of materials. */
  readonly artifacts: readonly ProposedArtifact[];
  readonly transfers: readonly ProposedTransfer[];
  readonly warnings: readonly ReadingWarning[];
  readonly questions: readonly ReadingQuestion[];
}

/**
 * Reads software lists, advisories, times of a registry and statements from the bytes of one file, which may be packed as .gz or .zip
 * (semantics §13.5). What it is, its content says; the name of the file serves for sentences and proposals alone. No URL is followed.
 *
 * Throws ExposureError, and nothing is kept: BAD_USER_INPUT (neither a list nor an advisory, damaged, not read), PAYLOAD_TOO_LARGE (64 MB
 * after unpacking, 100 times its packed size), LIMIT_EXCEEDED (64 levels, 200,000 components a list). In an archive, a file that is neither
 * a list nor an advisory is a warning while another is.
 *
 * @param now epoch milliseconds; dates after it are unknown
 */
export function readSoftware(bytes: Buffer, fileName: string, now: number): SoftwareReading {
  const readings: FileReading[] = [];
  const warnings: ReadingWarning[] = [];
  let refusal: ExposureError | undefined;
  for (const { name, bytes: content, isEntry, refusal: unread } of unpack(bytes, fileName)) {
    try {
      if (unread !== undefined) throw unread;
      const { reading, findLines } = readOne(content, name, now);
      readings.push(reading);
      for (const warning of reading.warnings(findLines)) warnings.push(warning);
    } catch (error) {
      if (!(error instanceof ExposureError) || error.code !== 'BAD_USER_INPUT' || !isEntry) throw error;
      refusal ??= error;
      warnings.push({ place: { file: name, path: '', line: null }, message: error.message });
    }
  }
  if (readings.length === 0) throw refusal ?? refusedFile(fileName, 'holds no file', 'Pack the lists or advisories, and import that.');
  const more = warnings.length - mostWarnings;
  if (more > 0) {
    warnings.length = mostWarnings;
    warnings.push({
      place: { file: fileName, path: '', line: null },
      message: `${countOf(more, 'more warning')} of other files are not shown.`,
    });
  }
  return gather(readings, warnings);
}

/** Of one archive. Nobody reads more. */
const mostWarnings = 1000;

function gather(readings: readonly FileReading[], warnings: readonly ReadingWarning[]): SoftwareReading {
  const found = readings.flatMap(({ lists }) => lists);
  const documents = readings.flatMap((each) => each.documents);
  const records = readings.flatMap((each) => each.records);
  const releases = readings.flatMap((each) => each.releases);
  const advisories = joinAdvisories(records);
  const questions: ReadingQuestion[] = [];
  for (const [index, { list, owners, subjects }] of found.entries()) {
    questions.push({ kind: 'OWNER', of: 'LIST', index, proposals: owners });
    if (list.describedAt === null) questions.push({ kind: 'TIME', index });
    if (subjects.length > 1) questions.push({ kind: 'SUBJECT', index, proposals: subjects });
  }
  for (const [index, { owners }] of documents.entries()) questions.push({ kind: 'OWNER', of: 'STATEMENTS', index, proposals: owners });
  return {
    lists: found.map(({ list }) => list),
    records,
    advisories,
    releases,
    availabilities: advisories.flatMap((each) => availabilitiesOf(each, releases, ({ versions }, version) => versions.includes(version))),
    documents: documents.map(({ document }) => document),
    ...gatherProposals(readings),
    warnings,
    questions,
  };
}

function gatherProposals(readings: readonly FileReading[]): Pick<SoftwareReading, 'artifacts' | 'transfers'> {
  const artifacts: ProposedArtifact[] = [];
  const transfers: ProposedTransfer[] = [];
  for (const reading of readings) {
    const offset = artifacts.length;
    for (const artifact of reading.artifacts) artifacts.push(artifact);
    for (const transfer of reading.transfers) transfers.push({ ...transfer, artifact: transfer.artifact + offset });
  }
  return { artifacts, transfers };
}

const noLines: FindLines = (paths) => paths.map(() => null);

function readOne(bytes: Buffer, file: string, now: number): { readonly reading: FileReading; readonly findLines: FindLines } {
  const reading = new FileReading(file, now, () => createHash('sha256').update(bytes).digest('hex'));
  const text = decodeText(file, bytes);
  const start = /\S/.exec(text)?.[0];
  if (start === undefined) throw refusedFile(file, 'is empty', 'Export the list or the advisory again, and import that.');
  if (start === '<') {
    const found = readXmlBom(file, text);
    if (found === undefined) throw notRecognized(file, 'XML of another kind');
    readCycloneDx(found.bom, reading);
    return { reading, findLines: found.findLines };
  }
  if (start === '{' || start === '[') {
    const value = parseJson(file, bytes, text);
    if (value !== undefined) {
      readValue(value, reading, file);
      return { reading, findLines: jsonLines(text) };
    }
    return { reading, findLines: readLines(text, reading, file) };
  }
  readYaml(text, reading, file);
  return { reading, findLines: noLines };
}

/** Where a value stands that holds a list or an advisory: answers of APIs wrap them. */
function unwrap(value: JsonObject): readonly [unknown, (string | number)[]] {
  // GitHub's export of a repository, a statement of in-toto, an answer of OSV.
  for (const key of ['sbom', 'predicate', 'vulns']) {
    const inner = value[key];
    if (key === 'vulns' ? Array.isArray(inner) : isObject(inner) && !isKnown(value)) return [inner, [key]];
  }
  return [value, []];
}

function readValue(value: unknown, reading: FileReading, file: string): void {
  const [inner, path] = isObject(value) ? unwrap(value) : [value, []];
  if (!Array.isArray(inner)) {
    if (!readObject(objectOf(inner), reading, path)) throw notRecognized(file, 'JSON of another kind');
    return;
  }
  readItems(inner, reading, file, (index) => [...path, index]);
}

/** Several records in one file. Throws if none of them is one. */
function readItems(items: readonly unknown[], reading: FileReading, file: string, pathOf: (index: number) => (string | number)[]): void {
  let isAny = false;
  for (const [index, item] of items.entries()) {
    if (isObject(item) && isOsv(item)) {
      readOsv(item, reading, pathOf(index));
      isAny = true;
    } else if (readObject(objectOf(item), reading, pathOf(index))) {
      isAny = true;
    } else {
      reading.warn(pathOf(index), 'This item is neither a software list nor an advisory. It is left out.', 'item');
    }
  }
  if (!isAny) throw notRecognized(file, items.length === 0 ? 'an empty array' : 'JSON of another kind');
}

const formats = [
  [isCycloneDx, readCycloneDx],
  [isSpdx, readSpdx],
  [isCsaf, readCsaf],
  [isOpenVex, readOpenVex],
  [isSpdx3, readSpdx3],
  [isOsv, readOsv],
  [isPyPi, readPyPi],
  [isPackument, readPackument],
] as const;

const isKnown = (value: JsonObject) => formats.some(([is]) => is(value));

/** False: the object is neither a list nor an advisory. */
function readObject(value: JsonObject, reading: FileReading, path: readonly (string | number)[]): boolean {
  const read = formats.find(([is]) => is(value))?.[1];
  read?.(value, reading, path);
  return read !== undefined;
}

/** JSON of one record a line. Says which lines are damaged. */
function readLines(text: string, reading: FileReading, file: string): FindLines {
  const items: unknown[] = [];
  /** Counted from 0, as a path is. */
  const lineOf: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const item = parseJson(file, Buffer.from(line), line);
    // The first line of JSON over several lines is no JSON by itself.
    if (item === undefined && items.length === 0) throw damagedJson(file, text);
    if (item === undefined) {
      reading.warn([index], 'This line is not JSON. It is left out.', 'line');
      continue;
    }
    items.push(item);
    lineOf.push(index);
  }
  readItems(items, reading, file, (index) => [lineOf[index] as number]);
  return (paths) => paths.map(([index]) => (typeof index === 'number' ? index + 1 : null));
}

function damagedJson(file: string, text: string): ExposureError {
  let why = '';
  try {
    JSON.parse(text);
  } catch (error) {
    why = (error as Error).message.slice(0, 200);
  }
  return refusedFile(file, `is not valid JSON (${why})`, 'Export it again, and import that.');
}

/** YAML takes a hundred times as long to parse as JSON does. */
const mostYaml = 4 * 1024 ** 2;
const deepestYaml = 64;

/** OSV records in YAML. Every scalar stays a text, so a version 1.10 is not the number 1.1. */
function readYaml(text: string, reading: FileReading, file: string): void {
  if (/^SPDXVersion:/m.test(text.slice(0, 10_000)))
    throw refusedFile(file, 'is SPDX in its tag form, which is not read', 'Convert it to SPDX JSON, and import that.');
  if (!/^(?:---\s*)?(?:#.*\n|\s)*["']?[\w@-]+["']?:/.test(text.slice(0, 10_000))) throw notRecognized(file, 'text of another kind');
  if (text.length > mostYaml) throw largeFile(file, 'is YAML of more than 4 MB', 'Write the records as JSON, and import that.');
  if (nestsDeeply(text))
    throw largeFile(file, 'holds more than 64 levels of lists and mappings', 'No advisory does: look at what made it.');
  let items: unknown[];
  try {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      logLevel: 'silent',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
    });
    const parsed = Array.isArray(documents) ? documents : [];
    if (parsed.some(({ errors }) => errors.length > 0)) throw new SyntaxError('YAML');
    items = parsed.flatMap((each) => each.toJS({ maxAliasCount: 0 }) as unknown);
  } catch {
    throw refusedFile(file, 'is not YAML that can be read', 'Write the records as JSON, and import that.');
  }
  if (!items.some((item) => isObject(item) && isKnown(item))) throw notRecognized(file, 'YAML of another kind');
  readItems(items, reading, file, (index) => (items.length === 1 ? [] : [index]));
}

/** Whether flow lists nest, or lines are indented, deeper than any record is. */
function nestsDeeply(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[[\]{}]/g)) {
    depth = mark === '[' || mark === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > 4 * deepestYaml) return true;
  }
  return new RegExp(`^(?: {${8 * deepestYaml}}|(?:[-?:] +){${deepestYaml}})`, 'm').test(text);
}

/** The refusal of a file that is sound and of another kind. */
export class OtherKindOfFile extends ExposureError {}

function notRecognized(file: string, what: string): ExposureError {
  const message =
    `${file} is neither a software list nor an advisory, but ${what}. Import CycloneDX 1.2 to 1.7 (JSON, XML), SPDX 2.2, 2.3 or 3.0 (JSON), ` +
    'OSV (JSON, YAML), CSAF 2.0, OpenVEX 0.2, or a document of PyPI or npm.';
  return new OtherKindOfFile('BAD_USER_INPUT', message);
}

/** Each holds in the beginning of a file of one format alone. */
const marks: readonly (readonly RegExp[])[] = [
  [/["']?(?:bomFormat|spdxVersion|SPDXID|csaf_version)["']?\s*:/],
  [/(?:cyclonedx\.org\/schema\/bom|spdx\.org\/rdf|openvex\.dev\/ns)/],
  [/["']?affected["']?\s*:/, /["']?(?:modified|schema_version)["']?\s*:/],
  [/"(?:dist-tags|last_serial)"\s*:/],
];

/**
 * Whether the beginning of a text has the marks of a software list or an advisory, however damaged the rest is. A sound file without them
 * may still be one.
 */
export function looksLikeSoftware(start: string): boolean {
  return marks.some((each) => each.every((mark) => mark.test(start)));
}

/**
 * The id of a list once its organization is known (semantics §13.1): the organization, `/` and what the file states. Where another list has
 * that id with other content, `~2`, `~3` and so on follow, and `isOther` is to be said.
 *
 * @param contentOf the `listContent` of the list that has an id, undefined where none has
 */
export function listId(
  organization: string,
  list: ReadList,
  contentOf: (id: string) => string | undefined,
): { readonly id: string; readonly isOther: boolean } {
  const content = listContent(list);
  const id = `${organization}/${list.key}`;
  for (let edition = 1; ; edition++) {
    const candidate = edition === 1 ? id : `${id}~${edition}`;
    const found = contentOf(candidate);
    if (found === undefined || found === content) return { id: candidate, isOther: edition > 1 };
  }
}

/** A hash of what a list states, equal for equal facts however the file was written. */
export function listContent(list: Omit<SoftwareList, 'id' | 'organization'>): string {
  const { subject, subjectVersion, describedAt, lifecycle, isComplete, format } = list;
  const hash = createHash('sha256').update(JSON.stringify([subject, subjectVersion, describedAt, lifecycle, isComplete, format]));
  for (const { package: purl, name, version, constraint, scope, depth, hashes } of list.components)
    hash.update(JSON.stringify([purl, name, version, constraint, scope, depth, hashes]));
  return hash.digest('hex');
}
