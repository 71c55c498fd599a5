import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findScenarioDifference, findScenarioSimulationDifference, scenarioCases } from '../support/scenario-answers.ts';

const settings = { seed: Number(process.env.ORACLE_SEED ?? 20_260_304), numRuns: Number(process.env.ORACLE_RUNS ?? 400) };

describe('[P44] engine and oracle agree on what actions do', () => {
  it('to every figure and order of both radii, the changes and what stops', () => {
    fc.assert(
      fc.property(scenarioCases, (generated) => expect(findScenarioDifference(generated)).toBeUndefined()),
      settings,
    );
  });

  it('to each run of a simulation, with the luck of the baseline', async () => {
    await fc.assert(
      fc.asyncProperty(scenarioCases, async (generated) => expect(await findScenarioSimulationDifference(generated, 6)).toBeUndefined()),
      { ...settings, numRuns: 200 },
    );
  });
});
