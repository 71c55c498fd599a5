import { closeSync, existsSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../../domain/errors.ts';
import { wayBack } from '../../damaged-store.ts';
import { prepareOnce } from '../statements.ts';
import { countChanges, hashText } from './seals.ts';

/** The state of a store after its last acknowledged change. */
interface LastChange {
  readonly revision: number;
  readonly changes: number;
}

/** One sector, so that the operating system writes all of it or nothing. */
const fileLength = 256;

/** Whether there was a store at a path: no other program leaves this file beside its own. */
export function hasLastChange(storePath: string): boolean {
  return existsSync(`${storePath}.last-change`);
}

/**
 * Keeps the last acknowledged change in a file of its own, `<store>.last-change`. If a part of SQLite's log is damaged, SQLite
 * drops the changes in it and everything after, without a word. The file tells that they existed.
 *
 * Two processes may write at the same time. The file then names the earlier change of the two until the next one.
 */
export class LastChangeFile {
  readonly path: string;
  readonly #storePath: string;

  constructor(storePath: string) {
    this.#storePath = storePath;
    this.path = `${storePath}.last-change`;
  }

  /** Call it before SQLite opens the file: SQLite takes an empty file for a new store. Throws STORE_DAMAGED. */
  refuseEmptyStore(): void {
    const size = existsSync(this.#storePath) ? statSync(this.#storePath).size : undefined;
    const last = size === undefined || size === 0 ? this.#read() : undefined;
    if (last === undefined || last.changes === 0) return;
    throw this.#damaged(`The store ${this.#storePath} is ${size === 0 ? 'empty' : 'missing'}, and it was at revision ${last.revision}`);
  }

  /** Call it in a connection that sees the whole store. Throws STORE_DAMAGED where acknowledged changes are missing. */
  refuseLostChanges(database: Database): void {
    const last = this.#read();
    if (last === undefined || last.changes <= countChanges(database)) return;
    const revision = database.prepare('SELECT "revision" FROM meta').pluck().get() as number;
    throw this.#damaged(
      `The store ${this.#storePath} has lost its latest changes: it is at revision ${revision}, and it was at revision ${last.revision}`,
    );
  }

  /** Call it after a change was committed, and before it is acknowledged. A disk that refuses takes nothing back. */
  tryNote(database: Database): void {
    try {
      this.note(database);
    } catch {
      // The change is committed, and the file still names an earlier one.
    }
  }

  /** Throws the error of the file system. */
  note(database: Database): void {
    const revision = prepareOnce(database, 'SELECT "revision" FROM meta').pluck().get() as number;
    const json = JSON.stringify({ revision, changes: countChanges(database) } satisfies LastChange);
    const text = `${json} ${hashText(json)}`.padEnd(fileLength - 1);
    const file = openSync(this.path, existsSync(this.path) ? 'r+' : 'w');
    try {
      writeSync(file, `${text}\n`, 0);
    } finally {
      closeSync(file);
    }
  }

  /** Undefined if there is no file, as beside a store of an earlier version. */
  #read(): LastChange | undefined {
    if (!existsSync(this.path)) return undefined;
    const [json, hash] = readFileSync(this.path, 'utf8').trim().split(' ');
    if (json === undefined || hash !== String(hashText(json))) {
      throw new ExposureError(
        'STORE_DAMAGED',
        `The file ${this.path} is damaged. It tells whether the store lost changes. Run exposure verify; if it finds nothing else, delete the file.`,
      );
    }
    return JSON.parse(json) as LastChange;
  }

  #damaged(sentence: string): ExposureError {
    return new ExposureError('STORE_DAMAGED', `${sentence}. ${wayBack} To go on with what is left, delete ${this.path}.`);
  }
}
