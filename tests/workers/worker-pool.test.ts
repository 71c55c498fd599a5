import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RadiusInput } from '../../server/exposure/blast-radius.ts';
import { findBlastRadius } from '../../server/exposure/confidentiality.ts';
import { buildProjection } from '../../server/projection/build-projection.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { openProjection, shareProjection } from '../../server/projection/share-projection.ts';
import { WorkerPool } from '../../server/workers/worker-pool.ts';
import { worlds } from '../support/arbitraries.ts';
import { toRecordedFacts, world } from '../support/world.ts';

const pool = new WorkerPool(2);
afterAll(() => pool.close());
const timeoutMs = 30_000;

function inputOf(origin: number): RadiusInput {
  const window = { from: 0, to: 1_000_000 };
  return { origins: [origin], core: window, widest: window, scopes: [], maxHops: 3, transferLikelihood: 0.5, minDegree: 0.05 };
}

const small = (name: string): Projection =>
  buildProjection(toRecordedFacts(world().lab('lab').vendor(name).artifact('x', 'lab').transfer('t', 'x', 'lab', name).build()), 1);

describe('worker threads', () => {
  it('[P29] a thread reads the projection where it lies, and answers what this thread would', async () => {
    const projections = fc.sample(worlds, { numRuns: 12, seed: 7 }).map((built) => buildProjection(toRecordedFacts(built), 1));
    for (const projection of projections) {
      expect(openProjection(structuredClone(shareProjection(projection)))).toEqual(projection);
      const origins = [...Array(projection.organizations.count).keys()];
      const answers = await Promise.all(origins.map((origin) => pool.run(projection, 'summary', inputOf(origin), { timeoutMs })));
      expect(answers).toEqual(origins.map((origin) => findBlastRadius(projection, inputOf(origin)).summary));
    }
  });

  it('[P29] what is asked of two projections at once is answered from the right one', async () => {
    const both = [small('vendor'), small('a-vendor')];
    const asked = Array.from({ length: 20 }, (_, i) => both[i % 2] as Projection);
    const answers = await Promise.all(asked.map((of) => pool.run(of, 'summary', inputOf(of.organizations.id.find('lab')), { timeoutMs })));
    expect(answers.map((summary) => summary.exposedCount)).toEqual(asked.map(() => 1));
  });

  it('[P30] over its time, or asked by nobody any more, a question ends, and the next is answered', async () => {
    const one = new WorkerPool(1);
    const projection = small('vendor');
    await expect(one.run(projection, 'summary', inputOf(0), { timeoutMs: 1 })).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    const leaving = new AbortController();
    const abandoned = one.run(projection, 'summary', inputOf(0), { timeoutMs, signal: leaving.signal });
    const waiting = one.run(projection, 'summary', inputOf(1), { timeoutMs });
    leaving.abort(new Error('gone'));
    await expect(abandoned).rejects.toThrow('gone');
    expect(await waiting).toEqual(findBlastRadius(projection, inputOf(1)).summary);
    await one.close();
  });
});
