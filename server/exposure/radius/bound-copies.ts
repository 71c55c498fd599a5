import type { Keys } from '../../projection/grouped-rows.ts';
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
  const { copies, artifacts } = projection;
  const first = held[0];
  if (first === undefined) return nothing;
  const count = artifacts.fragmentCount[copies.artifact.at(first)] as number;
  return boundPortions(held, count, copies.portion, (copy) => piecesOf(projection, copy));
}

/** The pieces that a copy names, as codes that are the same among the copies of its artifact. */
export function piecesOf({ copies, transfers }: Projection, copy: number): Int32Array {
  const transfer = copies.transfer.at(copy);
  return transfer === none ? noPieces : transfers.fragments.codesOf(transfer);
}

export const noPieces = new Int32Array(0);

/**
 * As `boundCopies`, for copies whose portions and pieces are kept in other columns.
 *
 * @param held copies of one artifact, ascending
 * @param fragmentCount that of the artifact; 0: it is not divided
 * @param portion by copy
 */
export function boundPortions(
  held: ArrayLike<number>,
  fragmentCount: number,
  portion: Keys,
  piecesAt: (copy: number) => Int32Array,
): Bounds {
  let pieces: Set<number> | undefined;
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < held.length; i++) {
    const copy = held[i] as number;
    const named = fragmentCount > 0 ? piecesAt(copy) : noPieces;
    if (named.length > 0) {
      pieces ??= new Set();
      for (const name of named) pieces.add(name);
      continue;
    }
    const share = portion.at(copy) as number;
    largest = Math.max(largest, share);
    sum += share;
  }
  const known = pieces === undefined ? 0 : shareOfPieces(pieces.size, fragmentCount);
  return { low: lowPortion(known, largest), high: highPortion(known, sum) };
}
