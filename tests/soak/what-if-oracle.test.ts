import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findScenarioDifference, scenarioCases } from '../support/answers/scenario-answers.ts';
import { rounds, seed } from './scale.ts';

it(`[P94] scenarios of many worlds match the oracle (seed ${seed})`, () => {
  fc.assert(
    fc.property(scenarioCases, (generated) => {
      expect(findScenarioDifference(generated)).toBeUndefined();
    }),
    { seed, numRuns: rounds(2_000) },
  );
});
