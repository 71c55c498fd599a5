import { planSplice } from '../../../server/projection/refresh/place-changes.ts';
import { expect, it } from '../../support/test.ts';

const added = (at: number) => ({ at, was: false, is: true });
const changed = (at: number) => ({ at, was: true, is: true });
const removed = (at: number) => ({ at, was: true, is: false });

it('[P270] each record that stays or changes has its new index, and one that is gone has none', () => {
  expect([...(planSplice(8, [changed(1), removed(3)]).moved ?? [])]).toEqual([0, 1, 2, -1, 3, 4, 5, 6]);
  const four = planSplice(8, [added(0), removed(2), removed(5), added(7)]).moved ?? [];
  expect([...four]).toEqual([1, 2, -1, 3, 4, -1, 5, 7]);
  const five = planSplice(8, [added(0), removed(2), added(4), removed(5), added(7)]).moved ?? [];
  expect([...five]).toEqual([1, 2, -1, 3, 5, -1, 6, 8]);
  expect(planSplice(8, [changed(0), changed(7)]).moved).toBeUndefined();
});
