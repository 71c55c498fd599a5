import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { Assertion } from '../../../domain/assertions.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { describeKey } from '../../../domain/fact-sentences.ts';
import type { FactWrite, WriteOutcome } from '../../fact-store.ts';
import type { WritePlan } from '../../plan/plan-write.ts';
import { planWrite } from '../../plan/plan-write.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import { speakerOf } from '../../plan/speaker.ts';
import { buildWriteOutcome } from '../../plan/write-outcome.ts';
import { isRaising } from '../../write-ledger.ts';
import { tableOf } from '../kind-table.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import type { Ledger } from '../read/ledger.ts';
import { bringIncidents } from './documents.ts';
import { insertImport } from './imports.ts';
import { AssertionInserter } from './insert-assertions.ts';

const refused = 4;

/** Works out a write inside a reading transaction. */
export async function previewWrite(database: Database, ledger: Ledger, write: FactWrite): Promise<WriteOutcome> {
  checkConflict(database, ledger, write);
  const plan = await answerQuestions(planWrite(write), database, ledger);
  return buildWriteOutcome(write, plan, ledger.findRevision(), null);
}

/** Carries a write out inside a writing transaction; where it is refused as a whole, nothing is to be kept of it. */
export async function commitWrite(
  database: Database,
  ledger: Ledger,
  write: FactWrite,
): Promise<{ isKept: boolean; result: WriteOutcome }> {
  checkConflict(database, ledger, write);
  const plan = await answerQuestions(planWrite(write), database, ledger);
  const revision = ledger.findRevision();
  const isRefused = plan.violations.length > 0 && write.skipRefused !== true;
  if (isRefused) return { isKept: false, result: buildWriteOutcome(write, plan, revision, null) };
  const at = advanceClock(database, write.at);
  if (plan.counts.REFUSED === write.assertions.length && write.import === undefined) {
    return { isKept: false, result: buildWriteOutcome(write, plan, revision, at) };
  }

  const { CREATED, UPDATED, UNCHANGED, RETRACTED } = plan.counts;
  const next = CREATED + UPDATED + RETRACTED > 0 ? revision + 1 : revision;
  if (write.import !== undefined) {
    insertImport(database, write.import);
    bringIncidents(database, write.import.id, write.import.incidents);
  }
  const seq = ledger.lastSeq + 1;
  database
    .prepare(
      'INSERT INTO "write" ("seq", "revision", "at", "by", "speaker", "import_id", "created", "updated", "unchanged", "retracted") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(seq, next, at, write.by, speakerOf(write.by, write.import), write.import?.id ?? null, CREATED, UPDATED, UNCHANGED, RETRACTED);
  await insertAssertions(database, ledger, write, plan, seq);
  ledger.phrases.save();
  database.prepare('UPDATE meta SET "revision" = ?').run(next);
  return { isKept: true, result: buildWriteOutcome(write, plan, next, at) };
}

/** The instants of writes never go back, whatever the clock does. */
export function advanceClock(database: Database, at: number): number {
  return database.prepare('UPDATE meta SET "last_at" = max("last_at", ?) RETURNING "last_at"').pluck().get(Math.trunc(at)) as number;
}

/** By key, so that the tables are filled from one end to the other. */
async function insertAssertions(database: Database, ledger: Ledger, write: FactWrite, plan: WritePlan, seq: number): Promise<void> {
  for (const [kind, order] of plan.order) {
    const inserter = new AssertionInserter(database, kind, ledger.phrases, order.length);
    for (let i = 0; i < order.length; i++) {
      if (i % chunkSize === chunkSize - 1) await nextTurn();
      const index = order[i] as number;
      const effect = plan.effects[index] as number;
      if (effect !== refused) inserter.add(write.assertions[index] as Assertion, seq, effect);
    }
    inserter.flush();
  }
}

function checkConflict(database: Database, ledger: Ledger, write: FactWrite): void {
  if (write.import !== undefined && ledger.ofImport(write.import.id) !== undefined) {
    throw new ExposureError('CONFLICT', `The import ${write.import.id} was committed already. Nothing was written.`);
  }
  const since = write.ifRevision;
  if (since === undefined) return;
  const later = new Set<number>();
  for (const write of ledger.writes) {
    const isLater = write.revision > since && isRaising(write);
    const isUndoneLater = write.undo?.isRaising === true && write.undo.revision > since;
    if (isLater || isUndoneLater) later.add(write.seq);
  }
  if (later.size === 0) return;
  for (const { kind, key } of write.assertions) {
    const table = tableOf(kind);
    const where = table.keyColumns.map((column) => `"${column}" = ?`).join(' AND ');
    const rows = database.prepare(`SELECT "write", "effect" FROM ${table.name} WHERE ${where}`).raw().all(table.splitKey(key)) as [
      number,
      number,
    ][];
    const conflict = rows.find(([seq, effect]) => later.has(seq) && (effect > 0 || ledger.get(seq).undo !== null));
    if (conflict === undefined) continue;
    const { undo, by } = ledger.get(conflict[0]);
    throw new ExposureError(
      'CONFLICT',
      `${describeKey(kind, key)} was changed by ${undo?.by ?? by} after revision ${since}. Look at it again, then repeat the change.`,
    );
  }
}
