/** Rows as CSV, like the server's exports: CRLF, quoted where needed, and an apostrophe before a cell that a spreadsheet would run as a formula. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
