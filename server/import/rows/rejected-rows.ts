import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCsvRecord, unguardCell } from '../../csv/csv-record.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { recognizeText } from '../csv/detect-file.ts';
import { readBytes } from '../csv/read-bytes.ts';
import type { SourceFile } from '../csv/read-table.ts';
import { CsvScanner } from '../csv/scan-csv.ts';
import { holdsTables } from '../documents/file-names.ts';
import type { DetectedFile } from '../import-view.ts';
import type { FileMapping } from '../mapping/mapping-types.ts';
import { nameColumns } from '../mapping/table/column-names.ts';
import { copyRowsInThread } from '../thread/import-threads.ts';
import type { Rejection } from './rejection.ts';
import { countReasonColumns, FileFault, fileColumn, linesOf, reasonColumns } from './rejection.ts';

export interface RejectedFile extends SourceFile {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** The number of columns, if the header names fewer. */
  readonly width?: number;
  /** The format of a list that is not canonical; absent: UTF-8 with the header in the first row. */
  readonly list?: { readonly encoding: string; readonly headerLine: number };
}

/** A file of an import as its analysis read it. `mapping` null: canonical. */
interface AnalyzedFile {
  readonly name: string;
  readonly form: Pick<DetectedFile, 'encoding' | 'delimiter' | 'headerLine' | 'header'>;
  readonly mapping: FileMapping | null;
}

/** The header; for a table without one, the names of its columns. */
function headerOf({ header, headerLine }: AnalyzedFile['form'], mapping: FileMapping | null): readonly string[] {
  return headerLine === 0 && mapping !== null ? mapping.columns.map(({ column }) => column) : header;
}

/** The forms of files for `writeRejectedRows`: each file as it was analyzed, and each sheet of a workbook on its own. */
export function findForms(
  files: readonly (SourceFile & { readonly delimiter: string; readonly header: readonly string[] })[],
  analyzed: readonly AnalyzedFile[],
): RejectedFile[] {
  return files.flatMap((file): RejectedFile[] => {
    const own = analyzed.filter(
      ({ name, mapping }) => name.startsWith(`${file.name}#`) || (name === file.name && mapping !== null && !holdsTables(file.name)),
    );
    if (own.length === 0) return [file];
    const width = file.header.length;
    return own.map(({ name, form, mapping }) =>
      holdsTables(file.name) || name === file.name
        ? {
            name,
            path: file.path,
            delimiter: form.delimiter,
            header: headerOf(form, mapping),
            width: Math.max(width, form.header.length),
            list: form,
          }
        : { ...file, name },
    );
  });
}

/**
 * Writes the rejected rows of an import as CSV, so that a person can correct and import them again. The columns are the
 * original ones, then `line` and `reason`. Several files give the union of their columns, and `file` last.
 *
 * A file rejected as a whole is one row with its reason.
 * Memory: a piece of the file at a time.
 */
export async function* writeRejectedRows(files: readonly RejectedFile[], rejections: readonly Rejection[]): AsyncGenerator<string> {
  const byFile = new Map<string, Map<number, string[]>>();
  for (const rejection of rejections) {
    const lines = getOrInsert(byFile, rejection.file, () => new Map<number, string[]>());
    for (const line of linesOf(rejection)) getOrInsert(lines, line, () => []).push(rejection.message);
  }
  const concerned = files.filter((file) => byFile.has(file.name));
  const isOne = concerned.length <= 1;
  const headers = new Map(
    concerned.map(({ name, header }) => {
      const own = header.slice(0, header.length - countReasonColumns(header));
      return [name, isOne ? own : nameColumns(own)];
    }),
  );
  // A single file keeps its header as it is, even if a name stands in it twice.
  const columns = isOne ? [...headers.values()].flat() : [...new Set([...headers.values()].flat())];
  yield formatCsvRecord([...columns, ...reasonColumns, ...(isOne ? [] : [fileColumn])]);
  for (const file of concerned) {
    const lines = byFile.get(file.name) as Map<number, string[]>;
    const header = headers.get(file.name) as readonly string[];
    const places = columns.map((column, at) => (isOne ? at : header.indexOf(column)));
    const last = places.indexOf(header.length - 1);
    const write = (cells: readonly string[], line: number, reasons: readonly string[]) => {
      const own = places.map((place) => unguardCell(cells[place] ?? ''));
      // Cells beyond the last column stay visible in it.
      const surplus = cells.slice(file.width ?? file.header.length);
      if (last >= 0 && surplus.some((cell) => cell !== '')) own[last] = [own[last], ...surplus].join(file.delimiter || ',');
      return formatCsvRecord([...own, String(line), reasons.join(' '), ...(isOne ? [] : [file.name])]);
    };
    for await (const { line, cells } of readRows(file, lines)) {
      yield write(cells, line, lines.get(line) as string[]);
      lines.delete(line);
    }
    for (const [line, reasons] of lines) yield write([], line, reasons);
  }
}

/** The data rows that begin on one of the lines. */
async function* readRows(file: RejectedFile, lines: ReadonlyMap<number, unknown>): AsyncGenerator<{ line: number; cells: string[] }> {
  if (file.list !== undefined) {
    yield* await readListRows(file, file.list, lines);
    return;
  }
  let found: { line: number; cells: string[] }[] = [];
  let isHeader = true;
  const scanner = new CsvScanner(file.delimiter, (row) => {
    if (!isHeader && lines.has(row.line)) {
      found.push({ line: row.line, cells: Array.from({ length: row.cellCount }, (_, cell) => row.text(cell)) });
    }
    isHeader = false;
  });
  let isFirst = true;
  try {
    for await (const piece of readBytes(file.path)) {
      scanner.push(isFirst ? piece.subarray(recognizeText(piece)) : piece);
      isFirst = false;
      yield* found;
      found = [];
    }
    scanner.end();
  } catch (error) {
    // The rows before the fault are already written; the fault has a rejection of its own.
    if (!(error instanceof FileFault)) throw error;
  }
  yield* found;
}

/** A thread reads the list, because it decodes and parses all of it. */
async function* readListRows(
  { name, path, delimiter }: RejectedFile,
  { encoding, headerLine }: NonNullable<RejectedFile['list']>,
  lines: ReadonlyMap<number, unknown>,
): AsyncGenerator<{ line: number; cells: string[] }> {
  const wanted = Uint32Array.from([...lines.keys()].filter((line) => line > headerLine)).sort();
  if (wanted.length === 0) return;
  const folder = await mkdtemp(join(tmpdir(), 'exposure-rejected-'));
  try {
    const into = join(folder, 'rows');
    await copyRowsInThread({ name, path, encoding, delimiter, lines: wanted, into });
    const file = await open(into);
    for await (const text of file.readLines()) {
      const [line, ...cells] = JSON.parse(text) as [number, ...string[]];
      yield { line, cells };
    }
  } catch (error) {
    // The fault has a rejection of its own.
    if (!(error instanceof FileFault)) throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
