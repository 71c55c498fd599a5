import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Serving, smallWorld } from './serving.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const query = `query($id: ID!) { import(id: $id) { state name source failure respondent { id } report { updated rejected } skipLoss { sentence rowCount consequenceCount }
  questions { kind flag } waiting { totalCount edges { node { id factKind factId file line fields { field before after } decision } } } } }`;
const mutate = (name: string, type: string) => `mutation($input: ${type}!) { ${name}(input: $input) { userErrors { code message } } }`;
const decide = (input: object) => serving.get(mutate('decideAnswer', 'DecideAnswerInput'), { input });
const commit = (id: string) => serving.get(mutate('commitImport', 'CommitImportInput'), { input: { id } });

async function create(body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${serving.url}/api/imports`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function upload(id: string, name: string, body: string): Promise<void> {
  expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body })).status).toBe(200);
}

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function waitFor(id: string, state: string): Promise<any> {
  for (;;) {
    const { import: found } = await serving.get(query, { id });
    if (found.state === state && (state !== 'DRAFT' || found.report !== null)) return found;
    expect(['ANALYZING', 'COMMITTING', 'DRAFT']).toContain(found.state);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a questionnaire', () => {
  it('[F84] goes out as holdings.csv, comes back corrected, and changes what the vendor may say by itself; the rest waits for a yes', async () => {
    const sent = await (await fetch(`${serving.url}/api/holdings.csv?holder=vendor`)).text();
    const [header = '', first = '', ...others] = sent.trimEnd().split('\n');
    const columns = header.split(',');
    const cells = first.split(',');
    const set = (column: string, text: string) => {
      cells[columns.indexOf(column)] = text;
    };
    const transfer = cells[0] as string;
    set('deletion_state', 'VERIFIED');
    set('deleted_at', '2026-01-31');
    set('form', 'ENCRYPTED_KEY_AT_OWNER');
    const corrected = `${[header, cells.join(','), ...others].join('\n')}\n`;

    expect((await create({ respondent: 'nobody' })).status).toBe(400);
    expect((await create({ respondent: 'vendor', source: 'register' })).status).toBe(400);
    const { id } = (await (await create({ respondent: 'vendor', name: 'Answer of June' })).json()) as { id: string };
    await upload(id, 'holdings.csv', corrected);
    const asked = await waitFor(id, 'DRAFT');
    expect(asked).toMatchObject({
      name: 'Answer of June',
      source: 'vendor',
      respondent: { id: 'vendor' },
      report: { updated: 1, rejected: 0 },
    });
    expect(asked.questions).toEqual([{ kind: 'ANSWER', flag: '--accept-answer or --decline-answer' }]);
    const [{ node: change }] = asked.waiting.edges;
    expect(change).toMatchObject({
      factKind: 'TRANSFER',
      factId: transfer,
      file: 'holdings.csv',
      line: 2,
      fields: [{ field: 'form', before: 'PLAINTEXT', after: 'ENCRYPTED_KEY_AT_OWNER' }],
      decision: null,
    });
    expect((await commit(id)).commitImport.userErrors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringMatching(/^Answer first: /) },
    ]);

    await decide({ import: id, decision: 'ACCEPT' });
    expect((await waitFor(id, 'DRAFT')).questions).toEqual([]);
    // Another file may say something else.
    await upload(id, 'holdings.csv', corrected);
    expect((await waitFor(id, 'DRAFT')).waiting.edges[0].node.decision).toBeNull();
    await decide({ import: id, decision: 'DECLINE' });
    expect((await waitFor(id, 'DRAFT')).waiting.edges[0].node.decision).toBe('DECLINE');
    await decide({ import: id, decision: 'ACCEPT', changes: [change.id] });
    expect(await waitFor(id, 'DRAFT')).toMatchObject({ questions: [], waiting: { edges: [{ node: { decision: 'ACCEPT' } }] } });
    expect((await commit(id)).commitImport.userErrors).toEqual([]);
    expect(await waitFor(id, 'COMMITTED')).toMatchObject({
      name: 'Answer of June',
      respondent: { id: 'vendor' },
      waiting: { totalCount: 0 },
    });
    const recorded = 'query($id: ID!) { transfer(id: $id) { form deletionState provenance { source } } }';
    expect((await serving.get(recorded, { id: transfer })).transfer).toEqual({
      form: 'ENCRYPTED_KEY_AT_OWNER',
      deletionState: 'ATTESTED',
      provenance: { source: 'vendor' },
    });
    expect((await decide({ import: id, decision: 'ACCEPT' }).catch((error: Error) => error.message)) as string).toContain('CONFLICT');
  });
});

describe('an import', () => {
  it('[F83] gives its rejected rows to be corrected and uploaded again, with nothing lost', async () => {
    const { id } = (await (await create({})).json()) as { id: string };
    await upload(id, 'organizations.csv', 'id,name,roles\nnew-1,One,VENDOR\nnew-2,Two,NOBODY\n');
    await upload(id, 'engagements.csv', 'id,client,provider\nE-81,lab-a,new-1\nE-82,lab-a,new-2\n');
    expect((await waitFor(id, 'DRAFT')).skipLoss.sentence).toBe('Skipping loses 1 organization and the engagement under it.');
    await serving.get(mutate('commitImport', 'CommitImportInput'), { input: { id, policy: 'SKIP_REJECTED' } });
    await waitFor(id, 'COMMITTED');
    const rows = await (await fetch(`${serving.url}/api/imports/${id}/rejections.csv`)).text();
    const second = (await (await create({})).json()) as { id: string };
    await upload(second.id, 'rejections.csv', rows.replace('NOBODY', 'VENDOR'));
    expect(await waitFor(second.id, 'DRAFT')).toMatchObject({ report: { rejected: 0 }, questions: [] });
    await commit(second.id);
    await waitFor(second.id, 'COMMITTED');
    const { engagement } = await serving.get('{ engagement(id: "E-82") { provider { id name } } }');
    expect(engagement).toEqual({ provider: { id: 'new-2', name: 'Two' } });
  });

  it('[F80] [F81] says over the API what skipping loses, and is renamed', async () => {
    const { id } = (await (await create({})).json()) as { id: string };
    await upload(id, 'engagements.csv', 'id,client,provider\nE-91,lab-a,nobody\nE-92,lab-a,vendor\n');
    await upload(
      id,
      'transfers.csv',
      'id,artifact,sender,recipient,engagement\nt-91,guide,lab-a,vendor,E-91\nt-92,guide,lab-a,vendor,E-92\n',
    );
    const found = await waitFor(id, 'DRAFT');
    expect(found.skipLoss).toEqual({
      sentence: 'Skipping loses 1 engagement and the transfer under it.',
      rowCount: 2,
      consequenceCount: 1,
    });
    expect(found.name).toBe('engagements.csv');
    const rename = (name: string) => serving.get(mutate('renameImport', 'RenameImportInput'), { input: { id, name } });
    expect((await rename('Engagements, July')).renameImport.userErrors).toEqual([]);
    expect((await rename(' ')).renameImport.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    await serving.get(mutate('commitImport', 'CommitImportInput'), { input: { id, policy: 'SKIP_REJECTED' } });
    expect(await waitFor(id, 'COMMITTED')).toMatchObject({ name: 'Engagements, July', skipLoss: null });
    await rename('Engagements 7');
    expect((await serving.get('{ imports { edges { node { id name } } } }')).imports.edges).toContainEqual({
      node: { id, name: 'Engagements 7' },
    });
  });
});
