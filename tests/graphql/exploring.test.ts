import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.get('mutation { saveIncident(input: { name: "Nordic breach", origins: ["vendor"] }) { incident { id } } }');
});
afterAll(() => serving.stopAndDelete());

async function search(text: string, kinds?: string[]): Promise<[string, string][]> {
  const query =
    'query($text: String!, $kinds: [FoundKind!]) { search(text: $text, kinds: $kinds) { matched found { __typename ... on Organization { id } ... on Artifact { id } ... on Incident { name } } } }';
  const data = await serving.get(query, { text, kinds });
  return data.search.map(({ found, matched }: { found: { id?: string; name?: string }; matched: string }) => [
    found.id ?? found.name,
    matched,
  ]);
}

describe('search', () => {
  it('[G32] finds names, ids, aliases and attributes by whole words, beginnings and parts, in any accents, case and order', async () => {
    expect(await search('alpha')).toEqual([['lab-a', 'name']]);
    expect(await search('lab ALPHA')).toEqual([['lab-a', 'name']]);
    expect(await search('evaluation')).toEqual([['eval', 'name']]);
    expect(await search('first')).toEqual([['lab-a', 'alias']]);
    expect(await search('nordland')).toEqual([['lab-a', 'attribute']]);
    expect((await search('lab-b'))[0]).toEqual(['lab-b', 'id']);
    expect((await search('guid'))[0]).toEqual(['guide', 'id']);
    expect(await search('nordic')).toEqual([['Nordic breach', 'name']]);
  });

  it('[G33] tolerates a typo if nothing matches exactly, and finds nothing if nothing is close', async () => {
    expect(await search('evalutaion')).toEqual([['eval', 'name']]);
    expect(await search('gamna')).toEqual([['lab-c', 'name']]);
    expect(await search('zzzz')).toEqual([]);
    expect(await search('!?')).toEqual([]);
  });

  it('[G829] finds transfers, engagements, saved views by their note, contacts, channels and countries, and says of what kind each is', async () => {
    await serving.put({
      organizations: [
        { id: 'far', name: 'Far', roles: ['VENDOR'], country: 'NO', contactEmail: 'breach@fjord.example' },
        { id: 'away', name: 'Away', roles: ['VENDOR'], country: 'NO' },
      ],
      engagements: [
        { id: 'e-9', client: 'lab-b', provider: 'far', service: 'Rubric review', attributes: [{ name: 'contract', value: 'Glacierdeal' }] },
      ],
    });
    await serving.get(
      'mutation { saveView(input: { name: "Monday", url: "/blast?o=vendor", note: "Shown to the regulator" }) { userErrors { message } } }',
    );
    const query = `query($text: String!, $kinds: [FoundKind!]) { search(text: $text, kinds: $kinds) { matched found { __typename
      ... on Organization { id } ... on Transfer { id } ... on Engagement { id service } ... on View { name note url }
      ... on FoundValue { kind value count } } } }`;
    const find = async (text: string, kinds?: string[]) => (await serving.get(query, { text, kinds })).search;
    expect((await find('T-3', ['TRANSFER']))[0]).toEqual({ matched: 'id', found: { __typename: 'Transfer', id: 't-3' } });
    expect((await find('t-', ['TRANSFER'])).map(({ found }: { found: { id: string } }) => found.id)).toEqual(['t-1', 't-2', 't-3', 't-4']);
    // An attribute that a list gives an engagement is found at its provider.
    const ofTheProvider = [{ matched: 'attribute', found: { __typename: 'Organization', id: 'far' } }];
    expect(await find('glacierdeal')).toEqual(ofTheProvider);
    await serving.put({
      engagements: [
        { id: 'e-9', client: 'lab-b', provider: 'far', service: 'Rubric review', attributes: [{ name: 'contract', value: 'Moraine' }] },
      ],
    });
    expect(await find('moraine')).toEqual(ofTheProvider);
    expect(await find('glacierdeal')).toEqual([]);
    expect((await find('rubric'))[0]).toEqual({
      matched: 'name',
      found: { __typename: 'Engagement', id: 'e-9', service: 'Rubric review' },
    });
    expect(await find('e-9', ['ENGAGEMENT'])).toHaveLength(1);
    expect(await find('regulator')).toEqual([
      { matched: 'note', found: { __typename: 'View', name: 'Monday', note: 'Shown to the regulator', url: '/blast?o=vendor' } },
    ]);
    expect(await find('fjord')).toEqual([{ matched: 'contactEmail', found: { __typename: 'Organization', id: 'far' } }]);
    expect(await find('sftp')).toEqual([
      { matched: 'name', found: { __typename: 'FoundValue', kind: 'CHANNEL', value: 'sftp', count: 1 } },
    ]);
    expect((await find('norway', ['COUNTRY']))[0].found).toEqual({ __typename: 'FoundValue', kind: 'COUNTRY', value: 'NO', count: 2 });
    expect(await find('norway', ['CHANNEL'])).toEqual([]);
  });

  it('[G34] searches only the requested kinds, in one order', async () => {
    expect((await search('lab', ['LAB'])).map(([id]) => id)).toEqual(['lab-b', 'lab-c', 'lab-a']);
    expect(await search('vendor', ['ARTIFACT'])).toEqual([]);
    expect(await search('breach', ['INCIDENT'])).toHaveLength(1);
  });
});

describe('neighborhood', () => {
  const neighborhood =
    'query($of: [NodeRef!]!, $kinds: [LinkKind!], $maxNodes: Int) { neighborhood(of: $of, kinds: $kinds, maxNodes: $maxNodes) { omittedCount nodes { key organization { id } artifact { id } linkCounts { kind incoming outgoing } } links { key kind source target count readableCount facts { totalCount edges { node { __typename ... on Transfer { id } ... on Access { id } } } } } } }';

  it('[G35] has the requested nodes, their neighbors, and the links among all of these', async () => {
    const data = await serving.get(neighborhood, { of: [{ organization: 'vendor' }] });
    const { nodes, links, omittedCount } = data.neighborhood;
    expect(omittedCount).toBe(0);
    expect(nodes.map(({ key }: { key: string }) => key)).toEqual([
      'organization:vendor',
      'artifact:eval',
      'artifact:guide',
      'artifact:taxonomy',
      'organization:lab-a',
      'organization:lab-b',
      'organization:sub',
      'organization:tool',
    ]);
    const shown = links.map(({ kind, source, target, count, readableCount }: Record<string, unknown>) =>
      [kind, source, target, count, readableCount].join(' '),
    );
    expect(shown).toEqual([
      'OWNS organization:lab-a artifact:guide 1 ',
      'OWNS organization:lab-a artifact:taxonomy 1 ',
      'OWNS organization:lab-b artifact:eval 1 ',
      'HOLDS artifact:eval organization:vendor 1 0',
      'HOLDS artifact:guide organization:sub 1 1',
      'HOLDS artifact:guide organization:vendor 1 1',
      'HOLDS artifact:taxonomy organization:vendor 1 1',
      'TRANSFER organization:lab-a organization:vendor 2 2',
      'TRANSFER organization:lab-b organization:vendor 1 0',
      'TRANSFER organization:vendor organization:sub 1 1',
      'ACCESS organization:tool organization:vendor 1 ',
      'ENGAGEMENT organization:lab-a organization:vendor 1 ',
      'ENGAGEMENT organization:vendor organization:sub 1 ',
      'REVEALS artifact:guide artifact:taxonomy 1 ',
    ]);
    expect(nodes[0].linkCounts).toEqual([
      { kind: 'HOLDS', incoming: 3, outgoing: 0 },
      { kind: 'TRANSFER', incoming: 2, outgoing: 1 },
      { kind: 'ACCESS', incoming: 1, outgoing: 0 },
      { kind: 'ENGAGEMENT', incoming: 1, outgoing: 1 },
    ]);
    const fromLab = links.find(({ key }: { key: string }) => key.includes('TRANSFER') && key.includes('lab-a'));
    expect(fromLab.facts).toEqual({
      totalCount: 2,
      edges: [{ node: { __typename: 'Transfer', id: 't-1' } }, { node: { __typename: 'Transfer', id: 't-4' } }],
    });
  });

  it('[G36] keeps the requested nodes, then neighbors by kind of link, count and key, and counts the omitted nodes', async () => {
    const keys = async (variables: object) => {
      const { neighborhood: found } = await serving.get(neighborhood, { of: [{ organization: 'vendor' }], ...variables });
      return [found.nodes.map(({ key }: { key: string }) => key), found.omittedCount];
    };
    expect(await keys({ maxNodes: 2 })).toEqual([['organization:vendor', 'artifact:eval'], 6]);
    expect(await keys({ kinds: ['TRANSFER'], maxNodes: 3 })).toEqual([
      ['organization:vendor', 'organization:lab-a', 'organization:lab-b'],
      1,
    ]);
    expect(await keys({ kinds: ['ACCESS'] })).toEqual([['organization:vendor', 'organization:tool'], 0]);
  });
});

describe('links in a window', () => {
  const links =
    'query($validIn: WindowInput) { neighborhood(of: [{ organization: "vendor" }], validIn: $validIn) { nodes { key linkCounts { kind incoming outgoing } } links { kind source target count } } }';
  const year = (of: number) => ({ from: `${of}-01-01T00:00:00Z`, to: `${of}-12-31T23:59:59.999Z` });

  it('[G250] leaves out what is not valid in the window; the counts of a node stay those of the whole graph', async () => {
    const keysIn = async (validIn: object | null) => {
      const { neighborhood } = await serving.get(links, { validIn });
      expect(neighborhood.nodes[0].linkCounts).toContainEqual({ kind: 'TRANSFER', incoming: 2, outgoing: 1 });
      return neighborhood.links.map(({ kind, source, target, count }: Record<string, unknown>) => [kind, source, target, count].join(' '));
    };
    const always = await keysIn(null);
    const before = await keysIn(year(1999));
    expect(always).toContain('TRANSFER organization:lab-a organization:vendor 2');
    // The copy of an unknown date may have been there; the other was sent in 2025.
    expect(before).toContain('TRANSFER organization:lab-a organization:vendor 1');
    expect(before.length).toBeLessThan(always.length);
    expect(await serving.codeOf(links, { validIn: { from: year(2025).to, to: year(2025).from } })).toBe('BAD_USER_INPUT');
  });
});

describe('neighbors', () => {
  const neighbors =
    'query($kind: LinkKind!, $text: String, $first: Int, $after: String, $of: NodeRef!) { neighbors(of: $of, kind: $kind, text: $text, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { key } } } }';
  const of = { organization: 'vendor' };

  it('[G251] come in pages, by name, filtered by a part of the name in any case and accents', async () => {
    const page = async (more: object) => {
      const { neighbors: found } = await serving.get(neighbors, { of, kind: 'HOLDS', ...more });
      return { keys: found.edges.map(({ node }: { node: { key: string } }) => node.key), ...found };
    };
    const all = await page({});
    expect(all).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false } });
    const first = await page({ first: 2 });
    const rest = await page({ first: 2, after: first.pageInfo.endCursor });
    expect([...first.keys, ...rest.keys]).toEqual(all.keys);
    expect((await page({ text: 'EVALUÁTION' })).keys).toEqual(['artifact:eval']);
    expect(await serving.codeOf(neighbors, { of, kind: 'HOLDS', text: 'x'.repeat(201) })).toBe('BAD_USER_INPUT');
    expect(await serving.codeOf(neighbors, { of: { organization: 'nobody' }, kind: 'HOLDS' })).toBe('NOT_FOUND');
  });
});

describe('what an organization owns and holds', () => {
  it('[W266] comes by id or by value, the unknown last, and a cursor of one order is refused in the other', async () => {
    await serving.put({
      artifacts: [{ id: 'aaa', name: 'No value', type: 'OTHER', owner: 'lab-a', sensitivity: 1 }],
      transfers: [{ id: 't-0', artifact: 'aaa', sender: 'lab-a', recipient: 'vendor' }],
    });
    const query = `query($order: HeldOrder, $first: Int, $after: String) {
      lab: organization(id: "lab-a") { artifacts(orderBy: $order) { edges { node { id } } } }
      vendor: organization(id: "vendor") {
        copies(orderBy: $order, first: $first, after: $after) { totalCount pageInfo { endCursor } edges { node { artifact { id } } } }
      }
    }`;
    const ids = async (order: string | null) => {
      const { lab, vendor } = await serving.get(query, { order });
      return {
        owned: lab.artifacts.edges.map(({ node }: { node: { id: string } }) => node.id),
        held: vendor.copies.edges.map(({ node }: { node: { artifact: { id: string } } }) => node.artifact.id),
      };
    };
    expect(await ids('VALUE')).toEqual({ owned: ['guide', 'taxonomy', 'aaa'], held: ['guide', 'taxonomy', 'eval', 'aaa'] });
    expect(await ids('ID')).toEqual({ owned: ['aaa', 'guide', 'taxonomy'], held: ['aaa', 'eval', 'guide', 'taxonomy'] });
    const { endCursor } = (await serving.get(query, { order: 'VALUE', first: 2 })).vendor.copies.pageInfo;
    const next = (await serving.get(query, { order: 'VALUE', first: 2, after: endCursor })).vendor.copies;
    expect(next.edges.map(({ node }: { node: { artifact: { id: string } } }) => node.artifact.id)).toEqual(['eval', 'aaa']);
    expect((await serving.ask(query, { order: 'ID', first: 2, after: endCursor })).errors?.[0]?.extensions?.code).toBe('CONFLICT');
    await serving.get('mutation { retractFacts(input: { transfers: ["t-0"], artifacts: ["aaa"] }) { revision } }');
  });
});

describe('the data that draws a radius', () => {
  const input = { origins: ['tool'], core: summer2025, widest: { from: '2025-01-01T00:00:00Z', to: '2025-12-31T00:00:00Z' } };

  it('[G37] its subgraph has the reached organizations, the artifacts and their owners, with tiers, losses and spread steps', async () => {
    const { blastRadius } = await serving.get(
      'query($input: BlastRadiusInput!, $maxNodes: Int) { blastRadius(input: $input) { summary { worstCaseLossUsd } subgraph(maxNodes: $maxNodes) { omittedCount nodes { node { key } hops likelihood tier basis worstCaseLossUsd } links { tier isSpread link { kind source target count } } } } }',
      { input },
    );
    const { nodes, links, omittedCount } = blastRadius.subgraph;
    expect(omittedCount).toBe(0);
    expect(nodes[0]).toEqual({
      node: { key: 'organization:tool' },
      hops: 0,
      likelihood: 1,
      tier: null,
      basis: null,
      worstCaseLossUsd: null,
    });
    const vendor = nodes.find(({ node }: { node: { key: string } }) => node.key === 'organization:vendor');
    expect(vendor).toMatchObject({ hops: 1, likelihood: 0.3, worstCaseLossUsd: blastRadius.summary.worstCaseLossUsd });
    expect(nodes.map(({ node, tier }: { node: { key: string }; tier: string }) => `${node.key} ${tier}`)).toEqual(
      expect.arrayContaining(['artifact:guide POSSIBLE', 'artifact:eval CONTAINED', 'organization:lab-a null', 'organization:lab-b null']),
    );
    expect(links).toEqual(
      expect.arrayContaining([
        { tier: null, isSpread: true, link: { kind: 'ACCESS', source: 'organization:tool', target: 'organization:vendor', count: 1 } },
        { tier: 'POSSIBLE', isSpread: false, link: { kind: 'HOLDS', source: 'artifact:guide', target: 'organization:vendor', count: 1 } },
        { tier: 'CONTAINED', isSpread: false, link: { kind: 'HOLDS', source: 'artifact:eval', target: 'organization:vendor', count: 1 } },
      ]),
    );
    const { blastRadius: small } = await serving.get(
      'query($input: BlastRadiusInput!) { blastRadius(input: $input) { subgraph(maxNodes: 2) { omittedCount nodes { node { key } } } } }',
      { input },
    );
    expect(small.subgraph).toEqual({
      omittedCount: nodes.length - 2,
      nodes: [{ node: { key: 'organization:tool' } }, { node: { key: 'artifact:guide' } }],
    });
  });

  it('[S435] its subgraph answers the kinds of links that are asked for', async () => {
    const ask = async (kinds: readonly string[] | null) => {
      const { blastRadius } = await serving.get(
        'query($input: BlastRadiusInput!, $kinds: [LinkKind!]) { blastRadius(input: $input) { subgraph(kinds: $kinds) { omittedCount nodes { node { key } } links { tier isSpread link { key kind count facts { totalCount } } } } } }',
        { input, kinds },
      );
      return blastRadius.subgraph;
    };
    const all = await ask(null);
    const kindsOf = (links: readonly { readonly link: { readonly kind: string } }[]) => [...new Set(links.map(({ link }) => link.kind))];
    const every = kindsOf(all.links);
    expect(every).toEqual(expect.arrayContaining(['OWNS', 'HOLDS', 'ACCESS']));
    for (const kinds of [[], ['REVEALS', 'HOLDS'], ...every.map((kind) => [kind])]) {
      const links = all.links.filter(({ link }: { link: { kind: string } }) => kinds.includes(link.kind));
      expect(await ask(kinds)).toEqual({ ...all, links });
    }
  });

  it('[G150] its flows and totals add up to its rows, and a holder filters rows, totals and exports alike', async () => {
    const { blastRadius } = await serving.get(
      `query($input: BlastRadiusInput!) { blastRadius(input: $input) {
        summary { worstCaseLossUsd weightedLossUsd exposedCount possibleCount containedCount }
        totals { worstCaseLossUsd weightedLossUsd exposedCount possibleCount containedCount }
        ofVendor: totals(holders: ["vendor"]) { exposedCount possibleCount containedCount worstCaseLossUsd }
        artifacts(holders: ["vendor"]) { totalCount edges { node { artifact { id } worstCaseLossUsd } } }
        flows { holder { organization { id } } lab { id } exposedCount possibleCount containedCount worstCaseLossUsd }
        few: artifacts(tiers: [POSSIBLE], holders: ["vendor"]) { totalCount }
        fewFlows: flows(tiers: [POSSIBLE], holders: ["vendor"]) { holder { organization { id } } exposedCount possibleCount containedCount }
      } }`,
      { input },
    );
    expect(blastRadius.totals).toEqual(blastRadius.summary);
    const { few, fewFlows } = blastRadius;
    expect(few.totalCount).toBeGreaterThan(0);
    expect(few.totalCount).toBeLessThan(blastRadius.artifacts.totalCount);
    const heldOfFew = fewFlows.map((flow: { holder: { organization: { id: string } } | null } & Record<string, number>) =>
      flow.holder?.organization.id === 'vendor'
        ? (flow.exposedCount as number) + (flow.possibleCount as number) + (flow.containedCount as number)
        : 0,
    );
    expect(heldOfFew.reduce((sum: number, count: number) => sum + count, 0)).toBe(few.totalCount);
    const { ofVendor, artifacts, flows } = blastRadius;
    expect(artifacts.totalCount).toBeGreaterThan(0);
    expect(ofVendor.exposedCount + ofVendor.possibleCount + ofVendor.containedCount).toBe(artifacts.totalCount);
    const atVendor = flows.filter((flow: { holder: { organization: { id: string } } | null }) => flow.holder?.organization.id === 'vendor');
    const counted = atVendor.reduce(
      (sum: number, flow: { exposedCount: number; possibleCount: number; containedCount: number }) =>
        sum + flow.exposedCount + flow.possibleCount + flow.containedCount,
      0,
    );
    expect(counted).toBe(artifacts.totalCount);
    const query = `origins=tool&coreFrom=2025-06-01&coreTo=2025-06-30&widestFrom=2025-01-01&widestTo=2025-12-31&holders=vendor`;
    const rows = (await (await fetch(`${serving.url}/api/blast-radius.json?${query}`)).json()) as { artifact: string }[];
    expect(rows.map(({ artifact }) => artifact)).toEqual(
      artifacts.edges.map(({ node }: { node: { artifact: { id: string } } }) => node.artifact.id),
    );
  });

  it('[G38] its timeline has equal buckets of whole milliseconds over all known dates of the origins', async () => {
    const query =
      'query($input: BlastRadiusInput!, $buckets: Int) { blastRadius(input: $input) { timeline(buckets: $buckets) { from until receivedCount sentCount deletedCount definiteCount possibleCount } } }';
    const timeline = async (buckets: number) =>
      (await serving.get(query, { input: { ...input, origins: ['vendor'] }, buckets })).blastRadius.timeline;
    for (const buckets of [24, 73, 500]) {
      const rows = await timeline(buckets);
      expect(rows).toHaveLength(buckets);
      expect(rows[0].from).toBe('2025-01-01T00:00:00Z');
      expect(rows[buckets - 1].until).toBe('2025-12-31T00:00:00.001Z');
      rows.slice(1).forEach((row: { from: string }, i: number) => {
        expect(row.from).toBe(rows[i].until);
      });
      const sum = (name: string) => rows.reduce((total: number, row: Record<string, number>) => total + (row[name] as number), 0);
      expect([sum('receivedCount'), sum('sentCount'), sum('deletedCount')]).toEqual([2, 1, 0]);
      // The guide is definite since February. The taxonomy is possible at any time, and definite since its assertion. The evaluation is not readable.
      expect([rows[0].definiteCount, rows[0].possibleCount]).toEqual([0, 1]);
      expect([rows[buckets - 1].definiteCount, rows[buckets - 1].possibleCount]).toEqual([1, 1]);
    }
    const { timeline: instant } = (await serving.get(query, { input: { origins: ['tool'] }, buckets: 10 })).blastRadius;
    expect(Date.parse(instant[9].until) - Date.parse(instant[0].from)).toBe(10);
  });

  it('[S282] the charts of a window up to the last instant have instants of four-digit years', async () => {
    const query =
      'query($input: BlastRadiusInput!) { blastRadius(input: $input) { widest { to } timeline(buckets: 10) { until } holderTimeline(buckets: 10) { instants } } }';
    const widest = { from: '2025-01-01T00:00:00Z', to: '9999-12-31T23:59:59.999Z' };
    const { timeline, holderTimeline } = (await serving.get(query, { input: { origins: ['vendor'], widest } })).blastRadius;
    expect([timeline[9].until, holderTimeline.instants.at(-1)]).toEqual([widest.to, widest.to]);
  });

  it('[G308] its holders over time are paged, filtered and zoomed, in the order of the reached organizations', async () => {
    const query = `query($input: BlastRadiusInput!, $first: Int, $after: String, $buckets: Int, $span: WindowInput, $owners: [ID!], $holders: [ID!], $byLab: Boolean) {
      blastRadius(input: $input) {
        reached(first: 100) { edges { node { organization { id } } } }
        holderTimeline(first: $first, after: $after, buckets: $buckets, span: $span, owners: $owners, holders: $holders, byLab: $byLab) {
          totalCount instants pageInfo { hasNextPage endCursor }
          edges { node { holder { organization { id } } lab { id } definiteCounts possibleCounts unreadableCounts worstCaseUsd receivedCounts firstReceivedAt undatedCount } }
        } } }`;
    const of = { ...input, origins: ['vendor'] };
    const ask = async (variables: object) => (await serving.get(query, { input: of, first: 50, ...variables })).blastRadius;
    const whole = await ask({ buckets: 24 });
    const { instants, edges, totalCount } = whole.holderTimeline;
    expect(edges).toHaveLength(totalCount);
    expect([instants[0], instants.at(-1)]).toEqual(['2025-01-01T00:00:00Z', '2025-12-31T00:00:00.001Z']);
    const ids = (rows: typeof edges) => rows.map(({ node }: (typeof edges)[number]) => node.holder.organization.id);
    const reached = ids(whole.reached.edges.map(({ node }: { node: object }) => ({ node: { holder: node } })));
    expect(ids(edges)).toEqual(reached.filter((id: string) => ids(edges).includes(id)));
    expect(ids(edges)[0]).toBe('vendor');
    for (const { node } of edges) {
      for (const field of ['definiteCounts', 'possibleCounts', 'unreadableCounts', 'worstCaseUsd', 'receivedCounts'] as const) {
        expect(node[field]).toHaveLength(instants.length - 1);
      }
    }
    // The guide came in February. The taxonomy has no date. The evaluation is not readable.
    const [{ node: vendor }] = edges;
    expect(vendor).toMatchObject({ firstReceivedAt: '2025-02-01T00:00:00Z', undatedCount: 1, lab: null });
    expect([vendor.definiteCounts[0], vendor.possibleCounts[0]]).toEqual([0, 1]);
    expect([vendor.definiteCounts.at(-1), vendor.possibleCounts.at(-1)]).toEqual([1, 1]);

    const first = await ask({ buckets: 24, first: 1, byLab: true });
    const labs = [first.holderTimeline.edges[0].node];
    let { pageInfo } = first.holderTimeline;
    while (pageInfo.hasNextPage) {
      const next = (await ask({ buckets: 24, first: 1, byLab: true, after: pageInfo.endCursor })).holderTimeline;
      labs.push(next.edges[0].node);
      pageInfo = next.pageInfo;
    }
    expect(labs).toEqual((await ask({ buckets: 24, byLab: true })).holderTimeline.edges.map(({ node }: { node: object }) => node));
    expect(labs.length).toBeGreaterThan(edges.length);

    const [owner] = labs.map(({ lab }) => lab.id);
    const own = (await ask({ buckets: 24, owners: [owner], holders: ['vendor'] })).holderTimeline;
    expect(own.edges.map(({ node }: { node: { definiteCounts: number[] } }) => node.definiteCounts)).toEqual([labs[0].definiteCounts]);

    const span = { from: '2025-01-20T00:00:00Z', to: '2025-02-10T00:00:00Z' };
    const near = (await ask({ buckets: 10, span })).holderTimeline;
    expect([near.instants[0], near.instants.at(-1)]).toEqual([span.from, '2025-02-10T00:00:00.001Z']);
    expect(near.totalCount).toBe(totalCount);
    const came = (node: { receivedCounts: number[] }) => node.receivedCounts.reduce((sum, count) => sum + count, 0);
    expect([came(near.edges[0].node), came(vendor)]).toEqual([2, 2]);

    const codeOf = (variables: object) => serving.codeOf(query, { input: of, ...variables });
    expect(await codeOf({ first: 1, buckets: 501 })).toBe('BAD_USER_INPUT');
    expect(await codeOf({ first: 1, span: { from: span.to, to: span.from } })).toBe('BAD_USER_INPUT');
    expect(await codeOf({ buckets: 500, first: 500 })).toBe('LIMIT_EXCEEDED');
    expect(await codeOf({ buckets: 24, first: 1, after: pageInfo.endCursor })).toBe('CONFLICT');
  });
});
