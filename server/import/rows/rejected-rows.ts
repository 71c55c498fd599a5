import { getOrInsert } from '../../domain/get-or-insert.ts';
import { formatCsvRecord } from '../../export/csv.ts';
import { readBytes } from '../csv/read-bytes.ts';
import type { SourceFile } from '../csv/read-table.ts';
import { recognizeText } from '../csv/recognize-text.ts';
import { CsvScanner } from '../csv/scan-csv.ts';
import type { DetectedFile } from '../import-view.ts';
import type { FileMapping } from '../mapping/mapping-types.ts';
import { openCsv } from '../mapping/table/csv-source.ts';
import { isWorkbook, openWorkbook } from '../mapping/table/open-workbook.ts';
import { FileFault } from './file-fault.ts';
import { unguard } from './parse-cell.ts';
import type { Rejection } from './rejection.ts';
import { linesOf } from './rejection.ts';

export interface RejectedFile extends SourceFile {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** The format of a list that is not canonical; absent: UTF-8 with the header in the first row. */
  readonly list?: { readonly encoding: string; readonly headerLine: number };
}

/** A file of an import as its analysis read it. `mapping` null: canonical. */
interface AnalyzedFile {
  readonly name: string;
  readonly form: Pick<DetectedFile, 'encoding' | 'delimiter' | 'headerLine' | 'header'>;
  readonly mapping: FileMapping | null;
}

/** The forms of files for `writeRejectedRows`: each file as it was analyzed, and each sheet of a workbook on its own. */
export function findForms(
  files: readonly (SourceFile & { readonly delimiter: string; readonly header: readonly string[] })[],
  analyzed: readonly AnalyzedFile[],
): RejectedFile[] {
  return files.flatMap((file): RejectedFile[] => {
    const own = analyzed.filter(({ name, mapping }) =>
      isWorkbook(file.name) ? name.startsWith(`${file.name}#`) : name === file.name && mapping !== null,
    );
    if (own.length === 0) return [file];
    return own.map(({ name, form }) => ({ name, path: file.path, delimiter: form.delimiter, header: form.header, list: form }));
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
  const columns = [...new Set(concerned.flatMap((file) => file.header))];
  const isOne = concerned.length <= 1;
  yield formatCsvRecord([...columns, 'line', 'reason', ...(isOne ? [] : ['file'])]);
  for (const file of concerned) {
    const lines = byFile.get(file.name) as Map<number, string[]>;
    const places = columns.map((column) => file.header.indexOf(column));
    const write = (cells: readonly string[], line: number, reasons: readonly string[]) => {
      const own = places.map((place) => unguard(cells[place] ?? ''));
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

async function readListRows(
  { name, path, delimiter }: RejectedFile,
  { encoding, headerLine }: NonNullable<RejectedFile['list']>,
  lines: ReadonlyMap<number, unknown>,
): Promise<{ line: number; cells: string[] }[]> {
  const found: { line: number; cells: string[] }[] = [];
  try {
    const tables = isWorkbook(name)
      ? await openWorkbook(name.split('#')[0] as string, path)
      : [await openCsv(name, path, { encoding, delimiter })];
    for (const table of tables.filter((one) => one.name === name)) {
      await table.read(({ line, cells }) => {
        if (line > headerLine && lines.has(line)) found.push({ line, cells: [...cells] });
        return true;
      });
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  }
  return found;
}
