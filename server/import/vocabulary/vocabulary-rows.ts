import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { packageRoot } from '../../configuration/package-root.ts';
import { CsvScanner } from '../csv/scan-csv.ts';

/** The columns of each file of the vocabulary, in their order. README.md says what they mean. */
export const vocabularyColumns = {
  headers: ['concept', 'language', 'header'],
  controls: ['control', 'language', 'header'],
  words: ['use', 'language', 'words'],
  values: ['field', 'value', 'language', 'phrase'],
  dates: ['meaning', 'language', 'words'],
  'legal-forms': ['use', 'form'],
  brands: ['name', 'relation', 'other', 'source'],
  vendors: ['name', 'relation', 'other', 'source', 'date'],
  countries: ['code', 'language', 'name'],
} as const;

export type VocabularyFile = keyof typeof vocabularyColumns;
export type VocabularyRow<F extends VocabularyFile> = Readonly<Record<(typeof vocabularyColumns)[F][number], string>>;
export type AnyRow = Readonly<Record<string, string>>;
/** Further rows, by file. */
export type AddedRows = { readonly [F in VocabularyFile]?: readonly VocabularyRow<F>[] };

export interface CsvLine {
  /** From 1, as an editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
}

const none: AddedRows = {};
/** Worker threads that start later see what the main thread keeps under this key. */
const key = 'exposure: rows that add to the vocabulary';

/** Rises whenever the vocabulary changes: once, at the start of the process. */
let edition = 0;
const own = new Map<VocabularyFile, readonly AnyRow[]>();
/** Rows in place of ours and of those that add to them. */
const replaced = new Map<VocabularyFile, readonly AnyRow[]>();

/**
 * The rows of a file of the vocabulary: ours, then those of the person who runs the program (`loadVocabulary`).
 *
 * The vocabulary is a constant of the process and of its threads. Each thread reads a file of ours once, when it first needs it.
 */
export function vocabularyRows<F extends VocabularyFile>(file: F): readonly VocabularyRow<F>[] {
  const added: readonly AnyRow[] = addedRows()[file] ?? [];
  return (replaced.get(file) ?? [...ownRows(file), ...added]) as unknown as VocabularyRow<F>[];
}

/** The rows that `addVocabularyRows` named last. */
export function addedRows(): AddedRows {
  return (getEnvironmentData(key) as AddedRows | undefined) ?? none;
}

/** The files that add to ours, with the number of their rows. */
export function countAddedRows(): { readonly file: string; readonly rows: number }[] {
  return Object.entries(addedRows()).map(([file, rows]) => ({ file: `${file}.csv`, rows: rows.length }));
}

/** Replaces the rows that add to ours, in this thread and in the threads that it starts from now on. */
export function addVocabularyRows(rows: AddedRows): void {
  setEnvironmentData(key, rows);
  edition++;
}

/** Replaces all rows of a file in this thread. For a program that has no files, and brings the rows of another one along. */
export function replaceVocabularyRows<F extends VocabularyFile>(file: F, rows: readonly VocabularyRow<F>[]): void {
  replaced.set(file, rows);
  edition++;
}

/** A function of the vocabulary that is computed when it is first needed, and once for each vocabulary. */
export function fromVocabulary<T>(build: () => T): () => T {
  let built: { readonly edition: number; readonly value: T } | undefined;
  return () => {
    if (built?.edition !== edition) built = { edition, value: build() };
    return built.value;
  };
}

/** The rows of a file as objects, with its columns as keys. The first line names the columns. */
export function toRows(file: VocabularyFile, [, ...lines]: readonly CsvLine[]): AnyRow[] {
  return lines.map(({ cells }) => Object.fromEntries(vocabularyColumns[file].map((column, at) => [column, cells[at]?.trim() ?? ''])));
}

/** The lines of a CSV file that are not empty. Throws FileFault. */
export function readCsvLines(bytes: Buffer): CsvLine[] {
  const lines: CsvLine[] = [];
  const scanner = new CsvScanner(',', (row) => {
    lines.push({ line: row.line, cells: Array.from({ length: row.cellCount }, (_, cell) => row.text(cell)) });
  });
  scanner.push(bytes);
  scanner.end();
  return lines;
}

/** The path of a file of our own vocabulary. */
export function ownPath(file: VocabularyFile): string {
  return join(packageRoot(), 'server', 'import', 'vocabulary', `${file}.csv`);
}

function ownRows(file: VocabularyFile): readonly AnyRow[] {
  let rows = own.get(file);
  if (rows === undefined) {
    rows = toRows(file, readCsvLines(readFileSync(ownPath(file))));
    own.set(file, rows);
  }
  return rows;
}

/** Where a legal form is looked for, in legal-forms.csv. README.md explains each use. */
export const legalFormUses = ['END', 'FRONT', 'LISTED', 'COMMA', 'GLUED'] as const;

/** The legal forms of a use, as they stand in legal-forms.csv, in its order. */
export function legalFormsOf(use: (typeof legalFormUses)[number]): string[] {
  return vocabularyRows('legal-forms').flatMap((row) => (row.use === use ? [row.form] : []));
}

/** The uses of words of lists, in words.csv. README.md explains each. */
export const wordUses = [
  'PRIVATE',
  'VAGUE',
  'FILLER',
  'CONTROL_FILLER',
  'NO_MISSPELLING',
  'VENDOR_LIST',
  'OTHER_REGISTER',
  'LIST',
  'JOINING',
  'CLIENT_NAME',
  'NO_LAB',
  'AFFILIATE',
  'NO_NAME',
  'NAME_LABEL',
  'CLIENT_LABEL',
  'VENDOR_CODE',
  'VENDOR_ANSWER',
  'VENDOR_STATUS',
  'NOT_ENGAGED',
  'CONTROL_STATUS',
  'TRANSFER_STATUS',
  'NOT_SENT',
  'SYSTEM',
  'ITEM',
  'ONWARD',
  'NO_PRIVATE',
  'BEFORE_DATE',
  'EMPLOYER',
  'AND',
  'OWNER_OF',
  'NOTE',
  'DASHED_NOTE',
  'REGION',
  'REGION_NOTE',
  'CONTACT',
  'STREET',
  'STREET_END',
  'UNIT',
  'OTHER_AMOUNT',
  'OTHER_HOURS',
  'OTHER_COUNT',
  'OTHER_BYTES',
  'NOTE_ROW',
  'FIGURE',
  'COUNTED',
  'TOTAL',
  'GROUP_HEADING',
  'REFUSED',
  'CLOSING',
  'COLUMN_NOTE',
] as const;

export type WordUse = (typeof wordUses)[number];

/** The words of a use, as they stand in words.csv, in its order. */
export function wordsOf(use: WordUse): string[] {
  return vocabularyRows('words').flatMap((row) => (row.use === use ? [row.words] : []));
}

/** The source of a regular expression that finds any of some texts, the longest first. A `…` in them stands for further text, `…9…` for further text with a digit. */
export function toPattern(texts: readonly string[]): string {
  return [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) =>
      text
        .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
        .replace(/ …/g, '(?![\\p{L}\\p{N}])…')
        .replace('…9…', '…\\d…')
        .replaceAll('…', '.*'),
    )
    .join('|');
}

/**
 * A regular expression that is made of words of the vocabulary, and of the signs around them.
 *
 * @param build its source, from the pattern of the words of a use
 * @param flags `u` for one that tells capitals from small letters
 */
export function patternOf(build: (words: (use: WordUse) => string) => string, flags: 'u' | 'iu' = 'iu'): () => RegExp {
  return fromVocabulary(
    () =>
      new RegExp(
        build((use) => `(?:${toPattern(wordsOf(use))})`),
        flags,
      ),
  );
}
