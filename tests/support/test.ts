import { ModuleMocker } from 'jest-mock';

type Jest = Pick<typeof import('@jest/globals'), 'afterAll' | 'afterEach' | 'beforeAll' | 'beforeEach' | 'describe' | 'expect' | 'it'>;

/** The one place that names the test runner: every test takes `it`, `expect` and the rest from here. */
export let { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } = globalThis as unknown as Jest;

/** Jest makes new ones for each test file, while the files of a worker load this module once. tests/support/jest/native-runtime.cjs calls this. */
Object.assign(globalThis, {
  [Symbol.for('takeJestGlobals')]: (ofThisFile: Jest) => {
    ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } = ofThisFile);
  },
});

const mocker = new ModuleMocker(globalThis);

/** Replaces a method until `restoreSpies`. */
export const spyOn: typeof mocker.spyOn = mocker.spyOn.bind(mocker);
export const restoreSpies = (): void => mocker.restoreAllMocks();

/** The time, in milliseconds, that each test and hook of this file has. Without it: `testTimeout` of tests/jest.config.mjs. Call it at the top of the file. */
export function setTestTimeout(ms: number): void {
  Object.assign(globalThis, { [Symbol.for('TEST_TIMEOUT_SYMBOL')]: ms });
}
