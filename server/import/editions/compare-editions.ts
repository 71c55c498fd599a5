import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds, splitPairKey } from '../../domain/facts.ts';
import type { FactStore, ImportRecord } from '../../store/fact-store.ts';

/** If a larger share of an edition is unlisted, the list is probably incomplete: a commit asks for confirmation. */
export const mostUnlisted = 1 / 5;

/** A fact that the last edition of a source listed and this one does not. */
export interface UnlistedFact {
  readonly kind: FactKind;
  readonly key: string;
  /** Whether other sources state the fact too: this source alone cannot retract it then. */
  readonly isStatedByOthers: boolean;
}

/** The changes of a source since its last edition. */
export interface EditionDrift {
  /** The import that brought the last edition. */
  readonly lastImport: ImportRecord;
  readonly listedBefore: number;
  readonly listedNow: number;
  /** Facts of this edition that the last one did not list. */
  readonly newCount: number;
  /** By kind, then key. Facts that no longer exist are left out: they need no decision. */
  readonly unlisted: readonly UnlistedFact[];
  /** More than a fifth of the last edition is not listed now. */
  readonly isMany: boolean;
}

/**
 * Compares an edition with the last one of its source that was committed and not undone; undefined if there is none.
 *
 * @param listed what this edition states, by kind and key
 * Complexity: one scan of the recorded assertions, and a second scan if a fact is unlisted. Memory: keys of two editions.
 */
export async function compareEditions(
  store: FactStore,
  source: string,
  listed: readonly { readonly kind: FactKind; readonly key: string }[],
): Promise<EditionDrift | undefined> {
  const imports = (await store.listImports()).filter((record) => record.source === source && record.state === 'COMMITTED');
  const lastImport = imports.reduce<ImportRecord | undefined>(
    (last, next) => (last === undefined || next.committedAt >= last.committedAt ? next : last),
    undefined,
  );
  if (lastImport === undefined) return undefined;
  const now = new Set(listed.map(nameOf));
  const before = new Map<string, { readonly kind: FactKind; readonly key: string }>();
  await eachAssertion(store, (assertion, write) => {
    if (write.importId === lastImport.id && !assertion.isRetraction)
      before.set(nameOf(assertion), { kind: assertion.kind, key: assertion.key });
  });
  const gone = new Map([...before].filter(([name]) => !now.has(name)));
  return {
    lastImport,
    listedBefore: before.size,
    listedNow: now.size,
    newCount: [...now].filter((name) => !before.has(name)).length,
    unlisted: await lookAtGone(store, source, gone),
    isMany: gone.size > before.size * mostUnlisted,
  };
}

async function lookAtGone(
  store: FactStore,
  source: string,
  gone: ReadonlyMap<string, { readonly kind: FactKind; readonly key: string }>,
): Promise<UnlistedFact[]> {
  if (gone.size === 0) return [];
  const undone = new Set((await store.listImports()).filter(({ state }) => state === 'UNDONE').map(({ id }) => id));
  const stated = new Set<string>();
  await eachAssertion(store, (assertion, write) => {
    const name = nameOf(assertion);
    if (!gone.has(name) || (write.importId !== null && undone.has(write.importId))) return;
    if (assertion.isRetraction) stated.delete(name);
    else if (write.source !== source) stated.add(name);
  });
  const unlisted: UnlistedFact[] = [];
  for (const kind of factKinds) {
    const keys = [...gone.values()].filter((fact) => fact.kind === kind).map(({ key }) => key);
    for (const { key } of keys.length === 0 ? [] : await (store.said ?? store).readFactsByKey(kind, keys.sort())) {
      unlisted.push({ kind, key, isStatedByOthers: stated.has(nameOf({ kind, key })) });
    }
  }
  return unlisted;
}

interface AssertedIn {
  readonly importId: string | null;
  readonly source: string | null;
}

async function eachAssertion(store: FactStore, visit: (assertion: Assertion, write: AssertedIn) => void): Promise<void> {
  let write: AssertedIn = { importId: null, source: null };
  for await (const record of store.readRecords()) {
    if (record.type === 'write') write = { importId: record.import?.id ?? null, source: record.import?.source ?? null };
    else if (record.type === 'assertions') for (const assertion of record.assertions) visit(assertion, write);
  }
}

function nameOf({ kind, key }: { readonly kind: FactKind; readonly key: string }): string {
  return `${kind} ${key}`;
}

/** RETRACT removes the facts. END ends engagements and access at an instant; facts of other kinds stay. */
export type UnlistedDecision = { readonly policy: 'RETRACT' } | { readonly policy: 'END'; readonly at: number };

/**
 * The assertions of an import about facts that its source no longer lists. A fact that other sources state is not retracted.
 *
 * @param assertedAt the date of the edition
 */
export function closeUnlisted(unlisted: readonly UnlistedFact[], decision: UnlistedDecision, assertedAt: number): Assertion[] {
  return unlisted.flatMap(({ kind, key, isStatedByOthers }): Assertion[] => {
    const of = { kind, key, assertedAt, source: null, file: null, line: null };
    if (decision.policy === 'RETRACT') return isStatedByOthers ? [] : [{ ...of, isRetraction: true, values: [] }];
    const end = endFields.get(kind);
    return end === undefined ? [] : [{ ...of, isRetraction: false, values: endAt(kind, key, end, decision.at) }];
  });
}

const endFields: ReadonlyMap<FactKind, number> = new Map([
  ['ENGAGEMENT', fieldIndex('ENGAGEMENT', 'endsAt')],
  ['ACCESS', fieldIndex('ACCESS', 'validUntil')],
]);

function endAt(kind: FactKind, key: string, end: number, at: number): (FactValue | undefined)[] {
  const keys = factFields[kind].filter(({ isKey }) => isKey).length === 1 ? [key] : splitPairKey(key);
  return factFields[kind].map(({ isKey }, field) => (field === end ? at : isKey ? keys[field] : undefined));
}
