import { int } from 'neo4j-driver';
import type { RecordedAssertion } from '../../../domain/assertions.ts';
import { areValuesEqual } from '../../../domain/assertions.ts';
import { namedKinds } from '../../../domain/fact-fields.ts';
import { findFactFaults } from '../../../domain/fact-rules.ts';
import { describeKey } from '../../../domain/fact-sentences.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import { getOrInsert } from '../../../domain/get-or-insert.ts';
import { FactStates } from '../../plan/fact-states.ts';
import type { StoredFields } from '../../stored-fields.ts';
import type { Row } from '../connection/connection.ts';
import { graphKindOf } from '../graph/graph-model.ts';
import { type GraphRecord, recordOf } from '../graph/graph-record.ts';
import { fromGraphKey, graphShape } from '../graph/graph-shape.ts';
import type { PublishedWrites } from '../log/ledger.ts';
import { LogReader } from '../log/log-reader.ts';
import type { AssertionsByKey, Reading } from '../read/read-assertions.ts';
import { addLogged } from '../read/read-assertions.ts';
import { readUndoEvents } from '../write/write-event.ts';

const pageSize = 2_000;

/** A fact or a former fact, as the graph holds it. */
interface Kept {
  readonly graphKey: string;
  readonly writes: readonly number[];
  readonly touched: number;
  /** Undefined for a former fact. */
  readonly record: GraphRecord | undefined;
}

/**
 * Checks that the facts in the graph follow from the log, and that they break no rule.
 *
 * @param counts the number of assertions of each kind in the log
 */
export async function* checkFacts(read: Reading, writes: PublishedWrites, counts: ReadonlyMap<FactKind, number>): AsyncGenerator<string> {
  const checker = new FactChecker(read, writes, new Map((await read(readUndoEvents)).map(({ seq, undoes }) => [undoes, seq])));
  for (const kind of factKinds) yield* checker.checkKind(kind, counts.get(kind) ?? 0);
}

class FactChecker {
  readonly #read: Reading;
  readonly #writes: PublishedWrites;
  /** The event that undid each undone write. */
  readonly #undos: ReadonlyMap<number, number>;
  readonly #live: Uint8Array;
  readonly #known: ReadonlySet<number>;
  readonly #states = new FactStates();

  constructor(read: Reading, writes: PublishedWrites, undos: ReadonlyMap<number, number>) {
    this.#read = read;
    this.#writes = writes;
    this.#undos = undos;
    this.#live = writes.findLive();
    this.#known = new Set(writes.writes.map((write) => write.seq));
  }

  async *checkKind(kind: FactKind, loggedCount: number): AsyncGenerator<string> {
    const log = new LogReader();
    let statedCount = 0;
    let factCount = 0;
    for await (const rows of this.#readFacts(kind)) {
      factCount += rows.length;
      const decoded = rows.map((row) => this.#decodeFact(kind, row));
      for (const one of decoded) if (typeof one === 'string') yield one;
      const kept = decoded.filter((one) => typeof one !== 'string');
      statedCount += countWrites(kept);
      yield* await this.#checkPage(kind, kept, log);
    }
    for await (const rows of this.#readFormers(kind)) {
      const kept = rows.map(decodeFormer);
      statedCount += countWrites(kept);
      yield* await this.#checkPage(kind, kept, log);
    }
    const [row] = await this.#read((transaction) => transaction.run(graphKindOf(kind).count));
    const others = (row?.[0] as number) - factCount;
    if (others !== 0) {
      yield `The graph holds ${others} ${graphShape[kind].label} that this program did not write: they have no id, or no write that states them.`;
    }
    if (statedCount !== loggedCount) {
      yield `The log has ${loggedCount} assertions of kind ${kind}, and the graph counts ${statedCount}.`;
    }
  }

  async *#readFacts(kind: FactKind): AsyncGenerator<Row[]> {
    const model = graphKindOf(kind);
    for (let after = ''; ; ) {
      const [row] = await this.#read((transaction) => transaction.run(model.findEnd, { after, skip: int(pageSize - 1) }));
      const end = row?.[0] as string | undefined;
      const parameters = { after, end: end ?? '', known: int(Number.MAX_SAFE_INTEGER) };
      yield await this.#read((transaction) => transaction.run(model.readRange(end === undefined, true), parameters));
      if (end === undefined) return;
      after = end;
    }
  }

  async *#readFormers(kind: FactKind): AsyncGenerator<Row[]> {
    for (let after = ''; ; ) {
      const rows = await this.#read((transaction) => transaction.run(readFormerPage, { kind, after, limit: int(pageSize) }));
      if (rows.length > 0) yield rows;
      if (rows.length < pageSize) return;
      after = (rows[rows.length - 1] as Row)[0] as string;
    }
  }

  async #checkPage(kind: FactKind, kept: readonly Kept[], log: LogReader): Promise<string[]> {
    if (kept.length === 0) return [];
    const logged = await this.#readLog(kind, kept, log);
    return kept.flatMap((one) => [...this.#checkFact(kind, one, logged.get(fromGraphKey(kind, one.graphKey)) ?? [])]);
  }

  /** Returns a sentence if the row lacks the properties of a fact of this program. */
  #decodeFact(kind: FactKind, row: Row): Kept | string {
    const model = graphKindOf(kind);
    const graphKey = row[0] as string;
    const write = model.rows.writeOf(row) as number | null;
    const touched = model.rows.touchedOf(row) as number | null;
    if (write === null || touched === null || !this.#known.has(write)) {
      return `${describeKey(kind, fromGraphKey(kind, graphKey))} was not written by this program: it has no write of its own.`;
    }
    const record = model.rows.decode(row, this.#writes);
    return { graphKey, touched, record, writes: record.said === null ? (record.writes ?? []) : [write] };
  }

  async #readLog(kind: FactKind, kept: readonly Kept[], log: LogReader): Promise<AssertionsByKey> {
    const wanted = new Map<number, string[]>();
    for (const { graphKey, writes } of kept) {
      for (const write of writes) {
        if (!this.#known.has(write)) continue;
        getOrInsert(wanted, write, () => []).push(graphKey);
      }
    }
    const found: AssertionsByKey = new Map();
    const logged = await this.#read((transaction) => log.find(transaction, kind, wanted));
    addLogged(kind, logged, this.#writes, found);
    return found;
  }

  *#checkFact(kind: FactKind, kept: Kept, all: readonly RecordedAssertion[]): Generator<string> {
    const key = fromGraphKey(kind, kept.graphKey);
    const { record } = kept;
    if (namedKinds.has(kind) && record !== undefined) this.#states.note(kind, key, record.fact);
    const name = describeKey(kind, key);
    if (all.length !== kept.writes.length) {
      yield `${name} has assertions of writes ${kept.writes.join(', ')} in the graph, and the log has ${all.length} of them.`;
      return;
    }
    const touched = all.reduce((latest, { write }) => Math.max(latest, write, this.#undos.get(write) ?? 0), 0);
    const expected = recordOf(all, this.#live, touched, this.#writes.fields);
    if (touched !== kept.touched) yield `${name} was last stated by event ${touched}, and the graph says ${kept.touched}.`;
    if (expected === undefined || record === undefined) {
      if (expected !== record)
        yield `${name} ${record === undefined ? 'is missing from' : 'should not be in'} the graph, according to the log.`;
      return;
    }
    if (!isSame(expected, record, this.#writes.fields)) yield `${name} differs from what its assertions in the log make it.`;
    for (const { message } of findFactFaults(kind, record.fact.values, this.#states)) yield `${name}: ${message}`;
  }
}

const readFormerPage = `MATCH (former:ExposureFormer) USING INDEX former:ExposureFormer(kind, key) WHERE former.kind = $kind AND former.key > $after
  RETURN former.key, former.writes, former.touched ORDER BY former.key LIMIT $limit`;

function countWrites(kept: readonly Kept[]): number {
  return kept.reduce((sum, one) => sum + one.writes.length, 0);
}

function decodeFormer(row: Row): Kept {
  const [graphKey, writes, touched] = row as unknown as [string, number[], number];
  return { graphKey, writes, touched, record: undefined };
}

/** Compares two records. Ignores fields that the field table no longer has. */
function isSame(expected: GraphRecord, record: GraphRecord, fields: StoredFields): boolean {
  const saidOf = ({ fact, said }: GraphRecord) => (said === null ? null : fields.fromStored(fact.kind, said));
  const [a, b] = [expected.fact.provenance, record.fact.provenance];
  return (
    areValuesEqual(expected.fact.values, record.fact.values) &&
    expected.write === record.write &&
    saidOf(expected) === saidOf(record) &&
    a.assertedAt === b.assertedAt &&
    a.file === b.file &&
    a.line === b.line &&
    a.source === b.source
  );
}
