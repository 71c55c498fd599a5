import { sharedInt32 } from './columns/shared-memory.ts';
import { type NumberMap, none } from './projection.ts';

/** The numbers of records that arrived in order of index. */
export function numberInOrder(count: number): NumberMap {
  const numberOf = sharedInt32(count);
  for (let index = 0; index < count; index++) numberOf[index] = index;
  return { indexOf: numberOf, numberOf };
}

/**
 * The numbers after records came and went.
 *
 * @param moves former index -> index, or none
 * @param count the records now. Those that no former index moved to are new, and get the next numbers in order of index
 */
export function renumber({ indexOf, numberOf }: NumberMap, moves: Int32Array, count: number): NumberMap {
  const nextNumberOf = sharedInt32(count, none);
  for (let index = 0; index < numberOf.length; index++) {
    const now = moves[index] as number;
    if (now >= 0) nextNumberOf[now] = numberOf[index] as number;
  }
  let next = indexOf.length;
  for (let index = 0; index < count; index++) if (nextNumberOf[index] === none) nextNumberOf[index] = next++;
  const nextIndexOf = sharedInt32(next, none);
  for (let index = 0; index < count; index++) nextIndexOf[nextNumberOf[index] as number] = index;
  return { indexOf: nextIndexOf, numberOf: nextNumberOf };
}

/** An index of ids that gives lasting numbers in place of indexes. */
export function numbersBy(index: { get(id: string): number | undefined }, { numberOf }: NumberMap) {
  return {
    get: (id: string): number | undefined => {
      const at = index.get(id);
      return at === undefined ? undefined : numberOf[at];
    },
  };
}
