/**
 * `npm run soak [-- NAME]` runs the long tests at full counts; `npm test` runs about a twentieth of each. NAME selects files by a part of their
 * name. The seed is printed: set SOAK_SEED to repeat a run.
 */
import { spawnSync } from 'node:child_process';

const names = process.argv.slice(2);
const seed = process.env.SOAK_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const scale = process.env.SOAK_SCALE ?? '1';
console.log(`SOAK_SEED=${seed} SOAK_SCALE=${scale}`);

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--testTimeout=3600000',
    ...(names.length === 0
      ? ['tests/soak/', 'tests/e2e/page-figures', 'incidents/notification-pack']
      : names.map((name) => `tests/(soak|e2e|questions/incidents)/.*${name}`)),
  ],
  { stdio: 'inherit', env: { ...process.env, SOAK_SEED: seed, SOAK_SCALE: scale, PACK_RUNS: String(Math.ceil(1000 * Number(scale))) } },
);
console.log(`seed ${seed}: ${status === 0 ? 'passed' : 'failed'}`);
process.exit(status ?? 1);
