import type { Role } from '../../../server/auth/identity.ts';
import { Tokens } from '../../../server/auth/tokens.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';
import { Serving } from '../serving.ts';

const serving = new Serving();
const tokens: Record<string, string> = {};
const people: Readonly<Record<string, Role>> = { ada: 'ANALYST', bob: 'ANALYST', root: 'ADMIN' };
const names = ['okta', 'globex', 'initech', 'umbrella', 'hooli', 'vandelay'];

beforeAll(async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  for (const [name, role] of Object.entries(people))
    tokens[name] = await new Tokens(store).create({ name, role, canExport: false, labs: null, expiresAt: null }, Date.now());
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
});
afterAll(() => serving.stopAndDelete());

function send(who: string, method: string, path: string, body: string, type = 'application/json') {
  return fetch(serving.url + path, { method, headers: { authorization: `Bearer ${tokens[who]}`, 'content-type': type }, body });
}

async function ask(who: string, query: string, variables: object = {}) {
  const response = await send(who, 'POST', '/graphql', JSON.stringify({ query, variables }));
  // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
  return (await response.json()) as { data?: any; errors?: { message: string; extensions: { code: string } }[] };
}

const look = `query($id: ID!) { import(id: $id) { state failure report { created } questions { kind choices refused { choice because } } unlisted { totalCount } } }`;
const decide = 'mutation($input: DecideEditionInput!) { decideEdition(input: $input) { userErrors { code message } } }';
const commit = 'mutation($input: CommitImportInput!) { commitImport(input: $input) { userErrors { code message } } }';

async function settled(id: string, who = 'root') {
  for (;;) {
    const { data } = await ask(who, look, { id });
    if (!['ANALYZING', 'COMMITTING'].includes(data.import.state)) return data.import;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function upload(who: string, id: string, vendors: readonly string[]): Promise<void> {
  const rows = vendors.map((name) => `${name},${name},VENDOR`).join('\n');
  const response = await send(who, 'PUT', `/api/imports/${id}/files/organizations.csv`, `id,name,roles\n${rows}\n`, 'text/csv');
  expect(response.status).toBe(200);
  await settled(id);
}

async function draft(who: string, source: string, vendors: readonly string[]): Promise<string> {
  const created = await send(who, 'POST', '/api/imports', JSON.stringify({ source }));
  const { id } = (await created.json()) as { id: string };
  await upload(who, id, vendors);
  return id;
}

async function committed(who: string, id: string, more: object = {}) {
  const { errors } = await ask(who, commit, { input: { id, ...more } });
  return { codes: errors?.map(({ extensions }) => extensions.code) ?? [], message: errors?.[0]?.message, ...(await settled(id)) };
}

const vendorsNow = async () => {
  const { data } = await ask('root', '{ organizations(first: 200) { edges { node { id } } } }');
  return data.organizations.edges.map(({ node }: { node: { id: string } }) => node.id);
};

/** A source of its own for each test, whose first edition `who` imports. */
let count = 0;
async function firstEdition(who: string): Promise<{ readonly source: string; readonly all: string[]; readonly left: string[] }> {
  const source = `register ${++count}`;
  const all = names.map((name) => `${name}-${count}`);
  expect(await committed(who, await draft(who, source, all))).toMatchObject({ codes: [], state: 'COMMITTED' });
  return { source, all, left: all.slice(0, 5) };
}

describe('[U501] an analyst removes through a later edition only what it imported itself', () => {
  it('is refused when it decides, when it commits, and the question says why', async () => {
    const { source, all, left } = await firstEdition('ada');
    const id = await draft('bob', source, left);
    const [question] = (await settled(id, 'bob')).questions;
    const because = expect.stringMatching(/^bob may not remove what ada imported: .*End it on a date or keep it instead/);
    expect(question).toMatchObject({ choices: ['keep', 'retract'], refused: [{ choice: 'retract', because }] });
    expect((await settled(id, 'root')).questions[0].refused).toEqual([]);
    expect((await settled(id, 'ada')).questions[0].refused).toEqual([]);

    const decided = await ask('bob', decide, { input: { import: id, unlisted: 'RETRACT' } });
    expect(decided.errors).toMatchObject([{ message: because, extensions: { code: 'FORBIDDEN' } }]);
    expect(await committed('bob', id, { closeUnlisted: true })).toMatchObject({ codes: ['FORBIDDEN'], state: 'DRAFT' });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(all));
    // It may keep, and commit.
    expect((await ask('bob', decide, { input: { import: id, unlisted: 'KEEP' } })).errors).toBeUndefined();
    await settled(id);
    expect(await committed('bob', id)).toMatchObject({ codes: [], state: 'COMMITTED' });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(all));
  });

  it('a draft of which an administrator decided is not committed by an analyst, nor the other way round', async () => {
    const { source, all, left } = await firstEdition('ada');
    const id = await draft('bob', source, left);
    expect((await ask('root', decide, { input: { import: id, unlisted: 'RETRACT' } })).errors).toBeUndefined();
    await settled(id);
    expect(await committed('bob', id)).toMatchObject({ codes: ['FORBIDDEN'], message: expect.stringContaining('bob may not') });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(all));
    expect(await committed('root', id)).toMatchObject({ codes: [], state: 'COMMITTED' });
    expect(await vendorsNow()).not.toContain(all[5]);

    // Bob decides about what is his alone, then swaps the file, so that Ada's rows would go when the administrator commits.
    const next = await firstEdition('ada');
    const more = [...next.all, `bobs-${count}`];
    expect(await committed('bob', await draft('bob', next.source, more))).toMatchObject({ state: 'COMMITTED' });
    const trap = await draft('bob', next.source, next.all);
    expect((await ask('bob', decide, { input: { import: trap, unlisted: 'RETRACT', evenIfMany: true } })).errors).toBeUndefined();
    await settled(trap);
    await upload('bob', trap, next.left);
    expect(await committed('root', trap)).toMatchObject({ codes: ['FORBIDDEN'], message: expect.stringContaining('bob may not') });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(more));
  });

  it('whoever imported all that goes may remove it; what another imported too stays', async () => {
    const { source, all, left } = await firstEdition('ada');
    expect(await committed('ada', await draft('ada', source, left), { closeUnlisted: true })).toMatchObject({
      codes: [],
      state: 'COMMITTED',
    });
    expect(await vendorsNow()).not.toContain(all[5]);

    const both = await firstEdition('ada');
    expect(await committed('bob', await draft('bob', both.source, both.all))).toMatchObject({ state: 'COMMITTED' });
    for (const who of ['ada', 'bob'])
      expect(await committed(who, await draft(who, both.source, both.left), { closeUnlisted: true })).toMatchObject({
        codes: ['FORBIDDEN'],
      });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(both.all));
  });

  it('a commit ordered before the analysis has ended is refused by the commit itself', async () => {
    const { source, all, left } = await firstEdition('ada');
    const created = await send('bob', 'POST', '/api/imports', JSON.stringify({ source }));
    const { id } = (await created.json()) as { id: string };
    const rows = left.map((name) => `${name},${name},VENDOR`).join('\n');
    await send('bob', 'PUT', `/api/imports/${id}/files/organizations.csv`, `id,name,roles\n${rows}\n`, 'text/csv');
    const outcome = await committed('bob', id, { closeUnlisted: true });
    if (outcome.codes.length > 0) expect(outcome.codes).toEqual(['FORBIDDEN']);
    else expect(outcome).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('bob may not remove what ada imported') });
    expect(await vendorsNow()).toEqual(expect.arrayContaining(all));
  });

  it('an undo, a retraction through the API and a merge remove nothing of another either', async () => {
    const { all } = await firstEdition('ada');
    const { data } = await ask('root', '{ imports(first: 1) { edges { node { id } } } }');
    const last = data.imports.edges[0].node.id;
    const undo = await ask('bob', 'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } } }', { id: last });
    expect(undo.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const retract = await ask('bob', 'mutation($ids: [ID!]) { retractFacts(input: { organizations: $ids }) { retracted } }', { ids: all });
    expect(retract.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    // A merge is an analyst's act. It hides no fact of an organization for good: an unmerge brings it back.
    const merge = 'mutation($input: MergeOrganizationsInput!) { mergeOrganizations(input: $input) { userErrors { code } } }';
    expect((await ask('bob', merge, { input: { organization: all[5], into: all[4] } })).data.mergeOrganizations.userErrors).toEqual([]);
    const unmerge = 'mutation($input: UnmergeOrganizationsInput!) { unmergeOrganizations(input: $input) { userErrors { code } } }';
    expect((await ask('ada', unmerge, { input: { organization: all[5] } })).data.unmergeOrganizations.userErrors).toEqual([]);
    expect(await vendorsNow()).toEqual(expect.arrayContaining(all));
  });
});
