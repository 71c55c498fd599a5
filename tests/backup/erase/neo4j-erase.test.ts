import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseFromStore } from '../../../server/backup/erase/erase-data.ts';
import { openStore } from '../../../server/store/open/open-store.ts';
import { artifact, edit, importOf, lab, readAll, retract, transfer, vendor } from '../../store/assertions-for-tests.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it } from '../../support/test.ts';

let neo4j: Neo4jForTests;
const folder = mkdtempSync(join(tmpdir(), 'exposure-erase-'));

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await neo4j?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the data of an organization in Neo4j, erased', () => {
  it('[S160] are in no property of any node or relationship, nor in the log', async () => {
    const store = await openStore(neo4j.url('bolt'), patient);
    await store.commit(edit([lab('vega'), vendor('quill'), artifact('rubric', 'vega'), transfer('t1', 'rubric', 'vega', 'quill')]));
    await store.commit(importOf('i1', [vendor('qqzx7', { name: 'Quibblefax' }), transfer('qq-t', 'rubric', 'vega', 'qqzx7')]));
    await store.commit(edit([retract('TRANSFER', 'qq-t')]));
    await store.saveDocument(
      'note',
      'n',
      JSON.stringify({ on: { kind: 'organization', id: 'quill' }, text: 'Like Quibblefax', by: 'ada', at: 1 }),
    );
    const traces = /qqzx7|quibblefax|qq-t/i;
    const everyProperty = async () =>
      JSON.stringify([await neo4j.run('MATCH (n) RETURN properties(n)'), await neo4j.run('MATCH ()-[r]->() RETURN properties(r)')]);
    expect(await everyProperty()).toMatch(traces);

    const path = join(folder, 'rest.backup');
    const subject = { of: 'organization', organization: 'qqzx7' } as const;
    const erasure = await eraseFromStore(store, path, { subject, by: 'local', at: 9000, product: '1.2.3', key: null });
    expect(erasure).toMatchObject({ facts: 2, assertions: 3, replaced: 1 });
    expect(existsSync(path)).toBe(false);
    expect(await everyProperty()).not.toMatch(traces);
    const records: unknown[] = [];
    for await (const record of store.readRecords()) records.push(record);
    expect(JSON.stringify(records)).not.toMatch(traces);
    expect((await readAll(store)).map(({ key }) => key)).toEqual(['quill', 'vega', 'rubric', 't1']);
    expect(await store.verify()).toEqual([]);
    await store.commit(edit([vendor('moss')]));
    expect(await store.readRevision()).toBe(2);
    await store.close();
  });
});
