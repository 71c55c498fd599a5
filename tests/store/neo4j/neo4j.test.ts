import type { WholeStore } from '../../../server/store/fact-store.ts';
import { MergedStore } from '../../../server/store/merges/merged-store.ts';
import { openConnection } from '../../../server/store/neo4j/connection/open-connection.ts';
import type { Neo4jStoreOptions } from '../../../server/store/neo4j/neo4j-store.ts';
import { Neo4jStore } from '../../../server/store/neo4j/neo4j-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, expect, it, setTestTimeout } from '../../support/test.ts';
import { edit, smallWorld } from '../assertions-for-tests.ts';
import { describeFactStore } from '../contract/fact-store.contract.ts';

// A hundred thousand facts and the sequences take long on a busy machine.
setTestTimeout(300_000);

/** Each sequence takes many round trips, so this runs fewer than for an embedded store. */
const sequenceRuns = 4;
/** Three batches of a staged write. */
const threeBatches = 12_000;
let neo4j: Neo4jForTests;

beforeAll(async () => {
  neo4j = await openNeo4jForTests();
  await neo4j.emptyStore();
});
afterAll(async () => {
  await neo4j?.stop();
});

async function openEmpty(scheme: 'bolt' | 'neo4j', options: Neo4jStoreOptions = {}): Promise<WholeStore> {
  await neo4j.emptyStore();
  return new MergedStore(await Neo4jStore.open(await openConnection(neo4j.url(scheme), patient), options));
}

// Together they cover both schemes and both kinds of write: one transaction, and staged.
describeFactStore('a store in Neo4j over neo4j://', () => openEmpty('neo4j'), { sequenceRuns });
describeFactStore('a store in Neo4j over bolt:// that stages every write', () => openEmpty('bolt', { stageFrom: 0 }), {
  sequenceRuns,
  largeWrite: threeBatches,
});

describe('a database of Neo4j', () => {
  it('[S13] keeps its facts after it is reopened', async () => {
    const store = await openEmpty('neo4j');
    await store.commit(edit([...smallWorld]));
    await store.close();
    const again = await Neo4jStore.open(await openConnection(neo4j.url('neo4j'), patient));
    expect(await again.readRevision()).toBe(1);
    expect(await again.readFactsByKey('TRANSFER', ['t1'])).toHaveLength(1);
    await again.close();
  });
});
