/**
 * `npm test`: types, lint, boundaries, then every suite that this machine can run. What it cannot run is named at the end,
 * with what it needs; under CI=true that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const { findMissingForNeo4j } = await import('./support/neo4j-jars.ts');
const { startNeo4j } = await import('./support/neo4j-server.ts');

const isCi = process.env.CI === 'true';
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const hasBrowser = (process.env.PATH ?? '').split(delimiter).some((folder) => browsers.some((name) => existsSync(join(folder, name))));

const overNeo4j = '/neo4j[^/]*\\.test\\.ts$';
const suites = [
  {
    name: 'everything but Neo4j and the browser',
    args: ['--testPathIgnorePatterns', 'tests/e2e/', overNeo4j],
    needs: undefined,
  },
  {
    name: 'over Neo4j',
    // One server serves them all, and each empties it.
    args: ['--runInBand', '--testPathPatterns', overNeo4j],
    needs: findMissingForNeo4j(),
    start: startNeo4j,
  },
  {
    name: 'end to end, in a browser',
    args: ['--runInBand', 'tests/e2e/'],
    needs: hasBrowser ? undefined : 'Chromium on the PATH (Debian: apt-get install chromium)',
  },
];

function run(title, command, args, environment = {}) {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  if (status !== 0) {
    console.error(`\n${title}: failed`);
    process.exit(1);
  }
}

for (const script of ['types', 'lint', 'boundaries', 'unused', 'build']) run(script, 'npm', ['run', '--silent', script]);

const missing = suites.filter((suite) => suite.needs !== undefined);
for (const suite of suites.filter((each) => each.needs === undefined)) {
  const neo4j = await suite.start?.();
  run(
    suite.name,
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...(isCi ? ['--ci'] : []),
      ...suite.args,
    ],
    neo4j === undefined ? {} : { EXPOSURE_TEST_NEO4J: neo4j.url('bolt') },
  );
  await neo4j?.stop();
}
for (const { name, needs } of missing) console.error(`Not run: ${name}. It needs ${needs}.`);
if (missing.length > 0 && isCi) process.exit(1);
