/** The value of one column in one row of SQLite. */
export type Cell = string | number | null;
export type Row = Cell[];
