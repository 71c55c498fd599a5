import fc from 'fast-check';
import type { CutOrder } from '../../../server/exposure/cuts/best-cuts.ts';
import { cutOrders, findBestCuts } from '../../../server/exposure/cuts/best-cuts.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { oracleBestCuts } from '../oracle/best-cuts.ts';
import type { Question } from '../oracle/question.ts';
import { cases } from '../worlds/arbitraries.ts';
import type { World } from '../worlds/world.ts';
import { toRecordedFacts } from '../worlds/world.ts';
import { findDifference, toInput } from './engine-answers.ts';

export interface CutCase {
  readonly world: World;
  readonly question: Question;
  readonly at: number;
  readonly budget: number;
  readonly by: CutOrder;
}

/** Up to three cuts, made before everything or at an instant of the world. */
export const cutCases: fc.Arbitrary<CutCase> = fc
  .record({
    about: cases,
    later: fc.constantFrom(0, 0, 0, 5, 20),
    budget: fc.integer({ min: 1, max: 3 }),
    by: fc.constantFrom(...cutOrders),
  })
  .map(({ about, later, ...rest }) => ({ ...about, at: about.question.widest.from + later, ...rest }));

/** The first place at which engine and oracle differ about the best cuts. */
export function findCutDifference({ world, question, at, budget, by }: CutCase): string | undefined {
  const projection = buildProjection(toRecordedFacts(world), 1);
  const cuts = findBestCuts(projection, toInput(projection, question), at, budget, by).map(({ action, because: _, ...figures }) => ({
    ...figures,
    action:
      action.kind === 'REVOKE_ACCESS'
        ? { ...action, access: projection.access.id.get(action.access) }
        : { ...action, organization: projection.organizations.id.get(action.organization), owner: null },
  }));
  return findDifference(cuts, oracleBestCuts(world, question, at, budget, by));
}
