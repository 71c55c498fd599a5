const { format } = require('node:util');

let isPrepared = false;
/** Compiles what is imported from now on, in this thread alone: `node --import tsx` would also load tsx in each thread that the program starts. */
async function prepareWorker() {
  if (isPrepared) return;
  isPrepared = true;
  const { register } = await import('tsx/esm/api');
  register();
  const { configureGlobal } = await import('fast-check');
  if (process.env.TEST_SEED !== undefined) configureGlobal({ seed: Number(process.env.TEST_SEED) });
}

const consoleMethods = ['debug', 'error', 'info', 'log', 'warn'];

// Jest ends a worker that still has work, such as a Chromium that files share, by this signal. What ends with the process ends then.
// A file may run meanwhile, for which `process.exit` throws.
const { exit } = process;
process.once('SIGTERM', () => exit.call(process));

/** Errors that no test owned: between two files, nothing else listens. */
const stray = [];
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, (error) => stray.push(error));

/**
 * Tests run in the realm of the worker process. Undoes what Jest puts there for one file.
 *
 * Console output fails the test, or the file, that printed it. So does a warning that facts could not be renewed, a call of
 * `process.exit`, and an error that was thrown between two files.
 */
class NativeEnvironment {
  global = globalThis;
  #printed = [];
  #console = globalThis.console;
  #consoleMethods = consoleMethods.map((method) => [method, globalThis.console[method]]);
  #exit = process.exit;
  #prepareStackTrace = Error.prepareStackTrace;
  #stackTraceLimit = Error.stackTraceLimit;
  #onWarning = ({ name, message }) => {
    if (name === 'RenewalWarning') this.#printed.push(message);
  };

  getVmContext() {
    return null;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  async setup() {
    await prepareWorker();
    globalThis.console = this.#console;
    for (const method of consoleMethods) console[method] = (...values) => this.#printed.push(format(...values));
    process.on('warning', this.#onWarning);
    process.exit = (code) => {
      throw new Error(`process.exit(${code ?? ''}) was called.`);
    };
    // Node maps the lines of compiled files; Jest's formatter does not know their source maps.
    Error.prepareStackTrace = this.#prepareStackTrace;
  }

  handleTestEvent({ name, test }, state) {
    if (name === 'test_done') test.errors.push(...this.#takeErrors());
    if (name === 'run_finish') state.unhandledErrors.push(...this.#takeErrors());
  }

  async teardown() {
    globalThis.console = this.#console;
    for (const [method, implementation] of this.#consoleMethods) console[method] = implementation;
    process.off('warning', this.#onWarning);
    process.exit = this.#exit;
    Error.stackTraceLimit = this.#stackTraceLimit;
    for (const name of ['EVENT_HANDLERS', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES_SETTER']) delete globalThis[Symbol.for(name)];
  }

  #takeErrors() {
    const lines = this.#printed.splice(0);
    const printed = lines.length > 0 ? [new Error(`The console printed:\n${lines.join('\n')}`)] : [];
    return [...printed, ...stray.splice(0)];
  }
}

module.exports = NativeEnvironment;
