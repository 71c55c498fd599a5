import { orderIds } from './columns/order-ids.ts';
import { TextBuilder } from './columns/text-column.ts';
import type { Projection } from './projection.ts';

/** These transfers in order of id, in a new array. O(n) for ids that differ early. */
export function sortById({ id }: Projection['transfers'], transfers: ArrayLike<number>): Int32Array {
  const builder = new TextBuilder(transfers.length);
  for (let i = 0; i < transfers.length; i++) builder.push(id.get(transfers[i] as number));
  const [bytes, starts] = builder.build(false).share();
  return Int32Array.from(orderIds(bytes, starts), (place) => transfers[place] as number);
}

/** All transfers in order of their parts. */
export function listAll({ ranges, count }: Pick<Projection['transfers'], 'ranges' | 'count'>): Int32Array {
  const all = new Int32Array(count);
  let at = 0;
  for (const [first, end] of ranges) for (let number = first; number < end; number++) all[at++] = number;
  return all;
}
