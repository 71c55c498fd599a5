import { int } from 'neo4j-driver';
import type { RecordedAssertion } from '../../../domain/assertions.ts';
import { areValuesEqual } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import { ExposureError } from '../../../domain/errors.ts';
import { namedKinds } from '../../../domain/fact-fields.ts';
import { findFactFaults } from '../../../domain/fact-rules.ts';
import { describeKey } from '../../../domain/fact-sentences.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { VerifyScope } from '../../fact-store.ts';
import { FactStates } from '../../plan/fact-states.ts';
import type { StoredFields } from '../../stored-fields.ts';
import type { Connection, Row, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import type { GraphRecord } from '../graph/graph-record.ts';
import { recordOf } from '../graph/graph-record.ts';
import { fromGraphKey, graphShape, toGraphKey } from '../graph/graph-shape.ts';
import type { LoggedAssertion } from '../log/assertion-log.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import type { AssertionsByKey, Reading } from '../read/read-assertions.ts';
import { addLogged } from '../read/read-assertions.ts';
import type { Head } from '../write/head.ts';
import { readHead } from '../write/head.ts';
import { readUndoEvents } from '../write/write-event.ts';

/** The most sentences. More would not help. */
const maxSentences = 100;
/** How often the check is repeated if a write during it spoils its result. */
const maxAttempts = 3;

/** Sentences about damage to the ledger of writes, the log, the graph and the facts (semantics §1). Empty: the store is sound. */
export async function verifyStore(connection: Connection, ledger: Neo4jLedger, scope: VerifyScope = 'all'): Promise<string[]> {
  if (scope !== 'all') return readLog(connection, ledger, scope === 'content' ? readWholeLog : sampleLog);
  for (let attempt = 1; ; attempt++) {
    const before = await readState(connection, ledger);
    if (typeof before === 'string') return [before];
    const sentences: string[] = [];
    for await (const sentence of checkStore(connection, before)) {
      sentences.push(sentence);
      if (sentences.length < maxSentences) continue;
      sentences.push(`There are more problems than these ${maxSentences}; the rest was not checked.`);
      break;
    }
    if (sentences.length === 0) return [];
    const after = await readState(connection, ledger);
    const isSame = typeof after !== 'string' && after.head.seq === before.head.seq && !isBeingStaged(after.head);
    if (isSame && !isBeingStaged(before.head)) return sentences;
    if (attempt === maxAttempts)
      return [`Others wrote to the store during each of ${maxAttempts} checks. Verify it again when nobody writes.`];
  }
}

type ReadLog = (transaction: Transaction, writes: PublishedWrites) => Promise<readonly string[]>;

async function readLog(connection: Connection, ledger: Neo4jLedger, read: ReadLog): Promise<string[]> {
  const state = await readState(connection, ledger);
  if (typeof state === 'string') return [state];
  return [...(await connection.read((transaction) => read(transaction, state.writes), { fresh: true, timeoutMs: batchTimeoutMs }))];
}

/** Every chunk is there, has its checksum, and the assertions that its write states. */
async function readWholeLog(transaction: Transaction, writes: PublishedWrites): Promise<string[]> {
  const { sentences, effects } = await tallyLog(transaction, writes);
  return [...sentences, ...checkWrites(writes, effects)];
}

interface StoreState {
  readonly head: Head;
  readonly writes: PublishedWrites;
}

function isBeingStaged({ lease }: Head): boolean {
  return lease !== null && lease.leftMs > 0;
}

/** Returns a sentence if the database holds no store. */
async function readState(connection: Connection, ledger: Neo4jLedger): Promise<StoreState | string> {
  try {
    return await connection.read(
      async (transaction) => {
        const writes = await ledger.refresh(transaction);
        return { writes, head: await readHead(transaction) };
      },
      { fresh: true, timeoutMs: batchTimeoutMs },
    );
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'STORE_DAMAGED') return error.message;
    throw error;
  }
}

async function* checkStore(connection: Connection, { head, writes }: StoreState): AsyncGenerator<string> {
  const read = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    connection.read(work, { fresh: true, timeoutMs: batchTimeoutMs });
  yield* checkHead(head, writes);
  yield* await read((transaction) => findLeftovers(transaction, head));
  const tally = await read((transaction) => tallyLog(transaction, writes));
  yield* tally.sentences;
  yield* checkWrites(writes, tally.effects);
  if (tally.sentences.length === 0) yield* checkFacts(read, writes, tally.counts);
  else yield 'The facts in the graph were not compared with the log, because part of the log is damaged.';
}

function* checkHead(head: Head, writes: PublishedWrites): Generator<string> {
  const latest = writes.findRevision();
  if (head.revision !== latest) yield `The head is at revision ${head.revision}, and the writes lead to revision ${latest}.`;
  if (head.seq !== writes.lastEvent) yield `The head is at event ${head.seq}, and the last event is ${writes.lastEvent}.`;
  const { lease } = head;
  if (lease !== null && lease.leftMs <= 0) {
    yield `A large write that ${lease.by} began at ${new Date(lease.since).toISOString()} was interrupted. The next write rolls it back.`;
  }
}

async function findLeftovers(transaction: Transaction, { seq, lease }: Head): Promise<string[]> {
  if (lease !== null) return [];
  const parameters = { seq: int(seq) };
  const [[events], [chunks]] = (await Promise.all([
    transaction.run('MATCH (event:ExposureWrite) WHERE event.seq > $seq RETURN count(*)', parameters),
    transaction.run('MATCH (chunk:ExposureAssertions) WHERE chunk.write > $seq RETURN count(*)', parameters),
  ])) as unknown as [[[number]], [[number]]];
  return events[0] + chunks[0] === 0
    ? []
    : [`There are ${events[0]} events and ${chunks[0]} log chunks after event ${seq}, the last published one.`];
}

function* checkWrites(writes: PublishedWrites, effects: ReadonlyMap<number, readonly number[]>): Generator<string> {
  let before = 0;
  for (const write of writes.writes) {
    const { seq, unchanged, created, updated, retracted } = write;
    const tally = effects.get(seq) ?? [0, 0, 0, 0];
    const stated = [unchanged, created, updated, retracted];
    if (stated.some((count, i) => count !== tally[i])) {
      yield `Write ${seq} of ${write.by} states ${stated.join('/')} assertions (unchanged/created/updated/retracted), and the log has ${tally.join('/')}.`;
    }
    if (write.revision < before || (doesWriteRaise(write) && write.revision === before))
      yield `Write ${seq} has a lower revision than ${before}, the revision before it.`;
    before = write.revision;
  }
}

/** A tally of the log of published writes. */
interface LogTally {
  /** Write -> its number of assertions by effect, as an index into `effects`. */
  readonly effects: ReadonlyMap<number, readonly number[]>;
  /** The number of assertions of each kind. */
  readonly counts: ReadonlyMap<FactKind, number>;
  readonly sentences: readonly string[];
}

const chunksAtOnce = 32;
const verifyLogMaxSentences = 100;
/** A sample reads chunks of at most so many of the latest events, and so many of a kind. */
const sampledEvents = 50;
const sampledChunks = 8;

/** Reads the whole log once, and checks that each write states a fact at most once, in the order of keys. */
async function tallyLog(transaction: Transaction, writes: PublishedWrites): Promise<LogTally> {
  const log = new LogReader();
  const effects = new Map<number, number[]>();
  const counts = new Map<FactKind, number>();
  const sentences: string[] = [];
  const headsByKind = await Promise.all(factKinds.map((kind) => readHeadsAfter(transaction, kind, 0)));
  for (const [i, kind] of factKinds.entries()) {
    const heads = (headsByKind[i] as ChunkHead[]).filter((head) => head.write <= writes.lastEvent);
    const order = new ChunkOrder(kind);
    for (let start = 0; start < heads.length; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce);
      const chunks = await readOrDescribe(log, transaction, kind, some);
      for (const [place, chunk] of chunks.entries()) {
        const head = some[place] as ChunkHead;
        if (typeof chunk === 'string') {
          sentences.push(chunk);
          continue;
        }
        if (sentences.length < verifyLogMaxSentences) sentences.push(...order.check(head, chunk));
        const tally = effects.get(head.write) ?? [0, 0, 0, 0];
        effects.set(head.write, tally);
        for (const { effect } of chunk) tally[effect] = (tally[effect] ?? 0) + 1;
        counts.set(kind, (counts.get(kind) ?? 0) + chunk.length);
      }
    }
  }
  return { effects, counts, sentences };
}

/** A few chunks, among them the latest: a sentence for each that is damaged. */
async function sampleLog(transaction: Transaction, writes: PublishedWrites): Promise<string[]> {
  const log = new LogReader();
  const sentences: string[] = [];
  for (const kind of factKinds) {
    const heads = (await readHeadsAfter(transaction, kind, Math.max(0, writes.lastEvent - sampledEvents))).slice(-sampledChunks);
    for (const chunk of await readOrDescribe(log, transaction, kind, heads)) if (typeof chunk === 'string') sentences.push(chunk);
  }
  return sentences;
}

/** The chunks, or a sentence in the place of each that cannot be read. */
async function readOrDescribe(
  log: LogReader,
  transaction: Transaction,
  kind: FactKind,
  heads: readonly ChunkHead[],
): Promise<readonly (readonly LoggedAssertion[] | string)[]> {
  try {
    return await log.readChunks(transaction, kind, heads);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  const chunks: (readonly LoggedAssertion[] | string)[] = [];
  for (const head of heads) {
    try {
      chunks.push(...(await log.readChunks(transaction, kind, [head])));
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      chunks.push(`Log chunk ${head.place} of write ${head.write} for kind ${kind} is damaged (${(error as Error).message}).`);
    }
  }
  return chunks;
}

/** Errors of decompression and parsing, and of contents that are no assertions. */
function isUnreadable(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return (typeof code === 'string' && code.startsWith('Z_')) || name === 'SyntaxError' || name === 'TypeError' || name === 'RangeError';
}

/** Checks that the chunks of one kind match their heads and are in order. Takes them by write and place. */
class ChunkOrder {
  readonly #kind: FactKind;
  #write = 0;
  #place = 0;
  #last: string | undefined;

  constructor(kind: FactKind) {
    this.#kind = kind;
  }

  *check(head: ChunkHead, chunk: readonly LoggedAssertion[]): Generator<string> {
    const { write, place, first, last, count, changed } = head;
    if (write !== this.#write) {
      this.#write = write;
      this.#place = 0;
      this.#last = undefined;
    }
    const name = `Log chunk ${place} of write ${write} for kind ${this.#kind}`;
    if (place !== this.#place++) yield `${name} stands in place of another.`;
    const keys = chunk.map(({ assertion }) => toGraphKey(this.#kind, assertion.key));
    const isAsStated =
      keys.length === count &&
      keys[0] === first &&
      keys[keys.length - 1] === last &&
      chunk.filter(({ effect }) => effect !== 0).length === changed;
    if (!isAsStated) yield `${name} does not match its head.`;
    for (const key of keys) {
      if (this.#last !== undefined && compareCodePoints(this.#last, key) >= 0) {
        yield `${name} has ${describeKey(this.#kind, (chunk[keys.indexOf(key)] as LoggedAssertion).assertion.key)} out of order or twice.`;
        break;
      }
      this.#last = key;
    }
  }
}

const pageSize = 2_000;

/** A fact or a former fact, as the graph holds it. */
interface Kept {
  readonly graphKey: string;
  readonly writes: readonly number[];
  readonly touched: number;
  /** Undefined for a former fact. */
  readonly record: GraphRecord | undefined;
}

/**
 * Checks that the facts in the graph follow from the log, and that they break no rule.
 *
 * @param counts the number of assertions of each kind in the log
 */
export async function* checkFacts(read: Reading, writes: PublishedWrites, counts: ReadonlyMap<FactKind, number>): AsyncGenerator<string> {
  const checker = new FactChecker(read, writes, new Map((await read(readUndoEvents)).map(({ seq, undoes }) => [undoes, seq])));
  for (const kind of factKinds) yield* checker.checkKind(kind, counts.get(kind) ?? 0);
}

class FactChecker {
  readonly #read: Reading;
  readonly #writes: PublishedWrites;
  /** The event that undid each undone write. */
  readonly #undos: ReadonlyMap<number, number>;
  readonly #live: Uint8Array;
  readonly #known: ReadonlySet<number>;
  readonly #states = new FactStates();

  constructor(read: Reading, writes: PublishedWrites, undos: ReadonlyMap<number, number>) {
    this.#read = read;
    this.#writes = writes;
    this.#undos = undos;
    this.#live = writes.findLive();
    this.#known = new Set(writes.writes.map((write) => write.seq));
  }

  async *checkKind(kind: FactKind, loggedCount: number): AsyncGenerator<string> {
    const log = new LogReader();
    let statedCount = 0;
    let factCount = 0;
    for await (const rows of this.#readFacts(kind)) {
      factCount += rows.length;
      const decoded = rows.map((row) => this.#decodeFact(kind, row));
      for (const one of decoded) if (typeof one === 'string') yield one;
      const kept = decoded.filter((one) => typeof one !== 'string');
      statedCount += countWrites(kept);
      yield* await this.#checkPage(kind, kept, log);
    }
    for await (const rows of this.#readFormers(kind)) {
      const kept = rows.map(decodeFormer);
      statedCount += countWrites(kept);
      yield* await this.#checkPage(kind, kept, log);
    }
    const [row] = await this.#read((transaction) => transaction.run(graphKindOf(kind).count));
    const others = (row?.[0] as number) - factCount;
    if (others !== 0) {
      yield `The graph holds ${others} ${graphShape[kind].label} that this program did not write: they have no id, or no write that states them.`;
    }
    if (statedCount !== loggedCount) {
      yield `The log has ${loggedCount} assertions of kind ${kind}, and the graph counts ${statedCount}.`;
    }
  }

  async *#readFacts(kind: FactKind): AsyncGenerator<Row[]> {
    const model = graphKindOf(kind);
    for (let after = ''; ; ) {
      const [row] = await this.#read((transaction) => transaction.run(model.findEnd, { after, skip: int(pageSize - 1) }));
      const end = row?.[0] as string | undefined;
      const parameters = { after, end: end ?? '', known: int(Number.MAX_SAFE_INTEGER) };
      yield await this.#read((transaction) => transaction.run(model.readRange(end === undefined, true), parameters));
      if (end === undefined) return;
      after = end;
    }
  }

  async *#readFormers(kind: FactKind): AsyncGenerator<Row[]> {
    for (let after = ''; ; ) {
      const rows = await this.#read((transaction) => transaction.run(readFormerPage, { kind, after, limit: int(pageSize) }));
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) return;
      after = (rows[rows.length - 1] as Row)[0] as string;
    }
  }

  async #checkPage(kind: FactKind, kept: readonly Kept[], log: LogReader): Promise<string[]> {
    if (kept.length === 0) return [];
    const logged = await this.#readLog(kind, kept, log);
    return kept.flatMap((one) => [...this.#checkFact(kind, one, logged.get(fromGraphKey(kind, one.graphKey)) ?? [])]);
  }

  /** Returns a sentence if the row lacks the properties of a fact of this program. */
  #decodeFact(kind: FactKind, row: Row): Kept | string {
    const model = graphKindOf(kind);
    const graphKey = row[0] as string;
    const write = model.rows.writeOf(row) as number | null;
    const touched = model.rows.touchedOf(row) as number | null;
    if (write === null || touched === null || !this.#known.has(write)) {
      return `${describeKey(kind, fromGraphKey(kind, graphKey))} was not written by this program: it has no write of its own.`;
    }
    const record = model.rows.decode(row, this.#writes);
    return { graphKey, touched, record, writes: record.said === null ? (record.writes ?? []) : [write] };
  }

  async #readLog(kind: FactKind, kept: readonly Kept[], log: LogReader): Promise<AssertionsByKey> {
    const wanted = new Map<number, string[]>();
    for (const { graphKey, writes } of kept) {
      for (const write of writes) {
        if (!this.#known.has(write)) continue;
        getOrInsert(wanted, write, () => []).push(graphKey);
      }
    }
    const found: AssertionsByKey = new Map();
    const logged = await this.#read((transaction) => log.find(transaction, kind, wanted));
    addLogged(kind, logged, this.#writes, found);
    return found;
  }

  *#checkFact(kind: FactKind, kept: Kept, all: readonly RecordedAssertion[]): Generator<string> {
    const key = fromGraphKey(kind, kept.graphKey);
    const { record } = kept;
    if (namedKinds.has(kind) && record !== undefined) this.#states.note(kind, key, record.fact);
    const name = describeKey(kind, key);
    if (all.length !== kept.writes.length) {
      yield `${name} has assertions of writes ${kept.writes.join(', ')} in the graph, and the log has ${all.length} of them.`;
      return;
    }
    const touched = all.reduce((latest, { write }) => Math.max(latest, write, this.#undos.get(write) ?? 0), 0);
    const expected = recordOf(all, this.#live, touched, this.#writes.fields);
    if (touched !== kept.touched) yield `${name} was last stated by event ${touched}, and the graph says ${kept.touched}.`;
    if (expected === undefined || record === undefined) {
      if (expected !== record)
        yield `${name} ${record === undefined ? 'is missing from' : 'should not be in'} the graph, according to the log.`;
      return;
    }
    if (!isSame(expected, record, this.#writes.fields)) yield `${name} differs from what its assertions in the log make it.`;
    for (const { message } of findFactFaults(kind, record.fact.values, this.#states)) yield `${name}: ${message}`;
  }
}

const readFormerPage = `MATCH (former:ExposureFormer) USING INDEX former:ExposureFormer(kind, key) WHERE former.kind = $kind AND former.key > $after
  RETURN former.key, former.writes, former.touched ORDER BY former.key LIMIT $limit`;

function countWrites(kept: readonly Kept[]): number {
  return kept.reduce((sum, one) => sum + one.writes.length, 0);
}

function decodeFormer(row: Row): Kept {
  const [graphKey, writes, touched] = row as unknown as [string, number[], number];
  return { graphKey, writes, touched, record: undefined };
}

/** Compares two records. Ignores fields that the field table no longer has. */
function isSame(expected: GraphRecord, record: GraphRecord, fields: StoredFields): boolean {
  const saidOf = ({ fact, said }: GraphRecord) => (said === null ? null : fields.fromStored(fact.kind, said));
  const [a, b] = [expected.fact.provenance, record.fact.provenance];
  return (
    areValuesEqual(expected.fact.values, record.fact.values) &&
    expected.write === record.write &&
    saidOf(expected) === saidOf(record) &&
    a.assertedAt === b.assertedAt &&
    a.file === b.file &&
    a.line === b.line &&
    a.source === b.source
  );
}
