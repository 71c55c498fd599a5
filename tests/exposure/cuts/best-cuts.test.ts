import fc from 'fast-check';
import type { CutOrder } from '../../../server/exposure/cuts/best-cuts.ts';
import { boundCuts, findBestCuts } from '../../../server/exposure/cuts/best-cuts.ts';
import { CutTrials } from '../../../server/exposure/cuts/cut-trials.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import type { Action } from '../../../server/exposure/scenario/actions.ts';
import { Scenario } from '../../../server/exposure/scenario/scenario.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { cutCases, findCutDifference } from '../../support/answers/cut-answers.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { expectAtMost, expectSame } from '../../support/answers/expect-same.ts';
import { seed } from '../../support/seed.ts';
import { expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(150) };

it('[P97] the best cuts match an exhaustive search', () => {
  fc.assert(
    fc.property(cutCases, (generated) => expectSame(findCutDifference(generated), undefined)),
    settings,
  );
});

it('[P97] a trial equals the radius to the digit after any earlier cuts, and removes no more than its bound', () => {
  fc.assert(
    fc.property(cutCases, fc.nat(), ({ world: facts, question, at: instant, by }, which) => {
      const projection = buildProjection(toRecordedFacts(facts), 1);
      const input = toInput(projection, question);
      const actions: Action[] = [
        ...Array.from(
          { length: projection.organizations.count },
          (_, organization): Action => ({ kind: 'ENCRYPT', organization, owner: -1, at: instant }),
        ),
        ...Array.from({ length: projection.access.count }, (_, access): Action => ({ kind: 'REVOKE_ACCESS', access, at: instant })),
      ];
      for (const chosen of [[], actions.slice(which % actions.length, (which % actions.length) + 1)]) {
        const trials = new CutTrials(projection, input, chosen);
        const bounds = new Map(boundCuts(projection, trials, instant, by).map(({ action, most }) => [JSON.stringify(action), most]));
        for (const action of actions) {
          const { weightedLossUsd, worstCaseLossUsd, affectedLabCount } = findBlastRadius(
            projection,
            input,
            new Scenario(projection, [...chosen, action]),
          ).summary;
          const left = trials.try(action);
          expectSame(left.weightedLossUsd, weightedLossUsd);
          expectSame(left.worstCaseLossUsd, worstCaseLossUsd);
          expectSame(left.affectedLabCount, affectedLabCount);
          const removed = {
            WEIGHTED_LOSS: trials.weightedLossUsd - weightedLossUsd,
            WORST_CASE_LOSS: trials.worstCaseLossUsd - worstCaseLossUsd,
            LABS: trials.affectedLabCount - affectedLabCount,
          };
          expectAtMost(removed[by], (bounds.get(JSON.stringify(action)) ?? 0) + 1e-6);
        }
      }
    }),
    settings,
  );
});

it('[P98] a cut counts losses by a chain of reveals from a copy that another copy there also reveals', () => {
  const facts = world()
    .lab('Lab')
    .vendor('Vega')
    .artifact('a', 'Lab')
    .artifact('b', 'Lab')
    .artifact('c', 'Lab', { valueHighUsd: 100 })
    .reveals('a', 'b', 0.3)
    .reveals('b', 'c', 0.5)
    .transfer('t1', 'a', 'Lab', 'Vega', { sentAt: 1 })
    .transfer('t2', 'b', 'Lab', 'Vega', { sentAt: 1 })
    .build();
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const window = { from: 10, to: 20 };
  const options = { scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.2 };
  const input = toInput(projection, { origins: ['Vega'], core: window, widest: window, ...options });
  expect(findBestCuts(projection, input, 10, 5)).toMatchObject([{ action: { kind: 'ENCRYPT' }, removedWeightedLossUsd: 50 }]);
});

it('[P98] the best cut ends the access that several ways share, and the next one ends the rest', () => {
  const facts = world()
    .lab('Lab')
    .vendor('Vega', 'Sub', 'One', 'Two')
    .artifact('guide', 'Lab', { valueHighUsd: 100 })
    .artifact('suite', 'Lab', { valueHighUsd: 100 })
    .artifact('notes', 'Lab', { valueHighUsd: 30 })
    .access('a0', 'Vega', 'Sub')
    .access('a1', 'Sub', 'One', { likelihood: 0.5 })
    .access('a2', 'Sub', 'Two', { likelihood: 0.5 })
    .transfer('t1', 'guide', 'Lab', 'One', { sentAt: 1 })
    .transfer('t2', 'suite', 'Lab', 'Two', { sentAt: 1 })
    .transfer('t3', 'notes', 'Lab', 'Vega', { sentAt: 1 })
    .build();
  const window = { from: at('2026-03-01'), to: at('2026-03-31') };
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const input = toInput(projection, {
    origins: ['Vega'],
    core: window,
    widest: window,
    scopes: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
  });
  const cuts = findBestCuts(projection, input, window.from, 5);
  expect(cuts).toMatchObject([
    {
      action: { kind: 'REVOKE_ACCESS', access: 0 },
      removedWeightedLossUsd: 100,
      removedWorstCaseLossUsd: 200,
      remainingWeightedLossUsd: 30,
      because: 'Ending access a0 of Vega to Sub on Mar 1, 2026 closes or weakens the best ways in to guide, suite.',
    },
    {
      action: { kind: 'ENCRYPT' },
      remainingWeightedLossUsd: 0,
      because: "Vega holds the best way in to notes; encrypted under their owners' keys from Mar 1, 2026 on, its copies cannot be read.",
    },
  ]);
  // After the breach, no cut helps.
  expect(findBestCuts(projection, input, window.to + 1, 5)).toEqual([]);
});

it('[P98] the best cut by worst case or by labs may be another than by weighted loss', () => {
  // Vega holds the best way in to the dear artifact, and Sub a second one. Only at Sub are the cheap artifacts of two other labs.
  const facts = world()
    .lab('Lab', 'One', 'Two')
    .vendor('Vega', 'Sub')
    .artifact('dear', 'Lab', { valueHighUsd: 1000 })
    .artifact('cheap', 'One', { valueHighUsd: 100 })
    .artifact('free', 'Two')
    .artifact('other', 'Lab', { valueHighUsd: 300 })
    .access('a1', 'Vega', 'Sub', { likelihood: 0.1 })
    .transfer('t1', 'dear', 'Lab', 'Vega', { sentAt: 1, portion: 0.5 })
    .transfer('t2', 'cheap', 'One', 'Sub', { sentAt: 1 })
    .transfer('t3', 'free', 'Two', 'Sub', { sentAt: 1 })
    .transfer('t4', 'other', 'Lab', 'Sub', { sentAt: 1 })
    .transfer('t5', 'dear', 'Lab', 'Sub', { sentAt: 1, portion: 0.5 })
    .build();
  const window = { from: at('2026-03-01'), to: at('2026-03-31') };
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const options = { scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
  const input = toInput(projection, { origins: ['Vega'], core: window, widest: window, ...options });
  const first = (by: CutOrder) => findBestCuts(projection, input, window.from, 1, by)[0];
  const idOf = (cut: ReturnType<typeof first>) =>
    cut?.action.kind === 'ENCRYPT' ? projection.organizations.id.get(cut.action.organization) : cut?.action.kind;
  expect(idOf(first('WEIGHTED_LOSS'))).toBe('Vega');
  expect(first('WORST_CASE_LOSS')).toMatchObject({
    removedWorstCaseLossUsd: 900,
    because: "Sub holds ways in to dear, other, cheap; encrypted under their owners' keys from Mar 1, 2026 on, its copies cannot be read.",
  });
  expect(idOf(first('WORST_CASE_LOSS'))).toBe('Sub');
  expect(idOf(first('LABS'))).toBe('Sub');
  expect(first('LABS')?.because).toBe(
    "Sub holds the last ways in to artifacts of One, Two; encrypted under their owners' keys from Mar 1, 2026 on, its copies cannot be read.",
  );
});
