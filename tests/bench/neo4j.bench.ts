import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBlastRadius } from '../../server/exposure/radius/confidentiality.ts';
import { CopyTiers } from '../../server/exposure/radius/copy-tiers.ts';
import { commitImport } from '../../server/import/commit-import.ts';
import { readImport } from '../../server/import/read-import.ts';
import { ProjectionBuilder } from '../../server/projection/build/build-projection.ts';
import { copyKinds, type Projection } from '../../server/projection/projection.ts';
import { tiers } from '../../server/rules/copy-tier.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { startNeo4j } from '../support/neo4j/neo4j-server.ts';
import {
  askBareRadius,
  askNothing,
  type BareQuestion,
  type BareTransfer,
  readBareFacts,
  readBareTransfers,
  withSession,
  writeBareTransfers,
} from './bare-neo4j.ts';
import type { WorldSize } from './large-world.ts';
import { benchLocal } from './local.bench.ts';
import { milliseconds, type Report, summarizeTimes } from './report.ts';
import { writeWorldFiles } from './world-files.ts';

const heap = '2g';
/** Room for the whole store, as docs/neo4j.md advises. With less, the disk would be measured. */
const pageCacheKbPerTransfer = 1.5;
const widest = { from: Date.UTC(2026, 8, 19), to: Date.UTC(2026, 9, 1) };
const core = { from: Date.UTC(2026, 8, 24, 8, 30), to: Date.UTC(2026, 8, 24, 11, 25) };
const transferFile = 'transfers.csv';
const owned = copyKinds.indexOf('OWNED');
const transferred = copyKinds.indexOf('TRANSFERRED');

/** Measures import, load, radius and poll over a Neo4j of its own, each against the bare driver. */
export async function benchNeo4j(size: WorldSize, rounds: number, report: Report): Promise<void> {
  const pageCache = `${Math.ceil((size.transfers * pageCacheKbPerTransfer) / 1000)}m`;
  report.line(`Neo4j with a heap of ${heap} and a page cache of ${pageCache}, ${size.transfers} transfers:`);
  const folder = mkdtempSync(join(tmpdir(), 'exposure-bench-neo4j-'));
  try {
    await writeWorldFiles(size, folder);
    const imports: number[] = [];
    const bare: number[] = [];
    let rows: BareTransfer[] = [];
    for (let round = 0; round < rounds; round++) {
      const isLast = round === rounds - 1;
      await withWorld(folder, pageCache, async (store, url) => {
        imports.push(await measure(() => importFiles(store, folder, [transferFile])));
        rows = rows.length === 0 ? await readBareTransfers(url) : rows;
        if (isLast) await benchReading(store, url, size, report);
      });
      await withWorld(folder, pageCache, async (_, url) => {
        bare.push(await measure(() => writeBareTransfers(url, rows)));
      });
    }
    report.ratio('import of the transfers, CSV to store, beside UNWIND of the same nodes', summarizeTimes(imports), summarizeTimes(bare));
    const perSecond = (times: number[]) => Math.round(rows.length / (summarizeTimes(times).median / 1000));
    report.line(`  ${perSecond(imports)} transfers/s beside ${perSecond(bare)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A new Neo4j with all facts except the transfers. */
async function withWorld(folder: string, pageCache: string, work: (store: WholeStore, url: string) => Promise<void>): Promise<void> {
  const server = await startNeo4j({ heap, isLongLived: true, settings: { 'server.memory.pagecache.size': pageCache } });
  const store = await openStore(server.url());
  try {
    await importFiles(
      store,
      folder,
      readdirSync(folder).filter((name) => name !== transferFile),
    );
    await work(store, server.url('bolt'));
  } finally {
    await store.close();
    await server.stop();
  }
}

async function importFiles(store: WholeStore, folder: string, names: readonly string[]): Promise<void> {
  const at = Date.now();
  const read = await readImport(
    names.map((name) => ({ name, path: join(folder, name) })),
    { assertedAt: at, source: null },
  );
  const order = { id: `import-${names.join('-')}`, by: 'bench', at, createdAt: at, source: null, assertedAt: null };
  const { isWritten, report } = await commitImport(store, read, order, 'ALL_OR_NOTHING');
  assert.equal(isWritten, true, JSON.stringify(report));
}

async function benchReading(store: WholeStore, url: string, size: WorldSize, report: Report): Promise<void> {
  const streams: number[] = [];
  const loads: number[] = [];
  const bare: number[] = [];
  let projection = await load(store);
  let facts = 0;
  for (let round = 0; round < 3; round++) {
    bare.push(
      await measure(async () => {
        facts = await readBareFacts(url);
      }),
    );
    let streamed = 0;
    streams.push(
      await measure(async () => {
        for await (const batch of store.readFacts()) streamed += batch.facts.length;
      }),
    );
    assert.equal(streamed, facts);
    loads.push(
      await measure(async () => {
        projection = await load(store);
      }),
    );
  }
  const perSecond = (times: number[]) => Math.round(facts / (summarizeTimes(times).median / 1000));
  report.ratio('all facts read, as of one moment, beside the bare driver', summarizeTimes(streams), summarizeTimes(bare));
  report.ratio('projection loaded, custody included, beside the bare driver', summarizeTimes(loads), summarizeTimes(bare));
  report.line(`  ${facts} facts: ${perSecond(streams)} rows/s read, ${perSecond(loads)} loaded, ${perSecond(bare)} by the bare driver`);
  await benchRadius(projection, url, size, report);
  await benchLocal(store, projection, loads, vendors(size, 20), report);
  await benchPoll(store, url, report);
}

async function load(store: WholeStore): Promise<Projection> {
  const builder = new ProjectionBuilder();
  const stream = store.readFacts();
  for await (const batch of stream) builder.add(batch.kind, batch.facts);
  return builder.build(stream.revision);
}

/** One origin, no spread. The engine's radius includes implied copies and revealed artifacts, which the statement leaves out. */
async function benchRadius(projection: Projection, url: string, size: WorldSize, report: Report): Promise<void> {
  const origins = vendors(size, 200);
  const question = (origin: number): BareQuestion => ({ origin: projection.organizations.id.get(origin), core, widest });
  await withSession(url, { disableLosslessIntegers: true }, async (session) => {
    for (const origin of origins) assert.deepEqual(holdingsOf(projection, origin), await askBareRadius(session, question(origin)));
    const bare: number[] = [];
    for (const origin of origins) bare.push(await measure(() => askBareRadius(session, question(origin))));
    for (const origin of origins) findBlastRadius(projection, input(origin));
    const held = origins.map((origin) => measureNow(() => new CopyTiers(projection, input(origin)).tieredAt(origin)));
    const whole = origins.map((origin) => measureNow(() => findBlastRadius(projection, input(origin))));
    report.ratio(
      'copies of one origin with their tiers in the engine, beside Cypher (equal rows)',
      summarizeTimes(held),
      summarizeTimes(bare),
    );
    report.ratio(
      'its whole radius (implied copies, reveals, dependents, figures), beside the same Cypher',
      summarizeTimes(whole),
      summarizeTimes(bare),
    );
    report.line(
      `  rows of an origin: ${milliseconds(summarizeTimes(bare).median)} by Cypher, ${holdingsOf(projection, origins[100] as number).size} of them`,
    );
  });
}

/** An even sample of the organizations that are not labs. */
export function vendors(size: Pick<WorldSize, 'organizations'>, count: number): number[] {
  const labs = Math.max(2, Math.floor(size.organizations / 100));
  return Array.from({ length: count }, (_, i) => labs + Math.floor((i * (size.organizations - labs)) / count));
}

function input(origin: number) {
  return { origins: [origin], core, widest, scopes: [], maxHops: 0, transferLikelihood: 0, minDegree: 0.05 };
}

/** The artifacts of which an origin has a copy, owned or transferred, each with its strongest tier. */
function holdingsOf(projection: Projection, origin: number): Map<string, number> {
  const { copies, artifacts } = projection;
  const strongest = new Map<string, number>();
  for (const { copy, tier } of new CopyTiers(projection, input(origin)).tieredAt(origin)) {
    if (copies.kind.at(copy) !== owned && copies.kind.at(copy) !== transferred) continue;
    const artifact = artifacts.id.get(copies.artifact.at(copy));
    strongest.set(artifact, Math.min(strongest.get(artifact) ?? Number.POSITIVE_INFINITY, tiers.indexOf(tier)));
  }
  return strongest;
}

async function benchPoll(store: WholeStore, url: string, report: Report): Promise<void> {
  await withSession(url, {}, async (session) => {
    const polls: number[] = [];
    const bare: number[] = [];
    for (let i = 0; i < 1000; i++) {
      polls.push(await measure(() => store.readRevision()));
      bare.push(await measure(() => askNothing(session)));
    }
    report.ratio(
      'poll of the revision, beside RETURN 1 by the bare driver',
      summarizeTimes(polls.slice(100)),
      summarizeTimes(bare.slice(100)),
    );
  });
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function measureNow(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
