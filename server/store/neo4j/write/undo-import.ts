import type { UndoOutcome } from '../../fact-store.ts';
import { planUndo } from '../../plan/plan-undo.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import { removeIncidents } from './documents.ts';
import { placeUndo } from './place-undo.ts';
import type { UndoingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

/** Undoes an import, but for publishing that. Without an event nothing is to be kept. Throws NOT_FOUND. */
export async function undoImport(
  path: WritePath,
  importId: string,
  by: string,
  at: number,
  nonce: string,
): Promise<{ readonly event: UndoingEvent | undefined; readonly result: UndoOutcome }> {
  const { writes } = path;
  const plan = await answerQuestions(planUndo(writes, importId), writes, (read) => path.read(read));
  if (plan.write === undefined) return { event: undefined, result: plan.outcome };
  const event: UndoingEvent = {
    seq: writes.lastEvent + 1,
    revision: plan.outcome.revision,
    at: Math.max(path.lastAt, Math.trunc(at)),
    by,
    undoes: plan.write.seq,
    changed: plan.outcome.changedCount,
    isRaising: plan.isRaising,
  };
  // The event comes first: a reader that sees a changed fact finds the reason in the event.
  await path.batch((transaction) => insertEvent(transaction, event, nonce));
  await placeUndo(path, event);
  path.atLast((transaction) => removeIncidents(transaction, writes, importId));
  return { event, result: plan.outcome };
}
