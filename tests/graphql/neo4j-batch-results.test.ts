import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultFolder } from '../../server/batch/attached-result.ts';
import { eventually } from '../support/eventually.ts';
import type { Neo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests } from '../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../support/test.ts';
import type { Answer } from './batch-lists.ts';
import { attachAll, change, dataOf, everyName, lists, namesOf, source, withoutSource } from './batch-lists.ts';
import { Serving } from './serving.ts';

describe('a server that holds a part of the facts', () => {
  let neo4j: Neo4jForTests;
  let local: Serving;
  let whole: Serving;
  beforeAll(async () => {
    neo4j = await openNeo4jForTests();
    await neo4j.emptyStore();
    local = await new Serving().start({ demo: true, environment: { EXPOSURE_STORE: neo4j.url(), EXPOSURE_PROJECTION: 'local' } });
    whole = await new Serving().start({ environment: { EXPOSURE_STORE: neo4j.url() } });
  });
  afterAll(async () => {
    await local?.stopAndDelete();
    await whole?.stopAndDelete();
    await neo4j?.stop();
  });

  it('[G1031] answers from the latest result, and says how far it is behind where a client asks for that, and never otherwise', async () => {
    const computed = (await whole.get(lists(source))) as Answer;
    const names = await attachAll(local, neo4j.url());
    let batched: Answer = {};
    await eventually(async () => {
      batched = await local.get(lists(source));
      expect(namesOf(batched)).toEqual(everyName);
    });
    expect(withoutSource(batched)).toEqual(withoutSource(computed));
    // Current, so it may be given to whoever does not ask.
    expect(withoutSource((await local.get(lists(''))) as Answer)).toEqual(withoutSource(computed));
    await change(neo4j.url());
    let behind: Answer = {};
    await eventually(async () => {
      behind = await local.get(lists(source));
      for (const { batch } of Object.values(behind)) expect(batch).toMatchObject({ behind: 1 });
    });
    expect(withoutSource(behind)).toEqual(withoutSource(computed));
    // Whoever does not ask gets the current answer, which the server computes.
    expect(withoutSource((await local.get(lists(''))) as Answer)).toEqual(withoutSource((await whole.get(lists(''))) as Answer));
    // Changed rows are no answer.
    for (const name of names) writeFileSync(join(resultFolder(dataOf(local), name), 'rows.ndjson'), '{}\n');
    const again = await attachAll(local, neo4j.url());
    expect(again.length).toBe(names.length);
    await eventually(async () => {
      for (const { batch } of Object.values((await local.get(lists(source))) as Answer)) expect(batch).toMatchObject({ behind: 0 });
    });
  }, 240_000);
});
