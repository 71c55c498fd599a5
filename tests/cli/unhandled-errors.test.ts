import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { afterEach, describe, expect, it } from '../support/test.ts';
import { builtProgram, root } from './run-exposure.ts';

let folder: string;
let server: ChildProcess | undefined;
afterEach(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** The built server, into which a signal throws an error that nothing handles. */
async function serve(fault: string): Promise<{ url: string; child: ChildProcess; log: () => string }> {
  folder = mkdtempSync(join(tmpdir(), 'exposure-unhandled-'));
  const preload = `data:text/javascript,process.on('SIGUSR2', () => { ${encodeURIComponent(fault)} });`;
  const child = spawn(process.execPath, ['--import', preload, builtProgram(), 'serve', '--port', '0'], {
    cwd: root,
    env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`, EXPOSURE_DATA: folder, EXPOSURE_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server = child;
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const [address] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { url: (address as string).trim(), child, log: () => log };
}

describe('an error that nothing handles', () => {
  it.each([
    ['uncaughtException', "throw new Error('the moon fell')"],
    ['unhandledRejection', "void Promise.reject(new Error('the moon fell'))"],
  ])('[S212] (%s) is one line in the log, and the process exits with 1', async (origin, fault) => {
    const { child, log } = await serve(fault);
    const isOver = once(child, 'exit');
    child.kill('SIGUSR2');
    expect(await isOver).toEqual([1, null]);
    const lines = log().trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 60, origin, err: { message: 'the moon fell' } });
  });

  it('[S212] lets requests in progress finish, takes no others, and waits at most 10 seconds for one that does not end', async () => {
    const { url, child } = await serve("throw new Error('the moon fell')");
    const isOver = once(child, 'exit');
    const body = JSON.stringify({ query: '{ about { version } }' });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const [finishing, endless] = [1, 2].map(() => request(`${url}/graphql`, { method: 'POST', headers }));
    const answered = once(finishing as NonNullable<typeof finishing>, 'response');
    const cutOff = once(endless as NonNullable<typeof endless>, 'error');
    for (const each of [finishing, endless]) each?.write(body.slice(0, 5));
    // Both have arrived when a later request is answered.
    await (await fetch(`${url}/healthz`)).text();
    const startedAt = performance.now();
    child.kill('SIGUSR2');
    await eventually(
      async () =>
        expect(
          await fetch(`${url}/healthz`).then(
            () => 'answered',
            () => 'refused',
          ),
        ).toBe('refused'),
      { timeoutMs: 5000 },
    );
    finishing?.end(body.slice(5));
    expect((await answered)[0].statusCode).toBe(200);
    await cutOff;
    expect(await isOver).toEqual([1, null]);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});
