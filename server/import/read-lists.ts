import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCsvRecord } from '../csv/csv-record.ts';
import { showHidden, withoutHidden } from '../domain/text/hidden-characters.ts';
import { digestFile } from './csv/read-bytes.ts';
import type { SourceFile } from './csv/read-table.ts';
import { openDocument } from './documents/open-document.ts';
import { decisionsFor, noDecisions } from './mapping/decisions/mapping-document.ts';
import type { MappedImport } from './mapping/mapped-import.ts';
import { doraTemplateOf } from './mapping/table/column-names.ts';
import { openCsv, twiceEncoding, withDecodedTwice } from './mapping/table/csv-source.ts';
import type { TableSource } from './mapping/table/table-rows.ts';
import type { ReadFile, ReadOptions } from './read-options.ts';
import { blankFile } from './read-options.ts';
import { kindOfHeader } from './rows/parse-header.ts';
import type { Rejection } from './rows/rejection.ts';
import { FileFault, rejectFile } from './rows/rejection.ts';
import type { ReadableFile } from './split-corrected.ts';
import type { Sheet } from './workbook/open-workbook.ts';

interface ListOutlets {
  readonly onFile: (file: ReadFile) => void;
  readonly onRejections: (rejections: readonly Rejection[]) => void;
  /** Bytes of a file's own size that are done. */
  readonly onBytes: (count: number) => void;
  readonly onWarning: (warning: string) => void;
}

interface BookOutlets extends ListOutlets {
  readonly readCanonical: (source: SourceFile) => Promise<void>;
}

/** The form of files that this program made from a download of rejected rows. */
const ownForm = { encoding: 'utf-8', delimiter: ',' } as const;

/** The digest, the encoding, and three readings of the rows (`MappedImport`). */
const readings = 5;

/** The first reading of a CSV file that is not canonical. */
export async function addList(
  { name, path, uploaded }: ReadableFile,
  mapped: MappedImport,
  options: ReadOptions,
  isOnlyFile: boolean,
  { onFile, onRejections, onBytes, onWarning }: ListOutlets,
): Promise<void> {
  const digest = await digestFile(path);
  try {
    const stated = decisionsFor(options.decisions ?? noDecisions, name, [], isOnlyFile);
    onBytes(digest.sizeBytes / readings);
    const isTwice = stated.encoding === twiceEncoding;
    const named = namedForm(isTwice ? undefined : stated.encoding, options.delimiter ?? stated.delimiter);
    const table = await openCsv(name, path, {
      ...(uploaded === undefined ? named : ownForm),
      onBytes: (count) => onBytes(count / readings),
    });
    const source = uploaded === undefined ? { ...table, named } : { ...table, headerLine: 1 };
    onFile(await addTable(isTwice ? withDecodedTwice(source) : source, mapped, digest, isOnlyFile));
  } catch (error) {
    const rejection = toRejection(name, error);
    // A whole register has tables about functions and assessments too.
    if (doraTemplateOf(name) !== undefined && !isOnlyFile && rejection.code === 'UNKNOWN_KIND') {
      onWarning(`The table ${name} was left out: it describes neither organizations nor who engages whom.`);
      return;
    }
    onRejections([rejection]);
    onFile({ ...blankFile(name, digest), isFaulty: true });
  }
}

/** The encoding and delimiter that a person named. */
function namedForm(encoding: string | undefined, delimiter: string | undefined): NonNullable<TableSource['named']> {
  return { ...(encoding === undefined ? {} : { encoding }), ...(delimiter === undefined ? {} : { delimiter }) };
}

/**
 * The first reading of a workbook, or another file that holds tables: canonical ones as canonical CSV, the others as lists. A table that is
 * not an inventory is left out if another one is. It is rejected if none is, or if it was requested.
 */
export async function readDocument(
  { name, path }: SourceFile,
  mapped: MappedImport,
  options: ReadOptions,
  { onFile, onRejections, onWarning, readCanonical }: BookOutlets,
): Promise<void> {
  const digest = await digestFile(path);
  const wanted = options.decisions?.sheets;
  const refused: Rejection[] = [];
  let usable = 0;
  try {
    const opened = await openDocument(name, path, { budget: mapped.budget, wanted });
    for (const warning of opened.warnings) onWarning(warning);
    const sheets = opened.tables.map((sheet) => withVisibleName(sheet, onWarning));
    if (sheets.length === 0)
      throw new FileFault('EMPTY_FILE', 1, `The file has no sheet or table ${wanted?.join(', ') ?? 'at all'}. Check their names.`);
    for (const sheet of sheets) {
      try {
        if ('fault' in sheet) throw sheet.fault;
        const { table } = sheet;
        if (table.hidden !== undefined) onWarning(`${sheet.name}: ${table.hidden}. What is hidden is read as all other rows and columns.`);
        const { encoding } = decisionsFor(options.decisions ?? noDecisions, sheet.name, [], sheets.length === 1);
        if (await isCanonicalSheet(table)) await asCsv(table, readCanonical);
        else onFile(await addTable(withNamed(table, encoding), mapped, digest, sheets.length === 1));
        usable++;
      } catch (error) {
        refused.push(toRejection(sheet.name, error));
      }
    }
  } catch (error) {
    refused.push(toRejection(name, error));
  }
  if (usable > 0 && wanted === undefined) {
    for (const { file, message } of refused) onWarning(`The table ${file} was left out: ${message}`);
    return;
  }
  onRejections(refused);
  for (const { file } of refused) onFile({ ...blankFile(file, digest), isFaulty: true });
}

/** A table in the encoding that a person named. Only texts that were decoded twice have one. */
function withNamed(table: TableSource, encoding: string | undefined): TableSource {
  if (encoding === undefined) return table;
  return encoding === twiceEncoding ? withDecodedTwice(table) : { ...table, named: { encoding } };
}

/** A sheet's name is that of a file, so it has no hidden characters. */
function withVisibleName(sheet: Sheet, onWarning: (warning: string) => void): Sheet {
  const name = withoutHidden(sheet.name);
  if (name === sheet.name) return sheet;
  onWarning(`The sheet ${showHidden(sheet.name)} is read as ${name}, without the characters that nobody sees.`);
  return 'table' in sheet ? { name, table: { ...sheet.table, name } } : { ...sheet, name };
}

type Digest = { readonly sizeBytes: number; readonly sha256: string };

async function addTable(table: TableSource, mapped: MappedImport, digest: Digest, isOnlyFile: boolean): Promise<ReadFile> {
  const file = await mapped.add(table, isOnlyFile);
  const { headerLine, header, preamble } = file.table;
  const { encoding, delimiter } = table;
  return {
    ...blankFile(table.name, digest),
    encoding,
    delimiter,
    headerLine,
    header,
    preamble,
    sample: file.sample,
    mapping: file.mapping,
  };
}

/** Rethrows every error that is not a FileFault. */
function toRejection(file: string, error: unknown): Rejection {
  if (!(error instanceof FileFault)) throw error;
  return rejectFile(file, error);
}

async function isCanonicalSheet(sheet: TableSource): Promise<boolean> {
  let header: readonly string[] = [];
  await sheet.read((row) => {
    header = row.cells;
    return false;
  });
  return kindOfHeader(header.filter((cell) => cell !== '')) !== undefined;
}

const pieceLength = 1 << 18;

/** Reads a canonical sheet as its CSV. Line breaks in cells become spaces, so that each line is a row. */
async function asCsv(sheet: TableSource, read: (source: SourceFile) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'exposure-sheet-'));
  try {
    const path = join(folder, 'sheet.csv');
    const file = openSync(path, 'w');
    try {
      let width = 0;
      let lines = 0;
      let piece = '';
      await sheet.read(({ line, cells }) => {
        if (width === 0) width = cells.filter((cell) => cell !== '').length;
        piece += '\n'.repeat(line - 1 - lines);
        piece += formatCsvRecord(cells.slice(0, width).map((cell) => cell.replace(/[\r\n]+/g, ' ')));
        lines = line;
        if (piece.length < pieceLength) return;
        writeSync(file, piece);
        piece = '';
      });
      writeSync(file, piece);
    } finally {
      closeSync(file);
    }
    await read({ name: sheet.name, path });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
