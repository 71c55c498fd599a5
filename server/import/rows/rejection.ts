import { compareCodePoints } from '../../domain/compare.ts';
/** A row, or a file, that cannot be imported. Bad data is a value, never an exception. */
export interface Rejection {
  readonly file: string;
  /** From 1, as an editor counts lines. */
  readonly line: number;
  /** The column's name in the file's header; null if the whole row or file is at fault. */
  readonly column: string | null;
  readonly code: RejectionCode;
  /** Names the value, the expected form, and the remedy. */
  readonly message: string;
  readonly value: string | null;
  /** All lines that the rejection covers; absent if it covers only `line`. */
  readonly lines?: readonly number[];
}

/** The lines of the rows that a rejection covers. */
export function linesOf(rejection: Rejection): readonly number[] {
  return rejection.lines ?? [rejection.line];
}

/** Rejections of one code and column; `count` in rows. */
export interface RejectionCause {
  readonly code: RejectionCode;
  readonly column: string | null;
  readonly count: number;
  readonly example: Rejection;
  /** Rows that are rejected only because of rejected rows or files that they name. */
  readonly isConsequence: boolean;
}

/** The possible faults of a file or a row. */
const rejectionCodes = {
  EMPTY_FILE: 'The file is empty.',
  NOT_TEXT: 'The file is a spreadsheet, an archive, a document or an image, and not CSV.',
  UNSAFE_WORKBOOK: 'The workbook is too large, links to other workbooks, declares entities, takes too long to read, or is damaged.',
  WRONG_ENCODING: 'The file is text in another encoding than UTF-8.',
  UNKNOWN_KIND: 'Neither the name nor the header shows the kind of facts in the file.',
  DOUBLED_COLUMN: 'A column appears twice in the header.',
  UNKNOWN_COLUMN: 'A column of the header is unknown for this kind of fact.',
  MISSING_COLUMN: 'A required column of this kind of fact is not in the header.',
  TOO_MANY_COLUMNS: 'A row has more than 1,000 cells.',
  CELL_TOO_LARGE: 'A cell or a row exceeds the size limit.',
  UNCLOSED_QUOTE: 'A quoted cell has no end.',
  BAD_QUOTE: 'Text follows a closing quote inside a cell.',
  UNACCOUNTED_CELL: 'A cell of a list is neither used nor kept as text nor left out by a rule.',
  LIST_TOO_LARGE: 'The files have more rows, organizations or text than fits into memory.',
  RAGGED_ROW: 'A row has more or fewer cells than the header.',
  DIFFERING_ROWS: 'Two rows contradict each other about one fact.',
  MISSING_VALUE: 'A required value is empty.',
  BAD_VALUE: 'A value has the wrong type or is out of its range.',
  UNKNOWN_REFERENCE: 'A named fact does not exist.',
  REFERS_TO_REJECTED: 'A named fact was itself rejected.',
  OWNER_IS_NOT_A_LAB: 'An artifact is owned by an organization without the role LAB.',
  SAME_ENDS: 'Both ends of a fact are the same.',
  ENDS_BEFORE_START: 'A fact ends before it starts.',
  VALUE_RANGE: 'The low and the high value contradict each other.',
  TOO_MANY_FRAGMENTS: 'A transfer names more fragments than its artifact has.',
  STILL_NAMED: 'Other facts name this one.',
  UNKNOWN_FACT: 'There is no such fact.',
  HIDDEN_CHARACTER: 'A new id, name, alias, channel or source has a character that nobody sees.',
  NOT_YOURS: 'Somebody else states the fact that would be removed.',
} as const;

export type RejectionCode = keyof typeof rejectionCodes;

/** Root causes before their consequences; of each, the most frequent first; equal counts by code, then column. O(n log n). */
export function causesOf(rejections: readonly Rejection[], isConsequence: (rejection: Rejection) => boolean): RejectionCause[] {
  const byCause = new Map<string, { count: number; readonly example: Rejection; readonly isConsequence: boolean }>();
  for (const rejection of rejections) {
    const isOnlyConsequence = isConsequence(rejection);
    const key = `${rejection.code}\n${rejection.column ?? ''}\n${isOnlyConsequence}`;
    const cause = byCause.get(key);
    if (cause) cause.count += linesOf(rejection).length;
    else byCause.set(key, { count: linesOf(rejection).length, example: rejection, isConsequence: isOnlyConsequence });
  }
  return [...byCause.values()]
    .map((cause) => ({ code: cause.example.code, column: cause.example.column, ...cause }))
    .sort(
      (a, b) =>
        Number(a.isConsequence) - Number(b.isConsequence) ||
        b.count - a.count ||
        compareCodePoints(a.code, b.code) ||
        compareCodePoints(a.column ?? '', b.column ?? ''),
    );
}

/** By file, line, column. */
export function sortRejections(rejections: Rejection[]): Rejection[] {
  return rejections.sort(
    (a, b) =>
      compareCodePoints(a.file, b.file) ||
      a.line - b.line ||
      compareCodePoints(a.column ?? '', b.column ?? '') ||
      compareCodePoints(a.message, b.message),
  );
}

/** The columns that a download of rejected rows adds to the original ones. */
export const reasonColumns = ['line', 'reason'] as const;
/** Added as well if the rows come from several files. */
export const fileColumn = 'file';

/** How many columns at the end of a header are those of a download of rejected rows: 0, 2 or 3. */
export function countReasonColumns(header: readonly string[]): number {
  const ends = (columns: readonly string[]) =>
    header.length > columns.length && columns.every((column, at) => header[header.length - columns.length + at] === column);
  if (ends([...reasonColumns, fileColumn])) return reasonColumns.length + 1;
  return ends(reasonColumns) ? reasonColumns.length : 0;
}

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
