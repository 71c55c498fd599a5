import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { Marker } from '../write/write-lock.ts';
import { readMarker } from '../write/write-lock.ts';
import { checkFacts } from './verify-facts.ts';
import { tallyLog } from './verify-log.ts';

/** More of the same tells nobody more. */
const maxSentences = 100;
/** Whoever writes meanwhile makes a check worthless; so often it is made again. */
const maxAttempts = 3;

/** What is wrong with the record of writes, with log and graph, and with the facts (semantics §1); empty where nothing is. */
export async function verifyStore(connection: Connection, ledger: Neo4jLedger): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const before = await readState(connection, ledger);
    if (typeof before === 'string') return [before];
    const sentences: string[] = [];
    for await (const sentence of checkStore(connection, before)) {
      sentences.push(sentence);
      if (sentences.length < maxSentences) continue;
      sentences.push('There is more of it; the rest was not looked at.');
      break;
    }
    if (sentences.length === 0) return [];
    const after = await readState(connection, ledger);
    const isSame = typeof after !== 'string' && after.marker.seq === before.marker.seq && !isBeingStaged(after.marker);
    if (isSame && !isBeingStaged(before.marker)) return sentences;
    if (attempt === maxAttempts) return ['The store was written to all the while. Verify it again when nobody writes.'];
  }
}

interface StoreState {
  readonly marker: Marker;
  readonly writes: PublishedWrites;
}

function isBeingStaged({ staging }: Marker): boolean {
  return staging !== null && staging.leaseLeftMs > 0;
}

/** @returns a sentence where there is no store */
async function readState(connection: Connection, ledger: Neo4jLedger): Promise<StoreState | string> {
  try {
    return await connection.read(
      async (transaction) => {
        const writes = await ledger.refresh(transaction);
        return { writes, marker: await readMarker(transaction) };
      },
      { fresh: true, timeoutMs: batchTimeoutMs },
    );
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'STORE_DAMAGED') return error.message;
    throw error;
  }
}

async function* checkStore(connection: Connection, { marker, writes }: StoreState): AsyncGenerator<string> {
  const read = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    connection.read(work, { fresh: true, timeoutMs: batchTimeoutMs });
  yield* checkMarker(marker, writes);
  yield* await read((transaction) => findLeftovers(transaction, marker));
  const tally = await read((transaction) => tallyLog(transaction, writes));
  yield* tally.sentences;
  yield* checkWrites(writes, tally.effects);
  yield* checkFacts(read, writes, tally.counts);
}

function* checkMarker(marker: Marker, writes: PublishedWrites): Generator<string> {
  const latest = writes.findRevision();
  if (marker.revision !== latest) yield `The store says revision ${marker.revision}, and its writes come to revision ${latest}.`;
  if (marker.seq !== writes.lastEvent) yield `The store says that event ${marker.seq} was the last, and it was ${writes.lastEvent}.`;
  const { staging } = marker;
  if (staging !== null && staging.leaseLeftMs <= 0) {
    yield `A large write that ${staging.by} began at ${new Date(staging.since).toISOString()} was broken off. The next write puts that right.`;
  }
}

async function findLeftovers(transaction: Transaction, { seq, staging }: Marker): Promise<string[]> {
  if (staging !== null) return [];
  const parameters = { seq: int(seq) };
  const [[events], [chunks]] = (await Promise.all([
    transaction.run('MATCH (event:ExposureWrite) WHERE event.seq > $seq RETURN count(*)', parameters),
    transaction.run('MATCH (chunk:ExposureAssertions) WHERE chunk.write > $seq RETURN count(*)', parameters),
  ])) as unknown as [[[number]], [[number]]];
  return events[0] + chunks[0] === 0
    ? []
    : [`There are ${events[0]} events and ${chunks[0]} pieces of the log after event ${seq}, which is the last that was published.`];
}

function* checkWrites(writes: PublishedWrites, effects: ReadonlyMap<number, readonly number[]>): Generator<string> {
  let before = 0;
  for (const write of writes.writes) {
    const { seq, unchanged, created, updated, retracted } = write;
    const tally = effects.get(seq) ?? [0, 0, 0, 0];
    const stated = [unchanged, created, updated, retracted];
    if (stated.some((count, i) => count !== tally[i])) {
      yield `Write ${seq} of ${write.by} states ${stated.join('/')} assertions (unchanged/created/updated/retracted), and ${tally.join('/')} are there.`;
    }
    if (write.revision < before || (doesWriteRaise(write) && write.revision === before))
      yield `Write ${seq} goes back behind revision ${before}.`;
    before = write.revision;
  }
}
