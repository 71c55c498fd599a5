import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileWorkbooks } from '../import/hostile/hostile-workbooks.ts';
import { afterAll, describe, expect, it } from '../support/test.ts';
import { builtProgram } from './run-exposure.ts';

const mb = 1024 ** 2;
const folder = mkdtempSync(join(tmpdir(), 'exposure-hostile-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command line, with its peak of memory in bytes. */
function run(args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly peak: number }> {
  const peakFile = join(folder, 'peak');
  const script = `import { readFileSync, writeFileSync } from 'node:fs'; import { isMainThread } from 'node:worker_threads';
    if (isMainThread) process.on('exit', () => writeFileSync(process.env.PEAK_FILE, /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));`;
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(script)}`, builtProgram(), ...args], {
    env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`, EXPOSURE_LOG: 'silent', PEAK_FILE: peakFile },
  });
  return new Promise((resolve, reject) => {
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        out += text;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, peak: Number(readFileSync(peakFile, 'utf8')) * 1024 }));
  });
}

describe('exposure import', () => {
  it('[C400] refuses a hostile workbook with a sentence and exit code 1, within 512 MB above idle', async () => {
    const idle = await run(['imports']);
    const path = join(folder, 'grc.xlsx');
    const wanted = ['has one cell at XFD1048576', 'opens CDATA that never ends', 'refers from many cells to one long text'];
    for (const { what, content, says } of hostileWorkbooks(20).filter((one) => wanted.includes(one.what))) {
      writeFileSync(path, content());
      const { code, out, peak } = await run(['import', path]);
      expect([what, code, out]).toEqual([what, 1, expect.stringMatching(says)]);
      expect([what, (peak - idle.peak) / mb < 512]).toEqual([what, true]);
    }
  });
});
