import { FileFault } from '../rows/file-fault.ts';
import { findDelimiter } from './find-delimiter.ts';
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
