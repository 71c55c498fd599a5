import { compareCodePoints } from '../../domain/compare.ts';
import { pairKey } from '../../domain/facts.ts';
import { copyId, findCopy } from '../../projection/custody.ts';
import type { Projection } from '../../projection/projection.ts';
import { getAlikePairs } from './alike-pairs.ts';
import type { FindingSubject } from './finding.ts';

/** The number of indexes. Those of copies and transfers may be vacant slots: `isSubject`. */
export function countSubjects(projection: Projection, subject: FindingSubject): number {
  switch (subject) {
    case 'organization':
      return projection.organizations.count;
    case 'artifact':
      return projection.artifacts.count;
    case 'copy':
      return projection.copies.slots;
    case 'transfer':
      return projection.transfers.slots;
    case 'engagement':
      return projection.engagements.count;
    case 'control':
      return projection.controls.count;
    case 'pair':
      return getAlikePairs(projection).length;
  }
}

/** Whether an index is one of the subject, and not a vacant slot. */
export function isSubject({ copies, transfers }: Projection, subject: FindingSubject, index: number): boolean {
  if (subject === 'copy') return copies.isLive[index] === 1;
  return subject !== 'transfer' || transfers.isLive[index] === 1;
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
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareCodePoints(keyOf(projection, subject, middle), key) < 0) low = middle + 1;
    else high = middle;
  }
  return low < count && keyOf(projection, subject, low) === key ? low : -1;
}
