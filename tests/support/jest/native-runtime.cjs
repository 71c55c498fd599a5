const asyncHooks = require('node:async_hooks');
const { pathToFileURL } = require('node:url');

/** Loads test files as Node does, in place of `jest-runtime`. Jest's own modules stay outside: no module registry is swapped between files. */
class NativeRuntime {
  #storages = [];

  /** The part of jest-circus that holds the tests of a file is loaded anew for each file. It makes an AsyncLocalStorage, which `teardown` disables. */
  requireInternalModule(path) {
    const { AsyncLocalStorage } = asyncHooks;
    const storages = this.#storages;
    asyncHooks.AsyncLocalStorage = class extends AsyncLocalStorage {
      constructor(...options) {
        super(...options);
        storages.push(this);
      }
    };
    try {
      delete require.cache[path];
      return require(path);
    } finally {
      asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
    }
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  unstable_importModule(path) {
    return import(pathToFileURL(path).href);
  }

  getSourceMaps() {
    return new Map();
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  /** Test files take their globals from tests/support/test.ts, once a file of this process has loaded it. */
  setGlobalsForRuntime(globals) {
    globalThis[Symbol.for('takeJestGlobals')]?.(globals);
  }

  enterTestCode() {}
  leaveTestCode() {}

  /** Node writes the value of each enabled storage to each new promise. The storages of 250 earlier files took a tenth of the processor time. */
  teardown() {
    for (const storage of this.#storages.splice(0)) storage.disable();
  }
}

module.exports = NativeRuntime;
