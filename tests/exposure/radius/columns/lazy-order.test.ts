import fc from 'fast-check';
import { ArtifactMarks } from '../../../../server/exposure/radius/columns/held-columns.ts';
import { LazyOrder } from '../../../../server/exposure/radius/columns/lazy-order.ts';
import { describe, expect, it } from '../../../support/test.ts';

/** Compares by key, then position, as the lists of a radius do. */
function orderOf(keys: readonly number[]): { lazy: LazyOrder; sorted: number[] } {
  const compare = (a: number, b: number) => (keys[b] as number) - (keys[a] as number) || a - b;
  const positions = keys.map((_, i) => i);
  return { lazy: new LazyOrder(Int32Array.from(positions), compare), sorted: positions.sort(compare) };
}

describe('a list that is sorted where it is read', () => {
  it('[P220] gives every range of the sorted list, in any order of reading', () => {
    const range = fc.tuple(fc.nat(400), fc.nat(100));
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 400 }), fc.array(range, { maxLength: 8 }), (keys, ranges) => {
        const { lazy, sorted } = orderOf(keys);
        for (const [from, length] of ranges) expect([...lazy.slice(from, from + length)]).toEqual(sorted.slice(from, from + length));
        expect([...lazy.slice(0, keys.length)]).toEqual(sorted);
      }),
    );
  });

  it.each([
    ['equal', () => 1],
    ['ascending', (i: number) => i],
    ['descending', (i: number) => -i],
    ['rising and falling', (i: number) => Math.min(i, 20_000 - i)],
    ['alternating', (i: number) => (i % 2 === 0 ? i : -i)],
  ])('[P220] sorts 20,000 %s keys, read page by page', (_, keyOf) => {
    const { lazy, sorted } = orderOf(Array.from({ length: 20_000 }, (__, i) => keyOf(i)));
    expect([...lazy.slice(10_000, 10_050)]).toEqual(sorted.slice(10_000, 10_050));
    const read: number[] = [];
    for (let from = 0; from < lazy.length; from += 500) read.push(...lazy.slice(from, from + 500));
    expect(read).toEqual(sorted);
  });
});

describe('marks of artifacts', () => {
  it('[P221] list each marked artifact once, ascending, number them, and forget them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.array(fc.nat(199)), { maxLength: 4 }), (count, rounds) => {
        const marks = new ArtifactMarks(count);
        for (const round of rounds) {
          const marked = round.filter((artifact) => artifact < count);
          marks.addAll(Int32Array.from([...marked, 0]), marked.length);
          const listed = [...marks.list()];
          expect(listed).toEqual([...new Set(marked)].sort((a, b) => a - b));
          expect(listed.map((artifact) => marks.placeOf[artifact])).toEqual(listed.map((_, place) => place));
        }
      }),
    );
  });
});
