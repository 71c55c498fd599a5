/**
 * `npm test`: types, lint, boundaries, then every suite that this machine can run. Suites run in lanes, side by side: the tests
 * in a browser and over Neo4j wait much of their time. The end of the output names each suite that could not run, with what it needs;
 * with CI=true a missing suite fails the run.
 *
 * `npm test -- WORD...` runs only the tests that the words choose (tests/support/choose-tests.ts): a file, a folder, a source path or
 * a name. It builds, or starts Neo4j, only if a chosen test needs that. Jest options may follow the words.
 *
 * `npm run test:fast` leaves out the browser, Neo4j, Spark, DuckDB, the soak tests, the tests that start a process, and the longest
 * ones (tests/support/long-tests.ts). It tries a tenth of the random cases (tests/support/worlds/generated-runs.ts), and builds nothing.
 *
 * With CI=true a file of the browser that failed runs once more, when all else has ended. The end names each that passed only then.
 *
 * The random cases follow from a seed, and the seed from the sources: a commit meets the same cases on each machine, the next commit meets
 * others. The end names it; TEST_SEED sets it.
 *
 * The last line of each is how many tests passed and failed: `4120 passed, 0 failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, symlinkSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { countFailure, listFailures, listPassedAgain, runAgain, runJest, sayTotal } from './support/jest/run-jest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

register();
const { findMissingForNeo4j } = await import('./support/neo4j/neo4j-jars.ts');
const { startNeo4jForTests } = await import('./support/neo4j/neo4j-for-tests.ts');
const { prepareNeo4j } = await import('./support/neo4j/neo4j-server.ts');
const { findMissingForSpark } = await import('./support/spark/pyspark.ts');
const { isRivalInstalled } = await import('./bench/install-rival.ts');
const { chooseTests, findProcessTests, listTests } = await import('./support/choose-tests.ts');
const { longTests } = await import('./support/long-tests.ts');
const { seedOfSources } = await import('./support/seed-of-sources.ts');
const { idleShare, readProcessors, runInLanes } = await import('./support/jest/lanes.ts');

const isCi = process.env.CI === 'true';
const browsers = ['chromium', 'chromium-browser', 'google-chrome'];
const hasBrowser = (process.env.PATH ?? '').split(delimiter).some((folder) => browsers.some((name) => existsSync(join(folder, name))));

const needsBrowser = hasBrowser ? undefined : 'Chromium on the PATH (Debian: apt-get install chromium)';
const needsNeo4j = findMissingForNeo4j();
const needsSpark = findMissingForSpark();
const needsDuckdb = isRivalInstalled() ? undefined : 'DuckDB (npm ci --prefix tests/bench)';

const isOverNeo4j = (file) => /\/neo4j[^/]*\.test\.ts$/.test(file);
/** These tests start, stop, kill or block a Neo4j of their own. */
const isOverItsOwn = (file) => /\/(store\/neo4j\/neo4j-(start|restarts|faults)|cli\/neo4j-[a-z]+|soak\/neo4j-kill)\.test\.ts$/.test(file);
const isInBrowser = (file) => file.startsWith('tests/e2e/');
/** These files share one Neo4j. Each of them empties it. */
const isSharingNeo4j = (file) => isOverNeo4j(file) && !isOverItsOwn(file) && !isInBrowser(file);

const isSoak = (file) => file.startsWith('tests/soak/');
/** These tests start a Spark of their own. */
const isOverSpark = (file) => /\/spark[^/]*\.test\.ts$/.test(file);
const isInDuckdb = (file) => /\/duckdb[^/]*\.test\.ts$/.test(file);
const isPlain = (file) => !isOverNeo4j(file) && !isOverSpark(file) && !isInDuckdb(file) && !isInBrowser(file) && !isSoak(file);

/**
 * In the order in which lanes take them. The browser comes when fewer suites compete for the cores: its pages then answer as they do for people.
 * The last suites run in parts, so that the lanes end at about the same time.
 */
const suites = [
  { name: 'everything but Neo4j, Spark, DuckDB, the browser and soak tests', has: isPlain },
  // It answers for many minutes: optimized code saves more processor time than Java spends on optimizing.
  { name: 'over Neo4j', has: isSharingNeo4j, needs: needsNeo4j, start: () => startNeo4jForTests({ isLongLived: true }) },
  { name: 'over a Neo4j of their own', has: isOverItsOwn, needs: needsNeo4j },
  { name: 'in DuckDB', has: isInDuckdb, needs: needsDuckdb },
  { name: 'over Spark', has: isOverSpark, needs: needsSpark },
  { name: 'end to end, in a browser', has: (file) => isInBrowser(file) && !isOverNeo4j(file), needs: needsBrowser, parts: 8 },
  { name: 'end to end, over Neo4j', has: (file) => isInBrowser(file) && isOverNeo4j(file), needs: needsNeo4j ?? needsBrowser },
  { name: 'soak tests', has: (file) => isSoak(file) && !isOverNeo4j(file) && !isOverSpark(file), parts: 6 },
];
/**
 * A lane takes the next suite when its own has ended. The first suite and the soak tests keep a core busy. The suites over Neo4j wait for
 * other processes, so they have a lane of their own. While processors are idle, a further lane takes a suite (tests/support/jest/lanes.ts).
 */
const laneCount = needsNeo4j === undefined ? 3 : 2;
/** Runs the scripts, with their arguments, side by side. Prints each script's output when it ends. @returns whether all passed */
async function runScripts(...scripts) {
  const run = async (name) => {
    const started = performance.now();
    const [script, ...scriptArgs] = name.split(' ');
    const child = spawn('npm', ['run', '--silent', script, '--', ...scriptArgs], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    const [status] = await once(child, 'close');
    process.stdout.write(Buffer.concat(output));
    console.log(`== ${name}: ${status === 0 ? 'passed' : 'failed'} after ${secondsSince(started)}`);
    if (status !== 0) countFailure();
    return status === 0;
  };
  return !(await Promise.all(scripts.map(run))).includes(false);
}

/** The build checks the types of the server. The boundaries are a test (tests/boundaries.test.ts). */
const staticChecks = ['types:tests', 'types:web', 'lint', 'unused'];

const memoryFolder = '/dev/shm';
const memoryNeeded = 4 * 1024 ** 3;

/**
 * Puts the temporary folders of all tests into memory if it has room: SQLite and Neo4j wait for the disk at each commit, and no test
 * cuts the power. An explicit TMPDIR wins.
 */
function keepTemporaryFilesInMemory() {
  if (process.env.TMPDIR !== undefined || !existsSync(memoryFolder)) return;
  const { bavail, bsize } = statfsSync(memoryFolder);
  if (bavail * bsize < memoryNeeded || freemem() < memoryNeeded) return;
  const folder = mkdtempSync(join(memoryFolder, 'exposure-tests-'));
  process.env.TMPDIR = folder;
  // tsx keeps compiled files in the temporary folder. They serve the next run, too.
  const compiled = join(root, '.cache/tsx');
  mkdirSync(compiled, { recursive: true });
  symlinkSync(compiled, join(folder, `tsx-${process.geteuid?.()}`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}

const secondsSince = (started) => `${Math.round((performance.now() - started) / 1000)} s`;

async function runTests(files, { workers, neo4j, options, isRunLater }) {
  return runJest(files, { workers, options, isRunLater, environment: neo4j === undefined ? {} : { TEST_NEO4J_URL: neo4j.url('bolt') } });
}

/** @returns the suite, or its parts, each with its share of the files */
const partsOf = ({ parts = 1, ...suite }) =>
  parts === 1
    ? [suite]
    : Array.from({ length: parts }, (_, part) => ({
        ...suite,
        name: `${suite.name}, part ${part + 1} of ${parts}`,
        isShare: (_, i) => i % parts === part,
      }));

async function runSuite({ name, has, isShare = () => true, workers = 1, start }) {
  const started = performance.now();
  console.log(`\n== ${name}`);
  const neo4j = await start?.();
  const files = listTests(root).filter(has).filter(isShare);
  const isPassed = await runTests(files, {
    workers,
    neo4j,
    // A browser on a machine that does other work may be late by more than any limit. The end of the run names such a file.
    isRunLater: isCi && files.every(isInBrowser),
  });
  await neo4j?.stop();
  console.log(`\n== ${name}: ${isPassed ? 'passed' : 'failed'} after ${secondsSince(started)}`);
  return isPassed;
}

/** The files of a suite run one after another. @returns the names of the suites that failed */
async function runSuites() {
  const failed = [];
  const parts = suites.filter(({ needs }) => needs === undefined).flatMap(partsOf);
  const begun = readProcessors();
  await runInLanes(
    parts.map((suite) => async () => {
      if (!(await runSuite(suite))) failed.push(suite.name);
    }),
    laneCount,
  );
  console.log(`\nThe processors were idle for ${Math.round(100 * idleShare(begun, readProcessors()))}% of that time.`);
  if (!(await runAgain())) failed.push('what ran once more');
  return failed;
}

function buildStale(parts) {
  const isBuilt = spawnSync(process.execPath, ['web/build-stale.mjs', ...parts], { cwd: root, stdio: 'inherit' }).status === 0;
  if (!isBuilt) countFailure();
  return isBuilt;
}

/** @returns whether all passed */
async function runChosen(words, options) {
  const { files, namePattern, builds, needsNeo4j: isNeo4jNeeded } = chooseTests(root, words);
  if (files.length === 0) {
    console.error(`No test matches ${words.join(' ')}. Name a file, a folder, a source file, or a part of a test's name.`);
    return false;
  }
  if (isNeo4jNeeded && needsNeo4j !== undefined) {
    console.error(`These tests need ${needsNeo4j}.`);
    return false;
  }
  for (const [has, needs] of [
    [isOverSpark, needsSpark],
    [isInDuckdb, needsDuckdb],
  ]) {
    if (needs === undefined || !files.some(has)) continue;
    console.error(`These tests need ${needs}.`);
    return false;
  }
  if (builds.length > 0 && !buildStale(builds)) return false;
  if (isNeo4jNeeded) await prepareNeo4j();
  // A Neo4j per file takes longer to start than its tests take: the files that can share one do.
  const isShared = files.filter(isSharingNeo4j).length > 1 && process.env.TEST_NEO4J_URL === undefined;
  const neo4j = isShared ? await startNeo4jForTests() : undefined;
  const name = namePattern === undefined ? [] : ['--testNamePattern', namePattern];
  const workers = isNeo4jNeeded || builds.length > 0 || files.length === 1 ? 1 : availableParallelism();
  const isPassed = await runTests(files, { workers, neo4j, options: [...name, ...options] });
  await neo4j?.stop();
  return isPassed;
}

/** @returns whether all passed */
async function runFast() {
  process.env.TEST_RUNS_SHARE ??= '0.1';
  const leftOut = new Set([...findProcessTests(root), ...longTests]);
  const arePassed = await Promise.all([
    // No chosen test runs what is built, so the checks run beside the tests. The test of the boundaries starts a process: their script runs in its place.
    runScripts('types:server', ...staticChecks, 'boundaries'),
    runSuite({
      name: 'everything but Neo4j, Spark, DuckDB, the browser, soak tests, long tests and those that start a process',
      has: (file) => isPlain(file) && !leftOut.has(file),
      workers: availableParallelism(),
    }),
  ]);
  return !arePassed.includes(false);
}

/** @returns whether all passed, and under CI also whether all could run */
async function runAll() {
  if (!(await runScripts('generate'))) return false;
  // Built once, here: no lane builds while another lane serves.
  if (!(await runScripts('build:all', ...staticChecks))) return false;
  // Once, here: two lanes would do it at once.
  if (needsNeo4j === undefined) await prepareNeo4j();
  const failed = await runSuites();
  const missing = suites.filter(({ needs }) => needs !== undefined);
  for (const { name, needs } of missing) console.error(`Not run: ${name}. It needs ${needs}.`);
  if (failed.length > 0) console.error(`\nFailed: ${failed.join('; ')}`);
  return failed.length === 0 && (missing.length === 0 || !isCi);
}

keepTemporaryFilesInMemory();
process.env.TEST_SEED ??= String(seedOfSources(root));
const started = performance.now();
const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const words = firstOption === -1 ? args : args.slice(0, firstOption);
const run = args[0] === '--fast' ? runFast() : words.length > 0 ? runChosen(words, args.slice(words.length)) : runAll();
const isPassed = await run;
// The whole output is long, and some keep only its end.
for (const failure of listFailures()) console.log(`\nFailed: ${failure}`);
for (const file of listPassedAgain()) console.log(`Failed first, passed when run once more: ${file}`);
console.log(
  `\n${isPassed ? 'Passed' : 'Failed'} after ${secondsSince(started)}, with the random cases of TEST_SEED=${process.env.TEST_SEED}.`,
);
console.log(sayTotal());
process.exit(isPassed ? 0 : 1);
