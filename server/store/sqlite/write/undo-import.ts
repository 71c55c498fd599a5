import type { Database } from 'better-sqlite3';
import type { UndoOutcome, UndoWatch } from '../../fact-write.ts';
import { getImportWrite, planUndo, WatchedUndo } from '../../plan/plan-undo.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import type { Ledger } from '../read/ledger.ts';
import { removeIncidents } from './documents.ts';
import { advanceClock, markUndone, saveRevision } from './write-heads.ts';

/** Undoes an import inside a writing transaction. Throws NOT_FOUND, and the reason of the watch's signal. */
export async function undoImport(
  database: Database,
  ledger: Ledger,
  importId: string,
  by: string,
  at: number,
  watch?: UndoWatch,
): Promise<{ isKept: boolean; result: UndoOutcome }> {
  const watched = new WatchedUndo(watch, getImportWrite(ledger, importId), 1);
  const plan = await answerQuestions(planUndo(ledger, importId), database, ledger, watched.onQuestion);
  watched.check();
  if (plan.write === undefined) return { isKept: false, result: plan.outcome };
  const { revision, changedCount, isRaising } = plan.outcome;
  const undoneAt = advanceClock(database, watch?.clock?.() ?? at);
  markUndone(database, { importId, revision, at: undoneAt, by, changed: changedCount, isRaising });
  removeIncidents(database, importId);
  saveRevision(database, revision);
  return { isKept: true, result: plan.outcome };
}
