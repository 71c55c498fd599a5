import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { ChangedPage, ChangeReader, FactBatch, FactStream, KeysByKind, KnownAt, NamerScope } from '../../fact-store.ts';
import { uniteKeys } from '../../unite-keys.ts';
import type { Connection } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import { OpenChunk } from '../log/assertion-log.ts';
import { readChangedKeys, readChangesBack } from '../log/history.ts';
import { Neo4jLedger } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { readHeadsUpTo, readPacked } from '../log/log-reader.ts';
import type { PackedChunk } from './fold-chunks.ts';
import { DamagedLog, foldChunks } from './fold-chunks.ts';
import type { Snapshot } from './snapshot.ts';
import { Snapshots } from './snapshot.ts';

/** Reads the facts of a database that has a store. */
export class Neo4jReader implements ChangeReader {
  readonly kind = 'neo4j';
  readonly ledger = new Neo4jLedger();
  readonly snapshots: Snapshots;

  constructor(connection: Connection) {
    this.snapshots = new Snapshots(connection, this.ledger);
  }

  readRevision(): Promise<number> {
    return this.snapshots.readRevision();
  }

  readFacts(at?: KnownAt, kinds?: readonly FactKind[]): FactStream {
    return new Neo4jFactStream(this.snapshots, at, { ...(kinds && { kinds }) });
  }

  async readFactsByKey(kind: FactKind, keys: readonly string[], at?: KnownAt): Promise<RecordedFact[]> {
    const snapshot = await this.snapshots.open(at);
    const facts = await snapshot.readByKeys(kind, keys);
    return keys.flatMap((key) => facts.get(key) ?? []);
  }

  async readChangedKeys(revision: number, limit: number): Promise<KeysByKind | undefined> {
    return readChangedKeys(await this.snapshots.open(), revision, limit);
  }

  async readNamers({ kind, keys, namers = factKinds, revision, limit }: NamerScope): Promise<KeysByKind | undefined> {
    const snapshot = await this.snapshots.open();
    // The graph shows the facts of now. One that named another fact at the revision has changed since.
    const changed = await readChangedKeys(snapshot, revision, limit);
    if (changed === undefined) return undefined;
    const now = new Map<FactKind, string[]>();
    for (const namer of namers) now.set(namer, await snapshot.readNamers(namer, kind, keys));
    return uniteKeys(now, changed, limit);
  }

  async *readChangesBack(since: number, until: number): AsyncGenerator<ChangedPage> {
    yield* readChangesBack(await this.snapshots.open(), since, until);
  }
}

const listsAtOnce = 64;
/** The server reads one page while another is in transit. */
const pagesAtOnce = 2;

interface FactStreamOptions {
  /** Facts in one page of the graph: more are read faster, fewer take less memory. Default 10,000. */
  readonly factsAtOnce?: number;
  /** The log of a kind is read if it has at most this many assertions a fact. Default 3: with more, the graph is read sooner. */
  readonly assertionsAFact?: number;
  /** Only these, in the order of `factKinds`. Default: all. */
  readonly kinds?: readonly FactKind[];
}

/**
 * Streams all facts of one snapshot, page by page. It reads the log, which is packed and takes the server a tenth of the time. Only where
 * the log states each fact several times over, or is damaged, it reads the graph. Both give the same facts in the same order.
 */
export class Neo4jFactStream implements FactStream {
  readonly #snapshots: Snapshots;
  readonly #at: KnownAt | undefined;
  readonly #options: Required<FactStreamOptions>;
  #revision: number | undefined;

  constructor(
    snapshots: Snapshots,
    at: KnownAt | undefined,
    { factsAtOnce = 10_000, assertionsAFact = 3, kinds = factKinds }: FactStreamOptions = {},
  ) {
    this.#snapshots = snapshots;
    this.#at = at;
    this.#options = { factsAtOnce, assertionsAFact, kinds };
  }

  get revision(): number {
    if (this.#revision === undefined) throw new Error('The revision of a stream of facts is known once its first batch is.');
    return this.#revision;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FactBatch> {
    const snapshot = await this.#snapshots.open(this.#at);
    this.#revision = snapshot.revision;
    const log = await findLog(snapshot);
    for (const kind of this.#options.kinds) {
      for await (const facts of this.#readKind(snapshot, kind, log && (log.get(kind) ?? []))) if (facts.length > 0) yield { kind, facts };
    }
  }

  async *#readKind(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[] | undefined): AsyncGenerator<RecordedFact[]> {
    let after = '';
    // The log is whole: no write states a fact of this kind.
    if (heads?.length === 0) return;
    if (heads !== undefined && (await this.#isShort(snapshot, kind, heads))) {
      try {
        for await (const facts of readLoggedFacts(snapshot, kind, heads)) {
          yield facts;
          const last = facts.at(-1);
          if (last !== undefined) after = toGraphKey(kind, last.key);
        }
        return;
      } catch (error) {
        if (!(error instanceof DamagedLog)) throw error;
      }
    }
    // A list of software has megabytes in one property.
    const most = kind === 'SOFTWARE_LIST' ? listsAtOnce : this.#options.factsAtOnce;
    yield* readPages(snapshot, kind, Math.min(most, this.#options.factsAtOnce), after);
  }

  /** Whether the log of a kind is short, beside the facts in the graph. */
  async #isShort(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): Promise<boolean> {
    const assertions = heads.reduce((sum, { count }) => sum + count, 0);
    const [row] = await snapshot.read((transaction) => transaction.run(graphKindOf(kind).count));
    return assertions <= this.#options.assertionsAFact * (row?.[0] as number);
  }
}

/** Asks for the end of each page first, which the index alone answers, so that the next page need not wait for this one. */
async function* readPages(snapshot: Snapshot, kind: FactKind, factsAtOnce: number, start: string): AsyncGenerator<RecordedFact[]> {
  const pages: Promise<RecordedFact[]>[] = [];
  let after: string | undefined = start;
  while (after !== undefined || pages.length > 0) {
    while (after !== undefined && pages.length < pagesAtOnce) {
      const end: string | undefined = await snapshot.findEnd(kind, after, factsAtOnce);
      const page = snapshot.readRange(kind, { after, end });
      // A caller that stops early, or fails at another page, never awaits this one: its failure must not count as unhandled.
      page.catch(() => undefined);
      pages.push(page);
      after = end;
    }
    yield (await pages.shift()) as RecordedFact[];
  }
}

/** Half a megabyte in one answer. The server reads the next one meanwhile. */
const chunksAtOnce = 32;
const prefetchedAnswers = 2;

/**
 * The chunks of the log that a snapshot's facts are made of, by kind; undefined if the log does not have all of them, with their heads.
 *
 * A head of another kind would hide facts of its own kind, which no chunk misses. It leaves a gap among the places of its kind, unless it
 * was the last one. So the places are checked, and the last chunk of each write and kind is opened.
 */
async function findLog(snapshot: Snapshot): Promise<ReadonlyMap<FactKind, readonly ChunkHead[]> | undefined> {
  const isLive = (write: number) => snapshot.live[write] === 1;
  const heads = await snapshot.read((transaction) => readHeadsUpTo(transaction, snapshot.event));
  for (const [kind, ofKind] of heads) {
    if (!factKinds.includes(kind) || ofKind.some(({ first }) => typeof first !== 'string')) return undefined;
  }
  const byKind = new Map([...heads].map(([kind, ofKind]) => [kind, ofKind.filter(({ write }) => isLive(write))]));
  const counts = new Map<number, number>();
  for (const ofKind of byKind.values()) for (const { write, count } of ofKind) counts.set(write, (counts.get(write) ?? 0) + count);
  const isWhole = snapshot.writes.writes.every(
    ({ seq, created, updated, unchanged, retracted }) =>
      !isLive(seq) || (counts.get(seq) ?? 0) === created + updated + unchanged + retracted,
  );
  if (!isWhole) return undefined;
  for (const [kind, ofKind] of byKind) {
    const lasts = findLasts(ofKind);
    if (lasts === undefined || !(await areOfKind(snapshot, kind, lasts))) return undefined;
  }
  return byKind;
}

/** The last chunk of each write; undefined if a write has not all places from 0 on. */
function findLasts(heads: readonly ChunkHead[]): ChunkHead[] | undefined {
  const lasts = new Map<number, ChunkHead>();
  const counts = new Map<number, number>();
  for (const head of heads) {
    counts.set(head.write, (counts.get(head.write) ?? 0) + 1);
    if (head.place > (lasts.get(head.write)?.place ?? -Infinity)) lasts.set(head.write, head);
  }
  // Places are unique. So there are as many as the last one says only if none is missing.
  const found = [...lasts.values()];
  return found.every(({ write, place }) => counts.get(write) === place + 1) ? found : undefined;
}

/** Whether chunks can be opened as chunks of a kind. */
async function areOfKind(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): Promise<boolean> {
  for await (const { packed } of readChunks(snapshot, kind, heads)) {
    try {
      new OpenChunk(kind, packed as Int8Array);
    } catch {
      return false;
    }
    // Opening one takes up to some milliseconds.
    await nextTurn();
  }
  return true;
}

/**
 * Folds all facts of one kind from the log, in pages by graph key.
 *
 * A published write never changes its part of the log. So the pages show one event, whatever others write meanwhile.
 *
 * @param heads the chunks of the kind, as `findLog` returns them
 * Throws DamagedLog: the pages before are complete.
 */
function readLoggedFacts(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): AsyncGenerator<RecordedFact[]> {
  const inOrder = [...heads].sort((a, b) => compareCodePoints(a.first, b.first));
  return foldChunks(kind, readChunks(snapshot, kind, inOrder), inOrder, snapshot.writes);
}

async function* readChunks(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): AsyncGenerator<PackedChunk> {
  const answers: Promise<PackedChunk[]>[] = [];
  for (let start = 0; start < heads.length || answers.length > 0; ) {
    for (; start < heads.length && answers.length < prefetchedAnswers; start += chunksAtOnce) {
      const some = heads.slice(start, start + chunksAtOnce);
      const answer = snapshot
        .read((transaction) => readPacked(transaction, kind, some))
        .then((packed) => some.map((head, i) => ({ head, packed: packed[i] })));
      // A caller that stops early, or fails at another answer, never awaits this one: its failure must not count as unhandled.
      answer.catch(() => undefined);
      answers.push(answer);
    }
    yield* (await answers.shift()) as PackedChunk[];
  }
}
