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
