import { isWide } from '../mapping/list-budget.ts';
import { FileFault } from '../rows/rejection.ts';

/**
 * A text of a workbook without its escapes: `_x000D_` stands for a character that XML cannot hold, and `_x005F_` for an underscore before such
 * an escape (ECMA-376 part 1, §22.9.2.19).
 */
export function decodeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A copy: a piece of a longer text would keep all of it in memory. */
export function copyText(text: string): string {
  // Shorter texts are copied anyway.
  if (text.length < 13) return text;
  const encoding = isWide(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}

/** As in CSV. */
const longestCell = 1_048_576;

/** Throws FileFault CELL_TOO_LARGE. @param row from 1; null: unknown */
export function checkLength(text: string, row: number | null): void {
  if (text.length > longestCell)
    throw new FileFault(
      'CELL_TOO_LARGE',
      row,
      'A cell is longer than 1,048,576 characters, which is the maximum. A longer text belongs into a document that the source names.',
    );
}
