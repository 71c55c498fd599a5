import { distance } from 'fastest-levenshtein';
import type { Assertion, FactValue } from '../../domain/assertions.ts';
import { endFieldOf } from '../../domain/assertions.ts';
import { formatFactValue } from '../../domain/canonical-values.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute, FactKind } from '../../domain/facts.ts';
import { factKinds, splitPairKey } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { PackedAssertions } from '../../domain/packed/packed-assertions.ts';
import { hasEnded } from '../../rules/engagement-term.ts';
import type { FactStore } from '../../store/fact-store.ts';
import { canonicalMapping } from '../mapping/map-list.ts';
import type { MatchCandidate } from '../matching/matching-types.ts';
import { toNameWords, toSameKey } from '../matching/name-keys.ts';
import type { ReadFile } from '../read-options.ts';
import { attributePrefix } from '../rows/table-fields.ts';
import type { LastEdition, StatedValues, UnlistedDecision, UnlistedFact } from './last-edition.ts';
import { nameOf } from './last-edition.ts';

/**
 * The assertions of an import about facts that its source no longer lists. They name its source, but no file and no line.
 *
 * RETRACT leaves out facts that other sources state. END leaves out facts that ended before. It holds for the source alone: what another
 * source lists without an end goes on (semantics §1).
 *
 * @param edition the source of the import, and its date in epoch ms
 */
export async function closeUnlisted(
  store: FactStore,
  unlisted: readonly UnlistedFact[],
  decision: UnlistedDecision,
  edition: { readonly source: string; readonly assertedAt: number },
): Promise<Assertion[]> {
  const about = (kind: FactKind, key: string) => ({ kind, key, ...edition, file: null, line: null });
  if (decision.policy === 'KEEP') return [];
  if (decision.policy === 'RETRACT') {
    return unlisted
      .filter(({ isStatedByOthers }) => !isStatedByOthers)
      .map(({ kind, key }) => ({ ...about(kind, key), isRetraction: true, values: [] }));
  }
  const closings: Assertion[] = [];
  for (const kind of factKinds) {
    const end = endFieldOf(kind);
    if (end < 0) continue;
    const keys = unlisted.filter((fact) => fact.kind === kind).map(({ key }) => key);
    if (keys.length === 0) continue;
    for (const fact of await store.readFactsByKey(kind, keys)) {
      const endsAt = fact.values[end];
      if (typeof endsAt === 'number' && hasEnded(endsAt, decision.at)) continue;
      closings.push({ ...about(kind, fact.key), isRetraction: false, values: endAt(kind, fact.key, end, decision.at) });
    }
  }
  return closings;
}

/** The authors of everything that RETRACT would remove, each once. */
export function authorsOfRetraction(unlisted: readonly UnlistedFact[]): string[] {
  return [...new Set(unlisted.flatMap(({ isStatedByOthers, importedBy }) => (isStatedByOthers ? [] : [...importedBy])))];
}

/** Whether facts of the kind can end on a date. */
export function canEnd(kind: FactKind): boolean {
  return endFieldOf(kind) >= 0;
}

function endAt(kind: FactKind, key: string, end: number, at: number): (FactValue | undefined)[] {
  const keys = factFields[kind].filter(({ isKey }) => isKey).length === 1 ? [key] : splitPairKey(key);
  return factFields[kind].map(({ isKey }, field) => (field === end ? at : isKey ? keys[field] : undefined));
}

/** A fact whose row leaves cells empty for which its source stated values before. */
export interface EmptiedFact {
  /** Index into the assertions of this edition. */
  readonly assertion: number;
  /** Indexes into the fields of the kind. */
  readonly fields: readonly number[];
  /** Names of attributes. */
  readonly attributes: readonly string[];
  /** Whether a cell was filled when the source last listed rows of the kind, or the row was not among these. */
  readonly isNew: boolean;
}

/** The names of facts whose rows leave cells empty. A missing column empties no cell. */
export function findRowsWithEmptyCells(assertions: Iterable<Assertion>, files: readonly ReadFile[]): Set<string> {
  const columns = columnsByFile(files);
  const names = new Set<string>();
  for (const assertion of assertions) {
    const present = columns.get(assertion.file ?? '');
    if (present === undefined || assertion.isRetraction) continue;
    const isEmpty = (field: number) => assertion.values[field] === undefined;
    if (present.attributes.size > 0 || [...(present.fields.get(assertion.kind) ?? [])].some(isEmpty)) names.add(nameOf(assertion));
  }
  return names;
}

/** Finds the empty cells for which the source stated values before: in a cell of an earlier edition, or as the end of an unlisted fact. */
export function findEmptied({ stated, facts }: LastEdition, assertions: PackedAssertions, files: readonly ReadFile[]): EmptiedFact[] {
  const columns = columnsByFile(files);
  const emptied: EmptiedFact[] = [];
  for (const [index, assertion] of assertions.entries()) {
    const before = stated.get(nameOf(assertion));
    const present = columns.get(assertion.file ?? '');
    if (before === undefined || present === undefined || assertion.isRetraction) continue;
    const fields = [...(present.fields.get(assertion.kind) ?? [])].filter(
      (field) => isStated(before[field]) && assertion.values[field] === undefined,
    );
    const attributes = present.attributes.size === 0 ? [] : emptiedAttributes(before, assertion, present.attributes);
    if (fields.length + attributes.length === 0) continue;
    const last = facts.get(nameOf(assertion));
    const wasFilled = (values: StatedValues) =>
      fields.some((field) => isStated(values[field])) || emptiedAttributes(values, assertion, new Set(attributes)).length > 0;
    emptied.push({ assertion: index, fields, attributes, isNew: last === undefined || wasFilled(last.values) });
  }
  return emptied;
}

function columnsByFile(files: readonly ReadFile[]): Map<string, StatedColumns> {
  return new Map(files.map((file) => [file.name, columnsOf(file)]));
}

/** The number of emptied cells. */
export function countEmptied(emptied: readonly EmptiedFact[]): number {
  return emptied.reduce((sum, { fields, attributes }) => sum + fields.length + attributes.length, 0);
}

/** The assertions, with each emptied cell stated as unknown. */
export function eraseEmptied(assertions: PackedAssertions, emptied: readonly EmptiedFact[]): Assertion[] {
  const erased = [...assertions];
  for (const { assertion: index, fields, attributes } of emptied) {
    const assertion = erased[index] as Assertion;
    const values: (FactValue | undefined)[] = [...assertion.values];
    for (const field of fields) values[field] = null;
    if (attributes.length > 0) {
      const field = attributesField(assertion.kind);
      const stated = (values[field] ?? []) as readonly Attribute[];
      // An attribute without text does not count.
      values[field] = [...stated, ...attributes.map((name) => ({ name, value: '' }))];
    }
    erased[index] = { ...assertion, values };
  }
  return erased;
}

interface StatedColumns {
  readonly fields: ReadonlyMap<FactKind, ReadonlySet<number>>;
  readonly attributes: ReadonlySet<string>;
}

/** The fields and attributes that the columns of a file hold. */
function columnsOf(file: ReadFile): StatedColumns {
  const fields = new Map<FactKind, Set<number>>();
  const attributes = new Set<string>();
  for (const { use, kind, field, column } of (file.mapping ?? canonicalMapping(file)).columns) {
    if (use === 'ATTRIBUTE') attributes.add(column.startsWith(attributePrefix) ? column.slice(attributePrefix.length) : column);
    if (use !== 'FIELD' || kind === null) continue;
    const index = factFields[kind].findIndex(({ name, isKey, isRequired }) => name === field && !isKey && !isRequired);
    if (index >= 0) getOrInsert(fields, kind, () => new Set<number>()).add(index);
  }
  return { fields, attributes };
}

function emptiedAttributes(before: StatedValues, now: Assertion, present: ReadonlySet<string>): string[] {
  const field = attributesField(now.kind);
  if (field < 0) return [];
  const stated = new Set(((now.values[field] ?? []) as readonly Attribute[]).map(({ name }) => name));
  const earlier = (before[field] ?? []) as readonly Attribute[];
  return earlier.filter(({ name, value }) => value !== '' && present.has(name) && !stated.has(name)).map(({ name }) => name);
}

function attributesField(kind: FactKind): number {
  return factFields[kind].findIndex(({ type }) => type === 'attributes');
}

function isStated(value: FactValue | undefined): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

const mostCandidates = 3;
/** A word or detail that more organizations share tells nothing. */
const mostOfOneDetail = 3;
/** Up to so many pairs, every name is compared with every other one. */
const mostPairs = 40_000;
const longestName = 60;
const leastLikeness = 0.7;
const leastLikenessWithWord = 0.4;

/**
 * Finds, for each new organization of an edition, the organizations of the last edition that it may be under a new name: they are
 * no longer listed, and have a similar name, or a detail that hardly another organization has.
 *
 * @param added ids of new organizations
 * @param gone ids of organizations that only the last edition lists
 * @returns by id of the new organization, the likeliest first, at most 3; always RELATED, so that nothing merges without a decision
 * Complexity: O(a g) for a new and g gone organizations up to 40,000 pairs; beyond that only pairs with a rare word or detail.
 */
export function findRenamed(
  now: Iterable<Assertion>,
  before: readonly Assertion[],
  added: ReadonlySet<string>,
  gone: ReadonlySet<string>,
): Map<string, MatchCandidate[]> {
  const found = new Map<string, MatchCandidate[]>();
  if (added.size === 0 || gone.size === 0) return found;
  const [newer, older] = [readProfiles(now, added), readProfiles(before, gone)];
  const [byWord, byDetail] = [
    groupBy(older, ({ words }) => words.filter((word) => word.length > 3)),
    groupBy(older, ({ details }) => details.keys()),
  ];
  const crowded = findCrowded(before, byDetail);
  const isSmall = newer.length * older.length <= mostPairs;
  for (const one of newer) {
    const details = new Map<Profile, string[]>();
    for (const [detail, name] of one.details) {
      const sharing = byDetail.get(detail) ?? [];
      if (crowded.has(detail)) continue;
      for (const other of sharing) getOrInsert(details, other, () => []).push(name);
    }
    const sharesWord = new Set(one.words.flatMap((word) => rare(byWord.get(word))));
    const others = isSmall ? older : new Set([...details.keys(), ...sharesWord]);
    const candidates: MatchCandidate[] = [];
    for (const other of others) {
      const likeness = likenessOf(one.key, other.key);
      const same = details.get(other) ?? [];
      const isAlike = likeness >= leastLikeness || (sharesWord.has(other) && likeness >= leastLikenessWithWord);
      if (!isAlike && same.length === 0) continue;
      const evidence = ['the last edition lists it, and this one does not'];
      if (isAlike) evidence.push('similar name');
      if (same.length > 0) evidence.push(`same ${[...new Set(same)].slice(0, 3).join(', ')}`);
      const score = Math.min(0.9, 0.4 + (isAlike ? likeness * 0.3 : 0) + Math.min(same.length, 3) * 0.1);
      candidates.push({ id: other.id, name: other.name, isStored: true, grade: 'RELATED', score, evidence });
    }
    candidates.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    if (candidates.length > 0) found.set(one.id, candidates.slice(0, mostCandidates));
  }
  return found;
}

interface Profile {
  readonly id: string;
  readonly name: string;
  readonly words: readonly string[];
  readonly key: string;
  /** `field=value` -> the field's name. */
  readonly details: ReadonlyMap<string, string>;
}

const nameField = fieldIndex('ORGANIZATION', 'name');
const providerField = fieldIndex('ENGAGEMENT', 'provider');
const plainFields = new Set(['id', 'name', 'roles', 'status', 'aliases', 'client', 'provider']);

/** The names of organizations, with the details from their own facts and their engagements. */
function readProfiles(assertions: Iterable<Assertion>, ids: ReadonlySet<string>): Profile[] {
  const names = new Map<string, string>();
  const details = new Map<string, Map<string, string>>();
  for (const assertion of assertions) {
    const { kind, key, values } = assertion;
    const id = kind === 'ORGANIZATION' ? key : kind === 'ENGAGEMENT' ? values[providerField] : undefined;
    if (typeof id !== 'string' || !ids.has(id)) continue;
    if (kind === 'ORGANIZATION') names.set(id, (values[nameField] ?? key) as string);
    const own = getOrInsert(details, id, () => new Map<string, string>());
    for (const [detail, name] of detailsOf(assertion)) own.set(detail, name);
  }
  return [...names].map(([id, name]) => {
    const words = toNameWords(name);
    return { id, name, words, key: toSameKey(words).slice(0, longestName), details: details.get(id) ?? new Map() };
  });
}

function* detailsOf({ kind, values }: Assertion): Generator<readonly [string, string]> {
  for (const [index, spec] of factFields[kind].entries()) {
    const value = values[index];
    if (value === undefined || value === null || plainFields.has(spec.name) || spec.isInternal === true) continue;
    if (spec.type === 'attributes') {
      for (const attribute of value as readonly Attribute[])
        if (attribute.value !== '') yield [`${attribute.name}=${attribute.value}`, attribute.name];
    } else yield [`${spec.name}=${formatFactValue(spec, value)}`, spec.column.replaceAll('_', ' ')];
  }
}

/** The details that more than 3 organizations of the last edition have, of those that a gone one has. */
function findCrowded(before: readonly Assertion[], wanted: ReadonlyMap<string, unknown>): Set<string> {
  const counts = new Map<string, number>();
  for (const assertion of before) {
    if (assertion.kind !== 'ORGANIZATION' && assertion.kind !== 'ENGAGEMENT') continue;
    for (const [detail] of detailsOf(assertion)) if (wanted.has(detail)) counts.set(detail, (counts.get(detail) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > mostOfOneDetail).map(([detail]) => detail));
}

function groupBy(profiles: readonly Profile[], keysOf: (profile: Profile) => Iterable<string>): Map<string, Profile[]> {
  const groups = new Map<string, Profile[]>();
  for (const profile of profiles) for (const key of new Set(keysOf(profile))) getOrInsert(groups, key, () => []).push(profile);
  return groups;
}

function rare(profiles: readonly Profile[] | undefined): readonly Profile[] {
  return profiles === undefined || profiles.length > mostOfOneDetail ? [] : profiles;
}

/** In [0, 1]: 1 for equal names, and for a name that begins with the other one. */
function likenessOf(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(short)) return 1;
  return long.length === 0 ? 0 : 1 - distance(a, b) / long.length;
}
