import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareCodePoints } from '../../domain/compare.ts';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { toLabFacts } from '../../projection/lab-view/lab-facts.ts';
import type { LabView } from '../../projection/lab-view/lab-view.ts';
import { selectLabView } from '../../projection/lab-view/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactBatch, FactStore } from '../../store/fact-store.ts';
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
  /** Two views with the same digest tell the same facts and merges. */
  readonly digest: string;
}

/**
 * Chooses the view of the labs that some ids mean (semantics §1, §10). Ids that mean no organization are skipped.
 * Complexity: O(all facts), to read them once.
 */
export async function tellFacts(store: FactStore, whole: Projection, bound: readonly string[]): Promise<ToldFacts> {
  const { id } = whole.organizations;
  const all = await readMerges(store, { revision: whole.revision });
  const labs = [...new Set(bound.map((lab) => all.get(lab) ?? lab))].filter((lab) => id.find(lab) >= 0);
  const indexes = labs.map((lab) => id.find(lab));
  const view = await runInTurns(selectLabView(whole, indexes, all));
  const isTold = (root: string) => view.organizations[id.find(root)] === 1;
  const merges = new Map([...all].filter(([one, root]) => isTold(root) && (labs.includes(root) || !view.isNaming(one))));
  const hash = createHash('sha256');
  for await (const { facts } of readTold(store, { whole, view })) {
    for (const { kind, key, values, provenance } of facts) hash.update(`${JSON.stringify([kind, key, values, provenance])}\n`);
  }
  for (const merge of [...merges].sort(([a], [b]) => compareCodePoints(a, b))) hash.update(`${JSON.stringify(merge)}\n`);
  return { whole, view, labs, merges, digest: hash.digest('hex') };
}

/** The facts of a view, in the order of the store. Other work of the process gets its turn after each batch. */
export async function* readTold(store: FactStore, { whole, view }: Pick<ToldFacts, 'whole' | 'view'>): AsyncGenerator<FactBatch> {
  for await (const { kind, facts } of store.readFacts({ revision: whole.revision })) {
    yield { kind, facts: toLabFacts(whole, view, facts) };
    await nextTurn();
  }
}

/** All facts as of a revision. */
export async function readWhole(store: FactStore, revision: number): Promise<Projection> {
  const builder = new ProjectionBuilder();
  for await (const { kind, facts } of store.readFacts({ revision })) builder.add(kind, facts);
  return runInTurns(builder.steps(revision));
}
