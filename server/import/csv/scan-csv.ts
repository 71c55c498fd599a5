import type { Rejection } from '../rows/rejection.ts';
import { FileFault } from '../rows/rejection.ts';

export const maxColumns = 1000;
/** In bytes: four for each of the 1,048,576 characters that a cell may have. */
const maxCellBytes = 4 * 1_048_576;
const maxRowBytes = 4 * maxCellBytes;

/** Bits that describe a cell. */
export const cellFlags = { quoted: 1, doubled: 2, wide: 4, trailing: 8 } as const;

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits the bytes of a CSV file (RFC 4180) into rows and cells.
 *
 * It scans bytes, because most cells then need no string. That is safe: UTF-8 never uses the bytes of `,`, `"` and line ends
 * inside another character. Rows end with LF, CRLF or CR. A quote inside an unquoted cell stands for itself. Line numbers also
 * count line ends inside quotes, as an editor does. Empty lines are skipped.
 *
 * `onRow` is called for each row; the scanner's own fields describe it, and are valid until `onRow` returns.
 * Throws FileFault TOO_MANY_COLUMNS, CELL_TOO_LARGE, UNCLOSED_QUOTE.
 *
 * Complexity: O(bytes); memory: the piece given, and at most one row of 16 MB.
 */
export class CsvScanner {
  bytes: Buffer = Buffer.alloc(0);
  /** The start and end of each cell's content in `bytes`, without the quotes. */
  readonly starts = new Int32Array(maxColumns);
  readonly ends = new Int32Array(maxColumns);
  /** Bits of `cellFlags`, by cell. */
  readonly flags = new Uint8Array(maxColumns);
  cellCount = 0;
  /** The line on which the row begins. */
  line = 1;

  readonly #delimiter: number;
  readonly #onRow: (row: CsvScanner) => void;
  /** The bytes that no row contains yet. They begin on line `#nextLine`. */
  #rest: Buffer = Buffer.alloc(0);
  #nextLine = 1;
  /** The number of bytes needed before an incomplete row is scanned again. */
  #wanted = 0;

  constructor(delimiter: string, onRow: (row: CsvScanner) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#onRow = onRow;
  }

  /** Scans the next piece; does not keep `piece` after the call. */
  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    if (bytes.length < this.#wanted) {
      this.#rest = bytes;
      return;
    }
    const taken = this.#scan(bytes, false);
    // A copy: the caller reuses the piece's memory, and a view would keep all of it alive.
    this.#rest = Buffer.from(bytes.subarray(taken));
    this.#wanted = this.#rest.length > 1 << 20 ? this.#rest.length * 2 : 0;
  }

  end(): void {
    this.#scan(this.#rest, true);
    this.#rest = Buffer.alloc(0);
  }

  /** A cell of the current row as text. */
  text(cell: number): string {
    const start = this.starts[cell] as number;
    const end = this.ends[cell] as number;
    const flags = this.flags[cell] as number;
    const text = flags & cellFlags.wide ? this.bytes.toString('utf8', start, end) : this.bytes.toString('latin1', start, end);
    return flags & cellFlags.doubled ? text.replaceAll('""', '"') : text;
  }

  /** The line on which the bytes pushed so far end. */
  lineAfterRest(): number {
    let line = this.#nextLine;
    for (let i = 0; i < this.#rest.length; i++) {
      const byte = this.#rest[i];
      if (byte === lineFeed || (byte === carriageReturn && this.#rest[i + 1] !== lineFeed)) line++;
    }
    return line;
  }

  /** Emits the complete rows and returns where the first incomplete one begins. */
  #scan(bytes: Buffer, isLast: boolean): number {
    const { starts, ends, flags } = this;
    const delimiter = this.#delimiter;
    const length = bytes.length;
    this.bytes = bytes;
    let rowStart = 0;
    while (rowStart < length) {
      let at = rowStart;
      let count = 0;
      let lines = 0;
      for (;;) {
        if (count === maxColumns) {
          throw new FileFault(
            'TOO_MANY_COLUMNS',
            this.#nextLine,
            `Line ${this.#nextLine} has more than ${maxColumns} cells, which is the maximum. Leave out columns, or check that the file is CSV.`,
          );
        }
        let flag = 0;
        let start = at;
        let end: number;
        if (at < length && bytes[at] === quote) {
          flag = cellFlags.quoted;
          const quoteLine = this.#nextLine + lines;
          start = ++at;
          for (;;) {
            if (at >= length) {
              if (isLast) throw unclosedQuote(quoteLine);
              checkSize(at - start, at - rowStart, this.#nextLine, quoteLine);
              return rowStart;
            }
            const byte = bytes[at] as number;
            if (byte === quote) {
              if (at + 1 >= length && !isLast) return rowStart;
              if (bytes[at + 1] !== quote) break;
              flag |= cellFlags.doubled;
              at += 2;
              continue;
            }
            if (byte >= 0x80) flag |= cellFlags.wide;
            else if (byte === lineFeed) lines++;
            else if (byte === carriageReturn) {
              if (at + 1 >= length && !isLast) return rowStart;
              if (bytes[at + 1] !== lineFeed) lines++;
            }
            at++;
          }
          end = at++;
          checkSize(end - start, 0, this.#nextLine, quoteLine);
          if (at < length) {
            const byte = bytes[at];
            if (byte !== delimiter && byte !== lineFeed && byte !== carriageReturn) {
              flag |= cellFlags.trailing;
              while (at < length && bytes[at] !== delimiter && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at++;
            }
          }
        } else {
          let seen = 0;
          while (at < length) {
            const byte = bytes[at] as number;
            if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
            seen |= byte;
            at++;
          }
          end = at;
          if (seen & 0x80) flag = cellFlags.wide;
          if (end - start > maxCellBytes) checkSize(end - start, 0, this.#nextLine, 0);
        }
        if (at >= length && !isLast) {
          checkSize(end - start, at - rowStart, this.#nextLine, 0);
          return rowStart;
        }
        starts[count] = start;
        ends[count] = end;
        flags[count] = flag;
        count++;
        if (at < length && bytes[at] === delimiter) {
          at++;
          continue;
        }
        break;
      }
      // The row's end: a line end, or the file's.
      if (at < length) {
        if (bytes[at] === carriageReturn) {
          if (at + 1 >= length && !isLast) return rowStart;
          if (bytes[at + 1] === lineFeed) at++;
        }
        at++;
        lines++;
      }
      this.line = this.#nextLine;
      this.#nextLine += lines;
      rowStart = at;
      const isBlank = count === 1 && starts[0] === ends[0] && flags[0] === 0;
      if (!isBlank) {
        this.cellCount = count;
        this.#onRow(this);
      }
    }
    return rowStart;
  }
}

function unclosedQuote(line: number): FileFault {
  return new FileFault(
    'UNCLOSED_QUOTE',
    line,
    `The quote (") that opens a cell on line ${line} is never closed. Put a quote at the cell's end; a quote that belongs to the text is written twice ("").`,
  );
}

/** @param quoteLine the line on which the quoted cell began; 0 outside quotes */
function checkSize(cellBytes: number, rowBytes: number, line: number, quoteLine: number): void {
  if (cellBytes <= maxCellBytes && rowBytes <= maxRowBytes) return;
  const what = cellBytes > maxCellBytes ? 'A cell' : 'The row';
  const wayOut =
    quoteLine > 0
      ? `The quote (") that opens it on line ${quoteLine} is probably not closed.`
      : 'Check that the file is CSV and that its lines end; a longer text belongs into a document that the source names.';
  throw new FileFault(
    'CELL_TOO_LARGE',
    quoteLine || line,
    `${what} on line ${quoteLine || line} is larger than ${cellBytes > maxCellBytes ? 1 : 16} MB, which is the maximum. ${wayOut}`,
  );
}

/** The fault of a row as a whole, before its cells are parsed; 'blank' if all its cells are empty. */
export function findRowFault(file: string, row: CsvScanner, columnCount: number): Rejection | 'blank' | undefined {
  let seen = 0;
  let isBlank = true;
  for (let cell = 0; cell < row.cellCount; cell++) {
    seen |= row.flags[cell] as number;
    if (row.starts[cell] !== row.ends[cell]) isBlank = false;
  }
  const { line } = row;
  // A cell such as `"" Amber` has an empty text, and yet its row is not blank.
  if (seen & cellFlags.trailing) {
    const message = `A cell of line ${line} goes on after its closing quote ("). Write quotes that belong to the text twice (""), and quote the cell as a whole.`;
    return { file, line, column: null, code: 'BAD_QUOTE', message, value: null };
  }
  if (isBlank) return 'blank';
  if (row.cellCount === columnCount) return undefined;
  const wayOut =
    row.cellCount > columnCount
      ? 'A text with a comma in it must stand in quotes: "one, two".'
      : 'Add the missing separators; a cell may be empty.';
  const message = `The row has ${row.cellCount} ${row.cellCount === 1 ? 'cell' : 'cells'}, the header ${columnCount}. ${wayOut}`;
  return { file, line, column: null, code: 'RAGGED_ROW', message, value: String(row.cellCount) };
}
