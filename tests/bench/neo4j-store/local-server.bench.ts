import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import { dumpNeo4j } from '../../store/fixtures/neo4j-dump.ts';
import type { Neo4jServer } from '../../support/neo4j/neo4j-server.ts';
import { startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { withSession } from '../../support/neo4j/neo4j-session.ts';
import type { WorldSize } from '../large-world.ts';
import { vendors } from '../neo4j.bench.ts';
import type { OwnServer } from '../own-server.ts';
import { ask, pause, startOwnServer } from '../own-server.ts';
import type { Report } from '../report.ts';
import { milliseconds, summarizeTimes } from '../report.ts';
import { radiusQuery, widestDays } from '../whole.bench.ts';
import { writeWorldFiles } from '../world-files.ts';
import { importWorld, makeStore } from './make-store.ts';

const memory = { heap: '3g', isLongLived: true, settings: { 'server.memory.pagecache.size': '2g' } };
const mostCompared = 100_000;
const asked = 40;
/** A busy machine may take longer than the default allows. */
const patient = { EXPOSURE_QUERY_TIMEOUT_MS: '120000' };

/**
 * Measures a server with EXPOSURE_PROJECTION=local over Neo4j as its users see it, beside one that loads everything, with equal answers.
 *
 * @param size of the world, if there is no store yet
 * @param folder a store that an earlier run made and kept, or where to keep a new one. Undefined: a store for this run. If
 *   it is small, it is first compared with one that the product's import wrote
 */
export async function benchLocalServer(size: WorldSize, folder: string | undefined, report: Report): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'exposure-bench-local-'));
  const options = { ...memory, keep: folder ?? join(work, 'neo4j') };
  try {
    const isThere = existsSync(join(options.keep, 'data', 'databases', 'neo4j'));
    const neo4j = isThere ? await startNeo4j(options) : await makeStore(size, options, report);
    try {
      if (folder === undefined && size.transfers <= mostCompared) await compareWithImport(size, neo4j, report);
      const [row] = await withSession(neo4j.url('bolt'), (run) =>
        run('MATCH (o:Organization) WITH count(o) AS organizations MATCH (t:Transfer) RETURN organizations, count(t)'),
      );
      const [organizations, transfers] = row as [number, number];
      report.line(
        `EXPOSURE_PROJECTION=local over Neo4j (heap 3 GB, page cache 2 GB), ${organizations} organizations, ${transfers} transfers:`,
      );
      await benchServers(neo4j.url(), work, vendors({ organizations }, 2 * asked).map(idOf), report);
    } finally {
      await neo4j.stop();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Half of the vendors are asked about while transfers are packed, the others afterwards: each is asked about for the first time. */
async function benchServers(store: string, work: string, ids: readonly string[], report: Report): Promise<void> {
  const local = await startOwnServer(work, store, { ...patient, EXPOSURE_PROJECTION: 'local' });
  const answers = new Map<string, unknown>();
  const rankings = new Map<number, unknown>();
  let times: number[];
  let residentLocal: number;
  try {
    report.line(`  ready after ${milliseconds(local.readyMs)}, resident ${megabytes(local.resident())}`);
    let isPacked = false;
    const packed = local.said(/transfers are packed, in ([\d.]+) s and ([\d.]+) MB/).then((found) => {
      isPacked = true;
      return found;
    });
    const meanwhile: number[] = [];
    for (const id of ids.filter((_, i) => i % 2 === 1)) {
      const ms = await askRadius(local, id, answers);
      if (isPacked) break;
      meanwhile.push(ms);
    }
    const [, seconds, size] = await packed;
    report.line(`  packed in ${seconds} s and ${size} MB; resident at most ${megabytes(local.residentAtMost())}`);
    describe('first question about a vendor, while transfers are being packed', meanwhile, report);
    times = [];
    for (const id of ids.filter((_, i) => i % 2 === 0)) times.push(await askRadius(local, id, answers));
    describe('first question about a vendor, transfers packed', times, report);
    await pause(3000);
    residentLocal = local.resident();
    report.line(`  resident, idle: ${megabytes(residentLocal)}; processor time since its start: ${local.cpuSeconds().toFixed(0)} s`);
    for (const [name, maxHops] of [
      ['packing included', 3],
      ['packed', 2],
    ] as const) {
      const start = performance.now();
      rankings.set(maxHops, await ask(local.url, rankingQuery, { maxHops }));
      report.line(
        `  ranking of all organizations over all parts, ${name}: ${milliseconds(performance.now() - start)}; resident at most ${megabytes(local.residentAtMost())}`,
      );
    }
  } finally {
    local.stop();
  }
  const whole = await startOwnServer(mkdtempSync(join(work, 'whole-')), store, patient);
  try {
    const residentWhole = whole.resident();
    report.line(
      `  resident: ${megabytes(residentLocal)} beside ${megabytes(residentWhole)} with everything loaded, ratio ${(residentLocal / residentWhole).toFixed(3)}`,
    );
    report.ratio('  first question about a vendor, beside loading everything', summarizeTimes(times), summarizeTimes([whole.readyMs]));
    for (const [id, answer] of answers) {
      const same = new Map<string, unknown>();
      await askRadius(whole, id, same);
      assert.deepEqual(answer, same.get(id), id);
    }
    for (const [maxHops, answer] of rankings) assert.deepEqual(answer, await ask(whole.url, rankingQuery, { maxHops }));
    report.line(`  both gave the same ${answers.size + rankings.size} answers`);
  } finally {
    whole.stop();
  }
}

async function askRadius(server: OwnServer, id: string, answers: Map<string, unknown>): Promise<number> {
  const start = performance.now();
  answers.set(id, await ask(server.url, radiusQuery, { input: { origins: [id], widest: widestDays } }));
  return performance.now() - start;
}

const rankingQuery = `query($maxHops: Int!) { ranking(core: { from: "2026-09-19T00:00:00Z", to: "2026-09-20T00:00:00Z" },
  options: { maxHops: $maxHops }, first: 500) { totalCount edges { node { organization { id } reachedCount exposedCount possibleCount labCount
  worstCaseLossUsd weightedLossUsd } } } }`;

function describe(title: string, times: readonly number[], report: Report): void {
  const { median, p95, max, count } = summarizeTimes(times);
  const what = count === 0 ? 'none' : `median ${milliseconds(median)}, p95 ${milliseconds(p95)}, at most ${milliseconds(max)}`;
  report.line(`  ${title}: ${what} (${count} vendors)`);
}

function idOf(organization: number): string {
  return `org-${String(organization).padStart(6, '0')}`;
}

function megabytes(size: number): string {
  return `${Math.round(size)} MB`;
}

/** Imports a world into another Neo4j, and throws unless a store of the same world has the same constraints, nodes and relationships. */
async function compareWithImport(size: WorldSize, made: Neo4jServer, report: Report): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'exposure-bench-same-'));
  const imported = await startNeo4j();
  try {
    const files = join(work, 'world');
    await writeWorldFiles(size, files);
    const store = await openStore(imported.url());
    await importWorld(store, files);
    await store.close();
    const [ours, other] = [await contentOf(imported, join(work, 'imported')), await contentOf(made, join(work, 'made'))];
    assert.equal(other.length, ours.length);
    for (const [i, line] of ours.entries()) assert.equal(other[i], line);
    report.line(`The batch-imported store equals one that our import wrote: ${ours.length} constraints, nodes and relationships`);
  } finally {
    await imported.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

interface Line {
  readonly constraint?: string;
  readonly node?: string;
  readonly labels?: readonly string[];
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The content of a database as sorted lines. Nodes are known by their labels and properties, without those drawn at random. */
async function contentOf(server: Neo4jServer, path: string): Promise<string[]> {
  await dumpNeo4j(server.url('bolt'), path);
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const names = new Map<string, string>();
  for (const { node, labels, properties } of lines) if (node !== undefined) names.set(node, `${labels} ${sorted(properties)}`);
  return lines
    .map(({ constraint, node, type, from, to, properties }) => {
      if (constraint !== undefined) return constraint;
      if (node !== undefined) return names.get(node) as string;
      return `${names.get(from as string)} ${type} ${sorted(properties)} ${names.get(to as string)}`;
    })
    .sort();
}

function sorted(properties: Line['properties']): string {
  const { nonce, identity, ...same } = properties ?? {};
  return JSON.stringify([typeof nonce, typeof identity, Object.entries(same).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
