import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSession } from '../support/neo4j/neo4j-session.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';
import { root } from './run-exposure.ts';

const command = join(root, 'tests/support/neo4j/neo4j.mjs');
const folder = mkdtempSync(join(tmpdir(), 'exposure-neo4j-command-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run neo4j', () => {
  it('[C22] prints the address that answers; an interrupt stops it and deletes its data', async () => {
    const child = spawn(process.execPath, [command, '--port', '0', '--heap', '512m'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const [address] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    expect(address).toMatch(/^neo4j:\/\/127\.0\.0\.1:\d+\n$/);
    await withSession(address.trim(), async (run) => expect(await run('RETURN 1')).toEqual([[1]]));
    const data = /runs in (\S+),/.exec(output)?.[1] ?? '';
    expect(existsSync(data)).toBe(true);

    const isOver = once(child, 'exit');
    child.kill('SIGINT');
    expect(await isOver).toEqual([0, null]);
    expect(existsSync(data)).toBe(false);
  });

  it('[C22] names a wrong option and missing tools', () => {
    const run = (args: string[], path = process.env.PATH) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
        encoding: 'utf8',
        env: { ...process.env, PATH: path },
      });
      return { status, stdout, stderr };
    };
    expect(run(['--heap', 'much'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(/--heap much: .*512m/) });
    expect(run(['--auth', 'neo4j/short'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/8 characters/) });
    expect(run(['--fast'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/--fast[\s\S]*--port/) });
    expect(run([], folder)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(/Java 17 or newer/) });
  });
});
