import fc from 'fast-check';
import type { RecordedFact } from '../../../server/domain/assertions.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { selectLabView, toLabFacts } from '../../../server/projection/lab-view.ts';
import { runAtOnce } from '../../../server/projection/turns.ts';
import { oracleLabView } from '../../support/oracle/lab-view.ts';
import { describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { richWorlds } from '../../support/worlds/rich-worlds.ts';
import type { Stated, World } from '../../support/worlds/world.ts';
import { factsOf, keyOf, toRecordedFacts, world } from '../../support/worlds/world.ts';

const bySortKey = (a: RecordedFact, b: RecordedFact) => (`${a.kind} ${a.key}` < `${b.kind} ${b.key}` ? -1 : 1);

function labFactsOf(facts: readonly RecordedFact[], lab: string): RecordedFact[] {
  const projection = buildProjection(facts, 1);
  const view = runAtOnce(selectLabView(projection, [projection.organizations.id.find(lab)], new Map()));
  return toLabFacts(projection, view, facts).sort(bySortKey);
}

const viewOf = (about: World, lab: string) => labFactsOf(toRecordedFacts(about), lab);
const keysOf = (about: World, lab: string) => viewOf(about, lab).map(({ kind, key }) => `${kind} ${key}`);

const labsOf = (about: World) => factsOf(about, 'ORGANIZATION').flatMap(({ id, roles }) => (roles.includes('LAB') ? [id] : []));
/** Texts that name some of the labs of these worlds, or an artifact, and texts that nearly do. */
const texts = fc.constantFrom(
  ...[
    'AlphaPortal',
    'sftp.alpha.example',
    'ops@beta.example',
    'gamma_labs',
    'gammalab',
    'GAMMA%20LAB',
    'delt\u0430s',
    'deltaforce',
    'o1',
    'o10-list',
  ],
  ...['Rater handbook', 'rater_handbooks.csv', 'x1 Rater handbook', 'Preferenceguides', 'handbook', 'b', 'Ba', 'portal', '\u{1f600}'],
);

/** The same worlds, with such texts as names of artifacts, addresses, channels, services, software and pieces. */
const namedWorlds = fc.tuple(richWorlds, fc.array(texts, { minLength: 40, maxLength: 40 })).map(([about, chosen]): World => {
  let at = 0;
  const next = () => chosen[at++ % chosen.length] as string;
  return {
    facts: about.facts.map((fact): Stated => {
      switch (fact.kind) {
        case 'ORGANIZATION':
          return { ...fact, aliases: at % 3 === 0 ? [next()] : [], contactEmail: at % 2 === 0 ? next() : null };
        case 'ARTIFACT':
          return { ...fact, name: next(), version: next() };
        case 'TRANSFER':
          return { ...fact, channel: next() };
        case 'ENGAGEMENT':
          return { ...fact, service: next() };
        case 'ACCESS':
          return { ...fact, software: next() };
        default:
          return fact;
      }
    }),
  };
});
const worldsWithLab = namedWorlds.filter((candidate) => labsOf(candidate).length > 0);
const views = worldsWithLab.chain((about) => fc.record({ about: fc.constant(about), lab: fc.constantFrom(...labsOf(about)) }));

describe("a lab's view", () => {
  /** Two labs share a vendor and its subcontractor. A tool acts in the vendor's systems, and another organization in the tool's. */
  const shared = world()
    .lab('aurelis', 'brightfen')
    .vendor('vendor', 'sub', 'stranger')
    .toolProvider('tool', 'host')
    .artifact('guide', 'aurelis')
    .artifact('rubric', 'aurelis')
    .artifact('secret', 'brightfen')
    .engagement('e-1', 'aurelis', 'vendor')
    .engagement('e-2', 'vendor', 'sub')
    .engagement('e-3', 'brightfen', 'vendor')
    .engagement('e-4', 'brightfen', 'stranger')
    .transfer('t-1', 'guide', 'aurelis', 'vendor', { engagement: 'e-1' })
    .transfer('t-2', 'secret', 'brightfen', 'vendor', { engagement: 'e-3' })
    .access('a-1', 'tool', 'vendor')
    .access('a-2', 'host', 'tool')
    .access('a-3', 'brightfen', 'vendor')
    .access('a-4', 'stranger', 'brightfen')
    .reveals('guide', 'rubric', 0.5)
    .reveals('secret', 'guide', 0.5)
    .control('vendor', 'MFA', { issuer: 'stranger' })
    .control('stranger', 'MFA');

  it('[P171] holds its own artifacts and transfers, engagements down, and access that leads to whom these name', () => {
    expect(keysOf(shared.build(), 'aurelis')).toEqual([
      'ACCESS a-1',
      'ACCESS a-2',
      'ARTIFACT guide',
      'ARTIFACT rubric',
      'CONTROL vendor/MFA',
      'ENGAGEMENT e-1',
      'ENGAGEMENT e-2',
      'ORGANIZATION aurelis',
      'ORGANIZATION host',
      'ORGANIZATION sub',
      'ORGANIZATION tool',
      'ORGANIZATION vendor',
      'REVEALS guide/rubric',
      'TRANSFER t-1',
    ]);
  });

  it('[P171] names another lab that is a party to one of its own transfers, and follows its engagements', () => {
    const keys = keysOf(
      shared.transfer('t-3', 'guide', 'aurelis', 'brightfen').engagement('e-5', 'aurelis', 'brightfen').build(),
      'aurelis',
    );
    expect(keys).toContain('ORGANIZATION brightfen');
    expect(keys).toContain('ENGAGEMENT e-4');
    expect(keys).toContain('ACCESS a-3');
    expect(keys).not.toContain('ARTIFACT secret');
    expect(keys).not.toContain('TRANSFER t-2');
  });

  it('[P172] texts that name a hidden lab become unknown, a name gives way to the id, and the figures stay', () => {
    const about = world()
      .lab('aurelis')
      .organization('bf', { name: 'Brightfen AI', roles: ['LAB'], aliases: ['Fenlight'] })
      .organization('v-1', { name: 'Brightfen AI Partners', aliases: ['V', 'fenlight-ops'], website: 'https://v.example', country: 'US' })
      .artifact('guide', 'aurelis', { name: 'Comparison with Fenlight', fragmentCount: 4, version: 'as Brightfen AI has it' })
      .transfer('t-1', 'guide', 'aurelis', 'v-1', { channel: 'fenlight portal', fragments: ['intro', 'Fenlight part'], portion: 0.9 })
      .transfer('t-fenlight-2', 'guide', 'aurelis', 'v-1')
      .build();
    const facts = toRecordedFacts(about).map((fact) => ({
      ...fact,
      provenance: {
        importId: 'i-1',
        file: 'fenlight.csv',
        line: 3,
        assertedBy: 'ada',
        assertedAt: 5,
        source: fact.kind === 'TRANSFER' ? 'Fenlight list' : 'own list',
      },
    }));
    const visible = new Map(labFactsOf(facts, 'aurelis').map((fact) => [fact.key, fact]));
    expect([...visible.keys()]).toEqual(['guide', 'aurelis', 'v-1', 't-1']);
    expect(visible.get('v-1')?.values).toEqual(['v-1', 'v-1', ['VENDOR'], ['V'], 'ACTIVE', 'https://v.example', 'US', null, [], null]);
    expect(visible.get('guide')?.values).toMatchObject({ 1: 'guide', 8: null, 9: 4 });
    expect(visible.get('t-1')?.values).toMatchObject({ 5: 0.5, 6: null, 10: null });
    const withheld = { importId: null, file: null, line: null, assertedBy: 'withheld', assertedAt: 5 };
    expect(visible.get('t-1')?.provenance).toEqual({ ...withheld, source: null });
    expect(visible.get('v-1')?.provenance).toEqual({ ...withheld, source: 'own list' });
  });

  it('[P173] is what §10 says, line by line, in any world', () => {
    fc.assert(
      fc.property(views, ({ about, lab }) => {
        const expected = toRecordedFacts({ facts: oracleLabView(about, lab) });
        const withheld = expected.map((fact) => ({ ...fact, provenance: { ...fact.provenance, assertedBy: 'withheld' } }));
        expect(viewOf(about, lab)).toEqual(withheld);
      }),
      { numRuns: generatedRuns(300) },
    );
  });

  it('[P174] facts outside it change no byte of it', () => {
    const changes = fc.array(fc.nat({ max: 3 }), { minLength: 60, maxLength: 60 });
    const added = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 8 });
    fc.assert(
      fc.property(views, changes, added, ({ about, lab }, choices, more) => {
        const before = viewOf(about, lab);
        const inside = new Set(before.map(({ kind, key }) => `${kind} ${key}`));
        const isOwn = (fact: Stated) =>
          fact.kind === 'TRANSFER' && factsOf(about, 'ARTIFACT').some(({ id, owner }) => id === fact.artifact && owner === lab);
        const changed = about.facts.flatMap((fact, i) => {
          // A transfer of the lab's own artifact decides which labs may be named, even if the view leaves it out because of its id.
          if (inside.has(`${fact.kind} ${keyOf(fact)}`) || isOwn(fact)) return [fact];
          return changeOutside(fact, choices[i % choices.length] as number);
        });
        const foreign = factsOf(about, 'ARTIFACT').filter(({ owner }) => owner !== lab);
        const everybody = factsOf(about, 'ORGANIZATION').map(({ id }) => id);
        const extra = world();
        if (foreign.length > 0 && everybody.length > 1) {
          more.forEach(([artifact, a, b], i) => {
            const sender = everybody[a % everybody.length] as string;
            const recipient = everybody[(everybody.indexOf(sender) + 1 + (b % (everybody.length - 1))) % everybody.length] as string;
            extra.transfer(`extra ${i}`, (foreign[artifact % foreign.length] as { id: string }).id, sender, recipient);
          });
        }
        const after = viewOf({ facts: [...changed, ...extra.build().facts] }, lab);
        expect(JSON.stringify(after)).toBe(JSON.stringify(before));
      }),
      { numRuns: generatedRuns(300) },
    );
  });
});

/** Drops a fact that nothing refers to, or gives it other values. */
function changeOutside(fact: Stated, choice: number): Stated[] {
  const assertedAt = fact.assertedAt + choice;
  switch (fact.kind) {
    case 'TRANSFER':
      return choice === 0 ? [] : [{ ...fact, assertedAt, sentAt: null, form: 'VIEW_ONLY', confidence: 0.5 }];
    case 'ACCESS':
      return choice === 0 ? [] : [{ ...fact, assertedAt, likelihood: 0.01 }];
    case 'REVEALS':
      return choice === 0 ? [] : [{ ...fact, assertedAt, degree: 0.01 }];
    case 'CONTROL':
      return choice === 0 ? [] : [{ ...fact, assertedAt, evidenceType: 'TESTED' }];
    case 'ARTIFACT':
      return [{ ...fact, assertedAt, valueHighUsd: 7_000, valueLowUsd: 700, sensitivity: 5 }];
    case 'ENGAGEMENT':
      return [{ ...fact, assertedAt, noticeHours: choice }];
    case 'ORGANIZATION':
      return [{ ...fact, assertedAt, country: 'AQ' }];
    default:
      return fact satisfies never;
  }
}
