import fc from 'fast-check';
import { cutCases, findCutDifference } from '../support/answers/cut-answers.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { counting, rounds } from './scale.ts';

const numRuns = rounds(2_000);

it(`[P97] the best cuts of many worlds match an exhaustive search (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(cutCases, (generated) => {
      countOne();
      expect(findCutDifference(generated)).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
