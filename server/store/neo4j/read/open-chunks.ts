import type { RecordedAssertion } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import { recordAssertion } from '../../plan/source-key.ts';
import type { WriteRecord } from '../../write-ledger.ts';
import type { OpenChunk } from '../log/assertion-log.ts';

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
export class OpenChunks {
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
