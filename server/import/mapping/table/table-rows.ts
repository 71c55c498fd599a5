/** A row of a file or sheet as text, its line as an editor or spreadsheet counts it. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the cells cannot be trusted, such as text behind a closing quote. */
  readonly fault?: string;
}

/** A table that can be read as often as needed. Rows of empty cells are left out. */
export interface TableSource {
  readonly name: string;
  readonly encoding: string;
  readonly delimiter: string;
  /** Calls `onRow` for each row in order; stops where it returns false. Throws FileFault. */
  read(onRow: (row: TableRow) => boolean | undefined): Promise<void>;
}
