import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { ChangedFact, ChangedPage, HistoryPage, ImportScope, KeysByKind } from '../../fact-store.ts';
import { isReadWhenCreated } from '../../fact-store.ts';
import type { FactChange } from '../../fact-write.ts';
import { effects } from '../../fact-write.ts';
import type { RevisionEvent } from '../../revision-events.ts';
import { describeChange, describeHistory, eventOf, findEvents, foldAround, readEvents } from '../../revision-events.ts';
import type { Snapshot } from '../read/snapshot.ts';
import { readImports } from '../write/write-event.ts';
import type { LoggedAssertion } from './assertion-log.ts';
import type { ChunkHead } from './log-reader.ts';
import { LogReader } from './log-reader.ts';

/** Changes of one fact, the latest first. */
export async function readFactHistory(
  snapshot: Snapshot,
  kind: FactKind,
  key: string,
  offset: number,
  limit: number,
): Promise<HistoryPage> {
  const assertions = (await snapshot.readAllAssertions(kind, [key])).get(key) ?? [];
  const changes = describeHistory(snapshot.writes, kind, key, assertions);
  return { changes: changes.slice(offset, offset + limit), totalCount: changes.length };
}

/** Changes of all facts after a revision, the latest first. */
export async function readHistorySince(snapshot: Snapshot, sinceRevision: number, offset: number, limit: number): Promise<HistoryPage> {
  return readEvents(findEvents(snapshot.writes, sinceRevision), offset, limit, (event, skip, wanted) =>
    event.isUndo ? readUndoChanges(snapshot, event, skip, wanted) : readWriteChanges(snapshot, event, skip, wanted),
  );
}

/** Keys of facts that events after a revision changed, or may have changed; undefined for more than `limit` keys. */
export async function readChangedKeys(snapshot: Snapshot, revision: number, limit: number): Promise<KeysByKind | undefined> {
  const events = findEvents(snapshot.writes, revision);
  if (events.some((event) => event.count > limit)) return undefined;
  const found = new Map<FactKind, Set<string>>();
  let count = 0;
  for (const event of events) {
    for (const kind of factKinds) {
      for (const head of await readHeads(snapshot, event, kind)) {
        if (!event.isUndo && head.changed === 0) continue;
        const keys = found.get(kind) ?? new Set();
        const before = keys.size;
        for (const key of await readKeys(snapshot, event, kind, head)) keys.add(key);
        if (keys.size > 0) found.set(kind, keys);
        count += keys.size - before;
        if (count > limit) return undefined;
      }
    }
  }
  return new Map(factKinds.flatMap((kind) => (found.has(kind) ? [[kind, [...(found.get(kind) as Set<string>)]]] : [])));
}

/** The log's record of each changed fact. Skips chunks without a change, and chunks before the offset. */
async function readWriteChanges(snapshot: Snapshot, event: RevisionEvent, offset: number, limit: number): Promise<FactChange[]> {
  const changes: FactChange[] = [];
  let skip = offset;
  for (const kind of factKinds) {
    if (changes.length >= limit) break;
    for (const head of await readHeads(snapshot, event, kind)) {
      const wanted = limit - changes.length;
      if (wanted <= 0) break;
      if (skip >= head.changed) {
        skip -= head.changed;
        continue;
      }
      const keys = (await readKeys(snapshot, event, kind, head)).slice(skip, skip + wanted);
      changes.push(...(await describeChanges(snapshot, event, kind, keys)));
      skip = 0;
    }
  }
  return changes;
}

/** The changes of an undo are not recorded. They are found by folding every fact that the write had touched. */
async function readUndoChanges(snapshot: Snapshot, event: RevisionEvent, offset: number, limit: number): Promise<FactChange[]> {
  const changes: FactChange[] = [];
  let seen = 0;
  for (const kind of factKinds) {
    if (seen >= offset + limit) break;
    for (const head of await readHeads(snapshot, event, kind)) {
      if (seen >= offset + limit) break;
      for (const change of await describeChanges(snapshot, event, kind, await readKeys(snapshot, event, kind, head))) {
        if (seen >= offset && seen < offset + limit) changes.push(change);
        seen++;
      }
      await nextTurn();
    }
  }
  return changes;
}

function readHeads(snapshot: Snapshot, event: RevisionEvent, kind: FactKind): Promise<readonly ChunkHead[]> {
  return snapshot.read((transaction, log) => log.readHeads(transaction, kind, event.write.seq));
}

/** Keys that an event may have changed, by graph key. */
async function readKeys(snapshot: Snapshot, event: RevisionEvent, kind: FactKind, head: ChunkHead): Promise<string[]> {
  const [chunk = []] = await snapshot.read((transaction, log) => log.readChunks(transaction, kind, [head]));
  return chunk.flatMap(({ assertion, effect }: LoggedAssertion) => (event.isUndo || effect !== 0 ? assertion.key : []));
}

async function describeChanges(snapshot: Snapshot, event: RevisionEvent, kind: FactKind, keys: readonly string[]): Promise<FactChange[]> {
  if (keys.length === 0) return [];
  const assertions = await snapshot.readAllAssertions(kind, keys);
  return keys.flatMap((key) => describeChange(snapshot.writes, event, kind, key, assertions.get(key) ?? []) ?? []);
}

/** The number of chunks in one read: about 8,000 assertions. */
const chunksAtOnce = 16;

interface ImportedFact {
  readonly kind: FactKind;
  readonly key: string;
  /** The rank of its file among the import's files. */
  readonly rank: number;
  readonly line: number | null;
}

/** Reads the changes of imports at their commit. Caches the order of the last import: computing it reads all its assertions. */
export class ImportChanges {
  #last: { readonly importId: string; readonly at: number; readonly changed: readonly ImportedFact[] } | undefined;

  /** By file and line. */
  async read(snapshot: Snapshot, { importId, kinds }: ImportScope, offset: number, limit: number): Promise<HistoryPage> {
    const write = snapshot.writes.ofImport(importId);
    if (write === undefined || !doesWriteRaise(write)) return { changes: [], totalCount: 0 };
    // The id alone is not enough: after a restore of the database, another import may have it.
    if (this.#last?.importId !== importId || this.#last.at !== write.at) {
      this.#last = { importId, at: write.at, changed: await readChanged(snapshot, importId, write.seq) };
    }
    const { changed } = this.#last;
    const wanted = kinds === null ? changed : changed.filter(({ kind }) => kinds.includes(kind));
    const page = wanted.slice(offset, offset + limit);
    const described = new Map<FactKind, Map<string, FactChange>>();
    for (const kind of factKinds) {
      const keys = page.flatMap((fact) => (fact.kind === kind ? fact.key : []));
      const changes = await describeChanges(snapshot, eventOf(write), kind, keys);
      described.set(kind, new Map(changes.map((change) => [change.key, change])));
    }
    return { changes: page.flatMap(({ kind, key }) => described.get(kind)?.get(key) ?? []), totalCount: wanted.length };
  }
}

async function readChanged(snapshot: Snapshot, importId: string, write: number): Promise<ImportedFact[]> {
  const changed: ImportedFact[] = [];
  const [from] = await snapshot.read((transaction) => readImports(transaction, snapshot.writes, importId));
  const names = [...new Set((from?.files ?? []).map((file) => file.name))].sort(compareCodePoints);
  const ranks = new Map(names.map((name, rank) => [name, rank]));
  for (const kind of factKinds) {
    const heads = await snapshot.read((transaction, log) => log.readHeads(transaction, kind, write));
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce).filter((head) => head.changed > 0);
      for (const chunk of await snapshot.read((transaction, log) => log.readChunks(transaction, kind, some))) {
        for (const { assertion, effect } of chunk) {
          if (effect === 0) continue;
          const rank = assertion.file === null ? names.length : (ranks.get(assertion.file) ?? names.length);
          changed.push({ kind, key: assertion.key, rank, line: assertion.line });
        }
      }
      await nextTurn();
    }
  }
  // Already in the order of kind and key, which remains for changes without file and line.
  return changed.sort((a, b) => a.rank - b.rank || (a.line ?? 0) - (b.line ?? 0));
}

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
    const heads = await readGroupHeads(snapshot, log, group, kind);
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
    for (const { heads } of await readGroupHeads(snapshot, log, [event], kind)) {
      for (const head of heads) {
        const [logged = []] = await readChunks(snapshot, log, kind, [head]);
        yield* await toPages(snapshot, kind, [{ event, logged }]);
        await nextTurn();
      }
    }
  }
}

/** The chunks of each event that hold a change. */
function readGroupHeads(snapshot: Snapshot, log: LogReader, group: readonly RevisionEvent[], kind: FactKind) {
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
