import { reachInWords } from '../../web/canvas/flows/flow-words.ts';
import {
  type ArtifactRow,
  type DetailRow,
  type FlowRow,
  holdingsOf,
  lanesRadiusOf,
  type RadiusAnswer,
} from '../../web/features/blast-radius/lanes-radius.ts';
import { listHref, questionOf, toWindows } from '../../web/features/blast-radius/question-variables.ts';
import {
  caveatSentence,
  heldThereSentence,
  jointSentence,
  missingSentence,
  originsTitle,
  piecesOf,
  radiusTitle,
  sinceSentence,
  stationWord,
  summarySentence,
  usableWord,
} from '../../web/features/blast-radius/sentences.ts';
import { groupHits } from '../../web/features/search/search-groups.ts';
import { NO_FILTERS, parseBlastState } from '../../web/shared/url/blast-radius-url.ts';
import { inputOf } from '../../web/shared/url/radius-options-url.ts';
import { describe, expect, it } from '../support/test.ts';

type Detail = Parameters<typeof usableWord>[0];

const summary = {
  reachedCount: 4,
  exposedCount: 14,
  possibleCount: 6,
  containedCount: 5,
  affectedLabCount: 4,
  blindSpotCount: 1,
  worstCaseLossUsd: 53.2e6,
  weightedLossUsd: 26.5e6,
};

function detailOf(
  usefulPortion: number,
  isUsable: boolean,
  pieces: readonly (readonly string[])[],
  tier: 'EXPOSED' | 'CONTAINED' = 'EXPOSED',
): Detail {
  return {
    tier,
    isUsable,
    artifact: { usefulPortion, fragmentCount: 4 },
    wayCount: pieces.length,
    everyWay: pieces.map((fragments) => ({ tier, yieldShare: fragments.length / 4, reveals: [], copy: { fragments } })),
  } as unknown as Detail;
}

describe('the sentences of a blast radius', () => {
  it('[W5] count the artifacts in reach', () => {
    const origins = [{ id: 'larkhill', name: 'Larkhill', roles: ['VENDOR' as const] }];
    const sentenceOf = (of: typeof summary, from = origins) => summarySentence({ summary: of, origins: from, suspectedOrigins: [] });
    expect(sentenceOf(summary)).toBe('25 artifacts in reach: 14 exposed, 6 possible, 5 contained.');
    expect(sentenceOf({ ...summary, exposedCount: 1, possibleCount: 0, containedCount: 0 })).toBe(
      '1 artifact in reach: 1 exposed, 0 possible, 0 contained.',
    );
    const none = { ...summary, exposedCount: 0, possibleCount: 0, containedCount: 0 };
    expect(sentenceOf({ ...none, blindSpotCount: 0 })).toBe('Nothing is in the radius.');
    expect(sentenceOf({ ...none, reachedCount: 1, blindSpotCount: 3 })).toBe(
      'Unknown: no record says what Larkhill holds. 3 labs depend on it; ask them.',
    );
    expect(sentenceOf({ ...none, reachedCount: 4, blindSpotCount: 1 })).toBe(
      'Unknown: no record says what Larkhill and those reached from there hold. 1 lab depends on them; ask that lab.',
    );
  });

  it('[W5] name what makes it "at least this much", or nothing', () => {
    expect(caveatSentence({ undatedCount: 1, attestedCount: 3 }, 0)).toBe(
      '1 copy has no known date and 3 deletions are attested, not verified.',
    );
    expect(caveatSentence({ undatedCount: 0, attestedCount: 0 }, 2)).toBe(
      '2 labs depend on a reached organization, and no record says what it holds.',
    );
    expect(caveatSentence({ undatedCount: 0, attestedCount: 0 }, 0)).toBeNull();
  });

  it('[W5] name origins and stations', () => {
    expect(originsTitle(['Quillmark'])).toBe('Quillmark');
    expect(originsTitle(['A', 'B'])).toBe('A and B');
    expect(originsTitle(['A', 'B', 'C'])).toBe('A and 2 more');
    expect([
      stationWord(undefined),
      stationWord(null),
      stationWord({ hops: 0, isSuspected: false, likelihood: 1 }),
      stationWord({ hops: 2, isSuspected: false, likelihood: 0.3 }),
    ]).toEqual(['notifier, not reached', '', 'origin', '2 hops · 30%']);
    expect(missingSentence(1)).toBe('This link names 1 record that no longer exists. The rest is shown.');
  });

  it('[W900] mark who may have been compromised', () => {
    const organization = (id: string) => ({ id, name: id, roles: ['VENDOR' as const] });
    const suspectedOrigins = [{ organization: organization('B'), likelihood: 0.4 }];
    expect(radiusTitle({ origins: [organization('A')], suspectedOrigins })).toBe('A and B (suspected)');
    expect(stationWord({ hops: 0, isSuspected: true, likelihood: 0.4 })).toBe('suspected origin · 40%');
    expect(reachInWords({ ...organization('B'), hops: 0, isSuspected: true, likelihood: 0.4 })).toBe('suspected origin, 40% chance');
    const none = { ...summary, exposedCount: 0, possibleCount: 0, containedCount: 0, reachedCount: 1, blindSpotCount: 1 };
    expect(summarySentence({ summary: none, origins: [], suspectedOrigins })).toBe(
      'Unknown: no record says what B holds. 1 lab depends on it; ask that lab.',
    );
  });

  it('[W6] say that pieces are usable jointly if no single copy is', () => {
    const joint = detailOf(0.7, true, [['1', '2'], ['3']]);
    expect(usableWord(joint)).toBe('Yes, jointly');
    expect(jointSentence(joint)).toBe('Usable once 70% is exposed. Pieces 1, 2 and 3 of 4 together reach that; no single copy does.');
    expect(usableWord({ ...joint, wayCount: 3 })).toBe('Yes');
    expect(usableWord(detailOf(0.5, true, [['1', '2'], ['3']]))).toBe('Yes');
    expect(usableWord(detailOf(0, true, [['1']]))).toBe('Yes');
    expect(usableWord(detailOf(0.7, false, [['1']]))).toBe('No');
    expect(usableWord(detailOf(0, false, [['1']], 'CONTAINED'))).toBe('Not readable');
  });
});

describe('the input of the canvas', () => {
  it('[W7] [W1117] has the rows of the list, the lines between rows, and the sums that the server gives of labs and holders', () => {
    const held = (id: string, tier: string, count = 1) => ({ holder: { id }, tier, count });
    const row = (id: string, tier: string, copiesByHolder: readonly object[]) => ({
      node: {
        artifact: { id, name: id, type: 'OTHER', owner: { id: 'lab', name: 'Lab' } },
        ...{ tier, basis: copiesByHolder.length === 0 ? 'REVEALED' : 'HELD', worstCaseLossUsd: 5 },
        ...{ holderCount: copiesByHolder.length, copiesByHolder },
      },
    });
    const reveals = (source: string, target: string) => ({ link: { source: `artifact:${source}`, target: `artifact:${target}` } });
    const reached = (id: string, hops: number, path: readonly object[]) => ({
      node: { organization: { id, name: id, roles: ['VENDOR'] }, hops, likelihood: 1, path },
    });
    const step = { from: { id: 'o' }, to: { id: 'h' }, likelihood: 0.5, access: { id: 'a' } };
    const rows = [row('x', 'EXPOSED', [held('o', 'EXPOSED'), held('not reached', 'EXPOSED')]), row('y', 'POSSIBLE', [])];
    const labTier = { lab: { id: 'lab', name: 'Lab' }, artifactCount: 900, worstCaseLossUsd: 5e6 };
    const answer = {
      origins: [{ id: 'o', name: 'o', roles: ['VENDOR'] }],
      suspectedOrigins: [],
      summary: { ...summary, reachedCount: 2 },
      reached: { totalCount: 2, edges: [reached('o', 0, []), reached('h', 1, [step])] },
      artifacts: { totalCount: 1800, edges: rows },
      labTiers: [
        { ...labTier, tier: 'EXPOSED' },
        { ...labTier, tier: 'POSSIBLE' },
      ],
      subgraph: {
        omittedCount: 0,
        links: [reveals('x', 'y'), reveals('x', 'filtered')],
      },
    } as unknown as RadiusAnswer;
    const flow = { holder: { organization: { id: 'o' } }, exposedCount: 700, possibleCount: 50, containedCount: 1, worstCaseLossUsd: 2e6 };
    const holdings = holdingsOf([flow, flow] as unknown as readonly FlowRow[]);
    const lanes = lanesRadiusOf(
      answer,
      rows.map(({ node }) => node as unknown as ArtifactRow),
      holdings,
    );
    expect(lanes.artifacts.map((artifact) => [artifact.id, artifact.isRevealed])).toEqual([
      ['x', false],
      ['y', true],
    ]);
    expect(lanes.copies).toEqual([{ holderId: 'o', artifactId: 'x', tier: 'EXPOSED', count: 1 }]);
    expect(lanes.reveals).toEqual([{ artifactId: 'x', revealsId: 'y' }]);
    expect(lanes.spread).toEqual([{ fromId: 'o', toId: 'h', kind: 'ACCESS', likelihood: 0.5 }]);
    expect(lanes.labs).toEqual([
      {
        id: 'lab',
        name: 'Lab',
        counts: { EXPOSED: 900, POSSIBLE: 900, CONTAINED: 0 },
        lossUsd: { EXPOSED: 5e6, POSSIBLE: 5e6, CONTAINED: 0 },
      },
    ]);
    expect(lanes.organizations.map(({ heldCount, worstCaseLossUsd }) => [heldCount, worstCaseLossUsd])).toEqual([
      [1502, 4e6],
      [0, 0],
    ]);
    expect(lanes.isWhole).toBe(false);
    expect(lanes.reachedTotal).toBe(1);

    // [W1117] A row apart has a line from each holder that is shown.
    const apart = row('z', 'POSSIBLE', [held('h', 'POSSIBLE', 2), held('not reached', 'POSSIBLE')]).node;
    const withApart = lanesRadiusOf(
      answer,
      rows.map(({ node }) => node as unknown as ArtifactRow),
      holdings,
      null,
      apart as unknown as DetailRow,
    );
    expect(withApart.artifacts.map(({ id }) => id)).toEqual(['x', 'y', 'z']);
    expect(withApart.copies).toEqual([...lanes.copies, { holderId: 'h', artifactId: 'z', tier: 'POSSIBLE', count: 2 }]);
  });
});

describe('the question', () => {
  const state = parseBlastState(
    new URLSearchParams(
      'o=a&o=b&core=2026-09-24T08:30Z..2026-09-24T11:25Z&hops=2&minDegree=0.1&tier=EXPOSED&lab=l&sort=NAME&knownAt=2026-10-01T00:00Z',
    ),
  );

  it('[W10] has the values of the URL and no others', () => {
    expect(inputOf(state)).toEqual({
      origins: ['a', 'b'],
      core: { from: '2026-09-24T08:30:00.000Z', to: '2026-09-24T11:25:00.000Z' },
      knownAt: '2026-10-01T00:00:00.000Z',
      options: { maxHops: 2, minDegree: 0.1 },
    });
    expect(questionOf(state, ' eval ')).toMatchObject({ tiers: ['EXPOSED'], owners: ['l'], text: 'eval', orderBy: 'NAME' });
    expect(questionOf(parseBlastState(new URLSearchParams()), '')).toBeNull();
  });

  it('[W901] states suspected organizations with their likelihoods, and no core', () => {
    const doubtful = parseBlastState(new URLSearchParams('suspected=a:0.4&suspected=b%5C%3A2&hasCore=false&widest=2026-09-24..2026-09-25'));
    const suspectedOrigins = [
      { organization: 'a', likelihood: 0.4 },
      { organization: 'b:2', likelihood: 1 },
    ];
    expect(inputOf(doubtful)).toMatchObject({ suspectedOrigins, hasCore: false });
    const params = new URLSearchParams(listHref(doubtful, '', 'csv').split('?')[1]);
    expect([params.getAll('suspected'), params.get('hasCore')]).toEqual([['a:0.4', 'b\\:2'], 'false']);
    expect(inputOf(parseBlastState(new URLSearchParams('suspected=&incident=i')))).toEqual({ incident: 'i', suspectedOrigins: [] });
    const window = { from: '2026-09-24T00:00:00.000Z', to: '2026-09-25T00:00:00.000Z' };
    expect(toWindows({ hasCore: false }, { core: window, widest: window })).toEqual({ core: null, widest: window });
  });

  it('[W10] has a CSV download with the same origins, windows, options, filters and order', () => {
    const params = new URLSearchParams(listHref(state, 'eval', 'csv').split('?')[1]);
    expect(params.getAll('origins')).toEqual(['a', 'b']);
    expect(Object.fromEntries(params)).toMatchObject({
      coreFrom: '2026-09-24T08:30:00.000Z',
      coreTo: '2026-09-24T11:25:00.000Z',
      maxHops: '2',
      minDegree: '0.1',
      knownAt: '2026-10-01T00:00:00.000Z',
      tiers: 'EXPOSED',
      owners: 'l',
      text: 'eval',
      orderBy: 'NAME',
    });
    expect(params.has('widestFrom')).toBe(false);
  });
});

describe('search', () => {
  it('[W13] groups its results, organizations first', () => {
    const organization = (id: string) => ({
      matched: 'name',
      found: { __typename: 'Organization' as const, id, name: id, roles: ['VENDOR' as const], aliases: [] },
    });
    const artifact = {
      matched: 'name',
      found: { __typename: 'Artifact' as const, id: 'x', name: 'X', type: 'PROMPT_SET' as const, owner: { id: 'l', name: 'Lab' } },
    };
    const groups = groupHits([artifact, organization('b'), organization('a')]);
    expect(groups.map((group) => [group.title, group.lines.map((line) => line.name)])).toEqual([
      ['Organizations', ['b', 'a']],
      ['Artifacts', ['X']],
    ]);
    expect(groups[1]?.lines[0]?.detail).toBe('Prompt set of Lab');
  });

  it('[W311] tells a piece that a transfer names twice once', () => {
    const way = (fragments: string[]) =>
      ({ copy: { fragments, portion: 0.9, artifact: { fragmentCount: 4 } } }) as unknown as Parameters<typeof piecesOf>[0];
    expect([['p', 'q', 'p'], ['p', 'p'], []].map((names) => piecesOf(way(names)))).toEqual(['pieces p, q of 4', 'piece p of 4', '90%']);
  });
});

describe('the date of a receipt', () => {
  it('[W640] is shown only where it is known', () => {
    const asserted = '2026-11-29T11:18:00.000Z';
    const dated = '2026-12-03T00:00:00.000Z';
    expect(sinceSentence({ since: dated, isSinceKnown: true, firstDated: dated })).toBe('since Dec 3, 2026');
    expect(sinceSentence({ since: asserted, isSinceKnown: false, firstDated: null })).toBe('since an unknown date');
    expect(sinceSentence({ since: asserted, isSinceKnown: false, firstDated: dated })).toBe(
      'since an unknown date, by Dec 3, 2026 at the latest',
    );
  });
});

describe('a cell of the matrix', () => {
  it('[W643] opens the rows of its holder and lab, with the money of these copies beside that of all holders', () => {
    const flow = (holder: string | null, lab: string, worstCaseLossUsd: number): FlowRow => ({
      holder:
        holder === null
          ? null
          : { organization: { id: holder, name: `The ${holder}`, roles: [] }, hops: 1, isSuspected: false, likelihood: 1 },
      lab: { id: lab },
      exposedCount: 1,
      possibleCount: 0,
      containedCount: 0,
      worstCaseLossUsd,
      exposedWorstCaseLossUsd: 0,
    });
    const flows = [flow('a', 'x', 1e6), flow('a', 'y', 2e6), flow('b', 'x', 4e6), flow(null, 'x', 8e6)];
    const shown = (holders: string[], labs: string[], tiers: 'EXPOSED'[] = [], text = '') =>
      heldThereSentence(flows, { ...NO_FILTERS, holders, labs, tiers }, text, 16e6);
    expect(shown(['a'], ['x'])).toBe('$1.0M in the copies at The a; $16.0M at all holders');
    expect(shown(['a'], [])).toBe('$3.0M in the copies at The a; $16.0M at all holders');
    expect([shown([], ['x']), shown(['a', 'b'], []), shown(['a'], [], ['EXPOSED']), shown(['a'], [], [], 'eval')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(heldThereSentence(null, { ...NO_FILTERS, holders: ['a'] }, '', 1)).toBeNull();
  });
});
