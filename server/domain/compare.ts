/**
 * Compares by Unicode code point, the order of all ids and names (semantics, opening).
 *
 * JavaScript's `<` compares UTF-16 code units, which puts U+FF5E after U+1F600. SQLite's BINARY collation over UTF-8
 * already is code point order.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return fixUp(x) - fixUp(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above the rest of the Basic Multilingual Plane. */
function fixUp(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The tolerance of comparisons with a threshold (semantics, opening). */
export const tolerance = 1e-9;

export function isAtLeast(value: number, threshold: number): boolean {
  return value >= threshold - tolerance;
}

/**
 * Orders a list by a figure, the largest first (semantics §12, order by a figure). Figures are equal if they round to the same 32 binary
 * digits: sums and products of equal amounts differ in their last digits by the order of their terms, and the id must order these.
 *
 * Rounded figures, unlike differences within a tolerance, are a total order: if a equals b and b equals c, then a equals c.
 */
export function compareLargestFirst(a: number, b: number): number {
  return roundForOrder(b) - roundForOrder(a);
}

/** Veltkamp's splitting, which keeps 53 - 21 digits. Two roundings are off by at most 5e-10 together, half of `tolerance`. */
function roundForOrder(figure: number): number {
  const scaled = figure * (2 ** 21 + 1);
  return scaled - (scaled - figure);
}

/**
 * US dollars as whole cents, halves up. A share of a round amount is often exactly half a cent. The sum that gives it may fall short by
 * a rounding error, so the border between two cents lies just below the half.
 */
export function toCents(usd: number): number {
  return Math.round(usd * 100 * (1 + 1e-13));
}

/**
 * The first index from `start` to `count` that a condition holds for, or `count`. It must hold for all later ones, too. O(log n).
 *
 * A loop of its own is a third faster. The loops that a radius runs for each copy or part have one.
 */
export function firstIndex(count: number, isReached: (index: number) => boolean, start = 0): number {
  let low = start;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
