import { ExposureError } from '../../../domain/errors.ts';
import type { UndoOutcome } from '../../fact-store.ts';
import { planRemoval } from '../../plan/plan-removal.ts';
import { refuseUndo } from '../../plan/refuse-undo.ts';
import type { WriteLedger, WriteRecord } from '../../write-ledger.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import { withdrawIncidents } from './documents.ts';
import { placeUndo } from './place-undo.ts';
import type { UndoingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

/** Throws NOT_FOUND. */
export function getImportWrite(writes: WriteLedger, importId: string): WriteRecord {
  const write = writes.ofImport(importId);
  if (write !== undefined) return write;
  throw new ExposureError('NOT_FOUND', `There is no import ${importId}. The list of imports has the ids of those that can be undone.`);
}

/** Takes an import back, but for publishing that. Without an event nothing is to be kept. Throws NOT_FOUND. */
export async function undoImport(
  path: WritePath,
  importId: string,
  by: string,
  at: number,
  nonce: string,
): Promise<{ readonly event: UndoingEvent | undefined; readonly result: UndoOutcome }> {
  const { writes } = path;
  const write = getImportWrite(writes, importId);
  const revision = writes.findRevision();
  if (write.undo !== null) return { event: undefined, result: { outcome: 'unchanged', revision } };
  const plan = await answerQuestions(planRemoval(write.seq), writes, (read) => path.read(read));
  if (plan.breaks.length > 0) return { event: undefined, result: refuseUndo(importId, plan.breaks) };

  const isRaising = plan.changedCount > 0 || plan.isProvenanceChanged;
  const event: UndoingEvent = {
    seq: writes.lastEvent + 1,
    revision: isRaising ? revision + 1 : revision,
    at: Math.max(path.lastAt, Math.trunc(at)),
    by,
    undoes: write.seq,
    changed: plan.changedCount,
    isRaising,
  };
  // First of all: whoever finds facts that this has changed already finds by it what it changes.
  await path.batch((transaction) => insertEvent(transaction, event, nonce));
  await placeUndo(path, event);
  path.atLast((transaction) => withdrawIncidents(transaction, writes, importId));
  return { event, result: { outcome: 'undone', revision: event.revision, changedCount: plan.changedCount } };
}
