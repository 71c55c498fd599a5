import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Serving } from '../../graphql/serving.ts';

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
});
