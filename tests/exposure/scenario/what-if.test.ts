import fc from 'fast-check';
import { findBestCuts } from '../../../server/exposure/cuts/best-cuts.ts';
import type { BlastRadius } from '../../../server/exposure/radius/blast-radius.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import type { ReachedOrganization } from '../../../server/exposure/radius/radius-types.ts';
import { compareRadii } from '../../../server/exposure/scenario/compare-radii.ts';
import { ChangeExplainer, explainUnreached } from '../../../server/exposure/scenario/explain-change.ts';
import { Scenario } from '../../../server/exposure/scenario/scenario.ts';
import { findLimits } from '../../../server/exposure/scenario/scenario-limits.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { tiers } from '../../../server/rules/copy-tier.ts';
import { radiusInIds, toInput } from '../../support/answers/engine-answers.ts';
import { expectAtLeast, expectAtMost, expectSame } from '../../support/answers/expect-same.ts';
import {
  findScenarioDifference,
  findScenarioSimulationDifference,
  scenarioCases,
  toActions,
} from '../../support/answers/scenario-answers.ts';
import type { Question } from '../../support/oracle/question.ts';
import type { OracleAction } from '../../support/oracle/what-if.ts';
import { seed } from '../../support/seed.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import type { World } from '../../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

const settings = { seed, numRuns: generatedRuns(300) };

function expectSentence(text: string): void {
  if (!/^\S.*\.$/.test(text) || /undefined|NaN|Infinity|Invalid/.test(text)) throw new Error(`Not a sentence: ${text}`);
}

function ask(facts: World, question: Question, actions: readonly OracleAction[]): { before: BlastRadius; after: BlastRadius } {
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const input = toInput(projection, question);
  return {
    before: findBlastRadius(projection, input),
    after: findBlastRadius(projection, input, new Scenario(projection, toActions(projection, actions))),
  };
}

describe('[P94] engine and oracle agree on the effect of actions', () => {
  it('in every figure and order of both radii, in the changes, and in the stopped work', () => {
    fc.assert(
      fc.property(scenarioCases, (generated) => expectSame(findScenarioDifference(generated), undefined)),
      settings,
    );
  });

  it('in each run of a simulation, with the random numbers of the baseline', async () => {
    await fc.assert(
      fc.asyncProperty(scenarioCases, async (generated) => expectSame(await findScenarioSimulationDifference(generated, 6), undefined)),
      { ...settings, numRuns: generatedRuns(150) },
    );
  });
});

describe('[P95] an action makes nothing worse (§11.3)', () => {
  it('it adds no artifact, and raises no tier, no portion at an equal tier and no loss', () => {
    fc.assert(
      fc.property(scenarioCases, ({ world: facts, question, actions }) => {
        const { before, after } = ask(facts, question, actions);
        for (const { kind, before: was, after: is } of compareRadii(before, after)) {
          expectSame(kind === 'JOINED' || kind === 'STRENGTHENED', false);
          if (was === undefined || is === undefined) continue;
          expectAtLeast(tiers.indexOf(is.tier), tiers.indexOf(was.tier));
          expectAtMost(is.worstCaseLossUsd, was.worstCaseLossUsd * (1 + 1e-9));
          expectAtMost(is.weightedLossUsd, was.weightedLossUsd * (1 + 1e-9));
          if (is.tier !== was.tier) continue;
          expectAtMost(is.portion.low, was.portion.low + 1e-9);
          expectAtMost(is.portion.high, was.portion.high + 1e-9);
        }
      }),
      settings,
    );
  });

  it('and a suspension after both windows changes no artifact and no figure', () => {
    fc.assert(
      fc.property(scenarioCases, fc.nat(), ({ world: facts, question }, which) => {
        const organizations = facts.facts.flatMap((fact) => (fact.kind === 'ORGANIZATION' ? [fact.id] : []));
        const organization = organizations[which % organizations.length] as string;
        const { before, after } = ask(facts, question, [{ kind: 'SUSPEND', organization, at: question.widest.to + 1 }]);
        const figures = (radius: BlastRadius) => ({ artifacts: radiusInIds(radius).artifacts, summary: radius.summary });
        expect(figures(after)).toEqual(figures(before));
      }),
      settings,
    );
  });

  it('the order of the facts changes no digit, change, sentence or best cut (§11.6)', () => {
    const answers = (facts: World, question: Question, actions: readonly OracleAction[]) => {
      const { before, after } = ask(facts, question, actions);
      const explainer = new ChangeExplainer(before, after);
      return {
        radius: radiusInIds(after),
        changes: compareRadii(before, after).map((change) => [change.id, change.kind, explainer.explain(change)]),
        limits: findLimits(after),
        cuts: findBestCuts(before.projection, before.input, question.widest.from, 3),
      };
    };
    const shuffled = scenarioCases.chain((generated) =>
      fc.tuple(fc.constant(generated), fc.shuffledSubarray([...generated.world.facts], { minLength: generated.world.facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([{ world: facts, question, actions }, others]) => {
        expect(answers({ facts: others }, question, actions)).toStrictEqual(answers(facts, question, actions));
      }),
      { ...settings, numRuns: generatedRuns(150) },
    );
  });

  it('the order of the actions changes nothing', () => {
    fc.assert(
      fc.property(scenarioCases, ({ world: facts, question, actions }) => {
        const forth = radiusInIds(ask(facts, question, actions).after);
        expect(radiusInIds(ask(facts, question, [...actions].reverse()).after)).toEqual(forth);
      }),
      { ...settings, numRuns: generatedRuns(100) },
    );
  });

  it('every change and every limit has a sentence', () => {
    fc.assert(
      fc.property(scenarioCases, ({ world: facts, question, actions }) => {
        const { before, after } = ask(facts, question, actions);
        const explainer = new ChangeExplainer(before, after);
        for (const change of compareRadii(before, after)) {
          const explanation = explainer.explain(change);
          expectSentence(explanation);
        }
        for (const limit of findLimits(after)) {
          expectSentence(limit);
        }
      }),
      settings,
    );
  });
});

describe('[P96] scenarios by hand', () => {
  const day = (text: string) => at(`2026-${text}`);
  const window = { from: day('03-01'), to: day('03-31') };
  const question: Question = {
    origins: ['Vega'],
    core: window,
    widest: window,
    scopes: [],
    maxHops: 3,
    transferLikelihood: 0,
    minDegree: 0.05,
  };
  const facts = world()
    .lab('Lab')
    .vendor('Vega', 'Sub', 'Far')
    .artifact('guide', 'Lab', { valueHighUsd: 100 })
    .artifact('suite', 'Lab', { valueHighUsd: 10 })
    .transfer('t1', 'guide', 'Lab', 'Vega', { sentAt: day('01-01') })
    .transfer('t2', 'guide', 'Vega', 'Far', { sentAt: day('02-20') })
    .transfer('t3', 'suite', 'Lab', 'Sub', { sentAt: day('01-01') })
    .access('a1', 'Vega', 'Sub', { likelihood: 0.5 })
    .engagement('e1', 'Lab', 'Vega')
    .engagement('e2', 'Vega', 'Sub', { endsAt: day('02-01') })
    .build();
  const changesOf = (actions: readonly OracleAction[]) => {
    const { before, after } = ask(facts, question, actions);
    const explainer = new ChangeExplainer(before, after);
    return compareRadii(before, after).map((change) => [change.id, change.kind, explainer.explain(change)]);
  };
  const limitsOf = (actions: readonly OracleAction[]) => findLimits(ask(facts, question, actions).after);
  const suiteStays =
    'Lab sent Sub a copy of suite on Jan 1, 2026 (transfer t3). Compromise may spread to Sub in 1 step, with a likelihood of 50%, and Sub is not known to be compromised, so exposure is possible.';

  it('a recall before the window removes the copy from the radius, but not the copies that were sent on', () => {
    const recall: OracleAction = { kind: 'RECALL', organization: 'Vega', owner: null, at: day('02-25') };
    expect(changesOf([recall])).toEqual([
      [
        'guide',
        'LEFT',
        'Before: Lab sent Vega a copy of guide on Jan 1, 2026 (transfer t1). Vega is an origin and could read it during the core window, so it is exposed. Now: The copy t1 at Vega is recalled and deleted on Feb 25, 2026.',
      ],
      ['suite', 'STAYED', suiteStays],
    ]);
    expect(limitsOf([recall])).toEqual(['Vega sent 1 copy on to others: recalling from Vega does not reach it.']);
  });

  it('a recall within the window undoes nothing', () => {
    const recall: OracleAction = { kind: 'RECALL', organization: 'Vega', owner: null, at: day('03-10') };
    expect(changesOf([recall]).map(([id, kind]) => [id, kind])).toEqual([
      ['guide', 'STAYED'],
      ['suite', 'STAYED'],
    ]);
    expect(limitsOf([recall])).toContain(
      '1 copy at Vega could be read in the widest window before Mar 10, 2026: deleting it later does not undo that.',
    );
  });

  it('an encryption before the window contains the copy; an encryption within the window splits the copy in two', () => {
    const encrypt = (instant: number): OracleAction => ({ kind: 'ENCRYPT', organization: 'Vega', owner: 'Lab', at: instant });
    const [guide] = changesOf([encrypt(day('02-25'))]);
    expect(guide).toEqual([
      'guide',
      'WEAKENED',
      "It was exposed and is now contained. The copy t1 at Vega is encrypted under its owner's key from Feb 25, 2026 on. Now: Lab sent Vega a copy of guide on Jan 1, 2026 (transfer t1). From Feb 25, 2026 on, only its owner holds the key, so it is contained.",
    ]);
    const { after } = ask(facts, question, [encrypt(day('03-10'))]);
    const exposed = after.artifacts.find(({ tier }) => tier === 'EXPOSED');
    expect(exposed?.ways(9).map(({ tier, isEncrypted }) => [tier, isEncrypted])).toEqual([
      ['EXPOSED', false],
      ['CONTAINED', true],
    ]);
  });

  it('compromise does not spread over access that ends before the window', () => {
    const [suite] = changesOf([{ kind: 'REVOKE_ACCESS', access: 'a1', at: day('02-25') }]);
    expect(suite).toEqual(['suite', 'LEFT', `Before: ${suiteStays} Now: Sub is not reached: access a1 ends on Feb 25, 2026.`]);
    expect(limitsOf([{ kind: 'REVOKE_ALL_ACCESS', organization: 'Vega', at: day('03-10') }])).toEqual([
      'Access a1 to Sub was open in the widest window before Mar 10, 2026: compromise that spread over it by then remains.',
    ]);
  });

  it('a suspension undoes later transfers, ends access, stops engagements and deletes nothing', () => {
    const suspend: OracleAction = { kind: 'SUSPEND', organization: 'Vega', at: day('02-10') };
    const { after } = ask(facts, question, [suspend]);
    expect(after.artifacts.map(({ artifact, tier }) => [artifact, tier])).toEqual([[0, 'EXPOSED']]);
    expect(after.otherCopies).toEqual([]);
    // e2 had ended by then.
    expect(after.scenario?.stopped).toEqual([0]);
    expect(findLimits(after)).toEqual(['Suspending Vega deletes nothing: 1 copy in its custody remains.']);
  });

  it('an organization that is no longer reached has a reason: access, transfers, the origin, or the steps', () => {
    const along = { ...question, transferLikelihood: 0.5 };
    const explanation = (of: string, then: Question, actions: readonly OracleAction[] = []) => {
      const { before } = ask(facts, along, []);
      const was = before.reached.find(({ organization }) => before.projection.organizations.id.get(organization) === of);
      return explainUnreached(before, ask(facts, then, actions).after, was as ReachedOrganization);
    };
    expect(explanation('Sub', along, [{ kind: 'REVOKE_ACCESS', access: 'a1', at: day('02-25') }])).toBe(
      'Sub is not reached: access a1 ends on Feb 25, 2026.',
    );
    expect(explanation('Far', along, [{ kind: 'SUSPEND', organization: 'Far', at: day('02-01') }])).toBe(
      'Far is not reached: no copy that Vega sent to Far is in its custody in the widest window.',
    );
    expect(explanation('Far', question)).toBe('Far is not reached: compromise does not pass along transfers.');
    expect(explanation('Vega', { ...along, origins: ['Far'] })).toBe('Vega is not reached: Vega is not an origin.');
    expect(explanation('Far', { ...along, maxHops: 0 })).toBe('Far is not reached: that takes 1 step, and the limit is 0.');
  });

  it('a copy with the same tier and half the weight gets a sentence with the reason', () => {
    const narrow = { ...question, core: { from: day('03-15'), to: day('03-20') } };
    const explain = (before: BlastRadius, after: BlastRadius) => {
      const explainer = new ChangeExplainer(before, after);
      return compareRadii(before, after).map((change) => explainer.explain(change))[0];
    };
    const recalled = ask(facts, narrow, [{ kind: 'RECALL', organization: 'Sub', owner: null, at: day('03-10') }]);
    expect(explain(recalled.before, recalled.after)).toBe(
      `Its weighted share was 50% and is now 25%. The copy t3 at Sub is recalled and deleted on Mar 10, 2026. Now: ${suiteStays}`,
    );
    const doubted = {
      facts: facts.facts.map((fact) => (fact.kind === 'TRANSFER' && fact.id === 't3' ? { ...fact, confidence: 0.4 } : fact)),
    };
    expect(explain(recalled.before, ask(doubted, narrow, []).before)).toBe(
      `Its weighted share was 50% and is now 25%. It is no longer certain that the copy t3 at Sub could be read in the core window. Now: ${suiteStays}`,
    );
  });

  it('the limits have sentences for one and for several copies, readable or not, and for organizations reached in another way', () => {
    const more = world()
      .lab('Lab')
      .vendor('Vega', 'Sub', 'Tool')
      .artifact('guide', 'Lab')
      .transfer('t1', 'guide', 'Lab', 'Vega', { sentAt: day('01-01') })
      .transfer('t2', 'guide', 'Lab', 'Vega', { sentAt: day('01-02'), portion: 0.5 })
      .transfer('t3', 'guide', 'Lab', 'Vega', { sentAt: day('01-03'), form: 'VIEW_ONLY' })
      .access('a1', 'Vega', 'Sub')
      .access('a2', 'Tool', 'Sub', { validUntil: day('02-01') })
      .access('a3', 'Vega', 'Sub', { likelihood: 0.5 })
      .access('a4', 'Sub', 'Vega')
      .access('a5', 'Vega', 'Tool', { validUntil: day('02-01') })
      .build();
    const limits = (...actions: OracleAction[]) => findLimits(ask(more, question, actions).after);
    expect(limits({ kind: 'RECALL', organization: 'Vega', owner: null, at: day('03-10') })).toEqual([
      '2 copies at Vega could be read in the widest window before Mar 10, 2026: deleting them later does not undo that.',
      '1 copy at Vega could not be read but was in its custody in the widest window before Mar 10, 2026.',
    ]);
    expect(limits({ kind: 'REVOKE_ACCESS', access: 'a1', at: day('02-25') })).toEqual(['Sub is still reached, from Vega over access a3.']);
    expect(limits({ kind: 'REVOKE_ACCESS', access: 'a4', at: day('02-25') })).toEqual(['Vega is still reached: it is an origin.']);
    expect(limits({ kind: 'REVOKE_ACCESS', access: 'a2', at: day('02-25') })).toEqual([
      'Ending access a2 changes nothing: Tool is not reached.',
    ]);
    expect(limits({ kind: 'REVOKE_ACCESS', access: 'a5', at: day('02-25') })).toEqual([
      'Ending access a5 changes nothing: it was not open in the widest window.',
    ]);
    expect(limits({ kind: 'REVOKE_ALL_ACCESS', organization: 'Vega', at: day('03-10') })).toEqual([
      '2 access facts (the first is a1 to Sub) were open in the widest window before Mar 10, 2026: compromise that spread over them by then remains.',
    ]);
    expect(limits({ kind: 'REVOKE_ALL_ACCESS', organization: 'Lab', at: day('02-25') })).toEqual(['Lab has no access to end.']);
  });

  it("[S298] a limit of one lab's copies speaks of these alone", () => {
    const two = world().lab('Lab', 'Other').vendor('Vega').artifact('guide', 'Lab').transfer('t1', 'guide', 'Lab', 'Vega').build();
    const limits = (kind: 'RECALL' | 'ENCRYPT', owner: string | null) =>
      findLimits(ask(two, question, [{ kind, organization: 'Vega', owner, at: day('02-01') }]).after);
    expect(limits('RECALL', 'Other')).toEqual([
      'Recalling from Vega on Feb 1, 2026 changes nothing: it held no copy of what Other owns by then.',
    ]);
    expect(limits('ENCRYPT', 'Other')).toEqual([
      'Encrypting at Vega on Feb 1, 2026 changes nothing: no copy of what Other owns in its custody is readable.',
    ]);
    expect(limits('RECALL', 'Lab')).toEqual([]);
  });

  it('chains use the remaining copies: a transfer after a recall does not come from the recalled copy', () => {
    const { after } = ask(facts, { ...question, origins: ['Far'] }, [
      { kind: 'RECALL', organization: 'Vega', owner: null, at: day('02-10') },
    ]);
    const copy = after.artifacts[0]?.ways(1)[0]?.copy as number;
    expect(after.projection.copies.rank.at(copy)).toBe(2);
    expect(after.scenario?.rankOf(copy)).toBe(-1);
    expect(after.notifiers.map((index) => after.projection.organizations.id.get(index))).toEqual(['Far']);
  });
});

describe('[S290] a weaker artifact', () => {
  it('names the weak way that changed, where the strongest did not', () => {
    const holders = ['a', 'b', 'c', 'd', 'e'];
    const facts = world()
      .lab('lab')
      .vendor(...holders)
      .artifact('guide', 'lab', { valueHighUsd: 1000 });
    for (const [i, holder] of holders.entries()) {
      facts.transfer(`t-${holder}`, 'guide', 'lab', holder, { sentAt: at('2026-01-01'), portion: i < 4 ? 0.2 : 0.1 });
    }
    const window = { from: at('2026-03-01'), to: at('2026-03-02') };
    const options = { scopes: [], maxHops: 0, transferLikelihood: 0, minDegree: 0.05 };
    const question = { origins: holders, core: window, widest: window, ...options };
    const { before, after } = ask(facts.build(), question, [{ kind: 'RECALL', organization: 'e', owner: null, at: at('2026-02-01') }]);
    const [change] = compareRadii(before, after);
    expect(change?.kind).toBe('WEAKENED');
    expect(change && new ChangeExplainer(before, after).explain(change)).toContain(
      'The copy t-e at e is recalled and deleted on Feb 1, 2026. Other weaker ways in are not described here.',
    );
  });
});
