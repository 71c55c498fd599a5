import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runRound1, runRound2 } from '../../server/batch/kernel.ts';
import { listRanking, rankOrigins } from '../../server/exposure/rankings/ranking.ts';
import { CurrentProjection } from '../../server/projection/refresh/refresh.ts';
import { shareProjection } from '../../server/projection/share-projection.ts';
import { openSnapshot, writeSnapshot } from '../../server/projection/snapshot-file.ts';
import { settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { findMissingForSpark, readSpark } from '../support/spark/pyspark.ts';
import type { Growth } from './growth.ts';
import type { WorldSize } from './large-world.ts';
import { batchMeasured, exposureProgram, importInto, storeIn } from './own-server.ts';
import { benchParquet } from './parquet.bench.ts';
import { measureTree } from './process-tree.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

const root = new URL('../..', import.meta.url).pathname;
const rounds = 3;
/** A job of Spark takes many seconds. */
const jobRounds = 2;
const grows = 'ten times as many organizations are ranked over columns beyond the caches';
const day = { from: '2026-09-24T00:00:00Z', to: '2026-09-25T00:00:00Z' };
const windows = { core: day, widest: { from: '2026-09-19T00:00:00Z', to: '2026-10-01T00:00:00Z' } };
const parameters = JSON.stringify(windows);
const askedWindows = ['--core', `${day.from}/${day.to}`, '--widest', `${windows.widest.from}/${windows.widest.to}`];
const asWindow = ({ from, to }: typeof day) => ({ from: Date.parse(from), to: Date.parse(to) });

/**
 * Measures the ranking of all organizations by a batch over worlds of several sizes, each ten times the one before with as many transfers an
 * organization: the kernel beside the engine in one process, `batch run` on two cores beside Spark, and the files for analysts.
 */
export async function benchBatch(sizes: readonly WorldSize[], report: Report, growth: Growth): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  try {
    const small = await prepare({ organizations: 200, artifacts: 500, transfers: 2000 }, join(folder, 'small'));
    for (const [i, size] of sizes.entries()) {
      report.line(sizeLine(size));
      growth.begin(size.transfers);
      const world = join(folder, `${i}`);
      const pack = await prepare(size, world, (took) => {
        report.line(`batch pack: ${milliseconds(took.ms)}, resident at most ${Math.round(took.peakMb)} MB`);
        growth.add('batch pack', 'ms', took.ms, 'ids and transfers are sorted');
        growth.add('batch pack, resident at most', 'MB', took.peakMb, 'what belongs to no artifact stays in memory');
      });
      await benchKernel(world, pack, report, growth);
      await benchRuns(pack, small, report, growth);
      await benchParquet(world, size, report, growth, undefined);
      rmSync(world, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Measures a pack, `batch run` and Spark once over a world of 10,000,000 transfers or more: time, processor time, and the memory of each process.
 *
 * @param folder where an earlier run kept the store, or where to keep it. Undefined: a folder for this run
 */
export async function benchLargeBatch(size: WorldSize, folder: string | undefined, report: Report): Promise<void> {
  const world = folder ?? mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  const pack = join(world, 'pack');
  try {
    report.line(sizeLine(size));
    if (!existsSync(join(world, 'bench.db'))) {
      const files = join(world, 'world');
      await writeWorldFiles(size, files);
      importInto(world, files);
      rmSync(files, { recursive: true });
    }
    rmSync(pack, { recursive: true, force: true });
    await sayMeasured('batch pack', report, batchProgram('pack', pack, '--store', storeIn(world)));
    await benchRunsOf(pack, report);
    const missing = findMissingForSpark();
    if (missing !== undefined) return report.line(`Not run: Spark. It needs ${missing}.`);
    await sayMeasured('Spark local[2], ranking', report, sparkJob(pack));
    assert.deepEqual(rowsIn(join(pack, 'spark')), rowsIn(pack));
    report.line('  its rows equal those of batch run');
  } finally {
    rmSync(folder === undefined ? world : pack, { recursive: true, force: true });
  }
}

/** Measures a pack that is made of generated facts, without a store, and `batch run` over it. */
export async function benchGeneratedBatch(size: WorldSize, report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-'));
  const pack = join(folder, 'pack');
  try {
    report.line(sizeLine(size));
    const imports = ['tsx', new URL('measure-built.mjs', import.meta.url).pathname].flatMap((name) => ['--import', name]);
    const script = new URL('pack-generated.ts', import.meta.url).pathname;
    const args = [...imports, script, `${size.transfers}`, pack];
    await sayMeasured('pack of generated facts, the generator included', report, { program: process.execPath, args });
    await benchRunsOf(pack, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchRunsOf(pack: string, report: Report): Promise<void> {
  const bytes = readdirSync(join(pack, 'parts')).reduce((sum, name) => sum + statSync(join(pack, 'parts', name)).size, 0);
  report.line(`  parts: ${Math.round(bytes / 1e6)} MB`);
  for (const question of ['ranking', 'exposures', 'control-gaps', 'concentration', 'shared-holders']) {
    const windowed = ['ranking', 'exposures'].includes(question) ? askedWindows : [];
    await sayMeasured(`batch run, ${question}`, report, batchProgram('run', pack, '--question', question, '--threads', '2', ...windowed));
  }
}

const batchProgram = (...args: string[]) => ({ program: process.execPath, args: [exposureProgram, 'batch', ...args] });

interface Program {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

async function sayMeasured(what: string, report: Report, { program, args, environment }: Program): Promise<void> {
  const { ms, cpuSeconds, peaks, togetherMb } = await measureTree(program, args, environment);
  const each = [...peaks].map(([name, mb]) => `${name} ${Math.round(mb)} MB`).join(', ');
  const memory = `at most ${each}, together ${Math.round(togetherMb)} MB`;
  report.line(`${what}: ${milliseconds(ms)}, ${cpuSeconds.toFixed(1)} s of processor time; ${memory}`);
}

const sizeLine = ({ organizations, artifacts, transfers }: WorldSize) =>
  `\n${organizations} organizations, ${artifacts} artifacts, ${transfers} transfers`;

/** Imports a generated world, and packs it. Returns the pack. */
async function prepare(
  size: WorldSize,
  folder: string,
  onPacked: (took: Awaited<ReturnType<typeof batchMeasured>>) => void = () => undefined,
): Promise<string> {
  await writeWorldFiles(size, join(folder, 'world'));
  importInto(folder, join(folder, 'world'));
  const pack = join(folder, 'pack');
  onPacked(await batchMeasured('pack', pack, '--store', storeIn(folder)));
  return pack;
}

/** One core's work: from the files of a pack to rows, and from a snapshot of the same facts to rows. */
async function benchKernel(folder: string, pack: string, report: Report, growth: Growth): Promise<void> {
  const snapshot = join(folder, 'facts.snapshot');
  const store = await openStore(storeIn(folder));
  try {
    const { projection } = await new CurrentProjection(store).read();
    writeSnapshot(snapshot, shareProjection(projection), { store: '', program: '' });
  } finally {
    await store.close();
  }
  const settings = settingsAt({ core: asWindow(windows.core), widest: asWindow(windows.widest) }, 0);
  const [kernel, engine, ranking]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    let start = cpuMs();
    const ours = await rankByKernel(pack);
    kernel.push(cpuMs() - start);
    start = cpuMs();
    const open = await openSnapshot(snapshot);
    if (open === undefined) throw new Error(`${snapshot} is missing.`);
    const { projection } = await open.readColumns();
    await open.close();
    const opened = cpuMs();
    const totals = rankOrigins(projection, settings);
    const rows = listRanking(projection, totals, null, 'WEIGHTED_LOSS').map(({ organization }) =>
      projection.organizations.id.get(organization),
    );
    engine.push(cpuMs() - start);
    ranking.push(cpuMs() - opened);
    assert.deepEqual(ours, rows);
  }
  report.ratio(
    'processor time of a ranking by the kernel from a pack, beside the engine from a snapshot',
    summarizeTimes(kernel),
    summarizeTimes(engine),
  );
  report.ratio('  beside the engine over facts in memory', summarizeTimes(kernel), summarizeTimes(ranking));
  growth.add('ranking by the kernel, processor', 'ms', summarizeTimes(kernel).median, grows);
}

/** The processor time of this process so far, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The ids of the ranking. */
async function rankByKernel(pack: string): Promise<string[]> {
  const run = { common: join(pack, 'common'), question: 'ranking' as const, parameters: windows };
  const parts = readdirSync(join(pack, 'parts')).map((name) => join(pack, 'parts', name));
  const held: string[] = [];
  for await (const line of runRound1(run, parts, noInput())) held.push(JSON.stringify(line));
  async function* lines() {
    yield* held;
  }
  const rows: { readonly key: string; readonly row: { readonly organization: string } }[] = [];
  for await (const line of runRound2(run, lines(), 'round 1', { first: 0, count: 1 }))
    if ('row' in line) rows.push(line as (typeof rows)[number]);
  return rows.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row.organization);
}

async function* noInput(): AsyncGenerator<Uint8Array> {}

function _finish<T>(steps: Generator<void, T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
}

/** @param small a pack of hardly any facts: a job over it takes the time that Spark needs to start and to end */
async function benchRuns(pack: string, small: string, report: Report, growth: Growth): Promise<void> {
  const runs: number[] = [];
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    const took = await batchMeasured('run', pack, '--question', 'ranking', ...askedWindows, '--threads', '2');
    runs.push(took.ms);
    peak = Math.max(peak, took.peakMb);
  }
  const { median } = summarizeTimes(runs);
  report.line(`batch run of a ranking on two cores: median ${milliseconds(median)}, resident at most ${Math.round(peak)} MB`);
  growth.add('batch run of a ranking', 'ms', median, grows);
  growth.add('batch run, resident at most', 'MB', peak, 'each thread holds what round 2 needs of all parts');
  const missing = findMissingForSpark();
  if (missing !== undefined) return report.line(`Not run: Spark. It needs ${missing}.`);
  // One after the other, because a machine is faster at times.
  const [starts, jobs]: [number[], number[]] = [[], []];
  for (let round = 0; round < jobRounds; round++) {
    starts.push(submit(small));
    jobs.push(submit(pack));
  }
  assert.deepEqual(rowsIn(join(pack, 'spark')), rowsIn(pack));
  report.line(`  a job of Spark over hardly any facts: median ${milliseconds(summarizeTimes(starts).median)}`);
  report.ratio(
    'Spark local[2] without its start, beside batch run on two cores',
    summarizeTimes(jobs.map((ms, round) => Math.max(0, ms - (starts[round] as number)))),
    summarizeTimes(runs),
  );
}

const answerIn = (out: string) => join(out, 'results', 'ranking', 'rows.ndjson.gz');
const rowsIn = (out: string) =>
  gunzipSync(readFileSync(answerIn(out)))
    .toString()
    .split('\n');

/** The job of a ranking on two cores of this machine. It writes into the folder `spark` of the pack. */
function sparkJob(pack: string) {
  const { home, environment } = readSpark();
  const kernel = join(root, 'dist', 'server', 'batch', 'kernel.mjs');
  const job = [join(root, 'server', 'batch', 'spark-job.py'), pack, '--question', 'ranking', '--parameters', parameters];
  const quiet = ['--master', 'local[2]', '--conf', 'spark.ui.enabled=false', '--conf', 'spark.log.level=ERROR'];
  return {
    program: join(home, 'bin', 'spark-submit'),
    args: [...quiet, ...job, '--out', join(pack, 'spark'), '--node', process.execPath, '--kernel', kernel],
    environment,
  };
}

/** Runs the job. Returns the milliseconds that it took. */
function submit(pack: string): number {
  const { program, args, environment } = sparkJob(pack);
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { env: environment, encoding: 'utf8' });
  if (status !== 0) throw new Error(`spark-submit ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
