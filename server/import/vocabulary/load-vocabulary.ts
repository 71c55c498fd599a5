import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';
import { FileFault } from '../rows/file-fault.ts';
import { findNearest } from '../rows/find-nearest.ts';
import type { AddedRows, AnyRow, CsvLine, VocabularyFile } from './vocabulary-rows.ts';
import { addedRows, addVocabularyRows, readCsvLines, toRows, vocabularyColumns, vocabularyRows } from './vocabulary-rows.ts';
import { vocabularyRules } from './vocabulary-rules.ts';

const files = Object.keys(vocabularyColumns) as VocabularyFile[];
/** Far above any vocabulary. A larger file is another one. */
const mostBytes = 10_000_000;

/**
 * Makes a folder of CSV files add to the vocabulary of this process and its threads, or nothing for null. Call it once, before the first import.
 *
 * A file has the name and the columns of one of ours. Its rows add to ours: none takes a meaning away.
 *
 * Throws BAD_CONFIGURATION with one sentence: the file, the line, what is wrong and the way out. The vocabulary then stays as it is.
 */
export function loadVocabulary(folder: string | null): void {
  const before = addedRows();
  if (folder === null && Object.keys(before).length === 0) return;
  // Rows are checked against ours alone, not against those of another folder.
  addVocabularyRows({});
  if (folder === null) return;
  try {
    const added = Object.fromEntries(filesIn(folder).map((file) => [file, readAdded(folder, file)]));
    addVocabularyRows(added as AddedRows);
  } catch (error) {
    addVocabularyRows(before);
    throw error;
  }
}

/** The first wrong line of a file of the vocabulary, and what is wrong with it. Undefined for a file that is right. */
export function findFault(file: VocabularyFile, [header, ...lines]: readonly CsvLine[], before: readonly AnyRow[]): string | undefined {
  const columns = vocabularyColumns[file].join(',');
  if (header?.cells.map((cell) => cell.trim()).join(',') !== columns)
    return `line ${header?.line ?? 1}: write ${columns} as the first line`;
  const { fault, claim } = vocabularyRules[file] as {
    fault: (row: AnyRow) => string | undefined;
    claim?: (row: AnyRow) => [string, string];
  };
  const meanings = new Map(claim === undefined ? [] : before.map(claim));
  for (const { line, cells } of lines) {
    if (cells.length !== vocabularyColumns[file].length)
      return `line ${line}: ${cells.length} cells where ${columns} need ${vocabularyColumns[file].length}; put quotes around a text with a comma`;
    const [row] = toRows(file, [header, { line, cells }]) as [AnyRow];
    const found = findRowFault(row) ?? fault(row);
    if (found !== undefined) return `line ${line}: ${found}`;
    if (claim === undefined) continue;
    const [text, meaning] = claim(row);
    const known = meanings.get(text);
    if (known !== undefined && known !== meaning) return `line ${line}: "${text}" is ${known} already; leave the row out`;
    meanings.set(text, meaning);
  }
  return undefined;
}

function findRowFault(row: AnyRow): string | undefined {
  const empty = Object.keys(row).find((column) => row[column] === '');
  if (empty !== undefined) return `the cell of ${empty} is empty; fill it, or leave the row out`;
  if (row.language !== undefined && !/^(?:[a-z]{2}|-)$/.test(row.language))
    return `"${row.language}" is no language; write two small letters such as de, or - for none`;
  return undefined;
}

function filesIn(folder: string): VocabularyFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw refuse(folder, `the folder cannot be read (${(error as NodeJS.ErrnoException).code})`, error);
  }
  return names
    .filter((name) => name.toLowerCase().endsWith('.csv'))
    .sort()
    .map((name) => {
      const file = files.find((one) => `${one}.csv` === name);
      if (file !== undefined) return file;
      const nearest = findNearest(name.slice(0, -'.csv'.length), files);
      throw refuse(folder, `${name} is no file of the vocabulary${nearest === undefined ? '' : `; did you mean ${nearest}.csv?`}`);
    });
}

function readAdded(folder: string, file: VocabularyFile): AnyRow[] {
  const lines = readLines(folder, file);
  const fault = findFault(file, lines, vocabularyRows(file) as readonly AnyRow[]);
  if (fault !== undefined) throw refuse(folder, `${file}.csv, ${fault}`);
  return toRows(file, lines);
}

function readLines(folder: string, file: VocabularyFile): CsvLine[] {
  try {
    const bytes = readFileSync(join(folder, `${file}.csv`));
    if (bytes.length > mostBytes) throw refuse(folder, `${file}.csv is larger than 10 MB; leave out rows`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readCsvLines(Buffer.from(text));
  } catch (error) {
    if (error instanceof ExposureError) throw error;
    if (error instanceof FileFault) throw refuse(folder, `${file}.csv, line ${error.line ?? 1}: ${error.message}`, error);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw refuse(folder, `${file}.csv is not UTF-8; save it as "CSV UTF-8"`, error);
    throw refuse(folder, `${file}.csv cannot be read (${code ?? (error as Error).message})`, error);
  }
}

function refuse(folder: string, what: string, cause?: unknown): ExposureError {
  const names = files.map((file) => `${file}.csv`).join(', ');
  const text = `EXPOSURE_VOCABULARY is "${folder}"; ${what.replace(/[.?]$/, '')}; expected a folder with any of ${names}.`;
  return new ExposureError('BAD_CONFIGURATION', text, { cause });
}
