import fc from 'fast-check';
import { groupByRow } from '../../../server/projection/csr.ts';
import { type ChangedPlace, copyMoved } from '../../../server/projection/refresh/moves.ts';
import { regroup } from '../../../server/projection/refresh/regroup.ts';
import { planSplice, spliceNumbers } from '../../../server/projection/refresh/splice.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { expect, it } from '../../support/test.ts';

const rows = 5;
const row = fc.integer({ min: -1, max: rows - 1 });
/** The fate of each record: it stays, changes or goes, and others come before it. */
const fates = fc.array(fc.record({ row, fate: fc.constantFrom('stays', 'stays', 'stays', 'changes', 'goes'), before: fc.nat(1) }), {
  maxLength: 12,
});

function changesOf(records: readonly { readonly fate: string; readonly before: number }[]): ChangedPlace[] {
  return records.flatMap(({ fate, before }, at): ChangedPlace[] => [
    ...Array.from({ length: before }, () => ({ at, was: false, is: true })),
    ...(fate === 'stays' ? [] : [{ at, was: true, is: fate === 'changes' }]),
  ]);
}

it('[P40] rows of a changed column are those of all its records grouped again', () => {
  let shifted = 0;
  fc.assert(
    fc.property(fates, fc.array(row, { minLength: 30, maxLength: 30 }), fc.boolean(), (records, fresh, isCalm) => {
      const calm = isCalm ? records.map((one, i) => ({ ...one, fate: 'stays', before: i === records.length >> 1 ? 1 : 0 })) : records;
      const splice = planSplice(calm.length, changesOf(calm));
      const former = Int32Array.from(calm, (one) => one.row);
      const patch = Int32Array.from(splice.placed, (_, i) => fresh[i % fresh.length] as number);
      const now = runAtOnce(spliceNumbers(former, patch, splice));
      const { offsets, values } = runAtOnce(regroup(groupByRow(former, rows), former, now, splice));
      const wanted = groupByRow(now, rows);
      expect([[...offsets], [...values]]).toEqual([[...wanted.offsets], [...wanted.values]]);

      if (splice.moved === undefined) return;
      const stayed = Int32Array.from(splice.runs.flatMap(({ from, until }) => Array.from({ length: until - from }, (_, i) => from + i)));
      const moved = new Int32Array(stayed.length);
      copyMoved(stayed, moved, 0, splice.moved);
      const { table } = splice.moved;
      expect([...moved]).toEqual([...stayed].map((index) => table[index]));
      expect([...stayed].map((index) => splice.moved?.of(index))).toEqual([...moved]);
      if (splice.moved.shifts !== undefined) shifted++;
    }),
    { numRuns: 500 },
  );
  expect(shifted).toBeGreaterThan(50);
});
