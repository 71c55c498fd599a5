import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'));
const total = { passed: 0, failed: 0 };

/** Counts a check or a build that failed. Its message says what it was. */
export function countFailure() {
  total.failed++;
}

/** The last line of a run: `4120 passed, 0 failed`. Counts tests, and files and checks that failed as a whole. */
export const sayTotal = () => `${total.passed} passed, ${total.failed} failed`;

/**
 * Runs test files in workers of Jest.
 *
 * @param files paths from the root, or absolute ones
 * @param options Jest's own; `--inspect-brk` stops in the first file, which then runs in Jest's process
 * @returns whether all passed
 */
export async function runJest(files, { workers, options = [], environment = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-counts-'));
  const counts = join(folder, 'counts.json');
  const isInspected = (option) => /^--inspect(-brk)?(=|$)/.test(option);
  const child = spawn(
    process.execPath,
    [
      ...options.filter(isInspected),
      ...[jest, '--config', 'tests/jest.config.mjs'],
      options.some(isInspected) ? '--runInBand' : `--maxWorkers=${workers}`,
      ...options.filter((option) => !isInspected(option)),
      ...['--testMatch', ...files.map((file) => (isAbsolute(file) ? file : `<rootDir>/${file}`))],
    ],
    {
      cwd: root,
      stdio: 'inherit',
      // tsx compiles the files that this configuration includes by its options.
      env: { ...process.env, ...environment, TSX_TSCONFIG_PATH: join(root, 'tests/support/jest/tsconfig.json'), TEST_COUNTS: counts },
    },
  );
  writeFileSync(counts, '{"passed":0,"failed":0}');
  const [status] = await once(child, 'exit');
  const { passed, failed } = JSON.parse(readFileSync(counts, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  total.passed += passed;
  // A run that ended before its tests did, or failed by none of them, counts once.
  total.failed += status !== 0 && failed === 0 ? 1 : failed;
  return status === 0;
}
