import fc from 'fast-check';
import { groupBy } from '../../server/projection/grouped-rows.ts';
import { describe, expect, it } from '../support/test.ts';

/** Keys below this, so that groups have several rows and there are more keys than are sorted by insertion. */
const keyCount = 40;
const slots = 200;

const world = fc.record({
  rows: fc.uniqueArray(fc.integer({ min: 0, max: slots - 1 }), { maxLength: 120 }),
  keys: fc.option(fc.array(fc.integer({ min: 0, max: keyCount - 1 }), { minLength: slots, maxLength: slots })),
  kinds: fc.option(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: slots, maxLength: slots })),
});

describe('[P313] rows grouped by a key', () => {
  it('are those of plain lists by key, in any series of groupings', () => {
    fc.assert(
      fc.property(fc.array(world, { maxLength: 4 }), (worlds) => {
        for (const { rows, keys, kinds } of worlds) {
          const leftOut = kinds && { column: Uint8Array.from(kinds), value: 1 };
          const plain = new Map<number, number[]>();
          for (const row of rows.filter((each) => kinds?.[each] !== 1)) {
            const key = keys === null ? row : (keys[row] as number);
            plain.set(key, [...(plain.get(key) ?? []), row]);
          }
          const grouped = groupBy(Int32Array.from(rows), keys && Int32Array.from(keys), keys === null ? slots : keyCount, leftOut);
          if (plain.size === 0) {
            expect(grouped).toBeNull();
            continue;
          }
          const found = [...(grouped?.keys ?? [])];
          expect(found).toEqual([...plain.keys()].sort((a, b) => a - b));
          expect(found.map((_, at) => [...(grouped?.rowsAt(at) ?? [])])).toEqual(found.map((key) => plain.get(key)));
          expect(found.map((_, at) => grouped?.countAt(at))).toEqual(found.map((key) => plain.get(key)?.length));
          expect([...(grouped?.rowsOf(keyCount + slots) ?? [])]).toEqual([]);
          expect([...(grouped?.rowsOf(found[0] as number) ?? [])]).toEqual(plain.get(found[0] as number));
        }
      }),
    );
  });
});
