import { exportFacts } from '../../server/export/export-facts.ts';
import { Bench } from '../import/import-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld } from './serving.ts';

const serving = new Serving();
const software = 'pkg:pypi/litellm@1.82.7';

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.put({
    access: [
      { id: 'a-1', grantee: 'tool', grantor: 'vendor', kind: 'SOFTWARE', likelihood: 0.3, software },
      { id: 'a-2', grantee: 'tool', grantor: 'sub', kind: 'SOFTWARE', software: 'pkg:pypi/litellm-proxy@0.1' },
      { id: 'a-3', grantee: 'tool', grantor: 'lab-a' },
    ],
    engagements: [{ id: 'e-2', client: 'vendor', provider: 'sub', attributes: [{ name: 'purchase order', value: '4711' }] }],
  });
});
afterAll(() => serving.stopAndDelete());

describe('software of an access', () => {
  const list = async (wanted: string, more = '') => {
    const { accessFacts } = await serving.get(
      `query($software: String) { accessFacts(software: $software ${more}) { edges { node { id software grantor { id } } } } }`,
      { software: wanted },
    );
    return accessFacts.edges.map(({ node }: { node: { id: string } }) => node.id);
  };

  it('[G128] is returned, and listed by package URL with or without a version', async () => {
    expect(await serving.get('{ access(id: "a-1") { software } without: access(id: "a-3") { software } }')).toEqual({
      access: { software },
      without: { software: null },
    });
    expect(await list(software)).toEqual(['a-1']);
    expect(await list('pkg:pypi/litellm')).toEqual(['a-1']);
    expect(await list('pkg:pypi/litellm@1.82')).toEqual([]);
    expect(await list('pkg:pypi/litellm', 'grantor: "sub"')).toEqual([]);
    expect(await list('pkg:pypi/litellm-proxy', 'grantor: "sub"')).toEqual(['a-2']);
  });

  it('[G128] leads a search to the organization that runs it', async () => {
    const search = async (text: string) => {
      const { search: hits } = await serving.get(
        'query($text: String!) { search(text: $text) { matched found { ... on Organization { id } } } }',
        { text },
      );
      return hits.map(({ matched, found }: { matched: string; found: { id: string } }) => [found.id, matched]);
    };
    expect(await search(software)).toEqual([['vendor', 'software']]);
    expect(await search('litellm')).toEqual([
      ['sub', 'software'],
      ['vendor', 'software'],
    ]);
  });

  it('[G128] shows in the history of its fact as a field of its own', async () => {
    const { history } = await serving.get(
      '{ history(of: { access: "a-1" }, first: 1) { edges { node { kind: __typename fields { field before after } } } } }',
    );
    expect(history.edges[0].node).toEqual({ kind: 'FactChange', fields: [{ field: 'software', before: null, after: software }] });
  });
});

describe('attributes of an engagement', () => {
  it('[G5] are answered', async () => {
    expect(
      await serving.get('{ engagement(id: "e-2") { attributes { name value } } without: engagement(id: "e-1") { attributes { name } } }'),
    ).toEqual({
      engagement: { attributes: [{ name: 'purchase order', value: '4711' }] },
      without: { attributes: [] },
    });
  });
});

describe('CSV', () => {
  it('[F25] accepts software and attributes of engagements, and the export returns them', async () => {
    const bench = await Bench.open();
    const files = {
      'organizations.csv': 'id,name,roles\nvega,Vega,LAB\nkite,Kite,VENDOR\n',
      'access.csv': `id,grantee,grantor,kind,software\nA-1,kite,vega,SOFTWARE,${software}\n`,
      'engagements.csv': 'id,client,provider,attribute:purchase order\nE-1,vega,kite,4711\n',
    };
    expect((await bench.import(files)).isWritten).toBe(true);
    const exported = await readExport(bench);
    expect(exported['access.csv']).toContain(`A-1,kite,vega,SOFTWARE,1,,,${software},`);
    expect(exported['engagements.csv']?.split('\n')[0]).toContain('audit_right,attribute:purchase order,asserted_at');
    expect(exported['engagements.csv']).toContain('E-1,vega,kite,,,,,,4711,');
    const other = await Bench.open();
    expect((await other.import(exported)).isWritten).toBe(true);
    expect(await readExport(other)).toEqual(exported);
    await bench.close();
    await other.close();
  });
});

async function readExport(bench: Bench): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { file, text } of exportFacts(bench.store)) files[file] = (files[file] ?? '') + text;
  delete files['incidents.csv'];
  return files;
}
