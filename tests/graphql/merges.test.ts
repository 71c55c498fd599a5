import { runExposure } from '../cli/run-exposure.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();
const names = ['AWS', 'Amazon Web Services', 'aws inc'];

beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: [
      ...names.map((name) => ({ id: name, name, roles: ['VENDOR'] })),
      ...['a', 'b', 'c', 'd'].map((id) => ({ id, name: `Client ${id}`, roles: ['LAB'] })),
    ],
    engagements: [
      ['a', 'AWS'],
      ['b', 'AWS'],
      ['b', 'Amazon Web Services'],
      ['c', 'aws inc'],
      ['d', 'Amazon Web Services'],
      ['aws inc', 'AWS'],
    ].map(([client, provider]) => ({ id: `${client} ${provider}`, client, provider })),
  });
});
afterAll(() => serving.stopAndDelete());

const merge =
  'mutation($organization: ID!, $into: ID!) { mergeOrganizations(input: { organization: $organization, into: $into }) { revision organization { id aliases clients { totalCount } } userErrors { code path } } }';
const unmerge =
  'mutation($organization: ID!) { unmergeOrganizations(input: { organization: $organization }) { organization { id clients { totalCount } } userErrors { code path message } } }';
const dependents = async (origin: string) =>
  (
    await serving.get(
      'query($origin: ID!) { blastRadius(input: { origins: [$origin] }) { dependents { edges { node { organization { id } rank } } } } }',
      { origin },
    )
  ).blastRadius.dependents.edges.map(
    ({ node }: { node: { organization: { id: string }; rank: number } }) => `${node.organization.id} ${node.rank}`,
  );

describe('merging organizations', () => {
  it('[F89] finds all spellings by one of them, initials included', async () => {
    const query = 'query($text: String!) { search(text: $text) { found { ... on Organization { id } } } }';
    for (const text of ['AWS', 'aws inc']) {
      const { search } = await serving.get(query, { text });
      expect(search.map(({ found }: { found: { id: string } }) => found.id).sort()).toEqual([...names].sort());
    }
  });

  it('[S90] gives one organization with the dependents of all merged ones, found by each of its names', async () => {
    expect(await dependents('Amazon Web Services')).toEqual(['b 1', 'd 1']);
    const first = await serving.get(merge, { organization: 'AWS', into: 'Amazon Web Services' });
    expect(first.mergeOrganizations).toMatchObject({ userErrors: [], organization: { id: 'Amazon Web Services', aliases: ['AWS'] } });
    await serving.get(merge, { organization: 'aws inc', into: 'AWS' });
    expect(await dependents('Amazon Web Services')).toEqual(['a 1', 'b 1', 'c 1', 'd 1']);
    const { organization } = await serving.get('{ organization(id: "aws inc") { id } }');
    expect(organization).toEqual({ id: 'Amazon Web Services' });
    for (const text of names) {
      const { search } = await serving.get(
        'query($text: String!) { search(text: $text) { found { ... on Organization { id aliases } } } }',
        { text },
      );
      expect(search[0].found).toEqual({ id: 'Amazon Web Services', aliases: ['AWS', 'aws inc'] });
    }
    const { ranking } = await serving.get(
      '{ ranking(orderBy: DEPENDENTS, first: 1) { edges { node { organization { id } dependentCount } } } }',
    );
    expect(ranking.edges[0].node).toEqual({ organization: { id: 'Amazon Web Services' }, dependentCount: 4 });
  });

  it('[S91] shows merge and unmerge in the history, and restores the former state', async () => {
    const { unmergeOrganizations } = await serving.get(unmerge, { organization: 'AWS' });
    expect(unmergeOrganizations).toMatchObject({ userErrors: [], organization: { id: 'AWS', clients: { totalCount: 3 } } });
    const { history } = await serving.get(
      '{ history(of: { organization: "AWS" }) { edges { node { kind fields { field before after } } } } }',
    );
    expect(history.edges.slice(0, 2).map(({ node }: { node: unknown }) => node)).toEqual([
      { kind: 'UNMERGED', fields: [{ field: 'mergedInto', before: 'Amazon Web Services', after: null }] },
      { kind: 'MERGED', fields: [{ field: 'mergedInto', before: null, after: 'Amazon Web Services' }] },
    ]);
    const again = await serving.get(unmerge, { organization: 'AWS' });
    expect(again.unmergeOrganizations).toMatchObject({
      organization: null,
      userErrors: [{ code: 'NOT_MERGED', path: ['input', 'organization'] }],
    });
  });

  it('[S90] lists through the API what a merge would hide', async () => {
    await serving.get(unmerge, { organization: 'aws inc' });
    const query =
      'query($organization: ID!, $into: ID!) { hiddenByMerge(organization: $organization, into: $into) { totalCount edges { node { ... on Engagement { id } } } } }';
    const hidden = async (organization: string, into: string) => (await serving.get(query, { organization, into })).hiddenByMerge;
    expect(await hidden('aws inc', 'AWS')).toEqual({ totalCount: 1, edges: [{ node: { id: 'aws inc AWS' } }] });
    expect(await hidden('AWS', 'nobody')).toEqual({ totalCount: 0, edges: [] });
    await serving.get(merge, { organization: 'aws inc', into: 'AWS' });
  });

  it('[S110] lists the merges in force by what they mean, with their authors, and not those that ended', async () => {
    const query = 'query($into: ID) { merges(into: $into) { totalCount edges { node { id name into { id } by at } } } }';
    const then = 'query($instant: DateTime!) { asKnownAt(instant: $instant) { merges { totalCount } } }';
    const before = Date.now() - 60_000;
    const { merges } = await serving.get(query, { into: 'AWS' });
    expect(merges).toMatchObject({
      totalCount: 1,
      edges: [{ node: { id: 'aws inc', name: 'aws inc', into: { id: 'AWS' }, by: 'local' } }],
    });
    const mergedAt = Date.parse(merges.edges[0].node.at);
    expect(mergedAt).toBeGreaterThan(before);
    const countAt = async (at: number) => (await serving.get(then, { instant: new Date(at).toISOString() })).asKnownAt.merges.totalCount;
    expect([await countAt(mergedAt - 1), await countAt(mergedAt)]).toEqual([0, 1]);
    await serving.get(unmerge, { organization: 'aws inc' });
    expect((await serving.get(query, {})).merges).toEqual({ totalCount: 0, edges: [] });
    await serving.get(merge, { organization: 'aws inc', into: 'AWS' });
  });

  it('[S281] lists that are asked for the merged id are those of the organization that it means', async () => {
    await serving.put({
      organizations: [
        { id: 'twin', name: 'Twin', roles: ['VENDOR', 'LAB'] },
        { id: 'kin', name: 'Kin', roles: ['VENDOR'] },
      ],
      artifacts: ['of a', 'of twin'].map((id) => ({ id, name: id, type: 'OTHER', owner: id.slice(3), sensitivity: 2 })),
      transfers: [
        { id: 'in', artifact: 'of a', sender: 'a', recipient: 'twin' },
        { id: 'out', artifact: 'of a', sender: 'twin', recipient: 'b' },
      ],
      access: [
        { id: 'to', grantee: 'twin', grantor: 'a' },
        { id: 'from', grantee: 'a', grantor: 'twin' },
      ],
      engagements: [
        { id: 'for a', client: 'a', provider: 'twin' },
        { id: 'for twin', client: 'twin', provider: 'b' },
      ],
      controls: [
        { organization: 'twin', control: 'MFA', evidenceType: 'TESTED' },
        { organization: 'a', control: 'MFA', evidenceType: 'TESTED', issuer: 'twin' },
      ],
    });
    const counts = async (id: string) =>
      serving.get(
        `query($id: ID!) {
          recipient: transfers(recipient: $id) { totalCount } sender: transfers(sender: $id) { totalCount }
          holder: copies(holder: $id) { totalCount } owner: copies(owner: $id) { totalCount } artifacts(owner: $id) { totalCount }
          grantee: accessFacts(grantee: $id) { totalCount } grantor: accessFacts(grantor: $id) { totalCount }
          client: engagements(client: $id) { totalCount } provider: engagements(provider: $id) { totalCount }
          controls(organization: $id) { totalCount } issuer: controls(issuer: $id) { totalCount }
        }`,
        { id },
      );
    const before = await counts('twin');
    for (const { totalCount } of Object.values(before) as { totalCount: number }[]) expect(totalCount).toBeGreaterThan(0);
    await serving.get(merge, { organization: 'twin', into: 'kin' });
    expect(await counts('twin')).toEqual(await counts('kin'));
    expect(await counts('twin')).toEqual(before);
    await serving.get(unmerge, { organization: 'twin' });
  });

  it('[S90] on the command line, lists the facts that a merge hides before it merges', async () => {
    await serving.get(unmerge, { organization: 'aws inc' });
    const merged = await runExposure(serving.folder, ['merge', 'aws inc', '--into', 'AWS'], serving.environment());
    expect(merged).toMatchObject({
      code: 0,
      err: expect.stringMatching(/hides 1 fact [\s\S]*aws inc AWS/),
      out: expect.stringMatching(/aws inc means AWS from now on/),
    });
    const circle = await runExposure(serving.folder, ['merge', 'AWS', '--into', 'aws inc', '--json'], serving.environment());
    expect([circle.code, JSON.parse(circle.out).refusal.code]).toEqual([1, 'CIRCULAR_MERGE']);
    const ended = await runExposure(serving.folder, ['unmerge', 'aws inc'], serving.environment());
    expect(ended).toMatchObject({ code: 0, out: expect.stringMatching(/means itself again/) });
  });

  it('[C562] on the command line, says what a merge of two labs shows to whom', async () => {
    await serving.put({ organizations: ['lab one', 'lab two'].map((id) => ({ id, name: id, roles: ['LAB'] })) });
    const merged = await runExposure(serving.folder, ['merge', 'lab one', '--into', 'lab two'], serving.environment());
    expect(merged).toMatchObject({
      code: 0,
      err: expect.stringContaining('Both are labs: while the merge stands, a person bound to one'),
    });
    await serving.get(unmerge, { organization: 'lab one' });
  });

  it('[F103] a request of many merges stops between two when its client leaves', async () => {
    const spellings = Array.from({ length: 100 }, (_, i) => `spelling ${i}`);
    await serving.put({ organizations: ['kept', ...spellings].map((id) => ({ id, name: id, roles: ['VENDOR'] })) });
    const { revision: before } = await serving.get('{ revision }');
    const query = `mutation { ${spellings.map((id, i) => `m${i}: mergeOrganizations(input: { organization: "${id}", into: "kept" }) { revision }`).join(' ')} }`;
    const client = new AbortController();
    const left = fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: client.signal,
    }).catch((error: Error) => error.name);
    const countMerges = async () => (await serving.get('{ merges(into: "kept") { totalCount } }')).merges.totalCount;
    while ((await countMerges()) === 0);
    client.abort();
    expect(await left).toBe('AbortError');
    let made = await countMerges();
    for (let earlier = -1; made !== earlier; ) {
      earlier = made;
      await new Promise((resolve) => setTimeout(resolve, 500));
      made = await countMerges();
    }
    expect(made).toBeLessThan(spellings.length);
    const { revision, merges } = await serving.get('{ revision merges(into: "kept", first: 200) { edges { node { id } } } }');
    expect(revision).toBe(before + made);
    expect(merges.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual(spellings.slice(0, made).sort());
  });
});
