import type { Database } from 'better-sqlite3';
import type { UndoOutcome } from '../../fact-store.ts';
import { planUndo } from '../../plan/plan-undo.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import type { Ledger } from '../read/ledger.ts';
import { removeIncidents } from './documents.ts';
import { advanceClock } from './write-facts.ts';

/** Undoes an import inside a writing transaction. Throws NOT_FOUND. */
export async function undoImport(
  database: Database,
  ledger: Ledger,
  importId: string,
  by: string,
  at: number,
): Promise<{ isKept: boolean; result: UndoOutcome }> {
  const plan = await answerQuestions(planUndo(ledger, importId), database, ledger);
  if (plan.write === undefined) return { isKept: false, result: plan.outcome };
  const { revision, changedCount } = plan.outcome;
  database
    .prepare(
      'UPDATE "write" SET "undone_revision" = ?, "undone_at" = ?, "undone_by" = ?, "undone_changed" = ?, "undone_is_raising" = ? WHERE "seq" = ?',
    )
    .run(revision, advanceClock(database, at), by, changedCount, plan.isRaising ? 1 : 0, plan.write.seq);
  removeIncidents(database, importId);
  database.prepare('UPDATE meta SET "revision" = ?').run(revision);
  return { isKept: true, result: plan.outcome };
}
