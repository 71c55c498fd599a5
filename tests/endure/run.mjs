/**
 * `npm run endure [-- NAME]`: the long runs at full counts; `npm test` runs the same at about a twentieth. NAME picks the
 * files whose names hold it. The seed is printed: EXPOSURE_ENDURE_SEED repeats a run.
 */
import { spawnSync } from 'node:child_process';

const names = process.argv.slice(2);
const seed = process.env.EXPOSURE_ENDURE_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
const scale = process.env.EXPOSURE_ENDURE_SCALE ?? '1';
console.log(`EXPOSURE_ENDURE_SEED=${seed} EXPOSURE_ENDURE_SCALE=${scale}`);

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--testTimeout=3600000',
    ...(names.length === 0 ? ['tests/endure/'] : names.map((name) => `tests/endure/.*${name}`)),
  ],
  { stdio: 'inherit', env: { ...process.env, EXPOSURE_ENDURE_SEED: seed, EXPOSURE_ENDURE_SCALE: scale } },
);
console.log(`seed ${seed}: ${status === 0 ? 'endured' : 'failed'}`);
process.exit(status ?? 1);
