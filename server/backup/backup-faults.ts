import { ExposureError } from '../domain/errors.ts';

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
