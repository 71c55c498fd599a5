import type { Role } from '../../server/auth/identity.ts';
import { Tokens } from '../../server/auth/tokens.ts';
import { auditRoute, exportRoutes, factsZipRoutes, holdingsRoute, listRoutes } from '../../server/http/routes/export-routes.ts';

import { importRoutes } from '../../server/http/routes/import-routes.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const held: Record<string, string> = {};

async function makeToken(name: string, role: Role, canExport = false, labs: string[] | null = null): Promise<string> {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  try {
    return await new Tokens(store).create({ name, role, canExport, labs, expiresAt: null }, Date.now());
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
  held.viewer = await makeToken('ro', 'VIEWER');
  held.exporter = await makeToken('reports', 'VIEWER', true);
  held.analyst = await makeToken('ada', 'ANALYST');
  held.other = await makeToken('bob', 'ANALYST');
  held.admin = await makeToken('root', 'ADMIN');
});
afterAll(() => serving.stopAndDelete());

function send(method: string, path: string, token: string | undefined, body?: string, more: Record<string, string> = {}) {
  const headers = {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...more,
  };
  return fetch(serving.url + path, { method, headers, redirect: 'manual', ...(body !== undefined && { body }) });
}

async function ask(token: string | undefined, query: string, variables: object = {}) {
  const response = await send('POST', '/graphql', token, JSON.stringify({ query, variables }));
  // biome-ignore lint/suspicious/noExplicitAny: the type depends on the query.
  const { data, errors } = (await response.json()) as { data?: any; errors?: { extensions: { code: string } }[] };
  return { status: response.status, data, codes: errors?.map((error) => error.extensions.code) };
}

/** Every route under /api, with its parameters filled in. */
function listRoutesOfApi(): [method: string, path: string][] {
  const none = undefined as never;
  const routers = [exportRoutes(), listRoutes(), holdingsRoute(), importRoutes({ drafts: none }), factsZipRoutes(), auditRoute(none)];
  return routers.flatMap(({ stack }) =>
    stack.flatMap(({ route }) => {
      if (route === undefined) return [];
      const paths = (Array.isArray(route.path) ? route.path : [route.path]) as string[];
      const methods = Object.keys((route as unknown as { methods: Record<string, boolean> }).methods);
      return paths.flatMap((path) =>
        methods.map((method): [string, string] => [method.toUpperCase(), `/api${path.replace(/:[a-z]+/g, 'x')}`]),
      );
    }),
  );
}

describe('a server with authentication', () => {
  it('[U6] answers 401 in JSON without a token, with a wrong one and with a revoked one', async () => {
    const revoked = await makeToken('gone', 'ADMIN', true);
    const store = await openStore(serving.environment().EXPOSURE_STORE as string);
    await new Tokens(store).revoke('gone', Date.now());
    await store.close();
    const routes: [string, string][] = [['POST', '/graphql'], ['GET', '/graphql?query={revision}'], ...listRoutesOfApi()];
    expect(routes.length).toBeGreaterThan(15);
    for (const token of [undefined, 'nonsense', `exposure_${'0'.repeat(16)}_${'a'.repeat(43)}`, revoked]) {
      for (const [method, path] of routes) {
        const response = await send(method, path, token, method === 'GET' ? undefined : '{}');
        expect({ method, path, status: response.status }).toEqual({ method, path, status: 401 });
        expect(response.headers.get('www-authenticate')).toContain('Bearer');
        expect((await response.json()).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      }
    }
  });

  it('[U6] health needs no token', async () => {
    expect((await send('GET', '/healthz', undefined)).status).toBe(200);
    const ready = await send('GET', '/readyz', undefined);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
  });

  it('[U3] no route under /api is open to a viewer without the right to export, in any spelling', async () => {
    for (const [method, path] of listRoutesOfApi()) {
      for (const spelling of [path, path.toUpperCase(), `${path}/`]) {
        const { status } = await send(method, spelling, held.viewer, method === 'GET' ? undefined : '{}');
        expect({ method, spelling, status }).toEqual({ method, spelling, status: 403 });
      }
    }
    expect((await send('GET', '/api/blast-radius.csv?origins=vendor', held.exporter)).status).toBe(200);
    expect((await send('GET', '/api/facts.zip', held.exporter)).status).toBe(200);
    expect((await send('GET', '/api/facts.zip', held.admin)).status).toBe(403);
    expect((await send('POST', '/api/imports', held.exporter, '{}')).status).toBe(403);
    expect((await send('GET', '/api/nothing', held.admin)).status).toBe(404);
  });

  it('[S125] tells everybody that it is ready, and its revision only to those who see all facts', async () => {
    held.bound = await makeToken('bound', 'VIEWER', true, ['lab-a']);
    const readyOf = async (token: string | undefined) => (await send('GET', '/readyz', token)).json();
    expect(await readyOf(held.viewer)).toEqual({ status: 'ready', revision: expect.any(Number) });
    expect([await readyOf(undefined), await readyOf(held.bound)]).toEqual([{ status: 'ready' }, { status: 'ready' }]);
  });

  it('[U7] shows the identity, and lets a viewer read and an analyst write under its own name', async () => {
    const viewer = '{ viewer { name role canExport labs { id } } counts { organizations } }';
    expect((await ask(held.exporter, viewer)).data.viewer).toEqual({ name: 'reports', role: 'VIEWER', canExport: true, labs: null });
    const put = 'mutation($i: PutFactsInput!) { putFacts(input: $i) { revision userErrors { message } } }';
    const i = { organizations: [{ id: 'new', name: 'New', roles: ['VENDOR'] }] };
    expect(await ask(held.viewer, put, { i })).toMatchObject({ codes: ['FORBIDDEN'] });
    expect((await ask(held.analyst, put, { i })).data.putFacts.userErrors).toEqual([]);
    const { data } = await ask(held.viewer, '{ history(of: { organization: "new" }) { edges { node { by } } } }');
    expect(data.history.edges[0].node.by).toBe('ada');
    const retract = 'mutation($i: RetractFactsInput!) { retractFacts(input: $i) { revision } }';
    expect(await ask(held.analyst, retract, { i: { organizations: ['new'] } })).toMatchObject({ codes: ['FORBIDDEN'] });
    expect((await ask(held.admin, retract, { i: { organizations: ['new'] } })).codes).toBeUndefined();
  });

  it('[U5] an import is undone by its importer or an administrator', async () => {
    const { id } = await (await send('POST', '/api/imports', held.analyst, '{}')).json();
    const file = await send('PUT', `/api/imports/${id}/files/organizations.csv`, held.analyst, 'id,name\nundone,Undone\n');
    expect(file.status).toBe(200);
    await ask(held.analyst, 'mutation($i: CommitImportInput!) { commitImport(input: $i) { import { state } } }', { i: { id } });
    let state = '';
    while (state !== 'COMMITTED') state = (await ask(held.viewer, `{ import(id: "${id}") { state } }`)).data.import.state;
    const undo = 'mutation($i: ImportIdInput!) { undoImport(input: $i) { import { state } userErrors { message } } }';
    expect(await ask(held.other, undo, { i: { id } })).toMatchObject({ codes: ['FORBIDDEN'] });
    expect((await ask(held.analyst, undo, { i: { id } })).data.undoImport).toEqual({ import: { state: 'UNDONE' }, userErrors: [] });
  });

  it('[U8] accepts bodies of over 1 MB only with the right to write', async () => {
    const large = JSON.stringify({ query: '{ revision }', variables: { x: 'a'.repeat(1_500_000) } });
    expect((await send('POST', '/graphql', held.viewer, large)).status).toBe(413);
    expect((await send('POST', '/graphql', held.analyst, large)).status).toBe(200);
  });

  it('[U9] shows a login form instead of the page, and keeps the session in a cookie that scripts cannot read', async () => {
    const html = { accept: 'text/html' };
    const form = await send('GET', '/blast?origins=vendor', undefined, undefined, html);
    expect(form.status).toBe(401);
    expect(await form.text()).toContain('action="/auth/login"');
    const logIn = (token: string, more = {}) =>
      fetch(`${serving.url}/auth/login`, { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual', headers: more });
    expect((await logIn('wrong')).status).toBe(401);
    expect((await logIn(held.viewer as string, { origin: 'https://evil.example' })).status).toBe(403);
    const done = await logIn(held.viewer as string);
    expect(done.status).toBe(303);
    const cookie = done.headers.get('set-cookie') as string;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const session = { cookie: cookie.split(';')[0] as string };
    expect((await send('POST', '/graphql', undefined, '{"query":"{ revision }"}', session)).status).toBe(200);
    expect(await (await send('GET', '/auth/login', undefined, undefined, session)).text()).toContain('logged in as ro');
    const out = await send('POST', '/auth/logout', undefined, undefined, session);
    expect(out.headers.get('set-cookie')).toMatch(/exposure_session=;/);
    // A valid cookie does not make up for a wrong header.
    expect((await send('POST', '/graphql', 'wrong', '{"query":"{ revision }"}', session)).status).toBe(401);
  });
});
