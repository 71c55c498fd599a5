/**
 * `npm test`: types, lint, boundaries, then every suite that this machine can run. What it cannot run is named at the end,
 * with what it needs; under CI=true that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const isCi = process.env.CI === 'true';
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const hasBrowser = (process.env.PATH ?? '').split(delimiter).some((folder) => browsers.some((name) => existsSync(join(folder, name))));

const suites = [
  { name: 'everything but the browser', args: ['--testPathIgnorePatterns', 'tests/e2e/'], needs: undefined },
  {
    name: 'end to end, in a browser',
    args: ['--runInBand', 'tests/e2e/'],
    needs: hasBrowser ? undefined : 'Chromium on the PATH (Debian: apt-get install chromium)',
  },
];

function run(title, command, args) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n${title}: failed`);
    process.exit(1);
  }
}

for (const script of ['types', 'lint', 'boundaries', 'unused', 'build']) run(script, 'npm', ['run', '--silent', script]);

const missing = suites.filter((suite) => suite.needs !== undefined);
for (const suite of suites.filter((each) => each.needs === undefined)) {
  run(suite.name, process.execPath, [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...(isCi ? ['--ci'] : []),
    ...suite.args,
  ]);
}
for (const { name, needs } of missing) console.error(`Not run: ${name}. It needs ${needs}.`);
if (missing.length > 0 && isCi) process.exit(1);
