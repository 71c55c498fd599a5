import { factFields } from '../../domain/fact-fields.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { KnownOrganization, Matching } from '../matching/matching-types.ts';
import type { Rejection } from '../rows/rejection.ts';
import type { FileDecisions, MappingDocument } from './decisions/mapping-document.ts';
import type { FileMapping, ValueMapping } from './mapping-types.ts';
import type { MeasuredTable } from './measure-table.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import type { CellLedger } from './rows/cell-ledger.ts';
import type { FactMerger } from './rows/fact-merger.ts';
import type { MappedRows } from './rows/mapped-rows.ts';
import { findColumnIndex } from './table/column-names.ts';
import { across, cellsUnder, findNoteReason, TablesBelow } from './table/find-table.ts';
import type { TableSource } from './table/table-rows.ts';

/** The facts that the store and the canonical files of the import already hold. */
export interface KnownFacts {
  readonly organizations: readonly KnownOrganization[];
  /** An id, or a name that only one artifact has -> the artifact's id. */
  readonly artifacts: ReadonlyMap<string, string>;
}

/** A mapped file. */
export interface MappedFile extends MeasuredTable {
  readonly name: string;
  readonly source: TableSource;
  readonly list: RecognizedList;
  readonly mapping: FileMapping;
  readonly proposedClient: string | null;
  readonly assertedAt: number;
  /** A date of the title that has two readings; null: none, or another date is decided. */
  readonly openAsOf: string | null;
  readonly rows: MappedRows;
}

/** The values of a file that no rule can read, and the meanings that people gave. */
export function listValues({ name, rows, columns, decisions }: MappedFile): ValueMapping[] {
  const open = rows.unread.map(({ index, value, count }) => ({
    file: name,
    index,
    column: columns[index] as string,
    value,
    count,
    meaning: null,
    isDecided: false,
  }));
  const decided = (decisions.values ?? []).map(({ column, value, meaning }) => {
    const index = findColumnIndex(columns, column);
    return { file: name, index, column: columns[index] ?? column, value, count: 0, meaning, isDecided: true };
  });
  return [...open, ...decided].sort((a, b) => a.index - b.index || b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** Whether the facts of a list keep unreadable cells as text: organizations and engagements do. */
function keepsText({ mapping }: MappedFile): boolean {
  return mapping.kinds.some((kind) => factFields[kind].some(({ type }) => type === 'attributes'));
}

/** A text with letters beyond ASCII: it shows at a glance whether the encoding is right. */
function showLetters(profiles: MappedFile['profiles']): string {
  for (const { distinct } of profiles)
    for (const text of distinct.keys()) if (/\P{ASCII}/u.test(text)) return `, such as "${text.slice(0, 60)}"`;
  return '';
}

/** Sentences about rows, dates, encodings and cells that the report must not pass over. */
export function describeWarnings(files: readonly MappedFile[], merger: FactMerger, values: readonly ValueMapping[]): string[] {
  const warnings: string[] = [];
  for (const { name, rows, mapping, decisions, source, profiles, assertedAt } of files) {
    for (const [reason, lines] of rows.counts.leftOut) {
      const one = lines.length === 1;
      warnings.push(
        `${name}: ${lines.length} ${one ? 'row was' : 'rows were'} left out: it ${reason} (${one ? '' : 'first: '}line ${lines[0]}).`.replace(
          ': it ',
          one ? ': it ' : ': each ',
        ),
      );
    }
    if (mapping.asOf !== null && decisions.asOf === undefined)
      warnings.push(`${name}: dated ${formatInstant(mapping.asOf).slice(0, 10)}, because ${mapping.asOfBecause}.`);
    if (rows.openStatuses.count > 0) {
      const one = rows.openStatuses.count === 1;
      warnings.push(
        `${name}: ${rows.openStatuses.count} ${one ? 'engagement counts' : 'engagements count'} as in force, because no date ends ${one ? 'it' : 'them'}, and ${one ? 'its' : 'their'} status says otherwise (${one ? '' : 'first: '}${rows.openStatuses.first}).`,
      );
    }
    if (rows.expired.count > 0) {
      const one = rows.expired.count === 1;
      warnings.push(
        `${name}: ${rows.expired.count} ${one ? 'piece of evidence has' : 'pieces of evidence have'} expired by ${formatInstant(assertedAt).slice(0, 10)} (${one ? '' : 'first: '}${rows.expired.first}): ${one ? 'it is' : 'they are'} recorded as expired.`,
      );
    }
    if (rows.hidden.count > 0) {
      const one = rows.hidden.count === 1;
      warnings.push(
        `${name}: ${rows.hidden.count} ${one ? 'name or id' : 'names and ids'} lost characters that nobody sees (${one ? '' : 'first: '}${rows.hidden.first}).`,
      );
    }
    // A workbook or a page has no delimiter, and its encoding is its own affair.
    if (source.encoding !== 'utf-8' && source.delimiter !== '')
      warnings.push(`${name}: read as ${source.encoding}${showLetters(profiles)}.`);
  }
  // A value that a fact needs is asked about, and its row waits.
  const waiting = new Set(
    files.flatMap(({ name, rows }) =>
      rows.unread.flatMap(({ index, value, isNeeded }) => (isNeeded ? [`${name}\n${index}\n${value}`] : [])),
    ),
  );
  const unread = values.filter(({ file, index, value, isDecided }) => !isDecided && !waiting.has(`${file}\n${index}\n${value}`));
  if (unread.length > 0) {
    const cells = unread.reduce((sum, { count }) => sum + count, 0);
    const [example] = unread as [ValueMapping];
    const inLists = new Set(unread.map(({ file }) => keepsText(files.find(({ name }) => name === file) as MappedFile)));
    const kept = inLists.size > 1 ? 'kept as text where the facts keep text' : inLists.has(true) ? 'kept as text' : 'left out';
    warnings.push(
      `${cells} ${cells === 1 ? 'cell does' : 'cells do'} not fit the meaning of the column, such as "${example.value.slice(0, 60)}" in ${example.column}: ${kept}, and the field stays empty.`,
    );
  }
  if (merger.droppedTexts > 0)
    warnings.push(
      `${merger.droppedTexts} cells were left out: a column keeps at most 100 different texts for one organization or engagement.`,
    );
  if (merger.unknownDateCount > 0) {
    const one = merger.unknownDateCount === 1;
    warnings.push(
      `${merger.unknownDateCount} ${one ? 'engagement has a date' : 'engagements have dates'} that one row states and another leaves empty: it counts as unknown.`,
    );
  }
  if (merger.severalEnds.size > 0) {
    const one = merger.severalEnds.size === 1;
    warnings.push(
      `${merger.severalEnds.size} ${one ? 'engagement has' : 'engagements have'} rows with different ends: the latest counts. If each service is a contract of its own, say so: by \`--contracts apart\`, or at the list on the page.`,
    );
  }
  if (merger.conflictCount > 0)
    warnings.push(
      `${merger.conflictCount} ${merger.conflictCount === 1 ? 'cell contradicts' : 'cells contradict'} an earlier row about the same organization, engagement or artifact. The earlier row counts.`,
    );
  return warnings;
}

/** The decisions about an import as one document: those that people made, and the mapping that follows from them. */
export function writeDocument(files: readonly MappedFile[], matching: Matching, decisions: MappingDocument): MappingDocument {
  // "New" says that the name is none of the candidates that were shown.
  const refused = matching.matches.flatMap(({ id, decision, candidates }) =>
    decision === 'NEW' ? candidates.map((candidate): [string, string] => [id, candidate.id]) : [],
  );
  const pairs = new Map([...(decisions.apart ?? []), ...refused].map((pair) => [pair.join('\n'), pair]));
  const apart = [...pairs.values()];
  return {
    version: 1,
    files: files.map(({ name, source, table, mapping, decisions: own }) => ({
      name,
      header: [...table.header],
      kinds: [...mapping.kinds],
      // A form that the program found itself is found again: the next edition may have another one.
      ...(own.headerLine === undefined ? {} : { headerLine: table.headerLine }),
      ...source.named,
      ...(mapping.client === null ? {} : { client: { ...mapping.client, ...(own.client?.isToBeCreated ? { isToBeCreated: true } : {}) } }),
      ...(own.clientRole === undefined ? {} : { clientRole: own.clientRole }),
      columns: mapping.columns.map(({ column, use, kind, field, control, dateOrder }) => ({
        column,
        use,
        kind,
        field,
        control,
        dateOrder,
      })),
      ...(mapping.dateOrder === null ? {} : { dateOrder: mapping.dateOrder }),
      ...(own.asOf === undefined ? {} : { asOf: own.asOf }),
      ...(mapping.namesAbove === null ? {} : { namesAbove: mapping.namesAbove }),
      ...(own.contractsApart === undefined ? {} : { contractsApart: own.contractsApart }),
      ...(mapping.newArtifacts === null ? {} : { newArtifacts: mapping.newArtifacts }),
      ...(mapping.remarks === null ? {} : { remarks: mapping.remarks }),
      createMissing: mapping.createMissingOrganizations,
      defaultRole: mapping.defaultRole,
      ...(own.values === undefined ? {} : { values: own.values.map((value) => ({ ...value, column: nameOf(mapping, value.column) })) }),
      ...(own.cells === undefined ? {} : { cells: own.cells }),
    })),
    parties: matching.matches
      .filter(({ decision }) => decision !== 'UNDECIDED')
      .map(({ id, decision, target }) => ({ party: id, decision, target })),
    ...(apart.length === 0 ? {} : { apart }),
    ...(decisions.sheets === undefined ? {} : { sheets: decisions.sheets }),
    ...(decisions.mergeExact === undefined ? {} : { mergeExact: decisions.mergeExact }),
  };
}

function nameOf({ columns }: FileMapping, wanted: string): string {
  const names = columns.map(({ column }) => column);
  return names[findColumnIndex(names, wanted)] ?? wanted;
}

interface DataOutlets {
  /** @param own the cells of the row itself; `cells` may have names from a row above */
  readonly onRow: (cells: readonly string[], line: number, own: readonly string[]) => void;
  /** A row that is no data, with the rule that completes "the row …". */
  readonly onNote?: (line: number, rule: string, cells: readonly string[]) => void;
  readonly onRejection?: (rejection: Rejection, cells: readonly string[]) => void;
  /** Rows above the header. */
  readonly onAbove?: (line: number, cells: readonly string[]) => void;
  readonly ledger?: CellLedger;
}

/** Reads every row of data, and repairs rows that are too long. Leaves out the other rows, each with a reason. */
export async function readData(
  { name, source, table, columns, forms, headings, rows, decisions }: MappedFile,
  { onRow, onNote, onRejection, onAbove, ledger }: DataOutlets,
): Promise<void> {
  const fixed = new Map<number, NonNullable<FileDecisions['cells']>>();
  for (const cell of decisions.cells ?? []) fixed.set(cell.line, [...(fixed.get(cell.line) ?? []), cell]);
  const { nameIndex } = rows;
  const above = new NamesAbove(rows);
  const below = new TablesBelow(table);
  await source.read((row) => {
    const { line } = row;
    // A text above the table, or in its header, is of no column.
    for (const [index, text] of (row.undecoded ?? []).entries())
      if (text !== row.cells[index])
        ledger?.note(
          'REPAIRED',
          line > table.headerLine && index < columns.length ? index : null,
          'was decoded twice, and is read as it was meant',
          {
            ...{ line, text },
            becomes: row.cells[index] ?? null,
          },
        );
    if (line <= table.headerLine) {
      if (line < table.headerLine) onAbove?.(line, row.cells);
      return;
    }
    if (row.fault !== undefined) {
      onRejection?.({ file: name, line, column: null, code: 'BAD_QUOTE', message: row.fault, value: null }, row.cells);
      return;
    }
    const outside = below.findReason(row);
    if (outside !== undefined) {
      onNote?.(line, outside, row.cells);
      return;
    }
    const under = cellsUnder(table, row.cells, source.delimiter);
    // Only a delimiter without quotes splits a cell.
    const isDelimited = source.delimiter !== '';
    const cells = under ?? (isDelimited ? forms.repair(row.cells, source.delimiter) : undefined);
    if (cells === undefined) {
      const message = isDelimited
        ? `The row has ${row.cells.length} cells, the table ${columns.length} columns. A text with "${source.delimiter}" in it must stand in quotes.`
        : `The row has text beyond the ${columns.length} columns of the table. Give its column a header, or move the text into the table.`;
      onRejection?.({ file: name, line, column: null, code: 'RAGGED_ROW', message, value: String(row.cells.length) }, row.cells);
      return;
    }
    if (cells.length < row.cells.length && ledger !== undefined) {
      const index = cells.findIndex((cell, at) => cell !== row.cells[at]);
      const shown = index < 0 ? undefined : { line, text: row.cells.slice(index).join(' | '), becomes: cells[index] ?? null };
      if (shown !== undefined)
        ledger.note(under === undefined ? 'REPAIRED' : 'JOINED', index, 'was split by a delimiter without quotes, and is one cell', shown);
    }
    for (const { index, text } of fixed.get(line) ?? []) {
      ledger?.note('REPAIRED', index, 'is corrected by a person', { line, text: cells[index] ?? '', becomes: text });
      cells[index] = text;
    }
    const heading = row.isAcross ? across : undefined;
    const reason = findNoteReason(cells, table, nameIndex) ?? headings.findReason(cells) ?? heading ?? rows.findDenial(cells);
    if (reason !== undefined) {
      onNote?.(line, reason, cells);
      return;
    }
    const completed = above.complete(cells);
    for (const [index, cell] of completed.entries())
      if (cell !== cells[index]) ledger?.note('REPAIRED', index, 'is empty, and has the name above it', { line, text: '', becomes: cell });
    onRow(completed, line, cells);
    return;
  });
}

/** Completes rows whose names stand only in a row above, as in a table with merged cells. */
class NamesAbove {
  readonly #groups: readonly (readonly number[])[];
  /** By group: the last row with a name. */
  readonly #last: (readonly string[] | undefined)[] = [];

  constructor({ repeatedColumns }: MappedFile['rows']) {
    this.#groups = repeatedColumns;
  }

  complete(own: readonly string[]): readonly string[] {
    let cells = own;
    for (const [at, columns] of this.#groups.entries()) {
      if (columns.some((index) => (cells[index] ?? '').trim() !== '')) {
        // Another client has vendors of its own.
        this.#last.length = at;
        this.#last[at] = cells;
      } else if (this.#last[at] !== undefined) {
        const last = this.#last[at];
        cells = cells.map((cell, index) => (columns.includes(index) ? (last[index] ?? '') : cell));
      }
    }
    return cells;
  }
}
