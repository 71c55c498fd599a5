import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import compression from 'compression';
import express from 'express';
import { pino } from 'pino';
import { tableOf } from '../../server/export/rows.ts';
import { errorHandler } from '../../server/http/guards/error-response.ts';
import { sendTable } from '../../server/http/send-table.ts';
import { signalOf } from '../../server/http/signal-of.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

/** Artificial lists, sent like any other. Only the time per row matters here. */
const ended: Record<string, Promise<void>> = {};
let rowsMade = 0;
let server: Server;
let url: string;

function table(length: number, rowMs: (index: number) => number, text = () => 'row') {
  return tableOf('numbers', ['index'], { length, slice: (from, until) => ({ length: Math.min(until, length) - from }) }, () => {
    const until = performance.now() + rowMs(rowsMade++);
    while (performance.now() < until);
    return { index: text() };
  });
}

beforeAll(async () => {
  const app = express();
  app.use(compression());
  const lists = {
    slow: { table: () => table(5000, (index) => (index % 500 === 0 ? 10 : 0)), timeoutMs: 60_000 },
    endless: { table: () => table(2 ** 40, () => 0), timeoutMs: 600_000 },
    random: {
      table: () =>
        table(
          2 ** 40,
          () => 0,
          () => randomBytes(500).toString('base64'),
        ),
      timeoutMs: 600_000,
    },
    late: { table: () => table(5000, () => 1), timeoutMs: 20 },
    broken: { table: () => table(5000, (index) => (index > 1000 ? 1 : 0)), timeoutMs: 200 },
  };
  for (const [name, list] of Object.entries(lists)) {
    app.get([`/${name}.json`, `/${name}.csv`], (request, response) => {
      rowsMade = 0;
      ended[name] = sendTable(request, response, list.table(), new TimeLimit(list.timeoutMs, signalOf(response)));
      return ended[name];
    });
  }
  app.get('/other', (_request, response) => void response.json({ rowsMade }));
  app.use(errorHandler(pino({ level: 'silent' })));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('an export', () => {
  it('[G142] yields to other requests', async () => {
    const whole = fetch(`${url}/slow.json`).then((response) => response.json());
    const seen: number[] = [];
    do seen.push((await (await fetch(`${url}/other`)).json()).rowsMade);
    while ((seen.at(-1) as number) < 5000);
    expect(await whole).toHaveLength(5000);
    expect(seen.some((count) => count > 0 && count < 5000)).toBe(true);
  });

  it('[G142] ends when its client leaves', async () => {
    const leaving = new AbortController();
    const { body } = await fetch(`${url}/endless.csv`, { signal: leaving.signal });
    await body?.getReader().read();
    leaving.abort();
    await expect(ended.endless).resolves.toBeUndefined();
  });

  it('[G142] waits for a client that reads slowly, compressed or not', async () => {
    for (const encoding of ['gzip', 'identity']) {
      const asked = request(`${url}/random.csv`, { headers: { 'accept-encoding': encoding } }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect(answer.headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined);
      let before = -1;
      while (before !== rowsMade) {
        before = rowsMade;
        await sleep(200);
      }
      answer.destroy();
      await expect(ended.random).resolves.toBeUndefined();
    }
  });

  it.each(['csv', 'json'])('[G142] that times out before its first byte reports the error, as %s', async (format) => {
    const response = await fetch(`${url}/late.${format}`);
    expect(response.status).toBe(504);
    expect(response.headers.get('content-disposition')).toBeNull();
    const { errors } = await response.json();
    expect(errors[0].extensions.code).toBe('QUERY_TIMEOUT');
    expect(errors[0].message).toContain('20 milliseconds');
  });

  it('[G142] that times out midway breaks the connection, so it never looks complete', async () => {
    // Compression may hold the first bytes back until the connection breaks, so the head may or may not arrive.
    await expect(fetch(`${url}/broken.csv`).then((response) => response.text())).rejects.toThrow();
  });
});
