import type { ReachedOrganization } from './radius-types.ts';

/** Up to this many holders, insertion sort is several times faster than `sort`. Most artifacts have fewer. */
const few = 8;

/**
 * The distinct holders of some copies, by hops, then id.
 *
 * @param ofCopies the holder of each copy; sorted in place
 * Complexity: O(n log n).
 */
export function listHolders(ofCopies: ReachedOrganization[]): ReachedOrganization[] {
  if (ofCopies.length > few) {
    ofCopies.sort(compareHolders);
    return ofCopies.filter((holder, i) => holder !== ofCopies[i - 1]);
  }
  let count = 0;
  for (const holder of ofCopies) {
    let at = count;
    while (at > 0 && compareHolders(ofCopies[at - 1] as ReachedOrganization, holder) > 0) at--;
    if (at > 0 && ofCopies[at - 1] === holder) continue;
    for (let i = count; i > at; i--) ofCopies[i] = ofCopies[i - 1] as ReachedOrganization;
    ofCopies[at] = holder;
    count++;
  }
  ofCopies.length = count;
  return ofCopies;
}

function compareHolders(a: ReachedOrganization, b: ReachedOrganization): number {
  return a.hops - b.hops || a.organization - b.organization;
}
