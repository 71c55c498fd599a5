/**
 * `npm run bench [-- --small] [--large] [--page] [--jobs] [--neo4j] [--neo4j-local [--store FOLDER]] [--neo4j-writers [--store FOLDER]] [--software] [--assistants] [--watches] [--batch] [--load [--seconds N]] [--transfers N]`: every performance figure, as a ratio within this run, at a
 * hundredth, a tenth and all of N transfers. The parts over Neo4j need Java and take most of the time, those of the page need Chromium. --small leaves both out.
 * --large measures the program over ten times N transfers alone, imported in parts. --page measures the page alone, in about a minute, --jobs what twelve jobs on it
 * take, and --neo4j the parts over Neo4j alone. --software measures software lists and advisories alone, --assistants the tools of assistants, --watches a hundred watches over N transfers, and --batch
 * rankings by packs, `batch run` and Spark at a tenth and all of N transfers; with --large, `batch pack`, `batch run` and Spark over ten times N transfers, whose store is
 * kept in the folder of --store, and `batch run` over a pack of thirty times N that no store holds. --neo4j-local measures a server with EXPOSURE_PROJECTION=local over 10,000,000 transfers in a Neo4j (or N with --transfers, 20,000 with --small).
 * --neo4j-writers measures imports of 100,000 rows beside four such servers. With --store, both use the Neo4j that an earlier run made in this folder, or makes one there and keeps it. --load measures 50 people at once, for N seconds each (default 120) over a world that keeps its size and over one that grows. With --transfers, it
 * measures them over that many, with rankings and imports of 100,000 rows. DuckDB, the rival of radii and rankings, is installed when it is first needed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../support/browser/chromium.ts';
import { findMissingForNeo4j } from '../support/neo4j/neo4j-jars.ts';
import { benchAssistants } from './assistants.bench.ts';
import { benchBatch, benchGeneratedBatch, benchLargeBatch } from './batch.bench.ts';
import { benchEngine, build } from './engine.bench.ts';
import { benchFactLists } from './fact-lists.bench.ts';
import { Growth } from './growth.ts';
import { installRival } from './install-rival.ts';
import { generateWorld, sizeOf, type WorldSize } from './large-world.ts';
import { benchLists } from './lists.bench.ts';
import { benchLoad } from './load.bench.ts';
import { benchNeo4j } from './neo4j.bench.ts';
import { benchLocalServer } from './neo4j-store/local-server.bench.ts';
import { benchManyWriters } from './neo4j-store/many-writers.bench.ts';
import { buildProgram } from './own-server.ts';
import { benchJobs } from './page/jobs.bench.ts';
import { benchPage } from './page/page.bench.ts';
import { benchQuestions } from './questions.bench.ts';
import { Report } from './report.ts';
import { benchRows } from './rows.bench.ts';
import { benchScenarios } from './scenario.bench.ts';
import { benchSoftware } from './software.bench.ts';
import { benchWatches } from './watches.bench.ts';
import { benchWebhooks } from './webhooks.bench.ts';
import { benchInParts, benchWhole } from './whole.bench.ts';

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    page: { type: 'boolean', default: false },
    jobs: { type: 'boolean', default: false },
    neo4j: { type: 'boolean', default: false },
    'neo4j-local': { type: 'boolean', default: false },
    'neo4j-writers': { type: 'boolean', default: false },
    store: { type: 'string' },
    load: { type: 'boolean', default: false },
    software: { type: 'boolean', default: false },
    assistants: { type: 'boolean', default: false },
    batch: { type: 'boolean', default: false },
    watches: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '120' },
    transfers: { type: 'string' },
  },
});
const transfers = Number(values.transfers ?? (values.small ? 20_000 : 1_000_000));

const softwareSize = values.small
  ? { lists: 100, componentsEach: 200, advisories: 200 }
  : { lists: 1000, componentsEach: 1000, advisories: 1000 };

const assistantSize = sizeOf(values.small ? 20_000 : 100_000);

const report = new Report();
const growth = new Growth();
report.machine();
buildProgram();
if (values.page) {
  await benchPage({ world: sizeOf(100_000), fcoseRounds: 1, drags: 60 }, report);
  process.exit(0);
}
if (values.jobs) {
  await benchJobs(report);
  process.exit(0);
}
if (values.software) {
  benchSoftware(softwareSize, report);
  process.exit(0);
}
if (values.assistants) {
  await benchAssistants(assistantSize, report);
  process.exit(0);
}
if (values.batch && values.large) {
  const size = sizeOf(transfers * 10);
  await benchLargeBatch(size, values.store === undefined ? undefined : resolve(values.store), report);
  await benchGeneratedBatch(sizeOf(transfers * 30), report);
  process.exit(0);
}
if (values.batch) {
  await benchBatch([transfers / 10, transfers].map(sizeOf), report, growth);
  report.line('\nTime and memory as transfers grow tenfold:');
  growth.print(report);
  process.exit(0);
}
if (values.watches) {
  await benchWatches(sizeOf(transfers), report);
  await benchWebhooks(report);
  process.exit(0);
}
if (values.neo4j) {
  await benchOverNeo4j();
  process.exit(0);
}
if (values['neo4j-local']) {
  await benchLocalOverNeo4j(benchLocalServer);
  process.exit(0);
}
if (values['neo4j-writers']) {
  await benchLocalOverNeo4j(benchManyWriters);
  process.exit(0);
}
if (values.large) {
  const size = sizeOf(transfers * 10);
  growth.begin(size.transfers);
  await benchInParts(size, size.transfers / 5, report, growth);
  process.exit(0);
}
if (values.load && values.transfers !== undefined) {
  const world = { ...sizeOf(transfers), accessPerOrganization: 3, isSkewed: true };
  await benchLoad({ world, clients: 50, seconds: Number(values.seconds), importRows: 100_000, hasRankings: true }, report);
  process.exit(0);
}
if (values.load) {
  await benchManyPeople();
  await benchManyPeople(true);
  process.exit(0);
}
const rival = installRival(report) ? { ...(await import('./duckdb.bench.ts')), ...(await import('./ask-duckdb.ts')) } : undefined;
for (const size of (values.small ? [transfers / 10, transfers] : [transfers / 100, transfers / 10, transfers]).map(sizeOf)) {
  report.line(`\n${size.organizations} organizations, ${size.artifacts} artifacts, ${size.transfers} transfers`);
  growth.begin(size.transfers);
  await benchInMemory(size);
  await benchWhole(size, report, growth, rival?.askDuckdb);
}
await benchDense({ ...sizeOf(transfers), accessPerOrganization: 3, revealsPerArtifact: 1 });
report.line('');
await benchRows(report);
report.line('');
await benchLists({ rows: values.small ? 20_000 : 200_000, names: values.small ? 2_000 : 20_000 }, report);
report.line('');
benchSoftware(softwareSize, report);
report.line('');
await benchAssistants(assistantSize, report);
report.line('');
await benchWatches(sizeOf(transfers), report);
await benchWebhooks(report);
report.line('\nTime and memory as transfers grow tenfold:');
growth.print(report);
report.line('');
if (values.small) report.line('Not run: the load of 50 people, which --small leaves out.');
else await benchManyPeople();

if (values.small) report.line('Not run: the page in Chromium, which --small leaves out.');
else if (findChromium() === undefined) report.line('Not run: the page. It needs Chromium on the PATH.');
else await benchPage({ world: sizeOf(100_000), fcoseRounds: 3, drags: 60 }, report);

if (values.small) report.line('Not run: Neo4j, which --small leaves out.');
else await benchOverNeo4j();

async function benchOverNeo4j(): Promise<void> {
  const missing = findMissingForNeo4j();
  if (missing !== undefined) return report.line(`Not run: Neo4j. It needs ${missing}.`);
  await benchNeo4j(sizeOf(transfers / 10), 3, report);
  await benchNeo4j(sizeOf(transfers), 1, report);
}

/** @param bench of servers with EXPOSURE_PROJECTION=local */
async function benchLocalOverNeo4j(bench: typeof benchLocalServer): Promise<void> {
  const missing = findMissingForNeo4j();
  if (missing !== undefined) return report.line(`Not run: Neo4j. It needs ${missing}.`);
  const size = sizeOf(Number(values.transfers ?? (values.small ? 20_000 : 10_000_000)));
  await bench(size, values.store && resolve(values.store), report);
}

/** @param isGrowing every import adds 20,000 transfers to the 100,000, so that a run ends with ten times the world it began with */
async function benchManyPeople(isGrowing = false): Promise<void> {
  const world = { ...sizeOf(100_000), accessPerOrganization: 3, isSkewed: true };
  await benchLoad({ world, clients: 50, seconds: Number(values.seconds), importRows: 20_000, isGrowing }, report);
}

/** A function of its own, so that its facts are freed before the next measurement. */
async function benchInMemory(size: WorldSize): Promise<void> {
  const facts = [...generateWorld(size)];
  const projection = benchEngine(facts, size, report, growth);
  await rival?.benchDuckdb(projection, size, report);
  await benchQuestions(projection, facts, report, growth);
  await benchFactLists(projection, report);
  await benchScenarios(projection, facts, size, report, growth);
}

/** Organizations reach many others here, and artifacts reveal many others: radii are large. */
async function benchDense(size: WorldSize): Promise<void> {
  report.line(
    `\nA dense world: the same counts, ${size.accessPerOrganization} access facts an organization, ${size.revealsPerArtifact} reveals an artifact`,
  );
  const projection = build([...generateWorld(size)]);
  await rival?.benchDuckdb(projection, size, report);
  await benchFactLists(projection, report);
}
