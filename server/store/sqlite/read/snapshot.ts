import type { Database } from 'better-sqlite3';
import { openReader } from '../open-database.ts';
import { translateError } from '../translate-error.ts';
import { Ledger } from './ledger.ts';

/** A connection that sees the store as of one moment, however long the read takes. */
export interface Snapshot {
  readonly database: Database;
  readonly ledger: Ledger;
  close(): void;
}

export function openSnapshot(path: string): Snapshot {
  const database = openReader(path);
  try {
    database.exec('BEGIN');
    return { database, ledger: new Ledger(database).refresh(), close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does work that may take long, over a connection of its own. Throws STORE_UNAVAILABLE. */
export async function readAtLength<T>(path: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  let snapshot: Snapshot | undefined;
  try {
    snapshot = openSnapshot(path);
    return await work(snapshot);
  } catch (error) {
    throw translateError(error, path);
  } finally {
    snapshot?.close();
  }
}
