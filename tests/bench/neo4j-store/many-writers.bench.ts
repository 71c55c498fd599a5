import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Neo4jServer } from '../../support/neo4j/neo4j-server.ts';
import { startNeo4j } from '../../support/neo4j/neo4j-server.ts';
import { mulberry32, type WorldSize } from '../large-world.ts';
import { vendors } from '../neo4j.bench.ts';
import type { OwnServer } from '../own-server.ts';
import { ask, exposureProgram, pause, startOwnServer } from '../own-server.ts';
import { measureTree } from '../process-tree.ts';
import { milliseconds, type Report, summarizeTimes } from '../report.ts';
import { widestDays } from '../whole.bench.ts';
import { makeStore } from './make-store.ts';

const memory = { heap: '3g', isLongLived: true, settings: { 'server.memory.pagecache.size': '2g' } };
/** A busy machine may take longer than the default allows. */
const patient = { EXPOSURE_QUERY_TIMEOUT_MS: '120000' };
const serverCount = 4;
const importRows = 100_000;
const asked = 40;

/**
 * Measures imports over Neo4j, alone and while four servers with EXPOSURE_PROJECTION=local answer, and the radii that these give meanwhile. Each
 * answer must be the one that a server with all facts gives at the revision that it names.
 *
 * @param folder a store that an earlier run made and kept, or where to keep a new one. The imports stay in it
 */
export async function benchManyWriters(size: WorldSize, folder: string | undefined, report: Report): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'exposure-bench-writers-'));
  const options = { ...memory, keep: folder ?? join(work, 'neo4j') };
  try {
    const isThere = existsSync(join(options.keep, 'data', 'databases', 'neo4j'));
    const neo4j = isThere ? await startNeo4j(options) : await makeStore(size, options, report);
    try {
      report.line(
        `${serverCount} servers with EXPOSURE_PROJECTION=local over Neo4j, ${size.transfers} transfers, imports of ${importRows}:`,
      );
      await benchOver(neo4j, size, work, report);
    } finally {
      await neo4j.stop();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function benchOver(neo4j: Neo4jServer, size: WorldSize, work: string, report: Report): Promise<void> {
  const importNext = async (what: string) => {
    const { ms, cpuSeconds } = await measureTree(process.execPath, [
      ...[exposureProgram, 'import', writeImport(join(work, 'import'), size), '--store', neo4j.url()],
    ]);
    report.line(`  import ${what}: ${milliseconds(ms)}, ${cpuSeconds.toFixed(1)} s of processor time of the program`);
  };
  await importNext('alone');
  const servers: OwnServer[] = [];
  try {
    for (let i = 0; i < serverCount; i++)
      servers.push(await startOwnServer(mkdtempSync(join(work, 'local-')), neo4j.url(), { ...patient, EXPOSURE_PROJECTION: 'local' }));
    for (const server of servers) await server.said(/transfers are packed/);
    report.line('  all servers have packed the transfers');
    const ids = vendors(size, asked).map((vendor) => idOf('org', vendor));
    const known = new Map<string, unknown>();
    await learn(neo4j, work, ids, known);
    const calm = await askUntil(servers, ids, pause(20_000));
    describe('radii without an import', calm.times, report);
    const meanwhile = await askUntil(servers, ids, importNext(`beside ${serverCount} servers that answer`));
    const after = await askUntil(servers, ids, pause(10_000));
    describe('radii during the import', meanwhile.times, report);
    describe('radii in the 10 seconds after it', after.times, report);
    const resident = servers.map((server) => `${Math.round(server.residentAtMost())} MB`);
    report.line(`  resident at most: ${resident.join(', ')}`);
    for (const server of servers.splice(0)) server.stop();
    await learn(neo4j, work, ids, known);
    const answers = [...calm.answers, ...meanwhile.answers, ...after.answers];
    for (const { id, answer } of answers)
      assert.deepEqual(answer, known.get(`${id}@${answer.revision}`), `${id} at revision ${answer.revision}`);
    const revisions = new Map<number, number>();
    for (const { answer } of answers) revisions.set(answer.revision, (revisions.get(answer.revision) ?? 0) + 1);
    const counts = [...revisions].map(([revision, count]) => `${count} at revision ${revision}`).join(', ');
    report.line(`  all ${answers.length} answers are those of a server with all facts at the revision that they name: ${counts}`);
  } finally {
    for (const server of servers) server.stop();
  }
}

const idOf = (kind: 'art' | 'org', place: number) => `${kind}-${String(place).padStart(6, '0')}`;
let imports = 0;

/** Writes new transfers between organizations and of artifacts that there are. Returns the folder. */
function writeImport(folder: string, { organizations, artifacts }: WorldSize): string {
  const random = mulberry32(imports + 77);
  const mark = `w${Date.now()}-${imports++}`;
  const rows = Array.from({ length: importRows }, (_, i) => {
    const sender = Math.floor(random() * organizations);
    const recipient = (sender + 1 + Math.floor(random() * (organizations - 1))) % organizations;
    const cells = [idOf('art', Math.floor(random() * artifacts)), idOf('org', sender), idOf('org', recipient)];
    return `${mark}-${String(i).padStart(6, '0')},${cells.join(',')},2026-08-01T00:00:00Z\n`;
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'transfers.csv'), `id,artifact,sender,recipient,sent_at\n${rows.join('')}`);
  return folder;
}

interface Radius {
  readonly revision: number;
}

const radiusQuery = `query($input: BlastRadiusInput!) { blastRadius(input: $input) { revision summary { reachedCount exposedCount possibleCount containedCount
  affectedLabCount worstCaseLossUsd weightedLossUsd } artifacts(first: 50) { edges { node { artifact { id } tier portion { low high } } } } } }`;

async function askRadius({ url }: OwnServer, id: string): Promise<Radius> {
  return (await ask<{ blastRadius: Radius }>(url, radiusQuery, { input: { origins: [id], widest: widestDays } })).blastRadius;
}

/** Asks a server with all facts, and keeps its answers by id and revision. */
async function learn(neo4j: Neo4jServer, work: string, ids: readonly string[], known: Map<string, unknown>): Promise<void> {
  const whole = await startOwnServer(mkdtempSync(join(work, 'whole-')), neo4j.url(), patient);
  try {
    for (const id of ids) {
      const answer = await askRadius(whole, id);
      known.set(`${id}@${answer.revision}`, answer);
    }
  } finally {
    whole.stop();
  }
}

/** One client a server asks for one radius after another, until `end`. */
async function askUntil(servers: readonly OwnServer[], ids: readonly string[], end: Promise<unknown>) {
  let isOver = false;
  const times: number[] = [];
  const answers: { readonly id: string; readonly answer: Radius }[] = [];
  const client = async (server: OwnServer, first: number) => {
    for (let i = first; !isOver; i += serverCount) {
      const id = ids[i % ids.length] as string;
      const start = performance.now();
      const answer = await askRadius(server, id);
      times.push(performance.now() - start);
      answers.push({ id, answer });
    }
  };
  const clients = servers.map(client);
  await end.finally(() => {
    isOver = true;
  });
  await Promise.all(clients);
  return { times, answers };
}

function describe(what: string, times: readonly number[], report: Report): void {
  const { median, p95, max, count } = summarizeTimes(times);
  report.line(`  ${what}: p50 ${milliseconds(median)}, p95 ${milliseconds(p95)}, at most ${milliseconds(max)} (${count})`);
}
