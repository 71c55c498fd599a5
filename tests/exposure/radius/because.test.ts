import { explainWay } from '../../../server/exposure/radius/because.ts';
import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { Transfer } from '../../support/worlds/world.ts';
import { at, toRecordedFacts, world } from '../../support/worlds/world.ts';

const day = (text: string) => at(`2026-${text}`);
const core = { from: day('03-10'), to: day('03-20') };
const widest = { from: day('03-01'), to: day('03-30') };

/** The last sentence about a copy that the lab sent to the vendor. The vendor is an origin, or else reached over one access fact. */
function verdictOn(details: Partial<Transfer> & { assertedAt?: number }, { isAtOrigin = true, isInScope = true } = {}): string {
  const facts = world()
    .lab('Lab')
    .vendor('Near', 'Vega')
    .artifact('guide', 'Lab')
    .artifact('other', 'Lab')
    .transfer('t1', 'guide', 'Lab', 'Vega', { sentAt: day('02-01'), ...details })
    .access('a1', 'Near', 'Vega', { likelihood: 0.025 })
    .build();
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const scopes = isInScope ? [] : [{ origin: 'Vega', artifacts: ['other'], engagements: [], channels: [] }];
  const question = { origins: [isAtOrigin ? 'Vega' : 'Near'], core, widest, scopes, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
  const radius = findBlastRadius(projection, toInput(projection, question));
  const [guide] = radius.artifacts.filter(({ artifact }) => artifact === 0);
  const [way] = guide?.ways(1) ?? [];
  if (way === undefined) throw new Error('The guide is not in the radius.');
  return explainWay(radius, way).replace(/^.*?\(transfer t1\)\. /, '');
}

describe('[R19] each way in says why its tier is no stronger', () => {
  it.each<[string, Partial<Transfer> & { assertedAt?: number }, string]>([
    ['exposed', {}, 'Vega is an origin and could read it during the core window, so it is exposed.'],
    [
      'attested before the core window',
      { deletionState: 'ATTESTED', deletedAt: day('03-06') },
      'Vega attests that it deleted this copy on Mar 5, 2026, but there is no evidence, so exposure is possible.',
    ],
    [
      'verified before the core window',
      { deletionState: 'VERIFIED', deletedAt: day('03-06') + 8.5 * 3_600_000 },
      'It was deleted on Mar 6, 2026, 08:30 UTC, before the core window but within the widest window, so exposure is possible.',
    ],
    [
      'verified before it was recorded',
      { sentAt: null, assertedAt: day('03-18'), deletionState: 'VERIFIED', deletedAt: day('03-16') },
      'It was deleted on Mar 15, 2026, and the date it was sent is unknown, so exposure is possible.',
    ],
    ['sent later', { sentAt: day('03-25') }, 'It was sent after the core window but within the widest window, so exposure is possible.'],
    [
      'recorded later',
      { sentAt: null, assertedAt: day('06-01') },
      'The date it was sent is unknown, and it was first recorded after the core window, so exposure is possible.',
    ],
    ['little confidence', { confidence: 0.4 }, 'The transfer is recorded with a confidence of only 40%, so exposure is possible.'],
    ['encrypted', { form: 'ENCRYPTED_KEY_AT_OWNER' }, 'It is encrypted, and only its owner holds the key, so it is contained.'],
    ['to be viewed', { form: 'VIEW_ONLY' }, 'It can only be viewed there, so it is contained.'],
  ])('%s', (_, details, sentence) => {
    expect(verdictOn(details)).toBe(sentence);
  });

  it('outside the scope', () => {
    expect(verdictOn({}, { isInScope: false })).toBe(
      'It is outside the reported scope of the compromise at Vega, so exposure is possible.',
    );
  });

  it('reached by spread', () => {
    expect(verdictOn({}, { isAtOrigin: false })).toBe(
      'Compromise may spread to Vega in 1 step, with a likelihood of 2.5%, and Vega is not known to be compromised, so exposure is possible.',
    );
  });

  it('[S278] reached by spread over a likelier walk than the shortest: the steps and the likelihood are those of one walk', () => {
    const facts = world()
      .lab('Lab')
      .vendor('Near', 'Between', 'Vega')
      .artifact('guide', 'Lab')
      .transfer('t1', 'guide', 'Lab', 'Vega', { sentAt: day('02-01') })
      .access('a1', 'Near', 'Vega', { likelihood: 0.1 })
      .access('a2', 'Near', 'Between', { likelihood: 0.9 })
      .access('a3', 'Between', 'Vega', { likelihood: 0.5 })
      .build();
    const projection = buildProjection(toRecordedFacts(facts), 1);
    const radius = findBlastRadius(
      projection,
      toInput(projection, { origins: ['Near'], core, widest, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 }),
    );
    const [way] = radius.artifacts[0]?.ways(1) ?? [];
    expect(way?.holder.hops).toBe(1);
    expect(way && explainWay(radius, way)).toContain('Compromise may spread to Vega in 2 steps, with a likelihood of 45%');
  });

  it('[S280] a piece that is named twice is told once, as it counts', () => {
    const facts = world()
      .lab('Lab')
      .vendor('Vega')
      .artifact('guide', 'Lab', { fragmentCount: 4 })
      .transfer('t1', 'guide', 'Lab', 'Vega', { sentAt: day('02-01'), fragments: ['p', 'q', 'p'] })
      .transfer('t2', 'guide', 'Lab', 'Vega', { sentAt: day('02-02'), fragments: ['p', 'p'] })
      .build();
    const projection = buildProjection(toRecordedFacts(facts), 1);
    const question = { origins: ['Vega'], core, widest, scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
    const radius = findBlastRadius(projection, toInput(projection, question));
    const sentences = radius.artifacts[0]?.ways(2).map((way) => explainWay(radius, way));
    expect(sentences).toEqual([
      expect.stringContaining('sent Vega pieces p, q (of 4) of guide'),
      expect.stringContaining('sent Vega piece p (of 4) of guide'),
    ]);
    expect(radius.artifacts[0]?.portion).toEqual({ low: 0.5, high: 0.5 });
  });
});
