import { copyInSteps, Moves } from '../../../server/projection/refresh/moves.ts';
import { planSplice } from '../../../server/projection/refresh/splice.ts';
import type { Steps } from '../../../server/projection/turns.ts';
import { expect, it } from '../../support/test.ts';

const added = (at: number) => ({ at, was: false, is: true });
const changed = (at: number) => ({ at, was: true, is: true });
const removed = (at: number) => ({ at, was: true, is: false });

it('[P270] an edit that adds or removes up to four records makes no table of all indexes', () => {
  const one = planSplice(8, [changed(1), removed(3)]).moved as Moves;
  expect(one.shifts).toEqual([{ from: 4, by: -1 }]);
  expect([0, 1, 2, 3, 4, 7].map((index) => one.of(index))).toEqual([0, 1, 2, -1, 3, 6]);

  const four = planSplice(8, [added(0), removed(2), removed(5), added(7)]).moved as Moves;
  expect(four.shifts).toHaveLength(4);
  expect(Array.from({ length: 8 }, (_, index) => four.of(index))).toEqual([1, 2, -1, 3, 4, -1, 5, 7]);

  const five = planSplice(8, [added(0), removed(2), added(4), removed(5), added(7)]).moved as Moves;
  expect(five.shifts).toBeUndefined();
  expect([...five.table]).toEqual([1, 2, -1, 3, 5, -1, 6, 8]);
});

it('[P271] a renewal gives other work a turn after each million values', () => {
  const length = 2_500_000;
  expect(countTurns(copyInSteps(new Uint8Array(length), new Uint8Array(length), 0))).toBe(2);
  const manyRemoved = planSplice(length, [1, 3, 5, 7, 9].map(removed)).moved as Moves;
  expect(countTurns(manyRemoved.prepare())).toBe(2);
  expect(countTurns(new Moves(length, []).prepare())).toBe(0);
});

function countTurns(steps: Steps<void>): number {
  let turns = 0;
  while (steps.next().done !== true) turns++;
  return turns;
}
