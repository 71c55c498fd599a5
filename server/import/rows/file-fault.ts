import type { RejectionCode } from './rejection.ts';

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
