import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

async function draft(files: Record<string, string>): Promise<string> {
  const created = await fetch(`${serving.url}/api/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'Q3 register' }),
  });
  expect(created.status).toBe(201);
  const { id } = (await created.json()) as { id: string };
  for (const [name, body] of Object.entries(files)) {
    const put = await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body });
    expect(put.status).toBe(200);
  }
  return id;
}

/** Asks until the import has one of these states. */
// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function waitFor(id: string, ...states: string[]): Promise<any> {
  const query =
    'query($id: ID!) { import(id: $id) { id state source failure createdBy report { rows created updated unchanged rejected warnings } files { name sha256 header sample } causes { code column count example { file line message } } rejections { totalCount edges { node { file line column code message value } } } changes { totalCount edges { node { kind factKind factId file line fields { field before after } } } } } }';
  for (let i = 0; i < 400; i++) {
    const { import: found } = await serving.get(query, { id });
    if (states.includes(found.state) && (found.state !== 'DRAFT' || found.report !== null)) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The import never became ${states.join(' or ')}.`);
}

const commit = 'mutation($input: CommitImportInput!) { commitImport(input: $input) { import { state } userErrors { code message path } } }';
const undo = 'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } userErrors { code message path } } }';
const radius =
  '{ blastRadius(input: { origins: ["newco"] }) { summary { reachedCount exposedCount } artifacts { edges { node { artifact { id } } } } } }';

describe('an import, as the page does it', () => {
  it('[G48] is previewed, committed and undone; facts and radius follow each step', async () => {
    const before = await serving.get('{ revision counts { organizations transfers } }');
    const id = await draft({
      'organizations.csv': 'id,name\nnewco,New Company\nvendor,Vendor one renamed\n',
      'transfers.csv': 'id,artifact,sender,recipient,sent_at\nt-9,guide,vendor,newco,2025-04-01\n',
    });
    const looked = await waitFor(id, 'DRAFT');
    expect(looked.report).toMatchObject({ rows: 3, created: 2, updated: 1, unchanged: 0, rejected: 0 });
    expect(
      looked.changes.edges.map(({ node }: { node: { kind: string; factId: string } }) => `${node.kind} ${node.factId}`).sort(),
    ).toEqual(['CREATED newco', 'CREATED t-9', 'UPDATED vendor']);
    expect(await serving.get('{ revision counts { organizations transfers } }')).toEqual(before);
    expect(await serving.codeOf(radius)).toBe('NOT_FOUND');

    expect((await serving.get(commit, { input: { id } })).commitImport.userErrors).toEqual([]);
    const committed = await waitFor(id, 'COMMITTED', 'FAILED');
    expect(committed).toMatchObject({ state: 'COMMITTED', failure: null });
    expect((await serving.get(radius)).blastRadius.artifacts.edges).toEqual([
      { node: { artifact: { id: 'guide' } } },
      { node: { artifact: { id: 'taxonomy' } } },
    ]);
    const { organization } = await serving.get(
      '{ organization(id: "newco") { provenance { file line source import { id source state } } } }',
    );
    expect(organization.provenance).toMatchObject({
      file: 'organizations.csv',
      line: 2,
      import: { id, source: 'Q3 register', state: 'COMMITTED' },
    });

    expect((await serving.get(undo, { id })).undoImport).toEqual({ import: { state: 'UNDONE' }, userErrors: [] });
    expect(await serving.codeOf(radius)).toBe('NOT_FOUND');
    expect(await serving.get('{ organization(id: "vendor") { name } counts { transfers } }')).toEqual({
      organization: { name: 'Vendor; one' },
      counts: { transfers: before.counts.transfers },
    });
  });

  it('[G49] names every bad row with file, line, column and a sentence, and commits the valid rows on request', async () => {
    const id = await draft({
      'transfers.csv':
        'id,artifact,sender,recipient,portion\nt-20,guide,vendor,nobody,1\nt-21,guide,vendor,tool,2\nt-22,guide,vendor,tool,0.5\n',
    });
    const looked = await waitFor(id, 'DRAFT');
    expect(looked.report).toMatchObject({ rows: 3, created: 1, rejected: 2 });
    expect(
      looked.rejections.edges.map(({ node }: { node: { line: number; column: string; code: string } }) => [
        node.line,
        node.column,
        node.code,
      ]),
    ).toEqual([
      [2, 'recipient', 'UNKNOWN_REFERENCE'],
      [3, 'portion', 'BAD_VALUE'],
    ]);
    expect(looked.causes).toHaveLength(2);
    await serving.get(commit, { input: { id, policy: 'SKIP_REJECTED' } });
    expect(await waitFor(id, 'COMMITTED', 'FAILED')).toMatchObject({ state: 'COMMITTED' });
    expect(await serving.get('{ transfer(id: "t-22") { portion } other: transfer(id: "t-20") { id } }')).toEqual({
      transfer: { portion: 0.5 },
      other: null,
    });
  });

  it('[G50] an import that others depend on cannot be undone, and the error names them', async () => {
    const id = await draft({ 'organizations.csv': 'id,name\nbase,Base\n' });
    await waitFor(id, 'DRAFT');
    await serving.get(commit, { input: { id } });
    await waitFor(id, 'COMMITTED');
    await serving.put({ access: [{ id: 'a-9', grantee: 'base', grantor: 'sub' }] });
    const { undoImport } = await serving.get(undo, { id });
    expect(undoImport.userErrors).toMatchObject([{ code: 'HAS_DEPENDENTS', path: ['id'], message: expect.stringContaining('local') }]);
    expect((await serving.get('{ organization(id: "base") { id } }')).organization).toEqual({ id: 'base' });
    expect(await serving.codeOf(undo, { id: 'nothing' })).toBe('NOT_FOUND');
  });
});
