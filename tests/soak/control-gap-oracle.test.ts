import fc from 'fast-check';
import { AccessLevels } from '../../server/exposure/controls/access-levels.ts';
import type { ControlGap } from '../../server/exposure/controls/control-gap.ts';
import { findControlGap, listControlGaps } from '../../server/exposure/controls/control-gap.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { findDifference } from '../support/answers/engine-answers.ts';
import { oracleControlGap, oracleControlGaps } from '../support/oracle/control-gap.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { richInstants, richWorlds } from '../support/worlds/rich-worlds.ts';
import { factsOf, toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));
const policies = fc.constantFrom(defaultPolicy, [
  { fromSensitivity: 1, controls: ['OTHER', 'MFA'], leastEvidence: 'TESTED' as const },
  { fromSensitivity: 4, controls: ['ACCESS_LOGGING'], leastEvidence: 'SELF_ATTESTED' as const },
]);

it(`[P65] the control gap of every organization matches the oracle, even without some issuers (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(richWorlds, policies, richInstants, fc.infiniteStream(fc.boolean()), (generated, policy, instant, coins) => {
      countOne();
      const organizations = factsOf(generated, 'ORGANIZATION').map(({ id }) => id);
      const without = organizations.filter(() => coins.next().value && coins.next().value);
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const indexOf = (id: string) => projection.organizations.id.find(id);
      const question = { policy, instant, withoutIssuers: new Set(without.map(indexOf)) };
      const levels = new AccessLevels(projection, instant);
      const inIds = ({ organization, highestSensitivity, required, met, missing }: ControlGap) => ({
        organization: projection.organizations.id.get(organization),
        highestSensitivity,
        required,
        met,
        missing: missing.map(({ held, ...rest }) => ({ ...rest, hasEvidence: held >= 0 })),
      });
      expect(
        findDifference(listControlGaps(projection, levels, question).map(inIds), oracleControlGaps(generated, policy, instant, without)),
      ).toBeUndefined();
      for (const id of organizations) {
        const gap = inIds(findControlGap(projection, levels, question, indexOf(id)));
        expect(findDifference(gap, oracleControlGap(generated, policy, id, instant, without))).toBeUndefined();
      }
    }),
    { seed, numRuns },
  );
});
