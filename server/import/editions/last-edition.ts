import type { Assertion } from '../../domain/assertions.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { FactStore, ImportRecord } from '../../store/fact-store.ts';

/** The assertions of a source's last edition, by `nameOf`. For each kind, those of the last import that listed the kind. */
export interface LastEdition {
  readonly source: string;
  /** The latest import of the edition. */
  readonly lastImport: ImportRecord;
  readonly facts: ReadonlyMap<string, Assertion>;
}

/**
 * Reads the last edition of a source that was committed and not undone, or undefined. Assertions that only end or
 * retract an unlisted fact are left out: they come from no row.
 *
 * Complexity: one scan of the recorded assertions, only if the source has an edition. Memory: the assertions of one edition.
 */
export async function readLastEdition(store: FactStore, source: string | null): Promise<LastEdition | undefined> {
  if (source === null) return undefined;
  const imports = new Map<string, ImportRecord>();
  for (const record of await store.listImports())
    if (record.source === source && record.state === 'COMMITTED') imports.set(record.id, record);
  if (imports.size === 0) return undefined;
  const byKind = new Map<FactKind, { readonly from: ImportRecord; readonly facts: Map<string, Assertion> }>();
  await eachAssertion(store, (assertion, { importId }) => {
    const from = importId === null ? undefined : imports.get(importId);
    if (from === undefined || assertion.isRetraction || assertion.file === null) return;
    let edition = byKind.get(assertion.kind);
    if (edition?.from !== from) {
      edition = { from, facts: new Map() };
      byKind.set(assertion.kind, edition);
    }
    edition.facts.set(nameOf(assertion), assertion);
  });
  const editions = [...byKind.values()];
  const [first] = editions;
  if (first === undefined) return undefined;
  const lastImport = editions.reduce((last, { from }) => (from.committedAt >= last.committedAt ? from : last), first.from);
  return { source, lastImport, facts: new Map(editions.flatMap(({ facts }) => [...facts])) };
}

interface AssertedIn {
  readonly importId: string | null;
  readonly source: string | null;
}

/** Visits every recorded assertion, in the order of the writes. */
export async function eachAssertion(store: FactStore, visit: (assertion: Assertion, write: AssertedIn) => void): Promise<void> {
  let write: AssertedIn = { importId: null, source: null };
  for await (const record of store.readRecords()) {
    if (record.type === 'write') write = { importId: record.import?.id ?? null, source: record.import?.source ?? null };
    else if (record.type === 'assertions') for (const assertion of record.assertions) visit(assertion, write);
  }
}

/** A text that names a fact of any kind. */
export function nameOf({ kind, key }: { readonly kind: FactKind; readonly key: string }): string {
  return `${kind} ${key}`;
}
