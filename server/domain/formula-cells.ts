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

/** By byte: 1 where the UTF-8 of a cell that may need a `'` begins. */
export const mayBeginFormula = new Uint8Array(256);
// ASCII: signs and blanks. Other blanks, signs without a width and full-width signs begin with one of the other bytes.
for (const byte of Buffer.from("'=+-@\t\n\v\f\r ")) mayBeginFormula[byte] = 1;
for (const byte of [0xc2, 0xd8, 0xdb, 0xdc, 0xe0, 0xe1, 0xe2, 0xe3, 0xef, 0xf0, 0xf3]) mayBeginFormula[byte] = 1;
