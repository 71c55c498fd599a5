import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import { doesWriteRaise } from '../../../rules/revision.ts';
import type { VerifyScope } from '../../fact-store.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import type { Neo4jLedger, PublishedWrites } from '../log/ledger.ts';
import type { Head } from '../write/head.ts';
import { readHead } from '../write/head.ts';
import { checkFacts } from './verify-facts.ts';
import { sampleLog, tallyLog } from './verify-log.ts';

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
