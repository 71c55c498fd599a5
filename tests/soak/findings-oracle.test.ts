import fc from 'fast-check';
import { AccessLevels } from '../../server/exposure/controls/access-levels.ts';
import { FindingList, findSubjects, listRadiusFindings } from '../../server/exposure/findings/findings.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { finish } from '../support/finish.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import { oracleFindings, oracleRadiusFindings } from '../support/oracle/findings.ts';
import { seed } from '../support/seed.ts';
import { expect, it } from '../support/test.ts';
import { questionsAbout } from '../support/worlds/arbitraries.ts';
import { richInstants, richWorlds } from '../support/worlds/rich-worlds.ts';
import { toRecordedFacts } from '../support/worlds/world.ts';
import { counting, rounds } from './scale.ts';

const numRuns = Math.max(300, rounds(2000));

it(`[P68] the findings of all facts match the oracle (seed ${seed})`, () => {
  const countOne = counting('worlds', numRuns);
  fc.assert(
    fc.property(richWorlds, richInstants, (generated, instant) => {
      countOne();
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const question = { projection, policy: defaultPolicy, instant, levels: new AccessLevels(projection, instant) };
      const ids = [...FindingList.from(question, findSubjects(question)).ids()];
      expect([...ids].sort()).toEqual(
        oracleFindings(generated, defaultPolicy, instant)
          .map(({ id }) => id)
          .sort(),
      );
    }),
    { seed, numRuns },
  );
});

it(`[P69] a radius lists the findings at widest.to about its organizations, its artifacts and its blind spots (seed ${seed})`, () => {
  const cases = richWorlds
    .filter(({ facts }) => facts.some(({ kind }) => kind === 'ORGANIZATION'))
    .chain((generated) => questionsAbout(generated).map((question) => ({ generated, question })));
  const countOne = counting('worlds with a radius', numRuns);
  fc.assert(
    fc.property(cases, ({ generated, question }) => {
      countOne();
      const projection = buildProjection(toRecordedFacts(generated), 1);
      const instant = question.widest.to;
      const radius = findBlastRadius(projection, toInput(projection, question));
      const ids = finish(
        listRadiusFindings({ projection, policy: defaultPolicy, instant, levels: new AccessLevels(projection, instant) }, radius),
      ).map(({ id }) => id);
      const expected = oracleRadiusFindings(oracleFindings(generated, defaultPolicy, instant), oracleRadius(generated, question));
      expect([...ids].sort()).toEqual(expected.sort());
    }),
    { seed, numRuns },
  );
});
