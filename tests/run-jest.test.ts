import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { seedOfSources } from './support/seed-of-sources.ts';
import { afterAll, beforeAll, describe, expect, it } from './support/test.ts';

const root = join(import.meta.dirname, '..');

/** Test files that must fail, each in its own way. */
const failing = {
  assertion: "it('a', () => expect(1).toBe(2));",
  time: "it('a', () => new Promise(() => {}), 50);",
  'time-of-the-file': "setTestTimeout(50);\nit('a', () => new Promise(() => {}));",
  'time-of-a-hook': "beforeAll(() => new Promise(() => {}), 50);\nit('a', () => {});",
  'before-all': "beforeAll(() => {\n  throw new Error('wrong');\n});\nit('a', () => {});",
  'before-each': "beforeEach(() => {\n  throw new Error('wrong');\n});\nit('a', () => {});",
  'after-each': "afterEach(() => {\n  throw new Error('wrong');\n});\nit('a', () => {});",
  'after-all': "afterAll(() => {\n  throw new Error('wrong');\n});\nit('a', () => {});",
  rejection: "it('a', () => void Promise.reject(new Error('wrong')));",
  'later-error':
    "it('a', () => void setTimeout(() => {\n  throw new Error('wrong');\n}, 1));\nafterAll(() => new Promise((done) => setTimeout(done, 50)));",
  'no-test': "describe('nothing', () => {});",
  syntax: "it('a', () => {",
  import: "import './not-there.ts';\nit('a', () => {});",
  load: "throw new Error('wrong');",
  exit: "it('a', () => process.exit(0));",
  'end-of-the-process': "it('a', () => process.reallyExit(0));",
  signal: "it('a', () => {\n  process.kill(process.pid, 'SIGKILL');\n  return new Promise(() => {});\n});",
  console: "it('a', () => console.log('printed'));",
  'console-at-the-end': "it('a', () => {});\nafterAll(() => console.log('printed'));",
};
/** Passes from its second run on. */
const late =
  "import { existsSync, writeFileSync } from 'node:fs';\nit('a', () => {\n  const isLate = existsSync('MARK');\n  writeFileSync('MARK', '');\n  expect(isLate).toBe(true);\n});";
/** Passes if properties draw from the seed of the run. */
const drawn = `import fc from '${import.meta.resolve('fast-check')}';\nit('a', () => expect(fc.readConfigureGlobal().seed).toBe(Number(process.env.TEST_SEED)));`;
/** Runs last, in a process where others failed. */
const passing = "it('z', () => expect(setTimeout.name).toBe('setTimeout'));\nit.each([1, 2])('%i', (n) => expect(n).toBeGreaterThan(0));";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-failing-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const names = 'afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, setTestTimeout';
  const imports = `import { ${names} } from '${join(import.meta.dirname, 'support/test.ts')}';\n`;
  for (const [name, content] of Object.entries({ ...failing, late: late.replaceAll('MARK', join(folder, 'mark')), drawn, passing }))
    writeFileSync(join(folder, `${name}.ts`), imports + content);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the files in a process of its own. */
function run(names: readonly string[], isRunLater = false) {
  const results = join(folder, 'results.json');
  const files = names.map((name) => join(folder, `${name}.ts`));
  const options = ['--roots', folder, '--json', '--outputFile', results];
  const script = `
    import { listFailures, listPassedAgain, runAgain, runJest, sayTotal } from './tests/support/jest/run-jest.mjs';
    const isPassed = await runJest(${JSON.stringify(files)}, { workers: 2, options: ${JSON.stringify(options)}, isRunLater: ${isRunLater} });
    const arePassed = (await runAgain()) && isPassed;
    for (const file of listPassedAgain()) console.log('again', file);
    for (const failure of listFailures()) console.log('failed', JSON.stringify(failure));
    console.log(sayTotal());
    process.exit(arePassed ? 0 : 1);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, encoding: 'utf8' });
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as { testResults: { name: string; status: string }[] };
  const statuses = Object.fromEntries(testResults.map((each) => [basename(each.name, '.ts'), each.status]));
  const again = [...stdout.matchAll(/^again (.*)$/gm)].map(([, file = '']) => basename(file, '.ts'));
  const failures = [...stdout.matchAll(/^failed (.*)$/gm)].map(([, text = '']) => JSON.parse(text) as string);
  return { status, total: stdout.trim().split('\n').at(-1), statuses, again, failures };
}

describe('a run of tests', () => {
  it('[T520] fails by each test, hook and file that fails, and counts it once', () => {
    const { status, total, statuses } = run([...Object.keys(failing), 'passing']);
    expect(statuses).toEqual({ ...Object.fromEntries(Object.keys(failing).map((name) => [name, 'failed'])), passing: 'passed' });
    expect(status).toBe(1);
    expect(total).toMatch(new RegExp(`^\\d+ passed, ${Object.keys(failing).length} failed$`));
  });

  it('[T520] passes if all do', () => {
    expect(run(['passing'])).toEqual({ status: 0, total: '3 passed, 0 failed', statuses: { passing: 'passed' }, again: [], failures: [] });
  });

  it('[T521] runs few files that fail once more at the end where it is asked to, names those that pass then, and fails by the others', () => {
    expect(run(['late', 'assertion', 'passing'], true)).toMatchObject({ status: 1, total: '4 passed, 1 failed', again: ['late'] });
    rmSync(join(folder, 'mark'));
    expect(run(['late', 'passing'], true)).toMatchObject({ status: 0, total: '4 passed, 0 failed', again: ['late'] });
    rmSync(join(folder, 'mark'));
    expect(run(['late', 'passing'])).toMatchObject({ status: 1, total: '3 passed, 1 failed', again: [] });
    expect(run([...Object.keys(failing).slice(0, 4), 'late'], true)).toMatchObject({ status: 1, total: '1 passed, 4 failed', again: [] });
  });

  it('[T524] says what each failed test expected, of a file that failed as a whole why, and of one that passed later what failed first', () => {
    const { failures } = run(['assertion', 'load', 'signal', 'passing']);
    const of = (name: string) => failures.filter((text) => text.includes(`${name}.ts: `));
    expect(failures).toHaveLength(3);
    expect(of('assertion')).toEqual([expect.stringMatching(/assertion\.ts: a\n.*toBe[\s\S]*Expected: 2\n\s*Received: 1/)]);
    expect(of('load')).toEqual([expect.stringMatching(/load\.ts: the whole file\n[\s\S]*wrong/)]);
    expect(of('signal')).toEqual([expect.stringMatching(/signal\.ts: the whole file\n[\s\S]*SIGKILL/)]);
    rmSync(join(folder, 'mark'), { force: true });
    expect(run(['late', 'passing'], true).failures).toEqual([expect.stringMatching(/late\.ts: a\n[\s\S]*Received: false/)]);
  });

  it('[T522] gives properties the seed of the run', () => {
    expect(run(['drawn'])).toMatchObject({ status: 0, total: '1 passed, 0 failed' });
  });

  it('[T522] takes the seed from the sources, whatever is installed or generated', () => {
    const copy = mkdtempSync(join(tmpdir(), 'exposure-sources-'));
    const write = (file: string, text: string) => {
      mkdirSync(join(copy, dirname(file)), { recursive: true });
      writeFileSync(join(copy, file), text);
    };
    for (const file of ['server/a.ts', 'web/b.tsx', 'tests/c.test.ts']) write(file, file);
    const seed = seedOfSources(copy);
    expect(seed).toBeGreaterThanOrEqual(0);
    write('tests/bench/node_modules/p/index.mjs', 'p');
    write('server/graphql/generated/types.ts', 'p');
    write('web/notes.md', 'p');
    expect(seedOfSources(copy)).toBe(seed);
    write('web/b.tsx', 'changed');
    expect(seedOfSources(copy)).not.toBe(seed);
    write('web/b.tsx', 'web/b.tsx');
    expect(seedOfSources(copy)).toBe(seed);
    write('server/d.ts', '');
    expect(seedOfSources(copy)).not.toBe(seed);
    rmSync(copy, { recursive: true });
  });
});
