import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type CommandLine, startCommandLine } from './run-exposure.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-token-'));
let commandLine: CommandLine;
beforeAll(async () => {
  commandLine = await startCommandLine();
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => commandLine.run(folder, ['token', ...words]);

describe('exposure token', () => {
  it('[U10] prints a token once, as plain data with --json, and lists and revokes it by name', async () => {
    const created = await run('create', 'reports', '--role', 'viewer', '--export', '--expires', '2099-01-01', '--json');
    expect(created.code).toBe(0);
    const { token, ...rest } = JSON.parse(created.out);
    expect(token).toMatch(/^exposure_[0-9a-f]{16}_[\w-]{43}$/);
    expect(rest).toEqual({});
    const list = async () => JSON.parse((await run('list', '--json')).out);
    expect(await list()).toEqual([
      {
        name: 'reports',
        role: 'VIEWER',
        canExport: true,
        labs: null,
        owner: null,
        createdAt: expect.any(String),
        expiresAt: '2099-01-01T00:00:00.000Z',
        revokedAt: null,
      },
    ]);
    expect((await run('list')).out).not.toContain(token);
    expect((await run('revoke', 'reports')).out).toContain('is revoked');
    expect(await list()).toMatchObject([{ revokedAt: expect.any(String) }]);
  });

  it('[U10] refuses an invalid token, with the way out', async () => {
    expect(await run('create', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('--role') });
    expect(await run('create', 'x', '--role', 'owner')).toMatchObject({ code: 2, err: expect.stringContaining('viewer, analyst, admin') });
    expect(await run('create', 'x', '--role', 'analyst', '--lab', 'vega')).toMatchObject({
      code: 2,
      err: expect.stringContaining('viewer'),
    });
    expect(await run('create', 'local', '--role', 'viewer')).toMatchObject({ code: 2 });
    expect(await run('revoke', 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('no token named') });
  });
});

describe('exposure audit', () => {
  it('[V6] records the commands above, verifies the trail and prints it as JSON lines', async () => {
    const audit = (...words: string[]) => commandLine.run(folder, ['audit', ...words]);
    const entries = (await audit('export')).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.map(({ action, subject, outcome }) => [action, subject, outcome])).toEqual([
      ['token create', 'reports', 'ok'],
      ['token revoke', 'reports', 'ok'],
      ['token revoke', 'nobody', 'failed'],
    ]);
    expect(await audit('verify')).toMatchObject({ code: 0, out: expect.stringContaining('whole') });
    const trail = join(folder, 'audit.jsonl');
    writeFileSync(trail, readFileSync(trail, 'utf8').replace('reports', 'nothing'));
    expect(await audit('verify', '--json')).toMatchObject({ code: 1, out: expect.stringContaining('"isSound": false') });
  });
});
