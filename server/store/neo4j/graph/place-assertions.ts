import type { FactValue, RecordedFact } from '../../../domain/assertions.ts';
import { foldAssertions } from '../../../domain/assertions.ts';
import { type FactKind, factKinds } from '../../../domain/facts.ts';
import { references } from '../../plan/fact-states.ts';
import { recordAssertion } from '../../write-ledger.ts';
import { appendChunks, type Chunk, type LoggedAssertion, packChunks, statedBits } from '../log/assertion-log.ts';
import type { WritePath } from '../write/write-path.ts';
import { graphKindOf } from './graph-model.ts';
import type { GraphRecord } from './graph-record.ts';
import { toGraphKey } from './graph-shape.ts';
import type { Placement } from './place-facts.ts';
import { hasFormers, newPlacement, placeFacts, readFormers, retireFacts } from './place-facts.ts';

const [unchanged, created, updated, retracted] = [0, 1, 2, 3];
const retiredAtOnce = 5_000;

/** The write that assertions belong to. */
export interface PlacedWrite {
  readonly seq: number;
  readonly by: string;
  readonly sourceKey: string;
  readonly importId: string | null;
}

/** Finds the values of updated facts after the write, in the order of their assertions. */
export type FindUpdated<T> = (
  kind: FactKind,
  updated: readonly T[],
) => readonly (readonly FactValue[])[] | Promise<readonly (readonly FactValue[])[]>;

/**
 * Writes assertions into the log and the graph, in batches.
 *
 * The effect of an assertion tells how its fact changes. Most facts are new or unchanged, and then nothing needs to be read.
 * Kinds must come in the order of `factKinds`, so that a fact follows the facts that it names. Retracted facts are removed
 * at the end, in the opposite order.
 */
export class AssertionPlacer<T extends LoggedAssertion> {
  readonly #path: WritePath;
  readonly #write: PlacedWrite;
  readonly #findUpdated: FindUpdated<T>;
  /** Graph keys of retracted facts. */
  readonly #retired = new Map<FactKind, string[]>();

  constructor(path: WritePath, write: PlacedWrite, findUpdated: FindUpdated<T>) {
    this.#path = path;
    this.#write = write;
    this.#findUpdated = findUpdated;
  }

  /** @param logged all of one kind, by graph key in code points */
  async placeKind(kind: FactKind, logged: Iterable<T>): Promise<void> {
    const { seq } = this.#write;
    const mayBeBack = await this.#path.read((transaction) => hasFormers(transaction, kind));
    for (const batch of cutBatches(kind, logged)) {
      const placement = await this.#plan(kind, batch.logged, mayBeBack);
      await this.#path.batch((transaction) =>
        Promise.all([appendChunks(transaction, seq, batch.chunks), placeFacts(transaction, kind, placement, seq, [seq])]),
      );
    }
  }

  /** Call it after all kinds are placed. */
  async finish(): Promise<void> {
    const { seq } = this.#write;
    for (const kind of factKinds.toReversed()) {
      const keys = this.#retired.get(kind) ?? [];
      for (let start = 0; start < keys.length; start += retiredAtOnce) {
        const some = keys.slice(start, start + retiredAtOnce);
        await this.#path.batch((transaction) => retireFacts(transaction, kind, some, seq, [seq]));
      }
    }
    await this.#path.settle();
  }

  async #plan(kind: FactKind, logged: readonly T[], mayBeBack: boolean): Promise<Placement> {
    const placement = newPlacement();
    const ofEffect = (effect: number | undefined): T[] => logged.filter((one) => one.effect === effect);
    const keyOf = ({ assertion }: LoggedAssertion): string => toGraphKey(kind, assertion.key);

    const isNew = ofEffect(created);
    const formers = mayBeBack ? await this.#path.read((transaction) => readFormers(transaction, kind, isNew.map(keyOf))) : undefined;
    for (const one of isNew) {
      const former = formers?.get(keyOf(one));
      if (former !== undefined) placement.broughtBack.push(keyOf(one));
      placement.created.push(this.#toNewRecord(one, former));
    }

    const isUpdated = ofEffect(updated);
    if (isUpdated.length > 0) await this.#planUpdates(kind, isUpdated, placement);

    for (const one of ofEffect(unchanged)) placement.touched.push(keyOf(one));
    const gone = ofEffect(retracted);
    if (gone.length > 0) this.#retired.set(kind, [...(this.#retired.get(kind) ?? []), ...gone.map(keyOf)]);
    return placement;
  }

  #toNewRecord({ assertion }: T, former: readonly number[] | undefined): GraphRecord {
    const { seq, sourceKey, importId, by } = this.#write;
    const fact = foldAssertions([recordAssertion(assertion, seq, sourceKey, importId, by)]) as RecordedFact;
    return former === undefined
      ? {
          fact,
          write: seq,
          touched: seq,
          said: this.#path.writes.fields.toStored(assertion.kind, statedBits(assertion.values)),
          writes: null,
        }
      : { fact, write: seq, touched: seq, said: null, writes: [...former, seq] };
  }

  async #planUpdates(kind: FactKind, isUpdated: readonly T[], placement: Placement): Promise<void> {
    const { seq, importId, by } = this.#write;
    const model = graphKindOf(kind);
    const keys = isUpdated.map(({ assertion }) => toGraphKey(kind, assertion.key));
    const rows = await this.#path.read((transaction) => transaction.run(model.readByKeys, { keys }));
    const present = new Map(rows.map((row) => [row[0] as string, model.rows.decode(row, this.#path.writes)]));
    const values = await this.#findUpdated(kind, isUpdated);
    for (const [i, { assertion }] of isUpdated.entries()) {
      const before = present.get(keys[i] as string);
      if (before === undefined) throw new Error(`${kind} ${assertion.key} is to be updated, and is not in the graph.`);
      const after = values[i] as readonly FactValue[];
      const { file, line, source } = assertion;
      const provenance = { ...before.fact.provenance, importId, assertedBy: by, file, line, source };
      const record: GraphRecord = {
        fact: { kind, key: assertion.key, values: after, provenance },
        write: seq,
        touched: seq,
        said: null,
        writes: [...(before.writes ?? [before.write]), seq],
      };
      (namesOthers(kind, before.fact.values, after) ? placement.relinked : placement.updated).push(record);
    }
  }
}

/** Whether a fact names other facts than before. */
export function namesOthers(kind: FactKind, before: readonly FactValue[], after: readonly FactValue[]): boolean {
  return (references.get(kind) ?? []).some(({ field }) => before[field] !== after[field]);
}

/** The assertions of one batch of a write about facts of one kind, by graph key. */
interface LogBatch<T extends LoggedAssertion> {
  readonly chunks: readonly Chunk[];
  readonly logged: readonly T[];
}

/** About 5,000 assertions: larger batches are no faster, and make other writers wait longer. */
const chunksAtOnce = 10;

/**
 * Cuts assertions into batches, each made on demand.
 *
 * @param logged of one kind, by graph key in code points
 */
function* cutBatches<T extends LoggedAssertion>(kind: FactKind, logged: Iterable<T>): Generator<LogBatch<T>> {
  const seen: T[] = [];
  const remember = function* (): Generator<T> {
    for (const one of logged) {
      seen.push(one);
      yield one;
    }
  };
  let chunks: Chunk[] = [];
  const take = (): LogBatch<T> => {
    const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
    const batch = { chunks, logged: seen.splice(0, count) };
    chunks = [];
    return batch;
  };
  for (const chunk of packChunks(kind, remember())) {
    chunks.push(chunk);
    if (chunks.length === chunksAtOnce) yield take();
  }
  if (chunks.length > 0) yield take();
}
