import { ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import { factLists } from '../../../server/questions/run/jobs.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { defaultPolicy } from '../../../server/rules/required-controls.ts';
import { generateWorld } from '../../bench/large-world.ts';
import { afterAll, expect, it } from '../../support/test.ts';

const pool = new WorkerPool(1);
afterAll(() => pool.close());

it('[P248] findings, control gaps, concentration, shared holders and safeguards are the same from a thread as on the event loop', async () => {
  const builder = new ProjectionBuilder();
  for (const fact of generateWorld({ organizations: 200, artifacts: 300, transfers: 3000 })) builder.add(fact.kind, [fact]);
  const projection = builder.build(1);
  const [instant, policy] = [Date.UTC(2026, 8, 24), defaultPolicy];
  const limit = new TimeLimit(60_000);
  const findings = { instant, policy, kinds: null, isSorted: true };
  const found = factLists.findings(projection, findings);
  expect(found.some(({ indexes }) => indexes.length > 0)).toBe(true);
  expect(await pool.run(projection, 'findings', findings, limit)).toEqual(found);
  const gaps = { instant, policy, withoutIssuers: new Set([1]) };
  const lacking = factLists.controlGaps(projection, gaps);
  expect(lacking.length).toBeGreaterThan(100);
  expect(await pool.run(projection, 'controlGaps', gaps, limit)).toEqual(lacking);
  const shares = factLists.concentration(projection, { instant });
  expect(shares.map(({ holders }) => holders.length)).toEqual([20, 20]);
  expect(shares.every(({ holderCount }) => holderCount > 20)).toBe(true);
  expect(await pool.run(projection, 'concentration', { instant }, limit)).toEqual(shares);
  expect(await pool.run(projection, 'sharedHolders', { instant }, limit)).toEqual(factLists.sharedHolders(projection, { instant }));
  expect(await pool.run(projection, 'safeguards', { instant }, limit)).toEqual(factLists.safeguards(projection, { instant }));
});
