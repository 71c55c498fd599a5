import type { RecordedAssertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { UndoOutcome, UndoWatch } from '../../fact-write.ts';
import { getImportWrite, planUndo, WatchedUndo } from '../../plan/plan-undo.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { recordOf } from '../graph/graph-record.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { namesOthers } from '../graph/place-assertions.ts';
import { newPlacement, placeFacts, retireFacts, touchFormers } from '../graph/place-facts.ts';
import { LogReader } from '../log/log-reader.ts';
import { answerQuestions, readAssertions } from '../read/read-assertions.ts';
import { removeIncidents } from './documents.ts';
import type { Change } from './fact-writer.ts';
import type { UndoingEvent } from './write-event.ts';
import { insertEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';
import { endEvent } from './write-path.ts';

const chunksAtOnce = 10;
const retiredAtOnce = 5_000;

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
      const plan = await answerQuestions(planUndo(path.writes, importId), path.writes, (read) => path.read(read), watched.onQuestion);
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
          await placeUndo(path, event, watched);
          path.atPublish((transaction) => removeIncidents(transaction, path.writes, importId));
          return endEvent(path, event, watch?.clock);
        },
      };
    },
  };
}

/** Recomputes every fact that the undone write states from the remaining assertions. */
async function placeUndo(path: WritePath, { seq, undoes }: UndoingEvent, watched: WatchedUndo): Promise<void> {
  const log = new LogReader();
  const retiredKeys = new Map<FactKind, string[]>();
  for (const kind of factKinds) {
    const heads = await path.read((transaction) => log.readHeads(transaction, kind, undoes));
    const retiredOfKind: string[] = [];
    retiredKeys.set(kind, retiredOfKind);
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const all = await path.read(async (transaction) => {
        const chunks = await log.readChunks(transaction, kind, heads.slice(start, start + chunksAtOnce));
        const keys = chunks.flatMap((chunk) => chunk.map(({ assertion }) => assertion.key));
        return await readAssertions(transaction, log, kind, keys, path.writes, path.writes.findAll());
      });
      watched.advance(all.size);
      const { placement, retired, formers } = planWithout(path, kind, all, seq, undoes);
      for (const key of retired) retiredOfKind.push(key);
      await path.batch((transaction) =>
        Promise.all([placeFacts(transaction, kind, placement, seq, []), touchFormers(transaction, kind, formers, seq)]),
      );
    }
  }
  for (const kind of factKinds.toReversed()) {
    const keys = retiredKeys.get(kind) ?? [];
    for (let start = 0; start < keys.length; start += retiredAtOnce) {
      const some = keys.slice(start, start + retiredAtOnce);
      watched.check();
      await path.batch((transaction) => retireFacts(transaction, kind, some, seq, []));
    }
  }
  await path.settle();
  watched.check();
}

function planWithout(path: WritePath, kind: FactKind, all: ReadonlyMap<string, readonly RecordedAssertion[]>, seq: number, undoes: number) {
  const live = path.writes.findLive();
  const left = Uint8Array.from(live);
  left[undoes] = 0;
  const placement = newPlacement();
  const retired: string[] = [];
  const formers: string[] = [];
  for (const [key, assertions] of all) {
    const graphKey = toGraphKey(kind, key);
    const before = recordOf(assertions, live, seq, path.writes.fields);
    const after = recordOf(assertions, left, seq, path.writes.fields);
    if (after === undefined) (before === undefined ? formers : retired).push(graphKey);
    else if (before === undefined) {
      placement.broughtBack.push(graphKey);
      placement.created.push(after);
    } else if (namesOthers(kind, before.fact.values, after.fact.values)) placement.relinked.push(after);
    else placement.updated.push(after);
  }
  return { placement, retired, formers };
}
