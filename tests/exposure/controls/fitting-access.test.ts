import fc from 'fast-check';
import { artifactTypes } from '../../../server/domain/facts.ts';
import { AccessLevels } from '../../../server/exposure/controls/access-levels.ts';
import type { ControlGapFilter } from '../../../server/exposure/controls/control-gap.ts';
import { filterControlGaps, listControlGaps } from '../../../server/exposure/controls/control-gap.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { oracleAccess, oracleControlGap } from '../../support/oracle/control-gap.ts';
import { expect, it } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { factsOf, toRecordedFacts } from '../../support/worlds/world.ts';

const instant = 5;
const filters = fc.record({
  minSensitivity: fc.option(fc.integer({ min: 1, max: 5 })),
  isTyped: fc.boolean(),
  isOfLab: fc.boolean(),
  control: fc.option(fc.constantFrom('MFA', 'LEAST_PRIVILEGE', 'BREACH_NOTICE')),
  orderBy: fc.constantFrom('MISSING' as const, 'SENSITIVITY' as const),
});

it('[P822] control gaps by sensitivity, type, lab and control are those of the organizations with access to such an artifact', () => {
  fc.assert(
    fc.property(worlds, filters, (about, { minSensitivity, isTyped, isOfLab, control, orderBy }) => {
      const projection = buildProjection(toRecordedFacts(about), 1);
      const { id } = projection.organizations;
      const artifacts = factsOf(about, 'ARTIFACT');
      const [first] = artifacts;
      const labs = isOfLab && first !== undefined ? new Set([id.find(first.owner)]) : null;
      const types = isTyped ? new Set([artifactTypes.indexOf('ANNOTATION_GUIDELINES')]) : null;
      const filter: ControlGapFilter = { minSensitivity, types, labs, controls: control === null ? null : new Set([control]), orderBy };
      const levels = new AccessLevels(projection, instant);
      const question = { policy: defaultPolicy, instant, withoutIssuers: new Set<number>() };
      const gaps = listControlGaps(projection, levels, question).map(({ organization }) => organization);
      const kept = [...runAtOnce(filterControlGaps(projection, Int32Array.from(gaps), levels, question, filter))].map((one) => id.get(one));

      const isUnlimited = minSensitivity === null && types === null && labs === null;
      const expected = gaps
        .map((one) => oracleControlGap(about, defaultPolicy, id.get(one), instant, []))
        .filter(({ organization, missing }) => {
          const accessed = oracleAccess(about, organization, instant);
          const isFitting = artifacts.some(
            (artifact) =>
              accessed.has(artifact.id) &&
              artifact.sensitivity >= (minSensitivity ?? 0) &&
              (types === null || artifact.type === 'ANNOTATION_GUIDELINES') &&
              (labs === null || artifact.owner === first?.owner),
          );
          return (isUnlimited || isFitting) && (control === null || missing.some((one) => one.control === control));
        });
      if (orderBy === 'SENSITIVITY') expected.sort((a, b) => b.highestSensitivity - a.highestSensitivity);
      expect(kept).toEqual(expected.map(({ organization }) => organization));
    }),
    { numRuns: generatedRuns(150) },
  );
});
