import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { findFreePort } from '../support/servers/free-port.ts';
import { clientId, clientSecret, IdentityProvider, PlainBrowser } from '../support/servers/identity-provider.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, restoreSpies, spyOn } from '../support/test.ts';

const minute = 60_000;
const serving = new Serving();
const provider = new IdentityProvider();
const realNow = Date.now;
/** How far the clock of the server and the provider is ahead. */
let ahead = 0;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  await provider.start();
  const port = await findFreePort();
  const groups = join(serving.folder, 'groups.json');
  writeFileSync(
    groups,
    JSON.stringify({
      groups: { security: { role: 'analyst', export: true }, staff: { role: 'viewer' }, 'lab-a': { role: 'viewer', labs: ['lab-a'] } },
    }),
  );
  environment = {
    EXPOSURE_PORT: `${port}`,
    EXPOSURE_PUBLIC_URL: `http://127.0.0.1:${port}`,
    EXPOSURE_OIDC_ISSUER: provider.issuer,
    EXPOSURE_OIDC_CLIENT_ID: clientId,
    EXPOSURE_OIDC_CLIENT_SECRET: clientSecret,
    EXPOSURE_OIDC_GROUPS: groups,
    EXPOSURE_SESSION_SECRET: 'a secret of sixteen or more',
  };
  await provider.useNewKey(`http://127.0.0.1:${port}/auth/callback`);
  await serving.start({ environment });
});
beforeEach(() => {
  provider.accounts.set('ada', { groups: ['security', 'others'] });
  provider.accounts.set('lee', { groups: ['lab-a'] });
  provider.accounts.set('eve', { groups: ['others'] });
});
afterEach(() => {
  ahead = 0;
});
afterAll(async () => {
  restoreSpies();
  await serving.stopAndDelete();
  await provider.stop();
});

async function loggedIn(account: string, to = '/'): Promise<PlainBrowser> {
  const browser = new PlainBrowser();
  expect((await browser.logIn(`${serving.url}/auth/login?to=${encodeURIComponent(to)}`, account)).status).toBe(200);
  return browser;
}

async function viewerOf(browser: PlainBrowser) {
  const response = await browser.fetch(`${serving.url}/graphql`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: '{"query":"{ viewer { name role canExport labs { id } } }"}',
  });
  const { data, errors } = (await response.json()) as { data?: { viewer: unknown }; errors?: { extensions: { code: string } }[] };
  return data?.viewer ?? errors?.[0]?.extensions.code;
}

const sessionOf = (browser: PlainBrowser) => browser.cookies.get(new URL(serving.url).host)?.get('exposure_session');
const putSession = (browser: PlainBrowser, value: string) => browser.cookies.get(new URL(serving.url).host)?.set('exposure_session', value);
const ada = { name: 'ada@example.org', role: 'ANALYST', canExport: true, labs: null };

describe('log-in at an OpenID Connect provider', () => {
  it('[S130] uses the code flow with PKCE, state and nonce, and comes back to where the person wanted to go', async () => {
    const begun = await new PlainBrowser().fetch(`${serving.url}/auth/login?to=/blast`);
    const address = new URL(begun.headers.get('location') as string);
    expect([begun.status, address.origin]).toEqual([303, provider.issuer]);
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: clientId });
    expect([asked.state, asked.nonce, asked.code_challenge].map((text) => text?.length)).toEqual([43, 43, 43]);
    const browser = new PlainBrowser();
    const end = await browser.logIn(`${serving.url}/auth/login?to=${encodeURIComponent('/blast?origins=vendor')}`, 'ada');
    expect(await end.text()).toContain('content="0;url=/blast?origins=vendor"');
    expect(await viewerOf(browser)).toEqual(ada);
    const away = await new PlainBrowser().logIn(`${serving.url}/auth/login?to=${encodeURIComponent('//evil.example')}`, 'ada');
    expect(await away.text()).toContain('content="0;url=/"');
  });

  it('[S131] gives a person the rights of its groups together, and binds it to labs only if each group is bound', async () => {
    expect(await viewerOf(await loggedIn('lee'))).toEqual({
      name: 'lee@example.org',
      role: 'VIEWER',
      canExport: false,
      labs: [{ id: 'lab-a' }],
    });
    provider.accounts.set('lee', { groups: ['lab-a', 'staff'], isEmailVerified: false });
    expect(await viewerOf(await loggedIn('lee'))).toEqual({ name: 'lee', role: 'VIEWER', canExport: false, labs: null });
    const refused = await new PlainBrowser().logIn(`${serving.url}/auth/login`, 'eve');
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('in no group')]);
  });

  it('[S131] refuses a person whose name a token has, because records use it as the author', async () => {
    const store = await openStore(serving.environment().EXPOSURE_STORE as string);
    await new Tokens(store).create({ name: 'bob@example.org', role: 'ADMIN', canExport: true, labs: null, expiresAt: null }, Date.now());
    await store.close();
    provider.accounts.set('bob', { groups: ['staff'] });
    expect((await new PlainBrowser().logIn(`${serving.url}/auth/login`, 'bob')).status).toBe(403);
  });

  it('[S132] refuses an answer of another browser, of an earlier log-in, or without one', async () => {
    const browser = new PlainBrowser();
    const callback = await catchCallback(browser, 'ada');
    expect((await new PlainBrowser().fetch(callback)).status).toBe(401);
    const other = new PlainBrowser();
    await other.fetch(`${serving.url}/auth/login`);
    expect((await other.fetch(callback)).status).toBe(401);
    expect((await browser.fetch(callback.replace(/state=[^&]+/, 'state=x'))).status).toBe(401);
    // The refused attempt has used up the log-in.
    expect((await browser.fetch(callback)).status).toBe(401);
    expect(sessionOf(browser)).toBeUndefined();
    const late = new PlainBrowser();
    const lateCallback = await catchCallback(late, 'ada');
    ahead = 11 * minute;
    expect((await late.fetch(lateCallback)).status).toBe(401);
  });

  it('[S132] checks signatures with the current keys of the provider', async () => {
    await loggedIn('ada');
    await provider.useNewKey();
    // The keys were read within the last minute. The client reads them again after that.
    ahead = 2 * minute;
    expect(await viewerOf(await loggedIn('ada'))).toEqual(ada);
  });

  it('[S133] a session gets a new key every few minutes, and ends when idle, after half a day and at log-out', async () => {
    const browser = await loggedIn('ada');
    const first = sessionOf(browser) as string;
    ahead = 3 * minute;
    await viewerOf(browser);
    expect(sessionOf(browser)).toBe(first);
    ahead = 6 * minute;
    expect(await viewerOf(browser)).toEqual(ada);
    const second = sessionOf(browser) as string;
    expect(second).not.toBe(first);
    putSession(browser, first);
    expect(await viewerOf(browser)).toEqual(ada);
    ahead = 8 * minute;
    putSession(browser, first);
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');
    putSession(browser, second);
    expect(await viewerOf(browser)).toEqual(ada);
    ahead = 39 * minute;
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');

    ahead = 0;
    const busy = await loggedIn('ada');
    for (ahead = 0; ahead < 12 * 60 * minute; ahead += 25 * minute) expect(await viewerOf(busy)).toEqual(ada);
    expect(await viewerOf(busy)).toBe('UNAUTHENTICATED');

    ahead = 0;
    const leaving = await loggedIn('ada');
    const stolen = sessionOf(leaving) as string;
    const out = await leaving.fetch(`${serving.url}/auth/logout`, { method: 'POST' });
    expect([out.status, out.headers.get('location'), sessionOf(leaving)]).toEqual([303, '/auth/login?out', undefined]);
    putSession(leaving, stolen);
    expect(await viewerOf(leaving)).toBe('UNAUTHENTICATED');
  });

  it('[S133] each log-in begins a new session and ends the one before', async () => {
    const browser = await loggedIn('ada');
    const before = sessionOf(browser) as string;
    await browser.logIn(`${serving.url}/auth/login?token`, 'ada');
    await browser.fetch(`${serving.url}/auth/logout`, { method: 'POST' });
    expect((await browser.logIn(`${serving.url}/auth/login`, 'ada')).status).toBe(200);
    const after = sessionOf(browser) as string;
    expect(after).not.toBe(before);
    putSession(browser, before);
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');
    putSession(
      browser,
      after.replace(/.$/, (letter) => (letter === 'A' ? 'B' : 'A')),
    );
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');
  });

  it('[S240] a person sees the sessions that it has open, and ends the others soon after a log-in', async () => {
    const account = 'kim';
    provider.accounts.set(account, { groups: ['staff'] });
    const [first, second, other] = [await loggedIn(account), await loggedIn(account), await loggedIn('ada')];
    const kim = await viewerOf(first);
    const sessions = `${serving.url}/auth/sessions`;
    const end = async (browser: PlainBrowser, session: string) => {
      const response = await browser.fetch(`${sessions}/end`, { method: 'POST', body: new URLSearchParams({ session }) });
      return { status: response.status, text: await response.text() };
    };
    const idsOf = async (browser: PlainBrowser) => {
      const text = await (await browser.fetch(sessions)).text();
      expect(text).toContain('<span>From 127.0.0.1</span>');
      return [...text.matchAll(/name="session" value="([0-9a-f]{64})"/g)].map(([, id]) => id as string);
    };
    const [idOfSecond, ...more] = await idsOf(first);
    expect(more).toEqual([]);
    // Nobody ends the session of somebody else.
    expect((await end(other, idOfSecond as string)).status).toBe(404);
    expect((await end(first, '../session.secret')).status).toBe(404);
    expect((await new PlainBrowser().fetch(sessions)).headers.get('location')).toBe('/auth/login?to=/auth/sessions');
    expect(await viewerOf(second)).toEqual(kim);
    expect((await end(first, idOfSecond as string)).status).toBe(303);
    expect([await viewerOf(second), await viewerOf(first)]).toEqual(['UNAUTHENTICATED', kim]);

    const third = await loggedIn(account);
    ahead = 11 * minute;
    expect(await viewerOf(third)).toEqual(kim);
    expect(await idsOf(first)).toEqual([]);
    expect(await end(first, 'others')).toMatchObject({ status: 403, text: expect.stringContaining('Log in again first') });
    const again = await first.fetch(`${serving.url}/auth/login?again&to=/auth/sessions`);
    expect(new URL(again.headers.get('location') as string).searchParams.get('prompt')).toBe('login');
    const goneOn = await first.follow(again, serving.url, account);
    expect(await goneOn.text()).toContain('content="0;url=/auth/sessions"');
    expect((await end(first, 'others')).status).toBe(303);
    expect([await viewerOf(third), await viewerOf(first)]).toEqual(['UNAUTHENTICATED', kim]);
    expect((await end(first, 'others')).status).toBe(404);
    const trail = readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8');
    expect(trail).toContain(
      `"by":"kim@example.org","from":"127.0.0.1","action":"logout","subject":"session ${idOfSecond?.slice(0, 8)}","outcome":"ok"`,
    );
  });

  it('[S134] a person who is disabled at the provider, or leaves its groups, is out within five minutes', async () => {
    const disabled = await loggedIn('ada');
    provider.accounts.set('ada', { groups: ['security'], isDisabled: true });
    ahead = 5 * minute;
    expect(await viewerOf(disabled)).toBe('UNAUTHENTICATED');
    provider.accounts.set('ada', { groups: ['security'] });
    expect(await viewerOf(disabled)).toBe('UNAUTHENTICATED');

    ahead = 0;
    const leaving = await loggedIn('ada');
    provider.accounts.set('ada', { groups: ['staff'] });
    ahead = 5 * minute;
    // Several requests at once ask the provider once: it gives each refresh token for one use.
    const answers = await Promise.all(Array.from({ length: 5 }, () => viewerOf(leaving)));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ ...ada, role: 'VIEWER', canExport: false })));
    provider.accounts.set('ada', { groups: [] });
    ahead = 10 * minute;
    expect(await viewerOf(leaving)).toBe('UNAUTHENTICATED');
  });

  it('[U503] refuses a person who has the name of the command line, and ends the session of one who takes another name', async () => {
    provider.accounts.set('local', { groups: ['staff'], isEmailVerified: false });
    const refused = await new PlainBrowser().logIn(`${serving.url}/auth/login`, 'local');
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('the name of the command line')]);

    provider.accounts.set('zoe', { groups: ['staff'] });
    const zoe = await loggedIn('zoe');
    expect(await viewerOf(zoe)).toMatchObject({ name: 'zoe@example.org' });
    provider.accounts.set('zoe', { groups: ['staff'], email: 'ada@example.org' });
    ahead = 5 * minute;
    expect(await viewerOf(zoe)).toBe('UNAUTHENTICATED');
  });

  it('[S134] while the provider cannot be reached, nobody logs in, and sessions wait', async () => {
    const browser = await loggedIn('ada');
    await provider.stop();
    ahead = 4.5 * minute;
    expect(await viewerOf(browser)).toEqual(ada);
    ahead = 6 * minute;
    expect(await viewerOf(browser)).toBe('STORE_UNAVAILABLE');
    await provider.start();
    expect(await viewerOf(browser)).toEqual(ada);
  });

  it('[S135] keeps sessions sealed on the server, across restarts, and records log-ins', async () => {
    const browser = await loggedIn('ada');
    const folder = join(serving.folder, 'data', 'sessions');
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(files.length).toBeGreaterThan(0);
    // Nothing but the sealed bytes, as base64url.
    for (const text of files) expect(text).toMatch(/^[\w-]{200,}$/);
    await serving.stop();
    await serving.start({ environment });
    expect(await viewerOf(browser)).toEqual(ada);
    const trail = readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8');
    expect(trail).toContain('"by":"ada@example.org","from":"127.0.0.1","action":"login","subject":null,"outcome":"ok"');
    expect(trail).toContain('"action":"logout"');
    expect(trail).toContain('"by":"eve@example.org","from":"127.0.0.1","action":"login","subject":null,"outcome":"403"');
    await serving.stop();
    await serving.start({ environment: { ...environment, EXPOSURE_SESSION_SECRET: 'another secret of this server' } });
    expect(await viewerOf(browser)).toBe('UNAUTHENTICATED');
  });
});

/** The address to which the provider sends a browser back, not yet visited. */
async function catchCallback(browser: PlainBrowser, account: string): Promise<string> {
  const { fetch } = browser;
  let callback = '';
  browser.fetch = async function (this: PlainBrowser, address, options) {
    if (new URL(address).pathname !== '/auth/callback') return fetch.call(this, address, options);
    callback = address;
    return new Response(null);
  };
  await browser.logIn(`${serving.url}/auth/login`, account);
  browser.fetch = fetch;
  return callback;
}
