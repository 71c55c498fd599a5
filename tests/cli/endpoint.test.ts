import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { Receiver } from '../webhooks/receiver.ts';
import { runExposure } from './run-exposure.ts';

let folder: string;
let receiver: Receiver;
const run = (...args: string[]) => runExposure(folder, args, { EXPOSURE_WEBHOOK_NETWORKS: '127.0.0.0/8' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-endpoint-'));
  receiver = await Receiver.open();
});
afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('endpoints on the command line', () => {
  it('[C1000] are added, listed, tested, rotated, enabled and deleted; the secret is printed once', async () => {
    const added = await run('endpoint', 'add', receiver.url, '--format', 'cloudevents', '--detail', 'full');
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('cannot be printed again') });
    const [id, secret] = added.out.trim().split('\n') as [string, string];
    expect(secret).toMatch(/^whsec_/);
    const listed = await run('endpoint', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject([
      { id, url: receiver.url, format: 'CLOUDEVENTS', detail: 'FULL', state: 'ACTIVE', hasSecret: true },
    ]);
    expect(listed.out).not.toContain('whsec_');
    expect((await run('endpoint', 'list')).out).toMatch(new RegExp(`${id} +active +cloudevents +full`));
    expect(await run('endpoint', 'test', id)).toMatchObject({ code: 0, out: 'Delivered: the answer was 204.\n' });
    receiver.answer = { status: 404 };
    expect(await run('endpoint', 'test', id)).toMatchObject({ code: 1, out: '', err: 'Not delivered. The answer was 404.\n' });
    const rotated = JSON.parse((await run('endpoint', 'rotate', id, '--json')).out);
    expect([rotated.id, rotated.secret === secret, rotated.secret]).toEqual([id, false, expect.stringMatching(/^whsec_/)]);
    expect(await run('endpoint', 'enable', id)).toMatchObject({ code: 0, out: `${id}\n` });
    expect((await run('endpoint', 'delete', id)).out).toBe(`The endpoint ${id} is deleted.\n`);
    expect((await run('endpoint', 'test', id)).err).toContain(`There is no endpoint "${id}"`);
    const trail = readFileSync(join(folder, 'audit.jsonl'), 'utf8');
    for (const command of ['add', 'test', 'rotate', 'enable', 'delete']) expect(trail).toContain(`"action":"endpoint ${command}"`);
    expect(trail).not.toContain('whsec_');
    // Of the address, which may hold a secret of the receiver, the host alone.
    expect(trail).toContain(`"subject":"127.0.0.1:${receiver.port}"`);
    expect(trail).not.toContain('/hook');
  });

  it('[C1000] a url that is not allowed, and an event or endpoint that is gone, are refused', async () => {
    const refused = await run('endpoint', 'add', 'https://evil.example/');
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining('EXPOSURE_WEBHOOK_HOSTS') });
    const off = await runExposure(folder, ['endpoint', 'add', receiver.url]);
    expect(off).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Webhooks are off') });
    expect(await run('watch', 'replay', 'none', '--endpoint', 'none')).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no event "none"'),
    });
    const named = await run('watch', 'add', 'x', '--kind', 'ranking', '--endpoint', 'none');
    expect(named).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no endpoint "none"') });
  });
});
