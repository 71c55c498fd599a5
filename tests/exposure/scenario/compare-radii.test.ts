import fc from 'fast-check';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { compareRadii, findRadiusChanges } from '../../../server/exposure/scenario/compare-radii.ts';
import { ChangeExplainer } from '../../../server/exposure/scenario/explain-change.ts';
import { findTouching } from '../../../server/exposure/scenario/touched-facts.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { oracleRadius } from '../../support/oracle/confidentiality.ts';
import type { Question } from '../../support/oracle/question.ts';
import { oracleChanges } from '../../support/oracle/what-if.ts';
import { seed } from '../../support/seed.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cases, questionsAbout } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { Stated, World } from '../../support/worlds/world.ts';
import { at, keyOf, toRecordedFacts, world } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(150) };

/** Two questions. The second uses the same facts, or the facts without some transfers, access facts and reveals. */
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
  it('as the oracle does, even if they are from different facts', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const changes = compareRadii(radiusOf(before), radiusOf(after)).map(({ id, kind }) => ({ artifact: id, kind }));
        expect(changes).toEqual(oracleChanges(oracleRadius(before.world, before.question), oracleRadius(after.world, after.question)));
      }),
      settings,
    );
  });

  it('and those that changed are found in columns alone', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const sides = [radiusOf(before), radiusOf(after)] as const;
        const inPlain = (changes: ReturnType<typeof compareRadii>) =>
          changes
            .filter(({ kind }) => kind !== 'STAYED')
            .map(({ id, kind, before: was, after: is }) => `${id} ${kind} ${was?.tier} ${is?.tier} ${is?.weightedShare}`)
            .sort();
        expect(inPlain(findRadiusChanges(...sides))).toEqual(inPlain(compareRadii(...sides)));
        expect(findRadiusChanges(...sides).some(({ kind }) => kind === 'STAYED')).toBe(false);
      }),
      settings,
    );
  });

  it('[W1193] with a sentence for each change, in words', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const sides = [radiusOf(before), radiusOf(after)] as const;
        const explainer = new ChangeExplainer(...sides);
        for (const change of compareRadii(...sides))
          expect(explainer.explain(change)).toMatch(/^(?!.*(undefined|NaN|Infinity|EXPOSED|POSSIBLE|CONTAINED))\S.*\.$/);
      }),
      settings,
    );
  });

  it('and facts that do not concern the difference can be left out', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        fc.pre(before.question === after.question);
        const sides = [radiusOf(before), radiusOf(after)] as const;
        const isTouching = findTouching(...sides);
        const unknown = before.world.facts.flatMap((fact) => (fact.kind === 'TRANSFER' && !after.world.facts.includes(fact) ? [fact] : []));
        // A transfer that is missing in both makes no difference, unless its recipient sends the artifact on: then that implies a copy.
        const isSentOn = (fact: (typeof unknown)[number]) =>
          before.world.facts.some((o) => o.kind === 'TRANSFER' && o.artifact === fact.artifact && o.sender === fact.recipient);
        const idle = new Set<World['facts'][number]>(unknown.filter((fact) => !isTouching(fact.kind, fact.id) && !isSentOn(fact)));
        const without = (world: World) => ({ facts: world.facts.filter((fact) => !idle.has(fact)) });
        const narrowed = compareRadii(
          radiusOf({ ...before, world: without(before.world) }),
          radiusOf({ ...after, world: without(after.world) }),
        );
        const differing = (changes: ReturnType<typeof compareRadii>) =>
          changes.filter(({ kind }) => kind !== 'STAYED').map(({ id, kind }) => [id, kind]);
        expect(differing(narrowed)).toEqual(differing(compareRadii(...sides)));
      }),
      { ...settings, numRuns: generatedRuns(100) },
    );
  });

  it('and a fact that alone makes a difference is named', () => {
    const changing = (facts: World) => facts.facts.filter(({ kind }) => kind === 'TRANSFER' || kind === 'ACCESS' || kind === 'REVEALS');
    const single = cases
      .filter((generated) => changing(generated.world).length > 0)
      .chain(({ world: facts, question }) => fc.constantFrom(...changing(facts)).map((fact) => ({ facts, question, fact })));
    fc.assert(
      fc.property(single, fc.boolean(), ({ facts, question, fact }, isNew) => {
        const without = { facts: facts.facts.filter((other) => other !== fact) };
        const sides = [radiusOf({ world: facts, question }), radiusOf({ world: without, question })] as const;
        const [before, after] = isNew ? [sides[1], sides[0]] : sides;
        const isDifferent = compareRadii(before, after).some(({ kind }) => kind !== 'STAYED');
        if (isDifferent) expect(findTouching(before, after)(fact.kind, keyOf(fact))).toBe(true);
      }),
      settings,
    );
  });
});

describe('[P128] a comparison names the facts that made the difference between two radii', () => {
  const during = { from: at('2026-02-01'), to: at('2026-02-02') };
  const question: Question = {
    origins: ['tool'],
    core: during,
    widest: during,
    scopes: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
  };
  const sent = { sentAt: at('2026-01-10') };
  const ground = () =>
    world()
      .lab('lab')
      .vendor('vendor', 'other', 'tool')
      .artifact('guide', 'lab')
      .artifact('summary', 'lab')
      .artifact('apart', 'lab')
      .transfer('t-known', 'guide', 'lab', 'other', sent)
      .access('a-known', 'tool', 'other', { likelihood: 0.9 });
  const known = ground().build();
  /** `KIND key` of the named facts that are in `later` but not in `earlier`. */
  const named = (earlier: World, later: World, asked: Question = question) => {
    const isTouching = findTouching(radiusOf({ world: earlier, question: asked }), radiusOf({ world: later, question: asked }));
    const before = new Set(earlier.facts.map((fact) => JSON.stringify(fact)));
    return later.facts
      .filter((fact) => !before.has(JSON.stringify(fact)) && isTouching(fact.kind, keyOf(fact)))
      .map((fact) => `${fact.kind} ${keyOf(fact)}`);
  };

  it('access on a path, transfers to reached organizations, reveals that lead on, and no others', () => {
    const later = ground()
      .transfer('t-new', 'guide', 'lab', 'vendor', sent)
      .access('a-new', 'tool', 'vendor')
      .reveals('guide', 'summary', 0.5)
      // A copy of the same artifact at an unreached organization; a transfer to a newly reached organization of an artifact that
      // stays out; weaker access between the same two; access of an unreached organization; reveals to artifacts without a difference.
      .vendor('bystander')
      .transfer('t-elsewhere', 'guide', 'lab', 'bystander', sent)
      .transfer('t-deleted', 'apart', 'lab', 'vendor', { ...sent, deletionState: 'VERIFIED', deletedAt: at('2026-01-11') })
      .access('a-weaker', 'tool', 'vendor', { likelihood: 0.1 })
      .access('a-of-nobody', 'bystander', 'vendor')
      .reveals('summary', 'apart', 0.01)
      .engagement('e', 'lab', 'vendor')
      .build();
    expect(named(known, later)).toEqual(['TRANSFER t-new', 'ACCESS a-new', 'REVEALS guide/summary']);
  });

  it('a transfer along which compromise passes, if the question allows it', () => {
    const later = ground().transfer('t-on', 'apart', 'other', 'vendor', sent).build();
    expect(named(known, later)).toEqual(['TRANSFER t-on']);
    const away = { ...sent, deletionState: 'VERIFIED' as const, deletedAt: at('2026-01-11') };
    const passing = ground().transfer('t-gone', 'apart', 'lab', 'vendor', away).transfer('t-on', 'apart', 'lab', 'vendor', sent).build();
    const fromLab = { ...question, origins: ['lab'], transferLikelihood: 0.5 };
    expect(named(known, passing, fromLab)).toEqual(['TRANSFER t-on']);
  });

  it('a transfer that explains a copy that was implied before', () => {
    const onward = () => ground().transfer('t-on', 'apart', 'vendor', 'other', sent);
    const away = { deletionState: 'VERIFIED' as const, deletedAt: at('2026-01-20') };
    const later = onward().transfer('t-in', 'apart', 'lab', 'vendor', { sentAt: at('2026-01-01'), ...away });
    const vendorAlone = { ...question, origins: ['vendor'] };
    expect(named(onward().build(), later.build(), vendorAlone)).toEqual(['TRANSFER t-in']);
  });

  it('the fields of an organization or artifact that count, but not its name', () => {
    const renamed = (facts: World): World => ({
      facts: facts.facts.map((fact) => ('name' in fact ? { ...fact, name: `${fact.name}, renamed` } : fact)),
    });
    const later = ground().transfer('t-new', 'guide', 'lab', 'vendor', sent).access('a-new', 'tool', 'vendor').build();
    expect(named(known, renamed(later))).toEqual(['TRANSFER t-new', 'ACCESS a-new']);
    const divided = {
      facts: known.facts.map((fact) => (fact.kind === 'ARTIFACT' && fact.id === 'guide' ? { ...fact, fragmentCount: 4 } : fact)),
    };
    const pieces = (facts: World): World => ({
      facts: facts.facts.map((fact) => (fact.kind === 'TRANSFER' ? { ...fact, fragments: ['one'] } : fact)),
    });
    expect(named(pieces(known), pieces(divided))).toEqual(['ARTIFACT guide']);
  });
});
