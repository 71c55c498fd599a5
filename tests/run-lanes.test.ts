import { setTimeout as sleep } from 'node:timers/promises';
import { runInLanes } from './support/jest/lanes.ts';
import { describe, expect, it } from './support/test.ts';

/** Runs ten tasks in two lanes on processors of which a share is idle. @returns the tasks in their order, and the most at once */
async function runTen(idleShare: number) {
  const begun: number[] = [];
  let [current, most, reads] = [0, 0, 0];
  const tasks = Array.from({ length: 10 }, (_, i) => async () => {
    begun.push(i);
    most = Math.max(most, ++current);
    await sleep(50);
    current--;
  });
  await runInLanes(tasks, 2, { lookEveryMs: 5, read: () => ({ idle: idleShare * ++reads, total: 1000 * reads }) });
  return { begun, most };
}

describe('the lanes of npm test', () => {
  it('[T525] take suites in their order; a further lane takes one while a fifth of the processor time is idle', async () => {
    const order = Array.from({ length: 10 }, (_, i) => i);
    expect(await runTen(100)).toEqual({ begun: order, most: 2 });
    expect(await runTen(300)).toEqual({ begun: order, most: 3 });
  });

  it('[T525] end with the last suite, and fail with the first that fails', async () => {
    await runInLanes([], 2);
    await expect(runInLanes([() => Promise.reject(new Error('late'))], 2, { lookEveryMs: 5 })).rejects.toThrow('late');
  });
});
