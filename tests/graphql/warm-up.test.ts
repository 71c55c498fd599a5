import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { auditPathsOf } from '../../server/audit/audit-files.ts';
import { AuditTrail } from '../../server/audit/audit-trail.ts';
import { Tokens } from '../../server/auth/tokens.ts';
import type { Services } from '../../server/graphql/context.ts';
import { buildExecutableSchema } from '../../server/graphql/server.ts';
import { rankAtStart, WarmUp, type WarmUpOptions } from '../../server/graphql/warm-up.ts';
import { ImportDrafts } from '../../server/import/drafts/drafts.ts';
import { Asker } from '../../server/questions/asker.ts';
import { askSearch } from '../../server/questions/explore/ask-search.ts';
import { BoundQuestions } from '../../server/questions/lab/bound-questions.ts';
import { Questions } from '../../server/questions/questions.ts';
import { settingsAt } from '../../server/questions/rankings/ask-exposures.ts';
import { askRanking, rankFirst } from '../../server/questions/rankings/ask-ranking.ts';
import type { JobName } from '../../server/questions/run/jobs.ts';
import { Scheduler } from '../../server/questions/run/scheduler.ts';
import { WorkerPool } from '../../server/questions/run/worker-pool.ts';
import type { WholeStore } from '../../server/store/fact-store.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { webhookSettings } from '../../server/webhooks/delivery-engine.ts';
import { artifact, edit, lab, transfer, vendor } from '../store/assertions-for-tests.ts';
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
let store: WholeStore;
/** Reads of the texts that only the store has, for the search index. */
let textReads: number;
let pool: NotedPool;
let questions: Questions<WholeStore>;
let drafts: ImportDrafts;
let trail: AuditTrail;
let warmUp: WarmUp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-warm-'));
  store = await openStore(`sqlite:${join(folder, 'store.db')}`);
  const attribute = { name: 'tier', value: 'gold' };
  await store.commit(
    edit([
      lab('vega'),
      vendor('quill', { attributes: [attribute] }),
      vendor('nib'),
      artifact('rubric', 'vega', { sensitivity: 5 }),
      transfer('t1', 'rubric', 'vega', 'quill'),
      transfer('t2', 'rubric', 'quill', 'nib'),
    ]),
  );
  textReads = 0;
  const readFactsByKey = store.readFactsByKey.bind(store);
  Object.assign(store, {
    readFactsByKey: (...parts: Parameters<typeof readFactsByKey>) => {
      textReads++;
      return readFactsByKey(...parts);
    },
  });
  pool = new NotedPool(1);
  questions = new Questions({ store, projection: 'whole', scheduler: new Scheduler(pool), renewalRestMs: 10 });
  drafts = await ImportDrafts.open({ store, folder: join(folder, 'drafts'), now: Date.now });
  trail = new AuditTrail({ paths: auditPathsOf(folder, null), key: null });
});
afterEach(async () => {
  await warmUp.close();
  await drafts.close();
  await questions.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts as a server does. */
async function start(options: WarmUpOptions = {}): Promise<void> {
  const projection = await new Asker(questions).facts();
  const ranking = rankAtStart(questions, projection, options.fewCopies ?? 1);
  await open(options).start(projection, ranking);
}

function open(options: WarmUpOptions = {}): WarmUp {
  const bound = new BoundQuestions(questions);
  const webhooks = webhookSettings({ hosts: [], networks: [] }, null, '0');
  const services: Services = { questions, bound, drafts, version: '0', tokens: new Tokens(store), trail, webhooks };
  warmUp = new WarmUp(services, buildExecutableSchema(), { fewCopies: 1, longestWaitMs: 60_000, ...options });
  return warmUp;
}

async function rank(): Promise<unknown[]> {
  const asker = new Asker(questions);
  const rows = await askRanking(asker, await asker.facts(), { settings: settingsAt({}, asker.now), roles: null, orderBy: 'WEIGHTED_LOSS' });
  return [...rows];
}

const find = async (text: string) => (await askSearch(new Asker(questions), text, null)).hits;

describe('[P311] a server that has just started', () => {
  it('has the search index and the default ranking before anybody asks, and gives the answers of one without them', async () => {
    await start();
    expect(textReads).toBe(1);
    const [hits, rows] = [await find('gold'), await rank()];
    expect(textReads).toBe(1);
    expect(pool.jobs).toEqual(['ranking']);
    expect(hits.length).toBe(1);
    const plain = new Questions({ store, projection: 'whole' });
    try {
      const asker = new Asker(plain);
      expect((await askSearch(asker, 'gold', null)).hits).toEqual(hits);
      const question = { settings: settingsAt({}, asker.now), roles: null, orderBy: 'WEIGHTED_LOSS' } as const;
      expect(await askRanking(asker, await asker.facts(), question)).toEqual(rows);
    } finally {
      await plain.close();
    }
  });

  it('counts none of it as asked, and records no read', async () => {
    await start();
    await store.commit(edit([vendor('ink')]));
    const next = await new Asker(questions).facts();
    await questions.standing.prepare(next, new AbortController().signal);
    expect(questions.standing.isPending).toBe(false);
    await pause(50);
    expect(pool.jobs).toEqual(['ranking']);
    await trail.flush();
    expect(existsSync(trail.path)).toBe(false);
  });

  it('does nothing of this over a few facts', async () => {
    await start({ fewCopies: 4 });
    expect([textReads, pool.jobs]).toEqual([0, []]);
  });

  it('waits no longer for it than it may, and ends it when it stops', async () => {
    const { readFactsByKey } = store;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const isReading = new Promise<void>((resolve) => {
      Object.assign(store, {
        readFactsByKey: async (...parts: Parameters<typeof readFactsByKey>) => {
          resolve();
          await released;
          return readFactsByKey(...parts);
        },
      });
    });
    await start({ longestWaitMs: 0 });
    await isReading;
    const closing = warmUp.close();
    release();
    await closing;
    expect((await find('gold')).length).toBe(1);
  });

  it('waits for the ranking, too, if that comes in time', async () => {
    const order: string[] = [];
    const ranking = pause(300).then(() => void order.push('ranking'));
    await open().start(await new Asker(questions).facts(), ranking);
    expect(order).toEqual(['ranking']);
  });
});

describe('[P312] a ranking that nobody asked for', () => {
  it('is forgotten when its facts change, unless somebody asked for it meanwhile', async () => {
    const settings = settingsAt({}, 5000);
    const first = await new Asker(questions).facts();
    await rankFirst(questions, first, settings);
    await store.commit(edit([vendor('ink')]));
    await new Asker(questions).facts();
    await askRanking(new Asker(questions), first, { settings, roles: null, orderBy: 'REACH' });
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
  });

  it('is kept, and computed again for new facts, once somebody has asked for it', async () => {
    const settings = settingsAt({}, 5000);
    const first = await new Asker(questions).facts();
    await rankFirst(questions, first, settings);
    await askRanking(new Asker(questions), first, { settings, roles: null, orderBy: 'REACH' });
    expect(pool.jobs).toEqual(['ranking']);
    await store.commit(edit([vendor('ink')]));
    await new Asker(questions).facts();
    await askRanking(new Asker(questions), first, { settings, roles: null, orderBy: 'REACH' });
    expect(pool.jobs[0]).toBe('ranking');
    while (questions.standing.isPending) await pause(5);
    expect(pool.jobs).toEqual(['ranking', 'ranking']);
  });
});
