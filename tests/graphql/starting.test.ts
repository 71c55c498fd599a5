import { rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { readConfig } from '../../server/configuration/config.ts';
import { ExposureError } from '../../server/domain/errors.ts';
import { afterEach, describe, expect, it } from '../support/test.ts';
import { importThrough } from './importing/import-through.ts';
import { Serving, smallWorld } from './serving.ts';

const started: Serving[] = [];
const serving = (folder?: string) => {
  const one = new Serving(folder);
  started.push(one);
  return one;
};
afterEach(async () => {
  for (const one of started.splice(0)) await one.stopAndDelete();
});

async function refusal(attempt: Promise<unknown>): Promise<ExposureError> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof ExposureError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('configuration', () => {
  it('[G39] has the documented defaults; flags override the environment, and an empty value counts as absent', () => {
    expect(readConfig({}, {})).toMatchObject({
      store: 'sqlite:./data/exposure.db',
      host: '127.0.0.1',
      port: 4000,
      dataFolder: './data',
      queryTimeoutMs: 10_000,
      hasIntrospection: true,
      logLevel: 'info',
    });
    expect(readConfig({ port: '0', store: 'sqlite:/x.db', host: '::1' }, { EXPOSURE_PORT: '5000', EXPOSURE_LOG: '' })).toMatchObject({
      port: 0,
      store: 'sqlite:/x.db',
      host: '::1',
      logLevel: 'info',
    });
  });

  it.each([
    [{ EXPOSURE_PORT: '70000' }, 'EXPOSURE_PORT is "70000"; expected a whole number from 0 (any free port) to 65535.'],
    [{ EXPOSURE_PORT: '4k' }, 'EXPOSURE_PORT is "4k"'],
    [{ EXPOSURE_PROT: '4000' }, 'EXPOSURE_PROT is not a variable of this program. Did you mean "EXPOSURE_PORT"?'],
    [{ EXPOSURE_SOMETHING_ELSE: 'x' }, 'EXPOSURE_SOMETHING_ELSE is not a variable of this program.'],
    [{ EXPOSURE_STORE: 'postgres://x' }, 'EXPOSURE_STORE is "postgres://x"; expected sqlite: and the path of a file'],
    [{ EXPOSURE_STORE: 'neo4j://' }, 'EXPOSURE_STORE is "neo4j://"; expected'],
    [{ EXPOSURE_STORE: 'neo4j://me:secret@host/db' }, 'EXPOSURE_STORE is "neo4j://…@host/db"; expected'],
    [{ EXPOSURE_STORE: 'neo4j://me:my/secret?@host/db' }, 'EXPOSURE_STORE is "neo4j://…@host/db"; expected'],
    [{ EXPOSURE_STORE: 'neo4j://host?password=my-secret' }, 'EXPOSURE_STORE is "neo4j://host?password=[redacted]"; expected'],
    [{ EXPOSURE_STORE: 'neo4j://host', NEO4J_USERNAME: 'me' }, 'NEO4J_USERNAME is set and NEO4J_PASSWORD is not; expected both'],
    [{ EXPOSURE_STORE: 'bolt://host', NEO4J_PASSWORD: 'secret' }, 'NEO4J_PASSWORD is set and NEO4J_USERNAME is not; expected both'],
    [{ EXPOSURE_LOG: 'loud' }, 'EXPOSURE_LOG is "loud"; expected one of'],
    [{ EXPOSURE_INTROSPECTION: 'yes' }, 'EXPOSURE_INTROSPECTION is "yes"; expected true or false.'],
    [{ EXPOSURE_PUBLIC_URL: 'ftp://x' }, 'EXPOSURE_PUBLIC_URL is "ftp://x"; expected an http or https address'],
    [{ EXPOSURE_OIDC_ISSUER: 'foo' }, 'EXPOSURE_OIDC_ISSUER is "foo"; expected the https address of an OpenID Connect provider'],
    [{ EXPOSURE_QUERY_TIMEOUT_MS: '-5' }, 'EXPOSURE_QUERY_TIMEOUT_MS is "-5"'],
    [{ EXPOSURE_AUTH: 'maybe' }, 'EXPOSURE_AUTH is "maybe"; expected none or required.'],
    [{ EXPOSURE_HOST: '0.0.0.0', EXPOSURE_AUTH: 'none' }, 'EXPOSURE_AUTH is "none" and EXPOSURE_HOST is "0.0.0.0"; expected required'],
  ])('[G40] [I741] %j stops the start with a sentence', (environment, sentence) => {
    let message = '';
    try {
      readConfig({}, environment);
    } catch (error) {
      message = (error as ExposureError).message;
    }
    expect(message).toContain(sentence);
    expect(message.split('\n')).toHaveLength(1);
    expect(message).not.toContain('secret');
  });

  it('[U6] authentication is off on loopback and on elsewhere, unless it is set', () => {
    expect(readConfig({}, {}).isAuthRequired).toBe(false);
    expect(readConfig({}, { EXPOSURE_AUTH: 'required' }).isAuthRequired).toBe(true);
    expect(readConfig({ host: '0.0.0.0' }, {}).isAuthRequired).toBe(true);
  });

  it('[G40] a Neo4j store has a URL, with user and password in variables of their own', () => {
    const credentials = { NEO4J_USERNAME: 'me', NEO4J_PASSWORD: 'secret' };
    for (const store of ['neo4j://host', 'neo4j+s://host:7687/db', 'bolt://[::1]:7687/', 'bolt+ssc://host/my.db-1']) {
      expect(readConfig({ store }, credentials)).toMatchObject({ store, storeCredentials: { username: 'me', password: 'secret' } });
      expect(readConfig({ store }, {}).storeCredentials).toBeNull();
    }
    expect(readConfig({}, credentials).storeCredentials).toBeNull();
  });

  it('[G40] every wrong value has its sentence', () => {
    expect(() => readConfig({}, { EXPOSURE_PORT: 'x', EXPOSURE_LOG: 'y' })).toThrow(/EXPOSURE_PORT[^\n]*\nEXPOSURE_LOG/);
  });

  it('[U440] without authentication the host is a loopback address, whatever the public URL says', () => {
    for (const EXPOSURE_HOST of ['0.0.0.0', '::', '192.168.1.5', 'exposure.example.org']) {
      for (const EXPOSURE_PUBLIC_URL of ['http://127.0.0.1:4000', 'http://localhost:4000', 'https://exposure.example.org', '']) {
        const environment = { EXPOSURE_HOST, EXPOSURE_PUBLIC_URL };
        expect(() => readConfig({}, { ...environment, EXPOSURE_AUTH: 'none' })).toThrow(
          /EXPOSURE_AUTH is "none".*expected required.*container/,
        );
        expect(readConfig({}, environment).isAuthRequired).toBe(true);
      }
    }
    for (const host of ['127.0.0.1', '::1', 'localhost']) expect(readConfig({ host }, { EXPOSURE_AUTH: 'none' }).host).toBe(host);
  });
});

describe('the start', () => {
  it('[G41] a port in use is reported in one sentence, and nothing stays open', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as { port: number };
    const one = serving();
    const error = await refusal(one.start({ environment: { EXPOSURE_PORT: `${port}` } }));
    expect(error.message).toContain(
      `EXPOSURE_PORT is "${port}"; the server cannot listen on 127.0.0.1:${port}: another program is using it.`,
    );
    await new Promise((closed) => other.close(closed));
    await one.start({ environment: { EXPOSURE_PORT: `${port}` } });
    expect((await fetch(`${one.url}/healthz`)).status).toBe(200);
  });

  it('[G42] a read-only data folder is reported in one sentence', async () => {
    const one = serving();
    writeFileSync(join(one.folder, 'file'), '');
    const error = await refusal(one.start({ environment: { EXPOSURE_DATA: join(one.folder, 'file', 'data') } }));
    expect(error.message).toMatch(/^EXPOSURE_DATA is ".*"; the folder .* is not writable \(ENOTDIR\)/);
    const store = await refusal(one.start({ environment: { EXPOSURE_STORE: `sqlite:${join(one.folder, 'file', 'x.db')}` } }));
    expect(store.code).toMatch(/^(STORE_UNAVAILABLE|BAD_CONFIGURATION)$/);
  });

  it('[G43] a newer store, and a file that is not a store, are refused and stay unchanged', async () => {
    const one = serving();
    await one.start();
    await one.put(smallWorld);
    await one.stop();
    const path = join(one.folder, 'exposure.db');
    const database = new BetterSqlite3(path);
    database.pragma('user_version = 999');
    database.close();
    expect(await refusal(one.start())).toMatchObject({ code: 'STORE_TOO_NEW', message: expect.stringContaining('999') });
    rmSync(path);
    writeFileSync(path, 'this is a letter, and no database\n'.repeat(100));
    expect(await refusal(one.start())).toMatchObject({ code: 'STORE_DAMAGED' });
  });

  it('[G44] a second server on one embedded store is refused; after the first ends it can serve, and has all data', async () => {
    const one = serving();
    await one.start();
    await one.put(smallWorld);
    const two = serving(one.folder);
    expect(await refusal(two.start())).toMatchObject({ code: 'STORE_IN_USE' });
    await one.stop();
    await two.start();
    expect(await two.get('{ revision counts { transfers } }')).toEqual({ revision: 1, counts: { transfers: 4 } });
  });

  it('[G45] the demo world is loaded once, with its history, into a store without writes, and goes with the import demo world', async () => {
    const one = serving();
    await one.start({ demo: true });
    const question =
      '{ about { isDemo } revision imports { edges { node { id source state } } } counts { organizations } incidents { totalCount } }';
    const first = await one.get(question);
    expect(first).toMatchObject({
      about: { isDemo: true },
      revision: 6,
      imports: { edges: ['COMMITTED', 'COMMITTED', 'UNDONE', 'COMMITTED'].map((state) => ({ node: { state } })) },
      incidents: { totalCount: 2 },
    });
    await one.stop();
    await one.start({ demo: true });
    expect(await one.get(question)).toEqual(first);
    await importThrough([one.url], 'id,name,roles\nown,Own vendor,VENDOR\n');
    expect((await one.get(question)).about).toEqual({ isDemo: true });
    const { id, source } = first.imports.edges[3].node;
    expect(source).toBe('demo world');
    const { undoImport } = await one.get(
      'mutation($id: ID!) { undoImport(input: { id: $id }) { import { state } userErrors { message } } }',
      { id },
    );
    expect(undoImport).toEqual({ import: { state: 'UNDONE' }, userErrors: [] });
    expect(await one.get(question)).toMatchObject({ about: { isDemo: false }, counts: { organizations: 1 }, incidents: { totalCount: 0 } });
    await one.stop();
    await one.start({ demo: true });
    expect((await one.get(question)).counts).toEqual({ organizations: 1 });
  });

  it('[G46] answers only to its own host name, and refuses writes from other sites', async () => {
    const one = serving();
    await one.start();
    const { port } = new URL(one.url);
    const get = (headers: Record<string, string>, method = 'GET') => fetchRaw(Number(port), headers, method);
    expect((await get({ host: `localhost:${port}` })).status).toBe(200);
    expect(await get({ host: 'evil.example' })).toMatchObject({ status: 403, body: expect.stringContaining('FORBIDDEN') });
    expect((await get({ host: `127.0.0.1:${port}`, origin: 'https://evil.example' }, 'POST')).status).toBe(403);
    // fetchRaw calls GraphQL: no image or link of another page may make this server compute.
    expect((await get({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('[U563] with authentication and without a public URL takes any host name, whose pages have no token; with one, only that', async () => {
    const one = serving();
    const statusOf = async (host: string) => (await fetchRaw(Number(new URL(one.url).port), { host }, 'GET')).status;
    await one.start({ environment: { EXPOSURE_AUTH: 'required' } });
    expect(await statusOf('rebound.example')).toBe(401);
    await one.stop();
    await one.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_PUBLIC_URL: 'https://exposure.example.org' } });
    expect([await statusOf('exposure.example.org'), await statusOf('rebound.example')]).toEqual([401, 403]);
  });

  it('[G440] takes writes only from pages of its own scheme, host and port', async () => {
    const one = serving();
    const statusOf = async (origin: string, host: string) => {
      const port = Number(new URL(one.url).port);
      return (await fetchRaw(port, { host, origin, 'content-type': 'application/json' }, 'POST', '{"query":"{ revision }"}')).status;
    };
    await one.start();
    const own = new URL(one.url).host;
    const port = Number(new URL(one.url).port);
    expect(await statusOf(`http://${own}`, own)).toBe(200);
    expect(await statusOf(`http://localhost:${port}`, `localhost:${port}`)).toBe(200);
    for (const other of [
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `https://${own}`,
      `http://localhost:${port}`,
      'http://[::1]',
      'null',
    ])
      expect({ other, status: await statusOf(other, own) }).toEqual({ other, status: 403 });
    await one.stop();

    await one.start({ environment: { EXPOSURE_PUBLIC_URL: 'https://exposure.example.org:8443', EXPOSURE_PORT: `${port}` } });
    expect(await statusOf('https://exposure.example.org:8443', 'exposure.example.org:8443')).toBe(200);
    expect(await statusOf(`http://${own}`, own)).toBe(200);
    for (const other of [
      'https://exposure.example.org',
      'http://exposure.example.org:8443',
      'https://exposure.example.org:8444',
      'http://exposure.example.org',
    ])
      expect({ other, status: await statusOf(other, 'exposure.example.org:8443') }).toEqual({ other, status: 403 });
  });

  it('[G47] reports that it is alive and ready, and lets the page load from no other host', async () => {
    const one = serving();
    await one.start();
    expect(await (await fetch(`${one.url}/healthz`)).json()).toEqual({ status: 'alive' });
    expect(await (await fetch(`${one.url}/readyz`)).json()).toEqual({ status: 'ready', revision: 0 });
    const policy = (await fetch(`${one.url}/`)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('http');
  });
});

async function fetchRaw(
  port: number,
  headers: Record<string, string>,
  method: string,
  sent = '',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path: '/graphql?query=%7Brevision%7D',
        method,
        headers: { 'apollo-require-preflight': 'true', ...headers },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    asked.on('error', reject);
    asked.end(sent);
  });
}
