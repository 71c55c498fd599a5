import { setImmediate as nextTurn } from 'node:timers/promises';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';

/** One step takes one millisecond of this clock. */
class StepClock {
  steps = 0;
  readonly now = () => this.steps;
  readonly scheduler = new Scheduler(undefined, this.now);
  limit(allowedMs = Infinity, signal?: AbortSignal) {
    return new TimeLimit(allowedMs, signal, this.now);
  }
  *work(name: string, count: number, log: string[] = []): Generator<void, string> {
    for (let i = 0; i < count; i++) {
      this.steps++;
      log.push(name);
      yield;
    }
    return name;
  }
}

const opened: StepClock[] = [];
function open(): StepClock {
  const clock = new StepClock();
  opened.push(clock);
  return clock;
}
afterAll(() => Promise.all(opened.map(({ scheduler }) => scheduler.close())));

/** The most steps between two turns of the event loop until `work` settles. */
async function longestHold(clock: StepClock, work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let longest = 0;
  const done = work
    .catch(() => undefined)
    .finally(() => {
      isDone = true;
    });
  while (!isDone) {
    const before = clock.steps;
    await nextTurn();
    longest = Math.max(longest, clock.steps - before);
  }
  await done;
  return longest;
}

describe('[P103] the scheduler', () => {
  it('holds the event loop for one slice at a time, however much work there is', async () => {
    const clock = open();
    const limit = clock.limit();
    const all = Promise.all(Array.from({ length: 50 }, (_, i) => clock.scheduler.run(limit, clock.work(`${i}`, 40))));
    expect(await longestHold(clock, all)).toBeLessThanOrEqual(22);
    expect(await all).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
    expect(clock.steps).toBe(2000);
  });

  it('serves questions in rotation, and the work of one question in its order', async () => {
    const clock = open();
    const [many, one] = [clock.limit(), clock.limit()];
    const log: string[] = [];
    const works = Array.from({ length: 10 }, (_, i) => clock.scheduler.run(many, clock.work(`${i}`, 20, log)));
    await clock.scheduler.run(one, clock.work('one', 20, log));
    // It takes two slices, each after a slice of the other question, which started first.
    expect(log.filter((name) => name !== 'one').length).toBeLessThanOrEqual(40);
    await Promise.all(works);
    const others = log.filter((name) => name !== 'one').map(Number);
    expect(others).toEqual([...others].sort((a, b) => a - b));
  });

  it('[P233] serves the many short parts of a question in a few slices, however long another works', async () => {
    const clock = open();
    const [long, short] = [clock.limit(), clock.limit()];
    const log: string[] = [];
    const work = clock.scheduler.run(long, clock.work('long', 400, log));
    await Promise.all(Array.from({ length: 100 }, () => clock.scheduler.turn(short, () => undefined)));
    expect(log.length).toBeLessThanOrEqual(30);
    await work;
    expect(log).toHaveLength(400);
  });

  it('runs short work at once, or in its turn if the slice is used up', async () => {
    const clock = open();
    const limit = clock.limit();
    expect(clock.scheduler.turn(limit, () => 'at once')).toBe('at once');
    clock.steps += 100;
    const later = clock.scheduler.turn(limit, () => 'later');
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toBe('later');
  });

  it('ends work that is over its time limit, and starts none of its remaining steps', async () => {
    const clock = open();
    const limit = clock.limit(100);
    const works = Array.from({ length: 50 }, (_, i) => clock.scheduler.run(limit, clock.work(`${i}`, 40)));
    const settled = await Promise.allSettled(works);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const result of settled.slice(2)) expect(result).toMatchObject({ reason: { code: 'QUERY_TIMEOUT' } });
    expect(clock.steps).toBeLessThanOrEqual(112);
  });

  it('runs no step for a client that has left', async () => {
    const clock = open();
    const leaving = new AbortController();
    const limit = clock.limit(Infinity, leaving.signal);
    const works = Array.from({ length: 50 }, () => clock.scheduler.run(limit, clock.work('', 40)));
    await nextTurn();
    leaving.abort(new Error('left'));
    const before = clock.steps;
    for (const result of await Promise.allSettled(works)) expect(result).toMatchObject({ status: 'rejected', reason: { message: 'left' } });
    expect(clock.steps).toBe(before);
  });

  it('rejects with the error that the work throws', async () => {
    const clock = open();
    const failing = (function* () {
      yield;
      throw new Error('broken');
    })();
    await expect(clock.scheduler.run(clock.limit(), failing)).rejects.toThrow('broken');
  });

  it('counts what follows from a turn as a part of the slice', async () => {
    const clock = open();
    clock.scheduler.turn(clock.limit(), () => undefined);
    clock.steps += 100;
    // Each turn does nothing itself; the work comes after it, as graphql-js completes what a resolver returned.
    const works = Array.from({ length: 50 }, async () => {
      await clock.scheduler.turn(clock.limit(), () => undefined);
      clock.steps += 5;
    });
    expect(await longestHold(clock, Promise.all(works))).toBeLessThanOrEqual(30);
  });
});
