import { closeSync, openSync, writeSync } from 'node:fs';
import { fileOfTable, holdsTables, nameInArchive } from '../documents/file-names.ts';
import { openDocument } from '../documents/open-document.ts';
import { withUnpackedFile } from '../documents/unpack-archive.ts';
import { openCsv } from '../mapping/table/csv-source.ts';
import type { TableSource } from '../mapping/table/table-rows.ts';
import { FileFault } from './rejection.ts';

/** Rows of a list that are to be copied. */
export interface CopyOrder {
  /** `book.xlsx#Sheet` for a sheet. */
  readonly name: string;
  readonly path: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** The lines of the rows, ascending. */
  readonly lines: Uint32Array;
  /** The file to write: a line of JSON for each row, `[line, cell, cell, …]`. */
  readonly into: string;
}

const pieceLength = 1 << 18;

/** Copies rows of a list into a file. An unreadable list gives the rows before its fault. */
export async function copyRows(order: CopyOrder): Promise<void> {
  const wanted = new Set(order.lines);
  const file = openSync(order.into, 'w');
  let piece = '';
  const flush = () => {
    writeSync(file, piece);
    piece = '';
  };
  const copy = (table: TableSource | undefined) =>
    table?.read(({ line, cells }) => {
      if (!wanted.has(line)) return;
      piece += `${JSON.stringify([line, ...cells])}\n`;
      if (piece.length > pieceLength) flush();
    });
  try {
    const inner = nameInArchive(order.name);
    if (inner === order.name) await copy(await openTable(order));
    else await withUnpackedFile(order.path, fileOfTable(inner), async (path) => copy(await openTable({ ...order, name: inner, path })));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
  } finally {
    flush();
    closeSync(file);
  }
}

async function openTable({ name, path, encoding, delimiter }: CopyOrder): Promise<TableSource | undefined> {
  if (!holdsTables(name)) return openCsv(name, path, { encoding, delimiter });
  const file = fileOfTable(name);
  const [sheet] = (await openDocument(file, path, { wanted: [name.slice(file.length + 1)] })).tables;
  return sheet !== undefined && 'table' in sheet ? sheet.table : undefined;
}
