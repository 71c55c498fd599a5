import { open, readFile, stat } from 'node:fs/promises';
import type { Assertion, FactValue } from '../domain/assertions.ts';
import { ExposureError } from '../domain/errors.ts';
import { factFields } from '../domain/fact-fields.ts';
import { hasLoneSurrogate } from '../domain/fact-rules.ts';
import { artifactTypes, madeKey, type SoftwareKind } from '../domain/facts.ts';
import { toPlainName } from '../domain/names/plain-name.ts';
import { hasHidden, showHidden, withoutHidden } from '../domain/text/hidden-characters.ts';
import { countOf } from '../software/read/list-rows.ts';
import { looksLikeSoftware, OtherKindOfFile, readSoftware, type SoftwareReading } from '../software/read/read-software.ts';
import type { OwnerProposal, Place, ReadList } from '../software/read/software-reading.ts';
import { namesInZip } from '../software/read/unpack.ts';
import { advisoryValues, claimValues, listValues, statementValues } from '../software/recorded-facts.ts';
import type { SoftwareStatement } from '../software/software-facts.ts';
import { isArchive, nameInArchive } from './documents/file-names.ts';
import type { FileDecisions } from './mapping/decisions/mapping-document.ts';
import type { ImportQuestion } from './mapping/mapping-types.ts';
import type { KnownOrganization } from './matching/matching-types.ts';
import { FileFault } from './rows/rejection.ts';

/** Ends of names that software lists and advisories have, and that other lists may have, too. */
const sharedEnds = /\.(json|jsonl|ndjson|ya?ml)$/i;
/** Ends of names that nothing else here is read from. Some are packed in ways that are refused with what to do. */
const ownEnds = /\.(xml|jsonld|cdx|spdx|s?bom|vex|gz|bz2|xz|zst)$/i;
const mostBytes = 64 * 1024 ** 2;
const searchedBytes = 65_536;

/** Whether a file may be a software list or an advisory, by its name. Its content says whether it is one. */
export function mayHoldSoftware(name: string): boolean {
  const inner = nameInArchive(name);
  return sharedEnds.test(inner) || ownEnds.test(inner);
}

/** The most files that an archive of other lists holds. */
export const mostFilesInArchive = 100;

/**
 * Whether a .zip archive is read as one file, entry by entry: public databases pack thousands of records. So is one with more files than other
 * archives hold, each of which may be a software list or an advisory by its name.
 */
export async function isSoftwareArchive(path: string): Promise<boolean> {
  if ((await stat(path)).size > mostBytes) return false;
  try {
    const names = namesInZip(await readFile(path), '');
    return names.length > mostFilesInArchive && names.every(mayHoldSoftware);
  } catch (error) {
    // A damaged one is refused where it is unpacked.
    if (error instanceof ExposureError) return false;
    throw error;
  }
}

/** Whether a file of a folder is taken for a software list or an advisory: by the marks in its beginning, or because it is packed. */
export async function isSoftwareOfFolder(path: string): Promise<boolean> {
  if (!mayHoldSoftware(path)) return false;
  return /\.(gz|bz2|xz|zst)$/i.test(path) || looksLikeSoftware(await readStart(path));
}

/**
 * Reads a software list, an advisory or statements, or an archive of them (semantics §13.5). Undefined: the file is none of these, and may be
 * a list of another kind.
 *
 * Throws FileFault for one that is damaged or too large, with the way out.
 */
export async function readSoftwareFile(name: string, path: string): Promise<SoftwareReading | undefined> {
  if (!mayHoldSoftware(name) && !isArchive(name)) return undefined;
  const { size } = await stat(path);
  const mayBeOther = sharedEnds.test(nameInArchive(name));
  // Any other JSON or YAML is read as a list of objects, which has limits of its own.
  const isOther = async () => mayBeOther && !looksLikeSoftware(await readStart(path));
  if (size > mostBytes) {
    if (await isOther()) return undefined;
    throw new FileFault('UNSAFE_WORKBOOK', 1, 'The file is larger than 64 MB, the most that is read of a software list. Split it.');
  }
  const bytes = await readFile(path);
  try {
    return readSoftware(bytes, name, Date.now());
  } catch (error) {
    if (!(error instanceof ExposureError)) throw error;
    if (error instanceof OtherKindOfFile ? mayBeOther : await isOther()) return undefined;
    const message = error.message.startsWith(`${name} `) ? `The file ${error.message.slice(name.length + 1)}` : error.message;
    throw new FileFault(error.code === 'BAD_USER_INPUT' ? 'NOT_TEXT' : 'UNSAFE_WORKBOOK', 1, message);
  }
}

/** The beginning of a file, in the encoding that its first bytes show. */
async function readStart(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(searchedBytes), position: 0 });
    const start = buffer.subarray(0, bytesRead);
    if (start[0] === 0xfe && start[1] === 0xff) start.subarray(0, bytesRead & ~1).swap16();
    return start.toString(start[0] === 0xff && start[1] === 0xfe ? 'utf16le' : 'latin1');
  } finally {
    await file.close();
  }
}

/** The facts of a software file, once a person has said whose it is. */
export interface SoftwareFacts {
  readonly assertions: readonly Assertion[];
  /** Of artifacts and transfers, as rows of lists are. */
  readonly rows: readonly Assertion[];
  readonly questions: readonly ImportQuestion[];
  readonly warnings: readonly string[];
}

interface SoftwareOrder {
  readonly name: string;
  readonly reading: SoftwareReading;
  readonly decisions: FileDecisions;
  readonly known: readonly KnownOrganization[];
  /** The ids of artifacts, by name where only one has it, and by id. */
  readonly artifacts: ReadonlyMap<string, string>;
  readonly assertedAt: number;
  /** Of the import; null: none. */
  readonly source: string | null;
}

/**
 * The facts of a software file. A list and a document of statements belong to the organization that a person names; without one, they wait with
 * a question that proposes it. Advisories need no owner: beside them, statements without one are left out, and counted.
 */
export function toSoftwareFacts(order: SoftwareOrder): SoftwareFacts {
  const { name, reading, decisions, known, assertedAt, source } = order;
  const assertions: Assertion[] = [];
  const questions: ImportQuestion[] = [];
  const warnings = reading.warnings.map(({ place, message }) => `${describePlace(place)}: ${message}`);
  const state = (kind: SoftwareKind, key: string, values: Assertion['values'], { file, line }: Place) =>
    assertions.push({ kind, key, isRetraction: false, values, assertedAt, source, file, line });
  const owner = decisions.of === undefined ? undefined : findOrganization(known, decisions.of);
  if (decisions.of !== undefined && owner === undefined)
    warnings.push(`There is no organization ${JSON.stringify(decisions.of)}, whose list ${name} is said to be.`);
  const isOwned = reading.lists.length + reading.documents.length > 0;
  if (isOwned && owner === undefined) {
    const question = askOwner(name, reading, known);
    questions.push(question);
    if (question.isOptional === true) warnings.push(sayLeftOut(name, reading, question));
  }
  for (const [index, { key, place, ...stated }] of reading.lists.entries()) {
    const { list, lost } = withoutHiddenTexts(stated);
    const subjects = reading.questions.flatMap((each) => (each.kind === 'SUBJECT' && each.index === index ? each.proposals : []));
    const chosen = subjects.find(({ subject }) => subject === decisions.subject);
    if (subjects.length > 1 && chosen === undefined)
      questions.push(
        askSubject(
          name,
          subjects.map(({ subject }) => subject),
        ),
      );
    else if (owner !== undefined) {
      const describedAt = list.describedAt ?? (decisions.asOf === undefined ? null : Date.parse(decisions.asOf));
      if (describedAt === null)
        warnings.push(
          `${describePlace(place)}: The list states no date, so nothing is certain of when it held. Give one as the date of the list.`,
        );
      if (lost.length > 0)
        warnings.push(
          `${describePlace(place)}: ${countOf(lost.length, 'text')} lost characters that nobody sees, the first "${showHidden(lost[0] as string)}".`,
        );
      const id = `${owner.id}/${key}`;
      state('SOFTWARE_LIST', id, listValues({ ...list, ...chosen, id, organization: owner.id, describedAt }), place);
    }
  }
  for (const record of reading.records) {
    const { place, ...stated } = record;
    state('ADVISORY', record.id, advisoryValues(stated), place);
  }
  const claims = new Map<string, typeof reading.availabilities>();
  for (const claim of reading.availabilities) {
    const key = madeKey(claim.advisory, claim.source);
    claims.set(key, [...(claims.get(key) ?? []), claim]);
  }
  const whole: Place = { file: name, path: '', line: null };
  for (const [key, all] of claims) {
    const [first] = all;
    if (first !== undefined) state('AVAILABILITY', key, claimValues(key, first.advisory, first.source, all), whole);
  }
  if (owner !== undefined)
    for (const { place, statements } of reading.documents)
      for (const stated of eachAdvisoryOnce(statements)) {
        const key = madeKey(owner.id, stated.advisory, stated.source);
        state('SOFTWARE_STATEMENT', key, statementValues(key, { ...stated, organization: owner.id }), place);
      }
  if (reading.artifacts.length > 0 && decisions.materials === undefined) questions.push(askMaterials(name, reading));
  const { rows, warnings: leftOut } = toMaterials(order);
  return { assertions, rows, questions, warnings: [...warnings, ...leftOut] };
}

/** A list without hidden characters in its subject, names and versions, and without halves of letters, which no store keeps (semantics §1). */
function withoutHiddenTexts(list: Omit<ReadList, 'key' | 'place'>): { readonly list: typeof list; readonly lost: readonly string[] } {
  const lost: string[] = [];
  const clean = <T extends string | null>(text: T): T => {
    if (text === null || !(hasHidden(text) || hasLoneSurrogate(text))) return text;
    lost.push(text);
    return (withoutHidden(text.replace(/\p{Cs}/gu, '\uFFFD')) || showHidden(text)) as T;
  };
  const subject = { subject: clean(list.subject), subjectVersion: clean(list.subjectVersion) };
  const components = list.components.map((row) => ({
    ...row,
    ...{ name: clean(row.name), version: clean(row.version), constraint: clean(row.constraint), scope: clean(row.scope) },
  }));
  return { list: lost.length === 0 ? list : { ...list, ...subject, components }, lost };
}

type Stated = Omit<SoftwareStatement, 'organization'>;

/** The worst first. */
const worstStates: readonly Stated['state'][] = ['AFFECTED', 'UNDER_INVESTIGATION', 'FIXED', 'NOT_AFFECTED'];

/**
 * One statement for each advisory. A document may state one for each product, and a fact has no product: the latest counts, and of one instant the worst
 * (semantics §13.5).
 */
function eachAdvisoryOnce(statements: readonly Stated[]): Iterable<Stated> {
  const found = new Map<string, Stated>();
  for (const stated of statements) {
    const key = madeKey(stated.advisory, stated.source);
    const known = found.get(key);
    const [at, knownAt] = [stated.at ?? -Infinity, known?.at ?? -Infinity];
    const isWorse = known !== undefined && worstStates.indexOf(stated.state) < worstStates.indexOf(known.state);
    if (known === undefined || at > knownAt || (at === knownAt && isWorse)) found.set(key, stated);
  }
  return found.values();
}

/** The most materials that a sentence names. */
const mostNamed = 3;

/** The question whether what an AI bill of materials names becomes artifacts. Nothing does without an answer. */
function askMaterials(file: string, { artifacts }: SoftwareReading): ImportQuestion {
  const named = artifacts.slice(0, mostNamed).map(({ name, owners, custodians, level }) => {
    const parties = [
      ...(owners.length === 0 ? [] : [`of ${owners.join(' and ')}`]),
      ...(custodians.length === 0 ? [] : [`at ${custodians.join(', ')}`]),
    ];
    return `${name} (${[...parties, ...(level === null ? [] : [`level ${JSON.stringify(level)}`])].join(', ')})`;
  });
  const more = artifacts.length > named.length ? `; and ${artifacts.length - named.length} more` : '';
  return {
    ...{ id: `MATERIALS:${file}`, kind: 'MATERIALS', file, index: null },
    message: `${file} names data with owners and custodians: ${named.join('; ')}${more}. They become artifacts and transfers only if you say of which type they are.`,
    ...{ choices: artifactTypes, proposed: null, flag: '--materials TYPE', isOptional: true },
  };
}

/**
 * The artifacts that an AI bill of materials names, with a transfer of unknown time from the owner to each custodian (semantics §13.7). What is not clear
 * is left out and said: without one recorded owner, without a level that has one meaning, or called as a recorded artifact.
 */
function toMaterials({
  name: file,
  reading,
  decisions,
  known,
  artifacts,
  assertedAt,
  source,
}: SoftwareOrder): Pick<SoftwareFacts, 'rows' | 'warnings'> {
  const rows: Assertion[] = [];
  const warnings: string[] = [];
  const type = decisions.materials;
  if (type === undefined) return { rows, warnings };
  const state = (kind: 'ARTIFACT' | 'TRANSFER', key: string, stated: Readonly<Record<string, FactValue>>) =>
    rows.push({
      ...{ kind, key, isRetraction: false, assertedAt, source, file, line: null },
      values: factFields[kind].map((field) => stated[field.name]),
    });
  for (const { name, version, owners, custodians, sensitivity, level } of reading.artifacts) {
    const leaveOut = (why: string) => warnings.push(`${file}: ${name} is left out: ${why}`);
    const [owner] = owners.map((each) => findOrganization(known, each));
    const id = `${owner?.id}/${name}`;
    const recorded = artifacts.get(name);
    if (owners.length !== 1) leaveOut(`it has ${owners.length === 0 ? 'no owner' : 'several owners'}, and an artifact has one.`);
    else if (owner === undefined)
      leaveOut(`its owner ${JSON.stringify(owners[0])} is no organization that is recorded. Import the organization first.`);
    else if (sensitivity === null)
      leaveOut(
        `${level === null ? 'it states no level' : `the level ${JSON.stringify(level)} has no one meaning`}. Record it by hand, with a sensitivity.`,
      );
    else if (recorded !== undefined && recorded !== id)
      leaveOut(`an artifact of this name is recorded as ${recorded}. Record its transfers by hand.`);
    else {
      state('ARTIFACT', id, { id, name, type, owner: owner.id, sensitivity, ...(version === null ? {} : { version }) });
      for (const each of custodians) {
        const custodian = findOrganization(known, each);
        if (custodian === undefined)
          warnings.push(
            `${file}: The custodian ${JSON.stringify(each)} of ${name} is no organization that is recorded, so no transfer to it is.`,
          );
        else if (custodian.id !== owner.id) {
          const key = `${id} to ${custodian.id}`;
          state('TRANSFER', key, { id: key, artifact: id, sender: owner.id, recipient: custodian.id });
        }
      }
    }
  }
  return { rows, warnings };
}

/** By id, merged id, name or alias, apart from case, accents and legal form. Undefined: none, or several. */
function findOrganization(known: readonly KnownOrganization[], text: string): KnownOrganization | undefined {
  const byId = known.find(({ id, mergedIds }) => id === text || mergedIds?.includes(text) === true);
  if (byId !== undefined) return byId;
  const plain = toPlainName(text);
  const found = known.filter(({ name, aliases }) => [name, ...aliases].some((one) => toPlainName(one) === plain));
  return found.length === 1 ? found[0] : undefined;
}

function askOwner(file: string, reading: SoftwareReading, known: readonly KnownOrganization[]): ImportQuestion {
  const { lists, records } = reading;
  const owners = ownersIn(reading);
  const proposed = owners.map((name) => findOrganization(known, name)).find((one) => one !== undefined);
  const named = owners[0] === undefined ? '' : ` The file names ${JSON.stringify(owners[0])}.`;
  const isOptional = lists.length === 0 && records.length > 0;
  return {
    ...{ id: `SOFTWARE_OWNER:${file}`, kind: 'SOFTWARE_OWNER', file, index: null },
    message: `${lists.length > 0 ? `Whose software list is ${file}?` : `Whose statements does ${file} hold?`} Name an organization that is recorded.${named}`,
    ...{ choices: [], proposed: proposed?.id ?? null, flag: '--of ORGANIZATION', ...(isOptional ? { isOptional } : {}) },
  };
}

/** The names of whose a file may be. The first is the most likely. */
function ownersIn({ questions }: SoftwareReading): readonly string[] {
  const proposals: readonly OwnerProposal[] = questions.flatMap((each) => (each.kind === 'OWNER' ? each.proposals : []));
  return proposals.map(({ name }) => name);
}

/** Beside advisories, statements that nobody gave an organization are left out (semantics §13.8). */
function sayLeftOut(file: string, reading: SoftwareReading, { proposed }: ImportQuestion): string {
  const count = reading.documents.reduce((sum, { statements }) => sum + [...eachAdvisoryOnce(statements)].length, 0);
  const [owner] = ownersIn(reading);
  const of =
    owner === undefined
      ? ''
      : proposed === null
        ? ` of ${JSON.stringify(owner)}, which is no recorded organization,`
        : ` of ${JSON.stringify(owner)}`;
  const wayOut = proposed === null ? 'Record the vendor, and import the file again.' : `Say whose: ${proposed} is proposed.`;
  return `${file}: ${countOf(count, 'statement')}${of} ${count === 1 ? 'is' : 'are'} left out. ${wayOut}`;
}

function askSubject(file: string, subjects: readonly string[]): ImportQuestion {
  const more = subjects.length > mostNamed ? ` and ${subjects.length - mostNamed} more` : '';
  return {
    ...{ id: `SOFTWARE_SUBJECT:${file}`, kind: 'SOFTWARE_SUBJECT', file, index: null },
    message: `${file} describes ${subjects.slice(0, mostNamed).join(', ')}${more}. Which one is the list of?`,
    ...{ choices: subjects, proposed: subjects[0] ?? null, flag: '--subject TEXT' },
  };
}

function describePlace({ file, path, line }: Place): string {
  return [file, line === null ? undefined : `line ${line}`, path === '' ? undefined : path].filter((part) => part !== undefined).join(', ');
}
