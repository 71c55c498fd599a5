/** Compares by Unicode code point. A prefix comes first. */
export function byCodePoint(a: string, b: string): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Compares by several keys. The first key that differs decides. Text compares by code point, and numbers ascend. */
export function byKeys<T>(...keys: ((item: T) => number | string)[]): (a: T, b: T) => number {
  return (a, b) => {
    for (const key of keys) {
      const x = key(a);
      const y = key(b);
      if (x === y) continue;
      return typeof x === 'number' ? x - (y as number) : byCodePoint(x, y as string);
    }
    return 0;
  };
}

/** A key for `byKeys` (§12, order by a figure): the largest first, by 32 binary digits. Found by division, not as the engine does. */
export function largestFirst(figure: number): number {
  if (figure <= 0) return -figure;
  const digit = 2 ** (Math.floor(Math.log2(figure)) - 31);
  return -Math.round(figure / digit) * digit;
}

/** Whole cents, halves up. A figure that is half a cent but for a rounding error counts as half. */
export function toCents(usd: number): number {
  const cents = usd * 100;
  const below = Math.floor(cents);
  return cents - below >= 0.5 - cents * 1e-13 ? below + 1 : below;
}
