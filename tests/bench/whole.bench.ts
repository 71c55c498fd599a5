import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import type { WorldSize } from './large-world.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

const program = new URL('../../dist/server/cli/exposure.js', import.meta.url).pathname;

/** As a user meets it: files are imported by the command line, a server is started on the store and asked for radii. */
export async function benchWhole(size: WorldSize, report: Report): Promise<void> {
  execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'inherit' });
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const files = join(folder, 'world');
    const rows = await writeWorldFiles(size, files);
    await benchImport(files, folder, rows, report);
    await benchServer(folder, size, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchImport(files: string, folder: string, rows: number, report: Report): Promise<void> {
  const rounds = rows > 200_000 ? 2 : 3;
  const imports: number[] = [];
  const tokenized: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const name of readdirSync(files)) for await (const _ of createReadStream(join(files, name)).pipe(parse())) void _;
    tokenized.push(performance.now() - start);

    for (const name of readdirSync(folder)) if (name.startsWith('bench.db')) rmSync(join(folder, name));
    const begin = performance.now();
    execFileSync(process.execPath, [program, 'import', files, '--store', `sqlite:${join(folder, 'bench.db')}`], {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    imports.push(performance.now() - begin);
  }
  report.ratio(
    'import by the command line, beside csv-parse merely tokenizing the same files',
    summarizeTimes(imports),
    summarizeTimes(tokenized),
  );
  report.line(`  ${rows} rows: ${Math.round(rows / (summarizeTimes(imports).median / 1000))} rows/s`);
}

async function benchServer(folder: string, size: WorldSize, report: Report): Promise<void> {
  const start = performance.now();
  const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--store', `sqlite:${join(folder, 'bench.db')}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, EXPOSURE_DATA: folder },
  });
  try {
    const url = await addressOf(server.stdout, server.stderr);
    while (
      !(await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ))
    )
      await pause(20);
    report.line(`server ready after a restart: ${milliseconds(performance.now() - start)}`);
    const times: number[] = [];
    for (let i = 0; i < 100; i++) {
      const begin = performance.now();
      await askRadius(url, `org-${String(Math.floor(size.organizations / 100) + i).padStart(6, '0')}`);
      times.push(performance.now() - begin);
    }
    const { median, p95 } = summarizeTimes(times);
    report.line(
      `blast radius over GraphQL, first 50 artifacts with their first way: p50 ${milliseconds(median)}, p95 ${milliseconds(p95)}`,
    );
    await pause(3000);
    const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'));
    report.line(`server resident, idle after the load and 100 radii: ${Math.round(Number(resident?.[1]) / 1024)} MB`);
  } finally {
    server.kill('SIGKILL');
  }
}

async function askRadius(url: string, origin: string): Promise<void> {
  const query = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { exposedCount possibleCount weightedLossUsd }
    artifacts(first: 50) { edges { node { artifact { id name } tier portion { low high } ways(first: 1) { because } } } } } }`;
  const window = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { origins: [origin], widest: window } } }),
  });
  const { data, errors } = (await answer.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined || data === null) throw new Error(`no radius of ${origin}: ${JSON.stringify(errors)}`);
}

/** The address that a starting server prints. */
async function addressOf(...streams: NodeJS.ReadableStream[]): Promise<string> {
  return new Promise((resolve, reject) => {
    for (const stream of streams) {
      createInterface(stream).on('line', (line) => {
        const address = /http:\/\/[\d.:]+/.exec(line);
        if (address !== null) resolve(address[0]);
      });
    }
    setTimeout(() => reject(new Error('the server printed no address within 120 s')), 120_000).unref();
  });
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
