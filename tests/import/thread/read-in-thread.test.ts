import { setImmediate as turn } from 'node:timers/promises';
import { install } from '@sinonjs/fake-timers';
import { readKnownFacts } from '../../../server/import/mapping/known-facts.ts';
import { readImport } from '../../../server/import/read-import.ts';
import { readInThread } from '../../../server/import/thread/read-in-thread.ts';
import { afterEach, beforeEach, describe, expect, it } from '../../support/test.ts';
import { Bench } from '../import-for-tests.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.close());

const options = { assertedAt: Date.UTC(2026, 0, 1), source: 'register' };

function vendors(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => `Vendor ${i},Hosting ${i},${i % 2 === 0 ? 'France' : 'nowhere'}`);
  return `Vendor,Service,Country\nVENDOR 1,Support,\n${rows.join('\n')}\n"broken"x,,\n`;
}

describe('a list read in a worker thread', () => {
  it('[I30] gives the same result as a reading on this thread, even with more known facts than one message holds', async () => {
    const known = Array.from({ length: 1200 }, (_, i) => `org-${i},"Vendor ${i}, Inc.",VENDOR`);
    await bench.import({ 'organizations.csv': `id,name,roles\n${known.join('\n')}\n` });
    const files = bench.write({ 'list.csv': vendors(1500) });
    const readKnown = () => readKnownFacts(bench.store);
    const here = await readImport(files, { ...options, readKnown });
    const read = await readInThread(files, { ...options, readKnown });
    expect(read).toEqual(here);
    expect([here.assertions.length > 1000, here.matches.length > 1000, here.rejections.length]).toEqual([true, true, 1]);
  });

  it('[S272] gives the same result for rows in the columns of the program, rejected ones among them', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `v-${i % 2900},Vendor ${i},${i % 50 === 7 ? 'KING' : 'VENDOR'}`);
    const sent = Array.from({ length: 3000 }, (_, i) => `t-${i},x,v-${i},v-${i + 1},${i % 40 === 3 ? 'yesterday' : '2026-01-02'}`);
    const files = bench.write({
      'organizations.csv': `id,name,roles\n${rows.join('\n')}\n`,
      'transfers.csv': `id,artifact,sender,recipient,sent_at\n${sent.join('\n')}\n`,
    });
    const here = await readImport(files, options);
    const read = await readInThread(files, options);
    expect({ ...read, assertions: [...read.assertions] }).toEqual({ ...here, assertions: [...here.assertions] });
    expect([here.assertions.length > 5000, here.rejections.length > 100]).toEqual([true, true]);
  });

  it('[I30] leaves the event loop to others, and stops when it is cancelled', async () => {
    const files = bench.write({ 'list.csv': vendors(5_000) });
    let turns = 0;
    let isOver = false;
    const reading = readInThread(files, options).finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await turn();
      turns++;
    }
    expect((await reading).assertions.length).toBeGreaterThan(10_000);
    // A reading on the event loop turns it about once for each piece of the file.
    expect(turns).toBeGreaterThan(1000);

    const stop = new AbortController();
    const cancelled = readInThread(files, { ...options, signal: stop.signal, onProgress: () => undefined });
    stop.abort(new Error('cancelled'));
    await expect(cancelled).rejects.toThrow('cancelled');
  });

  it('[I39] does not take a thread that was idle for too long and is about to end', async () => {
    const files = bench.write({ 'list.csv': vendors(3) });
    const clock = install({ toFake: ['setTimeout', 'clearTimeout'], shouldClearNativeTimers: true });
    try {
      const first = await readInThread(files, options);
      clock.tick(10_000);
      expect(await readInThread(files, options)).toEqual(first);
    } finally {
      clock.uninstall();
    }
  });

  it('[I30] reports a missing file like a reading on this thread', async () => {
    await expect(readInThread([{ name: 'list.csv', path: `${bench.folder}/gone.csv` }], options)).rejects.toThrow(/ENOENT/);
  });
});
