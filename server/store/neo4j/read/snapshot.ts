import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { KnownAt } from '../../fact-store.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs, pollTimeoutMs, readTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { SharedTexts } from '../graph/graph-record.ts';
import { fromGraphKey, toGraphKey } from '../graph/graph-shape.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import { passGate, readAtGate } from './publication-gate.ts';
import type { AssertionsByKey } from './read-assertions.ts';
import { addLogged, collectRow, namerQueries, readFormers, WantedKeys } from './read-assertions.ts';

/** A range of graph keys of one kind: after `after`, up to and including `end`. Undefined `end`: up to the last. */
export interface KeyRange {
  readonly after: string;
  readonly end: string | undefined;
}

/** Facts from the graph, and the keys of those that may have changed during the read. */
interface GraphRead<T> {
  readonly seen: T;
  /** Graph keys that an event after the ledger's last one states, published or staged. */
  readonly stale: ReadonlySet<string>;
}

/** Facts with their writes, and the former facts. */
interface SeenWithWrites {
  readonly rows: readonly Row[];
  /** Graph key and writes. */
  readonly formers: readonly (readonly [key: string, writes: number[]])[];
}

/** The part of the graph that is read. */
interface Region {
  readonly contains: (graphKey: string) => boolean;
  readonly mayOverlap: (head: ChunkHead) => boolean;
}

const everywhere: Region = { contains: () => true, mayOverlap: () => true };

type Query = readonly [statement: string, parameters: Record<string, unknown>];

/**
 * The facts as one event left them, even if others write while they are read.
 *
 * The graph shows the facts as the latest events left them, staged ones included. So each read takes two steps:
 *
 * 1. Read the graph.
 * 2. Pass the gate, then ask the log which facts newer events state. Every event that step 1 could see is in the log by then.
 *
 * Those facts are stale. They, and the facts that known events after the snapshot state, are folded from the log instead. A
 * rollback between the steps removes its events from the log, so the graph is read again.
 */
export class Snapshot {
  readonly writes: PublishedWrites;
  readonly revision: number;
  /** The snapshot's last event. */
  readonly event: number;
  /** 1 for each write that is in force, by its number. */
  readonly live: Uint8Array;
  readonly #connection: Connection;
  /** The last event of the ledger. */
  readonly #known: number;
  readonly #log = new LogReader();
  readonly #texts = new SharedTexts();
  /** The store's count of rollbacks, as last read. */
  #rollbacks: number;

  /** Snapshots.open calls this. @param writes all visible: the gate was passed after they were read */
  constructor(connection: Connection, writes: PublishedWrites, at: KnownAt | undefined, rollbacks: number) {
    this.#connection = connection;
    this.writes = writes;
    this.revision = writes.findRevision(at);
    this.event = writes.findEvent(at);
    this.#known = writes.lastEvent;
    this.live = writes.findLive(at);
    this.#rollbacks = rollbacks;
  }

  /** Runs `work` in one reading transaction, with a reader of the log. */
  read<R>(work: (transaction: Transaction, log: LogReader) => Promise<R>): Promise<R> {
    return this.#connection.read((transaction) => work(transaction, this.#log), { timeoutMs: batchTimeoutMs });
  }

  /** The key at which a range of about `count` facts ends; undefined if it is the last range. */
  async findEnd(kind: FactKind, after: string, count: number): Promise<string | undefined> {
    const [row] = await this.read((transaction) => transaction.run(graphKindOf(kind).findEnd, { after, skip: int(count - 1) }));
    return row?.[0] as string | undefined;
  }

  /** The facts of a range, by graph key. */
  async readRange(kind: FactKind, range: KeyRange): Promise<RecordedFact[]> {
    const isLast = range.end === undefined;
    const of: Region = { contains: (key) => isInRange(key, range), mayOverlap: (head) => isOverlapping(head, range) };
    const parameters = { kind, ...range, end: range.end ?? '', known: int(this.#known), event: int(this.event) };
    const { rows } = graphKindOf(kind);
    if (this.event < this.#known) {
      const statement = graphKindOf(kind).readRange(isLast, true);
      return this.#toFacts(kind, await this.#readWithWrites(kind, of, [statement, parameters], [formersTouched(isLast), parameters]));
    }
    // Most reads take this path, so rows are decoded as they come and none is kept.
    const statement = graphKindOf(kind).readRange(isLast, false);
    const { seen, stale } = await this.#readGraph(kind, of, (transaction) =>
      transaction.run(statement, parameters, (row) => rows.decodeFact(row, this.writes, this.#texts)),
    );
    if (stale.size === 0) return seen;
    const current = seen.filter((fact) => !stale.has(toGraphKey(kind, fact.key)));
    return sortFacts(kind, [...current, ...(await this.#foldFromLog(kind, { seen: { rows: [], formers: [] }, stale }))]);
  }

  /** The facts with these keys that exist, by key. */
  async readByKeys(kind: FactKind, keys: readonly string[]): Promise<Map<string, RecordedFact>> {
    const facts = await this.#toFacts(kind, await this.#readKeys(kind, keys));
    return new Map(facts.map((fact) => [fact.key, fact]));
  }

  /** All assertions of these facts up to the ledger's last event, undone ones included, in the order of their writes. */
  async readAllAssertions(kind: FactKind, keys: readonly string[]): Promise<AssertionsByKey> {
    return this.#toAssertions(kind, await this.#readKeys(kind, keys), this.writes.findAll());
  }

  /** Keys of the facts of one kind that name one of these in the graph, and of all that staged or later events state. */
  async readNamers(namer: FactKind, kind: FactKind, keys: readonly string[]): Promise<string[]> {
    const query = namerQueries.get(namer)?.get(kind);
    if (query === undefined) return [];
    const { seen, stale } = await this.#readGraph(namer, everywhere, (transaction) => transaction.run(query, { keys }));
    return [...seen.map(([key]) => key as string), ...stale].map((key) => fromGraphKey(namer, key));
  }

  #readKeys(kind: FactKind, keys: readonly string[]): Promise<GraphRead<SeenWithWrites>> {
    const graphKeys = [...new Set(keys)].map((key) => toGraphKey(kind, key)).sort(compareCodePoints);
    const wanted = new Set(graphKeys);
    const range = { after: '', end: graphKeys.at(-1) };
    const of: Region = { contains: (key) => wanted.has(key), mayOverlap: (head) => isOverlapping(head, range) };
    const { readByKeys } = graphKindOf(kind);
    return this.#readWithWrites(kind, of, [readByKeys, { keys: graphKeys }], [readFormers, { kind, keys: graphKeys }]);
  }

  #readWithWrites(kind: FactKind, of: Region, inGraph: Query, formers: Query): Promise<GraphRead<SeenWithWrites>> {
    return this.#readGraph(kind, of, async (transaction) => {
      const [rows, formerRows] = await Promise.all([transaction.run(...inGraph), transaction.run(...formers)]);
      return { rows, formers: formerRows as unknown as SeenWithWrites['formers'] };
    });
  }

  async #readGraph<T>(kind: FactKind, of: Region, see: (transaction: Transaction) => Promise<T>): Promise<GraphRead<T>> {
    for (;;) {
      const rollbacks = this.#rollbacks;
      const seen = await this.read(see);
      const { stale, rollbacksNow } = await this.#readStale(kind, of);
      this.#rollbacks = rollbacksNow;
      // A rollback deleted log rows, so the log no longer tells which of the facts seen were staged.
      if (rollbacks === rollbacksNow) return { seen, stale };
    }
  }

  async #readStale(kind: FactKind, of: Region): Promise<{ stale: ReadonlySet<string>; rollbacksNow: number }> {
    const [heads, undone, { rollbacks }] = await readAtGate(this.#connection, (transaction, pass) =>
      Promise.all([
        pass().then(() => readHeadsAfter(transaction, kind, this.#known)),
        transaction.run(undonesAfter, { known: int(this.#known) }),
        readStaging(transaction),
      ]),
    );
    if (heads.length === 0 && undone.length === 0) return { stale: nothing, rollbacksNow: rollbacks };
    return this.read(async (transaction, log) => {
      const undoneHeads = undone.map(([write]) => log.readHeads(transaction, kind, write as number));
      const wanted = [...heads, ...(await Promise.all(undoneHeads)).flat()].filter(of.mayOverlap);
      const stale = new Set<string>();
      // A new reader: staged events may be rolled back, and others staged under their numbers, so none may be cached.
      for (const chunk of await new LogReader().readChunks(transaction, kind, wanted)) {
        for (const { assertion } of chunk) {
          const key = toGraphKey(kind, assertion.key);
          if (of.contains(key)) stale.add(key);
        }
      }
      return { stale, rollbacksNow: (await readStaging(transaction)).rollbacks };
    });
  }

  /** In the order of graph keys if the rows are. */
  async #toFacts(kind: FactKind, { seen: { rows, formers }, stale }: GraphRead<SeenWithWrites>): Promise<RecordedFact[]> {
    const model = graphKindOf(kind).rows;
    const facts: RecordedFact[] = [];
    const changed: Row[] = [];
    for (const row of rows) {
      if (stale.has(row[0] as string)) continue;
      if (model.touchedOf(row) <= this.event) facts.push(model.decodeFact(row, this.writes));
      else changed.push(row);
    }
    const folded = await this.#foldFromLog(kind, { seen: { rows: changed, formers }, stale });
    return folded.length === 0 ? facts : sortFacts(kind, [...facts, ...folded]);
  }

  /** Folds facts from their assertions: from the log, or from a row that holds its only assertion. */
  async #foldFromLog(kind: FactKind, look: GraphRead<SeenWithWrites>): Promise<RecordedFact[]> {
    const assertions = await this.#toAssertions(kind, look, this.live);
    return [...assertions.values()].flatMap((ofKey) => foldAssertions(ofKey) ?? []);
  }

  async #toAssertions(kind: FactKind, { seen, stale }: GraphRead<SeenWithWrites>, live: Uint8Array): Promise<AssertionsByKey> {
    const found: AssertionsByKey = new Map();
    const wanted = new WantedKeys(live);
    for (const row of seen.rows) if (!stale.has(row[0] as string)) collectRow(kind, row, this.writes, live, found, wanted);
    for (const [key, writes] of seen.formers) if (!stale.has(key)) wanted.add(key, writes);
    // The rows of stale facts may show a state between two events, so their lists of writes are not used.
    wanted.addToAll(stale, this.writes.writes);
    const byWrite = wanted.sort();
    if (byWrite.size > 0) addLogged(kind, await this.read((transaction, log) => log.find(transaction, kind, byWrite)), this.writes, found);
    return found;
  }
}

function sortFacts(kind: FactKind, facts: RecordedFact[]): RecordedFact[] {
  const graphKeys = new Map(facts.map((fact) => [fact, toGraphKey(kind, fact.key)]));
  return facts.sort((a, b) => compareCodePoints(graphKeys.get(a) as string, graphKeys.get(b) as string));
}

const nothing: ReadonlySet<string> = new Set();
const undonesAfter = 'MATCH (event:ExposureWrite) WHERE event.seq > $known AND event.undoes IS NOT NULL RETURN event.undoes';

interface StagingState {
  /** The nonce of the lease; null if no write is staged or rolled back. */
  readonly staging: string | null;
  /** The number of staged writes that were rolled back. Raised after the facts are restored and before the staged log rows are deleted. */
  readonly rollbacks: number;
}

async function readStaging(transaction: Transaction): Promise<StagingState> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.staging, coalesce(store.putBacks, 0)');
  const [staging, rollbacks] = (row ?? [null, 0]) as [string | null, number];
  return { staging, rollbacks };
}

function formersTouched(isLast: boolean): string {
  return `MATCH (former:ExposureFormer) USING INDEX former:ExposureFormer(kind, key)
    WHERE former.kind = $kind AND former.key > $after${isLast ? '' : ' AND former.key <= $end'} AND former.touched > $event
    RETURN former.key, former.writes`;
}

function isInRange(key: string, { after, end }: KeyRange): boolean {
  return compareCodePoints(key, after) > 0 && (end === undefined || compareCodePoints(key, end) <= 0);
}

function isOverlapping(head: ChunkHead, { after, end }: KeyRange): boolean {
  return compareCodePoints(head.last, after) > 0 && (end === undefined || compareCodePoints(head.first, end) <= 0);
}

/** The published writes, and whether a write is staged above them. */
export interface PublishedState extends StagingState {
  readonly writes: PublishedWrites;
}

export async function readPublishedState(transaction: Transaction, ledger: Neo4jLedger): Promise<PublishedState> {
  const [writes, state] = await Promise.all([ledger.refresh(transaction), readStaging(transaction)]);
  return { writes, ...state };
}

/**
 * Opens snapshots of a store.
 *
 * A reader may see the head move before it sees all rows of the event. So the gate is passed once for each new event.
 */
export class Snapshots {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  /** The latest event whose rows are all visible. */
  #visible = 0;
  /** The first poll gets longer: a server that has just started has to plan it, and there is no older answer to fall back on. */
  #pollTimeoutMs = readTimeoutMs;

  constructor(connection: Connection, ledger: Neo4jLedger) {
    this.#connection = connection;
    this.#ledger = ledger;
  }

  /** The current revision. All rows of it are visible when this resolves. */
  async readRevision(): Promise<number> {
    const options = { fresh: true, timeoutMs: this.#pollTimeoutMs };
    const [row] = await this.#connection.read(
      (transaction) => transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.revision, store.seq'),
      options,
    );
    // The head is missing: the ledger throws the error that says so.
    if (row === undefined) return (await this.open()).revision;
    this.#pollTimeoutMs = pollTimeoutMs;
    await this.#awaitVisible(row[1] as number);
    return row[0] as number;
  }

  /** @param at default: now */
  async open(at?: KnownAt): Promise<Snapshot> {
    const { writes, rollbacks } = await this.readState();
    return new Snapshot(this.#connection, writes, at, rollbacks);
  }

  /** The published state. All rows of it are visible when this resolves. */
  async readState(): Promise<PublishedState> {
    const state = await this.#connection.read((transaction) => readPublishedState(transaction, this.#ledger), {
      timeoutMs: batchTimeoutMs,
    });
    await this.#awaitVisible(state.writes.lastEvent);
    return state;
  }

  async #awaitVisible(event: number): Promise<void> {
    if (event === this.#visible) return;
    await passGate(this.#connection);
    this.#visible = event;
  }
}
