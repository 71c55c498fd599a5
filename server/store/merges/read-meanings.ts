import type { RecordedFact } from '../../domain/assertions.ts';
import type { FactStore, KnownAt } from '../fact-store.ts';
import { MergedFacts, mergedIntoOf } from './merged-facts.ts';

/**
 * The meaning of the ids of merged organizations (semantics §1): for each id that was merged, the id at the end of its chain of merges. Other
 * ids are left out, and so are circular merges. One read for each merge of the longest chain.
 *
 * @param at absent: now
 */
export async function readMeanings(store: FactStore, ids: Iterable<string>, at?: KnownAt): Promise<ReadonlyMap<string, string>> {
  if (store.readMeanings !== undefined) return store.readMeanings([...ids], at);
  const into = new Map<string, string>();
  let next = new Set(ids);
  while (next.size > 0) {
    const found = await (store.unmerged ?? store).readFactsByKey('ORGANIZATION', [...next], at);
    next = new Set();
    for (const fact of found) {
      const resolved = mergedIntoOf(fact);
      if (resolved === null) continue;
      into.set(fact.key, resolved);
      if (!into.has(resolved)) next.add(resolved);
    }
  }
  const meanings = new Map<string, string>();
  for (const id of new Set(ids)) {
    const seen = new Set<string>();
    let end = id;
    for (let one = into.get(id); one !== undefined && !seen.has(one); one = into.get(one)) {
      seen.add(one);
      end = one;
    }
    if (end !== id && !into.has(end)) meanings.set(id, end);
  }
  return meanings;
}

/** Facts, and those as stated where merges are applied to the facts. */
interface ReadsMerges extends Pick<FactStore, 'readFacts' | 'readMeanings'> {
  readonly unmerged?: Pick<FactStore, 'readFacts'>;
}

/** All merges in force at an instant: the id that each merged id means. Reads all organizations. */
export async function readMerges(store: ReadsMerges, at?: KnownAt): Promise<ReadonlyMap<string, string>> {
  if (store.readMeanings !== undefined) return store.readMeanings(null, at);
  const { merged, ids } = await readStatedMerges(store.unmerged ?? store, at);
  return new MergedFacts(merged, (id) => ids.has(id)).roots;
}

/** The organizations with a stated `mergedInto`, and the ids of all, from facts as stated. */
export async function readStatedMerges(
  unmerged: Pick<FactStore, 'readFacts'>,
  at?: KnownAt,
): Promise<{ readonly merged: RecordedFact[]; readonly ids: Set<string> }> {
  const merged: RecordedFact[] = [];
  const ids = new Set<string>();
  for await (const { kind, facts } of unmerged.readFacts(at)) {
    if (kind !== 'ORGANIZATION') break;
    for (const fact of facts) {
      ids.add(fact.key);
      if (mergedIntoOf(fact) !== null) merged.push(fact);
    }
  }
  return { merged, ids };
}
