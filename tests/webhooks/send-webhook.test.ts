import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendWebhook } from '../../server/webhooks/send-webhook.ts';
import { TargetRules } from '../../server/webhooks/target-rules.ts';
import { afterEach, describe, expect, it } from '../support/test.ts';
import { loopback } from './posting.ts';
import type { Answer } from './receiver.ts';
import { openNameServer, Receiver } from './receiver.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
const open = async (...options: Parameters<typeof Receiver.open>) => {
  const receiver = await Receiver.open(...options);
  closing.push(() => receiver.close());
  return receiver;
};
const serveNames = async (...answers: Parameters<typeof openNameServer>) => {
  const names = await openNameServer(...answers);
  closing.push(() => names.close());
  return names;
};
const send = (url: string, more: object = {}) =>
  sendWebhook(url, { 'content-type': 'application/json' }, '{"a":"ω"}', { rules: loopback, timeoutMs: 1500, ...more });

describe('one attempt', () => {
  it('[S1003] sends the body whole, and reads the status', async () => {
    const receiver = await open();
    expect(await send(receiver.url)).toEqual({ status: 204, error: null, retryAfter: null });
    expect(receiver.received).toMatchObject([{ path: '/hook', body: '{"a":"ω"}', headers: { 'content-length': '10' } }]);
  });

  it.each<[Answer, number | null, string | null]>([
    [{ status: 200 }, 200, null],
    [{ status: 400 }, 400, 'The answer was 400.'],
    [{ status: 404 }, 404, 'The answer was 404.'],
    [{ status: 410 }, 410, 'The answer was 410.'],
    [{ status: 500 }, 500, 'The answer was 500.'],
    ['nothing', null, 'There was no answer within 0.3 s.'],
    ['half a header', null, 'There was no answer within 0.3 s.'],
    ['another protocol', null, 'The connection failed (unknown reason).'],
  ])('[S1003] a receiver that answers %j', async (answer, status, error) => {
    const receiver = await open(answer);
    expect(await send(receiver.url, { timeoutMs: 300 })).toMatchObject({ status, error });
    expect(receiver.received.length).toBe(1);
  });

  it('[S1003] follows no redirect, tells Retry-After, and uses no proxy of the environment', async () => {
    const other = await open();
    const receiver = await open({ status: 301, headers: { location: other.url } });
    process.env.HTTP_PROXY = `http://127.0.0.1:${other.port}`;
    process.env.http_proxy = process.env.HTTP_PROXY;
    closing.push(() => {
      delete process.env.HTTP_PROXY;
      delete process.env.http_proxy;
    });
    expect(await send(receiver.url)).toEqual({ status: 301, error: 'The answer was 301.', retryAfter: null });
    receiver.answer = { status: 429, headers: { 'retry-after': '120' } };
    expect(await send(receiver.url)).toEqual({ status: 429, error: 'The answer was 429.', retryAfter: '120' });
    expect([receiver.received.length, other.connections]).toEqual([2, 0]);
  });

  it('[S1003] of an answer of 10 GB it reads the start', async () => {
    const receiver = await open('10 GB');
    expect(await send(receiver.url)).toMatchObject({ status: 200, error: null });
    await receiver.close();
    closing.length = 0;
    // The buffers of both ends take less than this.
    expect(receiver.bytesWritten).toBeLessThan(100 * 1024 ** 2);
  });

  it('[S1003] nobody at the address is said by the code of the system', async () => {
    const receiver = await open();
    const { url } = receiver;
    await receiver.close();
    closing.length = 0;
    expect(await send(url)).toEqual({ status: null, error: 'The connection failed (ECONNREFUSED).', retryAfter: null });
  });
});

describe('the name of a host', () => {
  const rules = new TargetRules({ hosts: ['hooks.example.test'], networks: ['127.0.0.2/32'] });

  it('[S1002] is resolved once, and the connection goes to the address that was checked: a later answer changes nothing', async () => {
    const allowed = await open({ status: 204 }, '127.0.0.2');
    const trap = await open({ status: 204 }, '127.0.0.1', allowed.port);
    let answers = 0;
    const names = await serveNames(() => (answers++ === 0 ? ['127.0.0.2'] : ['127.0.0.1']));
    const url = `http://hooks.example.test:${allowed.port}/hook`;
    const outlet = { rules, nameServers: [names.address] };
    expect(await send(url, outlet)).toMatchObject({ status: 204 });
    expect([names.asked, allowed.connections]).toEqual([['hooks.example.test'], 1]);
    expect(allowed.received[0]?.headers.host).toBe(`hooks.example.test:${allowed.port}`);
    expect(await send(url, outlet)).toMatchObject({ status: null, error: expect.stringContaining('leads to 127.0.0.1') });
    expect([names.asked.length, allowed.connections, trap.connections]).toEqual([2, 1, 0]);
  });

  it('[S1002] one forbidden address among its addresses is enough, also beside a public one', async () => {
    const trap = await open();
    for (const found of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['127.0.0.2', '10.0.0.1'], ['169.254.169.254'], ['0.0.0.0']]) {
      const names = await serveNames(() => found);
      const url = `https://hooks.example.test:8443/`;
      const outlet = { rules: new TargetRules({ hosts: ['hooks.example.test'], networks: [] }), nameServers: [names.address] };
      expect(await send(url, outlet)).toMatchObject({ status: null, error: expect.stringContaining('no address that webhooks may reach') });
      // Plain http is for listed networks alone.
      const plain = await send(`http://hooks.example.test:${trap.port}/`, { rules, nameServers: [names.address] });
      expect(plain).toMatchObject({ status: null, error: expect.stringContaining('no address that webhooks may reach') });
    }
    expect(trap.connections).toBe(0);
  });

  it('[S1002] a forbidden address of IPv6 beside a public one of IPv4 is enough', async () => {
    const outlet = { rules: new TargetRules({ hosts: ['hooks.example.test'], networks: [] }) };
    const loopbacks = ['0000:0000:0000:0000:0000:0000:0000:0001', '0000:0000:0000:0000:0000:ffff:7f00:0001'];
    for (const one of [...loopbacks, '0064:ff9b:0000:0000:0000:0000:7f00:0001', '2002:7f00:0001:0000:0000:0000:0000:0000']) {
      const names = await serveNames(() => ['8.8.8.8'], [one]);
      const sent = await send('https://hooks.example.test/', { ...outlet, nameServers: [names.address] });
      expect(sent).toMatchObject({ status: null, error: expect.stringMatching(/^The host leads to (::1|::ffff:|64:ff9b:|2002:7f00:1)/) });
    }
  });

  it('[S1002] without an address, or a name server, says so', async () => {
    const names = await serveNames(() => []);
    const outlet = { rules, nameServers: [names.address] };
    expect((await send('https://hooks.example.test/', outlet)).error).toMatch(
      /^The name of the host could not be looked up \((ENODATA|ENOTFOUND)\)\.$/,
    );
    expect(await send('https://other.example.test/', outlet)).toMatchObject({
      status: null,
      error: expect.stringContaining('EXPOSURE_WEBHOOK_HOSTS'),
    });
  });

  it('[S1003] a name server that says nothing, and a receiver that takes no part in TLS, end with the attempt', async () => {
    const silent = createSocket('udp4').bind(0, '127.0.0.1');
    await once(silent, 'listening');
    closing.push(() => silent.close());
    const late = { timeoutMs: 300 };
    const nobody = await send('https://hooks.example.test/', { rules, nameServers: [`127.0.0.1:${silent.address().port}`], ...late });
    expect(nobody).toEqual({ status: null, error: 'There was no answer within 0.3 s.', retryAfter: null });
    const plain = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    closing.push(() => plain.close());
    const mute = await send(`https://127.0.0.1:${(plain.address() as AddressInfo).port}/`, late);
    expect(mute).toEqual({ status: null, error: 'There was no answer within 0.3 s.', retryAfter: null });
  });

  it('[S1002] stands in SNI, Host and certificate, though the connection goes to an address', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-tls-'));
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=hooks.example.test', '-addext', 'subjectAltName=DNS:hooks.example.test', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', keyFile, '-out', certFile, ...subject], { stdio: 'ignore' });
    const cert = readFileSync(certFile, 'utf8');
    const receiver = await open({ status: 204 }, '127.0.0.2', 0, { key: readFileSync(keyFile, 'utf8'), cert });
    const names = await serveNames(() => ['127.0.0.2']);
    const outlet = { rules, nameServers: [names.address] };
    const url = `https://hooks.example.test:${receiver.port}/hook`;
    expect(await send(url, { ...outlet, certificates: cert })).toMatchObject({ status: 204 });
    expect([receiver.serverName, receiver.received[0]?.headers.host]).toEqual([
      'hooks.example.test',
      `hooks.example.test:${receiver.port}`,
    ]);
    // Nobody vouches for it.
    expect(await send(url, outlet)).toMatchObject({
      status: null,
      error: expect.stringMatching(/^The connection failed \((DEPTH_ZERO_)?SELF_SIGNED_CERT\)\.$/),
    });
    // A certificate of another name.
    const others = { rules: new TargetRules({ hosts: ['other.example.test'], networks: ['127.0.0.2/32'] }), nameServers: [names.address] };
    const mismatch = await send(url.replace('hooks.', 'other.'), { ...others, certificates: cert });
    expect(mismatch.error).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(receiver.received.length).toBe(1);
  });
});
