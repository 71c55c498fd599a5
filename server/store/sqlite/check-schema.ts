import type { Database } from 'better-sqlite3';
import BetterSqlite3 from 'better-sqlite3';
import { createSchema } from './open-database.ts';

/**
 * Compares the columns and indexes of a store with those that this version creates; a sentence for each that differs. Neither SQLite nor
 * the seals notice a renamed column that holds nothing, or one of another type: the next question about it would fail, and the next
 * write would store another value.
 */
export function* checkSchema(database: Database): Generator<string> {
  const found = describeSchema(database);
  const sound = new BetterSqlite3(':memory:');
  try {
    createSchema(sound);
    for (const [name, definition] of describeSchema(sound)) {
      if (found.get(name) !== definition) yield `The file is damaged: ${name} is not as it was created.`;
    }
  } finally {
    sound.close();
  }
}

/** Each column and index as SQLite understands it, by its name. Defaults don't count: an upgrade needs one for a column that it adds. */
function describeSchema(database: Database): Map<string, string> {
  const described = new Map<string, string>();
  const columns = database.prepare(
    `SELECT t."name" AS "table", c."name", c."type", c."notnull", c."pk"
     FROM sqlite_schema AS t, pragma_table_info(t."name") AS c WHERE t."type" = 'table'`,
  );
  for (const { table, name, ...definition } of columns.all() as { table: string; name: string }[]) {
    described.set(`the column ${name} of the table ${table}`, JSON.stringify(definition));
  }
  const indexes = database.prepare(
    `SELECT i."name", i."sql", json_group_array(c."name") AS "columns"
     FROM sqlite_schema AS i, pragma_index_xinfo(i."name") AS c WHERE i."type" = 'index' GROUP BY i."name"`,
  );
  for (const { name, ...definition } of indexes.all() as { name: string }[]) described.set(`the index ${name}`, JSON.stringify(definition));
  return described;
}
