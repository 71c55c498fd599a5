import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Assertion } from '../../server/domain/assertions.ts';
import { listRanking } from '../../server/exposure/rankings/ranking.ts';
import type { Projection } from '../../server/projection/projection.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askControlGaps } from '../../server/questions/rankings/ask-control-gaps.ts';
import { settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askRanking } from '../../server/questions/rankings/ask-ranking.ts';
import { type JobName, jobs } from '../../server/questions/run/jobs.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import { ShownWrites, writeFacts } from '../../server/questions/write-facts.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, say, transfer, vendor } from '../store/assertions-for-tests.ts';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

/** A pool that notes its jobs, and calls `onRun` at the start of each. */
class NotedPool extends WorkerPool {
  readonly jobs: JobName[] = [];
  onRun: () => unknown = () => undefined;
  override run: WorkerPool['run'] = (...parts) => {
    this.jobs.push(parts[1]);
    this.onRun();
    return super.run(...parts);
  };
}

const folder = mkdtempSync(join(tmpdir(), 'exposure-prepared-'));
let count = 0;
let store: FactStore;
let other: FactStore;
let pool: NotedPool;
let opened: Questions[];

beforeEach(async () => {
  const url = `sqlite:${join(folder, `${count++}.db`)}`;
  store = await openStore(url, { threadFrom: 2000 });
  other = await openStore(url);
  opened = [];
  await store.commit(edit([lab('lab'), vendor('v'), vendor('w'), artifact('x', 'lab'), transfer('t', 'x', 'lab', 'v')]));
});
afterEach(async () => {
  await Promise.all(opened.map((questions) => questions.close()));
  await store.close();
  await other.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(longestPreparationMs = 60_000): Questions {
  pool = new NotedPool(1);
  const questions = new Questions({
    store,
    projection: 'whole',
    scheduler: new Scheduler(pool),
    renewalRestMs: 3_600_000,
    longestPreparationMs,
  });
  opened.push(questions);
  return questions;
}

async function rank(questions: Questions) {
  const asker = new Asker(questions);
  const projection = await asker.facts();
  const rows = await askRanking(asker, projection, { settings: settingsAt({}, asker.now), roles: null, orderBy: 'REACH' });
  return { projection, rows };
}

/** The ranking of these facts, without a cache or a thread. */
function rankAnew(projection: Projection) {
  const totals = jobs.ranking(projection, settingsAt({}, Date.now()));
  return listRanking(projection, totals, null, 'REACH');
}

/** 2,000 vendors and more, who can all read each other's artifacts in a chain. */
function manyVendors(prefix: string): Assertion[] {
  const ids = Array.from({ length: 1100 }, (_, i) => `${prefix}${i}`);
  const access = ids.slice(1).map((grantee, i) => say('ACCESS', { id: `${grantee}-${i}`, grantee, grantor: ids[i] as string }));
  return [...ids.map((id) => vendor(id)), ...access];
}

const isPending = async (promise: Promise<unknown>) => {
  const pending = Symbol();
  return (await Promise.race([promise, pause(50, pending)])) === pending;
};

describe('a large import', () => {
  it('[S266] is shown with the ranking that somebody asked for, which is the one of its facts', async () => {
    const questions = open();
    const writes = new ShownWrites(questions);
    expect((await rank(questions)).rows).toHaveLength(3);
    expect(pool.jobs).toEqual(['ranking']);
    const atStart: number[] = [];
    pool.onRun = () => atStart.push(questions.current.state?.revision as number);
    const seen: { projection: Projection; rows: unknown }[] = [];
    const commit = writes.commit(importOf('i', manyVendors('a')));
    let isOver = false;
    void commit.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      seen.push(await rank(questions));
      await pause(5);
    }
    expect((await commit).revision).toBe(2);
    expect([pool.jobs, atStart]).toEqual([['ranking', 'ranking'], [1]]);
    seen.push(await rank(questions));
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
    for (const { projection, rows } of seen) expect(rows).toEqual(rankAnew(projection));
    const last = seen.at(-1) as { projection: Projection; rows: readonly unknown[] };
    expect([last.projection.revision, last.rows.length]).toEqual([2, 1103]);
    const undone = await writes.undoImport('i', 'ada', 3000);
    expect([undone.outcome, pool.jobs.length]).toEqual(['undone', 3]);
    const after = await rank(questions);
    expect([after.projection.revision, after.rows.length, pool.jobs.length]).toEqual([3, 3, 3]);
  });

  it('[S267] is shown at once if nobody asked, for a list that fails, and after the limit', async () => {
    const questions = open();
    await new ShownWrites(questions).commit(importOf('i', manyVendors('a')));
    expect(pool.jobs).toEqual([]);
    const asker = new Asker(questions);
    const gaps = askControlGaps(asker, await asker.facts(), asker.now, { withoutIssuers: ['nobody'] });
    await expect(gaps).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const again = await new ShownWrites(questions).commit(importOf('j', manyVendors('b')));
    expect((await new Asker(questions).facts()).revision).toBe(again.revision);

    const hasty = open(1);
    await rank(hasty);
    const late = await new ShownWrites(hasty).commit(importOf('k', manyVendors('c')));
    const before = pool.jobs.length;
    const { projection, rows } = await rank(hasty);
    expect(pool.jobs).toHaveLength(before + 1);
    expect(projection.revision).toBe(late.revision);
    expect(rows).toEqual(rankAnew(projection));
  });

  it('[S268] shows a smaller import, and an edit, without lists', async () => {
    const questions = open();
    await rank(questions);
    await new ShownWrites(questions).commit(importOf('i', [vendor('a')]));
    await writeFacts(new Asker(questions), edit([vendor('b')]));
    expect((await new Asker(questions).facts()).organizations.count).toBe(5);
    expect(pool.jobs).toEqual(['ranking']);
  });

  it('[S275] and its undo may take longer than a question: what is asked with the undo has the whole time', async () => {
    const clock = { ms: 0 };
    const asker = new Asker(open(), new TimeLimit(10_000, undefined, () => clock.ms));
    clock.ms += 15_000;
    expect(() => asker.checkTime()).toThrow('took longer');
    asker.seeLongWrite();
    clock.ms += 9000;
    asker.checkTime();
    expect((await asker.facts()).revision).toBe(1);
  });

  it('[S271] is acknowledged without its lists when the server stops', async () => {
    const questions = open();
    await rank(questions);
    const begun = new Promise<void>((resolve) => {
      pool.onRun = resolve as () => void;
    });
    const commit = new ShownWrites(questions).commit(importOf('i', manyVendors('a')));
    await begun;
    questions.stopPreparing();
    expect((await commit).revision).toBe(2);
    await new ShownWrites(questions).commit(importOf('j', manyVendors('b')));
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
  });
});

describe('while the lists of an import are made', () => {
  /** Commits a large write whose lists are made until `ready` is called. */
  async function showSlowly(questions: Questions, id: string) {
    const { current } = questions;
    let ready = (): void => undefined;
    const stopped: boolean[] = [];
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { revision } = await store.commit(importOf(id, [vendor(id)], { at: Date.now() }));
    const shown = current.show(revision, undefined, (_, signal) => {
      signal.addEventListener('abort', () => stopped.push(true));
      begun();
      return new Promise<void>((resolve) => {
        ready = resolve;
      });
    });
    return { shown, started, stopped, ready: () => ready() };
  }

  it('[S269] questions have the facts before it, and an edit or a question about the past does not wait', async () => {
    const questions = open();
    await new Asker(questions).facts();
    const first = await showSlowly(questions, 'i');
    await first.started;
    expect([(await new Asker(questions).facts()).revision, await isPending(first.shown)]).toEqual([1, true]);
    await writeFacts(new Asker(questions), edit([vendor('b')]));
    expect((await new Asker(questions).facts()).revision).toBe(3);
    await first.shown;
    expect(first.stopped).toEqual([true]);

    const second = await showSlowly(questions, 'j');
    await second.started;
    expect((await questions.current.at(Date.now() - 1)).revision).toBe(4);
    await second.shown;
    expect([(await new Asker(questions).facts()).revision, second.stopped]).toEqual([4, []]);
    second.ready();
  });

  it('[S269] a write of another program is waited for, and not the lists', async () => {
    const questions = open();
    await new Asker(questions).facts();
    const first = await showSlowly(questions, 'i');
    await first.started;
    await other.commit(edit([vendor('theirs')]));
    const seen = await new Asker(questions).facts();
    expect([seen.revision, seen.organizations.count]).toEqual([3, 5]);
    await first.shown;
    first.ready();
    expect((await new Asker(questions).facts()).revision).toBe(3);
  });

  it('[S270] a second one waits for its turn and is shown after the first, with lists of its own', async () => {
    const questions = open();
    await new Asker(questions).facts();
    const first = await showSlowly(questions, 'i');
    const second = await showSlowly(questions, 'j');
    await first.started;
    expect(await isPending(second.started)).toBe(true);
    first.ready();
    await first.shown;
    expect((await new Asker(questions).facts()).revision).toBe(2);
    await second.started;
    expect(await isPending(second.shown)).toBe(true);
    second.ready();
    await second.shown;
    expect((await new Asker(questions).facts()).revision).toBe(3);
  });
});
