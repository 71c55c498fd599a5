import { oracleRadius } from '../../support/oracle/confidentiality.ts';
import { oracleCopies } from '../../support/oracle/custody.ts';
import { oracleIntegrity } from '../../support/oracle/integrity.ts';
import { meanValue } from '../../support/oracle/lognormal-mean.ts';
import { byCodePoint } from '../../support/oracle/order.ts';
import type { Question } from '../../support/oracle/question.ts';
import { describe, expect, it } from '../../support/test.ts';
import type { World } from '../../support/worlds/world.ts';
import { factsOf, world } from '../../support/worlds/world.ts';

const alone: Omit<Question, 'origins'> = {
  core: { from: 10, to: 20 },
  widest: { from: 0, to: 30 },
  scopes: [],
  maxHops: 3,
  transferLikelihood: 0,
  minDegree: 0.05,
};

function ask(facts: World, origins: string[], options: Partial<Question> = {}) {
  return oracleRadius(facts, { ...alone, origins, ...options });
}

function onlyArtifact(facts: World, origins: string[], options: Partial<Question> = {}) {
  const radius = ask(facts, origins, options);
  expect(radius.artifacts).toHaveLength(1);
  return radius.artifacts[0] as (typeof radius.artifacts)[number];
}

const fourParties = () => world().lab('lab', 'lab2').vendor('v', 'w').subcontractor('s');

describe('[P21] the oracle gives figures that were worked out by hand', () => {
  it('a copy at the origin, definite in the core window, is exposed whole', () => {
    const facts = fourParties()
      .artifact('x', 'lab', { valueLowUsd: 100, valueHighUsd: 100 })
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 5, confidence: 0.5 })
      .build();
    const radius = ask(facts, ['v']);
    expect(radius.artifacts[0]).toMatchObject({
      tier: 'EXPOSED',
      basis: 'HELD',
      portion: { low: 1, high: 1 },
      isUsable: true,
      weightedShare: 1,
      worstCaseLossUsd: 100,
      weightedLossUsd: 100,
      holders: ['v'],
    });
    expect(radius.notifiers).toEqual(['v']);
    expect(radius.labs).toMatchObject([{ lab: 'lab', exposedCount: 1 }]);
  });

  it('an attested deletion before the core window makes a copy possible at half weight; a verified one removes it', () => {
    const copy = (deletionState: 'ATTESTED' | 'VERIFIED', deletedAt: number | null) =>
      fourParties()
        .artifact('x', 'lab', { valueHighUsd: 200 })
        .transfer('t1', 'x', 'lab', 'v', { sentAt: -50, deletionState, deletedAt })
        .build();
    expect(onlyArtifact(copy('ATTESTED', -10), ['v'])).toMatchObject({
      tier: 'POSSIBLE',
      likelihood: 0.5,
      weightedLossUsd: 100,
      worstCaseLossUsd: 200,
    });
    expect(ask(copy('VERIFIED', 0), ['v']).artifacts).toEqual([]);
    // Half-open: a copy that is deleted a millisecond after the widest window's start was there at its start.
    expect(onlyArtifact(copy('VERIFIED', 1), ['v']).tier).toBe('POSSIBLE');
    expect(onlyArtifact(copy('VERIFIED', null), ['v']).tier).toBe('EXPOSED');
  });

  it('a copy of unknown date is definite from its assertion on, and possible at any time before', () => {
    const sent = (assertedAt: number) => fourParties().artifact('x', 'lab').transfer('t1', 'x', 'lab', 'v', { assertedAt }).build();
    expect(onlyArtifact(sent(20), ['v']).tier).toBe('EXPOSED');
    expect(onlyArtifact(sent(21), ['v']).tier).toBe('POSSIBLE');
  });

  it('named fragments of two copies join, and other portions widen the bounds', () => {
    const facts = fourParties()
      .artifact('x', 'lab', { fragmentCount: 4, usefulPortion: 0.75, valueHighUsd: 1000 })
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 0, fragments: ['f1', 'f2'] })
      .transfer('t2', 'x', 'lab', 'w', { sentAt: 0, fragments: ['f2', 'f3'] })
      .transfer('t3', 'x', 'lab', 'w', { sentAt: 25, portion: 0.1 })
      .build();
    // u = 3/4; low = max(3/4, 0.1); high = 3/4 + 0.1. t3 comes after the core window: not exposed.
    expect(onlyArtifact(facts, ['v', 'w'])).toMatchObject({
      portion: { low: 0.75, high: 0.85 },
      exposedPortion: { low: 0.75, high: 0.75 },
      isUsable: true,
      weightedShare: 0.5,
      worstCaseLossUsd: 850,
      weightedLossUsd: 500,
    });
    expect(onlyArtifact(facts, ['v'])).toMatchObject({ portion: { low: 0.5, high: 0.5 }, isUsable: false });
  });

  it('degrees of reveals multiply along the best path, which ends below the smallest degree', () => {
    const facts = fourParties()
      .artifact('x', 'lab')
      .artifact('y', 'lab')
      .artifact('z', 'lab2', { valueHighUsd: 1000 })
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 0, portion: 0.5 })
      .reveals('x', 'y', 0.5)
      .reveals('y', 'z', 0.4)
      .reveals('x', 'z', 0.1)
      .reveals('z', 'x', 1)
      .build();
    const radius = ask(facts, ['v']);
    expect(radius.artifacts.map(({ artifact, basis }) => [artifact, basis])).toEqual([
      ['z', 'REVEALED'],
      ['x', 'HELD'],
      ['y', 'REVEALED'],
    ]);
    expect(radius.artifacts[0]).toMatchObject({ portion: { low: 0.1, high: 0.1 }, weightedShare: 0.1, worstCaseLossUsd: 100, holders: [] });
    expect(radius.artifacts[0]?.ways[0]?.through).toEqual(['x', 'y', 'z']);
    // 0.5 x 0.4 = 0.2 counts at 0.2, not at 0.21.
    expect(ask(facts, ['v'], { minDegree: 0.2 }).artifacts).toHaveLength(3);
    expect(ask(facts, ['v'], { minDegree: 0.21 }).artifacts).toHaveLength(2);
  });

  it('an encrypted copy is contained, costs nothing and reveals nothing', () => {
    const facts = fourParties()
      .artifact('x', 'lab', { valueHighUsd: 1000 })
      .artifact('y', 'lab2')
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 0, portion: 0.5, form: 'ENCRYPTED_KEY_AT_OWNER' })
      .reveals('x', 'y', 1)
      .build();
    expect(onlyArtifact(facts, ['v'])).toMatchObject({
      artifact: 'x',
      tier: 'CONTAINED',
      portion: { low: 0.5, high: 0.5 },
      exposedPortion: { low: 0, high: 0 },
      isUsable: false,
      likelihood: 0,
      worstCaseLossUsd: 0,
      weightedLossUsd: 0,
    });
    expect(ask(facts, ['v'])).toMatchObject({ labs: [], notifiers: [], otherCopies: [] });
  });

  it('the likeliest walk may be longer than the fewest hops', () => {
    const facts = fourParties()
      .access('a1', 'v', 's', { likelihood: 0.2 })
      .access('a2', 'v', 'w', { likelihood: 0.5 })
      .access('a3', 'w', 's', { likelihood: 0.5 })
      .access('a4', 'w', 's', { likelihood: 0.5, validFrom: 31 })
      .build();
    const { reached } = ask(facts, ['v']);
    expect(reached.map(({ organization, hops, likelihood }) => [organization, hops, likelihood])).toEqual([
      ['v', 0, 1],
      ['w', 1, 0.5],
      ['s', 1, 0.25],
    ]);
    expect(reached[2]?.path.map(({ access }) => access)).toEqual(['a2', 'a3']);
    expect(ask(facts, ['v'], { maxHops: 1 }).reached[2]).toMatchObject({ organization: 's', likelihood: 0.2 });
    expect(ask(facts, ['v'], { maxHops: 0 }).reached).toHaveLength(1);
  });

  it('a copy at an organization reached by spread is at most possible, and its chance is the holder’s likelihood', () => {
    const facts = fourParties()
      .artifact('x', 'lab', { valueHighUsd: 1000 })
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 0 })
      .transfer('t2', 'x', 'v', 's', { sentAt: 5 })
      .access('a1', 'w', 's', { likelihood: 0.25 })
      .build();
    const radius = ask(facts, ['w']);
    expect(radius.artifacts[0]).toMatchObject({ tier: 'POSSIBLE', likelihood: 0.25, weightedLossUsd: 250, worstCaseLossUsd: 1000 });
    expect(radius.notifiers).toEqual(['s', 'v']);
    expect(radius.otherCopies).toEqual(['t1']);
    // Along transfers, compromise passes from v to s, once for the pair.
    expect(
      ask(facts, ['v'], { transferLikelihood: 0.5 }).reached.map(({ organization, likelihood }) => [organization, likelihood]),
    ).toEqual([
      ['v', 1],
      ['s', 0.5],
    ]);
  });

  it('a scope that names nothing leaves every copy of its origin possible', () => {
    const facts = fourParties().artifact('x', 'lab').transfer('t1', 'x', 'lab', 'v', { sentAt: 0, channel: 'sftp' }).build();
    const scope = { origin: 'v', artifacts: [], engagements: [], channels: [] };
    expect(onlyArtifact(facts, ['v'], { scopes: [scope] })).toMatchObject({ tier: 'POSSIBLE', likelihood: 0.5 });
    expect(onlyArtifact(facts, ['v'], { scopes: [scope, { ...scope, channels: ['sftp'] }] }).tier).toBe('EXPOSED');
    expect(onlyArtifact(facts, ['v'], { scopes: [{ ...scope, origin: 'w' }] }).tier).toBe('EXPOSED');
  });

  it('a vendor that sends an artifact it never received either produced it or is a gap in custody', () => {
    const facts = fourParties()
      .artifact('x', 'lab')
      .transfer('t1', 'x', 'v', 'lab', { sentAt: 5, portion: 0.5 })
      .transfer('t2', 'x', 'w', 's', { sentAt: 5 })
      .transfer('t3', 'x', 's', 'v', { sentAt: 4 })
      .transfer('t4', 'x', 's', 'w')
      .build();
    const copies = oracleCopies(facts).map(({ id, kind, holder, portion, rank }) => [id, kind, holder, portion, rank]);
    // t3 puts a copy at v before t1; s had nothing at 4, but t4 of unknown date may come after t2. w may have had t4's copy at 5.
    expect(copies).toEqual([
      ['implied:t3', 'CUSTODY_GAP', 's', 1, null],
      ['owned:x', 'OWNED', 'lab', 1, 0],
      ['t1', 'TRANSFERRED', 'lab', 0.5, null],
      ['t2', 'TRANSFERRED', 's', 1, null],
      ['t3', 'TRANSFERRED', 'v', 1, null],
      ['t4', 'TRANSFERRED', 'w', 1, null],
    ]);
    const produced = fourParties().artifact('x', 'lab').transfer('t1', 'x', 'v', 'lab', { sentAt: 5, portion: 0.5 }).build();
    expect(oracleCopies(produced)[0]).toMatchObject({
      id: 'implied:t1',
      kind: 'PRODUCED',
      definite: { from: 5, until: Number.POSITIVE_INFINITY },
    });
  });

  it('a chain has transfers of one artifact that fit in time, and the smallest id decides ties, going back', () => {
    const facts = fourParties()
      .artifact('x', 'lab')
      .artifact('y', 'lab2')
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 5, deletionState: 'VERIFIED', deletedAt: 6 })
      .transfer('t3', 'x', 'lab', 'v', { sentAt: 5 })
      .transfer('t2', 'x', 'lab', 'w', { sentAt: 5 })
      .transfer('t4', 'x', 'v', 's', { sentAt: 6 })
      .transfer('t5', 'y', 'v', 's', { sentAt: 6 })
      .transfer('t6', 'x', 'w', 's', { sentAt: 4 })
      .build();
    const chains = Object.fromEntries(oracleCopies(facts).map(({ id, chain }) => [id, chain]));
    expect(chains).toMatchObject({ t4: ['t3', 't4'], t5: [], t6: [] });
  });

  it('dependents rank by current engagements first; a lab with nothing in the radius is a blind spot', () => {
    const facts = fourParties()
      .artifact('x', 'lab')
      .transfer('t1', 'x', 'lab', 'v', { sentAt: 0 })
      .engagement('e1', 'lab', 'v', { endsAt: 0 })
      .engagement('e2', 'lab', 'w')
      .engagement('e3', 'w', 'v', { startsAt: 30 })
      .engagement('e4', 'lab2', 'v', { endsAt: 0 })
      .engagement('e5', 's', 'v', { startsAt: 31 })
      .build();
    expect(ask(facts, ['v']).dependents).toEqual([
      { organization: 'lab2', rank: 1, path: ['e4'], isFormer: true, isBlindSpot: true },
      { organization: 'w', rank: 1, path: ['e3'], isFormer: false, isBlindSpot: false },
      { organization: 'lab', rank: 2, path: ['e2', 'e3'], isFormer: false, isBlindSpot: false },
    ]);
  });

  it('a tainted copy taints only transfers sent at or after its receipt', () => {
    const facts = fourParties()
      .artifact('x', 'lab')
      .transfer('t1', 'x', 'v', 'w', { sentAt: 9 })
      .transfer('t2', 'x', 'v', 'w', { sentAt: 12 })
      .transfer('t3', 'x', 'w', 's', { sentAt: 11 })
      .transfer('t4', 'x', 'w', 'lab', { sentAt: 12 })
      .transfer('t0', 'x', 'lab', 'w', { sentAt: 11 })
      .build();
    expect(oracleIntegrity(facts, { ...alone, origins: ['v'] })).toEqual({
      labs: ['lab'],
      tainted: [
        { artifact: 'x', holder: 'w', since: 12, isSinceKnown: true, firstDated: 12, isSuspected: false, chain: ['t2'] },
        { artifact: 'x', holder: 'lab', since: 12, isSinceKnown: true, firstDated: 12, isSuspected: false, chain: ['t2', 't4'] },
      ],
    });
  });

  it('the mean of a lognormal from 1 to 100 is 26.66', () => {
    // mu = ln 10, sigma = ln 10 / 1.6448536 = 1.399860; mean = 10 exp(0.979804).
    const facts = world()
      .lab('lab')
      .artifact('x', 'lab', { valueLowUsd: 1, valueHighUsd: 100 })
      .artifact('y', 'lab', { valueLowUsd: 7 })
      .build();
    const means = factsOf(facts, 'ARTIFACT').map(meanValue);
    expect(means[0]).toBeCloseTo(10 * Math.exp(1.39986 ** 2 / 2), 3);
    expect(means[1]).toBe(7);
  });

  it('ids compare by code point', () => {
    expect(['\u{1f600}', '\uff5e', 'b', 'ab', 'a'].sort(byCodePoint)).toEqual(['a', 'ab', 'b', '\uff5e', '\u{1f600}']);
  });
});
