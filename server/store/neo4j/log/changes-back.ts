import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { type ChangedFact, type ChangedPage, isReadWhenCreated } from '../../fact-store.ts';
import { effects } from '../../fact-write.ts';
import type { RevisionEvent } from '../../revision-events.ts';
import { findEvents, foldAround } from '../../revision-events.ts';
import type { Snapshot } from '../read/snapshot.ts';
import type { LoggedAssertion } from './assertion-log.ts';
import { type ChunkHead, LogReader } from './log-reader.ts';

/** Events whose changes are read with few round trips, if together they are small enough for the memory. */
const eventsAtOnce = 64;
const changesAtOnce = 2000;
const created = effects.indexOf('CREATED');

/** Changes of one kind by one event. */
interface Logged {
  readonly event: RevisionEvent;
  readonly logged: readonly LoggedAssertion[];
}

/**
 * The changes of the events after `since` and up to `until`, the latest first. Small events are read together.
 *
 * Complexity: O(changes), and the assertions of each fact that an event did not create; a few round trips for each group of events.
 */
export async function* readChangesBack(snapshot: Snapshot, since: number, until: number): AsyncGenerator<ChangedPage> {
  for (const group of groupEvents(findEvents(snapshot.writes, since).filter(({ revision }) => revision <= until))) {
    // Its own reader: one of all events would keep the heads of all.
    const log = new LogReader();
    if (group.length > 1) yield* readGroup(snapshot, log, group);
    else yield* readOne(snapshot, log, group[0] as RevisionEvent);
  }
}

function* groupEvents(events: readonly RevisionEvent[]): Generator<RevisionEvent[]> {
  let group: RevisionEvent[] = [];
  let count = 0;
  for (const event of events) {
    const { created: some, updated, unchanged, retracted } = event.write;
    const size = some + updated + unchanged + retracted;
    if (group.length > 0 && (group.length === eventsAtOnce || count + size > changesAtOnce)) {
      yield group;
      group = [];
      count = 0;
    }
    group.push(event);
    count += size;
  }
  if (group.length > 0) yield group;
}

async function* readGroup(snapshot: Snapshot, log: LogReader, group: readonly RevisionEvent[]): AsyncGenerator<ChangedPage> {
  const pages = new Map<RevisionEvent, ChangedPage[]>(group.map((event) => [event, []]));
  for (const kind of factKinds) {
    const heads = await readHeads(snapshot, log, group, kind);
    const all = heads.flatMap(({ event, heads: some }) => some.map((head) => ({ event, head })));
    if (all.length === 0) continue;
    const chunks = await readChunks(
      snapshot,
      log,
      kind,
      all.map(({ head }) => head),
    );
    const logged = all.map(({ event }, i): Logged => ({ event, logged: chunks[i] as readonly LoggedAssertion[] }));
    for (const page of await toPages(snapshot, kind, logged)) pages.get(page.event)?.push(page);
  }
  for (const event of group) yield* pages.get(event) as ChangedPage[];
}

async function* readOne(snapshot: Snapshot, log: LogReader, event: RevisionEvent): AsyncGenerator<ChangedPage> {
  for (const kind of factKinds) {
    for (const { heads } of await readHeads(snapshot, log, [event], kind)) {
      for (const head of heads) {
        const [logged = []] = await readChunks(snapshot, log, kind, [head]);
        yield* await toPages(snapshot, kind, [{ event, logged }]);
        await nextTurn();
      }
    }
  }
}

/** The chunks of each event that hold a change. */
function readHeads(snapshot: Snapshot, log: LogReader, group: readonly RevisionEvent[], kind: FactKind) {
  return snapshot.read(async (transaction) => {
    const byWrite = await log.readHeadsOf(
      transaction,
      kind,
      group.map(({ write }) => write.seq),
    );
    return group.map((event) => ({
      event,
      heads: (byWrite.get(event.write.seq) as readonly ChunkHead[]).filter(({ changed }) => event.isUndo || changed > 0),
    }));
  });
}

function readChunks(snapshot: Snapshot, log: LogReader, kind: FactKind, heads: readonly ChunkHead[]) {
  return snapshot.read((transaction) => log.readChunks(transaction, kind, heads));
}

async function toPages(
  snapshot: Snapshot,
  kind: FactKind,
  all: readonly Logged[],
): Promise<(ChangedPage & { readonly event: RevisionEvent })[]> {
  const isNew = ({ isUndo }: RevisionEvent, effect: number) => !isUndo && !isReadWhenCreated(kind) && effect === created;
  const touched = all.map(({ event, logged }) => ({ event, logged: logged.filter(({ effect }) => event.isUndo || effect !== 0) }));
  const others = touched.flatMap(({ event, logged }) =>
    logged.flatMap(({ assertion, effect }) => (isNew(event, effect) ? [] : [assertion.key])),
  );
  const assertions = others.length === 0 ? new Map() : await snapshot.readAllAssertions(kind, [...new Set(others)]);
  return touched.map(({ event, logged }) => ({
    event,
    revision: event.revision,
    kind,
    facts: logged.map(
      ({ assertion: { key }, effect }): ChangedFact =>
        isNew(event, effect) ? { key, isCreated: true } : foldAround(snapshot.writes, event.revision, key, assertions.get(key) ?? []),
    ),
  }));
}
