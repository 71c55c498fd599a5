import type { Assertion, FactValue } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite, WriteOutcome } from '../../fact-store.ts';
import type { WritePlan } from '../../plan/plan-write.ts';
import { planWrite } from '../../plan/plan-write.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import { buildWriteOutcome } from '../../plan/write-outcome.ts';
import type { Connection } from '../connection/connection.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { AssertionPlacer } from '../graph/place-assertions.ts';
import type { LoggedAssertion } from '../log/assertion-log.ts';
import type { Neo4jLedger } from '../log/ledger.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import { checkConflict } from './check-conflict.ts';
import { addIncidents } from './documents.ts';
import type { AssertingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

const refused = 4;

/** Works a write out; nothing is locked for it, and nothing is written. */
export async function previewWrite(
  connection: Connection,
  ledger: Neo4jLedger,
  write: FactWrite,
  timeoutMs: number,
): Promise<WriteOutcome> {
  return await connection.read(
    async (transaction) => {
      const writes = await ledger.refresh(transaction);
      await checkConflict(transaction, writes, write);
      const plan = await answerQuestions(planWrite(write), writes, (read) => read(transaction));
      return buildWriteOutcome(write, plan, writes.findRevision(), null);
    },
    { timeoutMs, fresh: true },
  );
}

/**
 * Carries a write out, but for publishing it. Without an event it was refused as a whole, or comes to nothing, and nothing
 * is to be kept of it.
 *
 * @param nonce by which its event is found again
 */
export async function writeFacts(
  path: WritePath,
  write: FactWrite,
  nonce: string,
): Promise<{ readonly event: AssertingEvent | undefined; readonly outcome: WriteOutcome }> {
  const { writes } = path;
  await path.read((transaction) => checkConflict(transaction, writes, write));
  const plan = await answerQuestions(planWrite(write), writes, (read) => path.read(read));
  const revision = writes.findRevision();
  const isRefused = plan.violations.length > 0 && write.skipRefused !== true;
  if (isRefused) return { event: undefined, outcome: buildWriteOutcome(write, plan, revision, null) };
  const at = Math.max(path.lastAt, Math.trunc(write.at));
  const { CREATED, UPDATED, UNCHANGED, RETRACTED, REFUSED } = plan.counts;
  if (REFUSED === write.assertions.length && write.import === undefined) {
    return { event: undefined, outcome: buildWriteOutcome(write, plan, revision, at) };
  }

  const { by, import: from } = write;
  const event: AssertingEvent = {
    seq: writes.lastEvent + 1,
    revision: nextRevision(revision, doesWriteRaise({ created: CREATED, updated: UPDATED, retracted: RETRACTED })),
    at,
    by,
    from,
    created: CREATED,
    updated: UPDATED,
    unchanged: UNCHANGED,
    retracted: RETRACTED,
  };
  await path.batch((transaction) => insertEvent(transaction, event, nonce));
  const placed = { seq: event.seq, by, sourceKey: sourceKeyOf(by, from), importId: from?.id ?? null };
  const placer = new AssertionPlacer<IndexedAssertion>(path, placed, (_, updated) =>
    updated.map(({ index }) => plan.changed.get(index)?.after as readonly FactValue[]),
  );
  for (const [kind, order] of plan.order) await placer.placeKind(kind, pickTaken(write, plan, sortByGraphKey(write, kind, order)));
  await placer.finish();
  if (from !== undefined) path.atLast((transaction) => addIncidents(transaction, from.id, from.incidents));
  return { event, outcome: buildWriteOutcome(write, plan, event.revision, at) };
}

interface IndexedAssertion extends LoggedAssertion {
  /** Among the assertions of the write. */
  readonly index: number;
}

function* pickTaken(write: FactWrite, plan: WritePlan, order: Uint32Array): Generator<IndexedAssertion> {
  for (const index of order) {
    const effect = plan.effects[index] as number;
    if (effect !== refused) yield { assertion: write.assertions[index] as Assertion, effect, index };
  }
}

/** A plan's order is that of keys, in which pairs are written otherwise. */
function sortByGraphKey(write: FactWrite, kind: FactKind, order: Uint32Array): Uint32Array {
  if (kind !== 'REVEALS' && kind !== 'CONTROL') return order;
  const keys = new Map(Array.from(order, (index) => [index, toGraphKey(kind, (write.assertions[index] as Assertion).key)]));
  return order.toSorted((a, b) => compareCodePoints(keys.get(a) as string, keys.get(b) as string));
}
