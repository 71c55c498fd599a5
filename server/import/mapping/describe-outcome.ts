import { factFields } from '../../domain/fact-fields.ts';
import { formatInstant } from '../../domain/instants.ts';
import type { MappedFile } from './mapped-file.ts';
import type { ValueMapping } from './mapping-types.ts';
import type { FactMerger } from './rows/fact-merger.ts';
import { findColumnIndex } from './table/column-names.ts';

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
