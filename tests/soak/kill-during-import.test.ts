import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/store/open/open-store.ts';
import { builtProgram, root, runExposure } from '../cli/run-exposure.ts';
import { smallFiles } from '../import/import-for-tests.ts';
import { seed } from '../support/seed.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { counting, randomFrom, rounds } from './scale.ts';

/** So many that the import is planned in a thread while it is written. */
const transferCount = 60_000;
let folder: string;
/** Duration of an import that runs to its end. */
let wholeMs: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-kill-'));
  mkdirSync(join(folder, 'world'));
  for (const [name, content] of Object.entries(smallFiles)) writeFileSync(join(folder, 'world', name), content);
  mkdirSync(join(folder, 'base'));
  expect((await runExposure(join(folder, 'base'), ['import', join(folder, 'world')])).code).toBe(0);
  // T-1 changes too: an update must be as atomic as an insert.
  const rows = ['id,artifact,sender,recipient,portion', 'T-1,guidelines,vega,kite,0.5'];
  for (let i = 0; i < transferCount; i++) rows.push(`N-${i},guidelines,vega,${i % 2 === 0 ? 'kite' : 'moss'},0.5`);
  writeFileSync(join(folder, 'transfers.csv'), rows.join('\n'));
  const start = performance.now();
  const measured = copyBase('measured');
  expect((await runExposure(measured, ['import', join(folder, 'transfers.csv')])).code).toBe(0);
  wholeMs = performance.now() - start;
  expect(await look(measured)).toEqual({ state: 'all', problems: [] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyBase(name: string): string {
  const copy = join(folder, name);
  cpSync(join(folder, 'base'), copy, { recursive: true });
  return copy;
}

/** The facts of the import in the store, and the problems of the store. */
async function look(at: string): Promise<{ state: string; problems: string[] }> {
  const store = await openStore(`sqlite:${join(at, 'facts.db')}`);
  try {
    let transfers = 0;
    for await (const { kind, facts } of store.readFacts()) if (kind === 'TRANSFER') transfers += facts.length;
    const [changed] = await store.readFactsByKey('TRANSFER', ['T-1']);
    const isChanged = changed?.values.includes(0.5) === true;
    const imports = (await store.listImports()).length;
    const revision = await store.readRevision();
    const seen = JSON.stringify({ transfers, isChanged, imports, revision });
    const none = JSON.stringify({ transfers: 2, isChanged: false, imports: 1, revision: 1 });
    const all = JSON.stringify({ transfers: 2 + transferCount, isChanged: true, imports: 2, revision: 2 });
    return { state: seen === none ? 'nothing' : seen === all ? 'all' : seen, problems: await store.verify() };
  } finally {
    await store.close();
  }
}

function importAndKill(at: string, afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtProgram(), 'import', join(folder, 'transfers.csv')], {
      cwd: root,
      env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(at, 'facts.db')}`, EXPOSURE_DATA: at },
      stdio: 'ignore',
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

describe('an import that is killed', () => {
  it('[F36] leaves all of it or nothing, and the store stays sound', async () => {
    const random = randomFrom(seed);
    const countOne = counting('killed imports', rounds(50));
    const seen = { nothing: 0, all: 0 };
    for (let round = 0; round < rounds(50); round++) {
      // Startup takes much of the time, so the kills fall after it.
      const afterMs = wholeMs * (0.3 + 0.75 * random());
      const at = copyBase(`round-${round}`);
      await importAndKill(at, afterMs);
      const found = await look(at);
      expect({ seed, round, afterMs, ...found }).toEqual({
        seed,
        round,
        afterMs,
        state: expect.stringMatching(/^(nothing|all)$/),
        problems: [],
      });
      seen[found.state as keyof typeof seen]++;
      countOne();
      const { code, out } = await runExposure(at, ['verify']);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/intact/) });
      // A killed import can run again.
      if (round === 0) {
        expect((await runExposure(at, ['import', join(folder, 'transfers.csv')])).code).toBe(0);
        const store = await openStore(`sqlite:${join(at, 'facts.db')}`);
        expect(await store.readFactsByKey('TRANSFER', [`N-${transferCount - 1}`])).toHaveLength(1);
        await store.close();
      }
      rmSync(at, { recursive: true, force: true });
    }
    expect(existsSync(join(folder, 'base'))).toBe(true);
    process.stderr.write(`killed ${seen.nothing + seen.all} imports (seed ${seed}): ${seen.all} had been written, ${seen.nothing} not\n`);
  });
});
