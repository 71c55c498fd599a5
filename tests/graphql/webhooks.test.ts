import { createHook } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { Tokens } from '../../server/auth/tokens.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { Serving, smallWorld, summer2025 } from './serving.ts';

const environment = { EXPOSURE_WEBHOOK_NETWORKS: '127.0.0.0/8', EXPOSURE_PUBLIC_URL: 'http://127.0.0.1:4000' };
const serving = new Serving();
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.open();
  await serving.start({ environment });
  await serving.put(smallWorld);
});
afterAll(async () => {
  await serving.stopAndDelete();
  await receiver.close();
});

const save = `mutation($input: SaveEndpointInput!) { saveEndpoint(input: $input) {
  endpoint { id url format detail state createdAt deliveries { event } } secret userErrors { code path message } } }`;
const saveWatch = `mutation($input: WatchInput!) { saveWatch(input: $input) {
  watch { id endpointCount endpoints { id } } userErrors { code path } } }`;
const byId = (field: string, selection: string) =>
  `mutation($id: ID!) { ${field}(input: { id: $id }) { ${selection} userErrors { code path } } }`;
const replay = `mutation($event: ID!, $endpoint: ID!) { replayEvent(input: { event: $event, endpoint: $endpoint }) {
  delivery { event endpoint attempt status error nextAt } userErrors { code path message } } }`;
const radius = { origins: ['sub'], core: summer2025, widest: summer2025 };
const soon = { timeoutMs: 30_000 };

describe('webhooks in GraphQL', () => {
  it('[G1000] an edit is a signed request within seconds; its attempts are listed, and it is sent again by hand', async () => {
    const { saveEndpoint } = await serving.get(save, { input: { url: receiver.url } });
    expect(saveEndpoint).toMatchObject({
      endpoint: { url: receiver.url, format: 'STANDARD_WEBHOOKS', detail: 'THIN', state: 'ACTIVE', deliveries: [] },
      userErrors: [],
    });
    const { id } = saveEndpoint.endpoint;
    const secret: string = saveEndpoint.secret;
    const { testEndpoint } = await serving.get(byId('testEndpoint', 'delivery { endpoint attempt status error nextAt }'), { id });
    expect(testEndpoint).toEqual({ delivery: { endpoint: id, attempt: 1, status: 204, error: null, nextAt: null }, userErrors: [] });
    const { saveWatch: saved } = await serving.get(saveWatch, { input: { name: 'Sub', kind: 'RADIUS', radius, endpoints: [id, id] } });
    expect(saved).toMatchObject({ watch: { endpointCount: 1, endpoints: [{ id }] }, userErrors: [] });
    // Leaving them out keeps them.
    const renamed = await serving.get(saveWatch, { input: { id: saved.watch.id, name: 'Sub again', kind: 'RADIUS', radius } });
    expect(renamed.saveWatch.watch.endpointCount).toBe(1);
    await serving.put({
      transfers: [{ id: 'w-1', artifact: 'eval', sender: 'lab-b', recipient: 'sub', sentAt: '2025-03-02T00:00:00Z' }],
    });
    await eventually(() => expect(receiver.received.length).toBe(2), soon);
    const [, told] = receiver.received;
    const headers = told?.headers as unknown as Record<string, string>;
    const { data } = new Webhook(secret).verify(told?.body ?? '', headers) as { data: { event: string } };
    expect(data).toMatchObject({ watch: saved.watch.id, incident: null, items: [{ subject: 'eval', kind: 'JOINED' }] });
    const look = `{ events { edges { node { id url deliveries { event endpoint attempt status error nextAt } } } }
      endpoints { id state deliveries(first: 100) { event status } } }`;
    await eventually(async () => expect((await serving.get(look)).endpoints[0].deliveries.length).toBe(2));
    const answer = await serving.get(look);
    const [{ node }] = answer.events.edges;
    expect(data).toMatchObject({ event: node.id, url: `http://127.0.0.1:4000${node.url}` });
    expect(node.deliveries).toEqual([{ event: node.id, endpoint: id, attempt: 1, status: 204, error: null, nextAt: null }]);
    expect(answer.endpoints).toMatchObject([{ id, state: 'ACTIVE', deliveries: [{ event: node.id, status: 204 }, { status: 204 }] }]);
    const { replayEvent } = await serving.get(replay, { event: node.id, endpoint: id });
    expect(replayEvent).toMatchObject({ delivery: { event: node.id, endpoint: id, attempt: 0, status: null }, userErrors: [] });
    await eventually(() => expect(receiver.ids.slice(1)).toEqual([node.id, node.id]), soon);
    const rotated = await serving.get(byId('rotateEndpointSecret', 'secret endpoint { id }'), { id });
    expect(rotated.rotateEndpointSecret).toMatchObject({ secret: expect.stringMatching(/^whsec_/), endpoint: { id } });
    const metrics = await (await fetch(`${serving.url}/metrics`)).text();
    expect(metrics).toMatch(/exposure_webhook_attempts_total\{outcome="delivered"\} [12]\n/);
    expect(metrics).toContain('exposure_webhook_endpoints{state="ACTIVE"} 1');
    const deleted = await serving.get(byId('deleteEndpoint', 'deletedId'), { id });
    expect(deleted.deleteEndpoint.deletedId).toBe(id);
    expect(await serving.get(`{ watches { edges { node { endpointCount endpoints { id } } } } endpoints { id } }`)).toEqual({
      watches: { edges: [{ node: { endpointCount: 0, endpoints: [] } }] },
      endpoints: [],
    });
    await serving.stop();
    const trail = readFileSync(join(serving.folder, 'data', 'audit.jsonl'), 'utf8');
    for (const action of ['saveEndpoint', 'testEndpoint', 'replayEvent', 'rotateEndpointSecret', 'deleteEndpoint'])
      expect(trail).toContain(`"action":"${action}"`);
    expect(trail).toContain(`"subject":"host 127.0.0.1:${receiver.port}"`);
    expect(trail).not.toMatch(/whsec_|\/hook/);
    await serving.start({ environment });
  });

  it('[G1001] what is gone, disabled or not allowed is refused, with its path', async () => {
    for (const field of ['rotateEndpointSecret', 'deleteEndpoint', 'testEndpoint'])
      expect((await serving.get(byId(field, ''), { id: 'none' }))[field].userErrors).toEqual([{ code: 'NOT_FOUND', path: ['id'] }]);
    expect((await serving.get(replay, { event: 'none', endpoint: 'none' })).replayEvent.userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['event'] },
    ]);
    const named = await serving.get(saveWatch, { input: { name: 'x', kind: 'RADIUS', radius, endpoints: ['none'] } });
    expect(named.saveWatch).toEqual({ watch: null, userErrors: [{ code: 'NOT_FOUND', path: ['endpoints'] }] });
    const [event] = (await serving.get('{ events { edges { node { id } } } }')).events.edges;
    const { endpoint } = (await serving.get(save, { input: { url: receiver.url } })).saveEndpoint;
    const unknown = await serving.get(replay, { event: event.node.id, endpoint: 'none' });
    expect(unknown.replayEvent.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['endpoint'] }]);
    receiver.answer = { status: 410 };
    await serving.get(replay, { event: event.node.id, endpoint: endpoint.id });
    await eventually(async () => expect((await serving.get('{ endpoints { state } }')).endpoints).toEqual([{ state: 'DISABLED' }]), soon);
    const disabled = await serving.get(replay, { event: event.node.id, endpoint: endpoint.id });
    expect(disabled.replayEvent.userErrors).toMatchObject([{ code: 'CONFLICT', path: ['endpoint'] }]);
    receiver.answer = { status: 204 };
    const evil = await serving.get(save, { input: { url: 'https://evil.example/' } });
    expect(evil.saveEndpoint).toMatchObject({
      endpoint: null,
      secret: null,
      userErrors: [{ code: 'ENDPOINT_NOT_ALLOWED', path: ['url'] }],
    });
    const trail = '{ auditEntries(first: 50) { edges { node { action outcome subject } } } }';
    const entries = (await serving.get(trail)).auditEntries.edges.map(({ node }: { node: Record<string, string> }) => node);
    expect(entries).toEqual(
      expect.arrayContaining([
        { action: 'disableEndpoint', outcome: 'ok', subject: `id ${endpoint.id}: The receiver says that it is gone (410).` },
      ]),
    );
  });

  it('[U1000] endpoints are for administrators; others neither name nor see them', async () => {
    const other = new Serving();
    const store = await openStore(`sqlite:${join(other.folder, 'exposure.db')}`);
    const make = (name: string, role: 'ADMIN' | 'ANALYST', canExport: boolean) =>
      new Tokens(store).create({ name, role, canExport, labs: null, expiresAt: null }, Date.now());
    const [admin, exporter, analyst] = [
      await make('root', 'ADMIN', false),
      await make('boss', 'ADMIN', true),
      await make('ana', 'ANALYST', true),
    ];
    await store.close();
    await other.start({ environment: { EXPOSURE_AUTH: 'required', EXPOSURE_WEBHOOK_NETWORKS: '127.0.0.0/8' } });
    const askAs = async (token: string, query: string, variables: object = {}) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(`${other.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
      return response.json();
    };
    const codesOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.map(({ extensions }) => extensions.code);
    try {
      const put = 'mutation($input: PutFactsInput!) { putFacts(input: $input) { userErrors { message } } }';
      expect((await askAs(admin, put, { input: smallWorld })).data.putFacts.userErrors).toEqual([]);
      for (const query of ['{ endpoints { id } }', 'mutation { testEndpoint(input: { id: "x" }) { userErrors { code } } }'])
        expect(codesOf(await askAs(analyst, query))).toEqual(['FORBIDDEN']);
      const { data } = await askAs(exporter, save, { input: { url: receiver.url, detail: 'FULL' } });
      const { id } = data.saveEndpoint.endpoint;
      const watch = { name: 'x', kind: 'RADIUS', radius, endpoints: [id] };
      expect(codesOf(await askAs(analyst, saveWatch, { input: watch }))).toEqual(['FORBIDDEN']);
      const without = await askAs(admin, saveWatch, { input: watch });
      expect(without.data.saveWatch.userErrors).toEqual([{ code: 'FORBIDDEN', path: ['endpoints'] }]);
      const { data: own } = await askAs(analyst, saveWatch, { input: { ...watch, endpoints: null } });
      expect(own.saveWatch).toMatchObject({ watch: { endpointCount: 0, endpoints: [] }, userErrors: [] });
      expect((await askAs(exporter, saveWatch, { input: watch })).data.saveWatch.watch.endpoints).toEqual([{ id }]);
    } finally {
      await other.stopAndDelete();
    }
  });

  it('[G1002] by default no endpoint can be made, and nothing is contacted', async () => {
    const other = await new Serving().start();
    const { connections } = receiver;
    try {
      const { saveEndpoint } = await other.get(save, { input: { url: receiver.url } });
      expect(saveEndpoint).toMatchObject({ endpoint: null, secret: null, userErrors: [{ code: 'ENDPOINT_NOT_ALLOWED', path: ['url'] }] });
      expect(saveEndpoint.userErrors[0].message).toContain('EXPOSURE_WEBHOOK_HOSTS');
      // An endpoint that a store holds from before is sent nothing either.
      await other.stop();
      await other.start({ environment });
      const { endpoint } = (await other.get(save, { input: { url: receiver.url } })).saveEndpoint;
      await other.stop();
      await other.start();
      const { testEndpoint } = await other.get(byId('testEndpoint', 'delivery { status error }'), { id: endpoint.id });
      expect(testEndpoint.delivery).toEqual({ status: null, error: expect.stringContaining('EXPOSURE_WEBHOOK_HOSTS') });
      expect(receiver.connections).toBe(connections);
    } finally {
      await other.stopAndDelete();
    }
  });

  it('[S1015] by default the server opens no connection and asks no name server, also while a watch with an endpoint tells', async () => {
    const other = await new Serving().start({ environment });
    await other.put(smallWorld);
    const { endpoint } = (await other.get(save, { input: { url: receiver.url } })).saveEndpoint;
    await other.get(saveWatch, { input: { name: 'Sub', kind: 'RADIUS', radius, endpoints: [endpoint.id] } });
    await other.stop();
    const heard = listenForCalls();
    try {
      await other.start();
      await other.put({
        transfers: [{ id: 'w-1', artifact: 'eval', sender: 'lab-b', recipient: 'sub', sentAt: '2025-03-02T00:00:00Z' }],
      });
      const told = () => other.get('{ events { totalCount } }');
      await eventually(async () => expect(await told()).toEqual({ events: { totalCount: 1 } }), soon);
      // A look of the engine that delivers comes every two seconds.
      await pause(2500);
      // Requests of the test itself go to the server.
      const own = new URL(other.url).port;
      expect([[...heard.ports], heard.names]).toEqual([[Number(own)], 0]);
      // It hears what is sent, and a question to a name server.
      await other.stop();
      await other.start({ environment });
      await eventually(() => expect(heard.ports.has(receiver.port)).toBe(true), soon);
      const resolver = new Resolver();
      const answer = resolver.resolve4('hooks.example.test').catch(() => undefined);
      resolver.cancel();
      await answer;
      expect(heard.names).toBe(1);
    } finally {
      heard.end();
      await other.stopAndDelete();
    }
  });
});

/** The ports to which this process connects, and how often it looks up a name, until `end`. */
function listenForCalls() {
  const heard = {
    ports: new Set<number>(),
    names: 0,
    end() {
      hook.disable();
      unsubscribe('net.client.socket', onSocket);
    },
  };
  const onSocket = (message: unknown) => {
    (message as { socket: Socket }).socket.on('connectionAttempt', (_: string, port: number) => heard.ports.add(port));
  };
  const hook = createHook({
    init(_, type) {
      if (['GETADDRINFOREQWRAP', 'QUERYWRAP', 'UDPSENDWRAP'].includes(type)) heard.names++;
    },
  });
  subscribe('net.client.socket', onSocket);
  hook.enable();
  return heard;
}
