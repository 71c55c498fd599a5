/** The parts of DuckDB's client that the bench uses. It has an install of its own (tests/bench/package.json), so its types may be missing. */
declare module '@duckdb/node-api' {
  /** A column's type. As text, it is what CREATE TABLE takes. */
  export interface DuckDBType {
    toString(): string;
  }
  export const DOUBLE: DuckDBType;
  export const INTEGER: DuckDBType;

  export class DuckDBDataChunk {
    static create(types: readonly DuckDBType[], rowCount?: number): DuckDBDataChunk;
    setColumns(columns: readonly (readonly number[])[]): void;
  }
  export interface DuckDBConnection {
    run(sql: string): Promise<unknown>;
    prepare(sql: string): Promise<DuckDBPreparedStatement>;
    /** Instants are Dates, whole numbers of 64 bits are bigints. */
    runAndReadAll(sql: string): Promise<{ columnNames(): string[]; getRowsJS(): unknown[][] }>;
    createAppender(table: string): Promise<DuckDBAppender>;
    closeSync(): void;
  }
  interface DuckDBPreparedStatement {
    bind(values: Readonly<Record<string, number>>, types: Readonly<Record<string, DuckDBType>>): void;
    runAndReadAll(): Promise<{ getRows(): unknown[] }>;
  }
  interface DuckDBAppender {
    appendDataChunk(chunk: DuckDBDataChunk): void;
    closeSync(): void;
  }
  export class DuckDBInstance {
    static create(path: string): Promise<DuckDBInstance>;
    connect(): Promise<DuckDBConnection>;
    closeSync(): void;
  }
}
