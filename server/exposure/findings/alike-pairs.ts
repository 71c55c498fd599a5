import { getOrInsert } from '../../domain/get-or-insert.ts';
import { toPlainName } from '../../domain/names/plain-name.ts';
import { findDomain } from '../../domain/names/website-domain.ts';
import type { Projection } from '../../projection/projection.ts';

/** Two organizations that may be the same (semantics §9). */
export interface AlikePair {
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
