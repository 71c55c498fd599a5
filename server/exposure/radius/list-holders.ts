/** Up to this many holders, insertion sort is several times faster than `sort`. Most artifacts have fewer. */
const few = 8;

/**
 * The distinct holders of some copies, in a given order.
 *
 * @param ofCopies the holder of each copy, as a position in some list; sorted in place
 * @param rankOf the rank of each position
 * Complexity: O(n log n).
 */
export function listHolders(ofCopies: number[], rankOf: Int32Array): number[] {
  if (ofCopies.length > few) {
    ofCopies.sort((a, b) => (rankOf[a] as number) - (rankOf[b] as number));
    return ofCopies.filter((holder, i) => holder !== ofCopies[i - 1]);
  }
  let count = 0;
  for (let i = 0; i < ofCopies.length; i++) {
    const holder = ofCopies[i] as number;
    const rank = rankOf[holder] as number;
    let at = count;
    while (at > 0 && (rankOf[ofCopies[at - 1] as number] as number) > rank) at--;
    if (at > 0 && ofCopies[at - 1] === holder) continue;
    for (let j = count; j > at; j--) ofCopies[j] = ofCopies[j - 1] as number;
    ofCopies[at] = holder;
    count++;
  }
  if (count < ofCopies.length) ofCopies.length = count;
  return ofCopies;
}
