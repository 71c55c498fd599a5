import type { Assertion } from '../../domain/assertions.ts';
import type { FactKind, OrganizationRole } from '../../domain/facts.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { Matching, PartyMatch } from '../matching/matching-types.ts';
import { FileFault } from '../rows/file-fault.ts';
import { GroupedRejections } from '../rows/grouped-rejections.ts';
import type { Rejection } from '../rows/rejection.ts';
import { askQuestions } from './ask-questions.ts';
import { decideColumns } from './decisions/decide-columns.ts';
import type { FileDecisions, MappingDocument } from './decisions/mapping-document.ts';
import { decisionsFor } from './decisions/mapping-document.ts';
import { describeWarnings, listValues } from './describe-outcome.ts';
import { ListBudget } from './list-budget.ts';
import type { KnownFacts, MappedFile } from './mapped-file.ts';
import type { FileMapping, ImportQuestion, ValueMapping } from './mapping-types.ts';
import { measureTable } from './measure-table.ts';
import { PartyBook } from './party-book.ts';
import { proposeAsOf, proposeClient, proposeClientRole } from './propose-client.ts';
import { readData } from './read-data.ts';
import { noRows } from './recognize/choose-shape.ts';
import { kindsOfShape } from './recognize/list-shapes.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import { recognizeList } from './recognize/recognize-list.ts';
import { FactMerger } from './rows/fact-merger.ts';
import type { RowCounts } from './rows/map-rows.ts';
import { MappedRows } from './rows/map-rows.ts';
import { doraTemplateOf } from './table/dora-headers.ts';
import type { ColumnProfile } from './table/profile-columns.ts';
import type { TableSource } from './table/table-rows.ts';
import { writeDocument } from './write-document.ts';

export interface MappedOptions {
  readonly decisions: MappingDocument;
  /** The kinds that the caller states for every file. */
  readonly kinds?: readonly FactKind[] | undefined;
  /** Epoch ms. */
  readonly assertedAt: number;
  /** Whether a person stated that date; dates in titles of files are ignored then. */
  readonly isDated: boolean;
  readonly source: string | null;
}

/** The findings about the files, apart from their facts. */
export interface MappedOutcome {
  readonly questions: readonly ImportQuestion[];
  readonly values: readonly ValueMapping[];
  readonly matches: readonly PartyMatch[];
  readonly document: MappingDocument;
  readonly warnings: readonly string[];
  readonly counts: ReadonlyMap<string, RowCounts>;
  /** Ids of the organizations that rows describe. */
  readonly described: ReadonlySet<string>;
}

/**
 * Turns lists that are not canonical from rows of text into assertions.
 *
 * A list does not describe its own format. Its header may follow a title or be missing. "Company" may be the client or the
 * provider, 03/04/2025 may be two dates, and one row may state three facts. So each file is read three times:
 *
 * 1. Count the forms of all cells. From the counts and the header, `recognizeList` finds the subject of the rows and the meaning
 *    of each column. People's decisions replace guesses; `MappingDocument` alone holds them.
 * 2. Note every organization that any file names. All of them are matched at once, against each other and the store, which gives
 *    the id for each cell.
 * 3. Turn rows into facts. Rows about one organization or engagement make one fact together.
 *
 * No guess changes an answer: each open point becomes a question with a proposal. An unreadable cell is kept as text.
 *
 * Complexity: O(bytes) for each reading, and the matching of the organizations. Memory: the facts, and 400 values a column.
 */
export class MappedImport {
  readonly #options: MappedOptions;
  #files: MappedFile[] = [];
  readonly #budget = new ListBudget();
  readonly #parties = new PartyBook(this.#budget);
  #openKinds: ImportQuestion[] = [];

  constructor(options: MappedOptions) {
    this.#options = options;
  }

  get files(): readonly MappedFile[] {
    return this.#files;
  }

  /** The first reading. Throws FileFault UNKNOWN_KIND if the file is not an inventory, or if a person must state its kind. */
  async add(source: TableSource, isOnlyFile: boolean): Promise<MappedFile> {
    const { assertedAt } = this.#options;
    const measured = await measureTable(
      source,
      (header) => decisionsFor(this.#options.decisions, source.name, header, isOnlyFile),
      assertedAt,
    );
    const { table, decisions, header, columns, profiles } = measured;
    const kinds = decisions.kinds ?? this.#options.kinds ?? kindsOfColumns(decisions);
    // The name of a workbook says nothing about one of its sheets.
    const shownName = isOnlyFile ? source.name : source.name.slice(source.name.indexOf('#') + 1);
    const title = [shownName.replaceAll('.', ' '), ...table.preamble].join(' ');
    const evidence = { names: columns, header, profiles, title, kinds };
    let list = recognizeList(evidence);
    // A table of names and ids, imported with other tables, describes the organizations that the other tables refer to.
    if (
      typeof list !== 'string' &&
      list.isUnsure &&
      !isOnlyFile &&
      list.columns.some(({ kind, field }) => kind === 'ORGANIZATION' && field === 'id')
    ) {
      list = recognizeList({ ...evidence, kinds: ['ORGANIZATION'] });
    }
    if (typeof list === 'string') throw new FileFault('UNKNOWN_KIND', table.headerLine || 1, list === noRows ? list : `${list} ${wayOut}`);
    if (list.isUnsure && !isOnlyFile && table.headerLine === 0)
      throw new FileFault('UNKNOWN_KIND', 1, `The table has no header that is known. ${wayOut}`);
    if (list.isUnsure) {
      this.#openKinds.push(askKind(source.name));
      throw new FileFault('UNKNOWN_KIND', table.headerLine || 1, unsureKind(columns));
    }
    const titles = [...table.preamble, ...(source.name.includes('#') ? [source.name.slice(source.name.indexOf('#') + 1)] : [])];
    const dated = this.#date(titles, source.name, decisions);
    const mapping = { ...this.#map(list, kinds, decisions, profiles), asOf: dated.asOf, asOfBecause: dated.asOfBecause };
    const proposedClient = proposeClient(table.preamble, source.name);
    // Until a person names the list's client, the report assumes the proposed one. Nothing is written before that.
    const role = clientRoleOf(source.name, mapping, proposedClient);
    const assumed = { name: proposedClient ?? 'The client of this list', ...mapping.client, role };
    const file: MappedFile = {
      ...measured,
      name: source.name,
      source,
      list,
      mapping,
      proposedClient,
      openAsOf: dated.open,
      assertedAt: mapping.asOf ?? assertedAt,
      rows: new MappedRows(source.name, { ...mapping, client: assumed }, decisions),
    };
    this.#files.push(file);
    return file;
  }

  /** The questions about files whose kind a person must confirm. */
  get openKinds(): readonly ImportQuestion[] {
    return this.#openKinds;
  }

  /** The second and third reading. */
  async finish(
    known: KnownFacts,
    onAssertion: (assertion: Assertion) => void,
    onRejection: (rejection: Rejection) => void,
  ): Promise<MappedOutcome> {
    this.#files = this.#files.map((file) => this.#describeOnly(file));
    for (const file of this.#files) {
      await readData(file, (cells, line) => file.rows.noteParties(cells, line, this.#parties));
    }
    const { decisions, source } = this.#options;
    const matching = this.#parties.match(known.organizations, decisions.parties, decisions.mergeExact === true);
    const merger = new FactMerger(this.#budget);
    const stored = new Map(known.organizations.map((organization) => [organization.id, organization]));
    const artifacts = new Map(known.artifacts);
    // Artifacts of the import's own tables first: transfers name them.
    const ordered = [...this.#files].sort(
      (a, b) => Number(b.mapping.kinds.includes('ARTIFACT')) - Number(a.mapping.kinds.includes('ARTIFACT')),
    );
    for (const file of ordered) {
      const rejections = new GroupedRejections();
      const reject = (rejection: Rejection) => rejections.add(rejection);
      const outlets = {
        parties: this.#parties,
        merger,
        findArtifact: (text: string) => artifacts.get(text),
        isDefined: (id: string) => stored.has(id),
        aliasesOf: (id: string) => stored.get(id)?.aliases ?? [],
        onAssertion: (assertion: Assertion) => {
          if (assertion.kind === 'ARTIFACT') {
            artifacts.set(assertion.key, assertion.key);
            artifacts.set(assertion.values[1] as string, assertion.key);
          }
          onAssertion(assertion);
        },
        onRejection: reject,
        assertedAt: file.assertedAt,
        source,
      };
      await readData(
        file,
        (cells, line) => file.rows.read(cells, line, outlets),
        (line, reason) => {
          file.rows.counts.read++;
          file.rows.leaveOut(line, reason);
        },
        (rejection) => {
          file.rows.counts.read++;
          reject(rejection);
        },
      );
      for (const rejection of rejections.list()) onRejection(rejection);
    }
    for (const assertion of merger.list(source)) onAssertion(assertion);
    return this.#describe(matching, merger, known);
  }

  /** If another table states the engagements, a table of names, ids and countries only describes organizations. */
  #describeOnly(file: MappedFile): MappedFile {
    const { list, mapping, decisions, columns, header, profiles } = file;
    const isRelated = this.#files.some((other) => other !== file && (other.list.shape === 'PAIRS' || namesContracts(other)));
    const hasOwnIds = mapping.columns.some(({ kind, field }) => kind === 'ORGANIZATION' && field === 'id');
    // A description is a detail of the organization too.
    const isEngaged = mapping.columns.some(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field !== 'service');
    const isSaid = decisions.kinds !== undefined || this.#options.kinds !== undefined;
    if (list.shape !== 'VENDORS' || !isRelated || !hasOwnIds || isEngaged || isSaid) return file;
    const described = recognizeList({
      names: columns,
      header,
      profiles,
      title: file.name,
      kinds: ['ORGANIZATION'],
    });
    if (typeof described === 'string') return file;
    const { asOf, asOfBecause } = mapping;
    const remapped = { ...this.#map(described, ['ORGANIZATION'], decisions, profiles), asOf, asOfBecause };
    return { ...file, list: described, mapping: remapped, rows: new MappedRows(file.name, remapped, decisions) };
  }

  #describe(matching: Matching, merger: FactMerger, known: KnownFacts): MappedOutcome {
    const files = this.#files;
    const described = new Set(files.flatMap(({ rows }) => [...rows.described]));
    const values = files.flatMap((file) => listValues(file));
    // Where a workbook has an inventory, its other sheets are left out without a question.
    const openKinds = files.length === 0 ? this.#openKinds : this.#openKinds.filter(({ file }) => file?.includes('#') !== true);
    return {
      questions: [...openKinds, ...askQuestions({ files, matching, described, known, decisions: this.#options.decisions })],
      values,
      matches: matching.matches,
      document: writeDocument(files, matching, this.#options.decisions),
      warnings: describeWarnings(files, merger, values),
      counts: new Map(files.map(({ name, rows }) => [name, rows.counts])),
      described,
    };
  }

  /** The list's own date: as decided for the file, else for the import, else as the title or the file's name say. */
  #date(titles: readonly string[], fileName: string, { asOf, dateOrder }: FileDecisions) {
    const { assertedAt, isDated } = this.#options;
    const decided = asOf === undefined ? undefined : parseInstant(asOf);
    if (decided !== undefined) return { asOf: decided, asOfBecause: 'as decided', open: null };
    const found = isDated ? null : proposeAsOf(titles, fileName, assertedAt, dateOrder ?? null);
    if (found === null) return { asOf: null, asOfBecause: null, open: null };
    return 'open' in found
      ? { asOf: null, asOfBecause: null, open: found.open }
      : { asOf: found.at, asOfBecause: found.because, open: null };
  }

  #map(
    list: RecognizedList,
    kinds: readonly FactKind[] | undefined,
    decisions: FileDecisions,
    profiles: readonly ColumnProfile[],
  ): Omit<FileMapping, 'asOf' | 'asOfBecause'> {
    const shapeKinds = kindsOfShape[list.shape];
    const columns = decideColumns(list.columns, decisions.columns ?? [], kinds ?? shapeKinds).map((column) => {
      const order = column.dateOrder ?? orderOf(profiles[column.index] as ColumnProfile);
      return order === null ? column : { ...column, dateOrder: order };
    });
    // The tables of one import have the same client, unless a person names another client for one of them.
    const client = decisions.client ?? this.#options.decisions.files.find((file) => file.client !== undefined)?.client;
    const hasControls = columns.some(({ use }) => use === 'CONTROL');
    return {
      kinds: hasControls && !shapeKinds.includes('CONTROL') ? [...shapeKinds, 'CONTROL'] : shapeKinds,
      client: client === undefined ? null : { name: client.name, role: client.role },
      columns,
      dateOrder: decisions.dateOrder ?? null,
      createMissingOrganizations: decisions.createMissing === true,
      defaultRole: decisions.defaultRole ?? 'VENDOR',
    };
  }
}

/** The role of new clients. Financial entities are no labs, and the recipients of a supply chain are providers themselves. */
function clientRoleOf(file: string, { client }: Pick<FileMapping, 'client'>, proposed: string | null): OrganizationRole {
  const template = doraTemplateOf(file);
  if (template === 'b_05.02') return 'VENDOR';
  return client?.role ?? (template === undefined ? proposeClientRole(proposed) : 'VENDOR');
}

/** Whether a table lists contracts: each row has an id of its own, and names a provider that another table may describe. */
function namesContracts({ list, mapping }: MappedFile): boolean {
  return (
    list.shape === 'VENDORS' && mapping.columns.some(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === 'id')
  );
}

/** The order of day and month that a column's own dates prove; null if they prove none, or both. */
function orderOf({ dayFirstDates, monthFirstDates }: ColumnProfile): FileMapping['dateOrder'] {
  if (dayFirstDates > 0 && monthFirstDates === 0) return 'DAY_FIRST';
  return monthFirstDates > 0 && dayFirstDates === 0 ? 'MONTH_FIRST' : null;
}

function kindsOfColumns({ columns = [] }: FileDecisions): FactKind[] | undefined {
  const kinds = columns.filter(({ use, kind }) => use === 'FIELD' && kind).map(({ kind }) => kind as FactKind);
  return kinds.length === 0 ? undefined : [...new Set(kinds)];
}

const wayOut = 'If it is an inventory, say what it lists, and which column is which.';

function unsureKind(columns: readonly string[]): string {
  const shown = columns.slice(0, 8).join(', ');
  return `Neither the file's name nor its columns (${shown}) tell whether it lists mere organizations or vendors that somebody engages. Say which, or name a canonical file organizations.csv.`;
}

function askKind(file: string): ImportQuestion {
  return {
    id: `KIND:${file}`,
    kind: 'KIND',
    file,
    index: null,
    message: `What does ${file} list: organizations, or the vendors of one client?`,
    choices: ['engagements', 'organizations'],
    proposed: 'engagements',
    flag: '--as engagements',
  };
}
