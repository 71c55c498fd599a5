import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import type { Retractor } from '../../rules/may-retract.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { ImportRecord } from '../../store/fact-write.ts';

/** The assertions of a source's last edition, by `nameOf`. For each kind, those of the last import that listed the kind. */
export interface LastEdition {
  readonly source: string;
  /** The latest import of the edition. */
  readonly lastImport: ImportRecord;
  readonly facts: ReadonlyMap<string, Assertion>;
  /** The latest statement of the source on each field of the requested facts, in any edition or in an end that the import stated for it. */
  readonly stated: ReadonlyMap<string, StatedValues>;
}

/**
 * Reads the last edition of a source that was committed and not undone, or undefined. Its facts leave out assertions that only end
 * or retract an unlisted fact: they come from no row.
 *
 * @param findAsked names of facts, for `stated`; called if the source has an edition
 * Complexity: one scan of the recorded assertions, only if the source has an edition. Memory: the assertions of one edition.
 */
export async function readLastEdition(
  store: FactStore,
  source: string | null,
  findAsked: () => ReadonlySet<string> = () => new Set(),
): Promise<LastEdition | undefined> {
  if (source === null) return undefined;
  const imports = new Map<string, ImportRecord>();
  const undone = new Set<string>();
  for (const record of await store.listImports()) {
    if (record.state === 'UNDONE') undone.add(record.id);
    else if (record.source === source) imports.set(record.id, record);
  }
  if (imports.size === 0) return undefined;
  const asked = findAsked();
  const stated = new Map<string, StatedValues>();
  const byKind = new Map<FactKind, { readonly from: ImportRecord; readonly facts: Map<string, Assertion> }>();
  await eachAssertion(store, (assertion, { importId }) => {
    const from = importId === null ? undefined : imports.get(importId);
    const name = nameOf(assertion);
    if (asked.has(name) && !(importId !== null && undone.has(importId))) {
      if (assertion.isRetraction) stated.delete(name);
      else if (from !== undefined) stated.set(name, foldStated(assertion.kind, stated.get(name), assertion.values));
    }
    if (from === undefined || assertion.isRetraction || assertion.file === null) return;
    let edition = byKind.get(assertion.kind);
    if (edition?.from !== from) {
      edition = { from, facts: new Map() };
      byKind.set(assertion.kind, edition);
    }
    edition.facts.set(name, assertion);
  });
  const editions = [...byKind.values()];
  const [first] = editions;
  if (first === undefined) return undefined;
  const lastImport = editions.reduce((last, { from }) => (from.committedAt >= last.committedAt ? from : last), first.from);
  return { source, lastImport, facts: new Map(editions.flatMap(({ facts }) => [...facts])), stated };
}

/** In the order of the fields of a kind; undefined: the source never spoke of it. */
export type StatedValues = readonly (FactValue | undefined)[];

/** A later assertion of the same source counts for each field, and each attribute, of which it speaks. */
function foldStated(kind: FactKind, before: StatedValues | undefined, now: StatedValues): StatedValues {
  if (before === undefined) return now;
  return factFields[kind].map(({ type }, field) => {
    const [earlier, later] = [before[field], now[field]];
    if (type !== 'attributes' || !Array.isArray(earlier) || !Array.isArray(later)) return later === undefined ? earlier : later;
    const names = new Set((later as readonly Attribute[]).map(({ name }) => name));
    return [...(earlier as readonly Attribute[]).filter(({ name }) => !names.has(name)), ...(later as readonly Attribute[])];
  });
}

interface AssertedIn {
  readonly importId: string | null;
  readonly source: string | null;
  /** The author of the write. */
  readonly by: string;
}

/** Visits every recorded assertion, in the order of the writes. */
export async function eachAssertion(store: FactStore, visit: (assertion: Assertion, write: AssertedIn) => void): Promise<void> {
  let write: AssertedIn = { importId: null, source: null, by: '' };
  for await (const record of store.readRecords()) {
    if (record.type === 'write') write = { importId: record.import?.id ?? null, source: record.import?.source ?? null, by: record.by };
    else if (record.type === 'assertions') for (const assertion of record.assertions) visit(assertion, write);
  }
}

/** A text that names a fact of any kind. */
export function nameOf({ kind, key }: { readonly kind: FactKind; readonly key: string }): string {
  return `${kind} ${key}`;
}

/** If a larger share of an edition is unlisted, the list is probably incomplete: a commit asks for confirmation. */
export const mostUnlisted = 1 / 5;

/**
 * The end of facts that a source no longer lists. KEEP changes nothing. RETRACT removes them. END ends engagements and access at an
 * instant; facts of other kinds stay.
 */
export type UnlistedDecision =
  | { readonly policy: 'KEEP' }
  /** `decidedBy` absent: in drafts of earlier versions, whoever commits. */
  | { readonly policy: 'RETRACT'; readonly decidedBy?: Retractor }
  /** Epoch ms. */
  | { readonly policy: 'END'; readonly at: number };

/** A person's decisions about one edition. They hold for this edition alone: the next one asks again. */
export interface EditionDecision {
  /** Absent: undecided. */
  readonly unlisted?: UnlistedDecision;
  /** Confirms a decision that ends or removes more than a fifth of the source. */
  readonly evenIfMany?: boolean;
  /** Whether emptied cells erase. Absent: undecided. */
  readonly eraseEmptied?: boolean;
}

/** A fact that the last edition of a source listed and this one does not. */
export interface UnlistedFact {
  readonly kind: FactKind;
  readonly key: string;
  /** Whether other sources state the fact too: this source alone cannot retract it then. */
  readonly isStatedByOthers: boolean;
  /** The authors of what this source states of the fact. */
  readonly importedBy: ReadonlySet<string>;
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
