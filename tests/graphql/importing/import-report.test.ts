import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving, smallWorld } from '../serving.ts';

const serving = new Serving();
beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
});
afterAll(() => serving.stopAndDelete());

const ranked = '{ organization { id } position dependentCount weightedLossUsd }';
const query = `query($id: ID!) { import(id: $id) { state failure report { rows created updated rejected }
  rejections { totalCount edges { node { file line column code } } } causes { code column count }
  effect { findingsAdded findingsResolved rankingBefore ${ranked} rankingAfter ${ranked} } } }`;
const commit = 'mutation($input: CommitImportInput!) { commitImport(input: $input) { userErrors { message } } }';
const fix = 'mutation($input: FixImportCellInput!) { fixImportCell(input: $input) { import { state } userErrors { code message } } }';

async function draft(files: Record<string, string>, on = serving): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const { id } = (await (await fetch(`${on.url}/api/imports`, { method: 'POST', headers, body: '{}' })).json()) as { id: string };
  for (const [name, body] of Object.entries(files)) await fetch(`${on.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body });
  return id;
}

// biome-ignore lint/suspicious/noExplicitAny: what is answered is what the test looks at.
async function waitFor(id: string, state: string, on = serving): Promise<any> {
  for (let i = 0; i < 400; i++) {
    const { import: found } = await on.get(query, { id });
    if (found.state === state && (state !== 'DRAFT' || found.report !== null)) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The import never became ${state}.`);
}

describe('the report of an import', () => {
  it('[M19] foretells the findings and the ranking that the commit makes', async () => {
    const id = await draft({
      'organizations.csv': 'id,name\nnewco,New Company\n',
      'transfers.csv': 'id,artifact,sender,recipient\nt-90,guide,vendor,newco\n',
    });
    const { effect } = await waitFor(id, 'DRAFT');
    const ranking = `{ ranking(first: 10) { edges { node ${ranked} } } findings(first: 500) { totalCount edges { node { id } } } }`;
    const before = await serving.get(ranking);
    const nodes = (answer: { ranking: { edges: { node: object }[] } }) => answer.ranking.edges.map(({ node }) => node);
    expect(effect.rankingBefore).toEqual(nodes(before));
    await serving.get(commit, { input: { id } });
    expect((await waitFor(id, 'COMMITTED')).effect).toBeNull();
    const after = await serving.get(ranking);
    expect(effect.rankingAfter).toEqual(nodes(after));
    const ids = (answer: { findings: { edges: { node: { id: string } }[] } }) => answer.findings.edges.map(({ node }) => node.id);
    expect(effect.findingsAdded).toBe(ids(after).filter((each) => !ids(before).includes(each)).length);
    expect(effect.findingsAdded).toBeGreaterThan(0);
    expect(effect.findingsResolved).toBe(ids(before).filter((each) => !ids(after).includes(each)).length);
  });

  it('[M19] ranks by dependents where nobody has a loss', async () => {
    const empty = await new Serving().start();
    try {
      const vendors = 'id,client,provider\nE-1,a,aws\nE-2,b,aws\nE-3,b,okta\n';
      const id = await draft({ 'organizations.csv': 'id,name\na,A\nb,B\naws,AWS\nokta,Okta\n', 'engagements.csv': vendors }, empty);
      const { effect } = await waitFor(id, 'DRAFT', empty);
      expect(effect.rankingBefore).toEqual([]);
      expect(effect.rankingAfter[0]).toEqual({ organization: { id: 'aws' }, position: 1, dependentCount: 2, weightedLossUsd: 0 });
    } finally {
      await empty.stopAndDelete();
    }
  });

  it('[M20] corrects a cell in place, in a canonical file and its header too', async () => {
    const id = await draft({
      'organizations.csv': 'id,nmae\nnorth,North\n',
      'transfers.csv': 'id,artifact,sender,recipient,portion\nt-91,guide,vendor,tool,"1,5"\nt-92,guide,vendor,tool,0.5\n',
    });
    const broken = await waitFor(id, 'DRAFT');
    expect(broken.rejections.edges.map(({ node }: { node: object }) => node)).toMatchObject([
      { file: 'organizations.csv', line: 1, code: 'MISSING_COLUMN' },
      { file: 'organizations.csv', line: 1, code: 'UNKNOWN_COLUMN' },
      { file: 'transfers.csv', line: 2, column: 'portion', code: 'BAD_VALUE' },
    ]);
    const wrong = [
      { file: 'other.csv', line: 2, index: 0, text: '' },
      { file: 'transfers.csv', line: 0, index: 0, text: '' },
      { file: 'transfers.csv', line: 2, index: 5, text: '' },
    ];
    for (const input of wrong)
      expect((await serving.get(fix, { input: { import: id, ...input } })).fixImportCell.userErrors).toMatchObject([
        { code: 'BAD_USER_INPUT' },
      ]);
    await serving.get(fix, { input: { import: id, file: 'organizations.csv', line: 1, index: 1, text: 'name' } });
    await serving.get(fix, { input: { import: id, file: 'transfers.csv', line: 2, index: 4, text: '0,5' } });
    await waitFor(id, 'DRAFT');
    await serving.get(fix, { input: { import: id, file: 'transfers.csv', line: 2, index: 4, text: '0.25' } });
    expect(await waitFor(id, 'DRAFT')).toMatchObject({ report: { rows: 3, created: 3, rejected: 0 } });
    await serving.get(commit, { input: { id } });
    await waitFor(id, 'COMMITTED');
    expect(await serving.get('{ transfer(id: "t-91") { portion } organization(id: "north") { name } }')).toEqual({
      transfer: { portion: 0.25 },
      organization: { name: 'North' },
    });
  });
});
