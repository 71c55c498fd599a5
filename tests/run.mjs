/**
 * `npm test`: types, lint, boundaries, then every suite that this machine can run, in lanes side by side: most of what is tried
 * over Neo4j waits for it. What it cannot run is named at the end, with what it needs; under CI=true that is a failure.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const { findMissingForNeo4j, readNeo4jJars } = await import('./support/neo4j-jars.ts');
const { startNeo4j } = await import('./support/neo4j-server.ts');

const isCi = process.env.CI === 'true';
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const hasBrowser = (process.env.PATH ?? '').split(delimiter).some((folder) => browsers.some((name) => existsSync(join(folder, name))));

const needsBrowser = hasBrowser ? undefined : 'Chromium on the PATH (Debian: apt-get install chromium)';
const needsNeo4j = findMissingForNeo4j();

const overNeo4j = '/neo4j[^/]*\\.test\\.ts$';
/** These start, stop and kill a Neo4j as they need it, or stand in its way. */
const overTheirOwn = '/(store/neo4j/neo4j-(start|restarts|faults)|cli/neo4j-[a-z]+|soak/neo4j-kill)\\.test\\.ts$';
const inBrowser = 'tests/e2e/';

/** Suites of one lane run one after another. */
const lanes = [
  [
    { name: 'everything but Neo4j and the browser', args: ['--testPathIgnorePatterns', inBrowser, overNeo4j] },
    {
      name: 'end to end, in a browser',
      args: ['--runInBand', '--testPathPatterns', inBrowser, '--testPathIgnorePatterns', overNeo4j],
      needs: needsBrowser,
    },
  ],
  [
    {
      name: 'over Neo4j',
      // One server serves them all, and each empties it.
      args: ['--runInBand', '--testPathPatterns', overNeo4j, '--testPathIgnorePatterns', overTheirOwn, inBrowser],
      needs: needsNeo4j,
      start: startNeo4j,
    },
  ],
  [
    { name: 'over a Neo4j of their own', args: ['--runInBand', '--testPathPatterns', overTheirOwn], needs: needsNeo4j },
    {
      name: 'end to end, over Neo4j',
      args: ['--runInBand', '--testPathPatterns', `${inBrowser}neo4j`],
      needs: needsNeo4j ?? needsBrowser,
    },
  ],
];

function runScript(name) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit' });
  if (status === 0) return;
  console.error(`\n${name}: failed`);
  process.exit(1);
}

async function runSuite({ name, args, start }) {
  const started = performance.now();
  console.log(`\n== ${name}`);
  const neo4j = await start?.();
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const child = spawn(process.execPath, [...jest, ...(isCi ? ['--ci'] : []), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...(neo4j !== undefined && { EXPOSURE_TEST_NEO4J: neo4j.url('bolt') }) },
  });
  const [status] = await once(child, 'exit');
  await neo4j?.stop();
  console.log(`\n== ${name}: ${status === 0 ? 'passed' : 'failed'} after ${Math.round((performance.now() - started) / 1000)} s`);
  return status === 0;
}

/** @returns the names of the suites that failed */
async function runLane(suites) {
  const failed = [];
  for (const suite of suites) if (suite.needs === undefined && !(await runSuite(suite))) failed.push(suite.name);
  return failed;
}

// Built once, here: tests that serve what is built find it up to date, and no lane builds under the feet of another.
for (const script of ['types', 'lint', 'boundaries', 'unused', 'build']) runScript(script);
// Two lanes would fetch them at once.
if (needsNeo4j === undefined) readNeo4jJars();

const failed = (await Promise.all(lanes.map(runLane))).flat();
const missing = lanes.flat().filter(({ needs }) => needs !== undefined);
for (const { name, needs } of missing) console.error(`Not run: ${name}. It needs ${needs}.`);
if (failed.length > 0) console.error(`\nFailed: ${failed.join('; ')}`);
if (failed.length > 0 || (missing.length > 0 && isCi)) process.exit(1);
