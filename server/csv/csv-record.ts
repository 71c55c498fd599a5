/**
 * Cells that a spreadsheet would run as a formula, also behind blanks and characters without a width, and with full-width signs. On export
 * such a cell gets one `'` in front; import takes one off (docs/import.md). The pattern is part of the interface.
 */
const formula = /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u;
const guarded = /^'+[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u;

export function guardCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

export function unguardCell(text: string): string {
  return guarded.test(text) ? text.slice(1) : text;
}

/**
 * A CSV record with its line end. A cell that a spreadsheet would run as a formula starts with an extra `'`, which import removes.
 * Null is an empty cell.
 */
export function formatCsvRecord(cells: readonly (string | number | null)[]): string {
  let record = '';
  for (let at = 0; at < cells.length; at++) {
    if (at > 0) record += ',';
    const cell = cells[at] as string | number | null;
    if (cell !== null) record += typeof cell === 'number' && cell >= 0 ? cell : formatCell(String(cell));
  }
  return `${record}\n`;
}

/** A CSV record with its line end, cells unchanged. Only for files that this program reads itself. */
export function formatPlainRecord(cells: readonly string[]): string {
  return `${cells.map(quoteCell).join(',')}\n`;
}

/** One cell, as `formatCsvRecord` writes it. */
export function formatCell(cell: string): string {
  return quoteCell(guardCell(cell));
}

function quoteCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
