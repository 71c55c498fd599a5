/** A row of a file or sheet as text, with its line as counted by an editor or spreadsheet. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** The cells as they stand in the file, if some of them were decoded twice and are read as they were meant. */
  readonly undecoded?: readonly string[];
  /** Whether the only filled cell of the row spans all columns, so that it is a heading. */
  readonly isAcross?: boolean;
  /** The reason why the cells cannot be trusted, e.g. text after a closing quote. */
  readonly fault?: string;
}

/** A table that can be read repeatedly. Rows of empty cells are left out. */
export interface TableSource {
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** The encoding and delimiter that a person named. Detected ones hold for this file alone. */
  readonly named?: { readonly encoding?: string; readonly delimiter?: string };
  /** The line of the header, where the program wrote it itself. Decisions about it do not hold then. */
  readonly headerLine?: number;
  /** The texts of a document above the table, such as its title. They are no rows. */
  readonly preamble?: readonly string[];
  /** The footnotes that a document has below the table. They are no rows. */
  readonly footnotes?: readonly string[];
  /** The rows and columns that the program of the file hides from its readers, in words. They are read as all others. */
  readonly hidden?: string | undefined;
  /** Calls `onRow` for each row in order; stops when it returns false. Throws FileFault. */
  read(onRow: (row: TableRow) => boolean | undefined): Promise<void>;
}
