/**
 * `npm run bench [-- --small] [--transfers N]`: every performance figure, as a ratio within this one run.
 * What is over Neo4j needs Java, takes most of the time, and is left out by --small.
 */
import { parseArgs } from 'node:util';
import { findMissingForNeo4j } from '../support/neo4j-jars.ts';
import { benchEngine } from './engine.bench.ts';
import type { WorldSize } from './large-world.ts';
import { benchNeo4j } from './neo4j.bench.ts';
import { Report } from './report.ts';
import { benchScenarios } from './scenario.bench.ts';
import { benchWhole } from './whole.bench.ts';

const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, transfers: { type: 'string' } } });
const transfers = Number(values.transfers ?? (values.small ? 20_000 : 1_000_000));

function sizeOf(transfers: number): WorldSize {
  return {
    organizations: Math.max(200, Math.floor(transfers / 200)),
    artifacts: Math.max(500, Math.floor(transfers / 50)),
    transfers,
  };
}

const size = sizeOf(transfers);
const report = new Report();
report.machine();
report.line(`${size.organizations} organizations, ${size.artifacts} artifacts, ${size.transfers} transfers`);
await benchEngine(size, report);
await benchScenarios(size, report);
await benchWhole(size, report);

const missing = findMissingForNeo4j();
if (values.small) report.line('Not run: Neo4j, which --small leaves out.');
else if (missing !== undefined) report.line(`Not run: Neo4j. It needs ${missing}.`);
else {
  await benchNeo4j(sizeOf(transfers / 10), 3, report);
  await benchNeo4j(size, 1, report);
}
