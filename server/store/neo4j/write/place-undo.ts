import type { RecordedAssertion } from '../../../domain/assertions.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { namesOthers } from '../graph/place-assertions.ts';
import { newPlacement, placeFacts, retireFacts, touchFormers } from '../graph/place-facts.ts';
import { recordOf } from '../graph/record-of.ts';
import { LogReader } from '../log/log-reader.ts';
import { readAssertions } from '../read/read-assertions.ts';
import type { UndoingEvent } from './write-event.ts';
import type { WritePath } from './write-path.ts';

const chunksAtOnce = 10;
const retiredAtOnce = 5_000;

/** Brings every fact that a write spoke of to what the assertions of all others make of it. */
export async function placeUndo(path: WritePath, { seq, undoes }: Pick<UndoingEvent, 'seq' | 'undoes'>): Promise<void> {
  const log = new LogReader();
  const gone = new Map<FactKind, string[]>();
  for (const kind of factKinds) {
    const heads = await path.read((transaction) => log.readHeads(transaction, kind, undoes));
    const goneOfKind: string[] = [];
    gone.set(kind, goneOfKind);
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const all = await path.read(async (transaction) => {
        const chunks = await log.readChunks(transaction, kind, heads.slice(start, start + chunksAtOnce));
        const keys = chunks.flatMap((chunk) => chunk.map(({ assertion }) => assertion.key));
        return await readAssertions(transaction, log, kind, keys, path.writes, path.writes.findAll());
      });
      const { placement, retired, formers } = planWithout(path, kind, all, seq, undoes);
      for (const key of retired) goneOfKind.push(key);
      await path.batch((transaction) =>
        Promise.all([placeFacts(transaction, kind, placement, seq, []), touchFormers(transaction, kind, formers, seq)]),
      );
    }
  }
  for (const kind of factKinds.toReversed()) {
    const keys = gone.get(kind) ?? [];
    for (let start = 0; start < keys.length; start += retiredAtOnce) {
      const some = keys.slice(start, start + retiredAtOnce);
      await path.batch((transaction) => retireFacts(transaction, kind, some, seq, []));
    }
  }
  await path.settle();
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
    const before = recordOf(assertions, live, seq);
    const after = recordOf(assertions, left, seq);
    if (after === undefined) (before === undefined ? formers : retired).push(graphKey);
    else if (before === undefined) {
      placement.broughtBack.push(graphKey);
      placement.created.push(after);
    } else if (namesOthers(kind, before.fact.values, after.fact.values)) placement.relinked.push(after);
    else placement.updated.push(after);
  }
  return { placement, retired, formers };
}
