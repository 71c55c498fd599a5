/**
 * `npm run soak [-- NAME]` runs the long tests at full counts; `npm test` runs about a twentieth of each. NAME selects files by a part of their
 * name. The seed is printed: set TEST_SEED to repeat a run. The test over Spark runs a second time over Spark 4, where it is installed.
 */
import { readdirSync } from 'node:fs';
import { register } from 'tsx/esm/api';
import { listFailures, runJest, sayTotal } from '../support/jest/run-jest.mjs';

register();
const { findSpark } = await import('../support/spark/pyspark.ts');

const names = process.argv.slice(2);
const seed = process.env.TEST_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const scale = process.env.SOAK_SCALE ?? '1';
console.log(`TEST_SEED=${seed} SOAK_SCALE=${scale}`);

const isChosen = (file) =>
  names.length === 0
    ? /^(soak\/|batch\/(batch-run|spark)|e2e\/page-figures|e2e\/hostile-texts|questions\/incidents\/notification-pack)/.test(file)
    : names.some((name) => new RegExp(`^(soak|batch|e2e|questions/incidents)/.*${name}`).test(file));
const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((file) => /\.test\.tsx?$/.test(file) && isChosen(file));
if (files.length === 0) {
  console.error(`No soak test has ${names.join(' or ')} in its name.`);
  process.exit(1);
}

// A long test says how far it is; nothing here is stopped for being slow: the largest time that a timer takes is 24 days.
const options = [`--testTimeout=${2 ** 31 - 1}`];
const environment = { TEST_SEED: seed, SOAK_SCALE: scale, PACK_RUNS: String(Math.ceil(1000 * Number(scale))) };
const runs = [{ files, environment }];
const spark = files.filter((file) => file === 'batch/spark.test.ts');
const spark4 = findSpark('4');
if (spark.length > 0 && spark4 === undefined) console.log('Spark 4 is not installed: npm run spark:install -- 4');
if (spark.length > 0 && spark4 !== undefined) runs.push({ files: spark, environment: { ...environment, TEST_SPARK: spark4 } });
let isPassed = true;
for (const run of runs) {
  const paths = run.files.map((file) => `tests/${file}`);
  isPassed = (await runJest(paths, { workers: 1, options, environment: run.environment })) && isPassed;
}
for (const failure of listFailures()) console.log(`\nFailed: ${failure}`);
console.log(`seed ${seed}: ${isPassed ? 'passed' : 'failed'}`);
console.log(sayTotal());
process.exit(isPassed ? 0 : 1);
