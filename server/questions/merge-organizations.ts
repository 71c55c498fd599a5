import type { FactValue, RecordedFact } from '../domain/assertions.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { factFields } from '../domain/fact-fields.ts';
import { fieldIndex } from '../domain/fact-rules.ts';
import { describeFact } from '../domain/fact-sentences.ts';
import { custodyKinds, type FactKind } from '../domain/facts.ts';
import { PackedAssertions } from '../domain/packed/packed-assertions.ts';
import { isMergeCircular } from '../rules/merges.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { Author } from '../store/fact-write.ts';
import { MergedFacts, mergedIntoField, mergedIntoOf } from '../store/merges/merged-facts.ts';

/** Why a merge or unmerge is refused. `field` is the faulty input field. */
export interface MergeRefusal {
  readonly code: 'UNKNOWN_REFERENCE' | 'SAME_ENDS' | 'CIRCULAR_MERGE' | 'NOT_MERGED';
  readonly field: 'organization' | 'into';
  readonly message: string;
}

export interface MergeOutcome {
  readonly revision: number;
  readonly refusal: MergeRefusal | null;
}

/**
 * Makes the id of one organization mean another (semantics §1). Writes nothing else; repeating a merge changes nothing. Throws
 * as `commit`.
 *
 * @param signal aborting it before the write leaves everything as it was; throws the signal's reason. Of several merges, those before stay
 */
export async function mergeOrganizations(
  store: FactStore,
  organization: string,
  into: string,
  author: Author,
  signal?: AbortSignal,
): Promise<MergeOutcome> {
  const refusal = await checkMerge(store, organization, into);
  signal?.throwIfAborted();
  return refusal === null ? assertMerge(store, organization, into, author) : { revision: await store.readRevision(), refusal };
}

/** Ends a merge: the organization's id means itself again. */
export async function unmergeOrganizations(store: FactStore, organization: string, author: Author): Promise<MergeOutcome> {
  const found = await findUnmerged(store, organization);
  if (found !== undefined && mergedIntoOf(found) !== null) return assertMerge(store, organization, null, author);
  const message =
    found === undefined
      ? `There is no organization ${organization}. Check the id.`
      : `Organization ${organization} is not merged into another. Name the organization whose id was merged, not the one that it means now.`;
  return {
    revision: await store.readRevision(),
    refusal: { code: found ? 'NOT_MERGED' : 'UNKNOWN_REFERENCE', field: 'organization', message },
  };
}

/**
 * The facts that a merge would hide, in the order of the store. Both ends of these facts would mean the same organization. A process
 * that holds a projection asks `askHiddenByMerge` instead.
 *
 * @param onProgress called with the number of facts read
 * Complexity: one scan of the facts.
 */
export async function findHiddenByMerge(
  store: FactStore,
  organization: string,
  into: string,
  onProgress?: (read: number) => void,
): Promise<RecordedFact[]> {
  const organizations: RecordedFact[] = [];
  const hidden: RecordedFact[] = [];
  let wouldHide: ((fact: RecordedFact) => boolean) | undefined;
  let read = 0;
  for await (const { kind, facts } of store.unmerged.readFacts(undefined, custodyKinds)) {
    read += facts.length;
    onProgress?.(read);
    if (kind === 'ORGANIZATION') {
      organizations.push(...facts);
      continue;
    }
    wouldHide ??= hidingOf(organizations, organization, into);
    hidden.push(...facts.filter(wouldHide));
  }
  return hidden;
}

/** The facts among these, by their keys, that a merge would hide. O(organizations). */
export async function keepHiddenByMerge(
  store: FactStore,
  kind: FactKind,
  keys: readonly string[],
  organization: string,
  into: string,
): Promise<string[]> {
  if (keys.length === 0) return [];
  const wouldHide = hidingOf(await readOrganizations(store, null), organization, into);
  return (await store.unmerged.readFactsByKey(kind, keys)).filter(wouldHide).map(({ key }) => key);
}

function hidingOf(organizations: readonly RecordedFact[], organization: string, into: string): (fact: RecordedFact) => boolean {
  const before = toMerges(organizations);
  const after = toMerges(organizations.map((fact) => (fact.key === organization ? withMerge(fact, into) : fact)));
  return (fact) => after.isHidden(fact) && !before.isHidden(fact);
}

/** Names a fact that a merge hides, such as "Engagement E-1". */
export function describeHidden({ kind, values }: RecordedFact): string {
  return describeFact(kind, values);
}

/** A merged organization. */
export interface Merge {
  readonly id: string;
  /** Its own name. */
  readonly name: string;
  /** The resolved id: never that of a merged organization. */
  readonly into: string;
}

/**
 * The merges in force at an instant, by the id that they mean, then by the merged id. O(organizations).
 *
 * @param instant epoch ms; null: now
 */
export async function listMerges(store: FactStore, instant: number | null): Promise<Merge[]> {
  const organizations = await readOrganizations(store, instant);
  const { roots } = toMerges(organizations);
  return organizations
    .flatMap(({ key, values }) => {
      const into = roots.get(key);
      return into === undefined ? [] : [{ id: key, name: values[nameField] as string, into }];
    })
    .sort((a, b) => compareCodePoints(a.into, b.into) || compareCodePoints(a.id, b.id));
}

/** The author and time of the latest merge of an organization. Few reads: an organization has few changes. */
export async function findMergeAuthor(store: FactStore, organization: string): Promise<Author> {
  for (let offset = 0; ; offset += historyPage) {
    const { changes } = await store.readHistory({ kind: 'ORGANIZATION', key: organization }, offset, historyPage);
    const found = changes.find(({ change }) => change === 'MERGED');
    if (found !== undefined) return { by: found.by as string, at: found.at as number };
    if (changes.length < historyPage) throw new Error(`Organization ${organization} is merged, and its history has no merge.`);
  }
}

const historyPage = 100;
const nameField = fieldIndex('ORGANIZATION', 'name');

/** The organizations as stated, each with its own id. */
async function readOrganizations(store: FactStore, instant: number | null): Promise<RecordedFact[]> {
  const organizations: RecordedFact[] = [];
  for await (const { kind, facts } of store.unmerged.readFacts(instant === null ? undefined : { instant })) {
    if (kind !== 'ORGANIZATION') break;
    organizations.push(...facts);
  }
  return organizations;
}

function toMerges(organizations: readonly RecordedFact[]): MergedFacts {
  const ids = new Set(organizations.map(({ key }) => key));
  return new MergedFacts(
    organizations.filter((fact) => mergedIntoOf(fact) !== null),
    (id) => ids.has(id),
  );
}

function withMerge(fact: RecordedFact, into: string): RecordedFact {
  return { ...fact, values: fact.values.map((value, field) => (field === mergedIntoField ? into : value)) };
}

/** Why the merge is refused, or null if it is allowed. */
export async function checkMerge(store: FactStore, organization: string, into: string): Promise<MergeRefusal | null> {
  if (organization === into) {
    return { code: 'SAME_ENDS', field: 'into', message: `${organization} is named twice. Name the organization that it is to mean.` };
  }
  for (const [field, id] of [
    ['organization', organization],
    ['into', into],
  ] as const) {
    if ((await findUnmerged(store, id)) === undefined) {
      return { code: 'UNKNOWN_REFERENCE', field, message: `There is no organization ${id}. Check the id.` };
    }
  }
  const chain = new Map<string, string>();
  for (let at: string | null = into; at !== null && !chain.has(at); ) {
    const found = await findUnmerged(store, at);
    const next: string | null = found === undefined ? null : mergedIntoOf(found);
    if (next !== null) chain.set(at, next);
    at = next;
  }
  if (!isMergeCircular(chain, organization, into)) return null;
  return {
    code: 'CIRCULAR_MERGE',
    field: 'into',
    message: `${into} is itself merged into ${organization}. Unmerge ${into} first, or merge it the other way around.`,
  };
}

async function assertMerge(store: FactStore, organization: string, into: string | null, { by, at }: Author): Promise<MergeOutcome> {
  const values: (FactValue | undefined)[] = factFields.ORGANIZATION.map((spec, field) => {
    if (spec.isKey) return organization;
    return field === mergedIntoField ? into : undefined;
  });
  const assertion = {
    kind: 'ORGANIZATION',
    key: organization,
    isRetraction: false,
    values,
    assertedAt: at,
    source: null,
    file: null,
    line: null,
  } as const;
  const { revision } = await store.commit({ by, at, assertions: PackedAssertions.of([assertion]) });
  return { revision, refusal: null };
}

async function findUnmerged(store: FactStore, id: string): Promise<RecordedFact | undefined> {
  return (await store.unmerged.readFactsByKey('ORGANIZATION', [id]))[0];
}
