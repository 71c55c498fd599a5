import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExposureError } from '../../server/domain/errors.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { ask, change } from '../support/kills/write-chains.ts';
import { type RunningServer, startServer } from '../support/servers/running-server.ts';
import { afterEach, describe, expect, it } from '../support/test.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

async function serve(environment: NodeJS.ProcessEnv = {}): Promise<RunningServer> {
  const server = await startServer({ isDemo: false, environment });
  running.push(server);
  return server;
}

const put = (url: string, id: string) => change(url, 'putFacts', { organizations: [{ id, name: id, roles: ['VENDOR'] }] });
const has = async (url: string, id: string) =>
  (await ask(url, 'query ($id: ID!) { organization(id: $id) { id } }', { id })).organization !== null;

/** Copies the files of the store one after another, as `cp` does, while a server writes them. */
function copyStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((one) => one.startsWith('exposure.db'))) copyFileSync(join(from, name), join(to, name));
}

describe('a copy of the folder of a server that runs', () => {
  it('[S215] is another store: both are served, and neither sees what the other is told', async () => {
    const original = await serve();
    await put(original.url, 'before');
    const folder = join(original.folder, 'copy');
    copyStore(original.folder, folder);
    const copy = await serve({ EXPOSURE_STORE: `sqlite:${join(folder, 'exposure.db')}`, EXPOSURE_DATA: folder });
    expect(await has(copy.url, 'before')).toBe(true);
    await put(copy.url, 'in-copy');
    await put(original.url, 'in-original');
    expect([await has(original.url, 'in-copy'), await has(copy.url, 'in-original')]).toEqual([false, false]);
    expect([await has(original.url, 'in-original'), await has(copy.url, 'in-copy')]).toEqual([true, true]);
  }, 300_000);

  it('[S215] made while it writes holds every write acknowledged before, or is refused as damaged', async () => {
    const original = await serve();
    let [isOver, acknowledged] = [false, 0];
    const writing = (async () => {
      while (!isOver) {
        await put(original.url, `v-${acknowledged}`);
        acknowledged++;
      }
    })();
    let sound = 0;
    try {
      for (let i = 0; i < 12; i++) {
        await eventually(() => expect(acknowledged).toBeGreaterThan(i * 10), { timeoutMs: 60_000 });
        const before = acknowledged;
        const folder = join(original.folder, `copy-${i}`);
        copyStore(original.folder, folder);
        try {
          const store = await openStore(`sqlite:${join(folder, 'exposure.db')}`);
          const found = await store.readFactsByKey(
            'ORGANIZATION',
            Array.from({ length: before }, (_, n) => `v-${n}`),
          );
          expect({ i, found: found.length, problems: await store.verify() }).toEqual({ i, found: before, problems: [] });
          await store.close();
          sound++;
        } catch (error) {
          expect({ i, code: (error as ExposureError).code, error }).toMatchObject({
            code: expect.stringMatching(/^STORE_(DAMAGED|UNAVAILABLE)$/),
          });
        }
      }
    } finally {
      isOver = true;
      await writing;
    }
    expect(sound).toBeGreaterThan(0);
  }, 300_000);
});
