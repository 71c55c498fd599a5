import { int } from 'neo4j-driver';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { KnownAt } from '../../fact-store.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { SharedTexts } from '../graph/shared-texts.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import { readAtGate } from './publication-gate.ts';
import type { AssertionsByKey } from './read-assertions.ts';
import { addLogged, collectRow, readFormers, WantedKeys } from './read-assertions.ts';

/** Facts of one kind by graph key: those after `after`, up to `end` where there is one. */
export interface KeyRange {
  readonly after: string;
  readonly end: string | undefined;
}

/** What the graph had, and what in it may have been changed while it was read. */
interface Look<T> {
  readonly seen: T;
  /** Graph keys of which an event speaks that is not known here, published or staged. */
  readonly news: ReadonlySet<string>;
}

/** Facts with their writes, and such as are no more. */
interface SeenWithWrites {
  readonly rows: readonly Row[];
  /** Graph key and writes. */
  readonly formers: readonly (readonly [key: string, writes: number[]])[];
}

/** What a look is at. */
interface Region {
  readonly isIn: (graphKey: string) => boolean;
  readonly mayHold: (head: ChunkHead) => boolean;
}

type Query = readonly [statement: string, parameters: Record<string, unknown>];

/**
 * The facts as one event left them, whatever is written while they are read.
 *
 * The graph shows facts as the latest events left them, half-done ones included. So each look at it is followed by a look at
 * the log, for what events have spoken of that are not known here; every such event that the first look could see has passed
 * the gate by then. What these spoke of, and what known events after the moment spoke of, is worked out from the log. Where
 * something staged was put back in between, and so is gone from the log, the graph is looked at again.
 */
export class Snapshot {
  readonly writes: PublishedWrites;
  readonly revision: number;
  readonly #connection: Connection;
  /** The last event of the snapshot, and the last that is known. */
  readonly #event: number;
  readonly #known: number;
  readonly #live: Uint8Array;
  readonly #log = new LogReader();
  readonly #texts = new SharedTexts();
  /** How often staged writes were put back, as last seen. */
  #putBacks: number;

  /** @param writes all of which is in effect; for others than Snapshots to make only by asking that */
  constructor(connection: Connection, writes: PublishedWrites, at: KnownAt | undefined, putBacks: number) {
    this.#connection = connection;
    this.writes = writes;
    this.revision = writes.findRevision(at);
    this.#event = writes.findEvent(at);
    this.#known = writes.lastEvent;
    this.#live = writes.findLive(at);
    this.#putBacks = putBacks;
  }

  /** Runs what reads the log in a transaction. */
  read<R>(work: (transaction: Transaction, log: LogReader) => Promise<R>): Promise<R> {
    return this.#connection.read((transaction) => work(transaction, this.#log), { timeoutMs: batchTimeoutMs });
  }

  /** Where a range of some `count` facts ends; undefined: it is the last. */
  async findEnd(kind: FactKind, after: string, count: number): Promise<string | undefined> {
    const [row] = await this.read((transaction) => transaction.run(graphKindOf(kind).findEnd, { after, skip: int(count - 1) }));
    return row?.[0] as string | undefined;
  }

  /** The facts of a range, by graph key. */
  async readRange(kind: FactKind, range: KeyRange): Promise<RecordedFact[]> {
    const isLast = range.end === undefined;
    const of: Region = { isIn: (key) => isInRange(key, range), mayHold: (head) => isOverlapping(head, range) };
    const parameters = { kind, ...range, end: range.end ?? '', known: int(this.#known), event: int(this.#event) };
    const { rows } = graphKindOf(kind);
    if (this.#event < this.#known) {
      const statement = graphKindOf(kind).readRange(isLast, true);
      return this.#toFacts(kind, await this.#lookForWrites(kind, of, [statement, parameters], [formersTouched(isLast), parameters]));
    }
    // Most of what is read is read here: no row is kept.
    const statement = graphKindOf(kind).readRange(isLast, false);
    const { seen, news } = await this.#look(kind, of, (transaction) =>
      transaction.run(statement, parameters, (row) => rows.decodeFact(row, this.writes, this.#texts)),
    );
    if (news.size === 0) return seen;
    const settled = seen.filter((fact) => !news.has(toGraphKey(kind, fact.key)));
    return sortFacts(kind, [...settled, ...(await this.#workOut(kind, { seen: { rows: [], formers: [] }, news }))]);
  }

  /** The facts with these keys that exist, by key. */
  async readByKeys(kind: FactKind, keys: readonly string[]): Promise<Map<string, RecordedFact>> {
    const facts = await this.#toFacts(kind, await this.#lookAt(kind, keys));
    return new Map(facts.map((fact) => [fact.key, fact]));
  }

  /** All assertions of a fact up to the last event that is known, also those that were taken back, by write. */
  async readEverSaid(kind: FactKind, keys: readonly string[]): Promise<AssertionsByKey> {
    return this.#toAssertions(kind, await this.#lookAt(kind, keys), this.writes.findAll());
  }

  #lookAt(kind: FactKind, keys: readonly string[]): Promise<Look<SeenWithWrites>> {
    const graphKeys = [...new Set(keys)].map((key) => toGraphKey(kind, key)).sort(compareCodePoints);
    const wanted = new Set(graphKeys);
    const range = { after: '', end: graphKeys.at(-1) };
    const of: Region = { isIn: (key) => wanted.has(key), mayHold: (head) => isOverlapping(head, range) };
    const { readByKeys } = graphKindOf(kind);
    return this.#lookForWrites(kind, of, [readByKeys, { keys: graphKeys }], [readFormers, { kind, keys: graphKeys }]);
  }

  #lookForWrites(kind: FactKind, of: Region, inGraph: Query, formers: Query): Promise<Look<SeenWithWrites>> {
    return this.#look(kind, of, async (transaction) => {
      const [rows, formerRows] = await Promise.all([transaction.run(...inGraph), transaction.run(...formers)]);
      return { rows, formers: formerRows as unknown as SeenWithWrites['formers'] };
    });
  }

  async #look<T>(kind: FactKind, of: Region, see: (transaction: Transaction) => Promise<T>): Promise<Look<T>> {
    for (;;) {
      const putBacks = this.#putBacks;
      const seen = await this.read(see);
      const { news, putBacksNow } = await this.#readNews(kind, of);
      this.#putBacks = putBacksNow;
      // With what was staged and put back its log is gone: nothing tells what of it the first look saw.
      if (putBacks === putBacksNow) return { seen, news };
    }
  }

  async #readNews(kind: FactKind, of: Region): Promise<{ news: ReadonlySet<string>; putBacksNow: number }> {
    const [heads, undone, { putBacks }] = await readAtGate(this.#connection, (transaction, pass) =>
      Promise.all([
        pass().then(() => readHeadsAfter(transaction, kind, this.#known)),
        transaction.run(undonesAfter, { known: int(this.#known) }),
        readStaging(transaction),
      ]),
    );
    if (heads.length === 0 && undone.length === 0) return { news: nothing, putBacksNow: putBacks };
    return this.read(async (transaction, log) => {
      const undoneHeads = undone.map(([write]) => log.readHeads(transaction, kind, write as number));
      const wanted = [...heads, ...(await Promise.all(undoneHeads)).flat()].filter(of.mayHold);
      const news = new Set<string>();
      // What is staged may be put back and staged anew under the same numbers: it is not remembered.
      for (const chunk of await new LogReader().readChunks(transaction, kind, wanted)) {
        for (const { assertion } of chunk) {
          const key = toGraphKey(kind, assertion.key);
          if (of.isIn(key)) news.add(key);
        }
      }
      return { news, putBacksNow: (await readStaging(transaction)).putBacks };
    });
  }

  /** By graph key where the rows are. */
  async #toFacts(kind: FactKind, { seen: { rows, formers }, news }: Look<SeenWithWrites>): Promise<RecordedFact[]> {
    const model = graphKindOf(kind).rows;
    const facts: RecordedFact[] = [];
    const unsettled: Row[] = [];
    for (const row of rows) {
      if (news.has(row[0] as string)) continue;
      if (model.touchedOf(row) <= this.#event) facts.push(model.decodeFact(row, this.writes));
      else unsettled.push(row);
    }
    const workedOut = await this.#workOut(kind, { seen: { rows: unsettled, formers }, news });
    return workedOut.length === 0 ? facts : sortFacts(kind, [...facts, ...workedOut]);
  }

  /** From the log, and from facts that are their own record. */
  async #workOut(kind: FactKind, look: Look<SeenWithWrites>): Promise<RecordedFact[]> {
    const assertions = await this.#toAssertions(kind, look, this.#live);
    return [...assertions.values()].flatMap((ofKey) => foldAssertions(ofKey) ?? []);
  }

  async #toAssertions(kind: FactKind, { seen, news }: Look<SeenWithWrites>, live: Uint8Array): Promise<AssertionsByKey> {
    const found: AssertionsByKey = new Map();
    const wanted = new WantedKeys(live);
    for (const row of seen.rows) if (!news.has(row[0] as string)) collectRow(kind, row, this.writes, live, found, wanted);
    for (const [key, writes] of seen.formers) if (!news.has(key)) wanted.add(key, writes);
    // Which writes spoke of these was perhaps seen halfway between two events.
    wanted.addToAll(news, this.writes.writes);
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

export interface StagingState {
  /** The nonce of who stages, or puts back what was staged. */
  readonly staging: string | null;
  /** How often what was staged was put back. It is raised once all facts are as they were, and before the log forgets what was staged. */
  readonly putBacks: number;
}

export async function readStaging(transaction: Transaction): Promise<StagingState> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.staging, coalesce(store.putBacks, 0)');
  const [staging, putBacks] = (row ?? [null, 0]) as [string | null, number];
  return { staging, putBacks };
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
