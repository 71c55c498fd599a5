import { int } from 'neo4j-driver';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { Transaction } from '../connection/connection.ts';
import type { RowsStatement } from './graph-model.ts';
import { graphKindOf } from './graph-model.ts';
import type { GraphRecord } from './graph-record.ts';
import { graphShape } from './graph-shape.ts';

/** What one batch of an event does to facts of one kind. Keys are graph keys; each stands in one of the lists alone. */
export interface Placement {
  /** Not in the graph yet; what they name is. */
  readonly created: GraphRecord[];
  /** In the graph, and naming what they named. */
  readonly updated: GraphRecord[];
  /** In the graph, and naming something else than before, or perhaps so. */
  readonly relinked: GraphRecord[];
  /** Spoken of, and no different for it. */
  readonly touched: string[];
  /** Of facts among `created` that had been before. */
  readonly broughtBack: string[];
}

export function newPlacement(): Placement {
  return { created: [], updated: [], relinked: [], touched: [], broughtBack: [] };
}

/** What becomes of the list of a fact's writes: another stands at its end, or it stays, where an event only took one back. */
export type Added = readonly [seq: number] | readonly [];

/**
 * Carries a placement out. All its statements are sent at once; a fact that is not where it should be is an error, also where
 * it names a fact that is not there: such a row would silently do nothing.
 */
export async function placeFacts(transaction: Transaction, kind: FactKind, placement: Placement, seq: number, added: Added): Promise<void> {
  const { created, updated, relinked, touched, broughtBack } = placement;
  const model = graphKindOf(kind);
  await Promise.all([
    runKeys(transaction, kind, `${matchFormer} DELETE former`, broughtBack),
    runRows(transaction, kind, model.create(created), created.length),
    runRows(transaction, kind, model.update(updated), updated.length),
    runRows(transaction, kind, model.relink(relinked), relinked.length),
    runKeys(transaction, kind, touchOf(kind), touched, { seq: int(seq), added: added.map((write) => int(write)) }),
  ]);
}

/** Takes facts that are no more out of the graph; what is left to know of them is which writes spoke of them. */
export async function retireFacts(
  transaction: Transaction,
  kind: FactKind,
  keys: readonly string[],
  seq: number,
  added: Added,
): Promise<void> {
  const { is } = graphShape[kind];
  const query = `${matchOf(kind)}
    CREATE (:ExposureFormer {kind: $kind, key: key, writes: coalesce(fact.writes, [fact.write]) + $added, touched: $seq})
    ${is === 'node' ? 'DETACH DELETE' : 'DELETE'} fact`;
  await runKeys(transaction, kind, query, keys, { seq: int(seq), added: added.map((write) => int(write)) });
}

/** Notes that an event spoke of facts that are no more, and that stay so. */
export async function touchFormers(transaction: Transaction, kind: FactKind, keys: readonly string[], seq: number): Promise<void> {
  await runKeys(transaction, kind, `${matchFormer} SET former.touched = $seq`, keys, { seq: int(seq) });
}

/** A fact that is no more. */
export interface Former {
  readonly key: string;
  /** That spoke of it, taken back or not, ascending. */
  readonly writes: readonly number[];
  /** The event that last spoke of it. */
  readonly touched: number;
}

/** Facts that are there already are not to be among them. */
export async function putFormers(transaction: Transaction, kind: FactKind, formers: readonly Former[]): Promise<void> {
  if (formers.length === 0) return;
  await transaction.run('UNWIND $rows AS row CREATE (former:ExposureFormer {kind: $kind}) SET former += row', {
    kind,
    rows: formers.map(({ key, writes, touched }) => ({ key, writes: writes.map((seq) => int(seq)), touched: int(touched) })),
  });
}

/** Those of them that are there. */
export async function deleteFormers(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await transaction.run(`UNWIND $keys AS key ${matchFormer} DELETE former`, { kind, keys });
}

/** Those of them that are in the graph; what names them must be gone. */
export async function removeFacts(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await transaction.run(graphKindOf(kind).remove, { keys });
}

/** The writes that spoke of facts which are no more, by graph key. */
export async function readFormers(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<Map<string, number[]>> {
  if (keys.length === 0) return new Map();
  const rows = await transaction.run(`UNWIND $keys AS key ${matchFormer} RETURN key, former.writes`, { kind, keys });
  return new Map(rows as unknown as [string, number[]][]);
}

export async function hasFormers(transaction: Transaction, kind: FactKind): Promise<boolean> {
  const rows = await transaction.run("MATCH (f:ExposureFormer) WHERE f.kind = $kind AND f.key > '' RETURN 1 LIMIT 1", { kind });
  return rows.length > 0;
}

const matchFormer = 'MATCH (former:ExposureFormer {kind: $kind, key: key})';

/** Finds the fact with the graph key `key`. */
export function matchOf(kind: FactKind): string {
  const { label, is } = graphShape[kind];
  const property = factFields[kind].filter((spec) => spec.isKey).length === 1 ? 'id' : 'key';
  return is === 'node' ? `MATCH (fact:${label} {${property}: key})` : `MATCH ()-[fact:${label} {${property}: key}]->()`;
}

function touchOf(kind: FactKind): string {
  return `${matchOf(kind)} SET fact.writes = coalesce(fact.writes, [fact.write]) + $added, fact.touched = $seq REMOVE fact.said`;
}

async function runKeys(
  transaction: Transaction,
  kind: FactKind,
  change: string,
  keys: readonly string[],
  parameters: Record<string, unknown> = {},
): Promise<void> {
  if (keys.length === 0) return;
  const [row] = await transaction.run(`UNWIND $keys AS key ${change} RETURN count(*)`, { ...parameters, kind, keys });
  checkCount(kind, row?.[0] as number, keys.length);
}

async function runRows(transaction: Transaction, kind: FactKind, statements: readonly RowsStatement[], expected: number): Promise<void> {
  const answers = await Promise.all(statements.map(({ query, rows }) => transaction.run(query, { rows })));
  checkCount(
    kind,
    answers.reduce((sum, [row]) => sum + ((row?.[0] as number | undefined) ?? 0), 0),
    expected,
  );
}

function checkCount(kind: FactKind, count: number, expected: number): void {
  if (count === expected) return;
  throw new Error(`Of ${expected} facts of kind ${kind} that were to be written, ${count} were found with all that they name.`);
}
