import { ExposureError } from '../domain/errors.ts';

/** Throws CONFLICT unless the store is empty: a restore never mixes a backup with other data. */
export function refuseUnlessEmpty(revision: number, writeCount: number, documentCount: number): void {
  if (writeCount === 0 && documentCount === 0) return;
  throw new ExposureError(
    'CONFLICT',
    `The store is not empty: it has revision ${revision}, ${describeCount(writeCount, 'write')} and ${describeCount(documentCount, 'document')}. Nothing was restored. Name an empty store with --store, such as a file that does not exist yet, or an empty database.`,
  );
}

function describeCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
