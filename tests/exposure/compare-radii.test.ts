import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareRadii } from '../../server/exposure/compare-radii.ts';
import { findBlastRadius } from '../../server/exposure/confidentiality.ts';
import { ChangeExplainer } from '../../server/exposure/explain-change.ts';
import { findTouching } from '../../server/exposure/touched-facts.ts';
import { buildProjection } from '../../server/projection/build-projection.ts';
import { cases, questionsAbout } from '../support/arbitraries.ts';
import { toInput } from '../support/engine-answers.ts';
import { oracleRadius } from '../support/oracle/confidentiality.ts';
import type { Question } from '../support/oracle/question.ts';
import { oracleChanges } from '../support/oracle/what-if.ts';
import type { Stated, World } from '../support/world.ts';
import { toRecordedFacts } from '../support/world.ts';

const settings = { seed: Number(process.env.ORACLE_SEED ?? 20_260_306), numRuns: Number(process.env.ORACLE_RUNS ?? 150) };

/** Two questions, the second of the same facts or of those that are left when some transfers, access and reveals are not known. */
const pairs = cases.chain(({ world, question }) =>
  fc
    .record({
      other: questionsAbout(world),
      isOther: fc.boolean(),
      unknown: fc.oneof(
        fc.constant<Stated[]>([]),
        fc.subarray(world.facts.filter(({ kind }) => kind === 'TRANSFER' || kind === 'ACCESS' || kind === 'REVEALS')),
      ),
    })
    .map(({ other, isOther, unknown }) => ({
      before: { world, question },
      after: { world: { facts: world.facts.filter((fact) => !unknown.includes(fact)) }, question: isOther ? other : question },
    })),
);

function radiusOf({ world, question }: { world: World; question: Question }) {
  const projection = buildProjection(toRecordedFacts(world), 1);
  return findBlastRadius(projection, toInput(projection, question));
}

describe('[P99] two radii are compared artifact by artifact', () => {
  it('as the oracle does, also where they are of different facts', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const changes = compareRadii(radiusOf(before), radiusOf(after)).map(({ id, kind }) => ({ artifact: id, kind }));
        expect(changes).toEqual(oracleChanges(oracleRadius(before.world, before.question), oracleRadius(after.world, after.question)));
      }),
      settings,
    );
  });

  it('with a sentence for each change', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const sides = [radiusOf(before), radiusOf(after)] as const;
        const explainer = new ChangeExplainer(...sides);
        for (const change of compareRadii(...sides)) expect(explainer.explain(change)).toMatch(/^(?!.*(undefined|NaN|Infinity))\S.*\.$/);
      }),
      settings,
    );
  });

  it('and facts that touch nothing that differs could be left out', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        fc.pre(before.question === after.question);
        const sides = [radiusOf(before), radiusOf(after)] as const;
        const isTouching = findTouching(...sides);
        const unknown = before.world.facts.filter((fact) => !after.world.facts.includes(fact) && fact.kind === 'TRANSFER');
        const idle = new Set(unknown.filter((fact) => 'id' in fact && !isTouching(fact.kind, fact.id)));
        // What is not known in both changes nothing between them, as long as no copy is implied by it.
        const without = (world: World) => ({ facts: world.facts.filter((fact) => !idle.has(fact)) });
        const narrowed = compareRadii(
          radiusOf({ ...before, world: without(before.world) }),
          radiusOf({ ...after, world: without(after.world) }),
        );
        const differing = (changes: ReturnType<typeof compareRadii>) =>
          changes.filter(({ kind }) => kind !== 'STAYED').map(({ id, kind }) => [id, kind]);
        expect(differing(narrowed)).toEqual(differing(compareRadii(...sides)));
      }),
      { ...settings, numRuns: 100 },
    );
  });
});
