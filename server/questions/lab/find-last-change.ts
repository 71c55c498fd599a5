import type { FactValue, RecordedFact } from '../../domain/assertions.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import { type FactKind, factKinds } from '../../domain/facts.ts';
import { termsOfFact } from '../../projection/lab-view/lab-view.ts';
import type { FactStore } from '../../store/fact-store.ts';
import type { FactChange } from '../../store/fact-write.ts';
import { readMerges } from '../../store/merges/read-meanings.ts';
import type { ToldFacts } from './told-facts.ts';
import { readWhole, tellFacts } from './told-facts.ts';

/** A revision of the store, and what a bound person sees as the revision then. */
export interface SeenRevision {
  readonly revision: number;
  readonly seen: number;
}

const changesAtOnce = 1000;
/** Larger writes are compared without a look at each of their facts. */
const fewFacts = 5000;

/**
 * The last revision that changed a view (semantics §10), so that a write outside the view changes no answer.
 *
 * Goes back through the writes. A write that cannot have touched the view is skipped; for any other, the views before and after it
 * are compared. So the answer is the same on every server, whatever it saw before.
 *
 * @param now the view at the latest revision
 * @param bound the ids to which somebody is bound
 * @param known an earlier revision for which the answer is known; undefined: goes back to the first write
 * Complexity: O(changes since `known`), and a build of all facts for each write that may have touched the view.
 */
export async function findLastChange(
  store: FactStore,
  now: ToldFacts,
  bound: readonly string[],
  known: SeenRevision | undefined,
): Promise<number> {
  let at = now;
  for await (const { revision, changes } of readWrites(store, known?.revision ?? 0, now.whole.revision)) {
    if (!(await mayTouch(store, at, [...bound, ...at.labs], revision, changes))) continue;
    const before = await tellFacts(store, await readWhole(store, revision - 1), bound);
    if (before.digest !== now.digest) return revision;
    at = before;
  }
  return known?.seen ?? 0;
}

interface Write {
  readonly revision: number;
  /** Undefined: the changes are too many to look at, or the history lists none (an undo that changes a source only). */
  readonly changes: readonly FactChange[] | undefined;
}

/** The writes after revision `since` up to `until`, the latest first, each once. */
async function* readWrites(store: FactStore, since: number, until: number): AsyncGenerator<Write> {
  let next = until;
  for await (const { revision, changes } of readListedWrites(store, since)) {
    // A write that comes while pages are read moves the others, so some are listed again.
    if (revision > next) continue;
    for (; next > revision; next--) yield { revision: next, changes: undefined };
    yield { revision, changes: changes.length > fewFacts ? undefined : changes };
    next = revision - 1;
  }
  for (; next > since; next--) yield { revision: next, changes: undefined };
}

async function* readListedWrites(store: FactStore, since: number) {
  let changes: FactChange[] = [];
  for (let offset = 0; ; ) {
    const page = (await store.readHistory({ sinceRevision: since }, offset, changesAtOnce)).changes;
    for (const change of page) {
      const { revision } = changes[0] ?? change;
      if (change.revision !== revision) {
        yield { revision: revision as number, changes };
        changes = [];
      }
      if (changes.length <= fewFacts) changes.push(change);
    }
    if (page.length < changesAtOnce) break;
    offset += page.length;
  }
  if (changes[0] !== undefined) yield { revision: changes[0].revision as number, changes };
}

/** Whether a write can have changed the view. True in doubt. */
async function mayTouch(
  store: FactStore,
  at: ToldFacts,
  labs: readonly string[],
  revision: number,
  changes: readonly FactChange[] | undefined,
): Promise<boolean> {
  if (changes === undefined || changes.some(changesMerge)) return true;
  for (const kind of factKinds) {
    const keys = changes.filter((change) => change.kind === kind).map(({ key }) => key);
    if (keys.length === 0) continue;
    const before = await store.readFactsByKey(kind, keys, { revision: revision - 1 });
    const after = await store.readFactsByKey(kind, keys, { revision });
    const found = new Set([...before, ...after].map(({ key }) => key));
    // The key of a fact that a merge hides, or of an organization that means another.
    if (!keys.every((key) => found.has(key))) return true;
    if ([...before, ...after].some((fact) => isNear(at, labs, kind, fact.values))) return true;
    if ((kind === 'ORGANIZATION' || kind === 'ARTIFACT') && isRenaming(before, after)) return true;
    if (kind !== 'ORGANIZATION') continue;
    if (before.length !== after.length && (await changesMeanings(store, revision))) return true;
  }
  return false;
}

/** Whether a change merges an organization or ends a merge. One that changes other fields too is listed as an update. */
function changesMerge({ change, fields }: FactChange): boolean {
  return change === 'MERGED' || change === 'UNMERGED' || fields.some(({ field }) => field === 'mergedInto');
}

/** Whether a merge begins or ends because the organization that an id means appears or disappears. */
async function changesMeanings(store: FactStore, revision: number): Promise<boolean> {
  const [before, after] = [await readMerges(store, { revision: revision - 1 }), await readMerges(store, { revision })];
  return before.size !== after.size || [...before].some(([id, root]) => after.get(id) !== root);
}

const field = (kind: FactKind, values: readonly FactValue[], name: string) => values[fieldIndex(kind, name)] as string;

/**
 * Whether a fact is in the view or hangs on one that is. A fact that enters or leaves the view hangs on one that stays, or on another
 * fact of the same write that does.
 */
function isNear({ whole, view }: ToldFacts, labs: readonly string[], kind: FactKind, values: readonly FactValue[]): boolean {
  const { organizations, artifacts } = whole;
  const isIn = (id: string) => {
    const index = organizations.id.find(id);
    return labs.includes(id) || (index >= 0 && view.organizations[index] === 1);
  };
  const isOwn = (id: string) => {
    const index = artifacts.id.find(id);
    return index >= 0 && labs.includes(organizations.id.get(artifacts.owner[index] as number));
  };
  switch (kind) {
    case 'ORGANIZATION':
      return isIn(field(kind, values, 'id'));
    case 'ARTIFACT':
      return labs.includes(field(kind, values, 'owner')) || isOwn(field(kind, values, 'id'));
    case 'TRANSFER':
      return isOwn(field(kind, values, 'artifact'));
    case 'REVEALS':
      return isOwn(field(kind, values, 'artifact')) && isOwn(field(kind, values, 'reveals'));
    case 'ENGAGEMENT':
      return isIn(field(kind, values, 'client'));
    case 'ACCESS':
      return isIn(field(kind, values, 'grantor'));
    case 'CONTROL':
      return isIn(field(kind, values, 'organization'));
    default:
      return kind satisfies never;
  }
}

/** Whether the terms of a lab or of an artifact change: they decide which texts of the view are withheld. */
function isRenaming(before: readonly RecordedFact[], after: readonly RecordedFact[]): boolean {
  const earlier = new Map(before.map((fact) => [fact.key, statedTerms(fact)]));
  const later = new Map(after.map((fact) => [fact.key, statedTerms(fact)]));
  return [...earlier.keys(), ...later.keys()].some((key) => (earlier.get(key) ?? noTerms) !== (later.get(key) ?? noTerms));
}

const noTerms = '[]';

function statedTerms(fact: RecordedFact): string {
  const { kind, values } = fact;
  if (kind === 'ORGANIZATION' && !(values[fieldIndex(kind, 'roles')] as readonly string[]).includes('LAB')) return noTerms;
  const terms = termsOfFact(fact);
  return JSON.stringify(kind === 'ARTIFACT' && terms.length > 0 ? [...terms, field(kind, values, 'owner')] : terms);
}
