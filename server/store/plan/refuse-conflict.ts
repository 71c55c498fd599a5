import { ExposureError } from '../../domain/errors.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { doesWriteRaise } from '../../rules/revision.ts';
import type { FactWrite } from '../fact-write.ts';
import type { DocumentCollection } from '../stored-document.ts';
import type { WriteLedger } from '../write-ledger.ts';

/** Throws CONFLICT if the write's import is committed already. */
export function refuseSecondCommit(ledger: WriteLedger, write: FactWrite): void {
  if (write.import === undefined || ledger.ofImport(write.import.id) === undefined) return;
  throw new ExposureError('CONFLICT', `Import ${write.import.id} is committed already. Nothing was written.`);
}

/** The writes, by number, that changed facts after a revision or whose undo did. */
export function findWritesAfter(ledger: WriteLedger, revision: number): ReadonlySet<number> {
  const later = new Set<number>();
  for (const write of ledger.writes) {
    const isLater = write.revision > revision && doesWriteRaise(write);
    const isUndoneLater = write.undo?.isRaising === true && write.undo.revision > revision;
    if (isLater || isUndoneLater) later.add(write.seq);
  }
  return later;
}

/** CONFLICT: a fact changed after the revision that the writer read. */
export function conflictOf(ledger: WriteLedger, kind: FactKind, key: string, changer: number, revision: number): ExposureError {
  const { undo, by } = ledger.get(changer);
  return new ExposureError(
    'CONFLICT',
    `${describeKey(kind, key)} was changed by ${undo?.by ?? by} after revision ${revision}. Reload it, then repeat the change.`,
  );
}

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

/**
 * Throws CONFLICT if a document has another version than the one that its writer saw.
 *
 * @param version 0: there is no such document
 * @param ifVersion undefined: the writer saves over any version
 */
export function refuseStaleDocument(collection: DocumentCollection, id: string, version: number, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === version) return;
  throw new ExposureError(
    'CONFLICT',
    version === 0
      ? `The ${collection} ${id} does not exist any more. Save it as a new one.`
      : `The ${collection} ${id} has changed: its version is ${version}, not ${ifVersion}. Reload it, then repeat the change.`,
  );
}
