import type { Database } from 'better-sqlite3';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import type { FieldNames } from '../stored-fields.ts';

/** The names of all fields that the store knows. Throws where the store is damaged. */
export function readFieldNames(database: Database): FieldNames {
  const names = Object.fromEntries(factKinds.map((kind): [FactKind, string[]] => [kind, []])) as Record<FactKind, string[]>;
  const rows = database.prepare('SELECT "kind", "name" FROM field ORDER BY "kind", "bit"').raw().all() as [FactKind, string][];
  for (const [kind, name] of rows) {
    if (!factKinds.includes(kind)) throw new Error(`it knows no kind of fact "${kind}"`);
    names[kind].push(name);
  }
  return names;
}

export function insertFieldNames(database: Database, names: FieldNames): void {
  const insert = database.prepare('INSERT OR IGNORE INTO field ("kind", "bit", "name") VALUES (?, ?, ?)');
  for (const kind of factKinds) for (const [bit, name] of names[kind].entries()) insert.run(kind, bit, name);
}
