import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { previewImport } from '../../server/import/commit-import.ts';
import { loadDemo } from '../../server/import/demo/demo-history.ts';
import { readFromStore } from '../../server/import/read-from-store.ts';
import { readInThread } from '../../server/import/thread/read-in-thread.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { crowdedWorkbook, hostileWorkbooks } from '../import/hostile/hostile-workbooks.ts';
import { mutatedFormats } from '../import/hostile/mutate-files.ts';
import { ask, change } from '../support/kills/write-chains.ts';
import { seed } from '../support/seed.ts';
import type { RunningServer } from '../support/servers/running-server.ts';
import { startServer } from '../support/servers/running-server.ts';
import { readWatched, watching } from '../support/servers/watched-loop.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, limitMs, randomFrom, rounds } from './scale.ts';

const mb = 1024 ** 2;
const isSoak = process.env.SOAK_SCALE !== undefined;
const mostMb = 512;
/** `npm test` runs beside other tests. */
const mostMs = isSoak ? 250 : 1000;

const folder = mkdtempSync(join(tmpdir(), 'exposure-hostile-'));
const samples = join(folder, 'samples');
let server: RunningServer;
let idle: number;

/** One address may send 6,000 requests a minute. */
async function send(path: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const response = await fetch(`${server.url}${path}`, init);
    if (response.status !== 429) return response;
    await sleep(500);
  }
}

/** Uploads one file into a draft of its own, waits for the analysis, reads the rejected rows, and discards the draft. */
async function tryImport(
  file: string,
  content: Buffer,
): Promise<{ readonly status: number; readonly says: string; readonly state: string }> {
  const headers = { 'content-type': 'application/json' };
  const { id } = (await (await send('/api/imports', { method: 'POST', headers, body: '{}' })).json()) as { id: string };
  const upload = await send(`/api/imports/${id}/files/${file}`, { method: 'PUT', body: new Uint8Array(content) });
  const answer = (await upload.json()) as { errors?: { message: string }[] };
  const says = answer.errors?.[0]?.message ?? '';
  let state = 'NONE';
  // A poll costs the server as much as a part of an analysis.
  for (let pauseMs = 10; upload.ok; pauseMs = Math.min(2 * pauseMs, 100)) {
    const { import: found } = (await ask(server.url, 'query ($id: ID!) { import(id: $id) { state } }', { id })) as unknown as {
      import: { state: string };
    };
    state = found.state;
    if (state !== 'ANALYZING') break;
    await sleep(pauseMs);
  }
  const rows = await send(`/api/imports/${id}/rejections.csv`);
  expect([rows.status, (await rows.text()).length > 0]).toEqual([200, true]);
  await change(server.url, 'discardImport', { id });
  return { status: upload.status, says, state };
}

/** Sleeps until the sampler has noted what came before, and compares. */
async function expectWithinLimits(what: string, since: number): Promise<void> {
  await sleep(300);
  const { most, heldMs, longestMs } = readWatched(samples, since);
  const grownMb = (most - idle) / mb;
  if (isSoak)
    process.stderr.write(
      `${what}: ${Math.round(grownMb)} MB above ${Math.round(idle / mb)} MB idle, event loop held for ${Math.round(heldMs)} ms at most, ${Math.round(longestMs)} with waits for a core\n`,
    );
  expect([what, grownMb < mostMb, heldMs < mostMs]).toEqual([what, true, true]);
}

describe('a server that is sent hostile files', () => {
  beforeAll(async () => {
    server = await startServer({ environment: watching(samples) });
    const plain = mutatedFormats.map(({ file }) => file);
    for (const file of plain) await tryImport(file, Buffer.from('Vendor,Service\nZeta Cloud,Hosting\n'));
    await sleep(1000);
    idle = readWatched(samples, Date.now() - 900).most;
  });
  afterAll(() => server?.stop());

  it(
    '[S400] refuses each workbook that is made to use it up, keeps answering, and needs at most 512 MB more',
    async () => {
      const bombs = isSoak ? [...hostileWorkbooks(500), crowdedWorkbook] : hostileWorkbooks(20);
      for (const { what, content, code, says } of bombs) {
        const bytes = content();
        const since = Date.now();
        const outcome = await tryImport('grc.xlsx', bytes);
        const isOfSheet = code === 'TOO_MANY_COLUMNS' || code === 'CELL_TOO_LARGE';
        expect([what, outcome.status]).toEqual([what, isOfSheet ? 200 : code === 'LIST_TOO_LARGE' ? 413 : 400]);
        if (!isOfSheet) expect(outcome.says).toMatch(says);
        await expectWithinLimits(`a workbook that ${what}`, since);
      }
    },
    limitMs,
  );

  it.each(mutatedFormats.map((format) => [format.what, format] as const))(
    '[S401] takes or refuses %s, however it is mutated, with at most 512 MB more and a free event loop',
    async (what, { file, make }) => {
      // `npm test` tries 20 of each format but the workbook; the reader alone takes 400 of each below.
      const count = rounds(file.endsWith('.xlsx') || isSoak ? 10_000 : 400);
      const onRound = counting(`${what}, mutated`, count);
      const random = randomFrom(seed);
      const choose = (most: number) => Math.floor(random() * most);
      const since = Date.now();
      const statuses = new Set<number>();
      for (let round = 0; round < count; round++) {
        const { status, state } = await tryImport(file, make(choose));
        statuses.add(status);
        expect([round, [200, 400, 413].includes(status), ['DRAFT', 'NONE'].includes(state)]).toEqual([round, true, true]);
        onRound();
      }
      // The mutations are mild enough that of many files some are taken: of documents and spreadsheets about one in thirty.
      if (count >= 400) expect(statuses.has(200)).toBe(true);
      await expectWithinLimits(what, since);
    },
    limitMs,
  );
});

describe('the analysis of hostile files, as a server runs it', () => {
  let store: FactStore;
  beforeAll(async () => {
    store = await openStore(`sqlite:${join(folder, 'alone.db')}`);
    await loadDemo(store, Date.UTC(2026, 0, 1));
  });
  afterAll(async () => {
    await store?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(mutatedFormats.map((format) => [format.what, format] as const))(
    '[S401] reads or refuses %s in a thread, with at most 512 MB more and a free event loop',
    async (what, { file, make }) => {
      const count = isSoak ? rounds(10_000) : rounds(400);
      const onRound = counting(`${what}, analyzed`, count);
      const random = randomFrom(seed + 1);
      const choose = (most: number) => Math.floor(random() * most);
      const path = join(folder, `alone-${file}`);
      const loop = monitorEventLoopDelay({ resolution: 5 });
      const before = process.memoryUsage.rss();
      let most = before;
      let rows = 0;
      loop.enable();
      for (let round = 0; round < count; round++) {
        writeFileSync(path, make(choose));
        const read = await readFromStore(store, [{ name: file, path }], { read: readInThread, assertedAt: 0, source: null, edition: {} });
        const { account } = await previewImport(store, read, {
          id: 'preview',
          by: 'tester',
          at: 0,
          createdAt: 0,
          source: null,
          assertedAt: 0,
        });
        expect([round, account.used + account.repeated + account.leftOut + account.rejected]).toEqual([round, account.read]);
        rows += account.read;
        most = Math.max(most, process.memoryUsage.rss());
        onRound();
      }
      loop.disable();
      const [grownMb, heldMs] = [(most - before) / mb, loop.max / 1e6];
      if (isSoak)
        process.stderr.write(
          `${what}: ${Math.round(grownMb)} MB above ${Math.round(before / mb)} MB, ${rows} rows, ${Math.round(heldMs)} ms\n`,
        );
      if (count >= 400) expect(rows).toBeGreaterThan(0);
      expect([what, grownMb < mostMb, heldMs < mostMs]).toEqual([what, true, true]);
    },
    limitMs,
  );
});
