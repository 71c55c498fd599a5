import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const jest = fileURLToPath(import.meta.resolve('jest/bin/jest'));
const total = { passed: 0, failed: 0 };
const passedAgain = [];
const failures = [];
const later = [];

/** Counts a check or a build that failed. Its message says what it was. */
export function countFailure() {
  total.failed++;
}

/** The last line of a run: `4120 passed, 0 failed`. Counts tests, and files and checks that failed as a whole. */
export const sayTotal = () => `${total.passed} passed, ${total.failed} failed`;

/** The files that failed first, and passed when they ran once more. */
export const listPassedAgain = () => passedAgain;

/** What each failed test says, with its file, also of those that passed when they ran once more. In the order in which they failed. */
export const listFailures = () => failures;

/** More files than this share a cause, which a second run does not change. */
const mostAgain = 3;

/**
 * Runs test files in workers of Jest.
 *
 * @param files paths from the root, or absolute ones
 * @param options Jest's own; `--inspect-brk` stops in the first file, which then runs in Jest's process
 * @param isRunLater whether files that fail, if they are few, wait for `runAgain`, which then judges them
 * @returns whether all passed, but for the files that wait
 */
export async function runJest(files, { workers, options = [], environment = {}, isRunLater = false }) {
  const { isPassed, counts } = await runOnce(files, { workers, options, environment });
  const failed = Object.keys(counts).filter((file) => counts[file].failed > 0);
  for (const file of failed) failures.push(...counts[file].failures.map((text) => `${relative(root, file)}: ${text}`));
  // A run that ended early has not counted every file, and no second run of a few makes it whole.
  const isWhole = Object.keys(counts).length === files.length;
  const areLater = isRunLater && isWhole && failed.length > 0 && failed.length <= mostAgain;
  if (areLater) {
    later.push(...failed.map((file) => ({ file, options, environment, failed: counts[file].failed })));
    for (const file of failed) delete counts[file];
  }
  return count(isPassed || areLater, counts);
}

/** Runs the files that wait once more, when nothing else runs. If they are many, none runs, and all have failed. @returns whether all passed */
export async function runAgain() {
  const waiting = later.splice(0);
  if (waiting.length > mostAgain) {
    for (const { failed } of waiting) total.failed += failed;
    return false;
  }
  let arePassed = true;
  for (const { file, options, environment } of waiting) {
    console.log(`\n== once more, alone: ${file}`);
    const isPassed = await runJest([file], { workers: 1, options, environment });
    if (isPassed) passedAgain.push(file);
    arePassed &&= isPassed;
  }
  return arePassed;
}

/** Adds the tests of a run to the total. A run that ended before its tests did, or failed by none of them, counts once. */
function count(isPassed, counts) {
  const sumOf = (key) => Object.values(counts).reduce((sum, each) => sum + each[key], 0);
  total.passed += sumOf('passed');
  total.failed += isPassed ? 0 : Math.max(1, sumOf('failed'));
  return isPassed;
}

/** @returns whether all passed, and how many tests of each file passed and failed, with what the failed ones say */
async function runOnce(files, { workers, options, environment }) {
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
  writeFileSync(counts, '{}');
  const [status] = await once(child, 'exit');
  const counted = JSON.parse(readFileSync(counts, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return { isPassed: status === 0, counts: counted };
}
