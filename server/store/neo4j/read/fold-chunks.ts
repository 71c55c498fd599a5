import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { OpenChunk } from '../log/assertion-log.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { OpenChunks } from './open-chunks.ts';

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
