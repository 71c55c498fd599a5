import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { benchEdits } from './edit.bench.ts';
import type { Growth } from './growth.ts';
import type { WorldSize } from './large-world.ts';
import { ask, importInto, importMeasured, pause, startOwnServer } from './own-server.ts';
import { benchParquet } from './parquet.bench.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

type AskDuckdb = typeof import('./ask-duckdb.ts').askDuckdb;

/**
 * Measures the program as a user runs it: imports and exports files by the command line, starts a server on the store, asks for radii.
 *
 * @param askDuckdb absent: DuckDB is not installed
 */
export async function benchWhole(size: WorldSize, report: Report, growth: Growth, askDuckdb: AskDuckdb | undefined): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const files = join(folder, 'world');
    const rows = await writeWorldFiles(size, files);
    await benchImport(files, folder, rows, report, growth);
    await benchParquet(folder, size, report, growth, askDuckdb);
    await benchServer(folder, size, report, growth);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same for a world whose rows are too many for one import: imports the transfers in parts, the first with all other facts, and tells
 * how much memory the largest import took.
 */
export async function benchInParts(size: WorldSize, transfersAnImport: number, report: Report, growth: Growth): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const files = join(folder, 'world');
    const rows = await writeWorldFiles(size, files, transfersAnImport);
    const parts = [
      files,
      ...readdirSync(files, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(files, entry.name)] : [])),
    ];
    const start = performance.now();
    let peak = 0;
    for (const part of parts) peak = Math.max(peak, await importMeasured(folder, part));
    const took = performance.now() - start;
    report.line(`import by the command line in ${parts.length} parts: ${milliseconds(took)}, ${Math.round(rows / (took / 1000))} rows/s`);
    report.line(`  resident at most: ${Math.round(peak)} MB`);
    growth.add('import by the command line', 'ms', took, 'each row is looked up in indexes of the store that no longer fit into its cache');
    await benchServer(folder, size, report, growth);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchImport(files: string, folder: string, rows: number, report: Report, growth: Growth): Promise<void> {
  const rounds = rows > 200_000 ? 2 : 3;
  const imports: number[] = [];
  const tokenized: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const name of readdirSync(files)) for await (const _ of createReadStream(join(files, name)).pipe(parse())) void _;
    tokenized.push(performance.now() - start);

    for (const name of readdirSync(folder)) if (name.startsWith('bench.db')) rmSync(join(folder, name));
    const begin = performance.now();
    importInto(folder, files);
    imports.push(performance.now() - begin);
  }
  report.ratio(
    'import by the command line, beside csv-parse merely tokenizing the same files',
    summarizeTimes(imports),
    summarizeTimes(tokenized),
  );
  report.line(`  ${rows} rows: ${Math.round(rows / (summarizeTimes(imports).median / 1000))} rows/s`);
  growth.add(
    'import by the command line',
    'ms',
    summarizeTimes(imports).median,
    'each row is looked up in indexes of the store that no longer fit into its cache',
  );
}

async function benchServer(folder: string, size: WorldSize, report: Report, growth: Growth): Promise<void> {
  const first = await startOwnServer(folder);
  report.line(`server ready at its first start, which reads all facts: ${milliseconds(first.readyMs)}`);
  growth.add('server ready at its first start', 'ms', first.readyMs, 'all facts are read and laid out, beyond what the caches hold');
  const hasSnapshot = await waitForSnapshot(folder, size);
  first.stop();
  const server = await startOwnServer(folder);
  try {
    report.line(
      `server ready after a restart, ${hasSnapshot ? 'from its snapshot' : 'too small for a snapshot'}: ${milliseconds(server.readyMs)}`,
    );
    growth.add('server ready after a restart', 'ms', server.readyMs, 'the snapshot is read, beyond what the caches hold');
    // Other organizations each time; a small world has too few.
    const first = Math.floor(size.organizations / 100);
    const origins = Array.from({ length: 500 }, (_, i) => first + (i % (size.organizations - first)));
    const cold = await askRadii(server.url, radiusQuery, origins.slice(0, 100));
    await askRadii(server.url, radiusQuery, origins.slice(100, 300));
    const warm = await askRadii(server.url, radiusQuery, origins.slice(300, 400));
    const summary = await askRadii(server.url, summaryQuery, origins.slice(400));
    report.line(
      `blast radius over GraphQL, first 50 artifacts with their first way: ${cold} for the first 100 of a server, ${warm} after 300`,
    );
    report.line(`  its summary alone: ${summary}`);
    await benchEdits(server, report);
    await pause(3000);
    const resident = server.resident();
    report.line(`server resident, idle after the load and 100 radii: ${Math.round(resident)} MB`);
    growth.add('server resident, idle', 'MB', resident, 'facts are kept in columns, whose bytes are in proportion to their number');
  } finally {
    server.stop();
  }
}

/** Asks for the radius of one origin after another. */
async function askRadii(url: string, query: string, origins: readonly number[]): Promise<string> {
  const times: number[] = [];
  for (const origin of origins) {
    const begin = performance.now();
    await ask(url, query, { input: { origins: [`org-${String(origin).padStart(6, '0')}`], widest: widestDays } });
    times.push(performance.now() - begin);
  }
  const { median, p95 } = summarizeTimes(times);
  return `p50 ${milliseconds(median)}, p95 ${milliseconds(p95)}`;
}

/** A server writes its snapshot some seconds after its start. Worlds of fewer facts have none. */
async function waitForSnapshot(folder: string, { transfers }: WorldSize): Promise<boolean> {
  const path = join(folder, 'bench.db.snapshot');
  for (let i = 0; i < 3000 && transfers >= 20_000 && !existsSync(path); i++) await pause(100);
  return existsSync(path);
}

export const widestDays = { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' };

export const radiusQuery = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { exposedCount possibleCount weightedLossUsd }
    artifacts(first: 50) { edges { node { artifact { id name } tier portion { low high } ways(first: 1) { because } } } } } }`;

export const summaryQuery = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { summary { reachedCount exposedCount possibleCount containedCount
    affectedLabCount blindSpotCount worstCaseLossUsd weightedLossUsd } } }`;
