import fc from 'fast-check';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection, ProjectionBuilder } from '../../../server/projection/build/build-projection.ts';
import { rankInThreads } from '../../../server/questions/rankings/ask-ranking.ts';
import type { JobName } from '../../../server/questions/run/jobs.ts';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkProgress } from '../../../server/questions/run/work-progress.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { generateWorld } from '../../bench/large-world.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { toRecordedFacts } from '../../support/worlds/world.ts';

/** A pool that notes its jobs. */
class NotedPool extends WorkerPool {
  readonly jobs: JobName[] = [];
  override run: WorkerPool['run'] = (...parts) => {
    this.jobs.push(parts[1]);
    return super.run(...parts);
  };
}

const pools = [1, 2, 3].map((size) => new NotedPool(size));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));
const limit = (signal?: AbortSignal) => new TimeLimit(60_000, signal);

const window = { from: 0, to: Date.UTC(2026, 9, 1) };
const settings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0.5, minDegree: 0.05 };

function buildLarge() {
  const builder = new ProjectionBuilder();
  for (const fact of generateWorld({ organizations: 90, artifacts: 120, transfers: 1500, accessPerOrganization: 2, revealsPerArtifact: 1 }))
    builder.add(fact.kind, [fact]);
  return builder.build(1);
}

describe('a ranking in threads', () => {
  it('[P249] has the figures of one thread, however many divide it, and the progress of all', async () => {
    const generated = fc.sample(worlds, { numRuns: 3, seed: 11 }).map((built) => buildProjection(toRecordedFacts(built), 1));
    for (const projection of [...generated, buildLarge()]) {
      const expected = rankOrigins(projection, settings);
      for (const pool of pools) {
        const progress = new WorkProgress();
        expect(await rankInThreads(new Scheduler(pool), projection, settings, limit(), progress, 0)).toEqual(expected);
        const count = projection.organizations.count;
        expect([progress.done, progress.total]).toEqual([count, count === 0 ? null : count]);
      }
    }
    // Of three threads, one stays free for other questions.
    expect(pools.map(({ jobs }) => jobs.length / (generated.length + 1))).toEqual([1, 2, 2]);
  });

  it('[P249] stays in one thread if it is short', async () => {
    const pool = pools[1] as NotedPool;
    pool.jobs.length = 0;
    await rankInThreads(new Scheduler(pool), buildLarge(), settings, limit(), new WorkProgress());
    expect(pool.jobs).toEqual(['ranking']);
  });

  it('[P249] shows no step back where a part begins again', () => {
    const progress = new WorkProgress();
    const [first, second] = progress.split([10, 8]) as [WorkProgress, WorkProgress];
    first.report(4, 10);
    second.report(5, 8);
    second.report(1, 8);
    expect([progress.done, progress.total]).toEqual([9, 18]);
    second.report(8, 8);
    expect([progress.done, progress.total]).toEqual([12, 18]);
  });

  it('[P250] gives up its second thread to a question, and is complete afterward', async () => {
    const pool = pools[1] as NotedPool;
    pool.jobs.length = 0;
    const projection = buildLarge();
    const ranking = rankInThreads(new Scheduler(pool), projection, settings, limit(), new WorkProgress(), 0);
    const other = pool.run(projection, 'exposures', settings, limit());
    expect(await ranking).toEqual(rankOrigins(projection, settings));
    expect((await other).length).toBe(projection.artifacts.count);
    expect(pool.jobs).toEqual(['ranking', 'ranking', 'exposures', 'ranking']);
  });

  it('[P250] ends in all its threads when its client leaves', async () => {
    const pool = pools[1] as NotedPool;
    const leaving = new AbortController();
    const left = rankInThreads(new Scheduler(pool), buildLarge(), settings, limit(leaving.signal), new WorkProgress(), 0);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    expect(pool.idleCount).toBe(2);
  });
});
