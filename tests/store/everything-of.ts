import type { FactKind } from '../../server/domain/facts.ts';
import type { FactStore, HistoryPage } from '../../server/store/fact-store.ts';
import type { FactChange } from '../../server/store/fact-write.ts';
import { documentCollections } from '../../server/store/store-record.ts';
import { readAll } from './assertions-for-tests.ts';

const all = 1_000_000;

/** Above this count, only facts that changed more than once, and a sample of the others, are read one by one. */
const fewFacts = 100;

/** Every answer of the port on which two stores with the same history must agree, whatever their database. */
export async function everythingOf(store: FactStore) {
  const revision = await store.readRevision();
  const facts = await readAll(store);
  const history = await store.readHistory({ sinceRevision: 0 }, 0, all);
  const imports = await store.listImports();
  const instants = new Set([
    ...history.changes.map((change) => change.at as number),
    ...imports.flatMap(({ committedAt, undoneAt }) => [committedAt, undoneAt ?? committedAt]),
  ]);
  const known: [string, unknown][] = [];
  for (let past = 0; past <= revision; past++) known.push([`revision ${past}`, await readAll(store, { revision: past })]);
  for (const instant of [...instants].flatMap((at) => [at - 1, at])) {
    known.push([`instant ${instant}`, await readAll(store, { instant })]);
  }
  const ofFacts: [string, HistoryPage][] = [];
  for (const fact of pickTouched(history.changes)) ofFacts.push([fact.key, await store.readHistory(fact, 0, all)]);
  const importChanges: [string, HistoryPage][] = [];
  for (const { id } of imports) importChanges.push([id, await store.readHistory({ importId: id, kinds: null }, 0, all)]);
  const documents: [string, unknown][] = [];
  for (const collection of documentCollections) documents.push([collection, await store.listDocuments(collection)]);
  return { revision, facts, history, imports, known, ofFacts, importChanges, documents, problems: await store.verify() };
}

function pickTouched(changes: readonly FactChange[]): { kind: FactKind; key: string }[] {
  const counts = new Map<string, { fact: { kind: FactKind; key: string }; count: number }>();
  for (const { kind, key } of changes) {
    const name = `${kind} ${key}`;
    counts.set(name, { fact: { kind, key }, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()].filter(({ count }, i) => counts.size <= fewFacts || count > 1 || i % 20 === 0).map(({ fact }) => fact);
}
