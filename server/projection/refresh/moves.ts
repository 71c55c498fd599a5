import type { NumberColumn } from '../columns/shared-memory.ts';
import { none } from '../projection.ts';

/** Former records [from, until), whose new indexes begin at `to`. */
export interface Run {
  readonly from: number;
  readonly until: number;
  readonly to: number;
}

/** A record that may have changed: its position among the former records, whether it existed, and whether it exists now. */
export interface ChangedPlace {
  readonly at: number;
  readonly was: boolean;
  readonly is: boolean;
}

/** Former index -> index, or none for a record that is gone. Length: the number of former records. */
export type Moves = Int32Array;

/**
 * @param runs the records that stay
 * @param changed the others, ascending
 * @param placed the new indexes of those among them that exist now, ascending
 * Complexity: O(records).
 */
export function buildMoves(formerCount: number, runs: readonly Run[], changed: readonly ChangedPlace[], placed: readonly number[]): Moves {
  const moves = new Int32Array(formerCount).fill(none);
  for (const { from, until, to } of runs) for (let index = from; index < until; index++) moves[index] = index - from + to;
  let next = 0;
  for (const { at, was, is } of changed) {
    if (was && is) moves[at] = placed[next] as number;
    if (is) next++;
  }
  return moves;
}

/**
 * Copies former indexes to `into`, from `at` on, as the indexes that these records have now. Keeps `none`. None of them may name a
 * record that is gone: callers give every fact that named it as changed, also one that named it by the id of a merged organization.
 *
 * A function of the module: V8 would compile a closure anew in each renewal, and most of the loop would run before that.
 */
export function copyMoved(former: NumberColumn, into: NumberColumn, at: number, moves: Moves): void {
  for (let i = 0; i < former.length; i++) {
    const index = former[i] as number;
    into[at + i] = index < 0 ? index : (moves[index] as number);
  }
}
