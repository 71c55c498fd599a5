import { isRowEmpty, rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { none } from '../../projection/projection.ts';
import type { Bounds } from './radius-types.ts';

export const nothing: Bounds = { low: 0, high: 0 };

/**
 * What copies of one artifact disclose together (semantics §4).
 *
 * Pieces that are known by name are counted once, u of them all. The other copies may overlap with these and with each
 * other wholly (the low bound is the largest of them) or not at all (the high bound is their sum).
 *
 * @param held copies of one artifact, ascending
 */
export function boundCopies(projection: Projection, held: readonly { readonly copy: number }[]): Bounds {
  const { copies, transfers, artifacts } = projection;
  const first = held[0];
  if (first === undefined) return nothing;
  const count = artifacts.fragmentCount[copies.artifact[first.copy] as number] as number;
  let pieces: Set<number> | undefined;
  let largest = 0;
  let sum = 0;
  for (const { copy } of held) {
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
  const known = pieces === undefined ? 0 : Math.min(1, pieces.size / count);
  return { low: Math.max(known, largest), high: Math.min(1, known + sum) };
}

/**
 * What is disclosed of an artifact by its own copies and by those of artifacts that lead to it, each with the product of
 * degrees by which it does (§4).
 *
 * @param leading by artifact, ascending
 */
export function joinBounds(own: Bounds, leading: readonly { readonly bounds: Bounds; readonly product: number }[]): Bounds {
  if (leading.length === 0) return own;
  let low = 0;
  let sum = 0;
  for (const { bounds, product } of leading) {
    low = Math.max(low, bounds.low * product);
    sum += bounds.high * product;
  }
  return { low: Math.max(own.low, low), high: Math.min(1, own.high + sum) };
}
