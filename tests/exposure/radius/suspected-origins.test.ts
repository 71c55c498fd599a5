import fc from 'fast-check';
import { askedNow, describeStep, listPlanTasks } from '../../../server/exposure/incidents/plan-steps.ts';
import { explainWay } from '../../../server/exposure/radius/because.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { buildTimeline } from '../../../server/exposure/radius/charts/timeline.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { findIntegrityRadius } from '../../../server/exposure/radius/integrity.ts';
import type { ReachedOrganization } from '../../../server/exposure/radius/radius-types.ts';
import type { RadiusQuestion } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { resolveRadiusInput } from '../../../server/exposure/radius/resolve-radius-input.ts';
import { explainUnreached } from '../../../server/exposure/scenario/explain-change.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { tiers } from '../../../server/rules/copy-tier.ts';
import { integrityInIds, radiusInIds, toInput } from '../../support/answers/engine-answers.ts';
import { expectAtLeast, expectSame } from '../../support/answers/expect-same.ts';
import type { Question } from '../../support/oracle/question.ts';
import { seed } from '../../support/seed.ts';
import { describe, expect, it } from '../../support/test.ts';
import { cases } from '../../support/worlds/arbitraries.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { World } from '../../support/worlds/world.ts';
import { at, factsOf, toRecordedFacts, world } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(400) };

function radiusOf(about: World, question: Question): BlastRadius {
  const projection = buildProjection(toRecordedFacts(about), 1);
  return findBlastRadius(projection, toInput(projection, question));
}

/** Every artifact of `smaller` is in `larger`, with a tier at least as strong and, unless it was CONTAINED, figures at least as large. */
function expectWithin(smaller: BlastRadius, larger: BlastRadius): void {
  const rows = new Map(radiusInIds(larger).artifacts.map((row) => [row.artifact, row]));
  for (const row of radiusInIds(smaller).artifacts) {
    const other = rows.get(row.artifact);
    if (other === undefined) throw new Error(`${row.artifact} is not in the larger radius`);
    expectAtLeast(tiers.indexOf(row.tier), tiers.indexOf(other.tier));
    if (row.tier === 'CONTAINED') continue;
    for (const [small, large] of [
      [row.portion.low, other.portion.low],
      [row.portion.high, other.portion.high],
      [row.exposedPortion.low, other.exposedPortion.low],
      [row.exposedPortion.high, other.exposedPortion.high],
      [row.likelihood, other.likelihood],
      [row.weightedShare, other.weightedShare],
      [row.worstCaseLossUsd, other.worstCaseLossUsd],
      [row.weightedLossUsd, other.weightedLossUsd],
    ] as const) {
      expectAtLeast(large, small - 1e-9 * (1 + small));
    }
  }
  const reached = new Set(radiusInIds(larger).reached.map(({ organization }) => organization));
  for (const { organization } of radiusInIds(smaller).reached) expectSame(reached.has(organization), true);
}

/** A case, one of its organizations, and a likelihood. */
const suspicions = fc.tuple(cases, fc.nat(), fc.constantFrom(0.2, 0.7, 1)).map(([{ world: about, question }, which, likelihood]) => {
  const organizations = factsOf(about, 'ORGANIZATION').map(({ id }) => id);
  return { about, question, organization: organizations[which % organizations.length] as string, likelihood };
});

it('[P900] a suspected origin, or a larger likelihood of it, never shrinks a radius (§11)', () => {
  fc.assert(
    fc.property(suspicions, fc.double({ min: 0, max: 1, noNaN: true }), ({ about, question, organization, likelihood }, more) => {
      const suspecting = (chance: number) => ({
        ...question,
        suspected: [...(question.suspected ?? []), { organization, likelihood: chance }],
      });
      const suspected = radiusOf(about, suspecting(likelihood));
      expectWithin(radiusOf(about, question), suspected);
      expectWithin(suspected, radiusOf(about, suspecting(likelihood + (1 - likelihood) * more)));
    }),
    settings,
  );
});

it('[P901] without scopes, a radius with an organization suspected is within the one with it as an origin (§11)', () => {
  fc.assert(
    fc.property(suspicions, ({ about, question: { scopes: _scopes, ...rest }, organization, likelihood }) => {
      const question = { ...rest, scopes: [] };
      const suspected = { ...question, suspected: [...(question.suspected ?? []), { organization, likelihood }] };
      const compromised = { ...question, origins: [...new Set([...question.origins, organization])] };
      expectWithin(radiusOf(about, suspected), radiusOf(about, compromised));
    }),
    settings,
  );
});

it('[P902] without a core nothing is EXPOSED, and the same artifacts and portions are in the radius (§13.4)', () => {
  fc.assert(
    fc.property(cases, ({ world: about, question }) => {
      const without = radiusInIds(radiusOf(about, { ...question, hasCore: false }));
      const certain = radiusInIds(radiusOf(about, { ...question, hasCore: true }));
      expectSame(without.summary.exposedCount, 0);
      for (const { exposedPortion, ways } of without.artifacts) {
        expect(exposedPortion).toEqual({ low: 0, high: 0 });
        for (const { holder, tier, chance } of ways) {
          const reached = without.reached.find(({ organization }) => organization === holder);
          expectSame(chance, tier === 'CONTAINED' ? 0 : (reached?.likelihood as number) * 0.5);
        }
      }
      const plain = ({ artifacts }: typeof certain) =>
        Object.fromEntries(artifacts.map(({ artifact, portion, worstCaseLossUsd }) => [artifact, { portion, worstCaseLossUsd }]));
      expect(plain(without)).toEqual(plain(certain));
    }),
    settings,
  );
});

it('[P903] suspected origins leave the integrity rows of the origins as they are, and mark those that they add (§13.4)', () => {
  fc.assert(
    fc.property(cases, ({ world: about, question }) => {
      const projection = buildProjection(toRecordedFacts(about), 1);
      const rowsOf = (asked: Question) => integrityInIds(projection, findIntegrityRadius(projection, toInput(projection, asked))).tainted;
      const rows = rowsOf(question);
      expect(rows.filter(({ isSuspected }) => !isSuspected)).toEqual(rowsOf({ ...question, suspected: [] }));
    }),
    settings,
  );
});

const day = (text: string) => at(`2026-${text}`);

/** hub has access to far with 0.5; both hold copies. */
const about = world()
  .lab('lab')
  .vendor('hub', 'far', 'late')
  .artifact('guide', 'lab', { valueHighUsd: 100 })
  .artifact('set', 'lab', { valueHighUsd: 100 })
  .transfer('t-1', 'guide', 'lab', 'hub', { sentAt: day('01-05') })
  .transfer('t-2', 'set', 'lab', 'far', { sentAt: day('01-05') })
  .transfer('t-3', 'guide', 'hub', 'late', { sentAt: day('03-25') })
  .access('a-1', 'hub', 'far', { likelihood: 0.5 })
  .engagement('e-1', 'lab', 'hub', { noticeHours: 72 })
  .build();

const today = day('10-10');
const core = { from: day('03-10'), to: day('03-12') };
const widest = { from: day('03-01'), to: day('03-30') };

function ask(question: RadiusQuestion): BlastRadius {
  const projection = buildProjection(toRecordedFacts(about), 1);
  return findBlastRadius(projection, resolveRadiusInput(projection, question, undefined, today));
}

function becauseOf(radius: BlastRadius): string[] {
  return radius.artifacts.map((row) => explainWay(radius, row.ways(1)[0] as never));
}

describe('[P904] a suspected origin, by hand (§13.4)', () => {
  it('spreads its likelihood, at 0 hops, after the origins, and makes nothing more than POSSIBLE', () => {
    const radius = ask({ suspectedOrigins: [{ organization: 'hub', likelihood: 0.4 }], core, widest });
    expect(radiusInIds(radius).reached).toMatchObject([
      { organization: 'hub', hops: 0, likelihood: 0.4, isSuspected: true, path: [] },
      { organization: 'far', hops: 1, likelihood: 0.2, isSuspected: false },
    ]);
    expect(radiusInIds(radius).artifacts).toMatchObject([
      { artifact: 'guide', tier: 'POSSIBLE', likelihood: 0.4, exposedPortion: { low: 0, high: 0 }, worstCaseLossUsd: 100 },
      { artifact: 'set', tier: 'POSSIBLE', likelihood: 0.2 },
    ]);
    expect(becauseOf(radius)).toEqual([
      'lab sent hub a copy of guide on Jan 5, 2026 (transfer t-1). hub may have been compromised, with a likelihood of 40%, and is not known to be, so exposure is possible.',
      'lab sent far a copy of set on Jan 5, 2026 (transfer t-2). Compromise may spread to far in 1 step, with a likelihood of 20%, and far is not known to be compromised, so exposure is possible.',
    ]);
  });

  it('has the larger likelihood of its own and of the best walk, and stays at 0 hops', () => {
    const suspecting = (likelihood: number) =>
      radiusInIds(ask({ origins: ['hub'], suspectedOrigins: [{ organization: 'far', likelihood }], core })).reached;
    expect(suspecting(0.3)).toMatchObject([
      { organization: 'hub', likelihood: 1, isSuspected: false },
      { organization: 'far', hops: 0, likelihood: 0.5, isSuspected: true, path: [{ from: 'hub', access: 'a-1' }] },
    ]);
    expect(suspecting(0.7)).toMatchObject([{ organization: 'hub' }, { organization: 'far', hops: 0, likelihood: 0.7, path: [] }]);
  });

  it('comes after the origins, also if it is certain', () => {
    const { reached } = radiusInIds(ask({ origins: ['late'], suspectedOrigins: [{ organization: 'far' }], core }));
    expect(reached.map(({ organization }) => organization)).toEqual(['late', 'far']);
  });

  it('is an origin where it is both, and counts once with its larger likelihood', () => {
    const { input } = ask({ origins: ['hub'], suspectedOrigins: [{ organization: 'hub', likelihood: 0.1 }], core });
    expect(input.suspected).toBeUndefined();
    const twice = [0.2, 0.6, 0.1].map((likelihood) => ({ organization: 'far', likelihood }));
    expect(ask({ origins: ['hub'], suspectedOrigins: twice, core }).input.suspected).toMatchObject([{ likelihood: 0.6 }]);
  });

  it('taints as an origin does, and its rows say so', () => {
    const { projection, input } = ask({ suspectedOrigins: [{ organization: 'hub', likelihood: 0.4 }], core, widest });
    expect(integrityInIds(projection, findIntegrityRadius(projection, input)).tainted).toMatchObject([
      { artifact: 'guide', holder: 'late', isSuspected: true, chain: ['t-3'], since: day('03-25') },
    ]);
  });

  it('is asked in the plan, and not suspended', () => {
    const here = ask({ suspectedOrigins: [{ organization: 'hub' }], core });
    const now = findBlastRadius(here.projection, askedNow(here.input, today));
    const steps = listPlanTasks(here, now, [], today).map((task) => describeStep(here.projection, task));
    expect(steps).toContain('Ask hub what it holds and what was touched');
    expect(steps.filter((step) => step.startsWith('Suspend'))).toEqual([]);
  });

  it('is named where another radius does not suspect it', () => {
    const before = ask({ suspectedOrigins: [{ organization: 'hub' }], core });
    const after = ask({ origins: ['late'], core });
    const far = before.reached.find(({ isSuspected }) => !isSuspected) as ReachedOrganization;
    expect(explainUnreached(before, after, far)).toBe('far is not reached: hub is not suspected.');
  });

  it('has its events in the timeline', () => {
    const buckets = buildTimeline(ask({ suspectedOrigins: [{ organization: 'hub' }], core, widest }), 10);
    expect(buckets.reduce((sum, { receivedCount, sentCount }) => sum + receivedCount + sentCount, 0)).toBe(2);
  });
});

describe('[P905] what a question says of its core (§13.4)', () => {
  const origins = ['hub'];

  it('without a core, core equals widest, and an origin makes nothing more than POSSIBLE', () => {
    const radius = ask({ origins, hasCore: false, widest });
    expect(radius.input).toMatchObject({ hasCore: false, core: widest, widest });
    expect(radiusInIds(radius).artifacts).toMatchObject([
      { artifact: 'guide', tier: 'POSSIBLE', likelihood: 0.5 },
      { artifact: 'set', tier: 'POSSIBLE', likelihood: 0.25 },
    ]);
    expect(becauseOf(radius)[0]).toBe(
      'lab sent hub a copy of guide on Jan 5, 2026 (transfer t-1). It is not certain when hub was compromised, so exposure is possible.',
    );
  });

  it('integrity counts from the start of the widest window', () => {
    const sentEarly = { from: day('03-20'), to: day('03-30') };
    const tainted = (question: RadiusQuestion) => {
      const { projection, input } = ask({ origins, ...question });
      return findIntegrityRadius(projection, input).tainted.length;
    };
    expect(tainted({ core: { from: day('03-26'), to: day('03-26') }, widest: sentEarly })).toBe(0);
    expect(tainted({ hasCore: false, widest: sentEarly })).toBe(1);
  });

  it('a core that is given must equal the widest window', () => {
    expect(ask({ origins, hasCore: false, core: widest }).input).toMatchObject({ hasCore: false, core: widest, widest });
    expect(() => ask({ origins, hasCore: false, core, widest })).toThrow(
      'hasCore is false, so the core window (2026-03-10T00:00:00Z to 2026-03-12T00:00:00Z) must equal the widest',
    );
  });

  it('left out, there is a core if one is given, else as the incident says', () => {
    const projection = buildProjection(toRecordedFacts(about), 1);
    const incident = { origins, suspectedOrigins: [], hasCore: false, core: null, widest, scope: [] };
    const asked = (question: RadiusQuestion) => resolveRadiusInput(projection, question, incident as never, today);
    expect(asked({})).toMatchObject({ hasCore: false, core: widest });
    expect(asked({ core })).toMatchObject({ core, widest });
    expect(asked({ core }).hasCore).toBeUndefined();
    expect(asked({ hasCore: true }).hasCore).toBeUndefined();
    expect(ask({ origins }).input.hasCore).toBeUndefined();
  });

  it.each([0, -0.1, 1.1, Number.NaN])('a likelihood of %d is refused', (likelihood) => {
    expect(() => ask({ suspectedOrigins: [{ organization: 'hub', likelihood }], core })).toThrow(/"hub" is .*; expected a number above 0/);
  });

  it('no origin and no suspected one, or too many of both, are refused', () => {
    expect(() => ask({ core })).toThrow('No origin is named');
    const many = Array.from({ length: 1_000 }, () => ({ organization: 'far' }));
    expect(ask({ suspectedOrigins: many, core }).input.suspected).toHaveLength(1);
    expect(() => ask({ origins, suspectedOrigins: many, core })).toThrow('1,001 origins and suspected origins are named');
  });
});
