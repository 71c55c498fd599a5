import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Test files of a worker share its process and its loaded modules: a context of its own for each file took twice as long. So a file must
 * restore what it changes for the whole process: environment, clock, spies.
 */
export default {
  rootDir: root,
  roots: ['<rootDir>/tests'],
  testMatch: ['<rootDir>/tests/**/*.test.{ts,tsx}'],
  cacheDirectory: '<rootDir>/.cache/jest',
  // Without a context of Node's `vm` module: Node loads and caches the modules, and tsx compiles them.
  runtime: '<rootDir>/tests/support/jest/native-runtime.cjs',
  testEnvironment: '<rootDir>/tests/support/jest/native-environment.cjs',
  transform: {},
  reporters: [['default', { summaryThreshold: 1 }], '<rootDir>/tests/support/jest/count-reporter.mjs'],
  // Stops what hangs; it judges no speed. A file of random cases takes fifteen seconds on an idle machine and a minute on a busy one.
  testTimeout: 240_000,
  slowTestThreshold: 60,
  // A promise that nobody awaits fails the test that made it.
  waitForUnhandledRejections: true,
  // Tests never run in Jest's own process, and a worker that grew starts anew.
  workerIdleMemoryLimit: 2 * 1024 ** 3,
  // All tests have ended by then. A busy machine takes a moment to end a Chromium.
  workerGracefulExitTimeout: 10_000,
};
