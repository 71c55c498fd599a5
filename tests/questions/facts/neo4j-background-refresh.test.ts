import { CurrentProjection } from '../../../server/projection/refresh/refresh.ts';
import { findInThread } from '../../../server/questions/lab/find-last-change.ts';
import { LabStore } from '../../../server/questions/lab/lab-store.ts';
import { readWhole } from '../../../server/questions/lab/visible-facts.ts';
import { Scheduler } from '../../../server/questions/run/scheduler.ts';
import type { WholeStore } from '../../../server/store/fact-store.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, say, transfer, vendor } from '../../store/assertions-for-tests.ts';
import { type Neo4jForTests, openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { oracleLastChanges } from '../../support/oracle/last-change.ts';
import { afterAll, beforeAll, expect, it } from '../../support/test.ts';
import { describeBackgroundRefresh } from './background-refresh.contract.ts';

let neo4j: Neo4jForTests;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
}, 400_000);
afterAll(async () => {
  await neo4j?.stop();
});

async function openEmpty(): Promise<WholeStore> {
  await neo4j.emptyStore();
  return openStore(neo4j.url(), patient);
}

describeBackgroundRefresh('a database', openEmpty);

it('[S420] the last change of a view in a database is found in a thread, and by one reader of it', async () => {
  const store = await openEmpty();
  const scheduler = new Scheduler();
  try {
    await store.commit(
      edit([lab('vega'), vendor('quill'), vendor('far'), artifact('rubric', 'vega'), transfer('t1', 'rubric', 'vega', 'quill')]),
    );
    await store.commit(edit([say('ORGANIZATION', { id: 'far', mergedInto: 'quill' })]));
    await store.commit(importOf('others', [lab('dove'), artifact('secret', 'dove')]));
    await store.commit(importOf('undone', [transfer('t2', 'rubric', 'quill', 'dove')]));
    await store.undoImport('undone', 'ada', 2000);
    await store.commit(edit([vendor('unseen')]));
    const expected = (await oracleLastChanges(store, ['vega'])).at(-1);
    expect(expected).toBe(5);
    const whole = await readWhole(store, await store.readRevision());
    expect(await findInThread(whole, { place: store.place, bound: ['vega'], known: undefined })).toBe(expected);
    const view = new LabStore({
      store,
      whole: new CurrentProjection(store),
      labs: ['vega'],
      selectVisibleIncidents: async () => [],
      scheduler,
      queryTimeoutMs: Infinity,
    });
    expect(await view.readRevision()).toBe(expected);
  } finally {
    await scheduler.close();
    await store.close();
  }
}, 400_000);
