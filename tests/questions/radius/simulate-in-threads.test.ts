import { findBlastRadius } from '../../../server/exposure/radius/confidentiality.ts';
import { simulate } from '../../../server/exposure/simulation/simulation.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import { simulateInThreads } from '../../../server/questions/radius/ask-radius-parts.ts';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { toInput } from '../../support/answers/engine-answers.ts';
import { simulateHere } from '../../support/answers/simulation-answers.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const window = { from: 0, to: 10 };
/** One vendor with access to twenty others, each with a copy of an artifact of one of two labs. */
function buildRadius() {
  const facts = world().lab('lab-a', 'lab-b').vendor('v');
  for (let i = 0; i < 20; i++) {
    facts.vendor(`v${i}`).access(`a${i}`, 'v', `v${i}`, { likelihood: 0.3 });
    facts.artifact(`x${i}`, i % 2 === 0 ? 'lab-a' : 'lab-b', { valueLowUsd: 10, valueHighUsd: 100 });
    facts.transfer(`t${i}`, `x${i}`, i % 2 === 0 ? 'lab-a' : 'lab-b', `v${i}`, { sentAt: 1, confidence: 0.3 });
  }
  const projection = buildProjection(toRecordedFacts(facts.build()), 1);
  const options = { scopes: [], maxHops: 3, transferLikelihood: 0, minDegree: 0.05 };
  return findBlastRadius(projection, toInput(projection, { origins: ['v'], core: window, widest: window, ...options }));
}

const pools = [new Scheduler(new WorkerPool(1)), new Scheduler(new WorkerPool(2))];
afterAll(() => Promise.all(pools.map((pool) => pool.close())));
const limit = (signal?: AbortSignal) => new TimeLimit(30_000, signal);

describe('[P100] simulations run on worker threads', () => {
  it('with the same figures as this thread, for any number of workers, even concurrently', async () => {
    const radius = buildRadius();
    const here = await simulateHere(radius, 50_000, 5);
    for (const pool of pools) {
      const both = [5, 6].map((seed) =>
        simulate(radius, 50_000, seed, (plan, drawn, table) => simulateInThreads(pool, plan, drawn, table, limit())),
      );
      const [same, other] = await Promise.all(both);
      expect(same).toEqual(here);
      expect(other?.meanUsd).not.toBe(here.meanUsd);
    }
  });

  it('until no client waits for the answer, then take the next', async () => {
    const radius = buildRadius();
    const [, pool] = pools as [Scheduler, Scheduler];
    const leaving = new AbortController();
    const left = simulate(radius, 100_000, 1, (plan, seed, table) => simulateInThreads(pool, plan, seed, table, limit(leaving.signal)));
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const next = await simulate(radius, 50_000, 5, (plan, seed, table) => simulateInThreads(pool, plan, seed, table, limit()));
    expect(next).toEqual(await simulateHere(radius, 50_000, 5));
  });
});
