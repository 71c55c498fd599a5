import { readdirSync, readFileSync } from 'node:fs';
import { buildProjection } from '../server/projection/build/build-projection.ts';
import { TimeLimit } from '../server/questions/run/time-limit.ts';
import { WorkerPool } from '../server/questions/run/worker-pool.ts';
import { afterAll, describe, expect, it } from './support/test.ts';

const window = { from: 0, to: 1_000_000 };
const settings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0.5, minDegree: 0 };
const pool = new WorkerPool(1);
afterAll(() => pool.close());

/** The nice value of each thread of this process, by its id in Linux. */
function nicesOfThreads(): Map<string, number> {
  const folder = '/proc/self/task';
  return new Map(
    readdirSync(folder).map((id) => [id, Number(readFileSync(`${folder}/${id}/stat`, 'utf8').split(') ')[1]?.split(' ')[16])]),
  );
}

describe('threads', () => {
  it('[S241] a worker thread gives way to the event loop, whose priority stays', async () => {
    const before = nicesOfThreads();
    await pool.run(buildProjection([], 1), 'ranking', settings, new TimeLimit(30_000));
    const after = nicesOfThreads();
    expect([...after].filter(([id, nice]) => !before.has(id) && nice === 10)).toHaveLength(1);
    for (const [id, nice] of before) expect(after.get(id) ?? nice).toBe(nice);
  });
});
