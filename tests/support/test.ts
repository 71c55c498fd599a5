import { ModuleMocker } from 'jest-mock';

type Jest = Pick<typeof import('@jest/globals'), 'afterAll' | 'afterEach' | 'beforeAll' | 'beforeEach' | 'describe' | 'expect' | 'it'>;

/** Jest makes a new one for each test file, while the files of a worker load this module once. */
function ofThisFile<Name extends keyof Jest>(name: Name): Jest[Name] {
  const current = () => (globalThis as unknown as Jest)[name] as (...args: unknown[]) => unknown;
  return new Proxy(() => undefined, {
    apply: (_, __, args) => current()(...args),
    get: (_, key) => Reflect.get(current(), key),
  }) as unknown as Jest[Name];
}

/** The one place that names the test runner: every test takes `it`, `expect` and the rest from here. */
export const afterAll = ofThisFile('afterAll');
export const afterEach = ofThisFile('afterEach');
export const beforeAll = ofThisFile('beforeAll');
export const beforeEach = ofThisFile('beforeEach');
export const describe = ofThisFile('describe');
export const expect = ofThisFile('expect');
export const it = ofThisFile('it');

const mocker = new ModuleMocker(globalThis);

/** Replaces a method until `restoreSpies`. */
export const spyOn: typeof mocker.spyOn = mocker.spyOn.bind(mocker);
export const restoreSpies = (): void => mocker.restoreAllMocks();

/** The time, in milliseconds, that each test and hook of this file has. Without it: 60 seconds. Call it at the top of the file. */
export function setTestTimeout(ms: number): void {
  Object.assign(globalThis, { [Symbol.for('TEST_TIMEOUT_SYMBOL')]: ms });
}
