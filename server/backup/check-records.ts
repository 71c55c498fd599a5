import type { Assertion } from '../domain/assertions.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import { factKinds } from '../domain/facts.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import { effects } from '../store/fact-write.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../store/store-record.ts';
import type { RecordCounts } from './backup-format.ts';
import { keysOf } from './encode-record.ts';

/**
 * Yields the records unchanged, and checks that they are consistent: a restore needs a possible history. Throws BACKUP_DAMAGED at
 * the first inconsistent record, or at the end.
 */
export async function* checkRecords(records: AsyncIterable<StoreRecord>, counts: RecordCounts, path: string): AsyncGenerator<StoreRecord> {
  const check = new RecordCheck((reason) => damagedBackup(path, reason));
  for await (const record of records) {
    check.see(record);
    yield record;
  }
  check.finish(counts);
}

class RecordCheck {
  readonly #fault: (reason: string) => Error;
  #startRevision = 0;
  #revision = 0;
  #at = 0;
  /** The current write, the number of its assertions still missing by effect, and the position of its last assertion. */
  #write: WriteHead | undefined;
  #missing: number[] = [];
  #lastKind = 0;
  #lastKeys: readonly string[] | undefined;
  /** Import -> whether it was undone. */
  readonly #imports = new Map<string, boolean>();
  #lastDocument: readonly string[] | undefined;
  readonly #counts = { writes: 0, assertions: 0, undos: 0, documents: 0 };

  constructor(fault: (reason: string) => Error) {
    this.#fault = fault;
  }

  see(record: StoreRecord): void {
    switch (record.type) {
      case 'start':
        this.#startRevision = record.revision;
        break;
      case 'write':
        this.#seeWrite(record);
        break;
      case 'assertions':
        this.#seeAssertions(record);
        break;
      case 'undo':
        this.#seeUndo(record);
        break;
      case 'document':
        this.#seeDocument(record);
        break;
      default:
        record satisfies never;
    }
  }

  finish(counts: RecordCounts): void {
    this.#endWrite();
    for (const name of ['writes', 'assertions', 'undos', 'documents'] as const) {
      this.#require(this.#counts[name] === counts[name], `its seal counts ${counts[name]} ${name}, but it has ${this.#counts[name]}`);
    }
    this.#require(
      this.#revision === this.#startRevision,
      `its header states revision ${this.#startRevision}, but its records end at ${this.#revision}`,
    );
  }

  #seeWrite(write: WriteHead): void {
    this.#endWrite();
    const { unchanged, created, updated, retracted } = write;
    this.#seeEvent(write, doesWriteRaise(write));
    this.#counts.writes++;
    this.#write = write;
    this.#missing = [unchanged, created, updated, retracted];
    this.#lastKind = 0;
    this.#lastKeys = undefined;
    if (write.import === null) return;
    this.#require(!this.#imports.has(write.import.id), `it has the import ${write.import.id} twice`);
    this.#imports.set(write.import.id, false);
  }

  #seeAssertions({ kind, assertions, effects: became }: AssertionBatch): void {
    this.#require(this.#write !== undefined, 'it has assertions outside of a write');
    const place = factKinds.indexOf(kind);
    this.#require(place >= this.#lastKind, 'its assertions are out of order');
    if (place > this.#lastKind) this.#lastKeys = undefined;
    this.#lastKind = place;
    for (let i = 0; i < assertions.length; i++) {
      const keys = keysOf(assertions[i] as Assertion);
      this.#require(this.#lastKeys === undefined || isAfter(this.#lastKeys, keys), 'its assertions are out of order');
      this.#lastKeys = keys;
      const effect = became[i] as number;
      this.#missing[effect] = (this.#missing[effect] as number) - 1;
    }
    this.#counts.assertions += assertions.length;
  }

  #seeUndo(undo: UndoRecord): void {
    this.#endWrite();
    this.#seeEvent(undo, undo.isRaising);
    this.#counts.undos++;
    this.#require(this.#imports.get(undo.importId) === false, `it undoes the import ${undo.importId}, which is unknown or already undone`);
    this.#imports.set(undo.importId, true);
  }

  #seeDocument(document: DocumentRecord): void {
    this.#endWrite();
    const { collection, id, importId } = document;
    this.#require(this.#lastDocument === undefined || isAfter(this.#lastDocument, [collection, id]), 'its documents are out of order');
    this.#require(importId === null || this.#imports.has(importId), `its ${collection} ${id} belongs to an import that is missing`);
    this.#lastDocument = [collection, id];
    this.#counts.documents++;
  }

  #seeEvent({ revision, at }: { readonly revision: number; readonly at: number }, isRaising: boolean): void {
    this.#require(this.#lastDocument === undefined, 'it has a write after the documents');
    this.#require(revision === this.#revision + (isRaising ? 1 : 0), `revision ${revision} follows revision ${this.#revision}`);
    this.#require(at >= this.#at, `the instant ${at} follows ${this.#at}`);
    this.#revision = revision;
    this.#at = at;
  }

  #endWrite(): void {
    const wrong = this.#missing.findIndex((count) => count !== 0);
    this.#require(wrong < 0, `a write by ${this.#write?.by} does not have the number of ${effects[wrong]} assertions that it states`);
    this.#write = undefined;
    this.#missing = [];
  }

  #require(isSo: boolean, reason: string): void {
    if (!isSo) throw this.#fault(reason);
  }
}

function isAfter(before: readonly string[], after: readonly string[]): boolean {
  const place = after.findIndex((part, i) => part !== before[i]);
  return place >= 0 && compareCodePoints(before[place] as string, after[place] as string) < 0;
}

/** The error for a file that is not a backup. */
export function foreignFile(path: string): ExposureError {
  return new ExposureError('BACKUP_DAMAGED', `${path} is not a backup of this program. Name a file that \`exposure backup\` wrote.`);
}

/** @param reason the fault, as the rest of a sentence */
export function damagedBackup(path: string, reason: string, options?: ErrorOptions): ExposureError {
  return new ExposureError(
    'BACKUP_DAMAGED',
    `The backup ${path} is damaged: ${reason}. Nothing was restored. Take another copy of it, or an older backup.`,
    options,
  );
}

/** The error for a backup whose seal this key did not make. */
export function otherKey(path: string): ExposureError {
  return new ExposureError(
    'BACKUP_DAMAGED',
    `The backup ${path} is not sealed with the key in EXPOSURE_AUDIT_KEY: it was written with another key, or somebody changed it. Nothing was restored. Set the key of the server that wrote it, or take another backup.`,
  );
}

export function newerBackup(path: string, version: number, known: number, product: string): ExposureError {
  return new ExposureError(
    'STORE_TOO_NEW',
    `The backup ${path} was written by version ${product} of this program in format ${version}, and this one reads formats up to ${known}. Nothing was restored. Restore it with that version or a newer one.`,
  );
}
