import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { sortByKey } from '../../../domain/assertion-list.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite } from '../../fact-store.ts';
import type { WriteEffects } from '../../plan/plan-write.ts';
import type { Ledger } from '../read/ledger.ts';
import type { PlannedWrite } from './write-facts.ts';
import { advanceClock, checkConflict, insertAssertions, insertHead } from './write-facts.ts';
import type { SharedProgress } from './write-in-thread.ts';

/** How long to block for the plan before the event loop has a turn. */
const waitMs = 2;

/**
 * As `commitWrite`, while a thread plans the write: two cores share the work. Assertions are inserted as soon as their effects are known.
 *
 * The plan may refuse an assertion that was inserted, because it retracts a fact that others still name. Then the caller rolls back, and
 * plans and writes in turn. Nobody sees a write before its COMMIT. There is no savepoint: with one, SQLite keeps the former content of
 * changed pages as well, and facts that were stated again took quadratic time.
 *
 * The thread reads a snapshot that it opens after this transaction has begun, so both see the same facts.
 *
 * @param plan plans the write in a thread, and tells its progress
 * @returns `result` undefined: the plan differs from what was inserted
 */
export async function commitWhilePlanned(
  database: Database,
  ledger: Ledger,
  write: FactWrite,
  plan: (progress: SharedProgress) => Promise<PlannedWrite>,
): Promise<{ isKept: boolean; result: PlannedWrite | undefined }> {
  checkConflict(database, ledger, write);
  const count = write.assertions.length;
  const progress = { effects: new Uint8Array(new SharedArrayBuffer(count)), planned: new Int32Array(new SharedArrayBuffer(4)) };
  const planning = plan(progress);
  let isOver = false;
  const ended = planning.then(
    () => undefined,
    () => undefined,
  );
  void ended.then(() => {
    isOver = true;
  });
  const follow = async (done: number): Promise<number> => {
    for (;;) {
      const planned = Atomics.load(progress.planned, 0);
      if (planned > done || isOver) return planned;
      Atomics.wait(progress.planned, 0, planned, waitMs);
      await nextTurn();
    }
  };
  try {
    const at = advanceClock(database, write.at);
    const revision = ledger.findRevision();
    const seq = insertHead(database, ledger, write, { revision, at, created: 0, updated: 0, unchanged: 0, retracted: 0 });
    const inserted = new Uint8Array(count);
    const order = sortByKey(write.assertions);
    await insertAssertions(database, ledger, write, { order, effects: progress.effects }, seq, { follow, inserted });

    const planned = await planning;
    const { counts, violations, effects } = planned.plan;
    if (violations.length > 0 && write.skipRefused !== true) {
      ledger.invalidate();
      return { isKept: false, result: { plan: planned.plan, revision, at: null } };
    }
    if (Buffer.compare(inserted, effects) !== 0) {
      ledger.invalidate();
      return { isKept: false, result: undefined };
    }
    const next = finishHead(database, seq, revision, counts);
    ledger.phrases.save();
    database.prepare('UPDATE meta SET "revision" = ?').run(next);
    return { isKept: true, result: { plan: planned.plan, revision: next, at } };
  } finally {
    await ended;
  }
}

/** @returns the revision after the write */
function finishHead(database: Database, seq: number, revision: number, counts: WriteEffects['counts']): number {
  const { CREATED, UPDATED, UNCHANGED, RETRACTED } = counts;
  const next = nextRevision(revision, doesWriteRaise({ created: CREATED, updated: UPDATED, retracted: RETRACTED }));
  database
    .prepare('UPDATE "write" SET "revision" = ?, "created" = ?, "updated" = ?, "unchanged" = ?, "retracted" = ? WHERE "seq" = ?')
    .run(next, CREATED, UPDATED, UNCHANGED, RETRACTED, seq);
  return next;
}
