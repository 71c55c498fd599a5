import { detachResult } from '../../server/batch/attached-result.ts';
import { openStore } from '../../server/store/open/open-store.ts';
import { eventually } from '../support/eventually.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import type { Answer } from './batch-lists.ts';
import { attachAll, change, dataOf, everyName, lists, namesOf, source, urlOf, withoutSource } from './batch-lists.ts';
import { Serving } from './serving.ts';

const windowed = 'widest: { from: "2026-06-01T00:00:00Z", to: "2026-10-01T00:00:00Z" }';

describe('a server that holds all facts', () => {
  let serving: Serving;
  beforeAll(async () => {
    serving = await new Serving().start({ demo: true });
  });
  afterAll(() => serving?.stopAndDelete());

  it('[G1030] answers from attached results within 5 seconds, with the answers that it computes, while they are current', async () => {
    const computed = (await serving.get(lists(source))) as Answer;
    expect(namesOf(computed)).toEqual(everyName.map(() => null));
    const names = await attachAll(serving, urlOf(serving));
    let batched: Answer = {};
    await eventually(async () => {
      batched = await serving.get(lists(source));
      expect(namesOf(batched)).toEqual(everyName);
    });
    for (const { batch } of Object.values(batched)) expect(batch).toMatchObject({ revision: 6, behind: 0 });
    expect(withoutSource(batched)).toEqual(withoutSource(computed));
    // Other windows are another question.
    expect(await serving.get(`{ ranking(${windowed}, first: 1) { ${source} } }`)).toEqual({ ranking: { batch: null } });
    expect(await serving.get(`{ controlGaps(minSensitivity: 3, first: 1) { ${source} } }`)).toEqual({ controlGaps: { batch: null } });
    // A cursor leads on in the same list.
    const page = await serving.get(`{ gone: findings(first: 3) { ${source} pageInfo { endCursor } } }`);
    const next = await serving.get(`{ gone: findings(first: 1, after: "${page.gone.pageInfo.endCursor}") { edges { node { id } } } }`);
    const all = await serving.get('{ findings(first: 4) { edges { node { id } } } }');
    expect(next.gone.edges[0].node).toEqual(all.findings.edges[3].node);
    // Rows that somebody changed are no answer.
    const ranking = names.find((name) => name.startsWith('ranking')) as string;
    const store = await openStore(urlOf(serving));
    try {
      await detachResult(store, dataOf(serving), ranking);
      await expect(detachResult(store, dataOf(serving), ranking)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    } finally {
      await store.close();
    }
    await eventually(async () => {
      expect(await serving.get(`{ ranking(first: 1) { ${source} } }`)).toEqual({ ranking: { batch: null } });
    });
    await change(urlOf(serving));
    await eventually(async () => {
      const answer = (await serving.get(lists(source))) as Answer;
      expect(namesOf(answer)).toEqual(everyName.map((name) => (name === 'exposures' ? name : null)));
    });
    // A change that touches few organizations leaves the rows of the others.
    await attachAll(serving, urlOf(serving));
    await change(urlOf(serving));
    await eventually(async () => {
      const answer = (await serving.get(lists(source))) as Answer;
      expect(namesOf(answer)).toEqual(everyName.map((name) => (['ranking', 'exposures'].includes(name) ? name : null)));
      for (const { batch } of Object.values(answer)) if (batch) expect(batch).toMatchObject({ revision: 8, behind: 0 });
    });
  });
});
