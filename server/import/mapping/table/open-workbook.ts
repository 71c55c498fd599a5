import { readFile } from 'node:fs/promises';
import { unzipSync, zipSync } from 'fflate';
import { FileFault } from '../../rows/file-fault.ts';
import type { TableRow, TableSource } from './table-rows.ts';

const maxPackedBytes = 64 * 1024 ** 2;
const maxUnpackedBytes = 256 * 1024 ** 2;
const maxParts = 10_000;

/** Whether a name is that of a workbook or of a workbook's sheet. */
export function isWorkbook(name: string): boolean {
  return /\.xls[xm](#|$)/i.test(name);
}

/**
 * The sheets of an .xlsx workbook, each a table named `book.xlsx#Sheet`. Dates become ISO dates, numbers their shortest decimal
 * form, formulas the value that the workbook stores for them; nothing is computed, and no other workbook is opened.
 *
 * Throws FileFault UNSAFE_WORKBOOK: more than 64 MB, more than 256 MB unpacked, links to other workbooks, or damaged.
 * Memory: the unpacked workbook.
 */
export async function openWorkbook(name: string, path: string): Promise<TableSource[]> {
  const packed = await readFile(path);
  if (packed.length > maxPackedBytes)
    throw unsafe('is larger than 64 MB, the most that is read of a workbook', 'Save its sheets as CSV and import those.');
  const book = repack(packed);
  // Loaded on demand: most imports have no workbook, and commands start faster without it.
  const { default: readExcelFile } = await import('read-excel-file/node');
  let sheets: Awaited<ReturnType<typeof readExcelFile>>;
  try {
    sheets = await readExcelFile(book, { trim: false });
  } catch (error) {
    throw unsafe(
      `cannot be read (${(error as Error).message.slice(0, 200)})`,
      'Open it in the spreadsheet program, save it again as .xlsx, and import that.',
    );
  }
  return sheets.map(({ sheet, data }) => toSource(`${name}#${sheet}`, data));
}

/**
 * Unpacks a workbook within the limit and packs it again without compression. The sizes stated in a zip may be false: an entry
 * that inflates to more is cut here, and the workbook is then invalid.
 */
function repack(packed: Buffer): Buffer {
  let total = 0;
  let parts = 0;
  let unpacked: ReturnType<typeof unzipSync>;
  try {
    unpacked = unzipSync(packed, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        parts++;
        if (total > maxUnpackedBytes || parts > maxParts)
          throw unsafe('holds more than 256 MB when it is unpacked', 'Save its sheets as CSV and import those.');
        if (/^xl\/externalLinks\//i.test(name))
          throw unsafe(
            'links to other workbooks',
            'Break the links in the spreadsheet program (Data > Edit Links), save it, and import that.',
          );
        return /\.(xml|rels)$/i.test(name);
      },
    });
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw unsafe(
      'is no .xlsx workbook, or is damaged',
      'In the spreadsheet program choose File > Save As, .xlsx or "CSV UTF-8", and import that.',
    );
  }
  for (const part of Object.values(unpacked)) {
    if (Buffer.from(part.buffer, part.byteOffset, Math.min(part.length, 4096)).includes('<!DOCTYPE')) {
      throw unsafe('declares XML entities, which no spreadsheet program writes', 'Save it again as .xlsx, and import that.');
    }
  }
  return Buffer.from(zipSync(unpacked, { level: 0 }));
}

function unsafe(what: string, wayOut: string): FileFault {
  return new FileFault('UNSAFE_WORKBOOK', 1, `The workbook ${what}. ${wayOut}`);
}

type Cell = string | number | boolean | Date | null | undefined;

function toSource(name: string, data: readonly (readonly unknown[])[]): TableSource {
  const rows: TableRow[] = data
    .map((cells, index) => ({ line: index + 1, cells: (cells as readonly Cell[]).map(toText) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  return {
    name,
    encoding: 'xlsx',
    delimiter: '',
    async read(onRow) {
      for (const row of rows) if (onRow(row) === false) return;
    },
  };
}

function toText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  const text = Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}
