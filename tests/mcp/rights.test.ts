import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type NewToken, Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving } from '../graphql/serving.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Assistant } from './assistant.ts';

const serving = new Serving();
const tokens: Record<string, string> = {};
const audience = 'https://exposure.example.org/mcp';
let provider: Server;
let issuer: string;
let environment: NodeJS.ProcessEnv;
const json = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
let sign: (claims: Record<string, unknown>, more?: { issuer?: string; audience?: string; expires?: string }) => Promise<string>;

async function makeToken(name: string, more: Partial<NewToken> = {}): Promise<void> {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  const token = { name, role: 'VIEWER', canExport: false, labs: null, expiresAt: Date.now() + 3_600_000, ...more } as const;
  try {
    tokens[name] = await new Tokens(store).create(token, Date.now());
  } finally {
    await store.close();
  }
}

/** An identity provider as far as access tokens need one: its description and its keys. */
async function startProvider(): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
  provider = createServer(({ url }, response) => {
    const description = { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(url === '/keys' ? keys : description));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  sign = (claims, more = {}) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt' })
      .setIssuer(more.issuer ?? issuer)
      .setAudience(more.audience ?? audience)
      .setExpirationTime(more.expires ?? '5m')
      .sign(privateKey);
}

beforeAll(async () => {
  await startProvider();
  await serving.start({ demo: true });
  await serving.stop();
  const groups = join(serving.folder, 'groups.json');
  writeFileSync(groups, JSON.stringify({ groups: { security: { role: 'analyst' }, aurelis: { role: 'viewer', labs: ['aurelis'] } } }));
  environment = {
    EXPOSURE_AUTH: 'required',
    EXPOSURE_PUBLIC_URL: 'http://127.0.0.1:4999',
    EXPOSURE_OIDC_ISSUER: issuer,
    EXPOSURE_OIDC_CLIENT_ID: 'exposure',
    EXPOSURE_OIDC_GROUPS: groups,
    EXPOSURE_MCP_AUDIENCE: audience,
    EXPOSURE_MCP_WRITES: 'notes',
  };
  await serving.start({ environment });
  await makeToken('viewer');
  await makeToken('analyst', { role: 'ANALYST' });
  await makeToken('endless', { expiresAt: null });
  await makeToken('aurelis', { labs: ['aurelis'] });
});
afterAll(async () => {
  await serving.stopAndDelete();
  await new Promise((resolve) => provider.close(resolve));
});

const body = (method: string, params: object = {}) => JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });

function post(token: string | undefined, text = body('tools/list'), headers: Record<string, string> = {}) {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return fetch(`${serving.url}/mcp`, {
    method: 'POST',
    headers: { ...json, ...authorization, ...headers },
    body: text,
  });
}

const errorOf = async (response: Response) => {
  const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
  return { status: response.status, code: errors[0]?.extensions.code, message: errors[0]?.message ?? '' };
};

const readTrail = () =>
  readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { by: string; action: string; subject: string | null; outcome: string });

describe('who may use the MCP server', () => {
  it('[U950] is whoever has a token with an end; a cookie and a token without one let nobody in', async () => {
    for (const token of [undefined, 'nonsense', `exposure_${'0'.repeat(16)}_${'a'.repeat(43)}`]) {
      const response = await post(token);
      expect(response.headers.get('www-authenticate')).toBe(
        'Bearer realm="exposure", resource_metadata="http://127.0.0.1:4999/.well-known/oauth-protected-resource"',
      );
      expect(await errorOf(response)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    const session = await fetch(`${serving.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: tokens.viewer as string, to: '/' }),
      redirect: 'manual',
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] as string;
    expect(cookie).toContain('exposure_session=');
    const asked = await fetch(`${serving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: '{ revision }' }),
    });
    expect(asked.status).toBe(200);
    expect((await post(undefined, undefined, { cookie })).status).toBe(401);
    const endless = await errorOf(await post(tokens.endless));
    expect(endless).toMatchObject({ status: 403, code: 'FORBIDDEN', message: expect.stringContaining('--expires') });
    expect((await post(tokens.viewer)).status).toBe(200);
  });

  it('[S992] is nobody whom the provider keeps here by SCIM and does not list as active', async () => {
    const directory = new Serving();
    const secret = 'the-token-of-the-provider';
    await directory.start({ environment: { ...environment, EXPOSURE_SCIM_TOKEN: secret } });
    const person = { sub: 'p2', email: 'sam@example.org', email_verified: true, groups: ['security'] };
    const token = await sign(person);
    const statusNow = async () =>
      (await fetch(`${directory.url}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${token}`, ...json }, body: '{}' })).status;
    const scim = async (method: string, path: string, body: object) =>
      (
        await fetch(`${directory.url}/scim/v2${path}`, {
          method,
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/scim+json' },
          body: JSON.stringify(body),
        })
      ).json() as Promise<{ id: string }>;
    expect(await statusNow()).toBe(401);
    const { id } = await scim('POST', '/Users', { userName: 'sam@example.org' });
    expect(await statusNow()).not.toBe(401);
    await scim('PUT', `/Users/${id}`, { userName: 'sam@example.org', active: false });
    expect(await statusNow()).toBe(401);
    await directory.stopAndDelete();
  });

  it('[U951] is whoever has an access token of the provider for this audience, with the rights of its groups', async () => {
    const person = { sub: 'p1', email: 'pat@example.org', email_verified: true, groups: ['security'] };
    const assistant = await Assistant.connect(serving.url, { token: await sign(person) });
    expect((await assistant.client.listTools()).tools).toHaveLength(14);
    await assistant.get('add_incident_note', { incident: 'INC-02', text: 'Asked.' });
    await assistant.close();
    await eventually(() =>
      expect(readTrail()).toContainEqual(
        expect.objectContaining({ by: 'pat@example.org', action: 'mcp add_incident_note', subject: 'incident INC-02', outcome: 'ok' }),
      ),
    );
    const bound = await Assistant.connect(serving.url, { token: await sign({ ...person, groups: ['aurelis'] }) });
    expect((await bound.client.listTools()).tools).toHaveLength(12);
    await bound.close();
    const strangers = [
      await sign(person, { audience: 'exposure' }),
      await sign(person, { issuer: 'http://127.0.0.1:1' }),
      await sign(person, { expires: '-1m' }),
      await sign({ ...person, groups: ['nobody'] }),
      await sign({ ...person, email: 'viewer' }),
      await sign({ ...person, email: 'local' }),
      await sign({ ...person, email: 'identity provider' }),
      `${(await sign(person)).slice(0, -8)}AAAAAAAA`,
    ];
    for (const token of strangers) expect((await post(token)).status).toBe(401);
    const metadata = await (await fetch(`${serving.url}/.well-known/oauth-protected-resource`)).json();
    expect(metadata).toEqual({
      resource: audience,
      resource_name: 'Exposure Graph',
      authorization_servers: [issuer],
      bearer_methods_supported: ['header'],
    });
  });

  it('[U952] sees through a token that is bound to a lab what the lab may be told, and nothing else', async () => {
    const bound = await Assistant.connect(serving.url, { token: tokens.aurelis as string });
    const radius = await bound.get('blast_radius', { incident: 'INC-02' });
    const owners = radius.answer.blastRadius.artifacts.rows.map(
      ({ artifact }: { artifact: { owner: { id: string } } }) => artifact.owner.id,
    );
    expect(new Set(owners)).toEqual(new Set(['aurelis']));
    const other = await bound.call('describe', { organization: 'brightfen' });
    expect(other.data.error.code).toBe('NOT_FOUND');
    expect(JSON.stringify(other.data.unknown[0].candidates)).not.toContain('brightfen');
    await bound.close();
  });

  it('[V950] leaves one entry in the trail for each call, with who, what, which ids and the outcome', async () => {
    const assistant = await Assistant.connect(serving.url, { token: tokens.viewer as string });
    const ofViewer = () => readTrail().filter(({ by, action }) => by === 'viewer' && action.startsWith('mcp'));
    const before = ofViewer().length;
    await assistant.call('blast_radius', { incident: 'INC-02' });
    await assistant.call('find', { text: 'a text that nobody records' });
    await assistant.call('blast_radius', { origins: ['nobody'], widest: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' } });
    await assistant.call('find', {}).catch(() => undefined);
    await assistant.call('delete_everything').catch(() => undefined);
    await assistant.call('add_incident_note', { incident: 'INC-02', text: 'x' });
    await assistant.close();
    await eventually(() => expect(ofViewer()).toHaveLength(before + 6));
    const entries = ofViewer().slice(before);
    expect(entries.map(({ by, action, outcome }) => ({ by, action, outcome }))).toEqual([
      { by: 'viewer', action: 'mcp blast_radius', outcome: 'ok' },
      { by: 'viewer', action: 'mcp find', outcome: 'ok' },
      { by: 'viewer', action: 'mcp blast_radius', outcome: 'NOT_FOUND' },
      { by: 'viewer', action: 'mcp find', outcome: 'BAD_USER_INPUT' },
      { by: 'viewer', action: 'mcp', outcome: 'NOT_FOUND' },
      { by: 'viewer', action: 'mcp add_incident_note', outcome: 'FORBIDDEN' },
    ]);
    expect(entries[0]?.subject).toMatch(/^incident INC-02, read a-/);
    expect(JSON.stringify(entries)).not.toContain('a text that nobody records');
  });

  it('[U953] has four requests of one token answered at once, bodies of 1 MB, and no page of another site', async () => {
    const cut = body('find').slice(0, 5);
    /** Requests whose bodies do not end. They have their place from their headers on. */
    const open = Array.from({ length: 4 }, () => {
      const sent = request(`${serving.url}/mcp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': 500, authorization: `Bearer ${tokens.analyst}` },
      });
      sent.on('error', () => undefined);
      sent.write(cut);
      return sent;
    });
    let refused = await post(tokens.analyst);
    for (let i = 0; i < 100 && refused.status === 200; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      refused = await post(tokens.analyst);
    }
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await errorOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await post(tokens.viewer)).status).toBe(200);
    for (const each of open) each.destroy();
    let free = await post(tokens.analyst);
    for (let i = 0; i < 100 && free.status === 429; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      free = await post(tokens.analyst);
    }
    expect(free.status).toBe(200);

    const large = body('tools/call', { name: 'find', arguments: { text: 'x'.repeat(1_100_000) } });
    expect(await errorOf(await post(tokens.analyst, large))).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    expect(await errorOf(await post(tokens.viewer, undefined, { origin: 'https://evil.example' }))).toMatchObject({ status: 403 });
    const rebound = await new Promise<number | undefined>((resolve) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json', authorization: `Bearer ${tokens.viewer}` };
      request(`${serving.url}/mcp`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end(body('tools/list'));
    });
    expect(rebound).toBe(403);
    const redacted = await errorOf(await post(tokens.viewer, undefined, { 'x-exposure-redact': 'names' }));
    expect(redacted).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});
