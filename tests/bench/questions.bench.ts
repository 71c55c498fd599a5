import { strict as assert } from 'node:assert';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import BetterSqlite3 from 'better-sqlite3';
import type { RecordedFact } from '../../server/domain/assertions.ts';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { findReached } from '../../server/exposure/radius/spread.ts';
import { countExposures, findExposing } from '../../server/exposure/rankings/artifact-exposure.ts';
import type { OriginSettings } from '../../server/exposure/rankings/origin-figures.ts';
import { rankOrigins } from '../../server/exposure/rankings/ranking.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import type { Growth } from './growth.ts';
import { milliseconds, type Report, summarizeTimes, type Times } from './report.ts';

const widest = { from: Date.UTC(2026, 8, 19), to: Date.UTC(2026, 9, 1) };
const core = { from: Date.UTC(2026, 8, 24, 8, 30), to: Date.UTC(2026, 8, 24, 11, 25) };
const settings: OriginSettings = { core, widest, maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
const sampleSize = 300;

const inputOf = (origins: readonly number[]) => ({ ...settings, origins, scopes: [] });

function timed<T>(work: () => T): { readonly ms: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}

/** Measures every question except a single radius against a plain solution. Compares the answers before it measures time. */
export async function benchQuestions(
  projection: Projection,
  facts: readonly RecordedFact[],
  report: Report,
  growth: Growth,
): Promise<void> {
  benchReach(projection, facts, report);
  const ranking = benchRanking(projection, report, growth);
  benchExposure(projection, ranking, report, growth);
  await benchStall(projection, report);
}

function sample(count: number): number[] {
  const size = Math.min(count, sampleSize);
  return Array.from({ length: size }, (_, i) => Math.floor((i * count) / size));
}

function benchReach(projection: Projection, facts: readonly RecordedFact[], report: Report): void {
  const database = new BetterSqlite3(':memory:');
  database.exec('CREATE TABLE access (grantee TEXT, grantor TEXT); CREATE INDEX by_grantee ON access (grantee, grantor)');
  const insert = database.prepare('INSERT INTO access VALUES (?, ?)');
  database.transaction(() => {
    for (const { kind, values } of facts) if (kind === 'ACCESS') insert.run(values[1], values[2]);
  })();
  const reach = database
    .prepare(
      `WITH RECURSIVE reached (organization, hops) AS (
         SELECT ?, 0 UNION SELECT grantor, hops + 1 FROM reached JOIN access ON grantee = organization WHERE hops < ${settings.maxHops})
       SELECT DISTINCT organization FROM reached ORDER BY organization`,
    )
    .pluck();
  const { id } = projection.organizations;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const origin of sample(projection.organizations.count)) {
    const ids = timed(() => reach.all(id.get(origin)) as string[]);
    const reached = timed(() => findReached(projection, inputOf([origin])));
    assert.deepEqual(reached.result.map(({ organization }) => id.get(organization)).sort(), ids.result);
    ours.push(reached.ms);
    theirs.push(ids.ms);
  }
  database.close();
  report.ratio(
    "reach along access, with times and likelihoods, beside SQLite's recursive CTE without",
    summarizeTimes(ours),
    summarizeTimes(theirs),
  );
}

function benchRanking(projection: Projection, report: Report, growth: Growth): Times {
  const { count } = projection.organizations;
  const rounds = [1, 2].map(() => timed(() => rankOrigins(projection, settings)));
  const totals = rounds[0]?.result ?? [];
  const singles = sample(count).map((origin) => {
    const { ms, result } = timed(() => findBlastRadius(projection, inputOf([origin])).summary);
    assert.equal(totals[origin]?.exposedCount, result.exposedCount);
    assert.ok(Math.abs((totals[origin]?.weightedLossUsd ?? 0) - result.weightedLossUsd) < 1e-6 * Math.max(1, result.weightedLossUsd));
    return ms;
  });
  const ranking = summarizeTimes(rounds.map(({ ms }) => ms));
  const all = (singles.reduce((sum, ms) => sum + ms, 0) / singles.length) * count;
  report.ratio(
    `ranking of all ${count} organizations, beside that many radii (${singles.length} measured, scaled)`,
    ranking,
    summarizeTimes([all]),
  );
  growth.add(
    'ranking of all organizations',
    'ms',
    ranking.median,
    'there are as many radii as organizations, and those of a larger world reach more copies',
  );
  return ranking;
}

function benchExposure(projection: Projection, ranking: Times, report: Report, growth: Growth): void {
  const counts = new Map(countExposures(projection, settings).map(({ artifact, count }) => [artifact, count]));
  const times = sample(projection.artifacts.count).map((artifact) => {
    const { ms, result } = timed(() => findExposing(projection, settings, artifact));
    assert.equal(result.length, counts.get(artifact) ?? 0);
    return ms;
  });
  report.ratio('exposure of one artifact, beside ranking all organizations', summarizeTimes(times), ranking);
  growth.add('exposure of one artifact', 'ms', summarizeTimes(times).median, 'all who could reach a holder of it are found');
}

async function benchStall(projection: Projection, report: Report): Promise<void> {
  const pool = new WorkerPool();
  await pool.run(projection, 'ranking', settings, new TimeLimit(600_000));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await pool.run(projection, 'ranking', settings, new TimeLimit(600_000));
  delay.disable();
  await pool.close();
  report.line(
    `event loop while a thread ranks: p99 ${milliseconds(delay.percentile(99) / 1e6)}, longest ${milliseconds(delay.max / 1e6)} (1 ms is the timer's own)`,
  );
}
