import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../domain/compare.ts';
import { type FactKind, pairKey } from '../../domain/facts.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { rowOf } from '../../projection/csr.ts';
import { toLabFacts } from '../../projection/lab-view/lab-facts.ts';
import type { LabView } from '../../projection/lab-view/lab-view.ts';
import { selectLabView } from '../../projection/lab-view/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactBatch, FactReader, FactStore } from '../../store/fact-store.ts';
import { readMerges } from '../../store/merges/read-meanings.ts';

/** The view of some labs at one revision of the whole store. */
export interface ToldFacts {
  /** All facts. Its revision is that of the store. */
  readonly whole: Projection;
  readonly view: LabView;
  /** The ids of the labs: those that the ids to which somebody is bound mean. An id that no organization has is left out. */
  readonly labs: readonly string[];
  /** The merged ids that the view tells, with the id that each means. */
  readonly merges: ReadonlyMap<string, string>;
}

/** Facts with merges applied, and how to read the merges. */
export type FactsToTell = FactReader & Parameters<typeof readMerges>[0];

/**
 * Chooses the view of the labs that some ids mean (semantics §1, §10). Ids that mean no organization are skipped.
 * Complexity: O(organizations + the facts of the labs).
 */
export async function tellFacts(store: FactsToTell, whole: Projection, bound: readonly string[]): Promise<ToldFacts> {
  const { id } = whole.organizations;
  const all = await readMerges(store, { revision: whole.revision });
  const labs = [...new Set(bound.map((lab) => all.get(lab) ?? lab))].filter((lab) => id.find(lab) >= 0);
  const indexes = labs.map((lab) => id.find(lab));
  const view = await runInTurns(selectLabView(whole, indexes, all));
  const isTold = (root: string) => view.organizations[id.find(root)] === 1;
  const merges = new Map([...all].filter(([one, root]) => isTold(root) && (labs.includes(root) || !view.isNaming(one))));
  return { whole, view, labs, merges };
}

/** Two views with the same digest tell the same facts and merges. Complexity: O(facts of the view). */
export async function digestOf(store: FactReader, told: ToldFacts): Promise<string> {
  const hash = createHash('sha256');
  for await (const { facts } of readTold(store, told)) {
    for (const { kind, key, values, provenance } of facts) hash.update(`${JSON.stringify([kind, key, values, provenance])}\n`);
  }
  for (const merge of [...told.merges].sort(([a], [b]) => compareCodePoints(a, b))) hash.update(`${JSON.stringify(merge)}\n`);
  return hash.digest('hex');
}

/** An embedded store answers at once, and holds the event loop meanwhile. */
const keysAtOnce = 256;

/** The facts of a view, in the order of the store. Other work of the process gets its turn after each batch. */
export async function* readTold(
  store: Pick<FactStore, 'readFactsByKey'>,
  told: Pick<ToldFacts, 'whole' | 'view'>,
): AsyncGenerator<FactBatch> {
  const { whole, view } = told;
  for (const { kind, keys } of keysOf(told)) {
    const facts = await store.readFactsByKey(kind, keys, { revision: whole.revision });
    yield { kind, facts: toLabFacts(whole, view, facts) };
    await nextTurn();
  }
}

/** Keys of some facts of one kind. */
export interface KeyBatch {
  readonly kind: FactKind;
  readonly keys: readonly string[];
}

/** The keys of the facts that a view tells, in the order of the store; with controls whose name may name a hidden lab. */
export function* keysOf({ whole, view }: Pick<ToldFacts, 'whole' | 'view'>): Generator<KeyBatch> {
  const { organizations, artifacts, engagements, transfers, access, reveals, controls } = whole;
  yield* inBatches('ORGANIZATION', idsOf(organizations, flaggedOf(view.organizations)));
  yield* inBatches('ARTIFACT', idsOf(artifacts, flaggedOf(view.artifacts)));
  yield* inBatches('ENGAGEMENT', idsOf(engagements, flaggedOf(view.engagements)));
  yield* inBatches('TRANSFER', idsOf(transfers, flaggedOf(view.transfers)));
  yield* inBatches('ACCESS', idsOf(access, flaggedOf(view.access)));
  const revealed = function* () {
    for (const artifact of flaggedOf(view.artifacts)) {
      for (const index of rowOf(artifacts.reveals, artifact)) {
        const other = reveals.reveals[index] as number;
        if (view.artifacts[other] === 1) yield pairKey(artifacts.id.get(artifact), artifacts.id.get(other));
      }
    }
  };
  yield* inBatches('REVEALS', revealed());
  const evidence = function* () {
    for (const organization of flaggedOf(view.organizations)) {
      for (const index of rowOf(organizations.controls, organization))
        yield pairKey(organizations.id.get(organization), controls.control.get(index) as string);
    }
  };
  yield* inBatches('CONTROL', evidence());
}

/** The ids of records by their indexes. */
export function* idsOf({ id }: { readonly id: Projection['transfers']['id'] }, indexes: Iterable<number>): Generator<string> {
  for (const index of indexes) yield id.get(index);
}

export function* inBatches(kind: FactKind, keys: Iterable<string>): Generator<KeyBatch> {
  let batch: string[] = [];
  for (const key of keys) {
    batch.push(key);
    if (batch.length < keysAtOnce) continue;
    yield { kind, keys: batch };
    batch = [];
  }
  if (batch.length > 0) yield { kind, keys: batch };
}

/** The indexes whose flag is 1, ascending. */
export function* flaggedOf(flags: Uint8Array): Generator<number> {
  for (let index = flags.indexOf(1); index >= 0; index = flags.indexOf(1, index + 1)) yield index;
}

/** All facts as of a revision. */
export async function readWhole(store: Pick<FactStore, 'readFacts'>, revision: number): Promise<Projection> {
  const builder = new ProjectionBuilder();
  for await (const { kind, facts } of store.readFacts({ revision })) builder.add(kind, facts);
  return runInTurns(builder.steps(revision));
}
