/**
 * The process of `startCommandLine`: runs the built program once for each message `{ args, environment }` and answers
 * `{ code, out, err }`. The program's modules stay loaded; only its entry runs again.
 */
import { pathToFileURL } from 'node:url';

const program = pathToFileURL(process.argv[2]).href;
let output = { out: '', err: '' };
for (const [stream, name] of [
  [process.stdout, 'out'],
  [process.stderr, 'err'],
]) {
  stream.write = (text) => {
    output[name] += text;
    return true;
  };
}

let runs = 0;
async function run({ args, environment }) {
  output = { out: '', err: '' };
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  process.argv.splice(2, process.argv.length, ...args);
  process.exitCode = undefined;
  await import(`${program}?${++runs}`);
  process.stdout.removeAllListeners('error');
  process.send({ code: process.exitCode ?? 0, ...output });
}

let last = Promise.resolve();
process.on('message', (message) => {
  last = last.then(() => run(message));
});
process.send('ready');
