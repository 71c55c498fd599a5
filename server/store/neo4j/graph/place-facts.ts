import { int } from 'neo4j-driver';
import { factFields } from '../../../domain/fact-fields.ts';
import type { FactKind } from '../../../domain/facts.ts';
import type { Transaction } from '../connection/connection.ts';
import type { RowsStatement } from './graph-model.ts';
import { graphKindOf } from './graph-model.ts';

import type { GraphRecord } from './graph-record.ts';
import { graphShape } from './graph-shape.ts';

/** The changes that one batch of an event makes to facts of one kind. Keys are graph keys; each key is in one list only. */
export interface Placement {
  /** Facts that are new to the graph. The facts that they name are already in it. */
  readonly created: GraphRecord[];
  /** Facts in the graph that still name the same facts. */
  readonly updated: GraphRecord[];
  /** Facts in the graph that name other facts than before, or may do so. */
  readonly relinked: GraphRecord[];
  /** Facts that an assertion repeats without a change. */
  readonly touched: string[];
  /** Facts among `created` that existed before and were retracted. */
  readonly broughtBack: string[];
}

export function newPlacement(): Placement {
  return { created: [], updated: [], relinked: [], touched: [], broughtBack: [] };
}

/** The write to append to a fact's list of writes; none for an undo, which adds no assertion. */
export type Added = readonly [seq: number] | readonly [];

/**
 * Writes a placement to the graph, all statements at once. Throws if a fact, or a fact that it names, is not where the
 * placement expects it: Cypher would silently skip that row.
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

/** Removes retracted facts from the graph. An ExposureFormer node keeps the list of their writes. */
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

/** Notes that an event asserted something about facts that stay retracted. */
export async function touchFormers(transaction: Transaction, kind: FactKind, keys: readonly string[], seq: number): Promise<void> {
  await runKeys(transaction, kind, `${matchFormer} SET former.touched = $seq`, keys, { seq: int(seq) });
}

/** A retracted fact. */
export interface Former {
  readonly key: string;
  /** The writes of all its assertions, undone ones too, ascending. */
  readonly writes: readonly number[];
  /** The latest event with an assertion about it. */
  readonly touched: number;
}

/** Facts that are in the graph must not be among them. */
export async function putFormers(transaction: Transaction, kind: FactKind, formers: readonly Former[]): Promise<void> {
  if (formers.length === 0) return;
  await transaction.run('UNWIND $rows AS row CREATE (former:ExposureFormer {kind: $kind}) SET former += row', {
    kind,
    rows: formers.map(({ key, writes, touched }) => ({ key, writes: writes.map((seq) => int(seq)), touched: int(touched) })),
  });
}

/** Deletes the formers that exist. */
export async function deleteFormers(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await transaction.run(`UNWIND $keys AS key ${matchFormer} DELETE former`, { kind, keys });
}

/** Removes the facts that exist. Facts that name them must be removed before. */
export async function removeFacts(transaction: Transaction, kind: FactKind, keys: readonly string[]): Promise<void> {
  if (keys.length > 0) await transaction.run(graphKindOf(kind).remove, { keys });
}

/** The writes of retracted facts, by graph key. */
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
function matchOf(kind: FactKind): string {
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
  throw new Error(`Only ${count} of ${expected} facts of kind ${kind} were found with all facts that they name.`);
}
