import type { RecordedFact } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { readHeadsUpTo, readPacked } from '../log/log-reader.ts';
import type { PackedChunk } from './fold-chunks.ts';
import { foldChunks } from './fold-chunks.ts';
import type { Snapshot } from './snapshot.ts';

/** Half a megabyte in one answer. The server reads the next one meanwhile. */
const chunksAtOnce = 32;
const answersAhead = 2;

/** The chunks of the log that a snapshot's facts are made of, by kind; undefined if the log does not have all of them, with their heads. */
export async function findLog(snapshot: Snapshot): Promise<ReadonlyMap<FactKind, readonly ChunkHead[]> | undefined> {
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
  return isWhole ? byKind : undefined;
}

/**
 * Folds all facts of one kind from the log, in pages by graph key.
 *
 * A published write never changes its part of the log. So the pages show one event, whatever others write meanwhile.
 *
 * @param heads the chunks of the kind, as `findLog` returns them
 * Throws DamagedLog: the pages before are complete.
 */
export function readLoggedFacts(snapshot: Snapshot, kind: FactKind, heads: readonly ChunkHead[]): AsyncGenerator<RecordedFact[]> {
  const inOrder = [...heads].sort((a, b) => compareCodePoints(a.first, b.first));
  return foldChunks(kind, readChunks(snapshot, kind, inOrder), inOrder, snapshot.writes);
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
