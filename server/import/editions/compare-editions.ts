import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { EditionDrift, UnlistedFact } from './edition-types.ts';
import { mostUnlisted } from './edition-types.ts';
import type { LastEdition } from './last-edition.ts';
import { eachAssertion, nameOf } from './last-edition.ts';

interface NamedFact {
  readonly kind: FactKind;
  readonly key: string;
}

/**
 * Compares an edition with the last one of its source.
 *
 * @param listed the facts that this edition states or names
 * @param kinds the kinds that this edition lists; facts of other kinds are not compared
 * Complexity: linear in both editions, and one scan of the recorded assertions if a fact is unlisted.
 */
export async function compareEditions(
  store: FactStore,
  last: LastEdition,
  listed: Iterable<NamedFact>,
  kinds: ReadonlySet<FactKind>,
): Promise<EditionDrift> {
  const now = new Set<string>();
  for (const fact of listed) if (kinds.has(fact.kind)) now.add(nameOf(fact));
  const before = [...last.facts].filter(([, { kind }]) => kinds.has(kind));
  const gone = new Map(before.filter(([name]) => !now.has(name)));
  return {
    lastImport: last.lastImport,
    listedBefore: before.length,
    listedNow: now.size,
    newCount: [...now].filter((name) => !last.facts.has(name)).length,
    unlisted: await lookAtGone(store, last.source, gone),
    isMany: gone.size > before.length * mostUnlisted,
  };
}

async function lookAtGone(store: FactStore, source: string, gone: ReadonlyMap<string, NamedFact>): Promise<UnlistedFact[]> {
  if (gone.size === 0) return [];
  const undone = new Set((await store.listImports()).filter(({ state }) => state === 'UNDONE').map(({ id }) => id));
  const stated = new Set<string>();
  const importedBy = new Map<string, Set<string>>();
  await eachAssertion(store, (assertion, write) => {
    const name = nameOf(assertion);
    if (!gone.has(name) || (write.importId !== null && undone.has(write.importId))) return;
    if (assertion.isRetraction) {
      stated.delete(name);
      importedBy.delete(name);
    } else if (write.source !== source) stated.add(name);
    else getOrInsert(importedBy, name, () => new Set<string>()).add(write.by);
  });
  const unlisted: UnlistedFact[] = [];
  for (const kind of factKinds) {
    const keys = [...gone.values()].filter((fact) => fact.kind === kind).map(({ key }) => key);
    // A fact that a merge hides is not shown to anybody, so nobody has to decide about it.
    for (const { key } of keys.length === 0 ? [] : await store.readFactsByKey(kind, keys.sort())) {
      const name = nameOf({ kind, key });
      unlisted.push({ kind, key, isStatedByOthers: stated.has(name), importedBy: importedBy.get(name) ?? new Set() });
    }
  }
  return unlisted;
}
