import type { Rejection, RejectionCode } from './rejection.ts';

/** A fault that makes a whole file unreadable, so that no row of it is imported. An import turns it into a rejection of the file. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly code: RejectionCode;
  /** Null if the reader does not know the line; the code that counts lines must set it. */
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;

  constructor(code: RejectionCode, line: number | null, message: string, column: string | null = null, value: string | null = null) {
    super(message);
    this.code = code;
    this.line = line;
    this.column = column;
    this.value = value;
  }
}

/** The rejection of a whole file. */
export function rejectFile(file: string, { line, column, code, message, value }: FileFault): Rejection {
  return { file, line: line ?? 1, column, code, message, value };
}

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
