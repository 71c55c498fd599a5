import { randomBytes } from 'node:crypto';
import type { Assertion } from '../../domain/assertions.ts';
import { ExposureError } from '../../domain/errors.ts';
import { factFields } from '../../domain/fact-fields.ts';
import type { FactKind } from '../../domain/facts.ts';
import { factKinds } from '../../domain/facts.ts';
import { findDomain } from '../../domain/names/plain-name.ts';
import { doesWriteRaise } from '../../rules/revision.ts';
import type { StoreRecord } from '../../store/store-record.ts';

/** The data to erase: those of an organization, or the name of a person (or token) in the records. */
export type ErasureSubject = (
  | { readonly of: 'organization'; readonly organization: string }
  | { readonly of: 'person'; readonly person: string }
) & {
  /** Further names that free text may use, such as a short form. */
  readonly also?: readonly string[];
};

export type Records = AsyncIterable<StoreRecord>;

/** Everything that an erasure removes from the records of one store or backup. */
export interface ErasedData {
  readonly of: ErasureSubject['of'];
  /** Keys of the facts that are erased with their whole history. */
  readonly facts: ReadonlyMap<FactKind, ReadonlySet<string>>;
  /** Names, ids, websites and addresses that free text may mention. */
  readonly texts: ErasedTexts;
  /** The person, and the name that stands for it afterwards. */
  readonly author: { readonly name: string; readonly standIn: string } | undefined;
  /** Erased assertions of each write, by effect. Writes are numbered from 0. */
  readonly removed: ReadonlyMap<number, readonly number[]>;
  /** Revisions that no longer exist, because all of their changes are erased. Ascending. */
  readonly lostRevisions: readonly number[];
}

/**
 * Finds the data of an organization: the organization and the ids merged into it, the artifacts that it owns, and every fact that
 * any assertion ties to one of these by a required reference. So a transfer that once named it as the recipient is erased whole.
 *
 * A fact may be tied by a later assertion than the first, so the records are read until a pass finds nothing new, then once more.
 *
 * @param read starts to read all records
 * Throws NOT_FOUND, and CONFLICT if the organization is merged into another.
 */
export async function findErased(read: () => Records, subject: ErasureSubject): Promise<ErasedData> {
  const { also = [] } = subject;
  if (subject.of === 'person') return ofPerson(subject.person, also);
  const { organization } = subject;
  const merges = await readMerges(read(), organization);
  const target = merges.get(organization);
  if (target !== undefined) {
    throw new ExposureError('CONFLICT', `${organization} is merged into ${target}. Erase ${target}, or unmerge ${organization} first.`);
  }
  const facts = new Map(factKinds.map((kind) => [kind, new Set<string>()]));
  const organizations = facts.get('ORGANIZATION') as Set<string>;
  organizations.add(organization);
  // A set that grows while it is walked: merges of merges.
  for (const into of organizations) for (const [merged, now] of merges) if (now === into) organizations.add(merged);
  while (await growOnce(read(), facts)) {}
  return await tally(read(), facts, also);
}

function ofPerson(name: string, also: readonly string[]): ErasedData {
  // Random, because the hash of a name can be found by trying names.
  const standIn = `erased-${randomBytes(4).toString('hex')}`;
  return {
    of: 'person',
    facts: new Map(),
    texts: new ErasedTexts([name, ...also], standIn),
    author: { name, standIn },
    removed: new Map(),
    lostRevisions: [],
  };
}

/** Merged organization -> the one that it means now. Throws NOT_FOUND if no assertion is about the organization. */
async function readMerges(records: Records, organization: string): Promise<Map<string, string>> {
  const place = factFields.ORGANIZATION.findIndex(({ name }) => name === 'mergedInto');
  const merges = new Map<string, string>();
  let isKnown = false;
  for await (const record of records) {
    if (record.type !== 'assertions' || record.kind !== 'ORGANIZATION') continue;
    for (const { key, values } of record.assertions) {
      if (key === organization) isKnown = true;
      const into = values[place] as string | null | undefined;
      if (into === null) merges.delete(key);
      else if (into !== undefined) merges.set(key, into);
    }
  }
  if (isKnown) return merges;
  throw new ExposureError('NOT_FOUND', `There is and was no organization "${organization}". Give the id of one.`);
}

/** Adds the facts that name an erased fact. @returns whether there were any */
async function growOnce(records: Records, facts: ReadonlyMap<FactKind, Set<string>>): Promise<boolean> {
  let hasGrown = false;
  for await (const record of records) {
    if (record.type !== 'assertions') continue;
    const keys = facts.get(record.kind) as Set<string>;
    for (const assertion of record.assertions) {
      if (keys.has(assertion.key) || !isTied(assertion, facts)) continue;
      keys.add(assertion.key);
      hasGrown = true;
    }
  }
  return hasGrown;
}

function isTied({ kind, values }: Assertion, facts: ReadonlyMap<FactKind, ReadonlySet<string>>): boolean {
  return factFields[kind].some((spec, i) => {
    if (spec.type !== 'reference' || !spec.isRequired) return false;
    const named = values[i];
    return typeof named === 'string' && (facts.get(spec.to) as ReadonlySet<string>).has(named);
  });
}

async function tally(records: Records, facts: ReadonlyMap<FactKind, ReadonlySet<string>>, also: readonly string[]): Promise<ErasedData> {
  const names = new Set<string>([...also, ...(facts.get('ORGANIZATION') as Set<string>), ...(facts.get('ARTIFACT') as Set<string>)]);
  const removed = new Map<number, number[]>();
  /** Changes of each write that are left. */
  const left: { readonly revision: number; wasRaising: boolean; changes: number }[] = [];
  for await (const record of records) {
    if (record.type === 'write') {
      const changes = record.created + record.updated + record.retracted;
      left.push({ revision: record.revision, wasRaising: doesWriteRaise(record), changes });
    }
    if (record.type !== 'assertions') continue;
    const keys = facts.get(record.kind) as ReadonlySet<string>;
    const write = left.length - 1;
    for (const [i, assertion] of record.assertions.entries()) {
      if (!keys.has(assertion.key)) continue;
      const effect = record.effects[i] as number;
      const counts = removed.get(write) ?? [0, 0, 0, 0];
      counts[effect] = (counts[effect] as number) + 1;
      removed.set(write, counts);
      // 0: UNCHANGED.
      if (effect > 0) (left[write] as { changes: number }).changes--;
      if (record.kind === 'ORGANIZATION' || record.kind === 'ARTIFACT') for (const name of namesIn(assertion)) names.add(name);
    }
  }
  const lostRevisions = left.filter(({ wasRaising, changes }) => wasRaising && changes === 0).map(({ revision }) => revision);
  return { of: 'organization', facts, texts: new ErasedTexts(names, '[erased]'), author: undefined, removed, lostRevisions };
}

function namesIn({ kind, values }: Assertion): string[] {
  const stated = new Map(factFields[kind].map(({ name }, i) => [name, values[i]]));
  const [name, website, email, aliases] = ['name', 'website', 'contactEmail', 'aliases'].map((field) => stated.get(field));
  const texts = [name, website, email, ...((aliases ?? []) as readonly string[])].filter((text) => typeof text === 'string');
  const domain = typeof website === 'string' ? findDomain(website) : undefined;
  return domain === undefined ? texts : [...texts, domain];
}

/** Shorter names count only where they are the whole text: elsewhere they would match ordinary words. */
const minLength = 3;
const maxCached = 100_000;
const nothing: ReadonlySet<string> = new Set();

/** Replaces the names of what is erased in free text. A name matches as a whole word, in upper or lower case. */
class ErasedTexts {
  readonly #replacement: string;
  readonly #pattern: RegExp | undefined;
  readonly #short: ReadonlySet<string>;
  readonly #cache = new Map<string, string>();

  /** @param replacement takes the place of each name */
  constructor(names: Iterable<string>, replacement: string) {
    this.#replacement = replacement;
    const all = [...new Set([...names].map((name) => name.trim()))].filter((name) => name !== '');
    this.#short = new Set(all.filter((name) => name.length < minLength));
    const distinct = all.filter((name) => name.length >= minLength);
    // A longer name first, so that no part of it is left.
    distinct.sort((a, b) => b.length - a.length);
    const escaped = distinct.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
    this.#pattern = distinct.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  }

  isIn(text: string): boolean {
    return this.replaceIn(text) !== text;
  }

  replaceIn(text: string): string {
    if (this.#short.has(text)) return this.#replacement;
    if (this.#pattern === undefined) return text;
    const known = this.#cache.get(text);
    if (known !== undefined) return known;
    const replaced = text.replace(this.#pattern, () => this.#replacement);
    if (this.#cache.size >= maxCached) this.#cache.clear();
    this.#cache.set(text, replaced);
    return replaced;
  }

  /** The value with the names replaced in all its strings. Names of fields stay, and so do the values of the fields in `kept`. */
  replaceInAll<T>(value: T, kept: ReadonlySet<string> = nothing): T {
    if (typeof value === 'string') return this.replaceIn(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.replaceInAll(item, kept)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, kept.has(name) ? item : this.replaceInAll(item, kept)]),
    ) as T;
  }
}
