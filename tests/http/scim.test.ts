import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Directory } from '../../server/auth/directory.ts';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { documentCollections } from '../../server/store/store-record.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { findFreePort } from '../support/servers/free-port.ts';
import { clientId, clientSecret, IdentityProvider, PlainBrowser } from '../support/servers/identity-provider.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const token = 'the token of the identity provider';
const serving = new Serving();
const provider = new IdentityProvider();
const secret = token.replaceAll(' ', '-');

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  await provider.start();
  const port = await findFreePort();
  const groups = join(serving.folder, 'groups.json');
  const rights = { security: { role: 'analyst', export: true }, staff: { role: 'viewer' }, 'Lab A': { role: 'viewer', labs: ['lab-a'] } };
  writeFileSync(groups, JSON.stringify({ groups: rights }));
  const environment = {
    EXPOSURE_PORT: `${port}`,
    EXPOSURE_PUBLIC_URL: `http://127.0.0.1:${port}`,
    EXPOSURE_OIDC_ISSUER: provider.issuer,
    EXPOSURE_OIDC_CLIENT_ID: clientId,
    EXPOSURE_OIDC_CLIENT_SECRET: clientSecret,
    EXPOSURE_OIDC_GROUPS: groups,
    EXPOSURE_SCIM_TOKEN: secret,
    EXPOSURE_SESSION_SECRET: 'a secret of sixteen or more',
  };
  await provider.useNewKey(`http://127.0.0.1:${port}/auth/callback`);
  await serving.start({ environment });
});
afterAll(async () => {
  await serving.stopAndDelete();
  await provider.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: the type depends on the request.
type Body = any;

async function scim(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${serving.url}/scim/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json', ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? null : JSON.parse(text)) as Body };
}

const patchOf = (...Operations: object[]) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

async function addPerson(userName: string, more: object = {}): Promise<string> {
  const { status, body } = await scim('POST', '/Users', { schemas: [userSchema], userName, active: true, ...more });
  expect([status, body.userName]).toEqual([201, userName]);
  return body.id;
}

async function addGroup(displayName: string, members: readonly string[]): Promise<string> {
  const { status, body } = await scim('POST', '/Groups', { displayName, members: members.map((value) => ({ value })) });
  expect(status).toBe(201);
  return body.id;
}

async function ask(browser: PlainBrowser, query: string): Promise<Body> {
  const response = await browser.fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function viewerOf(browser: PlainBrowser) {
  const { data, errors } = await ask(browser, '{ viewer { name role canExport labs { id } } }');
  return data?.viewer ?? errors?.[0]?.extensions.code;
}

async function logIn(account: string): Promise<{ readonly browser: PlainBrowser; readonly status: number; readonly text: string }> {
  const browser = new PlainBrowser();
  const response = await browser.logIn(`${serving.url}/auth/login`, account);
  return { browser, status: response.status, text: await response.text() };
}

async function withStore<T>(act: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

describe('people and groups of an identity provider (SCIM 2.0)', () => {
  it('[S990] takes what Microsoft Entra ID documents that it sends', async () => {
    expect((await scim('GET', '/Users?filter=userName eq "Test_User_1@entra.example"')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    const created = await scim('POST', '/Users', {
      schemas: [userSchema, enterprise],
      externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
      userName: 'Test_User_1@entra.example',
      active: true,
      emails: [{ primary: true, type: 'work', value: 'Test_User_1@entra.example' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
      roles: [],
      [enterprise]: { department: 'bob' },
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`${serving.url}/scim/v2/Users/${id}`);
    expect(created.headers.get('content-type')).toContain('application/scim+json');
    // User names are compared without case.
    const found = await scim('GET', `/Users?filter=${encodeURIComponent('userName eq "test_user_1@ENTRA.example"')}`);
    expect(found.body.Resources).toMatchObject([{ id, active: true, externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef' }]);
    const changed = await scim(
      'PATCH',
      `/Users/${id}`,
      patchOf(
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updated@entra.example' },
        { op: 'Add', path: 'emails[type eq "home"].value', value: 'home@entra.example' },
        { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
        { op: 'Add', path: `${enterprise}:manager`, value: '1234' },
        { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '+1 555' },
      ),
    );
    expect([changed.status, changed.body.name.familyName]).toEqual([200, 'updatedFamilyName']);
    expect(changed.body.emails).toMatchObject([
      { type: 'work', value: 'updated@entra.example', primary: true },
      { type: 'home', value: 'home@entra.example' },
    ]);
    // It matches people by other attributes where an administrator chose them.
    for (const filter of [
      'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
      'emails[type eq "work"].value eq "updated@entra.example"',
      'emails[type eq "work"] and userName eq "Test_User_1@entra.example"',
    ])
      expect([filter, (await scim('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults]).toEqual([filter, 1]);
    const renamed = await scim('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'userName', value: '5b50642d@entra.example' }));
    expect([renamed.status, renamed.body.userName]).toEqual([200, '5b50642d@entra.example']);
    // With the feature flag aadOptscim062020, paths are names in one value.
    const several = await scim(
      'PATCH',
      `/Users/${id}`,
      patchOf({
        op: 'replace',
        value: {
          displayName: 'Shown',
          'name.givenName': 'Given',
          'emails[type eq "work"].value': 'again@entra.example',
          'emails[type eq "other"].value': 'other@entra.example',
          'addresses[type eq "work"].country': 'US',
          [`${enterprise}:employeeNumber`]: '17',
          title: 'Analyst',
        },
      }),
    );
    expect([several.status, several.body.displayName, several.body.name]).toEqual([
      200,
      'Shown',
      { formatted: 'givenName familyName', familyName: 'updatedFamilyName', givenName: 'Given' },
    ]);
    expect(several.body.emails.map((email: { type: string; value: string }) => `${email.type} ${email.value}`)).toEqual([
      'work again@entra.example',
      'home home@entra.example',
      'other other@entra.example',
    ]);
    const disabled = await scim('PATCH', `/Users/${id}`, patchOf({ op: 'Replace', path: 'active', value: 'False' }));
    expect([disabled.status, disabled.body.active]).toEqual([200, false]);

    const group = await scim('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'entra group',
      meta: { resourceType: 'Group' },
    });
    expect(group.status).toBe(201);
    const path = `/Groups/${group.body.id}`;
    expect((await scim('PATCH', path, patchOf({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }))).status).toBe(200);
    const without = await scim('GET', `/Groups?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "entra group"')}`);
    expect(without.body.Resources).toHaveLength(1);
    expect(without.body.Resources[0].members).toBeUndefined();
    expect((await scim('GET', path)).body.members).toMatchObject([{ value: id }]);
    const hers = `/Groups?filter=${encodeURIComponent(`id eq "${group.body.id}" and members eq "${id}"`)}`;
    expect((await scim('GET', hers)).body.totalResults).toBe(1);
    await scim('PATCH', path, patchOf({ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }));
    expect((await scim('GET', path)).body.members ?? []).toEqual([]);
    await scim('PATCH', path, patchOf({ op: 'Replace', path: 'displayName', value: 'entra group, renamed' }));
    expect((await scim('GET', path)).body.displayName).toBe('entra group, renamed');
    expect((await scim('DELETE', path)).status).toBe(204);
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await scim('GET', `/Users/${id}`)).status).toBe(404);
  });

  it('[S990] takes what Okta documents that it sends', async () => {
    const none = await scim('GET', `/Users?filter=${encodeURIComponent('userName eq "test.user@okta.example"')}&startIndex=1&count=100`);
    expect(none.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
    const whole = {
      schemas: [userSchema],
      userName: 'test.user@okta.example',
      name: { givenName: 'Test', familyName: 'User' },
      emails: [{ primary: true, value: 'test.user@okta.example', type: 'work' }],
      displayName: 'Test User',
      locale: 'en-US',
      externalId: '00ujl29u0le5T6Aj10h7',
      groups: [],
      password: '1mz050nq',
      active: true,
    };
    const { status, body } = await scim('POST', '/Users', whole);
    expect(status).toBe(201);
    expect(body.password).toBeUndefined();
    expect((await scim('PUT', `/Users/${body.id}`, { ...whole, displayName: 'Another' })).body.displayName).toBe('Another');
    const group = await scim('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Okta',
      members: [],
    });
    const path = `/Groups/${group.body.id}`;
    await scim('PATCH', path, patchOf({ op: 'replace', path: 'members', value: [{ value: body.id, display: 'test.user@okta.example' }] }));
    await scim('PATCH', path, patchOf({ op: 'replace', value: { id: group.body.id, displayName: 'Okta, renamed' } }));
    expect((await scim('GET', path)).body).toMatchObject({ displayName: 'Okta, renamed', members: [{ value: body.id }] });
    await scim('PATCH', path, patchOf({ op: 'remove', path: `members[value eq "${body.id}"]` }));
    expect((await scim('GET', path)).body.members ?? []).toEqual([]);
    await scim('PATCH', path, patchOf({ op: 'add', path: 'members', value: [{ value: body.id, display: 'test.user@okta.example' }] }));
    const listed = await scim('GET', `/Groups?filter=${encodeURIComponent('displayName eq "Okta, renamed"')}&startIndex=1&count=100`);
    expect(listed.body).toMatchObject({
      totalResults: 1,
      startIndex: 1,
      Resources: [{ id: group.body.id, members: [{ value: body.id }] }],
    });
    // Where an integration updates by PUT.
    const put = await scim('PUT', path, { ...group.body, displayName: 'Okta', members: [] });
    expect([put.status, put.body.displayName, put.body.members ?? []]).toEqual([200, 'Okta', []]);
    expect((await scim('PUT', `/Users/${body.id}`, { ...whole, id: body.id, active: false })).body.active).toBe(false);
    expect((await scim('PUT', `/Users/${body.id}`, { ...whole, id: body.id })).body.active).toBe(true);
    const off = await scim('PATCH', `/Users/${body.id}`, patchOf({ op: 'replace', value: { active: false } }));
    expect([off.status, off.body.active]).toEqual([200, false]);
    await scim('DELETE', path);
    await scim('DELETE', `/Users/${body.id}`);
  });

  it('[S991] only people whom the directory lists as active log in, with the rights of their groups there', async () => {
    provider.accounts.set('ada', { groups: ['security'] });
    const refused = await logIn('ada');
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('is not active in the directory')]);
    const ada = await addPerson('ADA@example.org');
    // Without groups in the directory, those of the log-in count.
    expect(await viewerOf((await logIn('ada')).browser)).toMatchObject({ name: 'ada@example.org', role: 'ANALYST', canExport: true });
    const group = await addGroup('Lab A', [ada]);
    const { browser } = await logIn('ada');
    expect(await viewerOf(browser)).toEqual({ name: 'ada@example.org', role: 'VIEWER', canExport: false, labs: [{ id: 'lab-a' }] });
    await scim('PATCH', `/Groups/${group}`, patchOf({ op: 'remove', path: 'members' }));
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');
    await scim('DELETE', `/Groups/${group}`);
    await scim('DELETE', `/Users/${ada}`);
  });

  it('[S992] a person whom the provider deactivates is out with the next request: session, tokens and watches', async () => {
    provider.accounts.set('eve', { groups: ['security'] });
    const eve = await addPerson('eve', { externalId: 'eve', emails: [{ value: 'eve@example.org' }] });
    const { browser } = await logIn('eve');
    expect(await viewerOf(browser)).toMatchObject({ name: 'eve@example.org' });
    const watch = await ask(
      browser,
      'mutation { saveWatch(input: { name: "Vendor", kind: LAB, lab: "lab-a", on: [JOINED] }) { watch { id } userErrors { message } } }',
    );
    const made = await withStore((store) =>
      new Tokens(store).create(
        { name: 'eve-script', role: 'ANALYST', canExport: false, labs: null, owner: 'EVE@example.org', expiresAt: null },
        Date.now(),
      ),
    );
    const byToken = async () => {
      const response = await fetch(`${serving.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made}`, 'content-type': 'application/json' },
        body: '{"query":"{ viewer { name } }"}',
      });
      return response.status;
    };
    expect([watch.errors, await byToken()]).toEqual([undefined, 200]);
    await scim('PATCH', `/Users/${eve}`, patchOf({ op: 'replace', value: { active: false } }));
    expect([await viewerOf(browser), await byToken(), (await logIn('eve')).status]).toEqual(['UNAUTHENTICATED', 401, 403]);
    const ended = await withStore(async (store) => (await store.listDocuments('watch')).map(({ json }) => JSON.parse(json)));
    expect(ended).toMatchObject([{ owner: 'eve@example.org', isEnded: true }]);

    // A person who comes back logs in again. Everything that was ended stays so.
    await scim('PATCH', `/Users/${eve}`, patchOf({ op: 'replace', value: { active: true } }));
    expect([await viewerOf(browser), await byToken()]).toEqual(['UNAUTHENTICATED', 401]);
    const again = await logIn('eve');
    expect(await viewerOf(again.browser)).toMatchObject({ name: 'eve@example.org' });
    await scim('DELETE', `/Users/${eve}`);
    expect(await viewerOf(again.browser)).toBe('UNAUTHENTICATED');
  });

  it('[S993] keeps no password, and nothing about a person that it does not need', async () => {
    const secrets = ['pass-word-1', '+1-555-0100', 'Elm Street', 'passkey-2'];
    const [password, phone, street, second] = secrets;
    const id = await addPerson('kim', { password, phoneNumbers: [{ value: phone }], addresses: [{ streetAddress: street }], title: 'Dr' });
    const changed = await scim('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { password: second } }));
    expect([changed.status, changed.body.password]).toEqual([200, undefined]);
    const kept = await withStore(async (store) => {
      const all = await Promise.all(documentCollections.map((collection) => store.listDocuments(collection)));
      return JSON.stringify(all.flat());
    });
    expect(kept).toContain('kim');
    const files = ['exposure.db', 'data/audit.jsonl'].map((name) => readFileSync(join(serving.folder, name), 'latin1')).join('\n');
    for (const text of secrets) expect([text, kept.includes(text), files.includes(text)]).toEqual([text, false, false]);
    const schema = await scim('GET', `/Schemas/${userSchema}`);
    const names = schema.body.attributes.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual(['active', 'displayName', 'emails', 'name', 'userName']);
    await scim('DELETE', `/Users/${id}`);
  });

  it('[S994] refuses a request without its token, even of an administrator, and records every change', async () => {
    const admin = await withStore((store) =>
      new Tokens(store).create({ name: 'root', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now()),
    );
    for (const authorization of ['', 'Bearer wrong', `Bearer ${admin}`, `Basic ${secret}`]) {
      const answer = await scim('GET', '/Users', undefined, { authorization });
      expect([authorization, answer.status, answer.body.status]).toEqual([authorization, 401, '401']);
    }
    // The provider's token opens nothing else.
    const other = await fetch(`${serving.url}/graphql?query={revision}`, { headers: { authorization: `Bearer ${secret}` } });
    expect(other.status).toBe(401);
    const id = await addPerson('rec');
    await scim('PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: false } }));
    await scim('DELETE', `/Users/${id}`);
    // Each entry is written once its answer is sent.
    const readTrail = () => readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8');
    const written = (action: string) =>
      `"by":"identity provider","from":"127.0.0.1","action":"SCIM ${action} person","subject":"rec","outcome":"ok"`;
    while (!readTrail().includes(written('remove'))) await sleep(20);
    const trail = readTrail();
    for (const action of ['create', 'change']) expect(trail).toContain(written(action));
    expect(trail).toContain('"action":"GET /scim/v2/Users","subject":null,"outcome":"401"');
    expect(trail).not.toContain(secret);
  });

  it('[S995] refuses bad input with the reason, and changes nothing', async () => {
    const id = await addPerson('bad');
    const group = await addGroup('bad group', [id]);
    const before = await withStore((store) => new Directory(store, Date.now).list());
    const tries: [status: number, says: RegExp, ...request: [string, string, unknown?, Record<string, string>?]][] = [
      [400, /not JSON/, 'POST', '/Users', '{'],
      [400, /object/, 'POST', '/Users', []],
      [400, /userName/, 'POST', '/Users', {}],
      [400, /userName has 0/, 'POST', '/Users', { userName: ' ' }],
      [400, /userName has 201/, 'POST', '/Users', { userName: 'x'.repeat(201) }],
      [400, /active/, 'POST', '/Users', { userName: 'x', active: 'perhaps' }],
      [409, /already/, 'POST', '/Users', { userName: 'BAD' }],
      [409, /already/, 'POST', '/Groups', { displayName: 'bad group' }],
      [400, /not a person/, 'POST', '/Groups', { displayName: 'x', members: [{ value: 'nobody' }] }],
      [400, /not a person/, 'PATCH', `/Groups/${group}`, patchOf({ op: 'add', path: 'members', value: [{ value: 'nobody' }] })],
      [400, /nope/, 'PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: false } }, { op: 'add', path: 'nope', value: 1 })],
      [400, /Operations/, 'PATCH', `/Users/${id}`, patchOf()],
      [404, /no person/, 'PATCH', '/Users/none', patchOf({ op: 'replace', value: { active: false } })],
      [404, /no group/, 'DELETE', '/Groups/none'],
      [412, /version/, 'PATCH', `/Users/${id}`, patchOf({ op: 'replace', value: { active: false } }), { 'if-match': 'W/"99"' }],
      [400, /filter/, 'GET', '/Users?filter=bad'],
      [400, /filter/, 'GET', `/Users?filter=${encodeURIComponent('userName eq "x" and (')}`],
      [400, /count/, 'GET', '/Users?count=many'],
      [413, /1 MB/, 'POST', '/Users', { userName: 'x', displayName: 'y'.repeat(1_100_000) }],
      [404, /does not exist/, 'POST', '/Bulk', {}],
      [404, /does not exist/, 'GET', '/Me'],
    ];
    for (const [status, says, ...request] of tries) {
      const answer = await scim(...request);
      expect([request, answer.status, answer.body.detail]).toEqual([request, status, expect.stringMatching(says)]);
      expect(answer.body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: String(status) });
    }
    expect(await withStore((store) => new Directory(store, Date.now).list())).toEqual(before);
    await scim('DELETE', `/Groups/${group}`);
    await scim('DELETE', `/Users/${id}`);
  });

  it('[S996] lists page by page, and changes at once lose nothing', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, (_, i) => addPerson(`p-${String(i).padStart(2, '0')}`)));
    const page = await scim('GET', '/Users?startIndex=3&count=4');
    expect(page.body).toMatchObject({ totalResults: 12, startIndex: 3, itemsPerPage: 4 });
    expect(page.body.Resources.map(({ userName }: { userName: string }) => userName)).toEqual(['p-02', 'p-03', 'p-04', 'p-05']);
    const group = await addGroup('crowd', []);
    const answers = await Promise.all(
      ids.slice(0, 4).map((value) => scim('PATCH', `/Groups/${group}`, patchOf({ op: 'Add', path: 'members', value: [{ value }] }))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { members } = (await scim('GET', `/Groups/${group}`)).body;
    expect(members.map(({ value }: { value: string }) => value).sort()).toEqual(ids.slice(0, 4).sort());
    // Of several who add one person at once, one does.
    const twins = await Promise.all(Array.from({ length: 4 }, () => scim('POST', '/Users', { userName: 'twin' })));
    expect(twins.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
    const twin = `/Users?filter=${encodeURIComponent('userName eq "twin"')}`;
    expect((await scim('GET', twin)).body.totalResults).toBe(twins.filter(({ status }) => status === 201).length);
    await scim('DELETE', `/Users/${ids[0]}`);
    expect((await scim('GET', `/Groups/${group}`)).body.members).toHaveLength(3);
    // A removal that broke off leaves a member that is gone. The next change takes it out.
    await withStore((store) => store.deleteDocument('person', ids[1] as string));
    const next = await scim('PATCH', `/Groups/${group}`, patchOf({ op: 'add', path: 'members', value: [{ value: ids[5] }] }));
    expect([next.status, next.body.members.length]).toEqual([200, 3]);
    const config = (await scim('GET', '/ServiceProviderConfig')).body;
    expect(config).toMatchObject({ patch: { supported: true }, bulk: { supported: false }, changePassword: { supported: false } });
    const types = (await scim('GET', '/ResourceTypes')).body.Resources.map(({ name }: { name: string }) => name);
    expect(types.sort()).toEqual(['Group', 'User']);
  });
});
