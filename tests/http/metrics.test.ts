import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Metrics } from '../../server/http/guards/metrics.ts';
import { logRequests } from '../../server/http/guards/metrics.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { Serving, smallWorld } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
const held: Record<string, string> = {};

beforeAll(async () => {
  await serving.start();
  await serving.put(smallWorld);
  await serving.stop();
  const store = await openStore(serving.environment().EXPOSURE_STORE as string);
  for (const labs of [null, ['lab-a']]) {
    const token = { name: `reader of ${labs}`, role: 'VIEWER', canExport: false, labs, expiresAt: null } as const;
    held[labs === null ? 'all' : 'bound'] = await new Tokens(store).create(token, Date.now());
  }
  await store.close();
  await serving.start({ environment: { EXPOSURE_AUTH: 'required' } });
});
afterAll(() => serving.stopAndDelete());

const send = (path: string, token?: string, body?: string) =>
  fetch(serving.url + path, {
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { method: 'POST', body }),
  });

describe('the metrics', () => {
  it('[S140] count requests, operations and errors, and show the age of the facts', async () => {
    for (const query of ['{ counts { organizations } }', '{ again: counts { artifacts } revision }', '{ notAField }'])
      await send('/graphql', held.all, JSON.stringify({ query }));
    await send('/api/facts.zip', held.all);
    const text = await (await send('/metrics', held.all)).text();
    expect(text).toMatch(/exposure_operation_duration_seconds_count\{field="counts"\} 2/);
    expect(text).toMatch(/exposure_errors_total\{code="GRAPHQL_VALIDATION_FAILED"\} 1/);
    expect(text).toMatch(/exposure_errors_total\{code="FORBIDDEN"\} 1/);
    expect(text).toMatch(/exposure_request_duration_seconds_count\{route="api",status="403"\} 1/);
    expect(text).toMatch(/exposure_projection_revision 1/);
    expect(text).toMatch(/exposure_projection_age_seconds [\d.e-]+/);
    expect(text).toMatch(/exposure_imports\{state="COMMITTED"\} 0/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds/);
  });

  it('[S140] are for those who see all facts', async () => {
    expect((await send('/metrics')).status).toBe(401);
    expect((await send('/metrics', held.bound)).status).toBe(403);
  });
});

describe('the log of requests', () => {
  it('[S141] gives each request an id, keeps the id that a proxy gave, and holds no query string, header or body', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const counted: unknown[] = [];
    const app = express();
    app.use(logRequests(log, { countRequest: (...of: unknown[]) => counted.push(of) } as unknown as Metrics));
    app.use((_request, response) => {
      response.status(204).end();
    });
    const server = await new Promise<Server>((listening) => {
      const begun = app.listen(0, '127.0.0.1', () => listening(begun));
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const own = await fetch(`${url}/api/facts.zip?secret=1`, { headers: { authorization: 'Bearer secret' } });
    const given = await fetch(`${url}/graphql`, { headers: { 'x-request-id': 'from-a-proxy.1' } });
    await fetch(`${url}/graphql`, { headers: { 'x-request-id': 'not an id' } });
    await fetch(`${url}/assets/a.js`);
    await new Promise((closed) => server.close(closed));
    expect([own.headers.get('x-request-id'), given.headers.get('x-request-id')]).toEqual([null, 'from-a-proxy.1']);
    const ids = lines.map((line) => JSON.parse(line).requestId);
    expect(ids).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), 'from-a-proxy.1', expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ method: 'GET', path: '/api/facts.zip', status: 204, by: null });
    expect(lines.join()).not.toContain('secret');
    expect(counted).toHaveLength(4);
  });
});
