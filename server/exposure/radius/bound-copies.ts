import { isRowEmpty, rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { Bounds } from '../../rules/portion.ts';
import { highPortion, lowPortion, nothing, shareOfPieces } from '../../rules/portion.ts';

/**
 * The bounds of the share of an artifact that some of its copies disclose together (semantics §4).
 *
 * @param held copies of one artifact, ascending
 */
export function boundCopies(projection: Projection, held: ArrayLike<number>): Bounds {
  const { copies, transfers, artifacts } = projection;
  const first = held[0];
  if (first === undefined) return nothing;
  const count = artifacts.fragmentCount[copies.artifact[first] as number] as number;
  let pieces: Set<number> | undefined;
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < held.length; i++) {
    const copy = held[i] as number;
    const transfer = copies.transfer[copy] as number;
    if (count > 0 && transfer !== none && !isRowEmpty(transfers.fragments, transfer)) {
      pieces ??= new Set();
      for (const name of rowOf(transfers.fragments, transfer)) pieces.add(name);
      continue;
    }
    const portion = copies.portion[copy] as number;
    largest = Math.max(largest, portion);
    sum += portion;
  }
  const known = pieces === undefined ? 0 : shareOfPieces(pieces.size, count);
  return { low: lowPortion(known, largest), high: highPortion(known, sum) };
}
