import { rm } from 'node:fs/promises';
import { ExposureError } from '../../domain/errors.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { OpenBackup } from '../read-backup.ts';
import { openBackup } from '../read-backup.ts';

import { writeBackup } from '../write-backup.ts';
import type { Erasure } from './erase-records.ts';
import { RecordEraser } from './erase-records.ts';
import type { ErasureSubject, Records } from './find-erased.ts';
import { findErased } from './find-erased.ts';

export interface ErasureOrder {
  readonly subject: ErasureSubject;
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The version of this program. */
  readonly product: string;
  /** EXPOSURE_AUDIT_KEY. */
  readonly key: string | null;
}

/**
 * The erasure that would be made, from reading alone.
 * Throws NOT_FOUND, CONFLICT (the organization is merged into another).
 */
export async function previewErasure(read: () => Records, { subject, by, at }: ErasureOrder): Promise<Erasure> {
  const eraser = new RecordEraser(await findErased(read, subject), by, at);
  for await (const _ of eraser.read(read()));
  return eraser.erasure;
}

/**
 * Erases data from a store: its facts, its whole history and its documents.
 *
 * The new content is written into a file first, and checked as a backup is. The store is replaced by it, and the file deleted. If
 * a Neo4j fails after it was emptied, the file stays, the error names it, and `exposure restore` reads it.
 *
 * @param path of the file
 * Throws NOT_FOUND, CONFLICT, and the errors of FactStore.rewrite and of writing a file.
 */
export async function eraseFromStore(store: FactStore, path: string, order: ErasureOrder): Promise<Erasure> {
  const { subject, by, at, product, key } = order;
  const erased = await findErased(() => store.readRecords(), subject);
  const eraser = new RecordEraser(erased, by, at);
  const before = await store.readRevision();
  let backup: OpenBackup | undefined;
  try {
    await store.rewrite(async (records) => {
      await writeBackup({ readRecords: () => eraser.read(records) }, path, product, at, key, true);
      backup = await openBackup(path, key);
      for await (const _ of backup.readRecords());
      return backup.readRecords();
    });
  } catch (error) {
    if (await isEmptied(store, before)) throw interrupted(path, error);
    await rm(path, { force: true });
    throw error;
  } finally {
    await backup?.close();
  }
  await rm(path);
  return eraser.erasure;
}

/** A store that does not answer may be empty. */
async function isEmptied(store: FactStore, before: number): Promise<boolean> {
  return store.kind === 'neo4j' && before > 0 && (await store.readRevision().catch(() => 0)) === 0;
}

function interrupted(path: string, error: unknown): ExposureError {
  return new ExposureError(
    'STORE_UNAVAILABLE',
    `The erasure was interrupted after the database was emptied (${(error as Error).message}). Restore the rest: exposure restore ${path}. Then delete that file.`,
    { cause: error },
  );
}

/**
 * Erases data from a backup. The file is replaced when the new one is complete. Its seal proves no more than the old one did: a backup that
 * had no seal with the key gets none.
 * Throws BAD_CONFIGURATION where the key of its seal is not given, and as `writeBackup`, `openBackup` and `findErased`.
 */
export async function eraseFromBackup(path: string, order: ErasureOrder): Promise<Erasure> {
  const { subject, by, at, product, key } = order;
  const backup = await openBackup(path, key);
  try {
    if (backup.proof === 'KEY_NOT_GIVEN')
      throw new ExposureError(
        'BAD_CONFIGURATION',
        `The backup ${path} is sealed with a key, and EXPOSURE_AUDIT_KEY is not set. Nothing was erased. Set the key, so that the new file is sealed with it too.`,
      );
    const eraser = new RecordEraser(await findErased(() => backup.readRecords(), subject), by, at);
    await writeBackup({ readRecords: () => eraser.read(backup.readRecords()) }, path, product, at, backup.proof === 'KEY' ? key : null);
    return eraser.erasure;
  } finally {
    await backup.close();
  }
}

/** The record of an erasure in a store or backup. */
export function parseErasure(json: string): Erasure {
  return JSON.parse(json) as Erasure;
}
