import fc from 'fast-check';
import { buildExploreModel } from '../../web/features/explore/explore-model.ts';
import {
  compromiseToo,
  linesSentence,
  type OverlayAnswer,
  overlayOfAnswer,
  radiusOf,
  type WaysAnswer,
} from '../../web/features/explore/overlay/overlay-model.ts';
import type { ExploreLinkFragment, ExploreNodeFragment, Tier } from '../../web/shared/generated/operations.ts';
import { parseBlastState } from '../../web/shared/url/blast-radius-url.ts';
import { overlayHref, overlayOf, parseExploreState } from '../../web/shared/url/explore-url.ts';
import { describe, expect, it } from '../support/test.ts';

const tiers: readonly Tier[] = ['EXPOSED', 'POSSIBLE', 'CONTAINED'];
const window = { from: '2026-09-01T00:00:00.000Z', to: '2026-09-02T00:00:00.000Z' };
const named = (id: string) => ({ id, name: id });
const answer: OverlayAnswer = {
  revision: 1,
  origins: [named('vendor')],
  core: window,
  widest: window,
  maxHops: 2,
  summary: { reachedCount: 2, exposedCount: 3, possibleCount: 1, containedCount: 0, affectedLabCount: 1, worstCaseLossUsd: 9 },
  reached: {
    totalCount: 2,
    edges: [
      { node: { organization: named('vendor'), hops: 0, likelihood: 1, path: [] } },
      {
        node: {
          organization: named('sub'),
          hops: 1,
          likelihood: 0.6,
          path: [{ from: { id: 'vendor' }, to: { id: 'sub' }, access: { id: 'a' } }],
        },
      },
    ],
  },
  labTiers: [
    { lab: named('lab'), tier: 'EXPOSED', artifactCount: 3, worstCaseLossUsd: 6 },
    { lab: named('lab'), tier: 'POSSIBLE', artifactCount: 1, worstCaseLossUsd: 3 },
  ],
  flows: [
    { holder: { organization: { id: 'vendor' } }, exposedCount: 3, possibleCount: 0, containedCount: 0 },
    { holder: { organization: { id: 'sub' } }, exposedCount: 0, possibleCount: 1, containedCount: 1 },
    { holder: null, exposedCount: 0, possibleCount: 7, containedCount: 0 },
  ],
  notifiers: { totalCount: 2, edges: [{ node: named('vendor') }, { node: named('between') }] },
  dependents: { edges: [{ node: { organization: { id: 'far' }, path: [{ provider: named('between') }] } }] },
};

type Chain = readonly (readonly [from: string, to: string])[];
const way = (tier: Tier, artifact: string, holder: string, chain: Chain) => ({
  tier,
  copy: {
    artifact: { id: artifact, owner: { id: 'lab' } },
    holder: { id: holder },
    chain: chain.map(([from, to]) => ({ sender: { id: from }, recipient: { id: to } })),
  },
});
const waysOf = (ways: readonly ReturnType<typeof way>[], totalCount = 1): WaysAnswer => ({
  revision: 1,
  drawn: { edges: [{ node: { artifact: { id: 'a' }, tier: 'POSSIBLE' } }] },
  artifacts: { totalCount, edges: [{ node: { artifact: { id: 'a' }, wayCount: ways.length, ways: [...ways] } }] },
});
const transferKey = (from: string, to: string) => JSON.stringify(['TRANSFER', `organization:${from}`, `organization:${to}`]);

describe('a radius over the graph of Explore', () => {
  it('[W800] each organization has its first part, its figures are those of the whole answer', () => {
    const { marks, keys } = overlayOfAnswer(
      answer,
      waysOf([
        way('POSSIBLE', 'a', 'sub', [
          ['lab', 'between'],
          ['between', 'sub'],
        ]),
      ]),
    );
    expect(Object.fromEntries([...marks].map(([key, { role, note }]) => [key, [role, note]]))).toEqual({
      'organization:vendor': ['origin', 'holds 3'],
      'organization:sub': ['reached', 'holds 2 · 60%'],
      'organization:lab': ['affected', null],
      'organization:between': ['notifier', 'notifier, passed on 1'],
      'organization:far': ['blindSpot', 'blind spot: ask between'],
      'artifact:a': [null, null],
    });
    expect(marks.get('organization:lab')?.counts).toEqual({ EXPOSED: 3, POSSIBLE: 1, CONTAINED: 0 });
    expect(keys).toEqual(['organization:vendor', 'organization:sub', 'organization:lab', 'organization:between']);
  });

  it('[W801] a line has the strongest tier of the copies that it carried toward a reached holder', () => {
    const step = fc.tuple(fc.constantFrom('lab', 'between', 'vendor'), fc.constantFrom('vendor', 'sub', 'between'));
    const anyWay = fc
      .tuple(fc.constantFrom(...tiers), fc.array(step, { minLength: 1, maxLength: 3 }))
      .map(([tier, chain]) => way(tier, 'a', chain.at(-1)?.[1] ?? '', chain));
    fc.assert(
      fc.property(fc.array(anyWay, { maxLength: 6 }), (ways) => {
        const { links } = overlayOfAnswer(answer, waysOf(ways));
        const expected = new Map<string, Tier>();
        for (const tier of tiers.toReversed()) {
          for (const each of ways.filter((other) => other.tier === tier)) {
            for (const { sender, recipient } of each.copy.chain) expected.set(transferKey(sender.id, recipient.id), tier);
          }
        }
        expect(new Map([...links].filter(([key]) => key.includes('TRANSFER')))).toEqual(expected);
      }),
    );
    expect(linesSentence(waysOf([]))).toBeNull();
    expect(linesSentence(waysOf([], 700))).toBe('The tiers of lines are those of 1 artifact of 700, by worst case.');
  });

  it('[W802] [W976] what is not in the radius is dimmed, or drawn as ever, and is said to be outside', () => {
    const node = (id: string): ExploreNodeFragment => ({
      key: `organization:${id}`,
      organization: {
        id,
        name: id,
        roles: ['VENDOR'],
        status: 'ACTIVE',
        country: null,
        custody: { copyCount: 0, labCount: 0, lastReceivedAt: null, meanValueUsd: 0 },
        sent: { totalCount: 0 },
        provenance: { file: 'organizations.csv', line: 2, assertedBy: 'test' },
      },
      artifact: null,
      linkCounts: [],
    });
    const link = (from: string, to: string): ExploreLinkFragment => ({
      key: transferKey(from, to),
      kind: 'TRANSFER',
      source: `organization:${from}`,
      target: `organization:${to}`,
      count: 1,
      readableCount: 1,
    });
    const graph = { nodes: [node('vendor'), node('other')], links: [link('vendor', 'other')] };
    const overlay = overlayOfAnswer(answer, waysOf([]));
    // [W976] Under a radius color means tier, whatever the address says of another.
    const colored = buildExploreModel(graph, parseExploreState(new URLSearchParams('overlay=INC&color=country&only=DE')), overlay);
    expect([colored.lookEntries, colored.drawnNodes.map(({ step }) => step)]).toEqual([[], [undefined, undefined]]);
    const look = (rest: string) => buildExploreModel(graph, parseExploreState(new URLSearchParams(`overlay=INC&rest=${rest}`)), overlay);
    const parts = (rest: string) => [look(rest).drawnNodes.map(({ part }) => part), look(rest).drawnLinks.map(({ tier }) => tier)];
    expect(parts('dim')).toEqual([['origin', 'rest'], ['REST']]);
    expect(parts('plain')).toEqual([['origin', undefined], [undefined]]);
    expect(look('plain').drawnNodes[1]?.description).toBe('vendor, not in the radius');
  });

  it('[W803] "Show in Explore" keeps the question; the radius of another selection keeps its windows and asks for nothing', () => {
    const asked = parseBlastState(
      new URLSearchParams('incident=INC-02&hops=2&core=2026-09-01..2026-09-02&knownAt=2026-10-01T00:00Z&tab=labs'),
    );
    const href = overlayHref(asked, ['organization:vendor'], 'organization:vendor');
    expect(href).toBe(
      '/explore?n=organization%3Avendor&sel=organization%3Avendor&knownAt=2026-10-01T00%3A00Z&overlay=INC-02&core=2026-09-01T00%3A00Z..2026-09-02T23%3A59%3A59.999Z&hops=2',
    );
    const { overlay } = parseExploreState(new URLSearchParams(href.split('?')[1]));
    expect(overlay).toMatchObject({ incident: 'INC-02', origins: [], maxHops: 2, rest: 'dim' });
    if (overlay === null) throw new Error('There is no overlay.');
    expect(radiusOf(['other'], overlay, answer)).toMatchObject({ incident: null, origins: ['other'], core: window, widest: window });
    expect(radiusOf(['other'], null, null)).toEqual(overlayOf(['other']));
    expect(compromiseToo(overlay, answer, ['other'])).toMatchObject({ incident: 'INC-02', origins: ['vendor', 'other'] });
  });
});
