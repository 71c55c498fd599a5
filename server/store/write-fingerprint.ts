import { createHash } from 'node:crypto';
import { doesWriteRaise } from '../rules/revision.ts';
import type { WriteLedger } from './write-ledger.ts';

/**
 * A hash of all events that led to a revision. Later events don't change it; undefined if the store has not reached the revision.
 *
 * Events at the revision that did not raise it are left out: they may come later, and change no fact.
 *
 * @param identity what tells this store from others, by write: a checksum of its assertions, or the same text for all
 */
export function fingerprintWrites(ledger: WriteLedger, revision: number, identity: (seq: number) => string | number): string | undefined {
  if (ledger.findRevision() < revision) return undefined;
  const hash = createHash('sha256');
  const isBefore = (event: { readonly revision: number }, isRaising: boolean) =>
    event.revision < revision || (event.revision === revision && isRaising);
  for (const write of ledger.writes) {
    if (!isBefore(write, doesWriteRaise(write))) continue;
    const { seq, at, by, sourceKey, importId, created, updated, unchanged, retracted, undo } = write;
    const counts = [created, updated, unchanged, retracted];
    const undone = undo !== null && isBefore(undo, undo.isRaising) ? [undo.revision, undo.at, undo.by, undo.changed] : null;
    hash.update(`${JSON.stringify([seq, write.revision, at, by, sourceKey, importId, counts, undone, identity(seq)])}\n`);
  }
  return hash.digest('hex');
}
