import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import neo4j from 'neo4j-driver';
import { type Neo4jServer, startNeo4j } from '../support/neo4j/neo4j-server.ts';
import { findFreePort } from '../support/servers/free-port.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import { type DockerStep, readCompose, readDockerfile, readHealthCommand } from './container-files.ts';
import { root } from './run-exposure.ts';

/*
 * Runs the steps of Dockerfile and compose.yaml in an empty folder of this machine. Leaves out the steps that change the machine itself
 * (apt-get, users, networks, volumes). Links this machine's node_modules, while the image runs `npm ci` itself.
 */

const password = 'a password of our own';
const compose = readFileSync(join(root, 'compose.yaml'), 'utf8');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const { services, volumes } = readCompose(compose, { NEO4J_PASSWORD: password });
const [buildSteps, appSteps] = readDockerfile(dockerfile) as [DockerStep[], DockerStep[]];

let folder: string;
let database: Neo4jServer;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-compose-'));
  port = await findFreePort();
  database = await startNeo4j({ auth: { username: 'neo4j', password }, settings: neo4jSettings() });
});
afterAll(async () => {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The lines of neo4j.conf that the image makes from the service's environment. */
function neo4jSettings(): Record<string, string> {
  const names = Object.entries(services.neo4j.environment).filter(([name]) => name !== 'NEO4J_AUTH');
  return Object.fromEntries(
    names.map(([name, value]) => [name.replace('NEO4J_', '').replaceAll('_', '.').replaceAll('..', '_'), value] as const),
  );
}

describe('compose.yaml', () => {
  it('[C21] refuses to start without a password, with a sentence, and contains no password', () => {
    expect(() => readCompose(compose, {})).toThrow(/NEO4J_PASSWORD .*password of your own/);
    expect(() => readCompose(compose, { NEO4J_PASSWORD: '' })).toThrow(/NEO4J_PASSWORD/);
    expect(services.app.environment.NEO4J_PASSWORD).toBe(password);
    expect(services.neo4j.environment.NEO4J_AUTH).toBe(`neo4j/${password}`);
    const other = readCompose(compose, { NEO4J_PASSWORD: 'another one' });
    expect(JSON.stringify(other)).not.toContain(password);
  });

  it('[C21] runs nothing as root, publishes only on this machine, and starts the app when Neo4j answers', () => {
    expect(services.neo4j.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(appSteps.filter(({ verb }) => verb === 'USER')).toEqual([{ verb: 'USER', text: 'node' }]);
    for (const { ports } of Object.values(services)) for (const published of ports) expect(published).toMatch(/^127\.0\.0\.1:/);
    expect(services.app.depends_on).toEqual({ neo4j: { condition: 'service_healthy' } });
  });

  it('[C21] keeps data that must survive a container in volumes', () => {
    const mounts = [...services.app.volumes, ...services.neo4j.volumes].map((mount) => mount.split(':') as [string, string]);
    expect(mounts.map(([volume]) => volume).sort()).toEqual(Object.keys(volumes).sort());
    expect(services.app.volumes.map((mount) => mount.split(':')[1])).toEqual(
      appSteps.filter(({ verb }) => verb === 'VOLUME').map(({ text }) => text),
    );
    expect(services.neo4j.volumes.map((mount) => mount.split(':')[1])).toEqual(['/data', '/logs']);
  });

  it('[C21] reports Neo4j as healthy only while it answers with its password', () => {
    // The jars do not include cypher-shell. A script of ours takes the same arguments and runs the same query.
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    symlinkSync(join(root, 'node_modules'), join(tools, 'node_modules'));
    writeFileSync(join(tools, 'ask.mjs'), askingProgram);
    writeFileSync(join(tools, 'cypher-shell'), `#!/bin/sh\nexec '${process.execPath}' '${tools}/ask.mjs' ${database.port} "$@"\n`);
    chmodSync(join(tools, 'cypher-shell'), 0o755);
    const check = (auth: string) =>
      spawnSync('sh', ['-c', readHealthCommand(services.neo4j)], {
        env: { PATH: `${tools}:${process.env.PATH}`, NEO4J_AUTH: auth },
      }).status;
    expect(check(`neo4j/${password}`)).toBe(0);
    expect(check('neo4j/a wrong password')).not.toBe(0);
  });
});

describe('the image', () => {
  it('[C20] is built by its steps in an empty folder, serves over Neo4j, and reports its health', async () => {
    const built = makeBuildStage();
    const app = makeAppStage(built);
    expect(readdirSync(app).sort()).toEqual(['dist', 'docs', 'node_modules', 'package.json', 'schema.graphql', 'seeds', 'server']);
    expect(readdirSync(join(app, 'docs')).sort()).toEqual(['concepts.md', 'semantics.md']);
    expect(
      readdirSync(join(app, 'server'), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.includes('.'))
        .sort(),
    ).toEqual(
      ['batch/spark-job.py', ...readdirSync(join(root, 'server/import/vocabulary')).map((name) => `import/vocabulary/${name}`)].sort(),
    );
    // Only what the server needs is installed: no tool, no package of the page, no package of the tests.
    expect(findDevelopmentPackages().filter((path) => existsSync(join(app, path)))).toEqual([]);

    expect(isHealthy(app)).toBe(false);
    const first = startApp(app);
    const output = readAll(first);
    await waitUntilHealthy(app, first);
    expect((await fetch(`http://127.0.0.1:${port}/api/facts.zip`)).status).toBe(401);
    const token = await waitForToken(output, first);
    expect(await countTransfers(token)).toBe(163);
    await end(first);
    expect(isHealthy(app)).toBe(false);

    const driver = neo4j.driver(database.url(), neo4j.auth.basic('neo4j', password), { disableLosslessIntegers: true });
    const { records } = await driver.executeQuery('MATCH (t:Transfer) RETURN count(t)');
    await driver.close();
    expect(records[0]?.get(0)).toBe(163);

    // Writes survive the container, and the demo world is loaded only once.
    await database.restart();
    const second = startApp(app);
    const laterOutput = readAll(second);
    await waitUntilHealthy(app, second);
    expect(await countTransfers(token)).toBe(163);
    await end(second);
    expect(laterOutput()).not.toContain('exposure_');
  }, 300_000);
});

/** The folders of the packages that the lock file marks as needed for development only. */
function findDevelopmentPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> };
  const paths = Object.keys(packages).filter((path) => packages[path]?.dev === true);
  expect(paths).toContain('node_modules/jest');
  return paths;
}

function makeBuildStage(): string {
  const at = join(folder, 'build');
  mkdirSync(at);
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  const isLeft = (path: string) => ignored.includes(relative(root, path)) || ignored.includes(`**/${basename(path)}`);
  for (const { verb, text } of buildSteps) {
    if (verb === 'COPY') {
      const what = text.split(' ').slice(0, -1);
      const names = what[0] === '.' ? readdirSync(root) : what;
      for (const name of names) cpSync(join(root, name), join(at, name), { recursive: true, filter: (path) => !isLeft(path) });
    } else if (verb === 'RUN' && text.startsWith('npm ci')) {
      linkFolder(join(root, 'node_modules'), join(at, 'node_modules'));
    } else if (verb === 'RUN' && text.startsWith('npm')) {
      const { status, stdout, stderr } = spawnSync('sh', ['-c', text], { cwd: at, encoding: 'utf8' });
      expect({ text, status, output: `${stdout}${stderr}` }).toMatchObject({ status: 0 });
    }
  }
  return at;
}

function makeAppStage(built: string): string {
  const at = join(folder, 'app');
  mkdirSync(at);
  mkdirSync(join(folder, 'data'));
  for (const { verb, text } of appSteps) {
    if (verb !== 'COPY') continue;
    const paths = text.split(' ').filter((word) => !word.startsWith('--'));
    const to = paths.pop() as string;
    for (const path of paths) {
      const name = path.replace('/app/', '');
      // COPY puts a single file into the named folder, but copies the content of a folder.
      const isFile = statSync(join(built, name)).isFile();
      cpSync(join(built, name), isFile ? join(at, to, basename(name)) : join(at, to), { recursive: true, verbatimSymlinks: true });
    }
  }
  return at;
}

/** Replaces the values that differ between this machine and the containers: the Neo4j address, the data folder, the port. */
function here(text: string): string {
  return text
    .replaceAll('neo4j:7687', `127.0.0.1:${database.port}`)
    .replaceAll('/data', join(folder, 'data'))
    .replaceAll(':4000', `:${port}`);
}

function startApp(app: string): ChildProcess {
  const image = appSteps.filter(({ verb }) => verb === 'ENV').flatMap(({ text }) => text.split(' ').map((pair) => pair.split('=')));
  const environment = { ...Object.fromEntries(image), ...services.app.environment } as Record<string, string>;
  const [program, ...args] = JSON.parse(appSteps.find(({ verb }) => verb === 'CMD')?.text ?? '[]') as string[];
  return spawn(program as string, args, {
    cwd: app,
    env: {
      PATH: process.env.PATH,
      EXPOSURE_PORT: String(port),
      EXPOSURE_LOG: 'error',
      ...Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, here(value)])),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** The output of a process so far, as `docker compose logs` shows it. */
function readAll({ stdout }: ChildProcess): () => string {
  let output = '';
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return () => output;
}

function isHealthy(app: string): boolean {
  const check = appSteps.find(({ verb }) => verb === 'HEALTHCHECK')?.text ?? '';
  const command = here(check.replace(/^.*?CMD /, ''));
  return spawnSync('sh', ['-c', command], { cwd: app }).status === 0;
}

async function waitUntilHealthy(app: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + 240_000;
  while (!isHealthy(app)) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`The app is not healthy (ended with ${server.exitCode}).`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The server is ready a moment before it has made its first token. */
async function waitForToken(output: () => string, server: ChildProcess): Promise<string> {
  for (const deadline = Date.now() + 60_000; ; ) {
    const [token] = /exposure_[0-9a-f]{16}_[\w-]{43}/.exec(output()) ?? [];
    if (token !== undefined) return token;
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`The app printed no token (ended with ${server.exitCode}).`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function countTransfers(token: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: '{ counts { transfers } }' }),
  });
  return ((await response.json()) as { data: { counts: { transfers: number } } }).data.counts.transfers;
}

async function end(child: ChildProcess): Promise<void> {
  const isOver = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await isOver;
  expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: 0, signal: null });
}

/** Links files instead of copying them. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // Folders such as node_modules/.cache belong to tools, and .package-lock.json is written in place.
    const isKeptByTools = dirname(source) === join(root, 'node_modules') && entry.name.startsWith('.') && entry.name !== '.bin';
    if (isKeptByTools && entry.isFile()) copyFileSync(source, target);
    else if (isKeptByTools) continue;
    else if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // A hard link fails on another file system.
    copyFileSync(source, target);
  }
}

const askingProgram = `
import neo4j from 'neo4j-driver';
const [port, u, username, p, password, query] = process.argv.slice(2);
if (u !== '-u' || p !== '-p') process.exit(2);
const driver = neo4j.driver('neo4j://127.0.0.1:' + port, neo4j.auth.basic(username, password));
await driver.executeQuery(query).then(() => driver.close(), () => process.exit(1));
`;
