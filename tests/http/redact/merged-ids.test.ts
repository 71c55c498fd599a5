import { Serving } from '../../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put({
    organizations: ['quill-old', 'quill-new', 'other'].map((id) => ({ id, name: `Vendor ${id}`, roles: ['VENDOR'] })),
  });
  await serving.get('mutation { saveNote(input: { on: { organization: "quill-old" }, text: "Ask quill-old again" }) { note { id } } }');
  await serving.get('mutation { mergeOrganizations(input: { organization: "quill-old", into: "quill-new" }) { revision } }');
});
afterAll(() => serving.stopAndDelete());

// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function hidden(query: string): Promise<any> {
  const response = await fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-exposure-redact': 'names' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()).data;
}

describe('hidden names after a merge', () => {
  it('[S291] hide the merged id in lists, history and texts, under a stand-in of its own that leads back', async () => {
    const query =
      '{ merges { edges { node { id name into { id } } } } history(of: { organization: "quill-old" }) { edges { node { factId fields { before after } } } } notes(on: { organization: "quill-new" }) { edges { node { text } } } }';
    const found = await hidden(query);
    expect(JSON.stringify(found)).not.toMatch(/quill/i);
    const [{ node }] = found.merges.edges;
    expect(node.id).not.toBe(node.into.id);
    expect(await hidden(`{ organization(id: "${node.id}") { id } }`)).toEqual({ organization: { id: node.into.id } });
  });
});
