/** What SQLite keeps in one column of one row. */
export type Cell = string | number | null;
export type Row = Cell[];
