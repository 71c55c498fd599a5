import type { Rows } from './flatten-answer.ts';

/** Rows are whole or absent. The bytes of the sentence that says what was cut. */
const sentenceBytes = 400;

/**
 * Cuts the lists of a result, so that it fits into a budget: each keeps its first rows, and `shown` says how many. A list gets half of the room that
 * those before it left; what then remains goes to the lists in their order.
 *
 * @param result with whole lists; changed in place
 * @param lists paths of lists in it, the most valuable first. One that leads nowhere, or into a row that was cut, is skipped
 * @param budget bytes of the whole result as JSON
 * @returns a sentence about the lists that lost rows; null: none did
 * Complexity: linear in the size of the result.
 */
export function cutRows(result: object, lists: readonly string[], budget: number): string | null {
  const found = lists.flatMap((path) => {
    const list = follow(result, path);
    return list === undefined ? [] : [{ path, list, all: list.rows }];
  });
  // Most results fit as they are. Each list has a byte more than its rows as they are counted below.
  if (bytesOf(result) + sentenceBytes + found.length <= budget) return describeShort(found);
  for (const { list } of found) list.rows = [];
  let room = budget - bytesOf(result) - sentenceBytes;
  const add = ({ list, all }: (typeof found)[number], most: number) => {
    let left = most;
    while (list.rows.length < all.length) {
      const row = all[list.rows.length];
      const bytes = bytesOf(row) + 1;
      if (bytes > left) break;
      list.rows.push(row);
      left -= bytes;
      room -= bytes;
    }
  };
  for (const [i, each] of found.entries()) add(each, i === found.length - 1 ? room : room / 2);
  for (const each of found) add(each, room);
  for (const { list } of found) list.shown = list.rows.length;
  return describeShort(found);
}

function describeShort(found: readonly { readonly path: string; readonly list: Rows }[]): string | null {
  const short = found.filter(({ list }) => list.shown < list.total);
  if (short.length === 0) return null;
  const parts = short.map(({ path, list }) => `${list.shown} of ${list.total} rows of ${path.split('.').at(-1)}`);
  return `Shown are the first ${parts.join(', ')}. Totals and figures are of all of them; the page shows the others.`;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** Undefined: the path leads to no list. */
function follow(result: object, path: string): Rows | undefined {
  let at: unknown = result;
  for (const key of path.split('.')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'object' && at !== null && Array.isArray((at as Rows).rows) ? (at as Rows) : undefined;
}
