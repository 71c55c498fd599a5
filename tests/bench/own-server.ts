import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The path of the built program's command line. */
export const exposureProgram = new URL('../../dist/server/cli/exposure.js', import.meta.url).pathname;

/** A server on the store in a folder, started in a process of its own as a user would. */
export interface OwnServer {
  readonly url: string;
  /** The time from its start until it was ready. */
  readonly readyMs: number;
  /** The MB of memory that it uses now. */
  resident(): number;
  /** The MB of memory that it used at most. */
  residentAtMost(): number;
  /** The seconds of processor time that it has used. */
  cpuSeconds(): number;
  /** Resolves once a line of its log matches, a recent or a coming one. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  stop(): void;
}

export function buildProgram(): void {
  execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'inherit' });
}

export const storeIn = (folder: string) => `sqlite:${join(folder, 'bench.db')}`;

/** Imports CSV files into the store in `folder` through the command line. */
export function importInto(folder: string, files: string): void {
  execFileSync(process.execPath, [exposureProgram, 'import', files, '--store', storeIn(folder)], { stdio: 'ignore' });
}

/** As `importInto`. Returns the most memory that the import used, in MB. */
export async function importMeasured(folder: string, files: string): Promise<number> {
  return (await runMeasured(['import', files, '--store', storeIn(folder)])).peakMb;
}

/** Exports the store in `folder` into the folder `out` through the command line. */
export function exportMeasured(folder: string, out: string, format: string): Promise<Measured> {
  return runMeasured(['export', out, '--format', format, '--store', storeIn(folder)]);
}

/** Runs `exposure batch` with these arguments. */
export function batchMeasured(...args: readonly string[]): Promise<Measured> {
  return runMeasured(['batch', ...args]);
}

interface Measured {
  readonly ms: number;
  /** The most memory that the process used. */
  readonly peakMb: number;
}

async function runMeasured(args: readonly string[]): Promise<Measured> {
  const start = performance.now();
  const command = spawn(process.execPath, [exposureProgram, ...args], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => command.once('exit', resolve));
  let peakMb = 0;
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, residentOf(command.pid as number));
  }, 100);
  const code = await ended;
  clearInterval(poll);
  if (code !== 0) throw new Error(`exposure ${args.join(' ')} ended with ${code}.`);
  return { ms: performance.now() - start, peakMb };
}

/** The MB of memory that a process uses (VmRSS) or used at most (VmHWM); 0: it has ended. */
function residentOf(pid: number, name: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  try {
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** @param store default: the one in the folder; @param env added to this process's environment */
export async function startOwnServer(folder: string, store = storeIn(folder), env: Record<string, string> = {}): Promise<OwnServer> {
  const start = performance.now();
  const server = spawn(process.execPath, ['--max-semi-space-size=32', exposureProgram, 'serve', '--port', '0', '--store', store], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, EXPOSURE_DATA: folder, ...env },
  });
  try {
    const log = new ServerLog(server.stdout, server.stderr);
    const url = await addressIn(log);
    while (!(await isReady(url))) await pause(20);
    return {
      url,
      readyMs: performance.now() - start,
      resident: () => residentOf(server.pid as number),
      residentAtMost: () => residentOf(server.pid as number, 'VmHWM'),
      said: (pattern) => log.said(pattern),
      cpuSeconds: () => secondsOf(server.pid as number),
      stop: () => void server.kill('SIGKILL'),
    };
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
}

/** A server that sends rows as `JSON.stringify` writes them, through Express and gzip, in a process of its own. `stop` deletes its file. */
export async function startRowsServer(rows: readonly unknown[]): Promise<{ readonly url: string; stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-rows-'));
  writeFileSync(join(folder, 'rows.json'), JSON.stringify(rows));
  const script = new URL('send-rows.mjs', import.meta.url).pathname;
  const server = spawn(process.execPath, ['--max-semi-space-size=32', script, join(folder, 'rows.json')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const stop = () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: `${await addressIn(new ServerLog(server.stdout))}/rows.json`, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** utime and stime, in hundredths of a second. The name of the program may hold spaces. */
function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** A server on a store of its own that holds these CSV files. `stop` deletes the store. The program must be built. */
export async function serveFiles(files: Readonly<Record<string, string>>): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-files-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  importInto(folder, folder);
  const server = await startOwnServer(folder);
  return {
    ...server,
    stop() {
      server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

/** Throws if the answer has errors. */
export async function ask<T>(url: string, query: string, variables: object): Promise<T> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  if (errors !== undefined) throw new Error(`The answer has errors: ${JSON.stringify(errors)}`);
  return data;
}

const linesKept = 1000;

/** The latest lines that a server printed. */
class ServerLog {
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(...streams: NodeJS.ReadableStream[]) {
    for (const stream of streams) {
      createInterface(stream).on('line', (line) => {
        this.#lines.push(line);
        if (this.#lines.length > linesKept) this.#lines.shift();
        for (const look of this.#waiting) look();
      });
    }
  }

  said(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      const look = () => {
        for (const line of this.#lines) {
          const match = pattern.exec(line);
          if (match === null) continue;
          this.#waiting.delete(look);
          return resolve(match);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** The address that a starting server prints. */
async function addressIn(log: ServerLog): Promise<string> {
  return new Promise((resolve, reject) => {
    log.said(/http:\/\/[\d.:]+/).then(([address]) => resolve(address), reject);
    setTimeout(() => reject(new Error('the server printed no address within 600 s')), 600_000).unref();
  });
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
