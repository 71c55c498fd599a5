import { FileFault } from './file-fault.ts';

/** A header goes to the event loop, into the draft, and to everybody who looks at the import. */
const mostCharacters = 1_000_000;

/** Throws FileFault CELL_TOO_LARGE for a header of more than 1,000,000 characters. */
export function checkHeader(header: readonly string[], line: number): void {
  if (header.reduce((sum, { length }) => sum + length, 0) <= mostCharacters) return;
  throw new FileFault(
    'CELL_TOO_LARGE',
    line,
    `The header on line ${line} is longer than 1,000,000 characters. Check that the file is CSV and that its lines end.`,
  );
}
