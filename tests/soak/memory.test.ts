import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, change } from '../support/kills/write-chains.ts';
import { startServer } from '../support/servers/running-server.ts';
import { expect, it } from '../support/test.ts';
import { counting, limitMs, rounds } from './scale.ts';

const isSoak = process.env.SOAK_SCALE !== undefined;
const mb = 1024 ** 2;
/** The load pauses this often, for this long. */
const periodMs = isSoak ? 20_000 : 1000;
const pauseMs = isSoak ? 3000 : 300;
/** The measured time. Half of it comes before as a warm-up. In `npm test` it is so short that only its bound on the heap says something. */
const measuredMs = isSoak ? rounds(20) * 60_000 : 8000;
const runMs = measuredMs * 1.5;
const clients = 4;

/**
 * Collects garbage in all threads of the server at the start of each pause, and notes at its end what is left. Under load, half of the resident
 * memory or more is garbage, or pages of it that are not returned yet: 229 to 304 MB within a minute, and 154 MB ten seconds after the load.
 */
const sampler = `
  import { appendFileSync } from 'node:fs';
  import { setFlagsFromString } from 'node:v8';
  import { runInNewContext } from 'node:vm';
  import { isMainThread } from 'node:worker_threads';
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const [period, pause] = [Number(process.env.MEMORY_PERIOD), Number(process.env.MEMORY_PAUSE)];
  const sample = () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    appendFileSync(process.env.MEMORY_FILE, JSON.stringify([performance.now(), rss, heapUsed + external]) + '\\n');
  };
  const wait = () => setTimeout(() => {
    collect();
    if (isMainThread) setTimeout(sample, pause * 0.6).unref();
    wait();
  }, period - (Date.now() % period) + pause * 0.3).unref();
  wait();`;

const window = (day: number) => {
  const at = (days: number) => new Date(Date.UTC(2026, 0, 1 + (day % 300) + days)).toISOString();
  return `core: { from: "${at(0)}", to: "${at(20)}" }, widest: { from: "${at(0)}", to: "${at(40)}" }`;
};

/** Reads, most of them cold, and writes that leave nothing behind but history. */
const works: readonly ((url: string, turn: number, client: number) => Promise<unknown>)[] = [
  (url, turn) => ask(url, `{ search(text: "a${turn % 97}") { __typename } }`, {}),
  (url) => ask(url, '{ neighborhood(of: [{ organization: "quillmark" }]) { nodes { __typename } } }', {}),
  (url, turn) => ask(url, `{ blastRadius(input: { origins: ["quillmark"], ${window(turn)} }) { summary { exposedCount } } }`, {}),
  (url, turn) => ask(url, `{ ranking(${window(turn)}) { totalCount } findingCounts { open } }`, {}),
  (url) => fetch(`${url}/api/facts.zip`).then((response) => response.arrayBuffer()),
  (url, turn, client) =>
    change(url, 'putFacts', {
      organizations: [{ id: `soak-${client}`, name: 'Soak', roles: ['VENDOR'], country: turn % 2 === 0 ? 'NL' : 'BE' }],
    }),
  async (url) => {
    const saved = await change(url, 'saveNote', { on: { organization: 'quillmark' }, text: 'soak' }, 'note { id }');
    return change(url, 'deleteNote', { id: (saved as { note: { id: string } }).note.id });
  },
  async (url) => {
    const headers = { 'content-type': 'application/json' };
    const { id } = (await (await fetch(`${url}/api/imports`, { method: 'POST', headers, body: '{}' })).json()) as { id: string };
    await (await fetch(`${url}/api/imports/${id}/files/organizations.csv`, { method: 'PUT', body: 'id,name,roles\nx,X,VENDOR\n' })).json();
    return change(url, 'discardImport', { id });
  },
];

/**
 * MB a minute, from the least of the first quarter to the least of the last one. A sample may still hold garbage, if a long question ran through
 * the pause, so a line through all samples would follow the load of the machine.
 */
function slopeOf(samples: readonly (readonly [at: number, bytes: number])[]): number {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const least = (of: readonly (readonly [number, number])[]) => Math.min(...of.map(([, bytes]) => bytes));
  const minutes = ((samples.at(-1)?.[0] as number) - (samples[0]?.[0] as number)) / 60_000;
  return (least(samples.slice(-quarter)) - least(samples.slice(0, quarter))) / mb / (minutes * 0.75);
}

it(
  '[S216] the memory of a server under load grows by at most 1 MB a minute',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-memory-'));
    const file = join(folder, 'samples');
    const server = await startServer({
      environment: {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(sampler)}`,
        MEMORY_FILE: file,
        MEMORY_PERIOD: String(periodMs),
        MEMORY_PAUSE: String(pauseMs),
      },
    });
    try {
      const end = performance.now() + runMs;
      const onSample = counting('samples', Math.floor(runMs / periodMs));
      let asked = 0;
      const work = async (client: number) => {
        for (let turn = client; performance.now() < end; turn++, asked++) {
          await (works[turn % works.length] as (typeof works)[number])(server.url, turn, client);
          // One address may send 6,000 requests a minute.
          await sleep(50);
          // The same clock as the sampler's.
          const intoPeriod = Date.now() % periodMs;
          if (intoPeriod < pauseMs) await sleep(pauseMs - intoPeriod);
        }
      };
      const watch = async () => {
        while (performance.now() < end) {
          await sleep(periodMs);
          onSample();
        }
      };
      await Promise.all([watch(), ...Array.from({ length: clients }, (_, client) => work(client))]);
      const samples = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as [number, number, number]);
      // At first caches fill, code is compiled and threads start.
      const settled = samples.slice(Math.floor(samples.length / 3));
      const held = settled.map(([, , bytes]) => bytes);
      const slope = slopeOf(settled.map(([at, rss]) => [at, rss]));
      const grown = ((held.at(-1) as number) - (held[0] as number)) / mb;
      if (isSoak)
        process.stderr.write(
          `${asked} requests, ${Math.round(measuredMs / 60_000)} min measured: ${slope.toFixed(2)} MB a minute, ${grown.toFixed(1)} MB more in use; ` +
            `MB over time: ${samples.map(([, rss]) => Math.round(rss / mb)).join(' ')}\n`,
        );
      expect(asked).toBeGreaterThan(50);
      if (isSoak) expect(slope).toBeLessThanOrEqual(1);
      else expect(grown).toBeLessThan(10);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  limitMs,
);
