import fc from 'fast-check';
import { askedNow, weighActions } from '../../../server/exposure/incidents/plan-steps.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { expectSame } from '../../support/answers/expect-same.ts';
import { scenarioCases, toActions } from '../../support/answers/scenario-answers.ts';
import { oracleScenario } from '../../support/oracle/what-if.ts';
import { seed } from '../../support/seed.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { toRecordedFacts } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(60) };

it('[P200] each action removes what a separate computation of the scenario leaves out, from the incident and from now', () => {
  fc.assert(
    fc.property(scenarioCases, fc.constantFrom(0, 10, 25, 60), ({ world, question, actions }, now) => {
      const projection = buildProjection(toRecordedFacts(world), 1);
      const here = toInput(projection, question);
      const asked = { here, now: askedNow(here, now), actions: toActions(projection, actions) };
      const window = { from: now, to: now };
      const questions = [question, { ...question, core: window, widest: window, scopes: [] }];
      const expected = actions.map((action) => {
        const [hereUsd, nowUsd] = questions.map((one) => {
          const lossAfter = (taken: readonly (typeof action)[]) => oracleScenario(world, one, taken).radius.summary.weightedLossUsd;
          return Math.max(0, lossAfter([]) - lossAfter([action]));
        });
        return { hereUsd, nowUsd };
      });
      const weighed = weighActions(projection, asked);
      weighed.forEach((removed, i) => {
        expect(removed.hereUsd).toBeCloseTo(expected[i]?.hereUsd as number, 5);
        expect(removed.nowUsd).toBeCloseTo(expected[i]?.nowUsd as number, 5);
      });
      expectSame(weighed.length, actions.length);
    }),
    settings,
  );
});
