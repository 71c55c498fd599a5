import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Transaction } from '../connection/connection.ts';
import { toGraphKey } from '../graph/graph-shape.ts';
import type { LoggedAssertion } from './assertion-log.ts';
import { unpackChunk } from './assertion-log.ts';

/** A chunk of the log without its assertions. `first` and `last` are graph keys. */
export interface ChunkHead {
  readonly write: number;
  readonly place: number;
  readonly first: string;
  readonly last: string;
  readonly changed: number;
  readonly count: number;
}

/** Graph key -> the assertions of the fact, in the order of its writes. */
export type LoggedByKey = Map<string, { readonly write: number; readonly logged: LoggedAssertion }[]>;

/** The size of the cache of unpacked chunks. Look-ups in key order need the same chunks again. */
const maxChunks = 64;
const chunksAtOnce = 32;
const headColumns = 'chunk.write, chunk.place, chunk.first, chunk.last, chunk.changed, chunk.count';

/**
 * Finds assertions in the log by write, kind and graph key. It caches chunks, so use one reader per task.
 *
 * The reader itself selects the chunks that may hold a key, because Neo4j would compare their ends by UTF-16.
 */
export class LogReader {
  readonly #heads = new Map<string, readonly ChunkHead[]>();
  readonly #chunks = new Map<string, readonly LoggedAssertion[]>();

  /** The chunks of a write about a kind, by key. */
  async readHeads(transaction: Transaction, kind: FactKind, write: number): Promise<readonly ChunkHead[]> {
    await this.#loadHeads(transaction, kind, [write]);
    return this.#heads.get(`${kind} ${write}`) as readonly ChunkHead[];
  }

  /** The same of several writes, by their numbers. */
  async readHeadsOf(
    transaction: Transaction,
    kind: FactKind,
    writes: readonly number[],
  ): Promise<ReadonlyMap<number, readonly ChunkHead[]>> {
    await this.#loadHeads(transaction, kind, writes);
    return new Map(writes.map((write) => [write, this.#heads.get(`${kind} ${write}`) as readonly ChunkHead[]]));
  }

  /**
   * The assertions of writes about facts. Keys that a write does not mention are absent.
   *
   * @param wanted by write: graph keys in code points
   */
  async find(transaction: Transaction, kind: FactKind, wanted: ReadonlyMap<number, readonly string[]>): Promise<LoggedByKey> {
    const found: LoggedByKey = new Map();
    const writes = [...wanted.keys()].sort((a, b) => a - b);
    await this.#loadHeads(transaction, kind, writes);
    const needed = writes.flatMap((write) =>
      findHeads(this.#heads.get(`${kind} ${write}`) as readonly ChunkHead[], wanted.get(write) as readonly string[]),
    );
    const sets = new Map<readonly string[], ReadonlySet<string>>();
    for (let start = 0; start < needed.length; start += chunksAtOnce) {
      const some = needed.slice(start, start + chunksAtOnce);
      const chunks = await this.readChunks(transaction, kind, some);
      for (const [i, chunk] of chunks.entries()) {
        const { write } = some[i] as ChunkHead;
        const ofWrite = wanted.get(write) as readonly string[];
        const keys = sets.get(ofWrite) ?? new Set(ofWrite);
        sets.set(ofWrite, keys);
        for (const logged of chunk) {
          const key = toGraphKey(kind, logged.assertion.key);
          if (!keys.has(key)) continue;
          getOrInsert(found, key, () => []).push({ write, logged });
        }
      }
    }
    return found;
  }

  /** The assertions of these chunks, each chunk's by key. */
  async readChunks(transaction: Transaction, kind: FactKind, heads: readonly ChunkHead[]): Promise<(readonly LoggedAssertion[])[]> {
    const missing = heads.filter((head) => !this.#chunks.has(nameOf(kind, head)));
    const read = new Map<string, readonly LoggedAssertion[]>();
    if (missing.length > 0) {
      const packed = await readPacked(transaction, kind, missing);
      for (const [i, head] of missing.entries()) {
        const bytes = packed[i];
        if (bytes !== undefined) read.set(nameOf(kind, head), unpackChunk(kind, bytes));
      }
    }
    const chunks = heads.map((head) => {
      const name = nameOf(kind, head);
      return this.#chunks.get(name) ?? read.get(name) ?? [];
    });
    for (const [name, chunk] of read) this.#remember(name, chunk);
    return chunks;
  }

  async #loadHeads(transaction: Transaction, kind: FactKind, writes: readonly number[]): Promise<void> {
    const unknown = writes.filter((write) => !this.#heads.has(`${kind} ${write}`));
    if (unknown.length === 0) return;
    const rows = await transaction.run(
      `UNWIND $writes AS write MATCH (chunk:ExposureAssertions) WHERE chunk.write = write AND chunk.kind = $kind AND chunk.place >= 0 RETURN ${headColumns}`,
      { kind, writes: unknown.map((write) => int(write)) },
    );
    const byWrite = new Map<number, ChunkHead[]>(unknown.map((write) => [write, []]));
    for (const head of rows.map(toHead)) byWrite.get(head.write)?.push(head);
    for (const [write, heads] of byWrite) this.#heads.set(`${kind} ${write}`, heads.sort(byPlace));
  }

  #remember(name: string, chunk: readonly LoggedAssertion[]): void {
    if (this.#chunks.size >= maxChunks) this.#chunks.delete(this.#chunks.keys().next().value as string);
    this.#chunks.set(name, chunk);
  }
}

/** The packed bytes of these chunks; undefined for one that the log does not have. */
export async function readPacked(
  transaction: Transaction,
  kind: FactKind,
  heads: readonly Pick<ChunkHead, 'write' | 'place'>[],
): Promise<(Int8Array | undefined)[]> {
  const rows = await transaction.run(
    `UNWIND range(0, size($wanted) - 1) AS i
     MATCH (chunk:ExposureAssertions {write: $wanted[i][0], kind: $kind, place: $wanted[i][1]}) RETURN i, chunk.packed`,
    { kind, wanted: heads.map(({ write, place }) => [int(write), int(place)]) },
  );
  const packed = new Array<Int8Array | undefined>(heads.length);
  for (const [i, bytes] of rows as unknown as [number, Int8Array][]) packed[i] = bytes;
  return packed;
}

/** The chunks of all events up to `event`, by kind. */
export async function readHeadsUpTo(transaction: Transaction, event: number): Promise<ReadonlyMap<FactKind, readonly ChunkHead[]>> {
  const rows = await transaction.run(
    `MATCH (chunk:ExposureAssertions) USING INDEX chunk:ExposureAssertions(write, kind, place)
     WHERE chunk.write <= $event AND chunk.kind IS NOT NULL AND chunk.place IS NOT NULL RETURN chunk.kind, ${headColumns}`,
    { event: int(event) },
  );
  const byKind = new Map<FactKind, ChunkHead[]>();
  for (const [kind, ...head] of rows) getOrInsert(byKind, kind as FactKind, () => []).push(toHead(head));
  return byKind;
}

/** The chunks about a kind from events after `event`, published or not, by write and place. */
export async function readHeadsAfter(transaction: Transaction, kind: FactKind, event: number): Promise<ChunkHead[]> {
  const rows = await transaction.run(
    `MATCH (chunk:ExposureAssertions) USING INDEX chunk:ExposureAssertions(write, kind, place)
     WHERE chunk.write > $event AND chunk.kind = $kind AND chunk.place >= 0 RETURN ${headColumns}`,
    { kind, event: int(event) },
  );
  return rows.map(toHead).sort((a, b) => a.write - b.write || byPlace(a, b));
}

function toHead(row: readonly unknown[]): ChunkHead {
  const [write, place, first, last, changed, count] = row as [number, number, string, string, number, number];
  return { write, place, first, last, changed, count };
}

function byPlace(a: ChunkHead, b: ChunkHead): number {
  return a.place - b.place;
}

function nameOf(kind: FactKind, { write, place }: Pick<ChunkHead, 'write' | 'place'>): string {
  return `${kind} ${write} ${place}`;
}

/** The chunks of one write that may hold some of the keys; both by key. Complexity: O(a log b) for a of the shorter and b of the longer list. */
function findHeads(heads: readonly ChunkHead[], keys: readonly string[]): ChunkHead[] {
  if (keys.length >= heads.length) {
    return heads.filter((head) => {
      const key = keys[findPlace(keys.length, (i) => compareCodePoints(keys[i] as string, head.first) >= 0)];
      return key !== undefined && compareCodePoints(key, head.last) <= 0;
    });
  }
  const found = new Set<ChunkHead>();
  for (const key of keys) {
    const head = heads[findPlace(heads.length, (i) => compareCodePoints((heads[i] as ChunkHead).last, key) >= 0)];
    if (head !== undefined && compareCodePoints(head.first, key) <= 0) found.add(head);
  }
  return [...found];
}

/** The first place below `count` for which `isFound` is true; else `count`. `isFound` must stay true for all later places. */
function findPlace(count: number, isFound: (place: number) => boolean): number {
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isFound(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
