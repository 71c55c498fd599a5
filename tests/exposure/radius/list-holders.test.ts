import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listHolders } from '../../../server/exposure/radius/list-holders.ts';
import type { ReachedOrganization } from '../../../server/exposure/radius/radius-types.ts';

it('[P48] each holder of copies is listed once, by hops, then id', () => {
  const holders: ReachedOrganization[] = Array.from({ length: 12 }, (_, organization) => ({
    organization,
    hops: organization % 3,
    likelihood: 1,
    path: [],
  }));
  const ofCopies = fc.array(fc.constantFrom(...holders), { maxLength: 40 });
  fc.assert(
    fc.property(ofCopies, (copies) => {
      const expected = holders
        .filter((holder) => copies.includes(holder))
        .sort((a, b) => a.hops - b.hops || a.organization - b.organization);
      expect(listHolders([...copies])).toEqual(expected);
    }),
  );
});
