/**
 * `npm run bench [-- --small] [--transfers N]`: every performance figure, as a ratio within this one run.
 */
import { parseArgs } from 'node:util';
import { benchEngine } from './engine.bench.ts';
import { Report } from './report.ts';
import { benchWhole } from './whole.bench.ts';

const { values } = parseArgs({ options: { small: { type: 'boolean', default: false }, transfers: { type: 'string' } } });
const transfers = Number(values.transfers ?? (values.small ? 20_000 : 1_000_000));
const size = {
  organizations: Math.max(200, Math.floor(transfers / 200)),
  artifacts: Math.max(500, Math.floor(transfers / 50)),
  transfers,
};

const report = new Report();
report.machine();
report.line(`${size.organizations} organizations, ${size.artifacts} artifacts, ${size.transfers} transfers`);
benchEngine(size, report);
await benchWhole(size, report);
