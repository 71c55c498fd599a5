import type { CsvScanner } from '../csv/scan-csv.ts';
import { cellFlags } from '../csv/scan-csv.ts';
import type { Rejection } from './rejection.ts';

/** The fault of a row as a whole, before its cells are parsed; 'blank' if all its cells are empty. */
export function findRowFault(file: string, row: CsvScanner, columnCount: number): Rejection | 'blank' | undefined {
  let seen = 0;
  let isBlank = true;
  for (let cell = 0; cell < row.cellCount; cell++) {
    seen |= row.flags[cell] as number;
    if (row.starts[cell] !== row.ends[cell]) isBlank = false;
  }
  const { line } = row;
  // Such as `"" Amber`: its text is empty, and the row is not.
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
