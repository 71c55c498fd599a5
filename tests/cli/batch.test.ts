import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRows } from '../batch/many-worlds.ts';
import { afterAll, beforeAll, expect, it } from '../support/test.ts';
import type { CommandLine } from './run-exposure.ts';
import { root, startCommandLine } from './run-exposure.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-batch-command-'));
const pack = join(folder, 'pack');
let commandLine: CommandLine;
const run = (...args: string[]) => commandLine.run(folder, args);

beforeAll(async () => {
  commandLine = await startCommandLine();
  expect((await run('import', join(root, 'seeds', 'demo'))).code).toBe(0);
  expect(await run('batch', 'pack', pack)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^163 transfers of revision 1 in .*: 1 parts in 1 files/),
  });
});
afterAll(async () => {
  await commandLine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('[C1030] batch pack writes a pack, and batch run its answers, with a manifest each', async () => {
  const ran = await run(
    'batch',
    'run',
    pack,
    '--question',
    'ranking,findings',
    '--widest',
    '2026-06-01/2026-09-24',
    '--json',
    '--threads',
    '2',
  );
  // Findings depend on the day of the run.
  const found = readRows(pack, 'findings').length;
  expect(found).toBeGreaterThan(150);
  expect(ran).toMatchObject({ code: 0, err: `ranking: 32 rows.\nfindings: ${found} rows.\n` });
  expect(JSON.parse(ran.out)).toMatchObject([
    { question: 'ranking', revision: 1, rows: 32, parameters: { settings: { widest: { from: Date.parse('2026-06-01') }, maxHops: 3 } } },
    { question: 'findings', knownAt: null, rows: found },
  ]);
  const listed = JSON.parse((await run('ranking', '--widest', '2026-06-01/2026-09-24', '--json')).out) as { position?: number }[];
  expect(readRows(pack, 'ranking').map((row) => JSON.parse(row))).toEqual(listed.map(({ position: _, ...row }) => row));
  expect(JSON.parse(readFileSync(join(pack, 'results', 'ranking', 'manifest.json'), 'utf8'))).toEqual(JSON.parse(ran.out)[0]);
  expect(await run('batch', 'pack', pack)).toMatchObject({ code: 1, err: expect.stringContaining('is not empty') });
  expect(await run('batch', 'run', pack, '--question', 'rank')).toMatchObject({
    code: 2,
    err: expect.stringContaining('"rank" is no question'),
  });
  expect(await run('batch', 'run', join(folder, 'nothing'), '--question', 'ranking')).toMatchObject({
    code: 1,
    err: expect.stringContaining('manifest.json: the file is missing'),
  });
});

it('[C1031] the kernel is one file that needs nothing else of ours, and gives the rows of batch run', async () => {
  const alone = join(folder, 'alone');
  mkdirSync(alone);
  copyFileSync(join(root, 'dist', 'server', 'batch', 'kernel.mjs'), join(alone, 'kernel.mjs'));
  const kernel = (args: readonly string[], input = '') =>
    spawnSync(process.execPath, ['kernel.mjs', '--common', join(pack, 'common'), ...args], {
      cwd: alone,
      input: input === '' ? undefined : readFileSync(input),
      encoding: 'utf8',
      env: {},
      maxBuffer: 2 ** 28,
    });
  const names = ['findings', 'exposures'] as const;
  expect((await run('batch', 'run', pack, '--question', names.join(','), '--out', join(folder, 'out'))).code).toBe(0);
  const parts = readdirSync(join(pack, 'parts')).map((name) => join(pack, 'parts', name));
  for (const question of names) {
    const first = kernel(['--question', question, '--round', '1'], parts[0]);
    expect(first).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(
      join(alone, 'held'),
      first.stdout
        .split('\n')
        .filter((line) => line.startsWith('{"held"'))
        .join('\n'),
    );
    const second = kernel(['--question', question, '--round', '2', '--held', 'held']);
    expect(second).toMatchObject({ status: 0, stderr: '' });
    const rows = [first, second]
      .flatMap(({ stdout }) => stdout.split('\n').filter((line) => line.startsWith('{"key"')))
      .map((line) => JSON.parse(line) as { key: string; row: object })
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(rows.map(({ row }) => JSON.stringify(row))).toEqual(readRows(join(folder, 'out'), question));
  }
  // The same by the command line.
  const line = await run('batch', 'part', parts[0] as string, '--common', join(pack, 'common'), '--question', 'findings', '--round', '1');
  expect(line.out).toBe(kernel(['--question', 'findings', '--round', '1'], parts[0]).stdout);
  const wrong = (...args: string[]) => kernel(args);
  expect(wrong('--question', 'ranking', '--round', '2')).toMatchObject({ status: 2, stderr: expect.stringContaining('--held is missing') });
  expect(wrong('--question', 'ranking', '--round', '1', '--parameters', '{"maxHop": 1}')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--parameters has maxHop 1; expected core'),
  });
  writeFileSync(join(alone, 'held'), '');
  expect(wrong('--question', 'ranking', '--round', '2', '--held', 'held')).toMatchObject({
    status: 1,
    stderr: 'held: part 0 is missing. Give each part of the pack to round 1 once, and all its lines to round 2.\n',
  });
});

it('[C1032] batch attach, list and detach manage the results that servers answer from, and erase deletes them', async () => {
  expect((await run('batch', 'run', pack, '--question', 'ranking,safeguards', '--out', join(folder, 'attached'))).code).toBe(0);
  const attached = JSON.parse((await run('batch', 'attach', join(folder, 'attached'), '--json')).out) as { name: string }[];
  expect(attached).toMatchObject([
    { question: 'ranking', rows: 32 },
    { question: 'safeguards', rows: 5 },
  ]);
  expect((await run('batch', 'list')).out).toMatch(
    /^NAME +ROWS +REVISION +INSTANT +BEHIND\n(ranking|safeguards)-[0-9a-f]{12} +\d+ +1 +\S+ +0\n/,
  );
  const [first, second] = attached.map(({ name }) => name) as [string, string];
  expect(await run('batch', 'detach', first)).toMatchObject({ code: 0, out: `${first} is detached.\n` });
  expect(await run('batch', 'detach', first)).toMatchObject({ code: 1, err: expect.stringContaining('exposure batch list names them') });
  expect(readdirSync(join(folder, 'batch'))).toEqual([second]);
  expect(await run('batch', 'attach', folder)).toMatchObject({ code: 1, err: expect.stringContaining('There are no results in') });
  // A backup has no results, and an erasure leaves none.
  expect((await run('backup', join(folder, 'all.backup'))).code).toBe(0);
  expect((await run('erase', 'proxyline', '--yes')).code).toBe(0);
  expect((await run('batch', 'list')).err).toBe('No result is attached.\n');
  expect(existsSync(join(folder, 'batch'))).toBe(false);
});
