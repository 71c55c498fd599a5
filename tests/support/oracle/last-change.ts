import { createHash } from 'node:crypto';
import { ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import { selectLabView, toLabFacts } from '../../../server/projection/lab-view.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';

/** For each revision from 0 on, the last one up to it that changed what the labs may be told (semantics §10), by building the view at each. */
export async function oracleLastChanges(store: FactStore, bound: readonly string[]): Promise<number[]> {
  const last: number[] = [0];
  let before = await digestAt(store, 0, bound);
  for (let revision = 1; revision <= (await store.readRevision()); revision++) {
    const digest = await digestAt(store, revision, bound);
    last.push(digest === before ? (last[revision - 1] as number) : revision);
    before = digest;
  }
  return last;
}

/** Reads all facts, chooses, and tells them in full. */
async function digestAt(store: FactStore, revision: number, bound: readonly string[]): Promise<string> {
  const builder = new ProjectionBuilder();
  const batches = [];
  for await (const batch of store.readFacts({ revision })) {
    builder.add(batch.kind, batch.facts);
    batches.push(batch);
  }
  const whole = builder.build(revision);
  const { id } = whole.organizations;
  const all = await store.readMeanings(null, { revision });
  const labs = [...new Set(bound.map((lab) => all.get(lab) ?? lab))].filter((lab) => id.find(lab) >= 0);
  const view = runAtOnce(
    selectLabView(
      whole,
      labs.map((lab) => id.find(lab)),
      all,
    ),
  );
  const merges = [...all].filter(([one, root]) => view.organizations[id.find(root)] === 1 && (labs.includes(root) || !view.isNaming(one)));
  const visible = batches
    .flatMap(({ facts }) => toLabFacts(whole, view, facts))
    .map(({ kind, key, values, provenance }) => [kind, key, values, provenance]);
  return createHash('sha256')
    .update(JSON.stringify([visible, merges.sort()]))
    .digest('hex');
}
