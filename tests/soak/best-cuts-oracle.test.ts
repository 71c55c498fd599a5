import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutCases, findCutDifference } from '../support/answers/cut-answers.ts';
import { rounds, seed } from './scale.ts';

it(`[P97] the best cuts of many worlds match an exhaustive search (seed ${seed})`, () => {
  fc.assert(
    fc.property(cutCases, (generated) => {
      expect(findCutDifference(generated)).toBeUndefined();
    }),
    { seed, numRuns: rounds(2_000) },
  );
});
