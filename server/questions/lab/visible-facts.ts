import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../domain/compare.ts';
import { custodyKinds, type FactKind, pairKey } from '../../domain/facts.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { sortById } from '../../projection/columns/order-rows.ts';
import type { LabView } from '../../projection/lab-view.ts';
import { selectLabView, toLabFacts } from '../../projection/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactBatch, FactReader, FactStore, MeaningReader } from '../../store/fact-store.ts';

/** The view of some labs at one revision of the whole store. */
export interface VisibleFacts {
  /** All facts. Its revision is that of the store. */
  readonly whole: Projection;
  readonly view: LabView;
  /** The resolved ids of the labs that the person is bound to, without unknown ids. */
  readonly labs: readonly string[];
  /** Merged id -> resolved id, for the merges that are visible. */
  readonly merges: ReadonlyMap<string, string>;
}

/** Facts with merges applied, and the merges. */
export type MergedFactReader = FactReader & MeaningReader;

/**
 * Chooses the view of some labs (semantics §1, §10). Resolves merged ids and skips unknown ones.
 * Complexity: O(organizations + the facts of the labs).
 */
export async function selectVisibleFacts(store: MergedFactReader, whole: Projection, bound: readonly string[]): Promise<VisibleFacts> {
  const { id } = whole.organizations;
  const all = await store.readMeanings(null, { revision: whole.revision });
  const labs = [...new Set(bound.map((lab) => all.get(lab) ?? lab))].filter((lab) => id.find(lab) >= 0);
  const indexes = labs.map((lab) => id.find(lab));
  const view = await runInTurns(selectLabView(whole, indexes, all));
  const isVisible = (root: string) => view.organizations[id.find(root)] === 1;
  const merges = new Map([...all].filter(([one, root]) => isVisible(root) && (labs.includes(root) || !view.isNaming(one))));
  return { whole, view, labs, merges };
}

/** Two views with the same digest have the same facts and merges. Complexity: O(facts of the view). */
export async function digestOf(store: FactReader, visible: VisibleFacts): Promise<string> {
  const hash = createHash('sha256');
  for await (const { facts } of readVisibleFacts(store, visible)) {
    for (const { kind, key, values, provenance } of facts) hash.update(`${JSON.stringify([kind, key, values, provenance])}\n`);
  }
  for (const merge of [...visible.merges].sort(([a], [b]) => compareCodePoints(a, b))) hash.update(`${JSON.stringify(merge)}\n`);
  return hash.digest('hex');
}

/** An embedded store answers at once, and holds the event loop meanwhile. */
const keysAtOnce = 256;

/** The facts of a view, in the order of the store. Other work of the process gets its turn after each batch. */
export async function* readVisibleFacts(
  store: Pick<FactStore, 'readFactsByKey'>,
  visible: Pick<VisibleFacts, 'whole' | 'view'>,
): AsyncGenerator<FactBatch> {
  const { whole, view } = visible;
  for (const { kind, keys } of keysOf(visible)) {
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

/** The keys of the visible facts, in the order of the store, with controls whose name may name a hidden lab. */
export function* keysOf({ whole, view }: Pick<VisibleFacts, 'whole' | 'view'>): Generator<KeyBatch> {
  const { organizations, artifacts, engagements, transfers, access, reveals, controls } = whole;
  yield* inBatches('ORGANIZATION', idsOf(organizations, flaggedOf(view.organizations)));
  yield* inBatches('ARTIFACT', idsOf(artifacts, flaggedOf(view.artifacts)));
  yield* inBatches('ENGAGEMENT', idsOf(engagements, flaggedOf(view.engagements)));
  yield* inBatches('TRANSFER', idsOf(transfers, sortById(transfers, [...flaggedOf(view.transfers)])));
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
export function* idsOf({ id }: { readonly id: { get(index: number): string } }, indexes: Iterable<number>): Generator<string> {
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
  for await (const { kind, facts } of store.readFacts({ revision }, custodyKinds)) builder.add(kind, facts);
  return runInTurns(builder.steps(revision));
}
