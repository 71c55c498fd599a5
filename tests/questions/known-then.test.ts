import { Serving, smallWorld, summer2025 } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
/** Before anything, after the first write, after the second. */
let never: string;
let then: string;
beforeAll(async () => {
  await serving.start();
  never = new Date(Date.now() - 1000).toISOString();
  await serving.put(smallWorld);
  then = await nextInstant();
  await serving.put({
    transfers: [{ id: 't-5', artifact: 'eval', sender: 'lab-b', recipient: 'vendor', sentAt: '2025-02-03T00:00:00Z' }],
    organizations: [{ id: 'late', name: 'Late', roles: ['VENDOR'] }],
  });
  await nextInstant();
});
afterAll(() => serving.stopAndDelete());

/** Write times are whole milliseconds, so the test lets one pass between writes. */
async function nextInstant(): Promise<string> {
  const instant = Date.now();
  while (Date.now() <= instant + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  return new Date(instant + 1).toISOString();
}

const input = { origins: ['vendor'], core: summer2025, widest: summer2025 };

describe('[G125] every question can be asked of the past', () => {
  it('and answers with the facts known then', async () => {
    const data = await serving.get(
      `query ($then: DateTime!, $input: BlastRadiusInput!) {
        revision counts { organizations transfers }
        now: blastRadius(input: $input) { knownAt summary { exposedCount containedCount } }
        was: asKnownAt(instant: $then) {
          revision counts { organizations transfers } organization(id: "late") { name } transfer(id: "t-1") { sentAt }
          blastRadius(input: $input) { knownAt revision summary { exposedCount containedCount } simulation(runs: 5) { runs } }
          whatIf(input: $input, actions: [{ suspend: { organization: "vendor", at: $then } }]) { baseline { revision } stopped { totalCount } }
          bestCuts(input: $input) { position }
          search(text: "Late") { matched } organizations { totalCount } history { totalCount edges { node { revision } } }
          one: history(of: { transfer: "t-5" }) { totalCount }
          about { currentAt }
        }
      }`,
      { then, input },
    );
    expect(data).toMatchObject({
      revision: 2,
      counts: { organizations: 7, transfers: 5 },
      now: { knownAt: null, summary: { exposedCount: 3, containedCount: 0 } },
      was: {
        revision: 1,
        counts: { organizations: 6, transfers: 4 },
        organization: null,
        transfer: { sentAt: '2025-02-01T00:00:00Z' },
        blastRadius: { knownAt: then, revision: 1, summary: { exposedCount: 2, containedCount: 1 }, simulation: { runs: 5 } },
        whatIf: { baseline: { revision: 1 }, stopped: { totalCount: 2 } },
        search: [],
        organizations: { totalCount: 6 },
        history: { totalCount: 19 },
        one: { totalCount: 0 },
        about: { currentAt: then },
      },
    });
    expect(new Set(data.was.history.edges.map(({ node }: { node: { revision: number } }) => node.revision))).toEqual(new Set([1]));
  });

  it('the question is asked as of that instant', async () => {
    const query = `query ($input: BlastRadiusInput!, $then: DateTime!) {
      asKnownAt(instant: $then) { blastRadius(input: $input) { core { from to } } organization(id: "vendor") { custody { copyCount } } }
    }`;
    const { asKnownAt } = await serving.get(query, { input: { origins: ['vendor'] }, then });
    expect(asKnownAt).toEqual({ blastRadius: { core: { from: then, to: then } }, organization: { custody: { copyCount: 3 } } });
  });

  it('and a later knownAt inside it reveals no later facts', async () => {
    const query = `query ($input: BlastRadiusInput!, $then: DateTime!) { asKnownAt(instant: $then) { blastRadius(input: $input) { revision knownAt } } }`;
    const later = new Date().toISOString();
    const { asKnownAt } = await serving.get(query, { input: { ...input, knownAt: later }, then });
    expect(asKnownAt).toEqual({ blastRadius: { revision: 1, knownAt: later } });
  });

  it('but not before the first record, and not nested in itself', async () => {
    const past = 'query ($instant: DateTime!) { asKnownAt(instant: $instant) { revision } }';
    const { data, errors } = await serving.ask(past, { instant: never });
    expect(data).toEqual({ asKnownAt: null });
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect(errors?.[0]?.message).toMatch(/^No facts were known at .*Z\. The first record was made at .*Z; choose a later instant\.$/);
    expect(
      await serving.codeOf('query ($i: BlastRadiusInput!) { blastRadius(input: $i) { revision } }', { i: { ...input, knownAt: never } }),
    ).toBe('NOT_FOUND');
    expect(
      await serving.codeOf(`query ($then: DateTime!) { asKnownAt(instant: $then) { asKnownAt(instant: $then) { revision } } }`, { then }),
    ).toBe('BAD_USER_INPUT');
  });
});

const compare = `query ($before: BlastRadiusInput!, $after: BlastRadiusInput!, $first: Int) {
  compareRadius(before: $before, after: $after) {
    before { revision } after { revision }
    changes { totalCount edges { node { artifact { id name } kind because before { tier } after { tier } } } }
    factChanges(first: $first) { totalCount edges { node { factKind factId kind revision } } }
  }
}`;
const kinds = ({ edges }: { edges: { node: { artifact: { id: string }; kind: string } }[] }) =>
  edges.map(({ node }) => [node.artifact.id, node.kind]);

describe('[G126] two radii are compared', () => {
  it('one as known then, one as known now, with the facts that differ', async () => {
    const { compareRadius } = await serving.get(compare, { before: { ...input, knownAt: then }, after: input });
    expect(compareRadius).toMatchObject({
      before: { revision: 1 },
      after: { revision: 2 },
      factChanges: { totalCount: 1, edges: [{ node: { factKind: 'TRANSFER', factId: 't-5', kind: 'CREATED', revision: 2 } }] },
    });
    expect(kinds(compareRadius.changes)).toEqual([
      ['guide', 'STAYED'],
      ['taxonomy', 'STAYED'],
      ['eval', 'STRENGTHENED'],
    ]);
    const back = (await serving.get(compare, { before: input, after: { ...input, knownAt: then } })).compareRadius;
    expect(kinds(back.changes)[0]).toEqual(['eval', 'WEAKENED']);
    expect(back.changes.edges[0].node.because).toContain('The copy t-5 at Vendor; one is not among the facts.');
    expect(back.factChanges).toEqual(compareRadius.factChanges);
  });

  it('with different origins or windows over the same facts', async () => {
    const tool = (await serving.get(compare, { before: input, after: { ...input, origins: ['sub'] } })).compareRadius;
    expect(kinds(tool.changes)).toEqual([
      ['eval', 'LEFT'],
      ['guide', 'WEAKENED'],
      ['taxonomy', 'WEAKENED'],
    ]);
    expect(tool.factChanges).toEqual({ totalCount: 0, edges: [] });
    const early = { from: '2025-01-01T00:00:00Z', to: '2025-01-31T00:00:00Z' };
    const windows = (await serving.get(compare, { before: { ...input, core: early, widest: early }, after: input })).compareRadius;
    expect(kinds(windows.changes).slice(-2)).toEqual([
      ['eval', 'JOINED'],
      ['guide', 'JOINED'],
    ]);
  });

  it('[G260] each with actions of its own, and counted by kind', async () => {
    const scenarios = `query ($input: BlastRadiusInput!, $before: [ActionInput!], $after: [ActionInput!]!) {
      compareRadius(before: $input, after: $input, beforeActions: $before, afterActions: $after) {
        before { summary { exposedCount } } after { summary { exposedCount } }
        changeCounts { kind count } changes { edges { node { kind artifact { id } because } } } factChanges { totalCount }
      }
      whatIf(input: $input, actions: $after) { baseline { summary { exposedCount } } scenario { summary { exposedCount } } changeCounts { kind count } }
    }`;
    const recall = [{ recall: { holder: 'vendor', at: '2024-01-01T00:00:00Z' } }];
    const suspend = [{ suspend: { organization: 'vendor', at: '2024-01-01T00:00:00Z' } }];
    const { compareRadius, whatIf } = await serving.get(scenarios, { input, before: null, after: recall });
    expect(compareRadius.before).toEqual(whatIf.baseline);
    expect(compareRadius.after).toEqual(whatIf.scenario);
    expect(compareRadius.changeCounts).toEqual(whatIf.changeCounts);
    const counted = new Map<string, number>();
    for (const { node } of compareRadius.changes.edges) counted.set(node.kind, (counted.get(node.kind) ?? 0) + 1);
    expect(Object.fromEntries(compareRadius.changeCounts.map(({ kind, count }: { kind: string; count: number }) => [kind, count]))).toEqual(
      Object.fromEntries(counted),
    );
    expect(compareRadius.factChanges.totalCount).toBe(0);

    const two = (await serving.get(scenarios, { input, before: recall, after: suspend })).compareRadius;
    expect(two.before).toEqual(whatIf.scenario);
    const same = (await serving.get(scenarios, { input, before: suspend, after: suspend })).compareRadius;
    expect(same.changeCounts.map(({ kind }: { kind: string }) => kind)).toEqual(same.changeCounts.length === 0 ? [] : ['STAYED']);
    const nobody = [{ recall: { holder: 'nobody', at: '2024-01-01T00:00:00Z' } }];
    expect(await serving.codeOf(scenarios, { input, before: nobody, after: recall })).toBe('NOT_FOUND');
  });

  it('and an error on either side is reported', async () => {
    expect(await serving.codeOf(compare, { before: input, after: { ...input, origins: ['nobody'] } })).toBe('NOT_FOUND');
  });
});
