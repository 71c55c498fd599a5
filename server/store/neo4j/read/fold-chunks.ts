import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedAssertion, RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { WriteLedger, WriteRecord } from '../../write-ledger.ts';
import { recordAssertion } from '../../write-ledger.ts';
import { OpenChunk } from '../log/assertion-log.ts';
import type { ChunkHead } from '../log/log-reader.ts';

const factsAPage = 4_096;
/** Assertions folded before the event loop has a turn: some milliseconds. */
const assertionsATurn = 1_024;

/** A chunk of the log is missing or damaged, or cannot be known to be sound. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

export interface PackedChunk {
  readonly head: ChunkHead;
  readonly packed: Int8Array | undefined;
}

/**
 * Folds facts of one kind from chunks of the log, in pages by graph key.
 *
 * Chunks are opened in the order of their first keys: all facts before the first key of the next one are complete.
 *
 * @param chunks in the order of `heads`
 * @param heads in the order of their first keys
 * Throws DamagedLog: the pages before are complete.
 * Complexity: O(a log w) for a assertions of w writes. Memory: the unpacked chunks that overlap, at most one of each write, and a page.
 */
export async function* foldChunks(
  kind: FactKind,
  chunks: AsyncIterable<PackedChunk>,
  heads: readonly ChunkHead[],
  writes: WriteLedger,
): AsyncGenerator<RecordedFact[]> {
  const open = new OpenChunks();
  let page: RecordedFact[] = [];
  let opened = 0;
  for await (const { head, packed } of chunks) {
    open.add(openChunk(kind, head, packed), writes.get(head.write));
    const end = heads[++opened]?.first;
    // Unpacking one takes some milliseconds.
    await nextTurn();
    for (let isMore = true; isMore; ) {
      isMore = foldSome(open, end, page);
      if (isMore) await nextTurn();
      if (page.length < factsAPage) continue;
      yield page;
      page = [];
    }
  }
  yield page;
}

/** Folds facts before a key into a page; undefined: up to the last. Returns whether there may be more. */
function foldSome(open: OpenChunks, end: string | undefined, page: RecordedFact[]): boolean {
  for (let count = 0; count < assertionsATurn; ) {
    const key = open.firstKey;
    if (key === undefined || (end !== undefined && compareCodePoints(key, end) >= 0)) return false;
    try {
      const assertions = open.takeFirst();
      count += assertions.length;
      const fact = foldAssertions(assertions);
      if (fact !== undefined) page.push(fact);
    } catch (error) {
      throw new DamagedLog('A chunk of the log holds assertions that cannot be read.', { cause: error });
    }
  }
  return true;
}

/** Opens a chunk that is whole: only then does no fact go missing. */
function openChunk(kind: FactKind, head: ChunkHead, packed: Int8Array | undefined): OpenChunk {
  const name = `Log chunk ${head.place} of write ${head.write} for kind ${kind}`;
  if (packed === undefined) throw new DamagedLog(`${name} is missing.`);
  let chunk: OpenChunk;
  let isAsStated: boolean;
  try {
    chunk = new OpenChunk(kind, packed);
    isAsStated = isOfHead(chunk, head);
  } catch (error) {
    throw new DamagedLog(`${name} is damaged.`, { cause: error });
  }
  if (!isAsStated) throw new DamagedLog(`${name} does not match its head.`);
  if (!chunk.hasChecksum) throw new DamagedLog(`${name} has no checksum, so damage would go unnoticed.`);
  return chunk;
}

/** Whether a chunk has the count and the ends of its head, and its keys are in order. */
function isOfHead(chunk: OpenChunk, { first, last, count }: ChunkHead): boolean {
  if (count === 0 || chunk.count !== count || chunk.graphKeyAt(0) !== first || chunk.graphKeyAt(count - 1) !== last) return false;
  for (let i = 1; i < count; i++) if (compareCodePoints(chunk.graphKeyAt(i - 1), chunk.graphKeyAt(i)) >= 0) return false;
  return true;
}

/** A place in a chunk. */
class Cursor {
  readonly #chunk: OpenChunk;
  readonly #write: WriteRecord;
  #at = 0;
  /** The graph key at this place. */
  key: string;

  constructor(chunk: OpenChunk, write: WriteRecord) {
    this.#chunk = chunk;
    this.#write = write;
    this.key = chunk.graphKeyAt(0);
  }

  readAssertion(): RecordedAssertion {
    const { seq, sourceKey, importId, by } = this.#write;
    return recordAssertion(this.#chunk.assertionAt(this.#at), seq, sourceKey, importId, by);
  }

  /** Returns whether there is another place. */
  advance(): boolean {
    this.#at++;
    if (this.#at === this.#chunk.count) return false;
    this.key = this.#chunk.graphKeyAt(this.#at);
    return true;
  }

  compareTo(other: Cursor): number {
    return compareCodePoints(this.key, other.key) || this.#write.seq - other.#write.seq;
  }
}

/**
 * The open chunks of one kind. Gives their assertions fact by fact in the order of graph keys, and those of a fact in the order of writes.
 * An assertion is made when its fact is taken.
 *
 * Its cursors are a binary heap. Complexity: O(log w) for each assertion while chunks of w writes are open.
 */
class OpenChunks {
  readonly #heap: Cursor[] = [];

  /** The least graph key that is not taken; undefined if all are. */
  get firstKey(): string | undefined {
    return this.#heap[0]?.key;
  }

  /** @param chunk has assertions, in the order of graph keys */
  add(chunk: OpenChunk, write: WriteRecord): void {
    const cursor = new Cursor(chunk, write);
    let place = this.#heap.push(cursor) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (cursor.compareTo(this.#heap[above] as Cursor) >= 0) break;
      this.#heap[place] = this.#heap[above] as Cursor;
      place = above;
    }
    this.#heap[place] = cursor;
  }

  /** Takes all assertions about the fact with the least key. */
  takeFirst(): RecordedAssertion[] {
    const taken: RecordedAssertion[] = [];
    const key = this.firstKey;
    for (let first = this.#heap[0]; first !== undefined && first.key === key; first = this.#heap[0]) {
      taken.push(first.readAssertion());
      if (first.advance()) this.#sink(first);
      else this.#dropFirst();
    }
    return taken;
  }

  #dropFirst(): void {
    const last = this.#heap.pop() as Cursor;
    if (this.#heap.length > 0) this.#sink(last);
  }

  /** Puts a cursor in the place of the first one, and moves it down to its own. */
  #sink(cursor: Cursor): void {
    const heap = this.#heap;
    let place = 0;
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      const other = below + 1;
      if (other < heap.length && (heap[other] as Cursor).compareTo(heap[below] as Cursor) < 0) below = other;
      if (cursor.compareTo(heap[below] as Cursor) <= 0) break;
      heap[place] = heap[below] as Cursor;
      place = below;
    }
    heap[place] = cursor;
  }
}
