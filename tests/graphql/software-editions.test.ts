import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import { Serving } from './serving.ts';

const serving = new Serving();

const files: Readonly<Record<string, string>> = {
  'software_lists.csv':
    'id,organization,subject,described_at\n' +
    'front/1,quill,gateway,2026-03-20\nback/1,quill,gateway,2026-03-20\nfront/2,quill,gateway,2026-04-20\nback/2,quill,gateway,2026-04-20\n',
  'software_components.csv':
    'list,name,package,version\n' +
    'front/1,a,pkg:npm/a,1.0.0\nback/1,b,pkg:npm/b,1.0.0\nback/1,c,pkg:npm/c,1.0.0\n' +
    'front/2,a,pkg:npm/a,1.0.0\nfront/2,b,pkg:npm/b,1.0.0\nback/2,b,pkg:npm/b,2.0.0\n',
};

beforeAll(async () => {
  await serving.start();
  await serving.put({ organizations: [{ id: 'quill', name: 'Quill', roles: ['VENDOR'] }] });
  const json = { 'content-type': 'application/json' };
  const { id } = await (await fetch(`${serving.url}/api/imports`, { method: 'POST', headers: json, body: '{}' })).json();
  for (const [name, text] of Object.entries(files))
    await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body: text });
  await serving.get('mutation($id: ID!) { commitImport(input: { id: $id }) { userErrors { message } } }', { id });
  await eventually(async () => {
    expect((await serving.get('query($id: ID!) { import(id: $id) { state } }', { id })).import.state).toBe('COMMITTED');
  });
});
afterAll(() => serving.stopAndDelete());

it('[S1089] lists of one subject and date are one edition, and tell the same changes', async () => {
  const { softwareLists } = await serving.get(
    '{ softwareLists { edges { node { id changes { edges { node { package before after } } } } } } }',
  );
  const changes = {
    edges: [
      { node: { package: 'pkg:npm/b', before: ['1.0.0'], after: ['1.0.0', '2.0.0'] } },
      { node: { package: 'pkg:npm/c', before: ['1.0.0'], after: [] } },
    ],
  };
  expect(softwareLists.edges.map(({ node }: { node: unknown }) => node)).toEqual([
    { id: 'back/1', changes: { edges: [] } },
    { id: 'front/1', changes: { edges: [] } },
    { id: 'back/2', changes },
    { id: 'front/2', changes },
  ]);
});
