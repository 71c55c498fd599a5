import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ExposureError } from '../../domain/errors.ts';
import { startThread } from '../../threads/start-thread.ts';
import type { StoredDocument } from '../stored-document.ts';
import { openDatabase, openReader } from './open-database.ts';
import { isSmall } from './seals/check-seals.ts';
import { LastChangeFile } from './seals/last-change.ts';
import { reasonOf, translateError } from './translate-error.ts';
import { verifyFile } from './verify.ts';
import { listDocuments } from './write/documents.ts';

type OnAudit = ((documents: readonly StoredDocument[]) => void) | undefined;

/** A check that runs while the store is in use. */
export interface BackgroundCheck {
  /** Resolves with the problems; empty for a sound store, and for one that a sample checks as a whole. */
  readonly problems: Promise<readonly string[]>;
  stop(): Promise<unknown>;
}

/** Checks the content of an open store in a thread, because that takes seconds for millions of facts. The promise rejects with STORE_UNAVAILABLE. */
export function checkInBackground(path: string): BackgroundCheck {
  const reader = openReader(path);
  try {
    if (isSmall(reader)) return { problems: Promise.resolve([]), stop: async () => undefined };
  } finally {
    reader.close();
  }
  const thread = startThread('store/sqlite/verify-thread');
  const problems = new Promise<readonly string[]>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', (error) =>
      reject(new ExposureError('STORE_UNAVAILABLE', `The store ${path} cannot be checked now (${error.message}).`, { cause: error })),
    );
  }).finally(() => thread.terminate());
  thread.postMessage(path);
  return { problems, stop: () => thread.terminate() };
}

/**
 * Verifies the store in a file, and writes nothing beside it.
 *
 * SQLite cannot open a store without creating files beside it, unless another process has it open. A store that nobody uses is
 * therefore verified in a temporary copy, which also works on a read-only disk.
 *
 * @param onAudit gets the documents of the collection `audit`, unless the store is damaged
 * @returns sentences, empty for a sound store. Throws STORE_UNAVAILABLE.
 */
export async function verifyAt(path: string, onAudit?: OnAudit): Promise<string[]> {
  try {
    new LastChangeFile(path).refuseEmptyStore();
    if (!existsSync(path)) throw new ExposureError('STORE_UNAVAILABLE', `There is no store at ${path}. Name one in EXPOSURE_STORE.`);
    if (!statSync(path).isFile())
      throw new ExposureError('STORE_UNAVAILABLE', `${path} is not a file. Name the file of the store in EXPOSURE_STORE.`);
    return existsSync(`${path}-shm`) ? await verifyInPlace(path, onAudit) : await verifyCopy(path, onAudit);
  } catch (thrown) {
    const error = translateError(thrown, path);
    if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
    return [error instanceof ExposureError ? error.message : `The store ${path} is damaged (${reasonOf(error)}).`];
  }
}

async function verifyInPlace(path: string, onAudit: OnAudit): Promise<string[]> {
  const reader = openReader(path);
  try {
    new LastChangeFile(path).refuseLostChanges(reader);
    onAudit?.(listDocuments(reader, 'audit'));
  } finally {
    reader.close();
  }
  return verifyFile(path);
}

async function verifyCopy(path: string, onAudit: OnAudit): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-verify-'));
  try {
    const copy = join(folder, basename(path));
    copyStore(path, copy, folder);
    // An older store is upgraded here, and a log that a crash left behind is read.
    openDatabase(copy).close();
    return (await verifyInPlace(copy, onAudit)).map((sentence) => sentence.replaceAll(copy, path));
  } catch (error) {
    if (!(error instanceof ExposureError)) throw error;
    throw new ExposureError(error.code, error.message.replaceAll(join(folder, basename(path)), path), { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyStore(path: string, copy: string, folder: string): void {
  try {
    for (const suffix of ['', '-wal', '.last-change']) {
      if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix);
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ExposureError(
      'STORE_UNAVAILABLE',
      `The store ${path} cannot be copied to ${folder} to be verified (${reason}). Set TMPDIR to a folder with enough room.`,
      { cause: error },
    );
  }
}
