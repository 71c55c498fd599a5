/** The least height of a band in pixels, so that none disappears. */
export const LEAST_BAND = 1.2;

interface Column {
  /** Bands one on another, at least so high together. */
  readonly stacks: readonly { readonly amounts: readonly number[]; readonly least: number }[];
  readonly room: number;
}

/** The largest scale at which each column fits. A column that fits at no scale scrolls. Complexity: O(bands). */
export function findScale(columns: readonly Column[]): number {
  const tallAt = ({ stacks }: Column, scale: number) =>
    stacks.reduce((all, { amounts, least }) => {
      const stack = amounts.reduce((sum, amount) => sum + Math.max(LEAST_BAND, amount * scale), 0);
      return all + Math.max(least, stack);
    }, 0);
  const able = columns.filter((column) => tallAt(column, 0) <= column.room);
  const most = Math.max(0, ...columns.flatMap(({ stacks }) => stacks.flatMap(({ amounts }) => amounts)));
  if (most === 0) return 0;
  const tallest = Math.max(...columns.map(({ room }) => room));
  let [low, high] = [0, tallest / most];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (able.every((column) => tallAt(column, middle) <= column.room)) low = middle;
    else high = middle;
  }
  return low;
}
