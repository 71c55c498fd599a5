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
