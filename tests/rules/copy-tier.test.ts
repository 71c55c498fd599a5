import fc from 'fast-check';
import type { CopyForm, DeletionState } from '../../server/domain/facts.ts';
import { deletionStates, isReadable } from '../../server/domain/facts.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { noWeight, weighCopy } from '../../server/exposure/rankings/ranked-copies.ts';
import { buildProjection } from '../../server/projection/build/build-projection.ts';
import { findCopy } from '../../server/projection/custody.ts';
import { definiteFrom, definiteUntil, possibleFrom, possibleUntil } from '../../server/rules/copy-interval.ts';
import type { CopyTier, Tier, TierReason } from '../../server/rules/copy-tier.ts';
import { copyTiers, findCopyTier, isOpen, strongerTier, tierAtOrigin, tierBySpread, tiers } from '../../server/rules/copy-tier.ts';
import { toInput } from '../support/answers/engine-answers.ts';
import { describe, expect, it } from '../support/test.ts';
import { generatedRuns } from '../support/worlds/generated-runs.ts';
import { toRecordedFacts, world } from '../support/worlds/world.ts';

const core = { from: 10, to: 20 };
const widest = { from: 0, to: 30 };

/** One transfer of artifact x from its owner to a vendor. Null: unknown. */
interface Handover {
  readonly form: CopyForm;
  readonly sentAt: number | null;
  readonly assertedAt: number;
  readonly deletionState: DeletionState;
  readonly deletedAt: number | null;
  readonly confidence: number;
  readonly isInScope: boolean;
  readonly isAtOrigin: boolean;
}

const plain: Handover = {
  form: 'PLAINTEXT',
  sentAt: 5,
  assertedAt: 5,
  deletionState: 'NONE',
  deletedAt: null,
  confidence: 1,
  isInScope: true,
  isAtOrigin: true,
};

function tierOf({ form, sentAt, assertedAt, deletionState, deletedAt, confidence, isInScope, isAtOrigin }: Handover): CopyTier | undefined {
  const sent = sentAt ?? Number.NaN;
  const deleted = deletedAt ?? Number.NaN;
  const state = deletionStates.indexOf(deletionState);
  const code = findCopyTier(
    isReadable(form),
    definiteFrom(sent, assertedAt),
    definiteUntil(state, deleted),
    possibleFrom(sent),
    possibleUntil(state, deleted),
    confidence,
    isInScope,
    isAtOrigin,
    core,
    widest,
  );
  return copyTiers[code];
}

/** The same case in the engine: compromise reaches `far` from the origin `near` over one access. */
function radiusOf({ isInScope, isAtOrigin, ...details }: Handover) {
  const holder = isAtOrigin ? 'near' : 'far';
  const facts = world()
    .lab('lab')
    .vendor('near', 'far')
    .artifact('x', 'lab', { valueLowUsd: 100, valueHighUsd: 100 })
    .artifact('other', 'lab')
    .transfer('t', 'x', 'lab', holder, details)
    .access('a', 'near', 'far')
    .build();
  const projection = buildProjection(toRecordedFacts(facts), 1);
  const scopes = isInScope ? [] : [{ origin: holder, artifacts: ['other'], engagements: [], channels: [] }];
  const question = { origins: ['near'], core, widest, scopes, maxHops: 1, transferLikelihood: 0, minDegree: 0.05 };
  return { projection, radius: findBlastRadius(projection, toInput(projection, question)) };
}

/** The tier table, worked out by hand: the core window is 10 to 20, the widest 0 to 30. */
const table: readonly [what: string, change: Partial<Handover>, Tier | undefined, weight: number, TierReason | undefined][] = [
  ['readable, there before the core window', {}, 'EXPOSED', 1, 'NONE'],
  ['its key lies with the holder', { form: 'ENCRYPTED_KEY_AT_HOLDER' }, 'EXPOSED', 1, 'NONE'],
  ['sent at the last instant of the core window', { sentAt: 20 }, 'EXPOSED', 1, 'NONE'],
  ['confidence of just a half', { confidence: 0.5 }, 'EXPOSED', 1, 'NONE'],
  ['deleted, with evidence, inside the core window', { deletionState: 'VERIFIED', deletedAt: 11 }, 'EXPOSED', 1, 'NONE'],
  ['sent at an unknown instant, recorded before the core window', { sentAt: null }, 'EXPOSED', 1, 'NONE'],
  ['a deletion that is only requested', { deletionState: 'REQUESTED', deletedAt: 6 }, 'EXPOSED', 1, 'NONE'],
  ['an attested deletion at an unknown instant', { deletionState: 'ATTESTED' }, 'EXPOSED', 1, 'NONE'],
  ['attested as deleted before the core window', { deletionState: 'ATTESTED', deletedAt: 10 }, 'POSSIBLE', 0.5, 'ENDED_BEFORE_CORE'],
  [
    'attested as deleted before the widest window',
    { sentAt: -9, deletionState: 'ATTESTED', deletedAt: -5 },
    'POSSIBLE',
    0.5,
    'ENDED_BEFORE_CORE',
  ],
  [
    'deleted, with evidence, before the core window and inside the widest',
    { deletionState: 'VERIFIED', deletedAt: 10 },
    'POSSIBLE',
    0.5,
    'ENDED_BEFORE_CORE',
  ],
  ['sent after the core window and inside the widest', { sentAt: 21 }, 'POSSIBLE', 0.5, 'BEGAN_AFTER_CORE'],
  ['sent at an unknown instant, recorded after everything', { sentAt: null, assertedAt: 99 }, 'POSSIBLE', 0.5, 'BEGAN_AFTER_CORE'],
  [
    'attested as deleted before it was first recorded',
    { sentAt: null, assertedAt: 15, deletionState: 'ATTESTED', deletedAt: 12 },
    'POSSIBLE',
    0.5,
    'NEVER_DEFINITE',
  ],
  ['confidence below a half', { confidence: 0.49 }, 'POSSIBLE', 0.5, 'LOW_CONFIDENCE'],
  ['outside the scope', { isInScope: false }, 'POSSIBLE', 0.5, 'OUT_OF_SCOPE'],
  ['at an organization reached by spread', { isAtOrigin: false }, 'POSSIBLE', 1, 'REACHED_BY_SPREAD'],
  ['reached by spread, and in doubt', { isAtOrigin: false, confidence: 0.49 }, 'POSSIBLE', 0.5, 'REACHED_BY_SPREAD'],
  ['its key lies with the owner', { form: 'ENCRYPTED_KEY_AT_OWNER' }, 'CONTAINED', 0, 'UNREADABLE'],
  ['to be viewed only, at an organization reached by spread', { form: 'VIEW_ONLY', isAtOrigin: false }, 'CONTAINED', 0, 'UNREADABLE'],
  [
    'unreadable, attested as deleted before everything',
    { form: 'VIEW_ONLY', sentAt: -9, deletionState: 'ATTESTED', deletedAt: -5 },
    'CONTAINED',
    0,
    'UNREADABLE',
  ],
  [
    'deleted, with evidence, at the start of the widest window',
    { sentAt: -9, deletionState: 'VERIFIED', deletedAt: 0 },
    undefined,
    0,
    undefined,
  ],
  ['sent after the widest window', { sentAt: 31 }, undefined, 0, undefined],
  ['unreadable, and sent after the widest window', { form: 'VIEW_ONLY', sentAt: 31 }, undefined, 0, undefined],
];

describe('[R3] the tier table of semantics §4, row by row', () => {
  it.each(table)('by the rule: %s', (_, change, tier, weight, reason) => {
    expect(tierOf({ ...plain, ...change })).toEqual(tier === undefined ? undefined : { tier, weight, reason });
  });

  it.each(table)('in a radius: %s', (_, change, tier, weight, reason) => {
    const { projection, radius } = radiusOf({ ...plain, ...change });
    const [exposed] = radius.artifacts.filter(({ artifact }) => projection.artifacts.id.get(artifact) === 'x');
    const [way] = exposed?.ways(1) ?? [];
    expect(exposed?.tier).toBe(tier);
    expect(radius.columns.tierOf(findCopy(projection, 't'))).toBe(tier);
    expect(way?.chance).toBe(tier === undefined ? undefined : weight);
    expect(way?.reason).toBe(reason);
  });

  it.each(table.filter(([, change]) => change.isInScope !== false))('in a ranking: %s', (_, change, tier, weight) => {
    const { projection } = radiusOf({ ...plain, ...change });
    expect(weighCopy(projection, { core, widest }, findCopy(projection, 't'))).toBe(tier === undefined ? noWeight : weight);
  });
});

describe('[R4] without scopes, the weight of a copy determines its tier', () => {
  const instant = fc.integer({ min: -5, max: 35 });
  const handovers = fc.record<Handover>({
    form: fc.constantFrom('PLAINTEXT', 'VIEW_ONLY'),
    sentAt: fc.option(instant),
    assertedAt: instant,
    deletionState: fc.constantFrom(...deletionStates),
    deletedAt: fc.option(instant),
    confidence: fc.constantFrom(0.4, 0.5, 1),
    isInScope: fc.constant(true),
    isAtOrigin: fc.boolean(),
  });

  it('at an origin and by spread', () => {
    fc.assert(
      fc.property(handovers, (handover) => {
        const found = tierOf(handover);
        if (found === undefined) return;
        expect(found.tier).toBe(handover.isAtOrigin ? tierAtOrigin(found.weight) : tierBySpread(found.weight));
        expect(isOpen(found.weight)).toBe(found.tier !== 'CONTAINED');
        expect(tierOf({ ...handover, isAtOrigin: !handover.isAtOrigin })?.weight).toBe(found.weight);
      }),
      { numRuns: generatedRuns(2000) },
    );
  });

  it('the stronger of two tiers comes first in their order', () => {
    expect(strongerTier('POSSIBLE', 'EXPOSED')).toBe('EXPOSED');
    expect(strongerTier('CONTAINED', 'POSSIBLE')).toBe('POSSIBLE');
    expect(strongerTier(undefined, 'CONTAINED')).toBe('CONTAINED');
    expect(strongerTier(undefined, undefined)).toBeUndefined();
    expect(tiers).toEqual(['EXPOSED', 'POSSIBLE', 'CONTAINED']);
  });
});
