import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/**
 * Test files share a process and its loaded modules: loading them again for each file took a quarter of the time. So a file must
 * restore what it changes for the whole process: mocks, environment, clock.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: '.cache/vitest',
  // As Node does: `graphql` names its entry without an extension, and two copies of it do not mix.
  resolve: { extensions: ['.js'] },
  oxc: { target: 'esnext' },
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/support/fail-on-console.ts'],
    // `npm run test:fast` keeps transformed modules for its next run.
    experimental: { fsModuleCache: process.env.TEST_RUNS_SHARE !== undefined, fsModuleCachePath: '.cache/modules' },
    pool: 'forks',
    isolate: false,
    reporters: ['default'],
    slowTestThreshold: 5_000,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
