import { AccessLevels } from '../../server/exposure/controls/access-levels.ts';
import { FindingList } from '../../server/exposure/findings/findings.ts';
import type { Projection } from '../../server/projection/projection.ts';
import type { FactListName, JobParameters } from '../../server/questions/run/jobs.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import { defaultPolicy } from '../../server/rules/required-controls.ts';
import { finish } from '../support/finish.ts';
import { milliseconds, type Report } from './report.ts';

const instant = Date.UTC(2026, 9, 1);

/** Lists that look at all facts, each in a thread that holds the projection. Then the first page of the most frequent finding, beside all its pages. */
export async function benchFactLists(projection: Projection, report: Report): Promise<void> {
  const pool = new WorkerPool(1);
  const run = async <L extends FactListName>(list: L, parameters: JobParameters<L>) => {
    const start = performance.now();
    const result = await pool.run(projection, list, parameters, new TimeLimit(600_000));
    return { took: milliseconds(performance.now() - start), result };
  };
  const policy = defaultPolicy;
  // The first job starts the thread.
  await run('sharedHolders', { instant });
  const found = await run('findings', { policy, instant });
  const gaps = await run('controlGaps', { policy, instant, withoutIssuers: new Set() });
  const concentration = await run('concentration', { instant });
  const holders = await run('sharedHolders', { instant });
  const safeguards = await run('safeguards', { instant });
  await pool.close();

  const list = FindingList.from({ projection, policy, instant, levels: new AccessLevels(projection, instant) }, found.result);
  report.line(
    `in a thread: findings ${found.took} (${list.length}), control gaps ${gaps.took} (${gaps.result.length}), ` +
      `concentration ${concentration.took}, shared holders ${holders.took} (${holders.result.length}), safeguards ${safeguards.took}`,
  );
  let start = performance.now();
  finish(list.prepare());
  const prepared = performance.now() - start;
  const [kind, count] = [...list.counts].reduce((most, next) => (next[1] > most[1] ? next : most));
  const ofKind = list.ofKinds([kind]);
  start = performance.now();
  ofKind.slice(0, 50);
  const first = performance.now() - start;
  start = performance.now();
  ofKind.slice(0, count);
  const all = performance.now() - start;
  report.line(
    `the first page of ${count} findings of one kind: ${milliseconds(first)}, after ${milliseconds(prepared)} for the ranks of names; all of them in order: ${milliseconds(all)}`,
  );
}
