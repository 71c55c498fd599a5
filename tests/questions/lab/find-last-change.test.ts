import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { findInThread, findLastChange } from '../../../server/questions/lab/find-last-change.ts';
import { LabStore } from '../../../server/questions/lab/lab-store.ts';
import { readWhole, selectVisibleFacts } from '../../../server/questions/lab/visible-facts.ts';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import { TimeLimit } from '../../../server/questions/run/time-limit.ts';
import { WorkerPool } from '../../../server/questions/run/worker-pool.ts';
import type { ChangeReader, WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { oracleLastChanges } from '../../support/oracle/last-change.ts';
import { afterAll, describe, expect, it } from '../../support/test.ts';
import { generatedRuns } from '../../support/worlds/generated-runs.ts';
import { labHistories, makeHistory } from '../../support/worlds/lab-histories.ts';
import { expectLastChanges } from './expect-last-changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'exposure-last-change-'));
let count = 0;
const stores = new Set<WholeStore>();

/** A pool whose searches wait while its gate is shut. */
class GatedPool extends WorkerPool {
  searches = 0;
  #gate = Promise.resolve();

  /** Returns how to open the gate. */
  shut(): () => void {
    let open: () => void = () => undefined;
    this.#gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    return open;
  }

  override run: WorkerPool['run'] = (...asked) => {
    this.searches++;
    return this.#gate.then(() => super.run(...asked));
  };
}

async function openEmpty(): Promise<WholeStore> {
  const store = await openStore(`sqlite:${join(folder, `${count++}.db`)}`);
  stores.add(store);
  return store;
}

afterAll(async () => {
  for (const store of stores) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the last change of a view', () => {
  it('[S420] is that of the views built at every revision, whatever the history', async () => {
    await fc.assert(
      fc.asyncProperty(labHistories, fc.constantFrom(['vega'], ['canary'], ['dove', 'vega']), async (writes, bound) => {
        const store = await openEmpty();
        await makeHistory(store, writes);
        await expectLastChanges(store, bound, 3);
        const last = await store.readRevision();
        const question = { place: store.place, bound, known: undefined };
        expect(await findInThread(await readWhole(store, last), question)).toBe((await oracleLastChanges(store, bound)).at(-1));
        stores.delete(store);
        await store.close();
      }),
      { numRuns: generatedRuns(15) },
    );
  });

  it('[S420] counts a merge of both ends of a transfer, which hides it and leaves nothing in the view that names them', async () => {
    const store = await openEmpty();
    const begun = [lab('canary'), vendor('quill'), vendor('near'), artifact('secret', 'canary')];
    await store.commit(importOf('begun', begun));
    await store.commit(edit([transfer('t', 'secret', 'quill', 'near')]));
    await store.commit(edit([say('ORGANIZATION', { id: 'near', mergedInto: 'quill' })]));
    expect(await oracleLastChanges(store, ['canary'])).toEqual([0, 1, 2, 3]);
    await expectLastChanges(store, ['canary']);
  });

  it('[S420] counts evidence that comes under the id of an organization merged into one of the view', async () => {
    const store = await openEmpty();
    await store.commit(
      edit([lab('vega'), vendor('quill'), vendor('quill-old'), artifact('rubric', 'vega'), transfer('t1', 'rubric', 'vega', 'quill')]),
    );
    await store.commit(edit([say('ORGANIZATION', { id: 'quill-old', mergedInto: 'quill' })]));
    await store.commit(edit([say('CONTROL', { organization: 'quill-old', control: 'MFA', evidenceType: 'TESTED' })]));
    await expectLastChanges(store, ['vega']);
    expect((await oracleLastChanges(store, ['vega'])).at(-1)).toBe(3);
  });

  it('[S421] is found by reading each change once, and no facts else, also where others write at the edge of the view', async () => {
    const store = await openEmpty();
    await store.commit(
      importOf('begun', [
        lab('vega'),
        lab('dove'),
        lab('canary', { name: 'Canary Lab' }),
        vendor('quill'),
        vendor('far'),
        artifact('rubric', 'vega'),
        artifact('secret', 'dove'),
        transfer('t1', 'rubric', 'vega', 'quill'),
      ]),
    );
    const edges = (i: number) => [
      // Others may act in the systems of an organization of the view, and its own organizations change in what is withheld.
      say('ACCESS', { id: `a${i % 3}`, grantee: 'dove', grantor: 'quill', likelihood: 0.1 + i / 1000 }),
      vendor('quill', { website: i % 2 === 0 ? 'canary.example' : 'www.canary.example' }),
      transfer(`s${i}`, 'secret', 'dove', 'quill'),
      transfer('canary-1', 'rubric', 'vega', 'quill', { confidence: 0.5 + i / 1000 }),
      lab(`lab-${i % 5}`, { name: `Lab number ${i}` }),
      vendor(`v${i % 5}`, { country: `${i}` }),
      say('ENGAGEMENT', { id: `e${i % 3}`, client: 'vega', provider: 'dove', noticeHours: i }),
    ];
    // A fact that enters or leaves the view is a change of it. A fact that comes after is none.
    for (let i = 0; i < 150; i++) await store.commit(edit([edges(i)[i % 7] as ReturnType<typeof vendor>]));
    await store.commit(
      importOf(
        'large',
        Array.from({ length: 3000 }, (_, i) => transfer(`x${i}`, 'secret', 'dove', 'far')),
      ),
    );
    await store.undoImport('large', 'ada', 2000);
    const last = await store.readRevision();
    const expected = (await oracleLastChanges(store, ['vega'])).at(-1) as number;
    expect(expected).toBeLessThan(10);
    const visible = await selectVisibleFacts(store, await readWhole(store, last), ['vega']);
    let facts = 0;
    let reads = 0;
    const unmerged = store.unmerged;
    const counted = Object.create(store, {
      readFacts: {
        value: (...asked: Parameters<WholeStore['readFacts']>) => {
          reads++;
          return store.readFacts(...asked);
        },
      },
    }) as WholeStore;
    const countedUnmerged = Object.create(unmerged, {
      readFacts: { value: (...asked: Parameters<WholeStore['readFacts']>) => unmerged.readFacts(...asked) },
      readFactsByKey: { value: (...asked: Parameters<WholeStore['readFactsByKey']>) => unmerged.readFactsByKey(...asked) },
      readChangesBack: {
        value: async function* (since: number, until: number) {
          for await (const page of unmerged.readChangesBack(since, until)) {
            facts += page.facts.length;
            yield page;
          }
        },
      },
    }) as ChangeReader;
    expect(await findLastChange(visible, { facts: counted, unmerged: countedUnmerged, bound: ['vega'], known: undefined })).toBe(expected);
    expect(reads).toBe(0);
    expect(facts).toBeLessThan(6000 + 150 + 10);
  });

  it('[S422] is looked for within the time limit. The search goes on, so that asking again ends; it ends with its last client', async () => {
    const store = await openEmpty();
    await store.commit(edit([lab('vega'), vendor('quill')]));
    const pool = new GatedPool(1);
    const gated = new Scheduler(pool);
    let open = pool.shut();
    const viewOf = () =>
      new LabStore({
        store,
        whole: new CurrentProjection(store),
        labs: ['vega'],
        selectVisibleIncidents: async () => [],
        scheduler: gated,
        queryTimeoutMs: Infinity,
      });
    const view = viewOf();
    await expect(view.prepare(null, new TimeLimit(30))).rejects.toMatchObject({
      code: 'QUERY_TIMEOUT',
      message: expect.stringContaining('Ask again'),
    });
    const again = view.prepare(null, new TimeLimit(60_000));
    open();
    await again;
    expect([pool.searches, await view.readRevision()]).toEqual([1, 1]);

    open = pool.shut();
    const other = viewOf();
    const client = new AbortController();
    const left = other.prepare(null, new TimeLimit(Infinity, client.signal));
    while (pool.searches < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    client.abort(new Error('The client has left.'));
    await expect(left).rejects.toThrow('The client has left.');
    open();
    await other.prepare(null, new TimeLimit(60_000));
    expect([pool.searches, await other.readRevision()]).toEqual([3, 1]);
    await gated.close();
  });
});
