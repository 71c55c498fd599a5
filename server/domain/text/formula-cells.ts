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
