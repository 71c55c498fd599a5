import { openStore } from '../../../server/store/open/open-store.ts';
import { type Neo4jForTests, openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll } from '../../support/test.ts';
import { describeDemoHistory } from './demo-history.contract.ts';

let neo4j: Neo4jForTests;
beforeAll(async () => {
  neo4j = await openNeo4jForTests();
});
afterAll(() => neo4j?.stop());

describeDemoHistory(
  async () => {
    await neo4j.emptyStore();
    return await openStore(neo4j.url(), patient);
  },
  { load: [4], undo: [3] },
);
