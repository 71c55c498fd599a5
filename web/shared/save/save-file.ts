/** Downloads a text as a CSV file, with a byte order mark for Excel. */
export function saveCsv(name: string, text: string): void {
  saveBlob(`${fileStem(name)}.csv`, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
}

/** Downloads a value as an indented JSON file. */
export function saveJson(name: string, value: unknown): void {
  saveBlob(`${fileStem(name)}.json`, new Blob([JSON.stringify(value, null, 2), '\n'], { type: 'application/json' }));
}

/** Downloads a text under a file name with this extension. */
export function saveText(name: string, extension: string, type: string, text: string): void {
  saveBlob(`${fileStem(name)}.${extension}`, new Blob([text], { type: `${type};charset=utf-8` }));
}

export function saveBlob(fileName: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the blob after the click returns.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file name that says the origin and the date: `ranking-2026-11-25`. Letters and digits of any script, and hyphens only. */
export function fileStem(name: string, now: Date = new Date()): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .slice(0, 80);
  return `${words === '' ? 'exposure' : words}-${now.toISOString().slice(0, 10)}`;
}

/** Rows as CSV, like the server's exports: CRLF, quoted where needed, and an apostrophe before a cell that a spreadsheet would run as a formula. */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'string' && /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
