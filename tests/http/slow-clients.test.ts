import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { guardProgress } from '../../server/http/guards/guard-requests.ts';
import { Serving } from '../graphql/serving.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';

const serving = new Serving();
let slow: Server;
beforeAll(async () => {
  await serving.start();
  const app = express();
  app.use(guardProgress({ windowMs: 500, minBytes: 10 }));
  app.put('/file', async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    response.json({ bytes });
  });
  slow = await new Promise<Server>((listening) => {
    const begun = app.listen(0, '127.0.0.1', () => listening(begun));
  });
});
afterAll(async () => {
  slow.closeAllConnections();
  await new Promise((closed) => slow.close(closed));
  await serving.stopAndDelete();
});

/** Sends pieces with pauses between them, and returns all that comes back until the server closes or `until` has come. */
async function send(port: number, pieces: readonly string[], pauseMs: number, until: RegExp): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  const answered = new Promise<void>((end) => {
    socket.on('data', (data) => {
      answer += data;
      if (until.test(answer)) end();
    });
    socket.on('close', () => end());
    socket.on('error', () => end());
  });
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(pauseMs);
  }
  await answered;
  socket.destroy();
  return answer;
}

const portOf = (url: string) => Number(new URL(url).port);
const put = (path: string, length: number) => `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${length}\r\n\r\n`;

describe('a slow client', () => {
  it('[S144] is served as long as its body makes progress, and answered with 408 when the body stops', async () => {
    const { port } = slow.address() as AddressInfo;
    const patient = await send(port, [put('/file', 400), ...Array.from({ length: 20 }, () => 'x'.repeat(20))], 60, /\{"bytes":400\}/);
    expect(patient).toContain('200 OK');
    const stopped = await send(port, [put('/file', 400), 'x'.repeat(20)], 0, /"code":"BAD_REQUEST"/);
    expect(stopped).toMatch(/^HTTP\/1\.1 408 /);
    expect(stopped).toContain('The body stopped arriving');
  });

  it('[S144] is answered before its body has come, if the body is too large or the request is refused', async () => {
    const created = await fetch(`${serving.url}/api/imports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { id } = (await created.json()) as { id: string };
    const path = `/api/imports/${id}/files/organizations.csv`;
    const large = await send(portOf(serving.url), [put(path, 5 * 1024 ** 3), 'id,name\n'], 0, /"code":"\w+"/);
    expect(large).toMatch(/^HTTP\/1\.1 413 /);
    expect(large).toContain('larger than 4 GB');
    const missing = await send(
      portOf(serving.url),
      [put('/api/imports/nothing/files/organizations.csv', 1e6), 'id,name\n'],
      0,
      /"code":"\w+"/,
    );
    expect(missing).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each(['evil@127.0.0.1', '127.0.0.1/evil', '127.0.0.1#evil', '127.0.0.1\\evil'])('[S145] the Host %s is refused', async (host) => {
    const answer = await send(portOf(serving.url), [`GET /graphql HTTP/1.1\r\nHost: ${host}\r\n\r\n`], 0, /"code":"\w+"/);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('[S145] one Host header is taken, and two are refused', async () => {
    const two = await send(
      portOf(serving.url),
      ['GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n'],
      0,
      /"code":"\w+"/,
    );
    expect(two).toMatch(/^HTTP\/1\.1 400 /);
  });
});
