/** A cell that a spreadsheet would run as a formula (docs/import.md). */
const formula = /^'*[=+\-@\t\r]/;

/**
 * A CSV record with its line end. A cell that a spreadsheet would run as a formula starts with an extra `'`, which import removes.
 * Null is an empty cell.
 */
export function formatCsvRecord(cells: readonly (string | null)[]): string {
  return `${cells.map(formatCell).join(',')}\n`;
}

function formatCell(cell: string | null): string {
  if (cell === null) return '';
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
