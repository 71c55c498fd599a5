const GROUPED = new Intl.NumberFormat('en-US');

/** `2,310`. */
export function formatCount(count: number): string {
  return GROUPED.format(count);
}

/** `1 copy`, `2,310 copies`. Takes both forms, because no rule gives every English plural. */
export function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinNames(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `a, b and 37 more`. @param most how many are named at most */
export function joinSome(names: readonly string[], most: number): string {
  return joinNames(names.length > most ? [...names.slice(0, most), `${formatCount(names.length - most)} more`] : names);
}
