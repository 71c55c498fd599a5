import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { builtProgram, root, runExposure } from './run-exposure.ts';

let folder: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-serve-'));
  server = spawn(process.execPath, [builtProgram(), 'serve', '--demo', '--port', '0'], {
    cwd: root,
    env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`, EXPOSURE_DATA: folder, EXPOSURE_LOG: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise((resolve, reject) => {
    server.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
});
afterAll(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function countTransfers(): Promise<{ revision: number; transfers: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ revision counts { transfers } }' }),
  });
  const { data } = (await response.json()) as { data: { revision: number; counts: { transfers: number } } };
  return { revision: data.revision, transfers: data.counts.transfers };
}

describe('the command line beside a server', () => {
  it('[C9] prints the address that answers, with the demo world in it', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await countTransfers()).toEqual({ revision: 6, transfers: 163 });
  });

  it('[S262] lets nobody else read what the program writes', async () => {
    await runExposure(folder, ['export', join(folder, 'exported')]);
    const draft = await fetch(`${url}/api/imports`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    const { id } = (await draft.json()) as { id: string };
    await fetch(`${url}/api/imports/${id}/files/organizations.csv`, { method: 'PUT', body: 'id,name\na,A\n' });
    const written = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(written).toEqual(expect.arrayContaining(['facts.db', 'facts.db-wal', `drafts/${id}`, 'exported/transfers.csv']));
    expect(written.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0)).toEqual([]);
  });

  it('[C9] undoes the demo world, and the server sees it', async () => {
    const imports = JSON.parse((await runExposure(folder, ['imports', '--json'])).out) as { id: string; source: string }[];
    expect(imports).toHaveLength(4);
    const world = imports.find(({ source }) => source === 'demo world');
    expect((await runExposure(folder, ['undo', world?.id ?? ''])).code).toBe(0);
    // Each of four steps that stood is undone or retracted, with a revision of its own.
    expect(await countTransfers()).toEqual({ revision: 10, transfers: 0 });
  });

  it('[C9] refuses a second server on one store, and a port in use', async () => {
    expect(await runExposure(folder, ['serve', '--port', '0'])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/server/) });
    const other = ['--store', `sqlite:${join(folder, 'other.db')}`];
    const port = new URL(url).port;
    const elsewhere = { EXPOSURE_DATA: join(folder, 'elsewhere') };
    expect(await runExposure(folder, ['serve', '--port', port, ...other], elsewhere)).toMatchObject({
      code: 1,
      err: expect.stringContaining(port),
    });
    expect(await runExposure(folder, ['serve', '--port', 'many'])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/EXPOSURE_PORT is "many"/),
    });
  });

  it('[S214] refuses a server of another store in the same data folder, whose sessions and trail are those of one store', async () => {
    const other = ['--store', `sqlite:${join(folder, 'other.db')}`];
    expect(await runExposure(folder, ['serve', '--port', '0', ...other])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/Another server works in the folder .* Stop that one, or give this one another EXPOSURE_DATA\./),
    });
  });

  it('[C9] ends on a signal', async () => {
    const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code)));
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});
