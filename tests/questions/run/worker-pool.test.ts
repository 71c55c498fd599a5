import fc from 'fast-check';
import type { OriginSettings } from '../../../server/exposure/rankings/origin-figures.ts';
import { rankOrigins } from '../../../server/exposure/rankings/ranking.ts';
import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { openProjection, shareProjection } from '../../../server/projection/share-projection.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import { projectionInPlain } from '../../support/answers/projection-in-plain.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { worlds } from '../../support/worlds/arbitraries.ts';
import { toRecordedFacts, world } from '../../support/worlds/world.ts';

const pool = new WorkerPool(2);
afterAll(() => pool.close());
const limit = (signal?: AbortSignal, ms = 30_000) => new TimeLimit(ms, signal);

const window = { from: 0, to: 1_000_000 };
const settings: OriginSettings = { core: window, widest: window, maxHops: 3, transferLikelihood: 0.5, minDegree: 0.05 };
const rank = (projection: Projection) => rankOrigins(projection, settings);

const small = (name: string): Projection =>
  buildProjection(toRecordedFacts(world().lab('lab').vendor(name).artifact('x', 'lab').transfer('t', 'x', 'lab', name).build()), 1);

describe('worker threads', () => {
  it('[P46] a thread reads the shared projection in place, and gives the same answer as this thread', async () => {
    const projections = fc.sample(worlds, { numRuns: 12, seed: 7 }).map((built) => buildProjection(toRecordedFacts(built), 1));
    for (const projection of projections) {
      expect(projectionInPlain(openProjection(structuredClone(shareProjection(projection))))).toEqual(projectionInPlain(projection));
      expect(await pool.run(projection, 'ranking', settings, limit())).toEqual(rank(projection));
    }
  });

  it('[P46] concurrent questions of two projections are each answered from the right one', async () => {
    const both = [small('vendor'), small('a-vendor')];
    const asked = Array.from({ length: 20 }, (_, i) => both[i % 2] as Projection);
    expect(await Promise.all(asked.map((of) => pool.run(of, 'ranking', settings, limit())))).toEqual(asked.map(rank));
  });

  it('[P268] waiting questions take turns, each with its own jobs in order', async () => {
    const one = new WorkerPool(1);
    const [many, few, last] = [limit(), limit(), limit()];
    const done: string[] = [];
    const ask = async (name: string, owner: TimeLimit) => {
      await one.run(small('vendor'), 'ranking', settings, owner);
      done.push(name);
    };
    await Promise.all([
      ...['many 1', 'many 2', 'many 3', 'many 4'].map((name) => ask(name, many)),
      ...['few 1', 'few 2'].map((name) => ask(name, few)),
      ask('last', last),
    ]);
    expect(done).toEqual(['many 1', 'few 1', 'last', 'many 2', 'few 2', 'many 3', 'many 4']);
    await one.close();
  });

  it('[P275] newcomers do not pass a question that waits with its second job', async () => {
    const one = new WorkerPool(1);
    const many = limit();
    const done: string[] = [];
    const ask = async (name: string, owner: TimeLimit) => {
      await one.run(small('vendor'), 'ranking', settings, owner);
      done.push(name);
    };
    const both = Promise.all([ask('many 1', many), ask('many 2', many)]);
    let count = 0;
    // Two people who ask again as soon as they are answered: there always is a newcomer.
    const person = async () => {
      while (count < 20 && !done.includes('many 2')) await ask(`new ${++count}`, limit());
    };
    await Promise.all([person(), person(), both]);
    expect(done.slice(0, 3)).toEqual(['many 1', 'new 1', 'new 2']);
    expect(done.indexOf('many 2')).toBeLessThan(5);
    await one.close();
  });

  it('[P47] a question ends on timeout or when its clients leave, and the next is answered', async () => {
    const one = new WorkerPool(1);
    const projection = small('vendor');
    await expect(one.run(projection, 'ranking', settings, limit(undefined, 1))).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    const leaving = new AbortController();
    const abandoned = one.run(projection, 'ranking', settings, limit(leaving.signal));
    const waiting = one.run(projection, 'ranking', settings, limit());
    leaving.abort(new Error('gone'));
    await expect(abandoned).rejects.toThrow('gone');
    expect(await waiting).toEqual(rank(projection));
    await one.close();
  });
});
