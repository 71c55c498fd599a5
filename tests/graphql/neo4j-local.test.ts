import { runExposure } from '../cli/run-exposure.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { localRadius as radius, localRecords as records } from './local-queries.ts';
import { Serving } from './serving.ts';

let neo4j: Neo4jForTests;
let local: Serving;
let whole: Serving;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
  local = await new Serving().start({ demo: true, environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_PROJECTION: 'local' } });
  whole = await new Serving().start({ environment: { EXPOSURE_STORE: neo4j.url() } });
});
afterAll(async () => {
  await local?.stopAndDelete();
  await whole?.stopAndDelete();
  await neo4j?.stop();
});

describe('a server that holds no transfers', () => {
  it('[G70] gives the same blast radii as a server that holds all facts', async () => {
    const { organizations } = await whole.get('{ organizations(first: 100, roles: [VENDOR, TOOL_PROVIDER]) { edges { node { id } } } }');
    const ids: string[] = organizations.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect(ids.length).toBeGreaterThan(5);
    const widest = { from: '2026-01-01T00:00:00Z', to: '2026-10-01T00:00:00Z' };
    for (const origin of ids.slice(0, 6)) {
      const input = { origins: [origin], widest, options: { transferLikelihood: 0.2 } };
      expect(await local.get(radius, { input })).toEqual(await whole.get(radius, { input }));
    }
    const file = `/api/blast-radius.csv?origins=${ids[0]}&widestFrom=2026-01-01&widestTo=2026-10-01`;
    const read = async (serving: Serving) => (await fetch(serving.url + file)).text();
    expect(await read(local)).toBe(await read(whole));
  });

  it('[C23] the command line reads the part that a radius needs, and prints the same', async () => {
    const { organization } = await pickRecords();
    const print = (projection: string, ...more: string[]) =>
      runExposure(whole.folder, ['radius', organization as string, '--widest', '2026-01-01/2026-10-01', ...more], {
        EXPOSURE_STORE: neo4j.url(),
        EXPOSURE_PROJECTION: projection,
      });
    for (const format of ['table', 'csv', 'json']) {
      const [part, all] = [await print('local', '--format', format), await print('whole', '--format', format)];
      expect(part).toEqual(all);
      expect(part).toMatchObject({ code: 0, err: '', out: expect.stringContaining(format === 'table' ? 'exposed' : 'because') });
    }
    // A server that reads parts cannot answer questions about the past.
    expect(await print('local', '--known-at', '2026-01-01')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/EXPOSURE_PROJECTION=whole/),
    });
  });

  it('[G132] keeps the actions of an incident, even those on access', async () => {
    const { organization, access } = await pickRecords();
    const at = '2026-09-25T00:00:00Z';
    const save =
      'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { id scenario { kind organization { id } access { id } at } } userErrors { code path } } }';
    const saveAt = async (access: string) => {
      const scenario = [{ revokeAccess: { access, at } }, { suspend: { organization, at } }];
      return (await local.get(save, { input: { name: 'acting', origins: [organization], scenario } })).saveIncident;
    };
    const { incident } = await saveAt(access as string);
    expect(incident.scenario).toEqual([
      { kind: 'REVOKE_ACCESS', organization: null, access: { id: access }, at },
      { kind: 'SUSPEND', organization: { id: organization }, access: null, at },
    ]);
    const read = 'query($id: ID!) { incident(id: $id) { scenario { kind organization { id } access { id } at } } }';
    expect((await whole.get(read, { id: incident.id })).incident.scenario).toEqual(incident.scenario);
    expect((await saveAt('none')).userErrors).toEqual([{ code: 'UNKNOWN_REFERENCE', path: ['scenario', '0', 'revokeAccess', 'access'] }]);
  });

  it('[G71] gives the same records, content of one organization or artifact, search results, counts and incidents', async () => {
    const variables = await pickRecords();
    expect(await local.get(records, variables)).toEqual(await whole.get(records, variables));
    const missing = Object.fromEntries(Object.keys(variables).map((name) => [name, 'nobody']));
    expect(await local.get(records, missing)).toEqual(await whole.get(records, missing));
    expect(await saveScope(local, 'nothing')).toEqual(await saveScope(whole, 'nothing'));
    expect((await saveScope(local, variables.engagement as string)).userErrors).toEqual([]);
    expect(await local.get(records, variables)).toEqual(await whole.get(records, variables));
  });

  it('[G71] finds an organization by what a list says of its engagement', async () => {
    const remark = 'kept in the lavender drawer';
    const engagements = [
      { id: 'of-the-drawer', client: 'aurelis', provider: 'quillmark', attributes: [{ name: 'Remark', value: remark }] },
    ];
    const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
    expect((await local.get(put, { input: { engagements } })).putFacts.userErrors).toEqual([]);
    const search = '{ search(text: "lavender") { matched found { ... on Organization { id } } } }';
    const found = await whole.get(search);
    expect(found.search).toEqual([expect.objectContaining({ found: { id: 'quillmark' } })]);
    expect(await local.get(search)).toEqual(found);
  });

  it('[G71] finds the countries of organizations, but no channel', async () => {
    const search =
      'query($text: String!) { search(text: $text, kinds: [COUNTRY, CHANNEL]) { matched found { ... on FoundValue { kind value count } } } }';
    const found = await whole.get(search, { text: 'kenya' });
    expect(found.search).toEqual([{ matched: 'alias', found: { kind: 'COUNTRY', value: 'KE', count: expect.any(Number) } }]);
    expect(await local.get(search, { text: 'kenya' })).toEqual(found);
    expect((await local.get(search, { text: 'sftp' })).search).toEqual([]);
  });

  it('[G368] counts facts as a server that holds all facts where a merge hides some and joins others', async () => {
    const all = '{ counts { organizations artifacts transfers access engagements reveals controls } }';
    const change = async (name: string, input: object) => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const { [name]: done } = await local.get(`mutation($input: ${type}!) { ${name}(input: $input) { userErrors { message } } }`, {
        input,
      });
      expect(done.userErrors).toEqual([]);
    };
    const { artifact, organization } = await pickRecords();
    const twins = ['twin-a', 'twin-b', 'twin-c'];
    const pairs = twins.flatMap((one, i) =>
      [one, organization as string].map((other) => [one, other === one ? (twins[(i + 1) % 3] as string) : other]),
    );
    await change('putFacts', {
      organizations: twins.map((id) => ({ id, name: id, roles: ['VENDOR'] })),
      transfers: pairs.map(([sender, recipient], i) => ({ id: `of-twins-${i}`, artifact, sender, recipient })),
      access: pairs.map(([grantee, grantor], i) => ({ id: `of-twins-${i}`, grantee, grantor, kind: 'CREDENTIALS' })),
      engagements: pairs.map(([client, provider], i) => ({ id: `of-twins-${i}`, client, provider })),
      controls: twins.map((id) => ({ organization: id, control: 'SOC2_TYPE2', evidenceType: 'SELF_ATTESTED' })),
    });
    const before = await whole.get(all);
    expect(await local.get(all)).toEqual(before);
    for (const one of ['twin-a', 'twin-c']) await change('mergeOrganizations', { organization: one, into: 'twin-b' });
    const { counts } = await whole.get(all);
    expect(counts).toEqual({
      ...before.counts,
      organizations: before.counts.organizations - 2,
      transfers: before.counts.transfers - 3,
      access: before.counts.access - 3,
      engagements: before.counts.engagements - 3,
      controls: before.counts.controls - 2,
    });
    expect(await local.get(all)).toEqual({ counts });
    for (const one of ['twin-a', 'twin-c']) await change('unmergeOrganizations', { organization: one });
    expect(await local.get(all)).toEqual(before);
  });

  it.each([
    '{ neighborhood(of: [{organization: "ORG"}]) { omittedCount } }',
    '{ transfers { totalCount } }',
    '{ copies(owner: "ORG") { totalCount } }',
    '{ blastRadius(input: {origins: ["ORG"], knownAt: "2026-01-01T00:00:00Z"}) { revision } }',
    '{ organizations(first: 30) { edges { node { sent { totalCount } } } } }',
  ])('[G72] refuses a question that is too large, with the way out: %s', async (query) => {
    const { organization } = await pickRecords();
    const { errors } = await local.ask(query.replace('ORG', organization as string));
    expect(errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toMatch(/EXPOSURE_PROJECTION=whole/);
    const answer = await whole.ask(query.replace('ORG', organization as string));
    expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain('LIMIT_EXCEEDED');
  });

  it('[G71] lists access, engagements, reveals and evidence of all organizations', async () => {
    const lists = ['accessFacts', 'engagements', 'controls'].map(
      (name) => `${name}(first: 200) { totalCount edges { node { provenance { line } } } }`,
    );
    const all = `{ ${lists.join(' ')} artifacts(first: 100) { edges { node { reveals { totalCount } revealedBy { totalCount } } } } }`;
    const answer = await local.get(all);
    expect(answer).toEqual(await whole.get(all));
    expect(answer.accessFacts.totalCount).toBeGreaterThan(0);
  });
});

/** Ids of records of the demo world. */
async function pickRecords(): Promise<Record<string, string | undefined>> {
  const found = await whole.get(`{ transfers(first: 1) { edges { node { id artifact { id } recipient { id } } } }
    engagements(first: 1) { edges { node { id } } } accessFacts(first: 1) { edges { node { id } } } }`);
  const { node } = found.transfers.edges[0];
  return {
    organization: node.recipient.id,
    artifact: node.artifact.id,
    transfer: node.id,
    engagement: found.engagements.edges[0].node.id,
    access: found.accessFacts.edges[0]?.node.id,
  };
}

async function saveScope(serving: Serving, engagement: string) {
  const { organization } = await pickRecords();
  const input = { name: 'scoped', origins: [organization], scope: [{ origin: organization, engagements: [engagement] }] };
  const { saveIncident } = await serving.get(
    'mutation($input: SaveIncidentInput!) { saveIncident(input: $input) { incident { name scope { engagements { id } } } userErrors { code message path } } }',
    { input },
  );
  return saveIncident;
}
