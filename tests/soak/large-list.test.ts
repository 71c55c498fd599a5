import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram } from '../cli/run-exposure.ts';
import { describe, expect, it } from '../support/test.ts';
import { limitMs, rounds } from './scale.ts';

const mb = 1 << 20;
const columns = 26;

/** Writes `rowCount` rows of about 1 KB. */
async function writeWideList(path: string, rowCount: number, rowOf: (row: number) => readonly string[]): Promise<void> {
  const file = await open(path, 'w');
  const header = ['Vendor', 'Service', 'Country', 'Contract start', ...Array.from({ length: columns - 4 }, (_, i) => `Answer ${i + 1}`)];
  await file.write(`${header.join(',')}\n`);
  for (let row = 0; row < rowCount; row += 1000) {
    const lines = Array.from({ length: Math.min(1000, rowCount - row) }, (_, at) => `${rowOf(row + at).join(',')}\n`);
    await file.write(lines.join(''));
  }
  await file.close();
}

function wideRow(vendor: number, texts: number): string[] {
  const answers = Array.from({ length: columns - 4 }, (_, i) => `answer ${i} of ${texts} `.padEnd(40, '.'));
  return [`Vendor ${vendor} Cloud`, `Service ${vendor % 40}`, 'Germany', `2024-03-0${(vendor % 9) + 1}`, ...answers];
}

interface Ran {
  readonly code: number | null;
  readonly out: string;
  /** The peak memory of the process, in bytes. `resourceUsage` would count what the process that started it held. */
  readonly peak: number;
}

/** Runs the command line and returns its exit code, output and peak memory. */
function run(folder: string, args: readonly string[]): Promise<Ran> {
  const script = `import { readFileSync } from 'node:fs';
    process.on('exit', () => process.stderr.write('peak ' + /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));`;
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(script)}`, builtProgram(), ...args], {
    env: { ...process.env, EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`, EXPOSURE_LOG: 'silent' },
  });
  return new Promise((resolve, reject) => {
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
    });
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, peak: Number(/peak (\d+)$/.exec(err)?.[1]) * 1024 }));
  });
}

describe('a list of 2,000,000 wide rows', () => {
  it.each([
    ['with a new vendor in each row is rejected as a whole', (row: number) => wideRow(row, row), 1, /fits into memory/],
    ['of 2,000 vendors is imported', (row: number) => wideRow(row % 2000, row % 2000), 0, /4001 created/],
  ])(
    '[I31] %s, with at most 512 MB above idle',
    async (_, rowOf, code, says) => {
      const folder = mkdtempSync(join(tmpdir(), 'exposure-wide-'));
      try {
        const path = join(folder, 'vendors.csv');
        await writeWideList(path, rounds(2_000_000), rowOf);
        const idle = await run(folder, ['imports']);
        const ran = await run(folder, ['import', path, '--client', 'Acme AI', '--create-missing']);
        expect([ran.code, ran.out]).toEqual([code, expect.stringMatching(says)]);
        expect(ran.peak - idle.peak).toBeGreaterThan(0);
        expect((ran.peak - idle.peak) / mb).toBeLessThan(512);
        const after = await run(folder, ['imports']);
        expect(after.out.includes('vendors.csv')).toBe(code === 0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    limitMs,
  );
});
