import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecordedAssertion, RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { recordAssertion } from '../../plan/source-key.ts';
import type { WriteRecord } from '../../write-ledger.ts';
import { OpenChunk } from '../log/assertion-log.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { readHeadsUpTo, readPacked } from '../log/log-reader.ts';
import type { Snapshot } from './snapshot.ts';

/** Half a megabyte in one answer. The server reads the next one meanwhile. */
const chunksAtOnce = 32;
const answersAhead = 2;
/** At most some 4,000 assertions. */
const chunksAPage = 8;

/** A chunk of the log is missing or damaged. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

/** The chunks of the log that a snapshot's facts are made of, by kind; undefined if the log does not have all of them. */
export async function findLog(snapshot: Snapshot): Promise<ReadonlyMap<FactKind, readonly ChunkHead[]> | undefined> {
  const isLive = (write: number) => snapshot.live[write] === 1;
  const heads = await snapshot.read((transaction) => readHeadsUpTo(transaction, snapshot.event));
  const byKind = new Map([...heads].map(([kind, ofKind]) => [kind, ofKind.filter(({ write }) => isLive(write))]));
  const counts = new Map<number, number>();
  for (const ofKind of byKind.values()) for (const { write, count } of ofKind) counts.set(write, (counts.get(write) ?? 0) + count);
  const isWhole = snapshot.writes.writes.every(
    ({ seq, created, updated, unchanged, retracted }) =>
      !isLive(seq) || (counts.get(seq) ?? 0) === created + updated + unchanged + retracted,
  );
  return isWhole ? byKind : undefined;
}

/**
 * Folds all facts of one kind from the log, in pages by graph key.
 *
 * A published write never changes its part of the log. So the pages show one event, whatever others write meanwhile. Chunks are read in
 * the order of their first keys: when one begins, all facts before its first key are complete.
 *
 * @param heads the chunks of the kind, as `findLog` returns them
 * Throws DamagedLog: the pages before are complete.
 * Complexity: O(a log w) for a assertions of w writes. Memory: one chunk of each write.
 */
export async function* readLoggedFacts(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): AsyncGenerator<RecordedFact[]> {
  const inOrder = [...heads].sort((a, b) => compareCodePoints(a.first, b.first));
  let begun = new BegunFacts();
  let read = 0;
  for await (const { head, packed } of readChunks(snapshot, kind, inOrder)) {
    begun.add(openChunk(kind, head, packed), snapshot.writes.get(head.write));
    read++;
    // Unpacking one takes some milliseconds.
    await nextTurn();
    if (read % chunksAPage !== 0 && read < inOrder.length) continue;
    const { facts, rest } = begun.foldBefore(inOrder[read]?.first);
    begun = rest;
    yield facts;
  }
}

function openChunk(kind: FactKind, { write, place }: ChunkHead, packed: Int8Array | undefined): OpenChunk {
  if (packed === undefined) throw new DamagedLog(`Log chunk ${place} of write ${write} for kind ${kind} is missing.`);
  try {
    return new OpenChunk(kind, packed);
  } catch (error) {
    throw new DamagedLog(`Log chunk ${place} of write ${write} for kind ${kind} is damaged.`, { cause: error });
  }
}

/** Assertions about facts of one kind, some of which may have further ones in later chunks. */
class BegunFacts {
  readonly #keys: string[] = [];
  readonly #assertions: RecordedAssertion[] = [];
  /** Whether they are by graph key, and those of a fact in the order of their writes. */
  #isInOrder = true;

  add(chunk: OpenChunk, { seq, sourceKey, importId, by }: WriteRecord): void {
    for (let i = 0; i < chunk.count; i++) {
      this.#push(chunk.graphKeyAt(i), recordAssertion(chunk.assertionAt(i), seq, sourceKey, importId, by));
    }
  }

  /** Folds the facts before a key, by graph key; undefined: all. */
  foldBefore(next: string | undefined): { readonly facts: RecordedFact[]; readonly rest: BegunFacts } {
    const keys = this.#keys;
    const order = this.#isInOrder ? undefined : this.#sort();
    const at = (place: number): number => (order === undefined ? place : (order[place] as number));
    const facts: RecordedFact[] = [];
    const rest = new BegunFacts();
    for (let place = 0; place < keys.length; ) {
      const key = keys[at(place)] as string;
      const assertions: RecordedAssertion[] = [];
      for (; place < keys.length && keys[at(place)] === key; place++) assertions.push(this.#assertions[at(place)] as RecordedAssertion);
      if (next !== undefined && compareCodePoints(key, next) >= 0) {
        for (const assertion of assertions) rest.#push(key, assertion);
        continue;
      }
      const fact = foldAssertions(assertions);
      if (fact !== undefined) facts.push(fact);
    }
    return { facts, rest };
  }

  #push(key: string, assertion: RecordedAssertion): void {
    const last = this.#keys.at(-1);
    if (last !== undefined && this.#isInOrder) {
      const order = compareCodePoints(last, key);
      this.#isInOrder = order < 0 || (order === 0 && (this.#assertions.at(-1) as RecordedAssertion).write < assertion.write);
    }
    this.#keys.push(key);
    this.#assertions.push(assertion);
  }

  #sort(): number[] {
    const keys = this.#keys;
    const write = (i: number) => (this.#assertions[i] as RecordedAssertion).write;
    return Array.from(keys.keys()).sort((a, b) => compareCodePoints(keys[a] as string, keys[b] as string) || write(a) - write(b));
  }
}

interface PackedChunk {
  readonly head: ChunkHead;
  readonly packed: Int8Array | undefined;
}

async function* readChunks(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): AsyncGenerator<PackedChunk> {
  const answers: Promise<PackedChunk[]>[] = [];
  for (let start = 0; start < heads.length || answers.length > 0; ) {
    for (; start < heads.length && answers.length < answersAhead; start += chunksAtOnce) {
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
