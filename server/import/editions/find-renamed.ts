import { distance } from 'fastest-levenshtein';
import type { Assertion } from '../../domain/assertions.ts';
import { formatFactValue } from '../../domain/canonical-values.ts';
import { factFields } from '../../domain/fact-fields.ts';
import { fieldIndex } from '../../domain/fact-rules.ts';
import type { Attribute } from '../../domain/facts.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { MatchCandidate } from '../matching/matching-types.ts';
import { toNameWords, toSameKey } from '../matching/name-keys.ts';

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
