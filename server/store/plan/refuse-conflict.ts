import { ExposureError } from '../../domain/errors.ts';
import { describeKey } from '../../domain/fact-sentences.ts';
import type { FactKind } from '../../domain/facts.ts';
import { doesWriteRaise } from '../../rules/revision.ts';
import type { FactWrite } from '../fact-write.ts';
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
