import { Serving } from '../../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const serving = new Serving();
beforeAll(() => serving.start({ demo: true }));
afterAll(() => serving.stopAndDelete());

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}
async function ask(
  query: string,
  variables: object = {},
  headers: Record<string, string> = { 'X-Exposure-Redact': 'names' },
  // biome-ignore lint/suspicious/noExplicitAny: the test reads whatever it asks for.
): Promise<any> {
  const answer = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
}

/** Every name, alias and id of the demo world that is long enough to be told from a word. */
async function secrets(): Promise<readonly string[]> {
  const { data } = await ask(
    '{ organizations(first: 500) { edges { node { id name aliases } } } artifacts(first: 500) { edges { node { id name } } } }',
    {},
    {},
  );
  const nodes: Partial<Named>[] = [...data.organizations.edges, ...data.artifacts.edges].map(({ node }: { node: Named }) => node);
  return nodes.flatMap(({ id = '', name = '', aliases = [] }) => [id, name, ...aliases]).filter((text) => text.length > 3);
}

const questions = [
  '{ organizations(first: 500) { edges { node { id name aliases website contactEmail attributes { name value } provenance { source } } } } }',
  '{ blastRadius(input: { incident: "INC-02" }) { origins { id name } artifacts(first: 100) { edges { node { artifact { id name owner { name } } ways { because holder { organization { id } } } } } } findings(first: 50) { edges { node { message } } } subgraph { nodes { node { key } } links { link { key } } } } }',
  '{ findings(first: 200) { edges { node { id message } } } ranking(first: 50) { edges { node { organization { name } } } } }',
  '{ organization(id: "nobody-has-this") { id } blastRadius(input: { origins: ["quillmarkk"] }) { revision } }',
];

describe('redaction', () => {
  it('[G190] leaves no name, alias or id of an organization or artifact in any answer', async () => {
    const all = await secrets();
    expect(all.length).toBeGreaterThan(100);
    for (const question of questions) {
      const text = JSON.stringify(await ask(question));
      const isThere = (secret: string) =>
        new RegExp(`(?<![\\p{L}\\p{N}_])${secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'u').test(text);
      expect(all.filter(isThere)).toEqual([]);
    }
  });

  it('[G190] refuses what shows the files of an import, whose names nobody recorded', async () => {
    const questions = [
      '{ import(id: "x") { matches { totalCount } } }',
      '{ other: import(id: "x") { state } }',
      'query { ...Q } fragment Q on Query { import(id: "x") { files { sample } } }',
      'mutation { discardImport(input: { id: "x" }) { import { files { sample } } } }',
    ];
    for (const question of questions)
      expect([question, await ask(question)]).toEqual([
        question,
        { errors: [expect.objectContaining({ message: expect.stringMatching(/word for word/) })] },
      ]);
    expect((await ask('{ imports { totalCount } }')).data.imports.totalCount).toBeGreaterThan(0);
  });

  it('[G309] holders over time show stand-ins with the same figures, and take stand-ins as filters', async () => {
    const question = `query($holders: [ID!]) { blastRadius(input: { incident: "INC-02" }) { holderTimeline(byLab: true, holders: $holders) {
      edges { node { holder { organization { id name } } lab { id name } definiteCounts worstCaseUsd receivedCounts deletedCounts } } } } }`;
    const redacted = await ask(question);
    const plain = await ask(question, {}, {});
    const figures = ({ data }: typeof plain) =>
      data.blastRadius.holderTimeline.edges.map(
        ({ node: { holder: _, lab: __, ...values } }: { node: { holder: object; lab: object } }) => values,
      );
    expect(figures(redacted)).toEqual(figures(plain));
    expect(JSON.stringify(redacted)).not.toMatch(/quillmark|aurelis/i);
    const [{ node }] = redacted.data.blastRadius.holderTimeline.edges;
    expect(node.holder.organization.name).toMatch(/^Vendor \d+$/);
    const one = await ask(question, { holders: [node.holder.organization.id] });
    expect(figures(one)).toEqual(figures(await ask(question, { holders: ['quillmark'] }, {})));
    expect(figures(one).length).toBeGreaterThan(1);
  });

  it('[G190] reads a stand-in in a question as what it stands for, and changes no figure', async () => {
    const { data } = await ask('{ organization(id: "quillmark") { id name } }');
    const { id, name } = data.organization;
    expect(id).toMatch(/^hidden-vendor-\d+$/);
    expect(name).toMatch(/^Vendor \d+$/);
    const question =
      'query($o: ID!) { blastRadius(input: { origins: [$o] }) { origins { id } summary { exposedCount worstCaseLossUsd } } }';
    const { data: redacted } = await ask(question, { o: id });
    const { data: plain } = await ask(question, { o: 'quillmark' }, {});
    expect(redacted.blastRadius.summary).toEqual(plain.blastRadius.summary);
    expect(redacted.blastRadius.origins).toEqual([{ id }]);
    const { data: graph } = await ask(
      'query($o: ID!) { neighborhood(of: [{ organization: $o }]) { nodes { key } links { source target } } }',
      { o: id },
    );
    const keys = new Set(graph.neighborhood.nodes.map((node: { key: string }) => node.key));
    expect(graph.neighborhood.links.length).toBeGreaterThan(3);
    for (const { source, target } of graph.neighborhood.links) expect([keys.has(source), keys.has(target)]).toEqual([true, true]);
    const { data: found } = await ask('query($text: String!) { search(text: $text, first: 1) { found { ... on Organization { id } } } }', {
      text: name,
    });
    expect(found.search[0].found.id).toBe(id);
  });

  it('[G190] holds for exports, past facts and other values', async () => {
    const all = (await secrets()).filter((secret) => secret.length > 6);
    const csv = await (await fetch(`${serving.url}/api/ranking.csv?redact=names`)).text();
    expect(csv).toContain('hidden-vendor-');
    expect(all.filter((secret) => csv.includes(secret))).toEqual([]);
    const { data } = await ask(
      'query($asKnownAtInstant: DateTime!) { asKnownAt(instant: $asKnownAtInstant) { organization(id: "quillmark") { name } } }',
      {
        asKnownAtInstant: new Date().toISOString(),
      },
    );
    expect(data.asKnownAt.organization.name).toMatch(/^Vendor \d+$/);
    expect((await fetch(`${serving.url}/api/ranking.csv?redact=all`)).status).toBe(400);
    expect((await fetch(`${serving.url}/api/facts.zip?redact=names`)).status).toBe(400);
  });

  describe('of texts that tell who somebody is', () => {
    const secrets = [
      'https://telling.example',
      'desk@telling.example',
      'Telling evaluation service',
      'pkg:npm/telling@1',
      'sftp.telling.example',
      'letter about Telling',
      'telling value',
      'Former Telling Name',
      'former@telling.example',
    ];
    let before = '';
    beforeAll(async () => {
      const source = 'letter about Telling';
      const organization = {
        id: 'telling',
        name: 'Former Telling Name',
        roles: ['VENDOR'],
        website: 'https://telling.example',
        contactEmail: 'former@telling.example',
        attributes: [{ name: 'region', value: 'telling value' }],
        source,
      };
      await serving.put({
        organizations: [organization],
        engagements: [
          {
            id: 'telling-e',
            client: 'aurelis',
            provider: 'telling',
            service: 'Telling evaluation service',
            attributes: organization.attributes,
          },
        ],
        access: [{ id: 'telling-a', grantee: 'telling', grantor: 'aurelis', software: 'pkg:npm/telling@1', source }],
        artifacts: [{ id: 'telling-x', name: 'Some artifact', type: 'OTHER', owner: 'aurelis', sensitivity: 2 }],
        transfers: [
          { id: 'telling-t', artifact: 'telling-x', sender: 'aurelis', recipient: 'telling', channel: 'sftp.telling.example', source },
        ],
      });
      before = new Date().toISOString();
      await new Promise((resolve) => setTimeout(resolve, 5));
      await serving.put({ organizations: [{ ...organization, name: 'Later', contactEmail: 'desk@telling.example' }] });
    });

    const fields = `organization(id: "telling") { website contactEmail attributes { name value } provenance { source } }
      engagement(id: "telling-e") { service attributes { name value } } access(id: "telling-a") { software } transfer(id: "telling-t") { channel }
      history(of: { organization: "telling" }) { edges { node { fields { field before after } } } }`;
    const renamed = `organization(id: "telling") { w: website name: contactEmail a: attributes { n: name v: value } p: provenance { s: source } }
      engagement(id: "telling-e") { s: service } access(id: "telling-a") { s: software } transfer(id: "telling-t") { c: channel }
      history(of: { organization: "telling" }) { edges { node { fields { f: field b: before a: after } } } }
      more: history(of: { organization: "telling" }) { edges { node { fields { b: before a: after } } } }`;
    const past = (instant: string) =>
      `asKnownAt(instant: ${instant}) { organization(id: "telling") { name } organizations(text: "Telling") { edges { node { name } } } }`;

    it.each([
      ['by their names', `{ ${fields} }`, {}],
      ['under aliases', `{ ${renamed} }`, {}],
      ['of a past that the question names', `{ ${past('"BEFORE"')} }`, {}],
      ['of a past in a variable', `query($i: DateTime!) { ${past('$i')} }`, { i: 'BEFORE' }],
      ['of a past that is a default', `query($i: DateTime! = "BEFORE") { ${past('$i')} }`, {}],
    ])('[S264] hides them %s', async (_, question, variables) => {
      const filled = JSON.parse(JSON.stringify(variables).replace('BEFORE', before));
      const plain = await ask(question.replace('BEFORE', before), filled, {});
      expect(plain.errors).toBeUndefined();
      expect(secrets.filter((secret) => JSON.stringify(plain).includes(secret))).not.toEqual([]);
      const answer = await ask(question.replace('BEFORE', before), filled);
      expect(answer.errors).toBeUndefined();
      expect(secrets.filter((secret) => JSON.stringify(answer).includes(secret))).toEqual([]);
    });

    it.each(['holdings.csv?holder=telling', 'blast-radius.csv?origins=telling&knownAt=BEFORE'])('[S264] hides them in %s', async (path) => {
      const address = `${serving.url}/api/${path.replace('BEFORE', before)}`;
      const plain = await (await fetch(address)).text();
      expect(secrets.filter((secret) => plain.includes(secret))).not.toEqual([]);
      const hidden = await (await fetch(`${address}&redact=names`)).text();
      expect(secrets.filter((secret) => hidden.includes(secret))).toEqual([]);
      expect(hidden.split('\n')).toHaveLength(plain.split('\n').length);
    });

    it('[S264] hides a channel of one word in a list too', async () => {
      await serving.put({
        transfers: [{ id: 'telling-u', artifact: 'telling-x', sender: 'aurelis', recipient: 'telling', channel: 'courier' }],
      });
      const plain = await (await fetch(`${serving.url}/api/holdings.csv?holder=telling`)).text();
      expect(plain).toContain(',courier,');
      expect(await (await fetch(`${serving.url}/api/holdings.csv?holder=telling&redact=names`)).text()).not.toContain('courier');
    });

    it('[S264] hides a channel of one word as the key of a sum and as a found text, also under an alias', async () => {
      await serving.put({
        transfers: [{ id: 'telling-v', artifact: 'telling-x', sender: 'aurelis', recipient: 'telling', channel: 'courier' }],
      });
      const question = `{
        blastRadius(input: { origins: ["telling"] }) { sums(by: CHANNEL) { key } named: sums(by: CHANNEL) { channel: key } }
        search(text: "courier") { found { ... on FoundValue { text: value } } }
        values: search(text: "courier") { found { ... on FoundValue { value } } }
      }`;
      expect(JSON.stringify(await ask(question, {}, {})).split('"courier"')).toHaveLength(5);
      const answer = await ask(question);
      expect(answer.errors).toBeUndefined();
      expect(JSON.stringify(answer)).not.toContain('courier');
      const byType = await ask('{ blastRadius(input: { origins: ["telling"] }) { sums(by: TYPE) { key } } }');
      expect(byType.data.blastRadius.sums.map(({ key }: { key: string }) => key)).not.toContain('hidden');
    });

    it('[S265] refuses more than four past instants before it reads the facts of any', async () => {
      const variables = Object.fromEntries(
        Array.from({ length: 5 }, (_, i) => [`knownAt${i}`, new Date(Date.parse(before) + i).toISOString()]),
      );
      const answer = await ask('{ revision }', variables);
      expect(answer.errors[0].extensions.code).toBe('LIMIT_EXCEEDED');
    });
  });
});
