import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, sendWebhook, sign, writeMessage } from '../../server/webhooks/send-webhook.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '../support/test.ts';
import { eventOf, loopback, watchOf } from './posting.ts';
import { Receiver } from './receiver.ts';

const page = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
/** The only block of a language that begins so. */
const blockOf = (start: string) => {
  const [block] = page.split('```').filter((text) => text.startsWith(start));
  return (block as string).slice(block?.indexOf('\n')).trimStart();
};

const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const event = { ...eventOf('w'), summary: "Radius of Quill: 1 joined, 'ω' $(touch x) `y`." };
const { body } = writeMessage(
  { format: 'STANDARD_WEBHOOKS' },
  messageOf({ detail: 'FULL' }, 'event-1', event, watchOf('w'), new Map(), null),
  null,
);

let folder: string;
const closing: (() => unknown)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-receivers-'));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Changes {
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly at?: number;
  readonly key?: string;
}

/** The status of a delivery, with what a test changes after it was signed. */
async function statusOf(url: string, { body: sent = body, headers = {}, at = Date.now(), key = secret }: Changes = {}) {
  const signed = sign([{ secret: key, until: null }], 'event-1', at, body);
  const { status } = await sendWebhook(url, { 'content-type': 'application/json', ...signed, ...headers }, sent, { rules: loopback });
  return status;
}

const wrong: [string, Changes, number[]][] = [
  ['a changed body', { body: body.replace('JOINED', 'LEFT!!') }, [401]],
  ['another id', { headers: { 'webhook-id': 'event-2' } }, [401]],
  ['an old timestamp', { at: Date.now() - 600_000 }, [400, 401]],
  ['a timestamp of the future', { at: Date.now() + 600_000 }, [400, 401]],
  ['a timestamp that is no number', { headers: { 'webhook-timestamp': 'a[$(touch x)]' } }, [400, 401]],
  ['another secret', { key: `whsec_${Buffer.alloc(32, 8).toString('base64')}` }, [401]],
  ['no signature', { headers: { 'webhook-signature': '' } }, [401]],
  ['a signature of another kind', { headers: { 'webhook-signature': 'v1a,AAAA v1,' } }, [401]],
];

describe('the receivers of docs/webhooks.md', () => {
  it('[S1013] the shell script tells what is signed, once, and refuses everything else', async () => {
    const [script, state, told] = [join(folder, 'webhook.cgi'), join(folder, 'state'), join(folder, 'told')];
    mkdirSync(state);
    writeFileSync(script, blockOf('sh\n#!/bin/sh'), { mode: 0o755 });
    writeFileSync(told, '');
    let notify = `cat >> ${told}`;
    const url = await serveCgi(script, () => ({ WEBHOOK_SECRET: secret, STATE: state, NOTIFY: notify }));
    for (const [name, changes, statuses] of wrong) {
      const status = await statusOf(url, changes);
      expect([name, statuses.includes(status as number)]).toEqual([name, true]);
    }
    expect(readFileSync(told, 'utf8')).toBe('');
    notify = 'false';
    expect(await statusOf(url)).toBe(500);
    notify = `cat >> ${told}`;
    // The new secret comes first after a rotation.
    const at = Date.now();
    const { 'webhook-signature': own } = sign([{ secret, until: null }], 'event-1', at, body);
    expect([await statusOf(url, { at, headers: { 'webhook-signature': `v1,AAAA ${own}` } }), await statusOf(url)]).toEqual([200, 200]);
    expect(readFileSync(told, 'utf8')).toBe(body);
  });

  it('[S1013] the relay tells a chat what is signed, once, and refuses everything else', async () => {
    const script = join(folder, 'relay.mjs');
    writeFileSync(script, blockOf('js\nimport'));
    const chat = await Receiver.open({ status: 500 });
    closing.push(() => chat.close());
    const url = await startRelay(script, { WEBHOOK_SECRET: secret, CHAT_URL: chat.url, PORT: '0' });
    for (const [name, changes] of wrong) expect([name, await statusOf(url, changes)]).toEqual([name, 401]);
    expect(chat.received).toEqual([]);
    expect(await statusOf(url)).toBe(502);
    chat.answer = { status: 200 };
    expect([await statusOf(url), await statusOf(url)]).toEqual([204, 204]);
    expect(chat.received.map((one) => JSON.parse(one.body))).toEqual(
      Array(2).fill({ text: "Radius of Quill: 1 joined, 'ω' $(touch x) `y`. /blast?o=quill" }),
    );
  });
});

/** A web server that runs a script by CGI. */
async function serveCgi(script: string, environment: () => Record<string, string>): Promise<string> {
  const server = createServer((request, response) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [`HTTP_${name.toUpperCase().replaceAll('-', '_')}`, `${value}`]);
    const env = { PATH: process.env.PATH ?? '', ...Object.fromEntries(headers), ...environment() };
    const length = request.headers['content-length'] ?? '0';
    const child = spawn(script, [], { cwd: folder, env: { ...env, CONTENT_LENGTH: length }, stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    // A script that refuses reads no body.
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    child.on('close', () => response.writeHead(Number(/^Status: (\d+)\r\n/.exec(out)?.[1] ?? 500)).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise((end) => server.close(end)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook.cgi`;
}

async function startRelay(script: string, environment: Record<string, string>): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const isOver = once(child, 'exit');
  closing.push(async () => {
    child.kill();
    await isOver;
  });
  const [port] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return `http://127.0.0.1:${Number(port.toString())}/`;
}
