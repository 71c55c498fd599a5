import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { findFreePort, isPortTaken } from '../servers/free-port.ts';
import { classArchive, readNeo4jJars } from './neo4j-jars.ts';

export interface Neo4jOptions {
  /** The size of the Java heap in Java's notation. Default: 1g. */
  readonly heap?: string;
  /** Default: no authentication. A new Neo4j has only the user `neo4j`. A password has at least 8 characters. */
  readonly auth?: { readonly username: 'neo4j'; readonly password: string };
  /** Java optimizes hot code too, which pays off after some minutes. Default false: a start takes half the CPU. */
  readonly isLongLived?: boolean;
  /** Further lines of neo4j.conf. They override ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: any free one. */
  readonly port?: number;
  /** A folder that keeps its data after it stops. Default: a folder of its own, which `stop` deletes. */
  readonly keep?: string;
  /** The file that gets the loaded classes when the server stops, which then takes some seconds more. */
  readonly archiveTo?: string;
}

export interface Neo4jServer {
  readonly port: number;
  /** The folder with configuration, data, logs and output. */
  readonly folder: string;
  /** Its address with this scheme; default: `neo4j`. */
  url(scheme?: 'bolt' | 'neo4j'): string;
  /** Kills it, as in a power cut. Keeps the folder. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Stops it if it runs, and starts it with the same folder and port. Resolves when it answers. */
  restart(): Promise<void>;
  /** Stops it and deletes its folder. */
  stop(): Promise<void>;
}

/** Starts a Neo4j without Docker. Resolves when it answers, after some seconds. Throws with the missing tools or its last output. */
export async function startNeo4j(options: Neo4jOptions = {}): Promise<Neo4jServer> {
  const jars = readNeo4jJars();
  const port = options.port ?? (await findFreePort());
  const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'exposure-neo4j-'));
  writeConf(folder, port, options);
  if (options.auth !== undefined) setInitialPassword(jars, folder, options.auth.password);

  let child: ChildProcess | undefined;
  const forget = () => {
    if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
  };
  // Runs if no caller stopped the server.
  const abandon = () => {
    child?.kill('SIGKILL');
    forget();
  };
  process.once('exit', abandon);

  const start = async () => {
    // Otherwise another server could give the expected answer.
    if (await isPortTaken(port)) throw new Error(`Port ${port} of 127.0.0.1 is in use: choose another one.`);
    child = launch(jars, folder, options);
    await waitUntilItAnswers(child, port, folder, options);
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    // A kill would leave a part of an archive.
    if (child !== undefined) await endProcess(child, signal, options.archiveTo === undefined ? 20_000 : 600_000);
    child = undefined;
  };
  const server: Neo4jServer = {
    port,
    folder,
    url: (scheme = 'neo4j') => `${scheme}://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      await start();
    },
    async stop() {
      await end('SIGTERM');
      process.off('exit', abandon);
      forget();
    },
  };
  try {
    await start();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/**
 * Fetches Neo4j's jars and archives the classes that a start loads, each once per machine. With the archive, a start takes half the processor time.
 * Throws with the missing tools.
 */
export async function prepareNeo4j(): Promise<void> {
  readNeo4jJars();
  const archive = classArchive();
  if (existsSync(archive)) return;
  const partial = `${archive}-${process.pid}`;
  const server = await startNeo4j({ archiveTo: partial });
  await server.stop();
  // Java writes none where it may not. Neo4j then starts without it.
  if (existsSync(partial)) renameSync(partial, archive);
}

/** Small, quiet, and stopped in a third of a second. */
function writeConf(folder: string, port: number, { auth, settings }: Neo4jOptions): void {
  const lines = {
    'server.bolt.listen_address': `127.0.0.1:${port}`,
    'server.bolt.advertised_address': `127.0.0.1:${port}`,
    'server.http.enabled': 'false',
    'server.https.enabled': 'false',
    'server.memory.pagecache.size': '64m',
    'dbms.usage_report.enabled': 'false',
    'dbms.security.auth_enabled': `${auth !== undefined}`,
    'db.tx_log.preallocate': 'false',
    'db.tx_log.rotation.size': '16m',
    'internal.server.bolt.thread_pool_shutdown_wait_time': '0s',
    'internal.dbms.bolt.netty_server_shutdown_quiet_period': '0',
    'internal.dbms.bolt.netty_server_shutdown_timeout': '1s',
    ...settings,
  };
  mkdirSync(join(folder, 'conf'), { recursive: true });
  writeFileSync(
    join(folder, 'conf', 'neo4j.conf'),
    Object.entries(lines)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
}

function setInitialPassword(jars: string, folder: string, password: string): void {
  const { status, stdout, stderr } = spawnSync(
    'java',
    [...quickJava, '-cp', join(jars, '*'), 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', password],
    { encoding: 'utf8', env: { ...process.env, NEO4J_HOME: folder, NEO4J_CONF: join(folder, 'conf') } },
  );
  if (status !== 0) throw new Error(`Neo4j took no initial password: ${stdout}${stderr}`);
}

const unoptimized = '-XX:TieredStopAtLevel=1';
const quickJava = [unoptimized, '-XX:+UseSerialGC'];

/** A server with a small heap keeps the usual collector: the serial one may pause it for longer than a store waits. */
function launch(jars: string, folder: string, { heap, isLongLived = false, archiveTo }: Neo4jOptions): ChildProcess {
  const archive = classArchive();
  const read = existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : [];
  const output = openSync(join(folder, 'output.txt'), 'a');
  try {
    return spawn(
      'java',
      [
        ...(isLongLived ? [] : heap === undefined ? quickJava : [unoptimized]),
        ...(archiveTo === undefined ? read : [`-XX:ArchiveClassesAtExit=${archiveTo}`]),
        '-Xms256m',
        `-Xmx${heap ?? '1g'}`,
        '-cp',
        join(jars, '*'),
        'org.neo4j.server.CommunityEntryPoint',
        `--home-dir=${folder}`,
        `--config-dir=${join(folder, 'conf')}`,
      ],
      { stdio: ['ignore', output, output] },
    );
  } finally {
    closeSync(output);
  }
}

/** Waits until it answers a query. Its log says "Started." too early. */
async function waitUntilItAnswers(child: ChildProcess, port: number, folder: string, { auth }: Neo4jOptions): Promise<void> {
  const token = auth === undefined ? neo4j.auth.basic('', '') : neo4j.auth.basic(auth.username, auth.password);
  const driver = neo4j.driver(`bolt://127.0.0.1:${port}`, token, { connectionTimeout: 2000 });
  const deadline = Date.now() + 120_000;
  try {
    for (;;) {
      const isUp = await driver.executeQuery('RETURN 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        const words = readFileSync(join(folder, 'output.txt'), 'utf8').slice(-2000);
        throw new Error(`Neo4j did not start (${child.exitCode ?? child.signalCode ?? 'no answer within 120 s'}):\n${words}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    await driver.close();
  }
}

/** Kills it if it takes longer than `limitMs` to stop. */
async function endProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL', limitMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const isOver = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  await isOver;
  clearTimeout(timer);
}
