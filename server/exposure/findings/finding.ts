import { compareCodePoints, firstIndex } from '../../domain/compare.ts';
import type { CustodyKind } from '../../domain/facts.ts';
import { pairKey } from '../../domain/facts.ts';
import type { FindingKind } from '../../domain/finding-kinds.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { findDomain, toPlainName } from '../../domain/names/plain-name.ts';
import { copyId, findCopy } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import type { ControlPolicy } from '../../rules/required-controls.ts';
import type { AccessLevels } from '../controls/access-levels.ts';
import type { Sentence } from './sentence.ts';

/** The type of object that a finding is about. One index identifies the object; a pair is an index into the list of similar pairs. */
export type FindingSubject = 'organization' | 'artifact' | 'copy' | 'transfer' | 'engagement' | 'control' | 'pair';

/** The plaintext TRANSFERRED copies in one custody that are possibly live at an instant, and not in their owner's custody. */
export interface PlainCopies {
  /** The transfer and the artifact of the first by id. */
  readonly transfer: number;
  readonly artifact: number;
  readonly count: number;
}

/** The facts about copies and transfers that findings about organizations need. A batch joins them from parts of the artifacts (server/batch). */
export interface HandedOver {
  /** Undefined: there is none. */
  plainAt(holder: number): PlainCopies | undefined;
  /** The organizations that received any of a lab's artifacts, at any time. */
  recipientsOf(lab: number): ReadonlySet<number>;
}

/** The facts, the policy and the instant of the question. */
export interface FindingQuestion {
  readonly projection: Projection;
  readonly policy: ControlPolicy;
  readonly instant: number;
  /** The access levels at that instant. */
  readonly levels: AccessLevels;
  /** In place of the copies and transfers of the projection, for findings about organizations. */
  readonly handedOver?: HandedOver;
}

export interface FactReference {
  readonly kind: CustodyKind;
  readonly index: number;
}

/** One kind of finding (semantics §9). */
export interface FindingRule {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  isFound(index: number): boolean;
  /** Names the facts. */
  readonly message: Sentence;
  /** The facts that it is about. The first is the one to correct. */
  facts(index: number): FactReference[];
}

/** A reason why an answer is less certain than it looks, or a broken promise. */
export interface Finding {
  readonly kind: FindingKind;
  /** The kind and the key of its subject. Stable as long as its facts are. */
  readonly id: string;
  readonly message: string;
  readonly facts: readonly FactReference[];
}

/** A finding whose facts are named by their keys. */
export interface NamedFinding extends Omit<Finding, 'facts'> {
  readonly keys: readonly { readonly kind: CustodyKind; readonly key: string }[];
}

/** The numbers of copies or transfers, or the indexes of other subjects: [first, end) of each range. */
export function rangesOf(projection: Projection, subject: FindingSubject): Projection['copies']['ranges'] {
  if (subject === 'copy') return projection.copies.ranges;
  return subject === 'transfer' ? projection.transfers.ranges : [[0, countSubjects(projection, subject)]];
}

export function countSubjects(projection: Projection, subject: FindingSubject): number {
  switch (subject) {
    case 'organization':
      return projection.organizations.count;
    case 'artifact':
      return projection.artifacts.count;
    case 'copy':
      return projection.copies.count;
    case 'transfer':
      return projection.transfers.count;
    case 'engagement':
      return projection.engagements.count;
    case 'control':
      return projection.controls.count;
    case 'pair':
      return getAlikePairs(projection).length;
  }
}

/** The key of a subject in the id of a finding. */
export function keyOf(projection: Projection, subject: FindingSubject, index: number): string {
  const { organizations, artifacts, transfers, engagements, controls } = projection;
  switch (subject) {
    case 'organization':
      return organizations.id.get(index);
    case 'artifact':
      return artifacts.id.get(index);
    case 'copy':
      return copyId(projection, index);
    case 'transfer':
      return transfers.id.get(index);
    case 'engagement':
      return engagements.id.get(index);
    case 'control':
      return pairKey(organizations.id.get(controls.organization[index] as number), controls.control.get(index) as string);
    case 'pair': {
      const pair = getAlikePairs(projection)[index];
      return pair === undefined ? '' : pairKey(organizations.id.get(pair.first), organizations.id.get(pair.second));
    }
  }
}

/** The subject with a key, or -1. Complexity: O(log n); for a copy, and those of its artifact; for controls and pairs, whose keys do not ascend, O(n). */
export function findSubject(projection: Projection, subject: FindingSubject, key: string): number {
  if (subject === 'copy') return findCopy(projection, key);
  if (subject === 'transfer') return projection.transfers.id.find(key);
  const count = countSubjects(projection, subject);
  if (subject === 'control' || subject === 'pair') {
    for (let index = 0; index < count; index++) if (keyOf(projection, subject, index) === key) return index;
    return -1;
  }
  const found = firstIndex(count, (index) => compareCodePoints(keyOf(projection, subject, index), key) >= 0);
  return found < count && keyOf(projection, subject, found) === key ? found : -1;
}

/** Two organizations that may be the same (semantics §9). */
interface AlikePair {
  /** Ordered by id: the first has the smaller id. */
  readonly first: number;
  readonly second: number;
  /** The domain that both have; null if they have none in common. */
  readonly domain: string | null;
  /** Whether their names differ only in case, accents and legal form. */
  readonly isNameAlike: boolean;
}

/** In a larger group of similar organizations, each is paired only with the first. A thousand would make half a million pairs. */
const maxAllPaired = 50;

const known = new WeakMap<Projection, readonly AlikePair[]>();

/**
 * All pairs of similar organizations, ordered by organization. Computed once per projection.
 *
 * Complexity: O(organizations + pairs).
 */
export function getAlikePairs(projection: Projection): readonly AlikePair[] {
  return getOrInsert(known, projection, () => findAlikePairs(projection));
}

function findAlikePairs({ organizations }: Projection): AlikePair[] {
  const byDomain = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  for (let organization = 0; organization < organizations.count; organization++) {
    const domain = findDomain(organizations.website.get(organization));
    if (domain !== undefined) getOrInsert(byDomain, domain, () => []).push(organization);
    getOrInsert(byName, toPlainName(organizations.name.get(organization)), () => []).push(organization);
  }
  const pairs = new Map<number, AlikePair>();
  const add = (members: readonly number[], domain: string | null) => {
    eachPair(members, (first, second) => {
      const key = first * organizations.count + second;
      const before = pairs.get(key);
      pairs.set(key, { first, second, domain: before?.domain ?? domain, isNameAlike: domain === null });
    });
  };
  for (const [domain, members] of byDomain) add(members, domain);
  for (const members of byName.values()) add(members, null);
  return [...pairs.values()].sort((a, b) => a.first - b.first || a.second - b.second);
}

/** @param members ascending */
function eachPair(members: readonly number[], visit: (first: number, second: number) => void): void {
  const firsts = members.length > maxAllPaired ? members.slice(0, 1) : members;
  firsts.forEach((first, i) => {
    for (const second of members.slice(i + 1)) visit(first, second);
  });
}
