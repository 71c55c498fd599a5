import type { Database } from 'better-sqlite3';
import { ExposureError } from '../../../domain/errors.ts';
import type { UndoOutcome } from '../../fact-store.ts';
import { planRemoval } from '../../plan/plan-removal.ts';
import { refuseUndo } from '../../plan/refuse-undo.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import type { Ledger } from '../read/ledger.ts';
import { withdrawIncidents } from './documents.ts';
import { advanceClock } from './write-facts.ts';

/** Takes an import back inside a writing transaction. Throws NOT_FOUND. */
export async function undoImport(
  database: Database,
  ledger: Ledger,
  importId: string,
  by: string,
  at: number,
): Promise<{ isKept: boolean; result: UndoOutcome }> {
  const write = ledger.ofImport(importId);
  if (write === undefined) {
    throw new ExposureError('NOT_FOUND', `There is no import ${importId}. The list of imports has the ids of those that can be undone.`);
  }
  const revision = ledger.findRevision();
  if (write.undo !== null) return { isKept: false, result: { outcome: 'unchanged', revision } };
  const plan = await answerQuestions(planRemoval(write.seq), database, ledger);
  if (plan.breaks.length > 0) return { isKept: false, result: refuseUndo(importId, plan.breaks) };

  const isRaising = plan.changedCount > 0 || plan.isProvenanceChanged;
  const next = isRaising ? revision + 1 : revision;
  database
    .prepare(
      'UPDATE "write" SET "undone_revision" = ?, "undone_at" = ?, "undone_by" = ?, "undone_changed" = ?, "undone_is_raising" = ? WHERE "seq" = ?',
    )
    .run(next, advanceClock(database, at), by, plan.changedCount, isRaising ? 1 : 0, write.seq);
  withdrawIncidents(database, importId);
  database.prepare('UPDATE meta SET "revision" = ?').run(next);
  return { isKept: true, result: { outcome: 'undone', revision: next, changedCount: plan.changedCount } };
}
