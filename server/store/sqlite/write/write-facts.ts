import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { FactWrite, OnVisible, UndoOutcome, UndoWatch } from '../../fact-write.ts';
import { getImportWrite, planUndo, WatchedUndo } from '../../plan/plan-undo.ts';
import { planWrite } from '../../plan/plan-write.ts';
import type { Asking, PriorAnswer, PriorQuestion } from '../../plan/prior-questions.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import type { WriteEffects, WritePlan } from '../../plan/write-plan.ts';
import { conflictOf, findWritesAfter, refuseSecondCommit } from '../../write-ledger.ts';
import { tableOf } from '../kind-table.ts';
import type { Ledger } from '../read/ledger.ts';
import { readLiveNamers } from '../read/namers.ts';
import { readAssertionsInTurns, readTouchedKeys } from '../read/read-assertions.ts';
import { insertAssertions } from './insert-assertions.ts';
import {
  addIncidents,
  advanceClock,
  endLastWrite,
  headOf,
  insertHead,
  markUndone,
  removeIncidents,
  saveRevision,
} from './write-records.ts';

/** Facts planned in one step. */
const planChunk = 256;

/** A write as planned, with the revision after it. `at` is null if nothing was written. */
export interface PlannedWrite<P extends WriteEffects = WriteEffects> {
  readonly plan: P;
  readonly revision: number;
  readonly at: number | null;
}

/** Plans a write inside a reading transaction. */
export async function previewWrite(database: Database, ledger: Ledger, write: FactWrite): Promise<PlannedWrite<WritePlan>> {
  checkConflict(database, ledger, write);
  const plan = await answerQuestions(planWrite(write, planChunk), database, ledger);
  return { plan, revision: ledger.findRevision(), at: null };
}

/** Writes inside a writing transaction. `isKept` is false if the write is refused as a whole: the caller must roll back. */
export async function commitWrite(
  database: Database,
  ledger: Ledger,
  write: FactWrite,
  onVisible?: OnVisible,
): Promise<{ isKept: boolean; result: PlannedWrite<WritePlan> }> {
  checkConflict(database, ledger, write);
  const plan = await answerQuestions(planWrite(write, planChunk), database, ledger);
  const revision = ledger.findRevision();
  const isRefused = plan.violations.length > 0 && write.skipRefused !== true;
  if (isRefused) return { isKept: false, result: { plan, revision, at: null } };
  const at = advanceClock(database, write.at);
  if (plan.counts.REFUSED === write.assertions.length && write.import === undefined) {
    return { isKept: false, result: { plan, revision, at } };
  }

  const head = headOf(write, plan, revision, at);
  const seq = ledger.lastSeq + 1;
  insertHead(database, seq, head);
  if (write.import !== undefined) addIncidents(database, write.import.id, write.import.incidents);
  await insertAssertions(database, ledger, write.assertions, plan.effects, seq);
  ledger.phrases.save();
  saveRevision(database, head.revision);
  const endedAt = write.clock === undefined ? at : endLastWrite(database, write.clock());
  if (head.revision > revision) onVisible?.(head.revision);
  return { isKept: true, result: { plan, revision: head.revision, at: endedAt } };
}

/** Throws CONFLICT if the import is committed already, or if a fact of the write changed after `ifRevision`. */
export function checkConflict(database: Database, ledger: Ledger, write: FactWrite): void {
  refuseSecondCommit(ledger, write);
  const since = write.ifRevision;
  if (since === undefined) return;
  const later = findWritesAfter(ledger, since);
  if (later.size === 0) return;
  for (const { kind, key } of write.assertions) {
    const table = tableOf(kind);
    const where = table.keyColumns.map((column) => `"${column}" = ?`).join(' AND ');
    const rows = database.prepare(`SELECT "write", "effect" FROM ${table.name} WHERE ${where}`).raw().all(table.splitKey(key)) as [
      number,
      number,
    ][];
    const changer = rows.find(([seq, effect]) => later.has(seq) && (effect > 0 || ledger.get(seq).undo !== null));
    if (changer !== undefined) throw conflictOf(ledger, kind, key, changer[0], since);
  }
}

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

/**
 * Runs a planner inside a transaction of `database` and answers its questions. The event loop gets a turn between two answers.
 *
 * @param onQuestion called before each answer; what it throws ends the planner
 */
async function answerQuestions<T>(
  planner: Asking<T>,
  database: Database,
  ledger: Ledger,
  onQuestion: (question: PriorQuestion) => void = () => undefined,
): Promise<T> {
  const live = ledger.findLive();
  for (let step = planner.next(); ; step = planner.next(await answer(step.value, database, ledger, live))) {
    if (step.done === true) return step.value;
    await nextTurn();
    onQuestion(step.value);
  }
}

async function answer(question: PriorQuestion, database: Database, ledger: Ledger, live: Uint8Array): Promise<PriorAnswer> {
  switch (question.ask) {
    case 'assertions':
      return readAssertionsInTurns(database, question.kind, question.keys, ledger, live);
    case 'namers':
      return readLiveNamers(database, question.kind, question.keys, question.except, ledger);
    case 'touched':
      return readTouchedKeys(database, question.write, question.kind, question.after, chunkSize);
    default:
      return question satisfies never;
  }
}
