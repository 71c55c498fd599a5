import type { Assertion } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { parseInstant } from '../../domain/instants.ts';
import type { Matching, PartyMatch } from '../matching/matching-types.ts';
import type { Rejection } from '../rows/rejection.ts';
import { FileFault } from '../rows/rejection.ts';
import { askQuestions } from './ask-questions.ts';
import { kindsOfColumns } from './decisions/decide-columns.ts';
import type { FileDecisions, MappingDocument } from './decisions/mapping-document.ts';
import { decisionsFor } from './decisions/mapping-document.ts';
import { ListBudget } from './list-budget.ts';
import { assumeClient, mapList } from './map-list.ts';
import type { KnownFacts, MappedFile } from './mapped-file.ts';
import { describeWarnings, listValues, readData, writeDocument } from './mapped-file.ts';
import type { DateOrder, FileMapping, ImportQuestion, ValueMapping } from './mapping-types.ts';
import { measureTable } from './measure-table.ts';
import { PartyBook } from './party-book.ts';
import { findClientOfFile, proposeClient } from './propose-client.ts';
import { askKind, hasOrganizationIds, kindsBeyond, recognizeFile, refuseUnsure } from './recognize/recognize-file.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import { recognizeList } from './recognize/recognize-list.ts';
import type { CellReport } from './rows/cell-ledger.ts';
import { joinLedgers } from './rows/cell-ledger.ts';
import { FactMerger } from './rows/fact-merger.ts';
import { fieldIndexOf } from './rows/field-places.ts';
import type { RowCounts } from './rows/mapped-rows.ts';
import { MappedRows } from './rows/mapped-rows.ts';
import type { RowOutlets } from './rows/row-reader.ts';
import type { ColumnProfile } from './table/profile-columns.ts';
import type { TableSource } from './table/table-rows.ts';
import type { DateReading } from './values/read-dates.ts';
import { readDate } from './values/read-dates.ts';

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
  readonly cells: CellReport;
}

/** The outlets that the files of an import share. */
type SharedOutlets = Omit<RowOutlets, 'onRejection' | 'assertedAt'>;

interface ListDate extends Pick<FileMapping, 'asOf' | 'asOfBecause'> {
  /** A date of the title that has two readings. */
  readonly open: string | null;
}

const artifactName = fieldIndexOf('ARTIFACT', 'name');

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
  /** For all lists of the import, and for the cells of its workbooks. */
  readonly budget = new ListBudget();
  readonly #parties = new PartyBook(this.budget);
  #openKinds: ImportQuestion[] = [];

  constructor(options: MappedOptions) {
    this.#options = options;
  }

  get files(): readonly MappedFile[] {
    return this.#files;
  }

  /** The first reading. Throws FileFault UNKNOWN_KIND if the file is not an inventory, or if a person must state its kind. */
  async add(source: TableSource, isOnlyFile: boolean): Promise<MappedFile> {
    const { name } = source;
    const { assertedAt, decisions: all } = this.#options;
    const measured = await measureTable(source, (header) => decisionsFor(all, name, header, isOnlyFile), assertedAt);
    const { table, decisions, profiles } = measured;
    const kinds = decisions.kinds ?? this.#options.kinds ?? kindsBeyond(name, measured, kindsOfColumns(decisions), isOnlyFile);
    const list = recognizeFile(name, measured, kinds, isOnlyFile);
    if (list.isUnsure) {
      this.#openKinds.push(askKind(name, list.doubt));
      throw refuseUnsure(measured, list.doubt);
    }
    const { open, ...dated } = this.#date(table.preamble, name, decisions);
    const mapping = { ...this.#map(list, kinds, decisions, profiles), ...dated };
    const proposedClient = proposeClient(table.preamble, name);
    const assumed = { ...mapping, client: assumeClient(name, mapping, proposedClient) };
    const file: MappedFile = {
      ...measured,
      name,
      source,
      list,
      mapping,
      proposedClient,
      openAsOf: open,
      assertedAt: mapping.asOf ?? assertedAt,
      rows: new MappedRows(name, assumed, decisions, profiles),
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
    this.#files = this.#files.map((file) => proposeKnownClient(this.#describeOnly(file), known));
    for (const file of this.#files) {
      await readData(file, {
        onRow: (cells, line) => file.rows.noteParties(cells, line, this.#parties),
        onNote: (_, __, cells) => file.rows.noteBeside(cells),
      });
      file.rows.noteBeside(file.source.footnotes ?? []);
    }
    const { decisions, source } = this.#options;
    const matching = this.#parties.match(known.organizations, {
      decisions: decisions.parties,
      acceptsSame: decisions.mergeExact === true,
      apart: decisions.apart ?? [],
    });
    const ledgers = new Map(this.#files.map(({ name, rows }) => [name, rows.ledger]));
    const merger = new FactMerger(this.budget, ({ file, line, rule, what, text, becomes }) =>
      ledgers.get(file)?.note('FOLDED', null, rule, { line, text: `${what}: ${text}`, becomes }),
    );
    const facts = this.#factsFor(known, merger, onAssertion);
    // Artifacts of the import's own tables first: transfers name them.
    const ordered = [...this.#files].sort(
      (a, b) => Number(b.mapping.kinds.includes('ARTIFACT')) - Number(a.mapping.kinds.includes('ARTIFACT')),
    );
    for (const file of ordered) await readFacts(file, facts, onRejection);
    this.#checkCells();
    for (const assertion of merger.list(source)) onAssertion(assertion);
    return this.#describe(matching, merger, known);
  }

  /** Throws FileFault UNACCOUNTED_CELL if a cell, or a letter of a name, is neither used nor kept as text nor left out by a rule. */
  #checkCells(): void {
    const lost = this.#parties.findLost();
    const wayOut =
      'Nothing is imported, because it could be lost. Write the cell in another way, and report the row as a fault of this program.';
    if (lost !== undefined)
      throw new FileFault(
        'UNACCOUNTED_CELL',
        lost.line,
        `A part of the name ${JSON.stringify(lost.name.slice(0, 80))} in ${lost.file} is read by no rule. ${wayOut}`,
      );
    for (const { name, columns, rows } of this.#files) {
      const { unaccounted } = rows.ledger;
      if (unaccounted === undefined) continue;
      const { line, index } = unaccounted;
      throw new FileFault(
        'UNACCOUNTED_CELL',
        line,
        `The cell of "${columns[index]}" on line ${line} of ${name} is read by no rule. ${wayOut}`,
      );
    }
  }

  /** The facts that rows may name: those of the store, and the artifacts of the rows before. */
  #factsFor(known: KnownFacts, merger: FactMerger, onAssertion: (assertion: Assertion) => void): SharedOutlets {
    const stored = new Map(known.organizations.map((organization) => [organization.id, organization]));
    const artifacts = new Map(known.artifacts);
    const nameArtifact = (id: string, name: string) => {
      artifacts.set(id, id);
      artifacts.set(name, id);
    };
    return {
      parties: this.#parties,
      nameArtifact,
      merger,
      findArtifact: (text) => artifacts.get(text),
      isDefined: (id) => stored.has(id),
      aliasesOf: (id) => stored.get(id)?.aliases ?? [],
      onAssertion: (assertion) => {
        if (assertion.kind === 'ARTIFACT') nameArtifact(assertion.key, assertion.values[artifactName] as string);
        onAssertion(assertion);
      },
      source: this.#options.source,
    };
  }

  /** If another table states the engagements, a table of names, ids and countries only describes organizations. */
  #describeOnly(file: MappedFile): MappedFile {
    const { name, list, mapping, decisions, columns, header, profiles } = file;
    const isRelated = this.#files.some((other) => other !== file && (other.list.shape === 'PAIRS' || namesContracts(other)));
    // A description is a detail of the organization too.
    const isEngaged = mapping.columns.some(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field !== 'service');
    const isStated = decisions.kinds !== undefined || this.#options.kinds !== undefined;
    if (list.shape !== 'VENDORS' || !isRelated || !hasOrganizationIds(mapping) || isEngaged || isStated) return file;
    const described = recognizeList({ names: columns, header, profiles, title: name, kinds: ['ORGANIZATION'] });
    if (typeof described === 'string') return file;
    const { asOf, asOfBecause } = mapping;
    const remapped = { ...this.#map(described, ['ORGANIZATION'], decisions, profiles), asOf, asOfBecause };
    return { ...file, list: described, mapping: remapped, rows: new MappedRows(name, remapped, decisions, profiles) };
  }

  #describe(matching: Matching, merger: FactMerger, known: KnownFacts): MappedOutcome {
    const files = this.#files;
    const described = new Set(files.flatMap(({ rows }) => [...rows.organizations.described]));
    const values = files.flatMap(listValues);
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
      cells: joinLedgers(files.map(({ rows }) => rows.ledger)),
    };
  }

  /** The list's own date: as decided for the file, else for the import, else as a title or the file's name says. */
  #date(preamble: readonly string[], fileName: string, { asOf, dateOrder }: FileDecisions): ListDate {
    const { assertedAt, isDated } = this.#options;
    const decided = asOf === undefined ? undefined : parseInstant(asOf);
    if (decided !== undefined) return { asOf: decided, asOfBecause: 'as decided', open: null };
    const titles = fileName.includes('#') ? [...preamble, fileName.slice(fileName.indexOf('#') + 1)] : preamble;
    const found = isDated ? null : proposeAsOf(titles, fileName, assertedAt, dateOrder ?? null);
    if (found === null) return { asOf: null, asOfBecause: null, open: null };
    return 'open' in found
      ? { asOf: null, asOfBecause: null, open: found.open }
      : { asOf: found.at, asOfBecause: found.because, open: null };
  }

  #map(list: RecognizedList, kinds: readonly FactKind[] | undefined, decisions: FileDecisions, profiles: readonly ColumnProfile[]) {
    const shared = this.#options.decisions.files.find((file) => file.client !== undefined)?.client;
    return mapList(list, kinds, decisions, profiles, shared);
  }
}

/** Proposes the recorded organization that a file is named after. */
function proposeKnownClient(file: MappedFile, { organizations }: KnownFacts): MappedFile {
  const { name, mapping, decisions } = file;
  if (mapping.client !== null || file.proposedClient !== null) return file;
  const proposedClient = findClientOfFile(name, organizations);
  if (proposedClient === null) return file;
  const assumed = { ...mapping, client: assumeClient(name, mapping, proposedClient) };
  return { ...file, proposedClient, rows: new MappedRows(name, assumed, decisions, file.profiles) };
}

/** Reads the rows of one file as facts. Its rejections come grouped, after the last row. */
async function readFacts(file: MappedFile, facts: SharedOutlets, onRejection: (rejection: Rejection) => void): Promise<void> {
  const rejections = new GroupedRejections();
  const reject = (rejection: Rejection) => rejections.add(rejection);
  const outlets = { ...facts, onRejection: reject, assertedAt: file.assertedAt };
  const { ledger } = file.rows;
  await readData(file, {
    ledger,
    onRow: (cells, line, own) => file.rows.read(cells, line, outlets, own),
    onNote: (line, rule, cells) => file.rows.leaveOut(line, rule, cells),
    onAbove: (line, cells) => ledger.leaveRow(cells, line, 'stands above the table'),
    onRejection: (rejection, cells) => {
      file.rows.noteRejected(cells);
      reject(rejection);
    },
  });
  for (const rejection of rejections.list()) onRejection(rejection);
}

/** Whether a table lists contracts: each row has an id of its own, and names a provider that another table may describe. */
function namesContracts({ list, mapping }: MappedFile): boolean {
  return (
    list.shape === 'VENDORS' && mapping.columns.some(({ use, kind, field }) => use === 'FIELD' && kind === 'ENGAGEMENT' && field === 'id')
  );
}

/** Joins the rejections of one file that say the same into one, with all lines. A wrong column may reject a million rows. */
class GroupedRejections {
  readonly #groups = new Map<string, { readonly first: Rejection; readonly lines: number[] }>();

  add(rejection: Rejection): void {
    const { code, column, message } = rejection;
    getOrInsert(this.#groups, `${code}\n${column ?? ''}\n${message}`, () => ({ first: rejection, lines: [] })).lines.push(rejection.line);
  }

  list(): Rejection[] {
    return [...this.#groups.values()].map(({ first, lines }) => (lines.length === 1 ? first : { ...first, lines }));
  }
}

/** The date that a list gives itself. */
type AsOf =
  /** Epoch ms, and the place that says so. */
  | { readonly at: number; readonly because: string }
  /** The title has a date with two readings. */
  | { readonly open: string };

const dateInTitle = String.raw`(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日|\p{L}+[.,]? \d{1,2},? \d{4}|\d{1,2}\.? (?:de )?\p{L}+\.?,? (?:de )?\d{4})`;
const datingWords =
  'as of|as at|stand|per|last updated|updated|effective|date|valid as of|état au|mis à jour le|à jour au|au|a fecha de|fecha|exported|generated|atualizado em|posição em|stan na(?: dzień)?|по состоянию на';
const datedBefore = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}_])(?:${datingWords})(?![\p{L}\p{N}_])|截至|更新日)[:：\s]*(?:on\s+|at\b[:：\s]*)?${dateInTitle}`,
  'iu',
);
const datedBehind = new RegExp(String.raw`${dateInTitle}\s*(?:現在|時点|更新)`, 'iu');

/**
 * The list's own date: a full date after words like "as of" in the title, else an ISO date in the file's name. Null without a
 * date, or for a date after `now`.
 *
 * @param order the order of day and month in the file, where it is decided
 */
function proposeAsOf(title: readonly string[], fileName: string, now: number, order: DateOrder | null): AsOf | null {
  for (const line of title) {
    // A document of data has keys such as `as_of`.
    const words = line.replaceAll('_', ' ');
    const found = datedBefore.exec(words) ?? datedBehind.exec(words);
    if (found === null) continue;
    const text = found[1] as string;
    // "May, 15, 2025" has a comma too many.
    const date = readDate(text.replace(/^(\p{L}+),/u, '$1'), order);
    if (date === 'OPEN_ORDER') return { open: text };
    const at = toInstant(date);
    if (at !== null && at <= now) return { at, because: `the title says "${text}"` };
  }
  const iso = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/.exec(fileName);
  const at = iso === null ? null : toInstant(readDate(`${iso[1]}-${iso[2]}-${iso[3]}`, null));
  return at !== null && at <= now ? { at, because: `the name of the file says "${(iso as RegExpExecArray)[0]}"` } : null;
}

function toInstant(date: DateReading): number | null {
  return typeof date === 'object' && !date.isMonth ? date.at : null;
}
