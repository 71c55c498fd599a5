import type { FactValue, RecordedAssertion } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { doesWriteRaise, nextRevision } from '../../../rules/revision.ts';
import type { FactWrite, UndoOutcome, UndoWatch, WriteOutcome } from '../../fact-write.ts';
import { getImportWrite, planUndo, WatchedUndo } from '../../plan/plan-undo.ts';
import { planWrite } from '../../plan/plan-write.ts';
import type { WritePlan } from '../../plan/write-plan.ts';
import { buildWriteOutcome } from '../../plan/write-plan.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { conflictOf, findWritesAfter, refuseSecondCommit, sourceKeyOf } from '../../write-ledger.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { recordOf } from '../graph/graph-record.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { AssertionPlacer, namesOthers } from '../graph/place-assertions.ts';
import { newPlacement, placeFacts, readFormers, retireFacts, touchFormers } from '../graph/place-facts.ts';
import type { LoggedAssertion } from '../log/assertion-log.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import { LogReader } from '../log/log-reader.ts';
import { answerQuestions, readAssertions } from '../read/read-assertions.ts';
import { addIncidents, removeIncidents } from './documents.ts';
import type { Change, PlannedChange } from './fact-writer.ts';
import type { HeadPosition } from './head.ts';
import type { AssertingEvent, UndoingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';
import { endEvent } from './write-path.ts';

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
  for (const [kind, order] of write.assertions.sortedByKey())
    await placer.placeKind(kind, pickTaken(write, plan, sortByGraphKey(write, kind, order)));
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
    if (effect !== refused) yield { assertion: write.assertions.at(index), effect, index };
  }
}

/** A plan is ordered by key; graph keys of pairs are written differently, so they sort differently. */
function sortByGraphKey(write: FactWrite, kind: FactKind, order: Uint32Array): Uint32Array {
  if (kind !== 'REVEALS' && kind !== 'CONTROL') return order;
  const keys = new Map(Array.from(order, (index) => [index, toGraphKey(kind, write.assertions.at(index).key)]));
  return order.toSorted((a, b) => compareCodePoints(keys.get(a) as string, keys.get(b) as string));
}

/** Throws CONFLICT if the import is committed already, or if a fact of the write changed after `ifRevision`. */
async function checkConflict(transaction: Transaction, writes: PublishedWrites, write: FactWrite): Promise<void> {
  refuseSecondCommit(writes, write);
  const since = write.ifRevision;
  if (since === undefined) return;
  const later = findWritesAfter(writes, since);
  if (later.size === 0) return;
  for (const kind of factKinds) {
    const keys = [...write.assertions].flatMap((assertion) => (assertion.kind === kind ? [assertion.key] : []));
    const changers = keys.length === 0 ? new Map<string, number>() : await findChangers(transaction, kind, keys, later, writes);
    for (const key of keys) {
      const changer = changers.get(toGraphKey(kind, key));
      if (changer !== undefined) throw conflictOf(writes, kind, key, changer, since);
    }
  }
}

/** The first of the later writes that changed each fact or that were undone, by graph key. */
async function findChangers(
  transaction: Transaction,
  kind: FactKind,
  keys: readonly string[],
  later: ReadonlySet<number>,
  writes: PublishedWrites,
): Promise<Map<string, number>> {
  const model = graphKindOf(kind);
  const graphKeys = keys.map((key) => toGraphKey(kind, key));
  const rows = await transaction.run(model.readByKeys, { keys: graphKeys });
  const spoken = await readFormers(transaction, kind, graphKeys);
  for (const row of rows) spoken.set(row[0] as string, [...(model.rows.writesOf(row) ?? [model.rows.writeOf(row)])]);
  const wanted = new Map<number, string[]>();
  for (const [key, seqs] of spoken) {
    for (const seq of seqs) if (later.has(seq)) wanted.set(seq, [...(wanted.get(seq) ?? []), key]);
  }
  const found = await new LogReader().find(transaction, kind, wanted);
  return new Map(
    [...found].flatMap(([key, ofKey]) => {
      const changer = ofKey.find(({ write, logged }) => logged.effect > 0 || writes.get(write).undo !== null);
      return changer === undefined ? [] : [[key, changer.write]];
    }),
  );
}

const factsAtOnce = 5_000;

/** The keys of the facts that an undone write states, by kind. */
interface TouchedKeys {
  /** Facts that the undo removes. Nothing else about them needs to be known. */
  readonly ended: ReadonlyMap<FactKind, string[]>;
  readonly others: ReadonlyMap<FactKind, string[]>;
}

/**
 * The undo of an import. Throws NOT_FOUND, and the reason of the watch's signal.
 *
 * @param writes the published writes, for the size of the import alone: the plan reads them again under the lock
 */
export function undoOf(writes: WriteLedger, importId: string, by: string, at: number, watch?: UndoWatch): Change<UndoOutcome> {
  const write = getImportWrite(writes, importId);
  const { created, updated, unchanged, retracted } = write;
  return {
    by,
    size: created + updated + unchanged + retracted,
    async plan(path) {
      const watched = new WatchedUndo(watch, write, 2);
      const touched: TouchedKeys = { ended: noKeys(), others: noKeys() };
      const planner = planUndo(path.writes, importId, (kind, key, isEnded) => {
        touched[isEnded ? 'ended' : 'others'].get(kind)?.push(key);
      });
      const plan = await answerQuestions(planner, path.writes, (read) => path.read(read), watched.onQuestion);
      if (plan.write === undefined) return { result: () => plan.outcome };
      const event: UndoingEvent = {
        seq: path.writes.lastEvent + 1,
        revision: plan.outcome.revision,
        at: Math.max(path.lastAt, Math.trunc(at)),
        by,
        undoes: plan.write.seq,
        changed: plan.outcome.changedCount,
        isRaising: plan.outcome.isRaising,
      };
      return {
        result: () => plan.outcome,
        async stage() {
          // The event comes first: a reader that sees a changed fact finds the reason in the event.
          await path.batch((transaction) => insertEvent(transaction, event, path.nonce));
          await placeUndo(path, event, touched, watched);
          path.atPublish((transaction) => removeIncidents(transaction, path.writes, importId));
          return endEvent(path, event, watch?.clock);
        },
      };
    },
  };
}

const noKeys = () => new Map<FactKind, string[]>(factKinds.map((kind) => [kind, []]));

/** Removes the facts that the undone write alone states. Recomputes the others that it states from the remaining assertions. */
async function placeUndo(
  path: WritePath,
  { seq, undoes }: UndoingEvent,
  { ended, others }: TouchedKeys,
  watched: WatchedUndo,
): Promise<void> {
  const log = new LogReader();
  for (const kind of factKinds) {
    for (const keys of inGroups(others.get(kind))) {
      const all = await path.read((transaction) => readAssertions(transaction, log, kind, keys, path.writes, path.writes.findAll()));
      watched.advance(keys.length);
      const { placement, formers } = planWithout(path, kind, all, seq, undoes);
      await path.batch((transaction) =>
        Promise.all([placeFacts(transaction, kind, placement, seq, []), touchFormers(transaction, kind, formers, seq)]),
      );
    }
  }
  for (const kind of factKinds.toReversed()) {
    for (const keys of inGroups(ended.get(kind))) {
      watched.advance(keys.length);
      const graphKeys = keys.map((key) => toGraphKey(kind, key));
      await path.batch((transaction) => retireFacts(transaction, kind, graphKeys, seq, []));
    }
  }
  await path.settle();
  watched.check();
}

function* inGroups(keys: readonly string[] = []): Generator<readonly string[]> {
  for (let start = 0; start < keys.length; start += factsAtOnce) yield keys.slice(start, start + factsAtOnce);
}

/** @param all the assertions of facts that the undo does not remove */
function planWithout(path: WritePath, kind: FactKind, all: ReadonlyMap<string, readonly RecordedAssertion[]>, seq: number, undoes: number) {
  const live = path.writes.findLive();
  const left = Uint8Array.from(live);
  left[undoes] = 0;
  const placement = newPlacement();
  const formers: string[] = [];
  for (const [key, assertions] of all) {
    const graphKey = toGraphKey(kind, key);
    const before = recordOf(assertions, live, seq, path.writes.fields);
    const after = recordOf(assertions, left, seq, path.writes.fields);
    if (after === undefined) formers.push(graphKey);
    else if (before === undefined) {
      placement.broughtBack.push(graphKey);
      placement.created.push(after);
    } else if (namesOthers(kind, before.fact.values, after.fact.values)) placement.relinked.push(after);
    else placement.updated.push(after);
  }
  return { placement, formers };
}
