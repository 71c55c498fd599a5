import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { verifyTrail } from '../../server/audit/audit-files.ts';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const key = 'a key of sixteen or more';
const serving = new Serving();
const held: Record<string, string> = {};
const paths = { trail: join(serving.folder, 'data', 'audit.jsonl'), head: join(serving.folder, 'head') };

beforeAll(async () => {
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  for (const [name, role, canExport] of [
    ['ada', 'ANALYST', false],
    ['root', 'ADMIN', true],
    ['ro', 'VIEWER', false],
  ] as const) {
    held[name] = await new Tokens(store).create({ name, role, canExport, labs: null, expiresAt: null }, Date.now());
  }
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_AUDIT_KEY: key, EXPOSURE_AUDIT_HEAD: paths.head } });
});
afterAll(() => serving.stopAndDelete());

async function send(name: string | undefined, method: string, path: string, body?: object) {
  const headers = { 'content-type': 'application/json', ...(name !== undefined && { authorization: `Bearer ${held[name] ?? name}` }) };
  const response = await fetch(serving.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  return { status: response.status, text: await response.text() };
}

const ask = async (name: string, query: string, variables: object = {}) =>
  JSON.parse((await send(name, 'POST', '/graphql', { query, variables })).text);

describe('a server that keeps an audit trail', () => {
  it('[V4] records log-ins, refusals, changes, exports and reads of the most sensitive artifacts, and never a secret', async () => {
    const put = 'mutation($i: PutFactsInput!) { putFacts(input: $i) { userErrors { code } } }';
    const facts = {
      ...smallWorld,
      artifacts: smallWorld.artifacts.map((each) => (each.id === 'guide' ? { ...each, sensitivity: 5 } : each)),
    };
    await ask('ada', put, { i: facts });
    await ask('ada', put, { i: { organizations: [{ id: '', name: 'Nameless', roles: ['LAB'] }] } });
    await ask('ro', put, { i: facts });
    await ask('ro', '{ artifact(id: "guide") { name } other: artifact(id: "eval") { name } }');
    await ask('ro', '{ revision }');
    await send('root', 'GET', '/api/blast-radius.csv?origins=vendor');
    await send('ro', 'GET', '/api/facts.zip');
    await send('exposure_wrong', 'GET', '/api/facts.zip');
    await send(undefined, 'POST', '/graphql', { query: '{ revision }' });
    await fetch(`${serving.url}/auth/login`, {
      method: 'POST',
      body: new URLSearchParams({ token: held.ro as string }),
      redirect: 'manual',
    });

    const query = '{ auditEntries(first: 100) { totalCount edges { node { at by from action subject outcome } } } }';
    expect((await ask('ada', query)).errors[0].extensions.code).toBe('FORBIDDEN');
    const { auditEntries } = (await ask('root', query)).data;
    const seen = auditEntries.edges.map(({ node }: { node: Record<string, string> }) => [node.by, node.action, node.outcome]).reverse();
    expect(seen).toEqual([
      ['ada', 'putFacts', 'ok'],
      ['ada', 'putFacts', expect.not.stringMatching(/^ok$/)],
      ['ro', 'putFacts', 'FORBIDDEN'],
      ['ro', 'read', 'ok'],
      ['root', 'GET /api/blast-radius.csv', 'ok'],
      ['ro', 'GET /api/facts.zip', '403'],
      ['nobody', 'GET /api/facts.zip', '401'],
      ['nobody', 'POST /graphql', '401'],
      ['ro', 'login', 'ok'],
      ['ada', 'auditEntries', 'FORBIDDEN'],
    ]);
    expect(auditEntries.totalCount).toBe(seen.length);
    const trail = readFileSync(paths.trail, 'utf8');
    for (const token of Object.values(held)) expect(trail).not.toContain(token.slice(-43));
    expect(trail).toContain('"subject":"guide"');
    expect(trail).not.toContain('eval');
    expect(trail).toContain('"from":"127.0.0.1"');
    expect(await verifyTrail(paths, key)).toEqual([]);
  });

  it('[V4] gives the trail to administrators as JSON lines and in pages that stay put while it grows', async () => {
    expect((await send('ada', 'GET', '/api/audit.jsonl')).status).toBe(403);
    const lines = (await send('root', 'GET', '/api/audit.jsonl')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
    expect(lines).toEqual(Array.from({ length: lines.length }, (_, i) => i + 1));
    const page = async (after: string | null) =>
      (
        await ask(
          'root',
          'query($after: String) { auditEntries(first: 4, after: $after) { pageInfo { endCursor } edges { node { action } } } }',
          { after },
        )
      ).data.auditEntries;
    const first = await page(null);
    await send('ro', 'GET', '/api/facts.zip');
    const second = await page(first.pageInfo.endCursor);
    const whole = (await ask('root', '{ auditEntries(first: 100) { edges { node { action } } } }')).data.auditEntries.edges;
    expect([...first.edges, ...second.edges]).toEqual(whole.slice(1, 9));
  });

  it('[S263] records a download and an upload whose client leaves before the end, and refused metrics', async () => {
    const put = 'mutation($i: PutFactsInput!) { putFacts(input: $i) { userErrors { code } } }';
    const large = (id: string) => ({
      id,
      name: id,
      roles: ['VENDOR'],
      attributes: Array.from({ length: 7 }, (_, i) => ({ name: `a${i}`, value: randomBytes(700_000).toString('base64') })),
    });
    // More than the buffers of a connection hold, so that the answer cannot end while nobody reads.
    for (const id of ['large-1', 'large-2', 'large-3', 'large-4'])
      expect((await ask('root', put, { i: { organizations: [large(id)] } })).data.putFacts.userErrors).toEqual([]);
    const { hostname, port } = new URL(serving.url);
    const begin = (line: string, rest = '') => {
      const socket = connect(Number(port), hostname);
      socket.write(`${line} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${held.root}\r\n${rest}`);
      return socket;
    };
    const download = begin('GET /api/facts.zip', '\r\n');
    await once(download, 'data');
    download.destroy();
    const { id } = JSON.parse((await send('root', 'POST', '/api/imports', {})).text) as { id: string };
    const upload = begin(`PUT /api/imports/${id}/files/a.csv`, 'Content-Length: 1000\r\n\r\nid,name');
    const draft = join(serving.folder, 'data', 'drafts', id);
    await eventually(() => expect(readdirSync(draft).some((name) => name.endsWith('.part'))).toBe(true));
    upload.destroy();
    expect((await send(undefined, 'GET', '/metrics')).status).toBe(401);
    expect((await send('root', 'GET', '/metrics')).status).toBe(200);
    await eventually(() =>
      expect(
        readFileSync(paths.trail, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, string>)
          .filter(({ action, outcome }) => outcome === 'broken off' || action === 'GET /metrics')
          .map(({ by, action, outcome }) => [by, action, outcome])
          .sort(),
      ).toEqual([
        ['nobody', 'GET /metrics', '401'],
        ['root', 'GET /api/facts.zip', 'broken off'],
        ['root', `PUT /api/imports/${id}/files/a.csv`, 'broken off'],
      ]),
    );
  });
});
