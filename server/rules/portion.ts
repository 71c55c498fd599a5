/*
 * How much of an artifact copies disclose together (semantics §4). All shares are 0 to 1.
 *
 * Pieces known by name are counted once. Other copies may overlap with these and with each other wholly, so the low bound is
 * the largest of them, or not at all, so the high bound is their sum.
 */

/** At least `low` and at most `high` of an artifact. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const nothing: Bounds = { low: 0, high: 0 };

/**
 * The share that distinct named pieces make of an artifact.
 *
 * @param fragmentCount of how many pieces the artifact is made; above 0
 */
export function shareOfPieces(pieceCount: number, fragmentCount: number): number {
  return Math.min(1, pieceCount / fragmentCount);
}

/** @param largest the largest portion of the copies that name no pieces */
export function lowPortion(known: number, largest: number): number {
  return Math.max(known, largest);
}

/** @param sum of the portions of the copies that name no pieces, or of what other artifacts reveal */
export function highPortion(known: number, sum: number): number {
  return Math.min(1, known + sum);
}

/**
 * The bounds by an artifact's own copies and by the artifacts that lead to it, together.
 *
 * @param leading each with the product of degrees by which it leads here; by artifact, ascending, so that sums run in one order
 */
export function joinBounds(own: Bounds, leading: readonly { readonly bounds: Bounds; readonly product: number }[]): Bounds {
  if (leading.length === 0) return own;
  let low = 0;
  let sum = 0;
  for (const { bounds, product } of leading) {
    low = Math.max(low, bounds.low * product);
    sum += bounds.high * product;
  }
  return { low: lowPortion(own.low, low), high: highPortion(own.high, sum) };
}
