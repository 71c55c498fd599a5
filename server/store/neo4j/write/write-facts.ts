import { assertionAt } from '../../../domain/assertion-list.ts';
import type { FactValue } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite, WriteOutcome } from '../../fact-write.ts';
import { planWrite } from '../../plan/plan-write.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import { buildWriteOutcome } from '../../plan/write-outcome.ts';
import type { WritePlan } from '../../plan/write-plan.ts';
import type { Connection } from '../connection/connection.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { AssertionPlacer } from '../graph/place-assertions.ts';
import type { LoggedAssertion } from '../log/assertion-log.ts';
import type { Neo4jLedger } from '../log/ledger.ts';
import { answerQuestions } from '../read/answer-questions.ts';
import { checkConflict } from './check-conflict.ts';
import { addIncidents } from './documents.ts';
import { endEvent } from './end-event.ts';
import type { Change, PlannedChange } from './fact-writer.ts';
import type { HeadPosition } from './head.ts';
import type { AssertingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

const refused = 4;

/** Plans a write without locking anything and without writing. */
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

/** The commit of a write: an import, or a person's edits. */
export function commitOf(write: FactWrite): Change<WriteOutcome> {
  return { by: write.by, size: write.assertions.length, plan: (path) => planCommit(path, write) };
}

async function planCommit(path: WritePath, write: FactWrite): Promise<PlannedChange<WriteOutcome>> {
  const { writes } = path;
  await path.read((transaction) => checkConflict(transaction, writes, write));
  const plan = await answerQuestions(planWrite(write), writes, (read) => path.read(read));
  const revision = writes.findRevision();
  const isRefused = plan.violations.length > 0 && write.skipRefused !== true;
  if (isRefused) return { result: () => buildWriteOutcome(write, plan, revision, null) };
  const at = Math.max(path.lastAt, Math.trunc(write.at));
  const { CREATED: created, UPDATED: updated, UNCHANGED: unchanged, RETRACTED: retracted, REFUSED } = plan.counts;
  if (REFUSED === write.assertions.length && write.import === undefined)
    return { result: () => buildWriteOutcome(write, plan, revision, at) };

  const event: AssertingEvent = {
    seq: writes.lastEvent + 1,
    revision: nextRevision(revision, doesWriteRaise({ created, updated, retracted })),
    at,
    by: write.by,
    from: write.import,
    created,
    updated,
    unchanged,
    retracted,
  };
  let head: HeadPosition = event;
  return {
    result: () => buildWriteOutcome(write, plan, head.revision, head.at),
    async stage() {
      head = await stageCommit(path, write, plan, event);
      return head;
    },
  };
}

async function stageCommit(path: WritePath, write: FactWrite, plan: WritePlan, event: AssertingEvent): Promise<HeadPosition> {
  const { seq, by, from } = event;
  await path.batch((transaction) => insertEvent(transaction, event, path.nonce));
  const placed = { seq, by, sourceKey: sourceKeyOf(by, from), importId: from?.id ?? null };
  const placer = new AssertionPlacer<IndexedAssertion>(path, placed, (_, updated) =>
    updated.map(({ index }) => plan.changed.get(index)?.after as readonly FactValue[]),
  );
  for (const [kind, order] of plan.order) await placer.placeKind(kind, pickTaken(write, plan, sortByGraphKey(write, kind, order)));
  await placer.finish();
  if (from !== undefined) path.atPublish((transaction) => addIncidents(transaction, from.id, from.incidents));
  return endEvent(path, event, write.clock);
}

interface IndexedAssertion extends LoggedAssertion {
  /** Its place among the assertions of the write. */
  readonly index: number;
}

function* pickTaken(write: FactWrite, plan: WritePlan, order: Uint32Array): Generator<IndexedAssertion> {
  for (const index of order) {
    const effect = plan.effects[index] as number;
    if (effect !== refused) yield { assertion: assertionAt(write.assertions, index), effect, index };
  }
}

/** A plan is ordered by key; graph keys of pairs are written differently, so they sort differently. */
function sortByGraphKey(write: FactWrite, kind: FactKind, order: Uint32Array): Uint32Array {
  if (kind !== 'REVEALS' && kind !== 'CONTROL') return order;
  const keys = new Map(Array.from(order, (index) => [index, toGraphKey(kind, assertionAt(write.assertions, index).key)]));
  return order.toSorted((a, b) => compareCodePoints(keys.get(a) as string, keys.get(b) as string));
}
