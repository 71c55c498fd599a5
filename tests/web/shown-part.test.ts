import fc from 'fast-check';
import type { LanesRadius } from '../../web/canvas/lanes/lanes-props.ts';
import {
  afterOfHop,
  afterOfInstant,
  instantQuestion,
  instantSentence,
  stepAt,
  timeSteps,
} from '../../web/features/blast-radius/foot/shown-part.ts';
import type { RadiusAnswer } from '../../web/features/blast-radius/lanes-radius.ts';
import type { AtInstantQuery, Tier } from '../../web/shared/generated/operations.ts';
import { describe, expect, it } from '../support/test.ts';

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString();
const anyWindows = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.array(fc.integer({ min: 0, max: 400 * 24 }), { minLength: 3, maxLength: 3 }))
  .map(([day, [before = 0, inside = 0, behind = 0]]) => {
    const at = day * DAY;
    const [coreFrom, coreTo] = [at + before * 3_600_000, at + (before + inside) * 3_600_000];
    return { widest: { from: iso(at), to: iso(coreTo + behind * 3_600_000) }, core: { from: iso(coreFrom), to: iso(coreTo) } };
  });

const organization = (id: string, hops: number) => ({
  id,
  name: id,
  roles: [],
  hops,
  likelihood: 1,
  heldCount: null,
  worstCaseLossUsd: null,
});
const artifact = (id: string, tier: Tier, isRevealed = false) =>
  ({ id, name: id, type: 'OTHER', sensitivity: 3, ownerId: 'lab', tier, isRevealed, worstCaseLossUsd: 2 }) as const;
const part: LanesRadius = {
  organizations: [organization('vendor', 0), organization('sub', 1)],
  artifacts: [artifact('a', 'EXPOSED'), artifact('b', 'POSSIBLE'), artifact('c', 'POSSIBLE', true), artifact('d', 'CONTAINED')],
  labs: [{ id: 'lab', name: 'lab', counts: { EXPOSED: 1, POSSIBLE: 2, CONTAINED: 1 }, lossUsd: { EXPOSED: 2, POSSIBLE: 4, CONTAINED: 0 } }],
  copies: [
    { holderId: 'vendor', artifactId: 'a', tier: 'EXPOSED', count: 1 },
    { holderId: 'vendor', artifactId: 'd', tier: 'CONTAINED', count: 1 },
    { holderId: 'sub', artifactId: 'b', tier: 'POSSIBLE', count: 2 },
  ],
  spread: [{ fromId: 'vendor', toId: 'sub', kind: 'ACCESS', likelihood: 0.5 }],
  reveals: [{ artifactId: 'b', revealsId: 'c' }],
  artifactTotal: 4,
  reachedTotal: 1,
  isWhole: true,
};
const validUntil = '2026-09-10T00:00:00.000Z';
const radius = {
  origins: [{ id: 'vendor', name: 'Vendor', roles: [] }],
  core: { from: '2026-09-03T00:00:00.000Z', to: '2026-09-04T00:00:00.000Z' },
  widest: { from: '2026-09-01T00:00:00.000Z', to: '2026-09-20T00:00:00.000Z' },
  summary: { reachedCount: 2 },
  reached: {
    edges: [
      { node: { organization: { id: 'vendor' }, likelihood: 1, path: [] } },
      {
        node: {
          organization: { id: 'sub' },
          likelihood: 0.5,
          path: [{ from: { id: 'vendor' }, to: { id: 'sub' }, access: { id: 'x', validFrom: null, validUntil } }],
        },
      },
    ],
  },
} as unknown as RadiusAnswer;

type Held = readonly (readonly [holder: string, artifact: string, tier: Tier])[];
const answerOf = (held: Held, reached: readonly string[], omittedCount = 0) =>
  ({
    there: {
      flows: [{ holder: { organization: { id: 'vendor' } }, exposedCount: 3, possibleCount: 1, containedCount: 0 }],
      subgraph: {
        omittedCount,
        links: held.map(([holder, of, tier]) => ({
          tier,
          link: { kind: 'HOLDS', source: `artifact:${of}`, target: `organization:${holder}` },
        })),
      },
    },
    until: { summary: { reachedCount: reached.length }, reached: { edges: reached.map((id) => ({ node: { organization: { id } } })) } },
  }) as unknown as AtInstantQuery;

describe('the part of a radius that hops or an instant shows', () => {
  it('[W806] the time play goes from the start to the end of the widest window, in order, by both ends of the core, in at most 30 steps', () => {
    fc.assert(
      fc.property(anyWindows, (windows) => {
        const steps = timeSteps(windows);
        expect(steps).toEqual([...new Set(steps)].sort());
        expect([steps[0], steps.at(-1)]).toEqual([windows.widest.from, windows.widest.to]);
        for (const end of [windows.core.from, windows.core.to]) expect(steps).toContain(end);
        expect(steps.length).toBeLessThanOrEqual(30);
        for (const [place, step] of steps.entries()) expect(stepAt(steps, step)).toBe(place);
      }),
    );
    const short = timeSteps(radius);
    expect(short.filter((step) => step > radius.core.to).map((step) => step.slice(8, 10))).toEqual(
      Array.from({ length: 16 }, (_, i) => String(i + 5).padStart(2, '0')),
    );
  });

  it('[W807] what was there is asked of the holders themselves at the instant; who had been reached, of the same question up to it', () => {
    const input = { incident: 'INC', options: { maxHops: 2 } };
    const at = '2026-09-02T00:00:00.000Z';
    const now = { from: at, to: at };
    expect(instantQuestion(input, radius, at)).toEqual({
      there: { origins: ['vendor', 'sub'], core: now, widest: now, options: { maxHops: 0, minDegree: 1 } },
      until: { ...input, widest: { from: radius.widest.from, to: at }, core: now },
    });
    expect(instantQuestion(input, radius, '2026-09-03T12:00:00.000Z').until.core).toEqual({
      from: radius.core.from,
      to: '2026-09-03T12:00:00.000Z',
    });
    // An instant outside of the window is its nearest end.
    expect(instantQuestion(input, radius, '2027-01-01T00:00:00.000Z').until.widest).toEqual(radius.widest);
  });

  it('[W807] a copy is drawn where it was there and its holder had been reached; tiers stay, an uncertain copy is paler, and what is gone stands aside', () => {
    const at = '2026-09-05T00:00:00.000Z';
    const both: Held = [
      ['vendor', 'a', 'POSSIBLE'],
      ['vendor', 'd', 'CONTAINED'],
      ['sub', 'b', 'EXPOSED'],
    ];
    const all = afterOfInstant(part, radius, answerOf(both, ['vendor', 'sub']), at, false);
    expect([...all.tiers]).toEqual([
      ['a', 'EXPOSED'],
      ['b', 'POSSIBLE'],
      ['c', 'POSSIBLE'],
      ['d', 'CONTAINED'],
    ]);
    expect(all.copies.map(({ artifactId, isUncertain }) => [artifactId, isUncertain])).toEqual([
      ['a', true],
      ['d', false],
      ['b', false],
    ]);
    expect(all.labs.get('lab')).toMatchObject({ counts: { EXPOSED: 1, POSSIBLE: 2, CONTAINED: 1 } });
    expect(all.spread).toHaveLength(1);

    // Not reached yet: its copy, and what that reveals, are not in reach.
    const early = afterOfInstant(part, radius, answerOf(both, ['vendor']), at, false);
    expect([...early.tiers.keys()]).toEqual(['a', 'd']);
    expect(early.labs.get('lab')?.counts).toEqual({ EXPOSED: 1, POSSIBLE: 0, CONTAINED: 1 });
    expect(early.spread).toEqual([]);
    // The access has ended.
    expect(afterOfInstant(part, radius, answerOf(both, ['vendor', 'sub']), validUntil, false).spread).toEqual([]);
    // Where not every copy is known, none is said to be gone.
    const cut = afterOfInstant(part, radius, answerOf([], ['vendor'], 7), at, false);
    expect([cut.isCut, [...cut.tiers.keys()], cut.copies.length]).toEqual([true, ['a', 'b', 'c', 'd'], 2]);
    expect(instantSentence(radius, answerOf(both, ['vendor']), at)).toBe(
      'At Sep 5, 2026, 00:00 UTC: 3 held by Vendor, 1 more possibly. 0 of 1 other reached by then.',
    );
  });

  it('[W1115] [W1192] a holder has its chance of the windows and the count of what it holds at the instant; one that had not been reached has none', () => {
    const at = '2026-09-05T00:00:00.000Z';
    const held: Held = [
      ['vendor', 'a', 'POSSIBLE'],
      ['sub', 'b', 'EXPOSED'],
    ];
    const figuresOf = (reached: readonly string[], omittedCount = 0) => [
      ...(afterOfInstant(part, radius, answerOf(held, reached, omittedCount), at, false).figures ?? []),
    ];
    expect(figuresOf(['vendor', 'sub'])).toEqual([
      ['vendor', { likelihood: 1, heldCount: 1 }],
      ['sub', { likelihood: 0.5, heldCount: 1 }],
    ]);
    expect(figuresOf(['vendor'])).toEqual([['vendor', { likelihood: 1, heldCount: 1 }]]);
    // Where the lines are not all known, the sums of the answer are. They know no filter.
    expect(figuresOf(['vendor', 'sub'], 7)).toEqual([
      ['vendor', { likelihood: 1, heldCount: 4 }],
      ['sub', { likelihood: 0.5, heldCount: 0 }],
    ]);
    const filtered = afterOfInstant(part, radius, answerOf(held, ['vendor'], 7), at, true);
    expect([...(filtered.figures ?? [])]).toEqual([['vendor', { likelihood: 1, heldCount: null }]]);
  });

  it('[W805] a radius of fewer hops keeps the tiers, copies and sums of its own answer', () => {
    const after = afterOfHop({ ...part, isWhole: false });
    expect([after.isCut, after.reached.size, after.copies, after.labs.get('lab')]).toEqual([true, 2, part.copies, part.labs[0]]);
  });
});
