import { toPlainHeader } from '../../domain/columns/plain-header.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { organizationRoles } from '../../domain/facts.ts';
import { formatInstant } from '../../domain/instants.ts';
import { showHidden } from '../../domain/text/hidden-characters.ts';
import type { Matching } from '../matching/matching-types.ts';
import { conceptOf } from './column-synonyms.ts';
import type { MappingDocument } from './decisions/mapping-document.ts';
import type { KnownFacts, MappedFile } from './mapped-file.ts';
import type { ColumnMapping, DateOrder, ImportQuestion } from './mapping-types.ts';
import { namesOrganization, proposeClientRole } from './propose-client.ts';
import { isMark } from './rows/organization-rows.ts';
import { doraTemplateOf } from './table/column-names.ts';
import { twiceEncoding } from './table/csv-source.ts';
import type { ColumnProfile } from './table/profile-columns.ts';
import { readDate } from './values/read-dates.ts';
import { readAnswer } from './values/read-values.ts';

export interface AskedImport {
  readonly files: readonly MappedFile[];
  readonly matching: Matching;
  /** Ids of the organizations that rows describe. */
  readonly described: ReadonlySet<string>;
  readonly known: KnownFacts;
  readonly decisions: MappingDocument;
}

/**
 * The decisions that a person must make before a commit, in the best order for answering them. Each names the flag that answers
 * it and, if there is one, a proposal.
 */
export function askQuestions(asked: AskedImport): ImportQuestion[] {
  const { files } = asked;
  const doubts = files.flatMap((file) => askDoubts(file));
  return [
    // The tables of one import are one client's: the first one asks for all.
    ...doubts,
    // Whether a column names the senders decides whether the list has to name its owner.
    ...files.flatMap((file) => (doubts.length > 0 || isInner(file, files) ? [] : askClient(file))).slice(0, 1),
    ...files.flatMap((file) => askClientRole(file, asked.described)),
    ...files.flatMap((file) => askEncoding(file)),
    ...files.flatMap((file) => askAsOf(file)),
    ...files.flatMap((file) => askMeaning(file)),
    ...files.flatMap((file) => askUnnamed(file)),
    ...files.flatMap((file) => askRemarks(file)),
    ...files.flatMap((file) => askOrder(file)),
    ...files.flatMap((file) => askValues(file)),
    ...files.flatMap((file) => askNewArtifacts(file)),
    ...askCreation(asked),
    ...askMatches(asked),
  ];
}

/** Whether a table stands in the rows of another one, such as the subprocessors in a list of vendors. Its rows name their clients. */
function isInner({ name }: MappedFile, files: readonly MappedFile[]): boolean {
  return files.some((other) => name.startsWith(`${other.name}.`));
}

/** The column that must name the list's owner if the file as a whole does not. */
const ownerFields: Readonly<Partial<Record<string, string>>> = {
  ENGAGEMENT: 'client',
  TRANSFER: 'sender',
  ARTIFACT: 'owner',
  ACCESS: 'grantor',
};

const ownerQuestions: Readonly<Partial<Record<string, string>>> = {
  ENGAGEMENT: 'Whose vendors are these',
  TRANSFER: 'Who sent these',
  ARTIFACT: 'Whose artifacts are these',
  ACCESS: 'In whose systems can these act',
};

function askClient(file: MappedFile): ImportQuestion[] {
  const { name, mapping, proposedClient } = file;
  if (mapping.client !== null) return askOtherClients(file);
  const kind = mapping.kinds.find((one) => ownerFields[one] !== undefined);
  if (kind === undefined || mapping.columns.some((column) => column.kind === kind && column.field === ownerFields[kind])) return [];
  const role = proposeClientRole(proposedClient);
  const marked = findMarkedClients(file);
  const what = ownerQuestions[kind];
  return [
    {
      id: `CLIENT:${name}`,
      kind: 'CLIENT',
      file: name,
      index: null,
      message: `${what}? Name the owner of the list ${name}, and its role if it is not a lab.${marked.length === 0 ? '' : ` Or are ${marked.map((one) => `"${one}"`).join(', ')} the clients, each with a mark in its column?`}`,
      choices: [],
      proposed: proposedClient,
      flag:
        marked.length === 0
          ? `--client ${quote(proposedClient ?? 'NAME')}${role === 'LAB' ? '' : ` --client-role ${role}`} --create-missing`
          : `${marked.map((one) => `--map ${quote(`${one}=client`)}`).join(' ')}, or --client NAME`,
    },
  ];
}

/** Asks whether a column such as "Given by" names the senders, or persons: in the second case, the list's owner is the sender. */
function askDoubts({ name, mapping, list, profiles }: MappedFile): ImportQuestion[] {
  return [...list.doubts].flatMap(([index, what]) => {
    const { column, confidence } = mapping.columns[index] as ColumnMapping;
    if (confidence === 1) return [];
    const [example = ''] = (profiles[index] as ColumnProfile).distinct.keys();
    const field = mapping.kinds.includes('ACCESS') ? 'grantor' : 'sender';
    return [
      {
        id: `PARTY_MEANING:${name}:${index}`,
        kind: 'PARTY_MEANING' as const,
        file: name,
        index,
        message: `Does "${column}" (${name}) name organizations or ${what}, such as "${showHidden(example.slice(0, 80))}"? Of organizations, each is the ${field}. Of ${what}, the ${field} is the owner of the list.`,
        choices: [field, 'ignore'],
        proposed: null,
        flag: `--map ${quote(`${column}=${field}`)} or --map ${quote(`${column}=ignore`)}`,
      },
    ];
  });
}

/** Asks what the new clients are that rows name: such a list says nothing about it, and only a lab owns artifacts. */
function askClientRole({ name, rows }: MappedFile, described: ReadonlySet<string>): ImportQuestion[] {
  const open = [...rows.clientsWithoutRole].filter(([id]) => !described.has(id));
  const [first] = open;
  if (first === undefined) return [];
  const one = open.length === 1;
  const shown = showHidden(first[1].slice(0, 80));
  return [
    {
      id: `CLIENT_ROLE:${name}`,
      kind: 'CLIENT_ROLE',
      file: name,
      index: null,
      message: `What ${one ? `is the client "${shown}"` : `are the ${open.length.toLocaleString('en-US')} new clients`} of ${name}${one ? '' : `, such as "${shown}"`}? The list names ${one ? 'a client' : 'clients'} and vendors, and does not say whether ${one ? 'the client is a lab' : 'the clients are labs'}.`,
      choices: [...organizationRoles],
      proposed: null,
      flag: `--client-role ${organizationRoles.join('|')}`,
    },
  ];
}

/** Asks about a client that a person named for a list whose rows name others: one of the two would be ignored. */
function askOtherClients({ name, mapping, rows, decisions }: MappedFile): ImportQuestion[] {
  const column = mapping.columns.find(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === 'client');
  const { count, first } = rows.otherClients;
  if (column === undefined || column.confidence === 1 || count === 0 || decisions.client === undefined || mapping.client === null)
    return [];
  // "name" before "subcontractors" may name the vendors of the client that the person named.
  const named = mapping.columns.find(({ use, kind, field }) => use === 'FIELD' && kind === 'ORGANIZATION' && field === 'name');
  const isSub = named !== undefined && conceptOf('SUBPROVIDER').headers.includes(toPlainHeader(named.column));
  const maps = isSub ? [`--map ${quote(`${column.column}=vendor`)}`, `--map ${quote(`${named.column}=subcontractor`)}`] : [];
  const third = isSub ? ` If it names the vendors of ${mapping.client.name}, say so of both columns: ${maps.join(' ')}.` : '';
  return [
    {
      id: `CLIENT:${name}:${column.index}`,
      kind: 'CLIENT',
      file: name,
      index: column.index,
      message: `Whose vendors are these? You named ${mapping.client.name}, and "${column.column}" (${name}) names other clients, such as ${first}. If the column is right, keep it as client; else keep it as text.${third}`,
      choices: [],
      proposed: null,
      flag: `--map ${quote(`${column.column}=client`)} or --map ${quote(`${column.column}=attribute`)}`,
    },
  ];
}

/** The columns that may be named after clients: nothing but marks stands in them, and most of them are named as organizations are. */
function findMarkedClients({ list, mapping, profiles }: MappedFile): string[] {
  if (list.shape !== 'VENDORS') return [];
  const marked = mapping.columns.filter(({ index, use, confidence }) => {
    const texts = [...(profiles[index] as ColumnProfile).distinct.keys()];
    return (
      use === 'ATTRIBUTE' &&
      confidence < 1 &&
      texts.length > 0 &&
      texts.length < 4 &&
      texts.every((text) => isMark(text) || readAnswer(text) === false)
    );
  });
  const named = marked.filter(({ column }) => namesOrganization(column.split(/\s+/)));
  return marked.length > 1 && named.length * 2 >= marked.length ? marked.map(({ column }) => column) : [];
}

/** Asks about texts that were decoded twice, until a person names the encoding. */
function askEncoding({ name, twice, source }: MappedFile): ImportQuestion[] {
  if (twice.first === undefined || source.named?.encoding !== undefined) return [];
  const { text, means } = twice.first;
  return [
    {
      id: `ENCODING:${name}`,
      kind: 'ENCODING',
      file: name,
      index: null,
      message: `${twice.count === 1 ? 'A cell' : `${twice.count.toLocaleString('en-US')} cells`} of ${name} ${twice.count === 1 ? 'looks' : 'look'} as if decoded twice: does "${text}" mean "${means}"?`,
      choices: [twiceEncoding, source.delimiter === '' ? 'utf-8' : source.encoding],
      proposed: twiceEncoding,
      flag: `--encoding ${twiceEncoding}`,
    },
  ];
}

/** Asks for the list's own date only if its title has one with two readings. Where no date is known, the import's date counts. */
function askAsOf({ name, openAsOf, mapping }: MappedFile): ImportQuestion[] {
  if (openAsOf === null) return [];
  const choices = (['DAY_FIRST', 'MONTH_FIRST'] as const).flatMap((order) => {
    const date = readDate(openAsOf, order);
    return typeof date === 'object' ? [formatInstant(date.at).slice(0, 10)] : [];
  });
  const order = proposeOrder(mapping.columns);
  const proposed = order === null ? null : (choices[order === 'DAY_FIRST' ? 0 : 1] ?? null);
  return [
    {
      id: `AS_OF:${name}`,
      kind: 'AS_OF',
      file: name,
      index: null,
      message: `What is the date of the list ${name}? Its title says ${openAsOf}, which can be read both ways.`,
      choices,
      proposed,
      flag: `--asserted-at ${proposed ?? choices[0]}`,
    },
  ];
}

/** Asks for the meaning of date columns: a renewal date read as an end would turn current vendors into former ones. */
function askMeaning({ name, mapping, list, decisions, profiles }: MappedFile): ImportQuestion[] {
  if (mapping.columns.some(({ field, use }) => use === 'FIELD' && field === 'endsAt')) return [];
  return list.reminderColumns.flatMap((index) => {
    const column = mapping.columns[index] as ColumnMapping;
    const isDecided = column.confidence === 1 || (decisions.columns ?? []).some((decision) => decision.column === column.column);
    const past = (profiles[index] as ColumnProfile).pastDates;
    if (isDecided || past === 0) return [];
    const flagFor = (meaning: string) => `--map ${quote(`${column.column}=${meaning}`)}`;
    return [
      {
        id: `DATE_MEANING:${name}:${index}`,
        kind: 'DATE_MEANING' as const,
        file: name,
        index,
        message: `Does an engagement end on the date in "${column.column}" (${name})? ${past} of these dates are past: as ends they would make ${past === 1 ? 'its vendor' : 'their vendors'} former.`,
        choices: ['attribute', 'ends_at'],
        proposed: 'attribute',
        flag: flagFor('attribute'),
      },
    ];
  });
}

/**
 * Asks about rows that may belong to the name above. One alone is left out: it hardly makes a group. In a register of information, an
 * empty name has a meaning of its own.
 */
function askUnnamed({ name, mapping, rows }: MappedFile): ImportQuestion[] {
  const [first] = rows.unnamed;
  const isGroup = rows.unnamed.length > 1 && doraTemplateOf(name) === undefined;
  if (mapping.namesAbove !== null || first === undefined || !isGroup) return [];
  return [
    {
      id: `UNNAMED_ROWS:${name}`,
      kind: 'UNNAMED_ROWS',
      file: name,
      index: rows.nameIndex,
      message: `${rows.unnamed.length.toLocaleString('en-US')} rows of ${name} leave a name empty, such as line ${first}. Does each belong to the name above it?`,
      choices: ['above', 'left-out'],
      proposed: null,
      flag: '--unnamed-rows above',
    },
  ];
}

/** Asks about remarks beside names that say a start, an end, a plan or a status: "(terminated 2023-05-01)", "(Coming Soon)". */
function askRemarks({ name, mapping, rows }: MappedFile): ImportQuestion[] {
  const { count, dated, first, firstUndated } = rows.remarks;
  if (mapping.remarks !== null || count === 0) return [];
  const isEngaged = mapping.kinds.includes('ENGAGEMENT');
  const what = isEngaged
    ? 'Do its dates start and end engagements, does it stay a text, or are such rows left out?'
    : 'Does it stay a text, or are such rows left out?';
  const proposed = isEngaged && dated === count ? 'apply' : null;
  const undated =
    count === dated || count === 1
      ? ''
      : ` ${(count - dated).toLocaleString('en-US')} of them ${count - dated === 1 ? 'has' : 'have'} no date, such as ${firstUndated}: by the dates, ${count - dated === 1 ? 'that engagement counts' : 'those engagements count'} as in force.`;
  return [
    {
      id: `REMARKS:${name}`,
      kind: 'REMARKS',
      file: name,
      index: rows.nameIndex,
      message: `${count === 1 ? 'A name' : `${count.toLocaleString('en-US')} names`} of ${name} ${count === 1 ? 'has' : 'have'} a remark that says when something starts or ends, that it is planned, or how it stands: ${first}.${undated} ${what}`,
      choices: [...(isEngaged ? ['apply'] : []), 'text', 'left-out'],
      proposed,
      flag: `--remarks ${proposed ?? 'text'}`,
    },
  ];
}

/** One question for all columns of a file whose dates have two readings. */
function askOrder({ name, mapping, profiles, columns }: MappedFile): ImportQuestion[] {
  if (mapping.dateOrder !== null) return [];
  const open = mapping.columns.filter(({ index, use, kind, field, dateOrder }) => {
    if (use !== 'FIELD' || kind === null || dateOrder !== null) return false;
    const type = factFields[kind].find((spec) => spec.name === field)?.type;
    return (type === 'instant' || type === 'endInstant' || field === 'deletionState') && (profiles[index] as ColumnProfile).openDates > 0;
  });
  const [first] = open;
  if (first === undefined) return [];
  const proposed = proposeOrder(mapping.columns);
  const example = exampleOf([...(profiles[first.index] as ColumnProfile).distinct.keys()]);
  const shown = open.map(({ index }) => `"${columns[index]}"`).join(', ');
  return [
    {
      id: `DATE_ORDER:${name}`,
      kind: 'DATE_ORDER',
      file: name,
      index: first.index,
      message: `Is the day or the month first in ${shown} (${name})? ${example} can be read both ways.`,
      choices: ['DAY_FIRST', 'MONTH_FIRST'],
      proposed,
      flag: `--date-order ${proposed === 'DAY_FIRST' ? 'day-first' : 'month-first'}`,
    },
  ];
}

/** A date of the column with two readings: 1/1/2025 has only one, and so has 13.4.2025. */
function exampleOf(texts: readonly string[]): string {
  const dates = texts.flatMap((text) => /(?<!\d)\d{1,2}[-/]\d{1,2}[-/]\d{2,4}(?!\d)/.exec(text)?.[0] ?? []);
  return dates.find((date) => readDate(date, null) === 'OPEN_ORDER') ?? texts[0] ?? '';
}

/** The order that every other column of the file shows. */
function proposeOrder(columns: readonly ColumnMapping[]): DateOrder | null {
  const orders = new Set(columns.map(({ dateOrder }) => dateOrder).filter((order) => order !== null));
  return orders.size === 1 ? ([...orders][0] as DateOrder) : null;
}

function askValues({ name, rows, columns }: MappedFile): ImportQuestion[] {
  const all = rows.unread.filter(({ isNeeded }) => isNeeded);
  const [first] = all;
  if (first === undefined) return [];
  const needed = all.filter(({ index }) => index === first.index);
  const shown = needed.slice(0, 5).map(({ value }) => `"${value.slice(0, 40)}"`);
  const others = [...new Set(all.map(({ index }) => index))].filter((index) => index !== first.index).map((index) => `"${columns[index]}"`);
  const beside = others.length === 0 ? '' : `, and those of ${others.join(', ')}`;
  return [
    {
      id: `VALUES:${name}`,
      kind: 'VALUES',
      file: name,
      index: first.index,
      message: `What do these values of "${columns[first.index]}" (${name}) mean: ${shown.join(', ')}${needed.length > shown.length ? ` and ${needed.length - shown.length} more` : ''}${beside}? Their rows wait for it.`,
      choices: [],
      proposed: null,
      flag: '--mapping FILE, with the meaning of each value',
    },
  ];
}

/** Asks what the artifacts are that a custody list names and nothing describes: their type and sensitivity decide what is at stake. */
function askNewArtifacts({ name, mapping, rows }: MappedFile): ImportQuestion[] {
  const [first] = rows.unknownArtifacts;
  if (mapping.newArtifacts !== null || first === undefined) return [];
  const { size } = rows.unknownArtifacts;
  const one = size === 1;
  const owner = mapping.client === null ? 'OWNER' : mapping.client.name;
  return [
    {
      id: `NEW_ARTIFACTS:${name}`,
      kind: 'NEW_ARTIFACTS',
      file: name,
      index: null,
      message: `${one ? 'An artifact' : `${size.toLocaleString('en-US')} artifacts`} of ${name} ${one ? 'is' : 'are'} new: ${one ? '' : 'such as '}"${first.slice(0, 80)}". What ${one ? 'is its' : 'are their'} type and sensitivity (1 to 5), and who owns ${one ? 'it' : 'them'}? Or import a list of the artifacts too.`,
      choices: [],
      proposed: null,
      flag: `--new-artifacts ${quote(`ANNOTATION_GUIDELINES,4,${owner}`)}, or --new-artifacts reject`,
    },
  ];
}

/** One question for all organizations that rows refer to and no row describes. */
function askCreation({ files, described }: AskedImport): ImportQuestion[] {
  const open = files.filter(({ mapping, decisions }) => !mapping.createMissingOrganizations && decisions.createMissing !== true);
  // Leaves out a client whose own question is open, and a client that a person already asked to create, for whichever file.
  const ordered = new Set(
    files.flatMap(({ rows, decisions }) => (decisions.client?.isToBeCreated === true ? [rows.organizations.clientId] : [])),
  );
  const missing = new Set(
    open.flatMap(({ rows, mapping }) =>
      [...rows.organizations.created].filter((id) => !ordered.has(id) && (id !== rows.organizations.clientId || mapping.client !== null)),
    ),
  );
  for (const id of described) missing.delete(id);
  const [first] = missing;
  if (first === undefined) return [];
  const message =
    missing.size === 1
      ? `The organization "${first}" is new: create it?`
      : `${missing.size.toLocaleString('en-US')} organizations are new, such as "${first}": create them?`;
  const file = open.find(({ rows }) => rows.organizations.created.has(first))?.name ?? null;
  return [
    {
      id: 'CREATE_MISSING',
      kind: 'CREATE_MISSING',
      file,
      index: null,
      message,
      choices: ['true'],
      proposed: 'true',
      flag: '--create-missing',
    },
  ];
}

/** One question for all names that differ only in spelling. */
function askMatches({ matching }: AskedImport): ImportQuestion[] {
  const same = matching.matches.filter(
    ({ decision, target, isAmbiguous, candidates }) =>
      decision === 'UNDECIDED' &&
      target !== null &&
      !isAmbiguous &&
      candidates.some(({ id, isExact }) => id === target && isExact === true),
  );
  const [first] = same;
  if (first === undefined) return [];
  const names = `"${first.name}" and "${first.candidates.find(({ id }) => id === first.target)?.name}"`;
  return [
    {
      id: 'MATCHES',
      kind: 'MATCHES',
      file: first.file,
      index: null,
      message: `${same.length.toLocaleString('en-US')} ${same.length === 1 ? 'name differs' : 'names differ'} from another one only in spelling or legal form, such as ${names}: are they the same?`,
      choices: ['same'],
      proposed: 'same',
      flag: '--merge-exact',
    },
  ];
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}
