import { FileFault } from '../rows/file-fault.ts';
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
