import { strict as assert } from 'node:assert';
import { DOUBLE, type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, type DuckDBType, INTEGER } from '@duckdb/node-api';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { getRevealClosures } from '../../server/exposure/radius/reveals/reveal-closure.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { rowOf } from '../../server/projection/projection.ts';
import { rankInThreads } from '../../server/questions/rankings/ask-ranking.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkProgress } from '../../server/questions/run/work-progress.ts';
import { tiers } from '../../server/rules/copy-tier.ts';
import { benchInput, vendors } from './engine.bench.ts';
import type { WorldSize } from './large-world.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';

const originCount = 50;
const rowsPerChunk = 2048;

/**
 * The radius as one prepared statement. The tables hold everything that does not depend on the question: copies with their
 * intervals in order of holder, and for each artifact all that it reveals. Returns artifacts with the index of their tier.
 */
const statement = `
  WITH RECURSIVE reach(organization, hops) AS (
    SELECT $origin, 0
    UNION
    SELECT access.grantor, reach.hops + 1
    FROM reach JOIN access ON access.grantee = reach.organization
    WHERE reach.hops < $maxHops AND access.valid_from <= $widestTo AND access.valid_until > $widestFrom
  ),
  held AS (
    SELECT artifact, min(CASE
      WHEN readable = 0 THEN 2
      WHEN holder = $origin AND confidence >= 0.499999999
        AND definite_from < definite_until AND definite_from <= $coreTo AND definite_until > $coreFrom THEN 0
      ELSE 1 END) AS tier
    FROM copies
    WHERE holder IN (SELECT organization FROM reach)
      AND possible_from < possible_until AND possible_from <= $widestTo AND possible_until > $widestFrom
    GROUP BY artifact
  )
  SELECT artifact, min(tier) AS tier
  FROM (
    SELECT artifact, tier FROM held
    UNION ALL
    SELECT closure.target, held.tier FROM held JOIN closure ON closure.source = held.artifact WHERE held.tier < 2
  )
  GROUP BY artifact`;

/** The same for every organization as the only origin: the counts of each, in one statement. */
const rankingStatement = `
  WITH RECURSIVE reach(origin, organization, hops) AS (
    SELECT organization, organization, 0 FROM organizations
    UNION
    SELECT reach.origin, access.grantor, reach.hops + 1
    FROM reach JOIN access ON access.grantee = reach.organization
    WHERE reach.hops < $maxHops AND access.valid_from <= $widestTo AND access.valid_until > $widestFrom
  ),
  open AS (
    SELECT holder, artifact, readable, readable = 1 AND confidence >= 0.499999999
      AND definite_from < definite_until AND definite_from <= $coreTo AND definite_until > $coreFrom AS is_sure
    FROM copies
    WHERE possible_from < possible_until AND possible_from <= $widestTo AND possible_until > $widestFrom
  ),
  held AS (
    SELECT pair.origin, open.artifact, min(CASE WHEN readable = 0 THEN 2 WHEN is_sure AND holder = pair.origin THEN 0 ELSE 1 END) AS tier
    FROM (SELECT DISTINCT origin, organization FROM reach) AS pair JOIN open ON open.holder = pair.organization
    GROUP BY pair.origin, open.artifact
  ),
  radius AS (
    SELECT origin, artifact, min(tier) AS tier
    FROM (
      SELECT origin, artifact, tier FROM held
      UNION ALL
      SELECT held.origin, closure.target, held.tier FROM held JOIN closure ON closure.source = held.artifact WHERE held.tier < 2
    )
    GROUP BY origin, artifact
  )
  SELECT origin, (count(*) FILTER (tier = 0))::INTEGER, (count(*) FILTER (tier = 1))::INTEGER, (count(*) FILTER (tier = 2))::INTEGER
  FROM radius GROUP BY origin`;

/**
 * Measures the radius of a vendor beside DuckDB in this process. The statement finds tiers alone; ours finds every figure too.
 * Compares the tiers of all origins before it measures time.
 */
export async function benchDuckdb(projection: Projection, size: WorldSize, report: Report): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const start = performance.now();
    await loadTables(connection, projection);
    report.line(`DuckDB's tables are filled in ${milliseconds(performance.now() - start)}, custody and reveals taken from the projection`);
    const prepared = await connection.prepare(statement);
    const askDuckdb = async (origin: number) => {
      const { core, widest, maxHops } = benchInput(origin);
      prepared.bind(
        { origin, maxHops, coreFrom: core.from, coreTo: core.to, widestFrom: widest.from, widestTo: widest.to },
        { origin: INTEGER, maxHops: INTEGER, coreFrom: DOUBLE, coreTo: DOUBLE, widestFrom: DOUBLE, widestTo: DOUBLE },
      );
      return (await prepared.runAndReadAll()).getRows() as [artifact: number, tier: number][];
    };

    const origins = vendors(size, originCount);
    for (const origin of origins) {
      const { artifacts } = findBlastRadius(projection, benchInput(origin));
      const ours = artifacts.map(({ artifact, tier }) => [artifact, tiers.indexOf(tier)] as const);
      assert.deepEqual(new Map(ours), new Map(await askDuckdb(origin)));
    }
    const times: number[] = [];
    const theirs: number[] = [];
    for (const origin of origins) {
      let began = performance.now();
      findBlastRadius(projection, benchInput(origin));
      times.push(performance.now() - began);
      began = performance.now();
      await askDuckdb(origin);
      theirs.push(performance.now() - began);
    }
    const [ours, other] = [summarizeTimes(times), summarizeTimes(theirs)];
    report.ratio(`blast radius of a vendor with all figures, beside DuckDB's tiers alone (equal on ${originCount} origins)`, ours, other);
    report.line(`  p95 ${milliseconds(ours.p95)}  |  ${milliseconds(other.p95)}  |  ratio ${(ours.p95 / other.p95).toFixed(3)}`);
    await benchRanking(connection, projection, report);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Compares the counts of all origins before it measures time. The ranking finds losses, labs and dependents too. Both use all processors. */
async function benchRanking(connection: DuckDBConnection, projection: Projection, report: Report): Promise<void> {
  const { core, widest, maxHops, transferLikelihood, minDegree } = benchInput(0);
  const settings = { core, widest, maxHops, transferLikelihood, minDegree };
  const scheduler = new Scheduler();
  const rank = () => rankInThreads(scheduler, projection, settings, new TimeLimit(600_000), new WorkProgress());
  const prepared = await connection.prepare(rankingStatement);
  const askDuckdb = async () => {
    prepared.bind(
      { maxHops, coreFrom: core.from, coreTo: core.to, widestFrom: widest.from, widestTo: widest.to },
      { maxHops: INTEGER, coreFrom: DOUBLE, coreTo: DOUBLE, widestFrom: DOUBLE, widestTo: DOUBLE },
    );
    return (await prepared.runAndReadAll()).getRows() as [origin: number, ...counts: number[]][];
  };
  const counted = new Map((await askDuckdb()).map(([origin, ...counts]) => [origin, counts]));
  for (const [origin, { exposedCount, possibleCount, containedCount }] of (await rank()).entries())
    assert.deepEqual([exposedCount, possibleCount, containedCount], counted.get(origin) ?? [0, 0, 0]);
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    let began = performance.now();
    await rank();
    ours.push(performance.now() - began);
    began = performance.now();
    await askDuckdb();
    theirs.push(performance.now() - began);
  }
  await scheduler.close();
  const { count } = projection.organizations;
  report.ratio(
    `ranking of all ${count} organizations in threads, beside DuckDB's counts by tier alone (equal for all)`,
    summarizeTimes(ours),
    summarizeTimes(theirs),
  );
}

async function loadTables(connection: DuckDBConnection, projection: Projection): Promise<void> {
  const { access, artifacts, copies, organizations } = projection;
  const openStart = (instant: number) => (Number.isNaN(instant) ? -Infinity : instant);
  const openEnd = (instant: number) => (Number.isNaN(instant) ? Infinity : instant);
  await fillTable(connection, 'access', { grantee: INTEGER, grantor: INTEGER, valid_from: DOUBLE, valid_until: DOUBLE }, function* () {
    for (let grantee = 0; grantee < organizations.count; grantee++)
      for (const a of rowOf(organizations.accessHeld, grantee))
        yield [grantee, access.grantor[a] as number, openStart(access.validFrom[a] as number), openEnd(access.validUntil[a] as number)];
  });
  await fillTable(connection, 'organizations', { organization: INTEGER }, function* () {
    for (let organization = 0; organization < organizations.count; organization++) yield [organization];
  });
  const copyTypes = {
    ...{ holder: INTEGER, artifact: INTEGER, readable: INTEGER, confidence: DOUBLE },
    ...{ definite_from: DOUBLE, definite_until: DOUBLE, possible_from: DOUBLE, possible_until: DOUBLE },
  };
  await fillTable(connection, 'copies', copyTypes, function* () {
    for (let holder = 0; holder < organizations.count; holder++)
      for (const c of rowOf(organizations.copies, holder))
        yield [
          ...[holder, copies.artifact.at(c), copies.isReadable.at(c), copies.confidence.at(c)],
          ...[copies.definiteFrom.at(c), copies.definiteUntil.at(c)],
          ...[copies.possibleFrom.at(c), copies.possibleUntil.at(c)],
        ];
  });
  const closures = getRevealClosures(projection, benchInput(0).minDegree);
  await fillTable(connection, 'closure', { source: INTEGER, target: INTEGER }, function* () {
    for (let source = 0; source < artifacts.count; source++) for (const target of closures.of(source).targets) yield [source, target];
  });
}

async function fillTable(
  connection: DuckDBConnection,
  name: string,
  types: Readonly<Record<string, DuckDBType>>,
  rows: () => Iterable<readonly number[]>,
): Promise<void> {
  await connection.run(`CREATE TABLE ${name} (${Object.entries(types).map(([column, type]) => `${column} ${type}`)})`);
  const appender = await connection.createAppender(name);
  let columns: number[][] = [];
  const flush = () => {
    if (columns.length === 0) return;
    const chunk = DuckDBDataChunk.create(Object.values(types), columns[0]?.length);
    chunk.setColumns(columns);
    appender.appendDataChunk(chunk);
    columns = [];
  };
  for (const row of rows()) {
    if (columns.length === 0) columns = row.map(() => []);
    row.forEach((value, i) => {
      columns[i]?.push(value);
    });
    if (columns[0]?.length === rowsPerChunk) flush();
  }
  flush();
  appender.closeSync();
}
