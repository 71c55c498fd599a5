import { factFields } from '../../domain/fact-fields.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { Matching } from '../matching/matching-types.ts';
import type { MappingDocument } from './decisions/mapping-document.ts';
import type { KnownFacts, MappedFile } from './mapped-file.ts';
import type { ColumnMapping, DateOrder, ImportQuestion } from './mapping-types.ts';
import { proposeClientRole } from './propose-client.ts';
import { doraTemplateOf } from './table/dora-headers.ts';
import type { ColumnProfile } from './table/profile-columns.ts';
import { readDate } from './values/read-dates.ts';

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
  return [
    // The tables of one import are one client's: the first one asks for all.
    ...files.flatMap((file) => askClient(file)).slice(0, 1),
    ...files.flatMap((file) => askAsOf(file)),
    ...files.flatMap((file) => askMeaning(file)),
    ...files.flatMap((file) => askUnnamed(file)),
    ...files.flatMap((file) => askOrder(file)),
    ...files.flatMap((file) => askValues(file)),
    ...askCreation(asked),
    ...askMatches(asked),
  ];
}

/** The column that must name the list's owner if the file as a whole does not. */
const ownerFields: Readonly<Partial<Record<string, string>>> = { ENGAGEMENT: 'client', TRANSFER: 'sender', ARTIFACT: 'owner' };

function askClient({ name, mapping, proposedClient }: MappedFile): ImportQuestion[] {
  if (mapping.client !== null) return [];
  const kind = mapping.kinds.find((one) => ownerFields[one] !== undefined);
  if (kind === undefined || mapping.columns.some((column) => column.kind === kind && column.field === ownerFields[kind])) return [];
  const role = proposeClientRole(proposedClient);
  const what = kind === 'ENGAGEMENT' ? 'Whose vendors are these' : kind === 'TRANSFER' ? 'Who sent these' : 'Whose artifacts are these';
  return [
    {
      id: `CLIENT:${name}`,
      kind: 'CLIENT',
      file: name,
      index: null,
      message: `${what}? Name the owner of the list ${name}, and its role if it is not a lab.`,
      choices: [],
      proposed: proposedClient,
      flag: `--client ${quote(proposedClient ?? 'NAME')}${role === 'LAB' ? '' : ` --client-role ${role}`} --create-missing`,
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

/** One question for all columns of a file whose dates have two readings. */
function askOrder({ name, mapping, profiles, columns }: MappedFile): ImportQuestion[] {
  if (mapping.dateOrder !== null) return [];
  const open = mapping.columns.filter(({ index, use, kind, field, dateOrder }) => {
    if (use !== 'FIELD' || kind === null || dateOrder !== null) return false;
    const type = factFields[kind].find((spec) => spec.name === field)?.type;
    return (type === 'instant' || type === 'endInstant') && (profiles[index] as ColumnProfile).openDates > 0;
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

/** A date of the column with two different readings if there is one: 1/1/2025 has only one. */
function exampleOf(texts: readonly string[]): string {
  const dates = texts.filter((text) => /^\d{1,2}[-/.]\d{1,2}[-/.]/.test(text));
  const hasTwo = (text: string) => {
    const [first, second] = text.split(/[-/.]/).map(Number) as [number, number];
    return first !== second && first <= 12 && second <= 12;
  };
  return dates.find(hasTwo) ?? dates[0] ?? '03/04/2025';
}

/** The order that every other column of the file shows. */
function proposeOrder(columns: readonly ColumnMapping[]): DateOrder | null {
  const orders = new Set(columns.map(({ dateOrder }) => dateOrder).filter((order) => order !== null));
  return orders.size === 1 ? ([...orders][0] as DateOrder) : null;
}

function askValues({ name, rows, columns }: MappedFile): ImportQuestion[] {
  const needed = rows.unread.filter(({ isNeeded }) => isNeeded);
  const [first] = needed;
  if (first === undefined) return [];
  const shown = needed.slice(0, 5).map(({ value }) => `"${value.slice(0, 40)}"`);
  return [
    {
      id: `VALUES:${name}`,
      kind: 'VALUES',
      file: name,
      index: first.index,
      message: `What do these values of "${columns[first.index]}" (${name}) mean: ${shown.join(', ')}${needed.length > shown.length ? ` and ${needed.length - shown.length} more` : ''}? Their rows wait for it.`,
      choices: [],
      proposed: null,
      flag: '--mapping FILE, with the meaning of each value',
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
      decision === 'UNDECIDED' && target !== null && !isAmbiguous && candidates[0]?.grade === 'SAME',
  );
  const [first] = same;
  if (first === undefined) return [];
  const isSpelling = (match: Matching['matches'][number]) =>
    match.candidates[0]?.evidence.some((text) => text.startsWith('same name')) === true;
  const shown = same.find(isSpelling) ?? first;
  const how = same.every(isSpelling) ? 'only in spelling or legal form' : 'only in spelling or legal form, or have the same website';
  const names = `"${shown.name}" and "${shown.candidates[0]?.name}"`;
  return [
    {
      id: 'MATCHES',
      kind: 'MATCHES',
      file: shown.file,
      index: null,
      message: `${same.length.toLocaleString('en-US')} ${same.length === 1 ? 'name differs' : 'names differ'} from another one ${how}, such as ${names}: are they the same?`,
      choices: ['same'],
      proposed: 'same',
      flag: '--merge-exact',
    },
  ];
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '\\"')}"`;
}
