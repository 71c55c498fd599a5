import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ExposureError } from '../../domain/errors.ts';
import { readForm } from '../../import/csv/is-canonical.ts';
import type { SourceFile } from '../../import/csv/read-table.ts';
import type { ReadImport } from '../../import/read-import.ts';
import { findForms, writeRejectedRows } from '../../import/rows/rejected-rows.ts';
import type { Rejection } from '../../import/rows/rejection.ts';

/** Writes the rejected rows as CSV. Throws BAD_USER_INPUT if the file cannot be written. */
export async function saveRejected(
  path: string,
  sources: readonly SourceFile[],
  { files }: ReadImport,
  rejections: readonly Rejection[],
): Promise<void> {
  const analyzed = files.map((file) => ({ name: file.name, form: file, mapping: file.mapping }));
  const known = await Promise.all(sources.map(async (source) => ({ ...source, ...(await readForm(source.path)) })));
  try {
    await pipeline(Readable.from(writeRejectedRows(findForms(known, analyzed), rejections)), createWriteStream(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ExposureError('BAD_USER_INPUT', `The rejected rows cannot be written to ${path} (${code}).`);
  }
}
