/** Compares by Unicode code point. A prefix comes first. */
export function byCodePoint(a: string, b: string): number {
  const left = [...a].map((character) => character.codePointAt(0) as number);
  const right = [...b].map((character) => character.codePointAt(0) as number);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] as number) - (right[i] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
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
