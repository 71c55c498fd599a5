import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { firstIndex } from '../../domain/compare.ts';
import type { TableKind } from '../import-view.ts';
import { kindOfHeader, kindOfName, parseHeader } from '../rows/parse-header.ts';
import { FileFault } from '../rows/rejection.ts';
import { columnsOf } from '../rows/table-fields.ts';
import { CsvScanner } from './scan-csv.ts';

/** The format of a file, detected from its start. */
export interface DetectedForm {
  readonly delimiter: string;
  readonly headerLine: number;
  readonly header: readonly string[];
  readonly sample: readonly (readonly string[])[];
}

const sampleRows = 20;
const sampleCharacters = 200;

/**
 * Reads the first bytes of a file: its delimiter, its header, and at most 20 rows.
 *
 * @param isWhole whether these are all the bytes of the file
 * @param given the delimiter, if known
 * Throws FileFault if the file is not readable text.
 */
export function detectForm(start: Buffer, isWhole: boolean, given?: string): DetectedForm {
  const text = start.subarray(recognizeText(start));
  const delimiter = given ?? findDelimiter(text);
  const rows: string[][] = [];
  let headerLine = 1;
  const scanner = new CsvScanner(delimiter, (row) => {
    if (rows.length > sampleRows) return;
    if (rows.length === 0) headerLine = row.line;
    rows.push(Array.from({ length: row.cellCount }, (_, cell) => row.text(cell).slice(0, sampleCharacters)));
  });
  try {
    scanner.push(text);
    if (isWhole) scanner.end();
  } catch (error) {
    // The analysis reports later faults with their lines.
    if (!(error instanceof FileFault)) throw error;
  }
  const [header = [], ...sample] = rows;
  return { delimiter, headerLine, header, sample };
}

const candidates = [',', ';', '\t', '|'] as const;

/**
 * The delimiter of a file: the candidate that is most frequent outside quotes in the first line. A comma if no candidate
 * occurs.
 */
export function findDelimiter(start: Buffer): string {
  const counts = new Map<string, number>(candidates.map((candidate) => [candidate, 0]));
  let isQuoted = false;
  for (const byte of start) {
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (!isQuoted) {
      if (byte === 0x0a || byte === 0x0d) break;
      const letter = String.fromCharCode(byte);
      const count = counts.get(letter);
      if (count !== undefined) counts.set(letter, count + 1);
    }
  }
  return candidates.reduce((best, candidate) => ((counts.get(candidate) as number) > (counts.get(best) as number) ? candidate : best), ',');
}

/** Throws FileFault if a delimiter is not a single ASCII character without another meaning in CSV. */
export function checkDelimiter(delimiter: string): string {
  const named = delimiter === '\\t' || delimiter === 'tab' ? '\t' : delimiter;
  if (named.length === 1 && named.charCodeAt(0) < 0x80 && !['"', '\n', '\r', '\0'].includes(named)) return named;
  throw new FileFault('BAD_VALUE', null, `The delimiter "${delimiter}" cannot be used: expected one ASCII character such as , ; | or tab.`);
}

const looked = 65_536;

/**
 * Whether a file is read as canonical CSV: its name is that of a kind of fact and its header has a column of that kind, or its first line is
 * the header of one kind.
 * An unreadable file, e.g. a PDF, counts as canonical: the canonical reader reports its fault.
 *
 * @param kind the kind that the caller states; undefined: none
 */
export async function isCanonical(
  name: string,
  path: string,
  kind: TableKind | undefined,
  delimiter: string | undefined,
): Promise<boolean> {
  const named = kindOfName(name);
  if (kind === 'INCIDENT' || named === 'INCIDENT') return true;
  const start = await readStart(path);
  try {
    const { header } = detectForm(start, start.length < looked, delimiter);
    if (header.length === 0) return true;
    // A file of such a name whose header has no column of ours is a list like any other.
    if (named !== undefined) return header.some((text) => columnsOf(named).includes(text.trim().toLowerCase()));
    return kind === undefined ? kindOfHeader(header) !== undefined : 'columns' in parseHeader(name, 1, header, kind);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return named !== undefined || error.code !== 'WRONG_ENCODING';
  }
}

/** The delimiter and the header of a file that may be of any form; a comma and no header if it is not readable text. */
export async function readForm(path: string): Promise<Pick<DetectedForm, 'delimiter' | 'header'>> {
  const start = await readStart(path);
  try {
    return detectForm(start, start.length < looked);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { delimiter: ',', header: [] };
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(looked);
    const { bytesRead } = await file.read(buffer, 0, looked, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const saveAsCsv =
  'In the spreadsheet program choose File > Save As (or Download) and the format "CSV UTF-8 (comma delimited)", one sheet a file, and import that.';

/** First bytes of files that people mistake for CSV. */
const signatures: readonly { readonly bytes: readonly number[]; readonly what: string; readonly wayOut: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'an Excel workbook, another office document or a zip archive',
    wayOut: 'Let its name end with .xlsx, .ods, .docx or .zip, as it is one, and import it again.',
  },
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive', wayOut: 'Import the CSV files themselves.' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an Excel workbook of the old format (.xls)', wayOut: saveAsCsv },
  {
    bytes: [0x25, 0x50, 0x44, 0x46],
    what: 'a PDF document',
    wayOut: 'A table of a PDF loses its cells. Ask for the list behind it as CSV, as a workbook or as a web page.',
  },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', wayOut: 'Unpack it and import the CSV file inside.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image', wayOut: 'Import the table as CSV.' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image', wayOut: 'Import the table as CSV.' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'an SQLite database', wayOut: 'Export its tables as CSV.' },
];

const toUtf8 =
  'Save it as UTF-8 (in a spreadsheet: the format "CSV UTF-8"; on a command line: iconv -f ENCODING -t UTF-8) and import that.';

/** The number of bytes that `recognizeText` needs, unless the file is shorter. */
const recognizedBytes = 4096;

/**
 * Checks the start of a file for UTF-8 text.
 *
 * @returns bytes to skip: those of a byte order mark, else 0
 * Throws FileFault EMPTY_FILE, NOT_TEXT or WRONG_ENCODING, each with the file's real format and the remedy.
 */
export function recognizeText(start: Uint8Array): number {
  if (start.length === 0) {
    throw new FileFault('EMPTY_FILE', 1, 'The file is empty (0 bytes). Export it again: a canonical CSV has at least its header line.');
  }
  const openDocument = findOpenDocument(start);
  if (openDocument !== undefined) {
    const wayOut = openDocument.endsWith('(.ods)') ? 'Let its name end with .ods, and import it again.' : saveAsCsv;
    throw new FileFault('NOT_TEXT', 1, `The file is an OpenDocument ${openDocument}, not CSV. ${wayOut}`);
  }
  for (const { bytes, what, wayOut } of signatures) {
    if (bytes.every((byte, i) => start[i] === byte)) throw new FileFault('NOT_TEXT', 1, `The file is ${what}, not CSV. ${wayOut}`);
  }
  const encoding = findWideEncoding(start);
  if (encoding !== undefined) {
    throw new FileFault(
      'WRONG_ENCODING',
      1,
      `The file is text in ${encoding}; only UTF-8 is read. ${toUtf8.replace('ENCODING', encoding)}`,
    );
  }
  if (start.subarray(0, recognizedBytes).includes(0)) {
    throw new FileFault('NOT_TEXT', 1, 'The file contains NUL bytes, so it is not text. Export the table as CSV and import that.');
  }
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 3 : 0;
}

/** The kind of an OpenDocument file, which its first entry states uncompressed. */
function findOpenDocument(start: Uint8Array): string | undefined {
  const head = Buffer.from(start.subarray(0, 120)).toString('latin1');
  if (!head.startsWith('PK')) return undefined;
  const kind = /^.{30}mimetypeapplication\/vnd\.oasis\.opendocument\.(spreadsheet|text|presentation|graphics)/s.exec(head)?.[1];
  return kind === 'text' ? 'text (.odt)' : kind === undefined ? undefined : kind === 'spreadsheet' ? 'spreadsheet (.ods)' : kind;
}

function findWideEncoding(start: Uint8Array): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return start[2] === 0 && start[3] === 0 ? 'UTF-32LE' : 'UTF-16LE';
  if (start[0] === 0xfe && start[1] === 0xff) return 'UTF-16BE';
  // Without a byte order mark, 16-bit Latin text shows by a NUL in every other byte.
  let even = 0;
  let odd = 0;
  const length = Math.min(start.length, recognizedBytes) & ~1;
  for (let i = 0; i < length; i += 2) {
    if (start[i] === 0) even++;
    if (start[i + 1] === 0) odd++;
  }
  const most = length / 2 / 2;
  if (length < 8) return undefined;
  if (odd > most && even < most / 8) return 'UTF-16LE';
  return even > most && odd < most / 8 ? 'UTF-16BE' : undefined;
}

/** The fault of bytes that are not UTF-8. The caller counts the lines. */
export function notUtf8(byte: number, line: number): FileFault {
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return new FileFault(
    'WRONG_ENCODING',
    line,
    `The file is not UTF-8: byte ${hex} on line ${line} belongs to no UTF-8 character. It is probably windows-1252 (Latin 1), as older spreadsheets write it. ${toUtf8.replace('ENCODING', 'WINDOWS-1252')}`,
    null,
    hex,
  );
}

/**
 * Checks that the pieces of a stream are UTF-8, even if a character is cut between two pieces.
 *
 * Complexity: native speed for valid bytes; a binary search for the first invalid byte.
 */
export class Utf8Check {
  /** The first bytes of a character that continues in the next piece: at most 3. */
  #cut: Buffer = Buffer.alloc(0);

  /** The number of valid bytes in the piece: all, or those before the first invalid byte. */
  countValid(piece: Buffer): number {
    const joined = this.#cut.length === 0 ? piece : Buffer.concat([this.#cut, piece]);
    const whole = joined.length - countCutBytes(joined);
    const kept = this.#cut.length;
    if (isUtf8(joined.subarray(0, whole))) {
      this.#cut = Buffer.from(joined.subarray(whole));
      return piece.length;
    }
    return Math.max(0, findInvalid(joined, whole) - kept);
  }

  /** Whether the stream may end here. */
  isComplete(): boolean {
    return this.#cut.length === 0;
  }
}

/** The number of bytes at the end that belong to an incomplete character. */
function countCutBytes(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return back < length ? back : 0;
    }
  }
  return 0;
}

/** The index of the first byte after the longest valid UTF-8 prefix. */
function findInvalid(bytes: Buffer, length: number): number {
  const isInvalid = (end: number) => !isUtf8(bytes.subarray(0, end - countCutBytes(bytes.subarray(0, end))));
  const valid = firstIndex(length + 1, isInvalid, 1) - 1;
  return valid - countCutBytes(bytes.subarray(0, valid));
}
