import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvScanner, maxColumns } from '../../../server/import/csv/scan-csv.ts';
import { FileFault } from '../../../server/import/rows/rejection.ts';
import { describe, expect, it } from '../../support/test.ts';
import { anyCharacter } from '../../support/worlds/any-character.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

interface Scanned {
  readonly line: number;
  readonly cells: string[];
}

function scan(pieces: readonly Uint8Array[]): Scanned[] {
  const rows: Scanned[] = [];
  const scanner = new CsvScanner(',', (row) => {
    rows.push({ line: row.line, cells: Array.from({ length: row.cellCount }, (_, cell) => row.text(cell)) });
  });
  for (const piece of pieces) scanner.push(Buffer.from(piece));
  scanner.end();
  return rows;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, i) => bytes.subarray(i === 0 ? 0 : ends[i - 1], end));
}

const cell = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 12 }),
  fc.stringMatching(/^[a-z0-9 .-]{0,8}$/),
  fc.constantFrom('', '"', 'a,b', 'x\r\ny', '\n', '\r', 'ü', '😀', ' padded '),
);
const lineEnds = fc.constantFrom('\n', '\r\n', '\r');
const quoteAll = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('the CSV scanner', () => {
  it('[F1] reads the same cells as csv-parse, whatever the cells, line ends and chunks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 })),
        lineEnds,
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 6 }),
        (rows, lineEnd, isQuotedAll, endsWithLine, places) => {
          const format = (text: string) => (isQuotedAll || /[",\r\n]/.test(text) ? quoteAll(text) : text);
          const text = rows.map((row) => row.map(format).join(',')).join(lineEnd) + (endsWithLine ? lineEnd : '');
          const bytes = Buffer.from(text);
          const expected = parse(bytes, { record_delimiter: lineEnd, skip_empty_lines: true }) as string[][];
          expect(scan(cut(bytes, places)).map((row) => row.cells)).toEqual(expected);
        },
      ),
      { numRuns: generatedRuns(1000) },
    );
  });

  it('[F1] turns any bytes, in any chunks, into rows or one fault', () => {
    const soup = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.stringMatching(/^[",\n\ra]{0,60}$/).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(soup, fc.array(fc.nat(), { maxLength: 5 }), (bytes, places) => {
        const attempt = (pieces: readonly Uint8Array[]) => {
          try {
            return scan(pieces);
          } catch (error) {
            expect(error).toBeInstanceOf(FileFault);
            return (error as FileFault).message;
          }
        };
        expect(attempt(cut(Buffer.from(bytes), places))).toEqual(attempt([bytes]));
      }),
      { numRuns: generatedRuns(1000) },
    );
  });

  it('[F2] counts lines as an editor does, also after quoted ones', () => {
    const rows = scan([Buffer.from('id,name\r\n1,"two\r\nlines"\r\n\r\n2,"a\rb\nc"\n3,x\r4,y')]);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 5, 8, 9]);
  });

  it('[F3] names the line on which an unclosed quote was opened', () => {
    expect(() => scan([Buffer.from('id,name\n1,x\n2,"y\n3,z\n')])).toThrow(/on line 3 is never closed/);
  });

  it('[F4] refuses a line without an end early, however long it is', () => {
    const piece = Buffer.alloc(1 << 20, 'a');
    for (const start of ['', '"', 'a,"']) {
      let pushed = 0;
      const scanner = new CsvScanner(',', () => undefined);
      expect(() => {
        scanner.push(Buffer.from(start));
        // The stream would be 2 GB if all of it were read.
        for (; pushed < 2048; pushed++) scanner.push(piece);
      }).toThrow(/larger than 1 MB/);
      expect(pushed).toBeLessThan(16);
    }
  });

  it('[F4] refuses more than 1,000 cells in a row', () => {
    expect(() => scan([Buffer.from(`${'a,'.repeat(maxColumns)}b\n`)])).toThrow(/more than 1000 cells/);
    expect(scan([Buffer.from(`${'a,'.repeat(maxColumns - 1)}b\n`)])).toHaveLength(1);
  });
});
