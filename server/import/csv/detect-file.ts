import { open } from 'node:fs/promises';
import type { TableKind } from '../import-view.ts';
import { kindOfHeader, kindOfName, parseHeader } from '../rows/parse-header.ts';
import { FileFault } from '../rows/rejection.ts';
import { columnsOf } from '../rows/table-fields.ts';
import { recognizeText } from './recognize-text.ts';
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
