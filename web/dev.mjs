/**
 * `npm run dev` serves the API on EXPOSURE_PORT (default 4000) and the page on a port that Vite prints. Both reload on a change, and the page's
 * server forwards requests to the API. When one of them ends, the other is stopped.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const port = process.env.EXPOSURE_PORT ?? '4000';
const options = { cwd: root, stdio: 'inherit', env: { ...process.env, PAGE_API: `http://127.0.0.1:${port}` } };
const children = [
  spawn(process.execPath, ['--watch-path=server', '--import', 'tsx', 'server/cli/exposure.ts', 'serve', '--demo', '--port', port], options),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'web'], options),
];

let isEnding = false;
function end(code) {
  if (isEnding) return;
  isEnding = true;
  for (const child of children) child.kill();
  process.exitCode = code;
}

for (const child of children) child.on('exit', (code) => end(code ?? 0));
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
