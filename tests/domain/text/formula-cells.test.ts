import { formatCell, guardCell, unguardCell } from '../../../server/csv/csv-record.ts';
import { toCsv } from '../../../web/shared/save/save-file.ts';
import { describe, expect, it } from '../../support/test.ts';

const pattern = /^'*[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u;
const blanks = [
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\v',
  '\u00a0',
  '\u3000',
  '\u2003',
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u202e',
  '\u{e0041}',
  "'",
  "''",
];
const signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

describe('[F502] a cell that a spreadsheet would run as a formula', () => {
  it.each(blanks)('gets one quote behind %j, from every writer, and import takes it off', (blank) => {
    for (const sign of signs) {
      const cell = `${blank}${sign}1+1`;
      const guarded = `'${cell}`;
      expect(guardCell(cell)).toBe(guarded);
      expect(unguardCell(guarded)).toBe(cell);
      expect(formatCell(cell)).toBe(/[",\r\n]/.test(cell) ? `"${guarded}"` : guarded);
      expect(toCsv([[cell]])).toBe(`${formatCell(cell)}\r\n`);
    }
  });

  it('every cell comes back as it was, and only such cells change', () => {
    for (const cell of ["'", "''", "'a", "'=1", "''=1", 'a=1', ' a', '\u200ba', 'ー', '株式', '\u00a0x', "' x", "'\u200b=1"]) {
      expect(unguardCell(guardCell(cell))).toBe(cell);
      expect(guardCell(cell) !== cell).toBe(pattern.test(cell));
    }
  });
});
