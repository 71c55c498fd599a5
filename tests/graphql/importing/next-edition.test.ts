import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
beforeAll(() => serving.start());
afterAll(() => serving.stopAndDelete());

const names = ['okta', 'globex', 'initech', 'umbrella', 'hooli', 'vandelay', 'soylent', 'stark', 'wayne', 'wonka'];
const organizations = (given: readonly string[]) =>
  `id,name,roles,website\nlab,Lab,LAB,\n${given.map((name) => `${name},${name},VENDOR,${name}.example`).join('\n')}\n`;
const engagements = (given: readonly string[]) =>
  `id,client,provider,service\n${given.map((name) => `E-${name},lab,${name},Hosting`).join('\n')}\n`;

const query = `query($id: ID!) { import(id: $id) { state failure report { created updated unchanged rejected warnings account { read used repeated leftOut rejected } drift { listedBefore newCount againCount goneCount } }
  questions { kind message choices proposed flag }
  unlisted(first: 3) { totalCount pageInfo { hasNextPage endCursor } edges { node { ... on Organization { id } ... on Engagement { id provider { id } } } } } } }`;
const commit = 'mutation($input: CommitImportInput!) { commitImport(input: $input) { import { state } userErrors { code message } } }';
const decide =
  'mutation($input: DecideEditionInput!) { decideEdition(input: $input) { import { state } userErrors { code message path } } }';

async function draft(given: readonly string[], files: (given: readonly string[]) => Record<string, string> = both): Promise<string> {
  const created = await fetch(`${serving.url}/api/imports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source: 'register' }),
  });
  const { id } = (await created.json()) as { id: string };
  for (const [name, body] of Object.entries(files(given))) {
    expect((await fetch(`${serving.url}/api/imports/${id}/files/${name}`, { method: 'PUT', body })).status).toBe(200);
  }
  return id;
}

function both(given: readonly string[]): Record<string, string> {
  return { 'organizations.csv': organizations(given), 'engagements.csv': engagements(given) };
}

// biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
async function waitFor(id: string, ...states: string[]): Promise<any> {
  for (let i = 0; i < 400; i++) {
    const { import: found } = await serving.get(query, { id });
    if (states.includes(found.state) && (found.state !== 'DRAFT' || found.report !== null)) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The import never became ${states.join(' or ')}.`);
}

const endOf = async (id: string) => (await serving.get('query($id: ID!) { engagement(id: $id) { endsAt } }', { id })).engagement;

describe('a later edition through the API', () => {
  it('[M16] [S113] lists the facts that the source no longer has, asks about them, and ends, keeps or retracts them on commit', async () => {
    await serving.get(commit, { input: { id: await firstEdition() } });

    const id = await draft(names.slice(0, 9));
    const looked = await waitFor(id, 'DRAFT');
    expect(looked.questions).toMatchObject([{ kind: 'UNLISTED', choices: ['keep', 'end', 'retract'], proposed: 'end' }]);
    expect(looked.unlisted).toMatchObject({
      totalCount: 2,
      edges: [{ node: { id: 'wonka' } }, { node: { id: 'E-wonka', provider: { id: 'wonka' } } }],
    });
    expect(looked.report.warnings[0]).toContain('0 new, 19 listed again, 2 of 21 are no longer listed');
    expect(looked.report).toMatchObject({
      account: { read: 19, used: 19, repeated: 0, leftOut: 0, rejected: 0 },
      drift: { listedBefore: 21, newCount: 0, againCount: 19, goneCount: 2 },
    });

    const endless = await serving.get(decide, { input: { import: id, unlisted: 'END' } });
    expect(endless.decideEdition.userErrors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining('endUnlistedAt') }]);
    await serving.get(decide, { input: { import: id, unlisted: 'END', endUnlistedAt: '2026-01-01T00:00:00Z' } });
    const decided = await waitFor(id, 'DRAFT');
    expect(decided).toMatchObject({ questions: [], report: { updated: 1, created: 0 } });

    expect((await serving.get(commit, { input: { id } })).commitImport.userErrors).toEqual([]);
    await waitFor(id, 'COMMITTED');
    expect(await endOf('E-wonka')).toEqual({ endsAt: '2026-01-01T00:00:00Z' });
  });

  it('[M13] keeps missing facts without a decision, and guards against a list that lost more than a fifth', async () => {
    const id = await draft(names.slice(0, 6));
    const looked = await waitFor(id, 'DRAFT');
    expect(looked.questions).toMatchObject([{ kind: 'UNLISTED', proposed: 'keep', message: expect.stringContaining('more than a fifth') }]);
    const refused = await serving.get(commit, { input: { id, closeUnlisted: true } });
    expect(refused.commitImport.userErrors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('more than a fifth') },
    ]);
    await serving.get(commit, { input: { id, closeUnlisted: true, evenIfMany: true } });
    await waitFor(id, 'COMMITTED');
    expect(await endOf('E-stark')).toBeNull();
    expect(await endOf('E-wonka')).toEqual({ endsAt: '2026-01-01T00:00:00Z' });

    const kept = await draft(names.slice(0, 5));
    await waitFor(kept, 'DRAFT');
    expect((await serving.get(commit, { input: { id: kept } })).commitImport.userErrors).toEqual([]);
    await waitFor(kept, 'COMMITTED');
    expect(await endOf('E-vandelay')).toEqual({ endsAt: null });
  });

  it('[M17] erases emptied cells only if the commit says so', async () => {
    const emptied = (given: readonly string[]) => ({ 'organizations.csv': organizations(given).replace('okta.example', '') });
    const silent = await draft(names.slice(0, 5), emptied);
    expect((await waitFor(silent, 'DRAFT')).questions).toMatchObject([{ kind: 'EMPTIED', proposed: 'keep', flag: '--erase-emptied' }]);
    await serving.get(commit, { input: { id: silent } });
    await waitFor(silent, 'COMMITTED');
    const website = async () => (await serving.get('{ organization(id: "okta") { website } }')).organization.website;
    expect(await website()).toBe('okta.example');

    await serving.get('mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } } }', { id: silent });
    const erasing = await draft(names.slice(0, 5), emptied);
    await waitFor(erasing, 'DRAFT');
    await serving.get(commit, { input: { id: erasing, eraseEmptied: true } });
    await waitFor(erasing, 'COMMITTED');
    expect(await website()).toBeNull();
  });
});

async function firstEdition(): Promise<string> {
  const id = await draft(names);
  expect(await waitFor(id, 'DRAFT')).toMatchObject({ questions: [], unlisted: { totalCount: 0 } });
  return id;
}
