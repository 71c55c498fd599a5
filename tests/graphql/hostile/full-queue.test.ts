import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { guardQueue } from '../../../server/http/guards/guard-requests.ts';
import { maxWaiting, Scheduler } from '../../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

const scheduler = new Scheduler();
let server: Server;
let url: string;

beforeAll(async () => {
  const app = express();
  app.use(guardQueue(scheduler), (_request, response) => void response.json({}));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await scheduler.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Work that ends only when its client leaves. */
function* endless(): Generator<void, void> {
  for (;;) yield;
}

describe('the queue of questions', () => {
  it('[G161] answers 429 with Retry-After while it is full, and accepts questions again when clients leave', async () => {
    expect((await fetch(url)).status).toBe(200);
    const clients = Array.from({ length: maxWaiting + 1 }, () => new AbortController());
    const work = clients.map(({ signal }) => scheduler.run(new TimeLimit(60_000, signal), endless()).catch(() => 'left'));
    const refused = await fetch(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await refused.json()).errors[0].extensions.code).toBe('RATE_LIMITED');
    for (const client of clients.slice(0, 10)) client.abort();
    await Promise.all(work.slice(0, 10));
    expect((await fetch(url)).status).toBe(200);
    for (const client of clients) client.abort();
    await Promise.all(work);
  });
});
