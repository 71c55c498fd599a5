import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asker } from '../../../server/questions/asker.ts';
import { askHistory } from '../../../server/questions/explore/ask-history.ts';
import { Questions } from '../../../server/questions/questions.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { edit, vendor } from '../../store/assertions-for-tests.ts';
import { describe, expect, it } from '../../support/test.ts';

/** The test sets this clock. */
function limitOf(allowedMs: number, signal?: AbortSignal) {
  const clock = { ms: 1000 };
  return { clock, limit: new TimeLimit(allowedMs, signal, () => clock.ms) };
}

describe('[P102] the time limit of a question', () => {
  it('ends the question after the allowed time, and states that time in the largest whole unit', () => {
    const sentences = [100, 1000, 10_000, 90_000, 120_000, 1500].map((allowedMs) => {
      const { clock, limit } = limitOf(allowedMs);
      clock.ms += allowedMs;
      limit.check();
      clock.ms++;
      try {
        limit.check();
      } catch (error) {
        return (error as Error).message.split('.')[0];
      }
      throw new Error('The limit is not over.');
    });
    expect(sentences).toEqual(
      ['100 milliseconds', '1 second', '10 seconds', '90 seconds', '2 minutes', '1,500 milliseconds'].map(
        (time) => `The answer took longer than ${time}`,
      ),
    );
  });

  it('fails with the client’s abort reason, however much time is left', () => {
    const leaving = new AbortController();
    const { limit } = limitOf(10_000, leaving.signal);
    limit.check();
    leaving.abort(new Error('left'));
    expect(() => limit.check()).toThrow('left');
  });

  it('pauses while the question waits, and restarts after a rebuild', async () => {
    const { clock, limit } = limitOf(100);
    const waiting = limit.pausedWhile(
      Promise.resolve().then(() => {
        clock.ms += 5000;
      }),
    );
    await waiting;
    expect(limit.remainingMs).toBe(100);
    clock.ms += 60;
    limit.restart();
    expect(limit.remainingMs).toBe(100);
  });

  it('for shared work lasts as long as any client may wait, and uses the first client’s turns', () => {
    const { clock, limit } = limitOf(100);
    clock.ms += 90;
    const later = new TimeLimit(100, undefined, () => clock.ms);
    const shared = limit.forShared(new AbortController().signal);
    expect(shared.remainingMs).toBe(10);
    shared.extendTo(later);
    expect(shared.remainingMs).toBe(100);
    expect(shared.owner).toBe(limit);
  });

  it('notifies each watcher once, when time runs out or the client leaves', async () => {
    const ended = await new Promise((resolve) => new TimeLimit(1).watch(resolve));
    expect(ended).toMatchObject({ code: 'QUERY_TIMEOUT' });
    const leaving = new AbortController();
    const seen: unknown[] = [];
    const { limit } = limitOf(10_000, leaving.signal);
    limit.watch((reason) => seen.push(reason));
    const stop = limit.watch((reason) => seen.push(['stopped', reason]));
    stop();
    leaving.abort('left');
    expect(seen).toEqual(['left']);
  });

  it('[P251] has parts, which end with it wherever its deadline moves, and one can end earlier alone', () => {
    const leaving = new AbortController();
    const stopping = new AbortController();
    const { clock, limit } = limitOf(100, leaving.signal);
    const part = limit.forPart(stopping.signal);
    const other = limit.forPart(new AbortController().signal);
    limit.extendTo(new TimeLimit(500, undefined, () => clock.ms));
    clock.ms += 400;
    part.check();
    stopping.abort(new Error('stopped'));
    expect(() => part.check()).toThrow('stopped');
    limit.check();
    clock.ms += 200;
    expect(() => other.check()).toThrow('longer than 100 milliseconds');
    leaving.abort(new Error('left'));
    expect(() => other.check()).toThrow('left');
    expect(() => limit.forPart(stopping.signal).check()).toThrow('left');
  });

  it('[P681] ends the wait for work that takes longer or whose client leaves, and the work goes on', async () => {
    let end: (answer: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => {
      end = resolve;
    });
    await expect(new TimeLimit(1).within(work)).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
    const leaving = new AbortController();
    const left = new TimeLimit(60_000, leaving.signal).within(work);
    const patient = new TimeLimit(60_000).within(work);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    end('the facts');
    expect(await patient).toBe('the facts');
    await expect(new TimeLimit(60_000).within(Promise.reject(new Error('no store')))).rejects.toThrow('no store');
  });

  it('[P681] holds for a question that waits for its store: history and attributes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exposure-time-limit-'));
    const store = await openStore(`sqlite:${join(folder, 'facts.db')}`);
    try {
      await store.commit(edit([vendor('quill', { attributes: [{ name: 'tier', value: '1' }] })]));
      const never = () => new Promise<never>(() => undefined);
      const slow: FactStore = Object.create(store, { readHistory: { value: never }, readFactsByKey: { value: never } });
      const questions = new Questions({ store: slow, projection: 'whole' });
      const asker = () => new Asker(questions, new TimeLimit(20));
      const ended = { code: 'QUERY_TIMEOUT' };
      await expect(askHistory(asker(), { scope: { sinceRevision: 0 }, until: 1 }, 0, 1)).rejects.toMatchObject(ended);
      await expect(asker().readAttributes('ORGANIZATION', 1, 'quill')).rejects.toMatchObject(ended);
      await questions.close();
    } finally {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
