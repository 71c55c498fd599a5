import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { smallFiles } from '../import/import-for-tests.ts';
import { importOf, vendor } from '../store/assertions-for-tests.ts';
import { findMissingForSpark } from '../support/spark/pyspark.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { recordEarlier } from '../support/worlds/recorded-earlier.ts';
import { builtProgram, type CommandLine, runExposure, startCommandLine } from './run-exposure.ts';

let commandLine: CommandLine;
let folder: string;
const run = (...args: string[]) => commandLine.run(folder, args);
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);

beforeAll(async () => {
  commandLine = await startCommandLine();
  folder = mkdtempSync(join(tmpdir(), 'exposure-cli-'));
  mkdirSync(join(folder, 'world'));
  for (const [name, content] of Object.entries(smallFiles)) writeFileSync(join(folder, 'world', name), content);
});
afterAll(async () => {
  await commandLine.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One story: each test continues where the one before it ended. */
describe('the command line', () => {
  it('[C1] explains every command', async () => {
    const { out, code } = await runExposure(folder, ['--help']);
    expect(code).toBe(0);
    for (const command of ['serve', 'import', 'imports', 'undo', 'radius', 'export', 'verify', 'doctor']) {
      expect(out).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
    }
    const help = await run('radius', '--help');
    expect(help).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/--fail-at.*\n?.*exit 3/) });
  });

  it('[C2] answers wrong usage with 2 and a sentence on stderr', async () => {
    for (const args of [
      [],
      ['launch'],
      ['import'],
      ['import', '--as', 'spaceships', 'x.csv'],
      ['radius', 'kite', '--core', 'yesterday'],
      ['radius', 'kite', '--format', 'xml'],
      ['radius', 'kite', '--max-hops', 'many'],
      ['verify', '--store', 'oracle:x'],
      ['verify', '--fast'],
    ]) {
      const { code, out, err } = await run(...args);
      expect([args, code, out]).toEqual([args, 2, '']);
      expect(err).not.toMatch(/at .*\.ts/);
      expect(err.length).toBeGreaterThan(10);
    }
  });

  it('[C3] shows the effect of an import without writing', async () => {
    const { code, out } = await run('import', join(folder, 'world'), '--dry-run');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/6 created.*\n.*nothing was written/i) });
    expect(await json('imports')).toEqual([]);
  });

  it('[C3] names rejected rows by file, line and column, writes nothing, and exits 1', async () => {
    const bad = join(folder, 'transfers.csv');
    writeFileSync(bad, 'id,artifact,sender,recipient,portion\nT-1,guidelines,vega,kite,-1\nT-2,guidelines,vega,kite,1\n');
    const { code, out } = await run('import', join(folder, 'world', 'organizations.csv'), join(folder, 'world', 'artifacts.csv'), bad);
    expect(code).toBe(1);
    expect(out).toMatch(/^transfers\.csv:2: portion: The portion "-1" .*\.$/m);
    expect(out).toMatch(/Nothing was written because of the rejected rows/);
    expect(await json('doctor')).toMatchObject({ revision: 0 });
  });

  it('[C521] names what the tests and the bench lack on this machine', async () => {
    const missing = (await json('doctor')).missing as string[];
    const isRivalThere = existsSync(join(import.meta.dirname, '../bench/node_modules'));
    expect(missing.filter((one) => /^DuckDB, .*npm ci --prefix tests\/bench/.test(one))).toHaveLength(isRivalThere ? 0 : 1);
    const spark = /^Spark, .*npm run spark:install/;
    expect(missing.filter((one) => spark.test(one))).toHaveLength(findMissingForSpark()?.includes('spark:install') ? 1 : 0);
    const elsewhere = await runExposure(folder, ['doctor'], { TEST_SPARK: join(folder, 'no-spark') });
    expect(elsewhere.out).toMatch(/^missing {2}Spark, for the tests over it .*$/m);
  });

  it('[C4] imports a folder as one import, and again without a change', async () => {
    expect(await run('import', join(folder, 'world'), '--source', 'register')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/3 files, 6 rows: 6 created.*\nCommitted as imp-\w+ \(revision 1\)/),
    });
    expect(await run('import', join(folder, 'world'), '--source', 'register')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/6 unchanged/),
      err: expect.stringMatching(/Nothing changes/),
    });
    expect(await json('imports')).toMatchObject([
      { source: 'register', unchanged: 6 },
      { created: 6, state: 'COMMITTED' },
    ]);
  });

  it('[C4] writes the valid rows if it may skip the others, and exits 3', async () => {
    writeFileSync(join(folder, 'more.csv'), 'id,artifact,sender,recipient\nT-3,guidelines,vega,moss\nT-4,nothing,vega,moss\n');
    const result = await run(
      'import',
      join(folder, 'more.csv'),
      '--as',
      'transfers',
      '--skip-rejected',
      '--asserted-at',
      '2025-02-01',
      '--json',
    );
    expect(result.code).toBe(3);
    expect(JSON.parse(result.out)).toMatchObject({
      isWritten: true,
      report: { created: 1, rejected: 1 },
      rejections: [{ file: 'more.csv', line: 3, column: 'artifact' }],
    });
  });

  it('[C5] prints a blast radius as a table, as CSV and as JSON', async () => {
    const window = ['--core', '2025-05-01/2025-05-02'];
    expect((await run('radius', 'kite', ...window)).out).toMatch(/1 exposed.*[\s\S]*guidelines +Guidelines +Vega Labs +EXPOSED +HELD/);
    const csv = await run('radius', 'kite', ...window, '--format', 'csv');
    expect(csv.out.split('\n')[0]).toBe(
      'artifact,name,type,owner,tier,basis,portion_low,portion_high,exposed_low,exposed_high,is_usable,likelihood,weighted_share,worst_case_loss_usd,weighted_loss_usd,holders,assessment,because,records_low,records_high,bytes_low,bytes_high',
    );
    expect(await json('radius', 'kite', ...window)).toMatchObject({
      summary: { origins: [{ id: 'kite' }], exposed_count: 1 },
      artifacts: [{ artifact: 'guidelines', tier: 'EXPOSED', holders: ['kite'] }],
    });
    expect((await run('radius', 'kite', ...window, '--known-at', '2024-06-01')).err).toMatch(
      /^No facts were known at 2024-06-01T00:00:00Z/,
    );
  });

  it('[C5] exits 3 if an artifact has the tier of --fail-at', async () => {
    const ask = (core: string, tier: string) => run('radius', 'kite', '--core', core, '--fail-at', tier);
    expect((await ask('2025-05-01/2025-05-02', 'exposed')).code).toBe(3);
    expect((await ask('2020-05-01/2020-05-02', 'contained')).code).toBe(0);
  });

  it('[C5] refuses an unknown origin and invalid windows with a sentence', async () => {
    expect(await run('radius', 'nobody')).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/no organization "nobody"/) });
    expect(await run('radius', 'kite', '--core', '2025-05-02/2025-05-01')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/ends .* before it starts/),
    });
    expect(await run('radius', 'kite', '--core', '2025-01-01/2025-12-31', '--widest', '2025-02-01/2025-03-01')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/outside/),
    });
    expect(await run('radius')).toMatchObject({ code: 2, err: expect.stringMatching(/No origin is named/) });
  });

  it('[C43] prints names from files without terminal escapes; JSON keeps them as escape sequences', async () => {
    const name = 'Red\u001b[31m\u009b2J\u202eName';
    const store = ['--store', `sqlite:${join(folder, 'escape.db')}`];
    const earlier = await openStore(store[1] as string);
    await recordEarlier(earlier, importOf('i1', [vendor('red', { name })]));
    await earlier.close();
    const { out } = await run('radius', 'red', ...store);
    expect(out).toContain('Red\\u{1B}[31m\\u{9B}2J\\u{202E}Name');
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    const json = await run('radius', 'red', ...store, '--json');
    expect(json.out).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    expect(JSON.parse(json.out).summary.origins).toMatchObject([{ id: 'red', name }]);
  });

  it('[C6] an export, imported into an empty store, gives the same export', async () => {
    expect(await runExposure(folder, ['export', join(folder, 'out')])).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(folder, 'out'))).toHaveLength(14);
    const other = ['--store', `sqlite:${join(folder, 'other.db')}`];
    expect((await run('import', join(folder, 'out'), ...other)).code).toBe(0);
    expect((await run('export', join(folder, 'out-2'), ...other)).code).toBe(0);
    for (const name of readdirSync(join(folder, 'out'))) {
      expect(readFileSync(join(folder, 'out-2', name), 'utf8')).toBe(readFileSync(join(folder, 'out', name), 'utf8'));
    }
  });

  it('[C7] undoes imports, or names the imports that depend on them', async () => {
    const [skipped, again, first] = (await json('imports')) as { id: string }[];
    expect(await run('undo', skipped?.id ?? '')).toMatchObject({ code: 0, out: expect.stringMatching(/1 fact changed/) });
    expect(await run('undo', skipped?.id ?? '')).toMatchObject({ code: 0, out: expect.stringMatching(/already/) });
    for (const one of [again, first]) expect((await run('undo', one?.id ?? '')).code).toBe(0);
    expect((await json('doctor')).counts).toMatchObject({ ORGANIZATION: 0, TRANSFER: 0 });
    expect(await run('undo', 'nothing')).toMatchObject({ code: 1, err: expect.stringMatching(/nothing/) });
  });

  it('[C8] tells a sound store from a damaged one', async () => {
    expect(await run('verify')).toMatchObject({ code: 0, out: expect.stringMatching(/intact/) });
    writeFileSync(join(folder, 'broken.db'), 'this is no database, and was never one'.repeat(100));
    expect(await run('verify', '--store', `sqlite:${join(folder, 'broken.db')}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('not an SQLite file'),
      err: expect.stringContaining('exposure restore'),
    });
    expect(await run('verify', '--store', `sqlite:${folder}`)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${folder} is not a file.`),
    });
  });

  it('[C8] names the file or folder that it cannot read or write', async () => {
    expect(await run('import', join(folder, 'none.csv'))).toMatchObject({ code: 1, err: expect.stringMatching(/none\.csv.*ENOENT/) });
    expect(await run('export', join(folder, 'more.csv', 'x'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/is not writable/),
    });
  });

  it.each([30, 40])('[S465] says in a sentence that the system lets it open only %d files', (limit) => {
    const command = `ulimit -n ${limit}; exec "$0" "$@"`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command, process.execPath, builtProgram(), 'doctor'], {
      encoding: 'utf8',
      env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'few.db')}`, EXPOSURE_DATA: folder },
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'This system lets the program open too few files at once. Raise the limit, such as by ulimit -n 1024, and run it again.\n',
    });
  });
});
