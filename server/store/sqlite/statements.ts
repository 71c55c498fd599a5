import type { Database, Statement } from 'better-sqlite3';

/** The value of one column in one row of SQLite. */
export type Cell = string | number | null;
export type Row = Cell[];

/** The most statements that a connection keeps. The shapes of edits are many more, and most come once. */
const mostKept = 500;
const prepared = new WeakMap<Database, Map<string, Statement<unknown[]>>>();

/**
 * The statement of a text that a connection asks often, prepared the first time: preparing takes longer than most of the statements. Use `get`, `all` or `run`,
 * and always the same mode (`raw`, `pluck`) for a text, because all callers share the statement.
 */
export function prepareOnce(database: Database, sql: string): Statement<unknown[]> {
  let statements = prepared.get(database);
  if (statements === undefined) {
    statements = new Map();
    prepared.set(database, statements);
  }
  let statement = statements.get(sql);
  if (statement === undefined) {
    statement = database.prepare<unknown[]>(sql);
    const [oldest] = statements.keys();
    if (statements.size === mostKept && oldest !== undefined) statements.delete(oldest);
    statements.set(sql, statement);
  }
  return statement;
}
