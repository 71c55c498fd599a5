import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const input = { origins: ['vendor'], core: summer2025, widest: summer2025 };
const may = '2025-05-01T00:00:00Z';
const june = '2025-06-10T00:00:00Z';
const whatIf = `query ($input: BlastRadiusInput!, $actions: [ActionInput!]!, $first: Int, $after: String) {
  whatIf(input: $input, actions: $actions) {
    baseline { summary { exposedCount worstCaseLossUsd } }
    scenario {
      summary { exposedCount containedCount worstCaseLossUsd }
      artifacts { edges { node { artifact { id } tier ways { because copy { id form deletionState definite { from until } possible { until } rank chain { id } } } } } }
      otherCopies { edges { node { id rank possible { until } } } }
      simulation(runs: 10) { meanUsd }
    }
    changes(first: $first, after: $after) {
      totalCount pageInfo { endCursor hasNextPage }
      edges { node { artifact { id } kind because before { tier } after { tier portion { high } } } }
    }
    changeCounts { kind count }
    stopped { edges { node { id } } }
    limits
  }
}`;
const ask = async (...actions: object[]) => (await serving.get(whatIf, { input, actions })).whatIf;
const nodes = ({ edges }: { edges: { node: unknown }[] }) => edges.map(({ node }) => node);

describe('changes by kind', () => {
  it('[W265] each kind has its own pages, all kinds together are the whole list, and no kind is an empty list', async () => {
    const query = `query ($input: BlastRadiusInput!, $actions: [ActionInput!]!, $kinds: [ChangeKind!], $first: Int, $after: String) {
      whatIf(input: $input, actions: $actions) {
        changeCounts { kind count }
        changes(kinds: $kinds, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { artifact { id } kind } } }
      }
    }`;
    const variables = { input, actions: [{ recall: { holder: 'vendor', owner: 'lab-a', at: may } }] };
    const list = async (more: object) => (await serving.get(query, { ...variables, ...more })).whatIf.changes;
    const whole = await list({});
    const byKind = await Promise.all(['LEFT', 'WEAKENED', 'STAYED', 'STRENGTHENED', 'JOINED'].map((kind) => list({ kinds: [kind] })));
    expect(byKind.flatMap(nodes)).toEqual(nodes(whole));
    expect(byKind.map(({ totalCount }) => totalCount).filter((count) => count > 0).length).toBeGreaterThan(1);
    expect((await list({ kinds: [] })).totalCount).toBe(0);
    expect(nodes(await list({ kinds: ['STAYED', 'LEFT'] }))).toEqual(nodes(whole));
    const first = await list({ kinds: ['LEFT'], first: 1 });
    expect(nodes(await list({ kinds: ['LEFT'], first: 1, after: first.pageInfo.endCursor }))).toEqual(nodes(whole).slice(1, 2));
    const { errors } = await serving.ask(query, { ...variables, kinds: ['STAYED'], after: first.pageInfo.endCursor });
    expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT' });
  });
});

describe('[G122] a what-if applies actions to the facts', () => {
  it('a timely recall empties the radius, next to the baseline', async () => {
    const revision = (await serving.get('{ revision }')).revision;
    const { baseline, scenario, changes, changeCounts, limits } = await ask(
      { recall: { holder: 'vendor', at: '2025-01-15T00:00:00Z' } },
      { recall: { holder: 'vendor', at: may } },
    );
    expect(baseline.summary.exposedCount).toBe(2);
    expect(scenario.summary).toEqual({ exposedCount: 0, containedCount: 0, worstCaseLossUsd: 0 });
    expect(scenario.simulation).toEqual({ meanUsd: 0 });
    expect(nodes(changes)).toMatchObject([
      { artifact: { id: 'eval' }, kind: 'LEFT', before: { tier: 'CONTAINED' }, after: null },
      { artifact: { id: 'guide' }, kind: 'LEFT', before: { tier: 'EXPOSED' } },
      { artifact: { id: 'taxonomy' }, kind: 'LEFT' },
    ]);
    expect(changeCounts).toEqual([{ kind: 'LEFT', count: 3 }]);
    expect(changes.edges[1].node.because).toContain('is recalled and deleted on May 1, 2025');
    expect(limits).toEqual(['Vendor; one sent 1 copy on to others: recalling from Vendor; one does not reach it.']);
    expect((await serving.get('{ revision }')).revision).toBe(revision);
  });

  it('an encrypted copy appears as two copies, before and after its encryption', async () => {
    const { scenario } = await ask({ encrypt: { holder: 'vendor', owner: 'lab-a', at: june } });
    const guide = scenario.artifacts.edges.find(({ node }: { node: { artifact: { id: string } } }) => node.artifact.id === 'guide').node;
    expect(guide.ways).toMatchObject([
      { copy: { id: 't-1', form: 'PLAINTEXT', definite: { from: '2025-02-01T00:00:00Z', until: june }, rank: 1, chain: [{ id: 't-1' }] } },
      {
        because: expect.stringContaining('From Jun 10, 2025 on, only its owner holds the key'),
        copy: { id: 't-1:encrypted', form: 'ENCRYPTED_KEY_AT_OWNER', definite: { from: june, until: null } },
      },
    ]);
  });

  it('a recalled copy counts as deleted with evidence, and chains through it end', async () => {
    const { scenario } = await ask(
      { recall: { holder: 'vendor', at: june } },
      { recall: { holder: 'vendor', at: '2025-02-15T00:00:00Z' } },
    );
    expect(nodes(scenario.otherCopies)).toEqual([]);
    const later = await ask({ recall: { holder: 'vendor', at: june } });
    const copies = later.scenario.artifacts.edges.flatMap(({ node }: { node: { ways: { copy: object }[] } }) =>
      node.ways.map(({ copy }) => copy),
    );
    expect(copies).toContainEqual(expect.objectContaining({ id: 't-1', deletionState: 'VERIFIED', possible: { until: june } }));
    expect(nodes(later.scenario.otherCopies)).toEqual([{ id: 't-2', rank: 2, possible: { until: null } }]);
  });

  it('a suspension lists what stops', async () => {
    const { stopped, limits } = await ask({ suspend: { organization: 'vendor', at: may } });
    expect(nodes(stopped)).toEqual([{ id: 'e-1' }, { id: 'e-2' }]);
    expect(limits).toHaveLength(2);
  });

  it('changes are paged within one question', async () => {
    const variables = { input, actions: [{ recall: { holder: 'vendor', at: may } }], first: 2 };
    const first = (await serving.get(whatIf, variables)).whatIf.changes;
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const { endCursor: after } = first.pageInfo;
    const second = (await serving.get(whatIf, { ...variables, after })).whatIf.changes;
    expect([...nodes(first), ...nodes(second)].map((node) => (node as { artifact: { id: string } }).artifact.id)).toEqual([
      'eval',
      'guide',
      'taxonomy',
    ]);
    const other = { ...variables, actions: [{ recall: { holder: 'vendor', at: june } }], after };
    expect(await serving.codeOf(whatIf, other)).toBe('CONFLICT');
  });
});

describe('[G123] impossible actions are refused', () => {
  it.each([
    ['none', [], 'BAD_USER_INPUT', '0 actions are named; expected 1 to 100.'],
    [
      'too many',
      Array.from({ length: 101 }, () => ({ suspend: { organization: 'vendor', at: may } })),
      'BAD_USER_INPUT',
      '101 actions are named',
    ],
    ['of nobody', [{ suspend: { organization: 'nobody', at: may } }], 'NOT_FOUND', 'There is no organization "nobody"'],
    ['of no access', [{ revokeAccess: { access: 'a-9', at: may } }], 'NOT_FOUND', 'There is no access "a-9"'],
    [
      'two in one',
      [{ suspend: { organization: 'vendor', at: may }, recall: { holder: 'vendor', at: may } }],
      'BAD_USER_INPUT',
      'ActionInput',
    ],
    ['without an instant', [{ suspend: { organization: 'vendor', at: 'soon' } }], 'BAD_USER_INPUT', 'soon'],
  ])('%s', async (_, actions, code, message) => {
    const { errors } = await serving.ask(whatIf, { input, actions });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(errors?.[0]?.message).toContain(message);
  });
});

describe('[G122] the findings of a what-if', () => {
  it('are those of its scenario, whatever was asked before', async () => {
    const demo = await new Serving().start({ demo: true });
    try {
      const day = (text: string) => `${text}T00:00:00Z`;
      const question = {
        input: {
          origins: ['quillmark'],
          core: { from: day('2026-09-19'), to: day('2026-10-01') },
          widest: { from: day('2026-08-01'), to: day('2026-10-01') },
          options: { transferLikelihood: 0.3 },
        },
        actions: [{ recall: { holder: 'quillmark', at: day('2026-08-01') } }],
      };
      const findings = '{ findings(first: 100) { edges { node { id } } } }';
      const head = 'query ($input: BlastRadiusInput!, $actions: [ActionInput!]!) { whatIf(input: $input, actions: $actions)';
      const alone = (await demo.get(`${head} { scenario ${findings} } }`, question)).whatIf;
      const both = (await demo.get(`${head} { baseline ${findings} scenario ${findings} } }`, question)).whatIf;
      expect(both.scenario).toEqual(alone.scenario);
      expect(both.baseline).not.toEqual(both.scenario);
    } finally {
      await demo.stopAndDelete();
    }
  });
});
