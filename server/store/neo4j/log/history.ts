import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { ChangedKeys, FactChange } from '../../fact-store.ts';
import type { HistoryPage, RevisionEvent } from '../../revision-events.ts';
import { describeChange, describeHistory, findEvents, readEvents } from '../../revision-events.ts';
import type { Moment } from '../read/moment.ts';
import type { LoggedAssertion } from './assertion-log.ts';
import type { ChunkHead } from './log-reader.ts';

/** Changes of one fact, the latest first. */
export async function readFactHistory(moment: Moment, kind: FactKind, key: string, offset: number, limit: number): Promise<HistoryPage> {
  const assertions = (await moment.readEverSaid(kind, [key])).get(key) ?? [];
  const changes = describeHistory(moment.writes, kind, key, assertions);
  return { changes: changes.slice(offset, offset + limit), totalCount: changes.length };
}

/** Changes of all facts after a revision, the latest first. */
export async function readHistorySince(moment: Moment, sinceRevision: number, offset: number, limit: number): Promise<HistoryPage> {
  return readEvents(findEvents(moment.writes, sinceRevision), offset, limit, (event, skip, wanted) =>
    event.isUndo ? readUndoChanges(moment, event, skip, wanted) : readWriteChanges(moment, event, skip, wanted),
  );
}

/** Keys of facts that events after a revision changed, or may have; undefined where they are more than `limit`. */
export async function readChangedKeys(moment: Moment, revision: number, limit: number): Promise<ChangedKeys | undefined> {
  const events = findEvents(moment.writes, revision);
  if (events.some((event) => event.count > limit)) return undefined;
  const found = new Map<FactKind, Set<string>>();
  let count = 0;
  for (const event of events) {
    for (const kind of factKinds) {
      for (const head of await readHeads(moment, event, kind)) {
        if (!event.isUndo && head.changed === 0) continue;
        const keys = found.get(kind) ?? new Set();
        const before = keys.size;
        for (const key of await readKeys(moment, event, kind, head)) keys.add(key);
        if (keys.size > 0) found.set(kind, keys);
        count += keys.size - before;
        if (count > limit) return undefined;
      }
    }
  }
  return new Map(factKinds.flatMap((kind) => (found.has(kind) ? [[kind, [...(found.get(kind) as Set<string>)]]] : [])));
}

/** What the log says of each fact that changed: chunks without any, and those before the offset, are not opened. */
async function readWriteChanges(moment: Moment, event: RevisionEvent, offset: number, limit: number): Promise<FactChange[]> {
  const changes: FactChange[] = [];
  let skip = offset;
  for (const kind of factKinds) {
    if (changes.length >= limit) break;
    for (const head of await readHeads(moment, event, kind)) {
      const wanted = limit - changes.length;
      if (wanted <= 0) break;
      if (skip >= head.changed) {
        skip -= head.changed;
        continue;
      }
      const keys = (await readKeys(moment, event, kind, head)).slice(skip, skip + wanted);
      changes.push(...(await describeChanges(moment, event, kind, keys)));
      skip = 0;
    }
  }
  return changes;
}

/** What an undo changed is not recorded: it is found by folding every fact that the write had touched. */
async function readUndoChanges(moment: Moment, event: RevisionEvent, offset: number, limit: number): Promise<FactChange[]> {
  const changes: FactChange[] = [];
  let seen = 0;
  for (const kind of factKinds) {
    if (seen >= offset + limit) break;
    for (const head of await readHeads(moment, event, kind)) {
      if (seen >= offset + limit) break;
      for (const change of await describeChanges(moment, event, kind, await readKeys(moment, event, kind, head))) {
        if (seen >= offset && seen < offset + limit) changes.push(change);
        seen++;
      }
      await nextTurn();
    }
  }
  return changes;
}

function readHeads(moment: Moment, event: RevisionEvent, kind: FactKind): Promise<readonly ChunkHead[]> {
  return moment.read((transaction, log) => log.readHeads(transaction, kind, event.write.seq));
}

/** Keys that an event may have changed, by graph key. */
async function readKeys(moment: Moment, event: RevisionEvent, kind: FactKind, head: ChunkHead): Promise<string[]> {
  const [chunk = []] = await moment.read((transaction, log) => log.readChunks(transaction, kind, [head]));
  return chunk.flatMap(({ assertion, effect }: LoggedAssertion) => (event.isUndo || effect !== 0 ? assertion.key : []));
}

export async function describeChanges(
  moment: Moment,
  event: RevisionEvent,
  kind: FactKind,
  keys: readonly string[],
): Promise<FactChange[]> {
  if (keys.length === 0) return [];
  const assertions = await moment.readEverSaid(kind, keys);
  return keys.flatMap((key) => describeChange(moment.writes, event, kind, key, assertions.get(key) ?? []) ?? []);
}
