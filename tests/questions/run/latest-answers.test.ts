import { buildProjection } from '../../../server/projection/build/build-projection.ts';
import type { Projection } from '../../../server/projection/projection.ts';
import { LatestAnswers, leaseMs } from '../../../server/questions/run/latest-answers.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { StillWorking, type WorkProgress } from '../../../server/questions/run/work-progress.ts';
import { describe, expect, it } from '../../support/test.ts';

/** Work that goes on until it is told the answer, or until its limit is over. */
function slowWork() {
  const state = { runs: 0, end: (_answer: string) => {}, limit: undefined as TimeLimit | undefined };
  const make = (limit: TimeLimit, progress: WorkProgress) => {
    state.runs++;
    state.limit = limit;
    progress.report(state.runs, 10);
    return new Promise<string>((resolve, reject) => {
      state.end = resolve;
      limit.signal.addEventListener('abort', () => reject(limit.signal.reason));
    });
  };
  return { state, make };
}

const projection: Projection = buildProjection([], 1);

describe('an answer in the background', () => {
  it('[G252] says how far its work is, and asked again, continues that work', async () => {
    const answers = new LatestAnswers();
    const { state, make } = slowWork();
    const ask = () => answers.getSoon(projection, ['slow'], new TimeLimit(10_000), 5, make);
    const early = await ask().catch((error: unknown) => error);
    expect(early).toBeInstanceOf(StillWorking);
    expect(early).toMatchObject({ progress: { done: 1, total: 10 } });
    const again = ask();
    state.end('done');
    expect([await again, await ask(), state.runs]).toEqual(['done', 'done', 1]);
  });

  it('[G253] ends its work if nobody asks for it, but not because one client leaves', async () => {
    const clock = { ms: 1000 };
    const now = () => clock.ms;
    const answers = new LatestAnswers();
    const { state, make } = slowWork();
    const leaving = new AbortController();
    const ask = (signal?: AbortSignal) => answers.getSoon(projection, ['slow'], new TimeLimit(10_000, signal, now), 5, make);
    await expect(ask(leaving.signal)).rejects.toBeInstanceOf(StillWorking);
    leaving.abort();
    state.limit?.check();
    clock.ms += leaseMs - 1;
    await expect(ask()).rejects.toBeInstanceOf(StillWorking);
    clock.ms += leaseMs - 1;
    state.limit?.check();
    clock.ms += 2;
    expect(() => state.limit?.check()).toThrow('took longer');
    state.end('too late');
  });
});

describe('the kept answers', () => {
  it('[P284] are of the projections used last, at most as many as the cache allows', async () => {
    const answers = new LatestAnswers(16, 2);
    const projections = [1, 2, 3].map((revision) => buildProjection([], revision));
    const made: string[] = [];
    const ask = (at: number, question: string) =>
      answers.get(projections[at] as Projection, [question], new TimeLimit(10_000), async () => {
        made.push(`${question} of ${at}`);
      });
    for (const question of ['a', 'b']) await ask(0, question);
    await ask(1, 'a');
    await ask(0, 'a');
    await ask(2, 'a');
    expect(made).toEqual(['a of 0', 'b of 0', 'a of 1', 'a of 2']);
    for (const question of ['a', 'b']) await ask(0, question);
    expect(made).toHaveLength(4);
    await ask(1, 'a');
    expect(made).toHaveLength(5);
  });
});
