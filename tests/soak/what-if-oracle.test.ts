import fc from 'fast-check';
import { findScenarioDifference, scenarioCases } from '../support/answers/scenario-answers.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { counting, rounds } from './scale.ts';

const numRuns = rounds(2_000);

it(`[P94] scenarios of many worlds match the oracle (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(scenarioCases, (generated) => {
      countOne();
      expect(findScenarioDifference(generated)).toBeUndefined();
    }),
    { seed, numRuns },
  );
});
