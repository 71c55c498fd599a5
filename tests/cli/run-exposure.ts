import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildWhatIsStale } from '../support/browser/built-page.ts';
import { patientTimeoutMs } from '../support/patient-timeout.ts';

export const root = join(import.meta.dirname, '..', '..');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line. It starts three times as fast as the sources. */
const program = join(root, 'dist/server/cli/exposure.js');

/** Builds the server if it is stale. @returns the path of the command line */
export function builtProgram(): string {
  buildWhatIsStale('server');
  return program;
}

function environmentFor(folder: string, more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...process.env,
    EXPOSURE_STORE: `sqlite:${join(folder, 'facts.db')}`,
    EXPOSURE_DATA: folder,
    EXPOSURE_LOG: 'silent',
    EXPOSURE_QUERY_TIMEOUT_MS: patientTimeoutMs,
    ...more,
  };
}

/** Runs the command line as a process of its own, over a store in `folder`. */
export function runExposure(folder: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builtProgram(), ...args], {
      cwd: root,
      env: environmentFor(folder, environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

export interface CommandLine {
  /** As `runExposure`, one run after another in one process. For commands that end by themselves. */
  run(folder: string, args: readonly string[]): Promise<Ran>;
  stop(): Promise<void>;
}

/** One process for many runs of the command line, because loading the program takes longer than most commands. */
export async function startCommandLine(): Promise<CommandLine> {
  const child = fork(join(import.meta.dirname, 'many-runs.mjs'), [builtProgram()], { cwd: root });
  const isOver = once(child, 'exit');
  await once(child, 'message');
  return {
    async run(folder, args) {
      child.send({ args, environment: environmentFor(folder, {}) });
      const [answer] = await Promise.race([once(child, 'message'), isOver]);
      if (typeof answer !== 'object' || answer === null) throw new Error(`The command line ended with ${answer}.`);
      return answer as Ran;
    },
    async stop() {
      child.kill();
      await isOver;
    },
  };
}
