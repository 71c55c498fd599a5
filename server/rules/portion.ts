/*
 * How much of an artifact its copies disclose together (semantics §4). All shares are 0 to 1.
 *
 * Named pieces count once. Copies that name no pieces may overlap completely, and then disclose only as much as the largest. This is
 * the low bound. Or they may not overlap at all, and then disclose their sum. This is the high bound.
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
 * @param fragmentCount the number of pieces that make up the artifact; above 0
 */
export function shareOfPieces(pieceCount: number, fragmentCount: number): number {
  return Math.min(1, pieceCount / fragmentCount);
}

/** @param largest the largest portion of the copies that name no pieces */
export function lowPortion(known: number, largest: number): number {
  return Math.max(known, largest);
}

/** @param sum the sum of the portions of copies that name no pieces, or of the shares that other artifacts reveal */
export function highPortion(known: number, sum: number): number {
  return Math.min(1, known + sum);
}

/**
 * Joins the bounds from an artifact's own copies with those from the artifacts that reveal it.
 *
 * @param leading the revealing artifacts, each with its product of degrees; in ascending order, so that sums always run in the
 *   same order
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
