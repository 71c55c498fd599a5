import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProjectionBuilder } from '../../projection/build/build-projection.ts';
import { toLabFacts } from '../../projection/lab-view/lab-facts.ts';
import type { LabView } from '../../projection/lab-view/lab-view.ts';
import { selectLabView } from '../../projection/lab-view/lab-view.ts';
import type { Projection } from '../../projection/projection.ts';
import { runInTurns } from '../../projection/turns.ts';
import type { FactBatch, FactStore } from '../../store/fact-store.ts';

/** The view of some labs at one revision of the whole store. */
export interface ToldFacts {
  /** All facts. Its revision is that of the store. */
  readonly whole: Projection;
  readonly view: LabView;
  /** Two views with the same digest tell the same facts. */
  readonly digest: string;
}

/** Chooses the view of some labs. Ids that no organization has are skipped. Complexity: O(all facts), to read them once. */
export async function tellFacts(store: FactStore, whole: Projection, labs: readonly string[]): Promise<ToldFacts> {
  const indexes = labs.map((lab) => whole.organizations.id.find(lab)).filter((index) => index >= 0);
  const view = await runInTurns(selectLabView(whole, indexes));
  const hash = createHash('sha256');
  for await (const { facts } of readTold(store, { whole, view })) {
    for (const { kind, key, values, provenance } of facts) hash.update(`${JSON.stringify([kind, key, values, provenance])}\n`);
  }
  return { whole, view, digest: hash.digest('hex') };
}

/** The facts of a view, in the order of the store. Other work of the process gets its turn after each batch. */
export async function* readTold(store: FactStore, { whole, view }: Omit<ToldFacts, 'digest'>): AsyncGenerator<FactBatch> {
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
