import { factFields } from '../../domain/fact-fields.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { KnownOrganization, Matching } from '../matching/matching-types.ts';
import type { MappingDocument } from './decisions/mapping-document.ts';
import type { FileMapping, ValueMapping } from './mapping-types.ts';
import type { MeasuredTable } from './measure-table.ts';
import type { RecognizedList } from './recognize/recognize-list.ts';
import type { FactMerger } from './rows/fact-merger.ts';
import type { MappedRows } from './rows/mapped-rows.ts';
import { findColumnIndex } from './table/column-names.ts';
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
      `${merger.conflictCount} cells contradict an earlier row about the same organization or engagement. The earlier row counts.`,
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
