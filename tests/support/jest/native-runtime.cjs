const { pathToFileURL } = require('node:url');

/** Loads test files as Node does, in place of `jest-runtime`. Jest's own modules stay outside: no module registry is swapped between files. */
class NativeRuntime {
  /** The part of jest-circus that holds the tests of a file is loaded anew for each file. */
  requireInternalModule(path) {
    delete require.cache[path];
    return require(path);
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
  teardown() {}
}

module.exports = NativeRuntime;
