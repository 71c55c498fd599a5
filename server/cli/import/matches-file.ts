import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { formatCsvRecord, unguardCell } from '../../csv/csv-record.ts';
import { ExposureError } from '../../domain/errors.ts';
import type { MappingDocument } from '../../import/mapping/decisions/mapping-document.ts';
import type { ApartPair, PartyDecision, PartyMatch } from '../../import/matching/matching-types.ts';
import type { ReadImport } from '../../import/read-import.ts';
import { FileFault } from '../../import/rows/rejection.ts';
import { readCsvLines } from '../../import/vocabulary/vocabulary-rows.ts';

const columns = ['name', 'candidate', 'grade', 'decision', 'reason', 'file', 'line', 'party', 'candidate_id'] as const;
type Column = (typeof columns)[number];
const answers = ['same', 'alias', 'different'] as const;

type Decided = Pick<MappingDocument, 'parties'> & { readonly apart: readonly ApartPair[] };

/**
 * Reads the decisions in a file of pairs, as `writeMatches` writes it. A file that does not exist yet has none.
 *
 * Throws BAD_USER_INPUT with the line of an unknown decision, of a missing party, or of two answers that contradict each other.
 */
export function readMatches(path: string): Decided {
  if (!existsSync(path)) return { parties: [], apart: [] };
  const [header, ...rows] = readLines(path);
  const at = (column: Column) => header?.cells.indexOf(column) ?? -1;
  const missing = (['decision', 'party', 'candidate_id'] as const).filter((column) => at(column) < 0);
  if (missing.length > 0)
    fail(path, 1, `has no column ${missing.join(', ')}. Write the file anew: leave it out of the folder, and import with --matches again`);
  const parties = new Map<string, PartyDecision>();
  const apart: ApartPair[] = [];
  for (const { line, cells } of rows) {
    const cell = (column: Column) => unguardCell(cells[at(column)] ?? '').trim();
    const answer = cell('decision').toLowerCase();
    if (answer === '') continue;
    const [party, target] = [cell('party'), cell('candidate_id')];
    if (!answers.some((one) => one === answer))
      fail(path, line, `has the decision "${answer.slice(0, 40)}". Write one of ${answers.join(', ')}, or leave it empty`);
    if (party === '' || target === '') fail(path, line, 'names no party or no candidate_id. Keep these two columns as they were written');
    if (answer === 'different') {
      apart.push([party, target]);
      continue;
    }
    const before = parties.get(party);
    if (before !== undefined && before.target !== target)
      fail(path, line, `says that "${party}" is "${target}", and another line says that it is "${before.target}". Leave one of them empty`);
    parties.set(party, { party, decision: answer === 'same' ? 'MERGE' : 'ALIAS', target });
  }
  const torn = apart.find(([party, target]) => parties.get(party)?.target === target || parties.get(target)?.target === party);
  if (torn !== undefined) fail(path, 1, `says that "${torn[0]}" and "${torn[1]}" are the same and different. Keep one of the two`);
  return { parties: [...parties.values()], apart };
}

function readLines(path: string) {
  try {
    return readCsvLines(readFileSync(path));
  } catch (error) {
    if (error instanceof FileFault) return fail(path, 1, `cannot be read: ${error.message}`);
    return fail(path, 1, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function fail(path: string, line: number, what: string): never {
  throw new ExposureError('BAD_USER_INPUT', `${path}, line ${line}: it ${what.replace(/\.$/, '')}.`);
}

/** Writes every pair of names that may be one organization, with its decision. Throws BAD_USER_INPUT if the file cannot be written. */
export function writeMatches(path: string, { matches, mappingDocument }: ReadImport): void {
  const rows = matches.flatMap((match) =>
    match.candidates.map(({ id, name, grade, evidence }) => {
      const decision = decisionOf(match, id);
      return [match.name, name, grade, decision, evidence.join('; '), match.file, String(match.line), match.id, id];
    }),
  );
  const listed = new Set(rows.map((row) => `${row[7]}\n${row[8]}`));
  const apart = (mappingDocument?.apart ?? []).filter((pair) => !listed.has(pair.join('\n')));
  for (const [party, target] of apart) rows.push([party, target, '', 'different', 'kept apart before', '', '', party, target]);
  try {
    writeFileSync(path, [columns, ...rows].map(formatCsvRecord).join(''));
  } catch (error) {
    throw new ExposureError('BAD_USER_INPUT', `The pairs cannot be written to ${path} (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function decisionOf({ decision, target }: PartyMatch, candidate: string): string {
  if (decision === 'NEW') return 'different';
  if (target !== candidate) return '';
  return decision === 'MERGE' ? 'same' : decision === 'ALIAS' ? 'alias' : '';
}

/** `--keep-apart ID,ID`. An id with a comma stands in quotes. Throws BAD_USER_INPUT. */
export function parseApart(text: string): ApartPair {
  const [line] = readCsvLines(Buffer.from(text));
  const ids = (line?.cells ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (ids.length !== 2)
    throw new ExposureError(
      'BAD_USER_INPUT',
      `--keep-apart ${text} cannot be read: expected two ids or names, such as V-1,V-2. Write one with a comma in quotes.`,
    );
  return ids as unknown as ApartPair;
}
