import { getOrInsert } from '../domain/get-or-insert.ts';
import type { Projection } from './projection.ts';

/**
 * Values that follow from a projection and one of its nodes, each computed once. They are freed with the projection. Together they
 * must need no more memory than a few columns.
 */
export class OncePerNode<T> {
  readonly #values = new WeakMap<Projection, Map<string, Map<number, T>>>();

  /** @param list the meaning of the value, and of the index */
  get(projection: Projection, list: string, index: number, make: () => T): T {
    const lists = getOrInsert(this.#values, projection, () => new Map<string, Map<number, T>>());
    return getOrInsert(
      getOrInsert(lists, list, () => new Map<number, T>()),
      index,
      make,
    );
  }
}
