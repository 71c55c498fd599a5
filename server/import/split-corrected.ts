import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCsvRecord, formatPlainRecord, unguardCell } from '../csv/csv-record.ts';
import { getOrInsert } from '../domain/get-or-insert.ts';
import { digestFile } from './csv/read-bytes.ts';
import type { SourceFile } from './csv/read-table.ts';
import { holdsTables } from './documents/file-names.ts';
import type { DetectedFile, TableKind } from './import-view.ts';
import { openCsv } from './mapping/table/csv-source.ts';
import type { TableSource } from './mapping/table/table-rows.ts';
import { kindOfHeader, kindOfName } from './rows/parse-header.ts';
import { countReasonColumns, FileFault, reasonColumns } from './rows/rejection.ts';
import { columnsOf } from './rows/table-fields.ts';

/** A file of an import as it is read: a file itself, or the rows of one original file in a download of rejected rows. */
export interface ReadableFile extends SourceFile {
  /** The kind of the original file, where its name states it. */
  readonly kind?: TableKind;
  /** The zip archive that the file is unpacked from. */
  readonly archive?: string;
  /** Why an archive cannot be unpacked. */
  readonly fault?: FileFault;
  /** The file that was uploaded, if this one was made from it. */
  readonly uploaded?: Pick<DetectedFile, 'sizeBytes' | 'sha256' | 'encoding' | 'delimiter'>;
}

const looked = 65_536;
/** The rows of each original file are written into an open file. An import has at most 100 files, and workbooks have several sheets. */
const mostParts = 200;
const longestName = 500;
const reasons = /[,;\t|]"?line"?[,;\t|]"?reason"?([,;\t|]"?file"?)?\s*[\r\n]/;

/**
 * Replaces each download of rejected rows by what it was made of: its rows, without the added columns, one file for each original
 * one. Such a file ends with the columns `line` and `reason`, and with `file` if the rows come from several files. Lines stay those of
 * the upload. All other files stay as they are.
 *
 * @param read the reading of the files; the made ones are deleted after it
 */
export async function withCorrected<T>(files: readonly ReadableFile[], read: (files: readonly ReadableFile[]) => Promise<T>): Promise<T> {
  let folder: string | undefined;
  try {
    const all: ReadableFile[] = [];
    for (const source of files) {
      if (!(await mayBeRejects(source))) {
        all.push(source);
        continue;
      }
      folder ??= await mkdtemp(join(tmpdir(), 'exposure-corrected-'));
      all.push(...(await splitReadable(source, join(folder, String(all.length)))));
    }
    return await read(all);
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function mayBeRejects({ name, path, fault }: ReadableFile): Promise<boolean> {
  if (fault !== undefined || holdsTables(name)) return false;
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(looked);
    const { bytesRead } = await file.read(buffer, 0, looked, 0);
    return reasons.test(buffer.toString('latin1', 0, bytesRead).replaceAll('\0', ''));
  } finally {
    await file.close();
  }
}

/** An unreadable upload stays whole: its reader reports the fault. */
async function splitReadable(source: SourceFile, path: string): Promise<ReadableFile[]> {
  try {
    return await splitFile(source, path);
  } catch (error) {
    if (error instanceof FileFault) return [source];
    throw error;
  }
}

/** The rows of one original file. */
interface Part {
  readonly kind: TableKind | undefined;
  /** The indexes of its columns in the upload. */
  kept: readonly number[];
  readonly filled: Uint8Array;
}

/** Reads the upload twice: first for the original files and their columns, then for the rows. Memory: a piece of each part. */
async function splitFile(source: SourceFile, path: string): Promise<ReadableFile[]> {
  const table = await openCsv(source.name, source.path, {});
  const { columns, parts } = await findParts(table);
  if (parts.size === 0) return [source];
  for (const part of parts.values()) {
    const known = new Set(part.kind === undefined ? [] : columnsOf(part.kind));
    part.kept = columns.flatMap((column, at) => (parts.size === 1 || known.has(column) || part.filled[at] === 1 ? [at] : []));
  }
  const names = [...parts.keys()];
  const paths = new Map(names.map((name, at) => [name, `${path}-${at}.csv`]));
  await writeParts(table, columns, parts, paths);
  const uploaded = { ...(await digestFile(source.path)), encoding: table.encoding, delimiter: table.delimiter };
  return names.map((original) => {
    const { kind } = parts.get(original) as Part;
    return {
      name: original === '' ? source.name : `${source.name}#${original.replaceAll('#', ' ')}`,
      path: paths.get(original) as string,
      ...(kind === undefined ? {} : { kind }),
      uploaded,
    };
  });
}

/** The original columns, and the parts by the original file; '' if the upload has no column `file`. */
async function findParts(table: TableSource): Promise<{ readonly columns: readonly string[]; readonly parts: Map<string, Part> }> {
  let columns: readonly string[] | undefined;
  let hasFile = false;
  const parts = new Map<string, Part>();
  await table.read(({ cells }) => {
    if (columns === undefined) {
      const added = countReasonColumns(cells);
      columns = cells.slice(0, cells.length - added);
      hasFile = added > reasonColumns.length;
      return added > 0;
    }
    const { length } = columns;
    if (isEmpty(cells, length)) return;
    const original = hasFile ? (cells[length + reasonColumns.length] ?? '') : '';
    if (original.length > longestName || (parts.size === mostParts && !parts.has(original)))
      throw new FileFault('UNKNOWN_KIND', null, 'The column "file" of a download of rejected rows names the files of one import.');
    const { filled } = getOrInsert(parts, original, () => ({ kind: kindOfName(original), kept: [], filled: new Uint8Array(length) }));
    for (let at = 0; at < length; at++) if (cells[at]) filled[at] = 1;
    return;
  });
  return { columns: columns ?? [], parts };
}

/** A whole file that was rejected has a row without cells. */
function isEmpty(cells: readonly string[], length: number): boolean {
  for (let at = 0; at < length; at++) if ((cells[at] ?? '').trim() !== '') return false;
  return true;
}

/** Writes each row on its own line, with blank lines between. Canonical CSV guards formulas; other lists do not. */
async function writeParts(
  table: TableSource,
  columns: readonly string[],
  parts: ReadonlyMap<string, Part>,
  paths: ReadonlyMap<string, string>,
): Promise<void> {
  const writers = new Map<string, PartWriter>();
  try {
    for (const [original, { kind, kept }] of parts) {
      const header = kept.map((at) => columns[at] as string);
      const isCanonical = kind !== undefined || kindOfHeader(header) !== undefined;
      writers.set(original, new PartWriter(paths.get(original) as string, header, isCanonical));
    }
    let isHeader = true;
    await table.read(({ line, cells }) => {
      if (!isHeader && !isEmpty(cells, columns.length)) {
        const original = writers.size === 1 && writers.has('') ? '' : (cells[columns.length + reasonColumns.length] ?? '');
        const { kept } = parts.get(original) as Part;
        writers.get(original)?.add(
          line,
          kept.map((at) => unguardCell(cells[at] ?? '')),
        );
      }
      isHeader = false;
      return undefined;
    });
  } finally {
    for (const writer of writers.values()) writer.close();
  }
}

const pieceLength = 1 << 18;

/** Writes the rows of one part, each on a given line. */
class PartWriter {
  readonly #file: number;
  readonly #format: (cells: readonly string[]) => string;
  #piece = '';
  #lines = 0;

  constructor(path: string, header: readonly string[], isGuarded: boolean) {
    this.#file = openSync(path, 'w');
    this.#format = isGuarded ? formatCsvRecord : formatPlainRecord;
    this.add(1, header);
  }

  add(line: number, cells: readonly string[]): void {
    const text = '\n'.repeat(Math.max(0, line - 1 - this.#lines)) + this.#format(cells);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines++;
    this.#piece += text;
    if (this.#piece.length > pieceLength) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#piece);
    this.#piece = '';
  }
}
