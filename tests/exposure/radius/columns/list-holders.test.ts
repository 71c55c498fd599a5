import fc from 'fast-check';
import { listHolders } from '../../../../server/exposure/radius/columns/radius-columns.ts';
import { expect, it } from '../../../support/test.ts';

it('[P48] each holder of copies is listed once, by its rank', () => {
  const ranks = fc.shuffledSubarray(
    Array.from({ length: 12 }, (_, i) => i),
    { minLength: 12 },
  );
  fc.assert(
    fc.property(ranks, fc.array(fc.nat(11), { maxLength: 40 }), (rankOf, ofCopies) => {
      const expected = [...new Set(ofCopies)].sort((a, b) => (rankOf[a] as number) - (rankOf[b] as number));
      expect(listHolders([...ofCopies], Int32Array.from(rankOf))).toEqual(expected);
    }),
  );
});
