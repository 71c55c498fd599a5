import type { Assertion, RecordedAssertion } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { recordAssertion } from '../../plan/source-key.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import type { ChunkHead } from '../log/log-reader.ts';
import { LogReader, readHeadsAfter } from '../log/log-reader.ts';
import type { WritePath } from '../write/write-path.ts';
import { type GraphRecord, recordOf } from './graph-record.ts';
import { toGraphKey } from './graph-shape.ts';
import type { Former } from './place-facts.ts';
import { newPlacement, placeFacts, putFormers } from './place-facts.ts';

const chunksAtOnce = 16;
const factsAtOnce = 5_000;

/**
 * Makes the graph of an empty store from its log. Writes each fact once.
 *
 * @param writes all events that are in the log, published or not
 * @param undos the number of a write -> the event that undid it
 * Complexity: linear in the assertions. Memory: the assertions of the chunks whose key ranges overlap at one key.
 */
export async function buildGraph(path: WritePath, writes: PublishedWrites, undos: ReadonlyMap<number, number>): Promise<void> {
  for (const kind of factKinds) await buildKind(path, writes, kind, undos);
}

async function buildKind(path: WritePath, writes: PublishedWrites, kind: FactKind, undos: ReadonlyMap<number, number>): Promise<void> {
  const live = writes.findLive();
  let created: GraphRecord[] = [];
  let formers: Former[] = [];
  const put = async () => {
    const [facts, others] = [created, formers];
    created = [];
    formers = [];
    await path.batch((transaction) =>
      Promise.all([
        placeFacts(transaction, kind, { ...newPlacement(), created: facts }, writes.lastEvent, []),
        putFormers(transaction, kind, others),
      ]),
    );
  };
  for await (const assertions of readByFact(path, writes, kind)) {
    const touched = assertions.reduce((latest, { write }) => Math.max(latest, write, undos.get(write) ?? 0), 0);
    const record = recordOf(assertions, live, touched, path.writes.fields);
    if (record !== undefined) created.push(record);
    else
      formers.push({
        key: toGraphKey(kind, (assertions[0] as RecordedAssertion).key),
        writes: assertions.map(({ write }) => write),
        touched,
      });
    if (created.length + formers.length >= factsAtOnce) await put();
  }
  if (created.length + formers.length > 0) await put();
  await path.settle();
}

/**
 * All assertions of each fact of a kind, in the order of their writes.
 *
 * Chunks are read in the order of their first keys: when one begins, all facts before its first key are complete.
 */
async function* readByFact(path: WritePath, writes: PublishedWrites, kind: FactKind): AsyncGenerator<readonly RecordedAssertion[]> {
  const log = new LogReader();
  const heads = (await path.read((transaction) => readHeadsAfter(transaction, kind, 0))).sort(byFirstKey);
  const begun = new Map<string, RecordedAssertion[]>();
  for (let start = 0; start < heads.length; start += chunksAtOnce) {
    const some = heads.slice(start, start + chunksAtOnce);
    const chunks = await path.read((transaction) => log.readChunks(transaction, kind, some));
    for (const [i, chunk] of chunks.entries()) {
      const { write } = some[i] as ChunkHead;
      for (const { assertion } of chunk) {
        const recorded = record(writes, write, assertion);
        getOrInsert(begun, assertion.key, () => []).push(recorded);
      }
    }
    const next = heads[start + chunksAtOnce]?.first;
    for (const [key, assertions] of begun) {
      if (next !== undefined && compareCodePoints(toGraphKey(kind, key), next) >= 0) continue;
      begun.delete(key);
      yield assertions.sort((a, b) => a.write - b.write);
    }
  }
}

function record(writes: PublishedWrites, write: number, assertion: Assertion): RecordedAssertion {
  const { sourceKey, importId, by } = writes.get(write);
  return recordAssertion(assertion, write, sourceKey, importId, by);
}

function byFirstKey(a: ChunkHead, b: ChunkHead): number {
  return compareCodePoints(a.first, b.first);
}
