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
