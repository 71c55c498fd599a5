import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhatIsStale } from '../browser/built-page.ts';
import { patientTimeoutMs } from '../patient-timeout.ts';

const program = fileURLToPath(new URL('../../../dist/server/cli/exposure.js', import.meta.url));

export interface RunningServer {
  /** The address without a trailing slash. */
  readonly url: string;
  /** The folder with its store and drafts. `stop` deletes it. */
  readonly folder: string;
  /** Kills it, as in a power cut. Keeps the folder until `stop`. Resolves when it is dead. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Load the demo world. */
  readonly isDemo?: boolean;
  /** Overrides the default environment. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The built program as a process of its own, on a free port, with a store of its own in a temporary folder. */
export async function startServer({ isDemo = true, environment = {} }: ServerOptions = {}): Promise<RunningServer> {
  buildWhatIsStale();
  const folder = mkdtempSync(join(tmpdir(), 'exposure-server-'));
  const child = spawn(process.execPath, [program, 'serve', ...(isDemo ? ['--demo'] : []), '--port', '0'], {
    cwd: folder,
    env: {
      ...process.env,
      EXPOSURE_STORE: `sqlite:${join(folder, 'exposure.db')}`,
      EXPOSURE_DATA: folder,
      EXPOSURE_HOST: '127.0.0.1',
      EXPOSURE_LOG: 'error',
      EXPOSURE_QUERY_TIMEOUT_MS: patientTimeoutMs,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(child);
  return {
    url,
    folder,
    kill: () => end(child, 'SIGKILL'),
    async stop() {
      await end(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address that it prints when it is ready. Throws with all its output if it ends earlier. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`The server printed no address within 300 s:\n${output}`)), 300_000);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended with ${code}:\n${output}`));
    });
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const isOver = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await isOver;
  clearTimeout(timer);
}
