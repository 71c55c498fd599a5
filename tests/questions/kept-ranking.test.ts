import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { rankAtStart } from '../../server/graphql/warm-up.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askRanking } from '../../server/questions/rankings/ask-ranking.ts';
import type { JobName } from '../../server/questions/run/jobs.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, edit, lab, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

/** A pool that notes its jobs. */
class NotedPool extends WorkerPool {
  readonly jobs: JobName[] = [];
  /** Settles before each job. */
  before: () => Promise<unknown> = () => Promise.resolve();
  override run: WorkerPool['run'] = (...parts) => {
    this.jobs.push(parts[1]);
    return this.before().then(() => super.run(...parts));
  };
}

let folder: string;
let store: FactStore;
const opened: Questions[] = [];
const begin = Date.UTC(2026, 0, 1);
const end = Date.UTC(2026, 6, 1);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-kept-ranking-'));
  store = await openStore(`sqlite:${join(folder, 'store.db')}`);
  await store.commit(
    edit([
      lab('vega'),
      vendor('quill'),
      vendor('nib'),
      artifact('rubric', 'vega', { valueLowUsd: 30, valueHighUsd: 50 }),
      transfer('t1', 'rubric', 'vega', 'quill', { portion: 0.3 }),
      transfer('t2', 'rubric', 'quill', 'nib', { portion: 0.7 }),
      say('ACCESS', { id: 'a', grantee: 'nib', grantor: 'quill', likelihood: 0.7, validFrom: begin, validUntil: end }),
    ]),
  );
});
afterEach(async () => {
  for (const questions of opened.splice(0)) await questions.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One run of a server over the store, at an instant. */
async function run(now: number, { before = (): Promise<unknown> => Promise.resolve(), settledMs = 600_000 } = {}) {
  const pool = new NotedPool(1);
  pool.before = before;
  const snapshot = {
    path: join(folder, 'store.db.snapshot'),
    leastFacts: 1,
    settledMs,
    stopWaitMs: 60_000,
    onTrouble: (sentence: string) => expect(sentence).toBeUndefined(),
    onPacked: () => undefined,
  };
  const questions = new Questions({ store, projection: 'whole', clock: () => now, scheduler: new Scheduler(pool), snapshot });
  opened.push(questions);
  const { projection } = await questions.current.read();
  return { pool, questions, projection, ranking: rankAtStart(questions, projection, 1) };
}

async function rank(questions: Questions): Promise<unknown[]> {
  const asker = new Asker(questions);
  const question = { settings: settingsAt({}, asker.now), roles: null, orderBy: 'WEIGHTED_LOSS' } as const;
  return [...(await askRanking(asker, await asker.facts(), question))];
}

/** The ranking of a server without a snapshot. */
async function computed(now: number): Promise<unknown[]> {
  const questions = new Questions({ store, projection: 'whole', clock: () => now });
  opened.push(questions);
  return rank(questions);
}

async function runOnce(now: number): Promise<void> {
  const { questions, ranking } = await run(now);
  await ranking;
  await questions.close();
}

describe('the ranking in a snapshot', () => {
  it('[P340] is there after a restart, to the last digit, while nothing begins or ends', async () => {
    await runOnce(begin + 1);
    const { pool, questions, ranking } = await run(end - 1);
    await ranking;
    const rows = await rank(questions);
    expect(pool.jobs).toEqual([]);
    expect(rows).toEqual(await computed(end - 1));
    expect(rows).not.toEqual(await computed(end));
  });

  it('[P341] answers no question about another instant, other facts or other windows', async () => {
    await runOnce(begin + 1);
    const later = await run(end);
    await later.ranking;
    expect(await rank(later.questions)).toEqual(await computed(end));
    expect(later.pool.jobs).toEqual(['ranking']);
    await later.questions.close();

    const other = await run(begin + 1);
    await other.ranking;
    const asker = new Asker(other.questions);
    const window = { from: begin - 10, to: end };
    const settings = settingsAt({ core: window, widest: window }, asker.now);
    await askRanking(asker, await asker.facts(), { settings, roles: null, orderBy: 'REACH' });
    expect(other.pool.jobs).toEqual(['ranking']);
    await other.questions.close();

    await store.commit(edit([transfer('t3', 'rubric', 'vega', 'nib')]));
    const changed = await run(begin + 1);
    await changed.ranking;
    expect(await rank(changed.questions)).toEqual(await computed(begin + 1));
    expect(changed.pool.jobs).toEqual(['ranking']);
  });

  it('[P341] goes with its facts, and is forgotten when they change before anybody asked', async () => {
    await runOnce(begin + 1);
    const { pool, questions, projection, ranking } = await run(begin + 1);
    await ranking;
    await store.commit(edit([vendor('ink')]));
    await new Asker(questions).facts();
    const settings = settingsAt({}, begin + 1);
    await askRanking(new Asker(questions), projection, { settings, roles: null, orderBy: 'REACH' });
    expect(pool.jobs[0]).toBe('ranking');
  });

  it('[P342] is waited for if it is being computed, and left out if it fails', async () => {
    const path = join(folder, 'store.db.snapshot');
    const fail = () => pause(200).then(() => Promise.reject(new Error('No thread.')));
    const failing = await run(begin + 1, { before: fail, settledMs: 0 });
    while (!existsSync(path)) await pause(10);
    await failing.questions.close();
    const without = await run(begin + 1);
    await without.ranking;
    expect(without.pool.jobs).toEqual(['ranking']);
    await without.questions.close();

    rmSync(path);
    const slow = await run(begin + 1, { before: () => pause(200), settledMs: 0 });
    while (!existsSync(path)) await pause(10);
    await slow.questions.close();
    const second = await run(begin + 1);
    await second.ranking;
    expect(second.pool.jobs).toEqual([]);
    expect(await rank(second.questions)).toEqual(await computed(begin + 1));
  });
});
