/**
 * `build-server.mjs`: bundles the server into dist/server. Loading the bundle takes two thirds of the time that its 860 modules and those of its packages take.
 * It checks no types: `npm run build:server` does that first.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleOptions } from './bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const threads = [
  'batch/batch-thread',
  'import/thread/reading-thread',
  'questions/run/worker',
  'store/sqlite/verify-thread',
  'store/sqlite/write/write-thread',
];

rmSync(`${root}dist/server`, { recursive: true, force: true });
await Promise.all([
  build({
    ...bundleOptions,
    absWorkingDir: root,
    entryPoints: ['cli/exposure', ...threads].map((name) => `server/${name}.ts`),
    outbase: 'server',
    outdir: 'dist/server',
  }),
  // The kernel of a batch goes to a cluster by itself: one file, without packages.
  build({
    ...bundleOptions,
    absWorkingDir: root,
    splitting: false,
    external: [],
    entryPoints: ['server/batch/kernel-main.ts'],
    outfile: 'dist/server/batch/kernel.mjs',
    banner: {},
  }),
]);
