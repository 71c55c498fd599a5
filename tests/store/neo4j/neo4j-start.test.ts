import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { type OpenStoreOptions, openStore } from '../../../server/store/open/open-store.ts';
import { type Ran, runExposure } from '../../cli/run-exposure.ts';
import { patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { type Neo4jServer, startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { findFreePort } from '../../support/servers/free-port.ts';
import { TcpProxy } from '../../support/servers/tcp-proxy.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '../../support/test.ts';
import { failure } from '../faults-for-tests.ts';

const right = { username: 'neo4j', password: 'the-right-password' } as const;
const wrong = { username: 'neo4j', password: 'a-wrong-password' };

let folder: string;
let server: Neo4jServer;
let proxy: TcpProxy;
/** The database of this program never starts. The program waits while the other tests run. */
let serving: Promise<Ran>;
const stores: FactStore[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-start-'));
  const nobody = `neo4j://127.0.0.1:${await findFreePort()}`;
  serving = runExposure(folder, ['serve', '--port', '0'], { EXPOSURE_STORE: nobody, EXPOSURE_LOG: 'warn' });
  server = await startNeo4j({ auth: right });
  proxy = await TcpProxy.open(server.port);
}, 300_000);
afterEach(async () => {
  proxy.mode = 'pass';
  await proxy.listen();
  for (const store of stores.splice(0)) await store.close();
});
afterAll(async () => {
  await serving;
  await proxy?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Goes through the proxy: `bolt` ignores the addresses that the server advertises, which would bypass it. */
async function open(options: OpenStoreOptions = {}, scheme = 'bolt'): Promise<FactStore> {
  const store = await openStore(`${scheme}://127.0.0.1:${proxy.port}`, { ...patient, credentials: right, ...options });
  stores.push(store);
  return store;
}

describe('the start', () => {
  it('[S62] waits for an absent server, and reports that once', async () => {
    await proxy.refuse();
    const messages: string[] = [];
    const opening = open({ waitMs: 120_000, onWaiting: (sentence) => messages.push(sentence) });
    while (messages.length === 0) await sleep(20);
    await sleep(1000);
    await proxy.listen();
    expect(await (await opening).readRevision()).toBe(0);
    expect(messages).toEqual([expect.stringContaining(`The database at bolt://127.0.0.1:${proxy.port} cannot be reached.`)]);
  }, 300_000);

  it('[S463] waits for a server that is slow to answer', async () => {
    const messages: string[] = [];
    // The first tries may take 0.2 seconds, and the way there and back takes twice as long for each message.
    proxy.mode = { delayMs: 200 };
    const store = await open({ waitMs: 120_000, patience: 0.1, onWaiting: (sentence) => messages.push(sentence) });
    proxy.mode = 'pass';
    expect(messages).toHaveLength(1);
    expect(await store.readRevision()).toBe(0);
  }, 300_000);

  it('[S463] waits for a server that answers once, and not the next question', async () => {
    const messages: string[] = [];
    let isSilent = false;
    proxy.onRequest = (bytes) => {
      if (isSilent || !bytes.includes('ExposureStore')) return;
      isSilent = true;
      proxy.mode = 'black hole';
    };
    const opening = open({
      waitMs: 120_000,
      patience: 0.1,
      onWaiting: (sentence) => {
        messages.push(sentence);
        proxy.mode = 'pass';
        proxy.cut();
      },
    });
    expect(await (await opening).readRevision()).toBe(0);
    expect(messages).toHaveLength(1);
    proxy.onRequest = () => undefined;
  }, 300_000);

  it.each(['absent', 'silent'])('[S62] fails with a sentence if the server stays %s', async (how) => {
    if (how === 'absent') await proxy.refuse();
    else proxy.mode = 'black hole';
    expect(await failure(open({ waitMs: 1500, patience: 1 }))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringMatching(/^The database at bolt:.* The start waited 1\.5 seconds for it\.$/),
    });
  });

  it('[S62] [S65] tries a wrong password once and never prints it', async () => {
    for (const scheme of ['bolt', 'neo4j']) {
      const connections = proxy.connectionCount;
      const error = await failure(open({ credentials: wrong }, scheme));
      expect(error).toMatchObject({ code: 'BAD_CONFIGURATION', message: expect.stringContaining('refuses user "neo4j"') });
      expect(inspect(error, { depth: 10 })).not.toContain(wrong.password);
      expect(proxy.connectionCount - connections).toBe(1);
    }
  });

  it('[S62] reports a missing user and a missing database', async () => {
    expect(await failure(open({ credentials: null }))).toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: expect.stringContaining('Set NEO4J_USERNAME and NEO4J_PASSWORD.'),
    });
    expect(await failure(openStore(`${server.url()}/elsewhere`, { ...patient, credentials: right }))).toMatchObject({
      code: 'BAD_CONFIGURATION',
      message: expect.stringContaining('has no database "elsewhere"'),
    });
  });

  it('[S62] [S65] takes user and password from the environment, and prints neither', async () => {
    const environment = { EXPOSURE_STORE: server.url(), NEO4J_USERNAME: right.username, NEO4J_PASSWORD: right.password };
    const doctor = await runExposure(folder, ['doctor', '--json'], environment);
    expect(doctor).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(doctor.out)).toMatchObject({ store: server.url(), revision: 0 });
    expect(doctor.out).not.toContain(right.password);
    const serve = await runExposure(folder, ['serve', '--port', '0'], { ...environment, NEO4J_PASSWORD: wrong.password });
    expect(serve).toMatchObject({ code: 1, out: '', err: expect.stringContaining('refuses user "neo4j"') });
    expect(serve.err).not.toContain(wrong.password);
  });

  it('[S62] reports a wait in one line, then the reason it gives up, and exits with 1', async () => {
    const { code, out, err } = await serving;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const [waiting, end, ...others] = err.trimEnd().split('\n');
    expect(waiting).toMatch(/The database at neo4j:.* cannot be reached\..* Waiting up to 60 seconds for it\./);
    expect(end).toMatch(/The database at neo4j:.* cannot be reached\..* The start waited 60 seconds for it\.$/);
    expect(others).toEqual([]);
  }, 300_000);
});
