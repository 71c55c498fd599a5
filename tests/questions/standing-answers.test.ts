import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { OrganizationRole } from '../../server/domain/facts.ts';
import { Asker } from '../../server/questions/asker.ts';
import { Questions } from '../../server/questions/questions.ts';
import { askExposures, settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askRanking } from '../../server/questions/rankings/ask-ranking.ts';
import type { JobName } from '../../server/questions/run/jobs.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import type { FactStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { artifact, edit, lab, say, vendor } from '../store/assertions-for-tests.ts';
import { afterEach, beforeEach, describe, expect, it } from '../support/test.ts';

/** A pool that notes its jobs. */
class NotedPool extends WorkerPool {
  readonly jobs: JobName[] = [];
  override run: WorkerPool['run'] = (...parts) => {
    this.jobs.push(parts[1]);
    return super.run(...parts);
  };
}

let folder: string;
let store: FactStore;
let pool: NotedPool;
let questions: Questions;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-prefetch-'));
  store = await openStore(`sqlite:${join(folder, 'store.db')}`);
  await store.commit(edit([lab('lab'), vendor('v')]));
  pool = new NotedPool(1);
  questions = new Questions({ store, projection: 'whole', scheduler: new Scheduler(pool), renewalRestMs: 1000 });
});
afterEach(async () => {
  await questions.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function rank(): Promise<(string | null)[]> {
  const asker = new Asker(questions);
  const projection = await asker.facts();
  const rows = await askRanking(asker, projection, { settings: settingsAt({}, asker.now), roles: null, orderBy: 'WEIGHTED_LOSS' });
  return rows.map(({ organization }) => projection.organizations.id.get(organization));
}

async function settle(): Promise<void> {
  while (questions.standing.isPending) await pause(10);
}

/** Asks for a ranking, then adds so many facts that its renewal takes a while, and waits until a thread has begun it. */
async function beginLongRenewal() {
  await rank();
  const ids = Array.from({ length: 120 }, (_, i) => `w${i}`);
  const access = ids.flatMap((grantee) =>
    ids.filter((grantor) => grantor !== grantee).map((grantor) => say('ACCESS', { id: `${grantee}-${grantor}`, grantee, grantor })),
  );
  await store.commit(edit([...ids.map((id) => vendor(id)), ...access]));
  const projection = await new Asker(questions).facts();
  while (pool.jobs.length < 2) await nextTurn();
  return projection;
}

/** A question for the only thread. */
async function needThread(): Promise<void> {
  const document = { title: 'Report', subtitle: null, facts: [], footer: '', sections: [] } as never;
  await pool.run(null, 'docx', document, new TimeLimit(60_000)).catch(() => undefined);
}

const addVendor = (id: string) => store.commit(edit([vendor(id), artifact(`x-${id}`, 'lab')]));

describe('[P267] the list of a ranking', () => {
  it('is the same for all pages of an order, and another for other roles, another order or other facts', async () => {
    const listAs = async (orderBy: 'LABS' | 'REACH', roles: readonly OrganizationRole[] | null = null) => {
      const asker = new Asker(questions);
      return askRanking(asker, await asker.facts(), { settings: settingsAt({}, 5000), roles, orderBy });
    };
    const first = await listAs('LABS');
    expect(await listAs('LABS')).toBe(first);
    expect(await listAs('REACH')).not.toBe(first);
    expect((await listAs('REACH', ['LAB'])).map(({ organization }) => organization)).toEqual([0]);
    expect(await listAs('LABS')).toEqual(first);
    await addVendor('w');
    expect((await listAs('LABS')).length).toBe(first.length + 1);
  });
});

describe('an answer that is renewed in the background', () => {
  it('[P247] is there when somebody asks again after an edit, and several edits in a row start one', async () => {
    expect(await rank()).toEqual(['lab', 'v']);
    for (const id of ['a', 'b', 'c']) {
      await addVendor(id);
      await new Asker(questions).facts();
    }
    expect(pool.jobs).toEqual(['ranking']);
    await settle();
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
    expect(await rank()).toEqual(['a', 'b', 'c', 'lab', 'v']);
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
  });

  it('[P247] is not computed where nobody asked for a ranking', async () => {
    await new Asker(questions).facts();
    await addVendor('a');
    await new Asker(questions).facts();
    expect(questions.standing.isPending).toBe(false);
    expect(pool.jobs).toEqual([]);
  });

  it('[P247] gives up its thread to a question, and is computed afterward', async () => {
    const projection = await beginLongRenewal();
    await needThread();
    await settle();
    expect((await rank()).length).toBe(projection.organizations.count);
    expect(pool.jobs).toEqual(['ranking', 'ranking', 'docx', 'ranking']);
  });

  it('[P763] goes on for a question that joins it', async () => {
    const projection = await beginLongRenewal();
    let isJoined = false;
    const get = questions.answers.get.bind(questions.answers);
    Object.assign(questions.answers, {
      get: (...parts: Parameters<typeof get>) => {
        const answer = get(...parts);
        isJoined = true;
        return answer;
      },
    });
    const joined = rank();
    while (!isJoined) await nextTurn();
    await needThread();
    expect((await joined).length).toBe(projection.organizations.count);
    await settle();
    expect(pool.jobs).toEqual(['ranking', 'ranking', 'docx']);
  });

  it('[P762] is one of all recent answers, the latest first', async () => {
    const askAll = async () => {
      const asker = new Asker(questions);
      const projection = await asker.facts();
      return { projection, counts: await askExposures(asker, projection, settingsAt({}, asker.now), null) };
    };
    await rank();
    await askAll();
    await addVendor('a');
    await new Asker(questions).facts();
    await settle();
    expect(pool.jobs).toEqual(['ranking', 'exposures', 'exposures', 'ranking']);
    const { projection, counts } = await askAll();
    expect([await rank(), projection.revision, counts.length]).toEqual([['a', 'lab', 'v'], 2, 1]);
    expect(pool.jobs).toHaveLength(4);
  });
});
