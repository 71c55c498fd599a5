import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, setTestTimeout } from '../../support/test.ts';
import { describeMerges } from '../merges.contract.ts';

let database: Neo4jForTests;

// Each test asks some hundred questions.
setTestTimeout(300_000);

beforeAll(async () => {
  database = await openNeo4jForTests();
});
afterAll(() => database?.stop());

describeMerges(
  'merges over Neo4j',
  async () => {
    await database.deleteNodes();
    return openStore(database.url(), patient);
  },
  4,
);
