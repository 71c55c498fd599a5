import fc from 'fast-check';
import { compareCodePoints } from '../../../server/domain/compare.ts';
import { orderIds } from '../../../server/projection/columns/order-rows.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';

/** The ids in the order that was found. */
function ordered(ids: readonly string[]): (string | undefined)[] {
  const bytes = ids.map((id) => Buffer.from(id));
  const starts = new Uint32Array(ids.length + 1);
  bytes.forEach(({ length }, i) => {
    starts[i + 1] = (starts[i] as number) + length;
  });
  return Array.from(orderIds(Buffer.concat(bytes), starts), (row) => ids[row]);
}

const letters = fc.constantFrom('a', 'b', '0', '1', '-', 'ä', '\uff5e', '\u{1f600}');
const ids = fc.tuple(
  fc.constantFrom('', 't-', 'transfer-'),
  fc.uniqueArray(fc.string({ unit: letters, minLength: 1, maxLength: 14 }), { maxLength: 60 }),
);

it('[P291] packed ids are in the order of code points, whatever they begin with and wherever they differ', () => {
  fc.assert(
    fc.property(ids, ([start, ends]) => {
      const all = ends.map((end) => start + end);
      expect(ordered(all)).toEqual([...all].sort(compareCodePoints));
    }),
    { numRuns: generatedRuns(500) },
  );
  // Ids whose first eight different bytes agree are compared.
  const long = Array.from({ length: 300 }, (_, i) => `x${'same-'.repeat(4)}${(i * 7919) % 1000}`);
  const alike = ['y', ...long];
  expect(ordered(alike)).toEqual([...alike].sort(compareCodePoints));
});
