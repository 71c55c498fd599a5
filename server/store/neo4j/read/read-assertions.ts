import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FactValue, RecordedAssertion } from '../../../domain/assertions.ts';
import { compareCodePoints } from '../../../domain/compare.ts';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Asking, PriorAnswer, PriorQuestion } from '../../plan/prior-questions.ts';
import { chunkSize } from '../../plan/prior-questions.ts';
import type { WriteRecord } from '../../write-ledger.ts';
import { recordAssertion } from '../../write-ledger.ts';
import type { Row, Transaction } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { fromGraphKey, graphShape, toGraphKey } from '../graph/graph-shape.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import type { LoggedByKey } from '../log/log-reader.ts';
import { LogReader } from '../log/log-reader.ts';

/** Assertions of facts in the order of their writes, by key. Keys without any are absent. */
export type AssertionsByKey = Map<string, RecordedAssertion[]>;

/**
 * The assertions of these facts by live writes. A fact with one assertion is read from its node, others from the log.
 *
 * Exact only while the caller holds the lock.
 *
 * @param live 1 for each write that is in force, by its number; writes after the end of the ledger are not
 */
export async function readAssertions(
  transaction: Transaction,
  log: LogReader,
  kind: FactKind,
  keys: readonly string[],
  writes: PublishedWrites,
  live: Uint8Array,
): Promise<AssertionsByKey> {
  const found: AssertionsByKey = new Map();
  if (keys.length === 0) return found;
  const [[isInGraph], [isFormer]] = (await Promise.all([
    transaction.run(graphKindOf(kind).count),
    transaction.run(hasFormers, { kind }),
  ])) as unknown as [[[number]], [[boolean]]];
  const graphKeys = keys.map((key) => toGraphKey(kind, key));
  const rows = isInGraph[0] > 0 ? await transaction.run(graphKindOf(kind).readByKeys, { keys: graphKeys }) : [];
  const wanted = new WantedKeys(live);
  for (const row of rows) collectRow(kind, row, writes, live, found, wanted);
  if (isFormer[0] && rows.length < keys.length) {
    const inGraph = new Set(rows.map((row) => row[0] as string));
    const absent = graphKeys.filter((key) => !inGraph.has(key));
    for (const [key, of] of await transaction.run(readFormers, { kind, keys: absent })) wanted.add(key as string, of as number[]);
  }
  addLogged(kind, await log.find(transaction, kind, wanted.sort()), writes, found);
  return found;
}

const hasFormers =
  "RETURN EXISTS { MATCH (former:ExposureFormer) USING INDEX former:ExposureFormer(kind, key) WHERE former.kind = $kind AND former.key >= '' }";
export const readFormers = 'UNWIND $keys AS key MATCH (former:ExposureFormer {kind: $kind, key: key}) RETURN key, former.writes';

/** Collects the graph keys to look up in the log, by the live writes that state them. */
export class WantedKeys {
  readonly #byWrite = new Map<number, string[]>();
  readonly #live: Uint8Array;

  constructor(live: Uint8Array) {
    this.#live = live;
  }

  add(key: string, writes: readonly number[]): void {
    for (const write of writes) {
      if (this.#live[write] !== 1) continue;
      getOrInsert(this.#byWrite, write, () => []).push(key);
    }
  }

  /** Adds keys to every live write: any of them may state these. */
  addToAll(keys: Iterable<string>, writes: readonly WriteRecord[]): void {
    const shared = [...keys];
    if (shared.length === 0) return;
    for (const { seq } of writes) {
      if (this.#live[seq] !== 1) continue;
      const own = this.#byWrite.get(seq);
      this.#byWrite.set(seq, own === undefined ? shared : [...own, ...shared]);
    }
  }

  /** The keys of each write, sorted by code points. */
  sort(): ReadonlyMap<number, readonly string[]> {
    for (const keys of new Set(this.#byWrite.values())) keys.sort(compareCodePoints);
    return this.#byWrite;
  }
}

/** Takes the assertion from a row that holds its only one; adds the keys of other rows to `wanted`. */
export function collectRow(
  kind: FactKind,
  row: Row,
  writes: PublishedWrites,
  live: Uint8Array,
  found: AssertionsByKey,
  wanted: WantedKeys,
): void {
  const model = graphKindOf(kind);
  const said = model.rows.saidOf(row);
  if (said === null) wanted.add(row[0] as string, model.rows.writesOf(row) ?? []);
  else if (live[model.rows.writeOf(row)] === 1) {
    const assertion = toAssertion(kind, row, said, writes);
    found.set(assertion.key, [assertion]);
  }
}

/** The only assertion of a fact, from its node. A field stated as unknown has its default there, which means the same. */
function toAssertion(kind: FactKind, row: Row, stored: number, writes: PublishedWrites): RecordedAssertion {
  const model = graphKindOf(kind);
  const { key, values, provenance } = model.rows.decodeFact(row, writes);
  const write = writes.get(model.rows.writeOf(row));
  const said = writes.fields.fromStored(kind, stored);
  return {
    kind,
    key,
    isRetraction: false,
    values: values.map((value, i): FactValue | undefined => ((said & (1 << i)) === 0 ? undefined : value)),
    assertedAt: provenance.assertedAt,
    source: provenance.source,
    file: provenance.file,
    line: provenance.line,
    write: write.seq,
    sourceKey: write.sourceKey,
    importId: write.importId,
    by: write.by,
  };
}

export function addLogged(kind: FactKind, logged: LoggedByKey, writes: PublishedWrites, found: AssertionsByKey): void {
  for (const [graphKey, ofKey] of logged) {
    found.set(
      fromGraphKey(kind, graphKey),
      ofKey.map(({ write, logged: { assertion } }) => {
        const { sourceKey, importId, by } = writes.get(write);
        return recordAssertion(assertion, write, sourceKey, importId, by);
      }),
    );
  }
}

/**
 * Keys of facts in the graph that name one of these facts. A fact that would name one only after an undo is not among them: the
 * undo checks every fact of its import anyway.
 */
async function readNamers(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<Map<FactKind, string[]>> {
  const namers = new Map<FactKind, string[]>();
  for (const of of factKinds) {
    const query = namerQueries.get(of)?.get(kind);
    if (query === undefined) continue;
    const rows = await transaction.run(query, { keys });
    if (rows.length > 0)
      namers.set(
        of,
        rows.map(([key]) => fromGraphKey(of, key as string)),
      );
  }
  return namers;
}

/**
 * Statements by the naming kind and the named kind. Each asks for a seek of its index: where nothing of the naming kind is stored yet, all
 * plans seem free to Neo4j, and it may read the whole index for each key.
 */
export const namerQueries: ReadonlyMap<FactKind, ReadonlyMap<FactKind, string>> = new Map(
  factKinds.map((of) => {
    const { label, is, references } = graphShape[of];
    const property = factFields[of].filter((spec) => spec.isKey).length > 1 ? 'key' : 'id';
    const byNamed = new Map<FactKind, string[]>();
    for (const spec of factFields[of]) {
      if (spec.type !== 'reference') continue;
      const named = `(record:${graphShape[spec.to].label} {id: named})`;
      const shape = references[spec.name];
      const patterns = byNamed.get(spec.to) ?? [];
      byNamed.set(spec.to, patterns);
      if (is === 'relationship') patterns.push(`${named}-[fact:${label}]-(:Artifact)`);
      else if (shape?.direction === 'in') patterns.push(`${named}-[:${shape.type}]->(fact:${label})`);
      else if (shape?.direction === 'out') patterns.push(`${named}<-[:${shape.type}]-(fact:${label})`);
    }
    const queries = [...byNamed].map(([kind, patterns]): [FactKind, string] => {
      const parts = [...new Set(patterns)].map(
        (pattern) =>
          `UNWIND $keys AS named MATCH ${pattern} USING INDEX SEEK record:${graphShape[kind].label}(id) RETURN DISTINCT fact.${property} AS key`,
      );
      return [kind, parts.join(' UNION ')];
    });
    return [of, new Map(queries)];
  }),
);

/** Keys that a write states: at most `limit` after `after`, in code points of their graph keys. */
async function readTouchedKeys(
  transaction: Transaction,
  log: LogReader,
  write: number,
  kind: FactKind,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const start = after === null ? undefined : toGraphKey(kind, after);
  const isAfter = (key: string): boolean => start === undefined || compareCodePoints(key, start) > 0;
  const keys: string[] = [];
  for (const head of await log.readHeads(transaction, kind, write)) {
    if (!isAfter(head.last)) continue;
    const [chunk = []] = await log.readChunks(transaction, kind, [head]);
    for (const { assertion } of chunk) {
      if (isAfter(toGraphKey(kind, assertion.key))) keys.push(assertion.key);
      if (keys.length === limit) return keys;
    }
  }
  return keys;
}

/** Runs `work` in a reading transaction. */
export type Reading = <R>(work: (transaction: Transaction) => Promise<R>) => Promise<R>;

/**
 * Runs a planner and answers its questions from the database. The answers are exact while the caller holds the lock. The event
 * loop gets a turn between two answers.
 *
 * @param writes the writes that the plan builds on; assertions of other writes are left out
 * @param onQuestion called before each answer; what it throws ends the planner
 */
export async function answerQuestions<T>(
  planner: Asking<T>,
  writes: PublishedWrites,
  read: Reading,
  onQuestion: (question: PriorQuestion) => void = () => undefined,
): Promise<T> {
  const log = new LogReader();
  const live = writes.findLive();
  for (let step = planner.next(); ; ) {
    if (step.done === true) return step.value;
    const question = step.value;
    onQuestion(question);
    step = planner.next(await read((transaction) => answer(question, transaction, log, writes, live)));
    await nextTurn();
  }
}

function answer(
  question: PriorQuestion,
  transaction: Transaction,
  log: LogReader,
  writes: PublishedWrites,
  live: Uint8Array,
): Promise<PriorAnswer> {
  switch (question.ask) {
    case 'assertions':
      return readAssertions(transaction, log, question.kind, question.keys, writes, live);
    case 'namers':
      return readNamers(transaction, question.kind, question.keys);
    case 'touched':
      return readTouchedKeys(transaction, log, question.write, question.kind, question.after, chunkSize);
    default:
      return question satisfies never;
  }
}
