import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, setTestTimeout } from '../../support/test.ts';
import { describeEarlierVersion, earlierFile } from '../earlier-version.contract.ts';
import { loadNeo4j } from '../fixtures/neo4j-dump.ts';

let database: Neo4jForTests;

// Each test asks some hundred questions.
setTestTimeout(300_000);

beforeAll(async () => {
  database = await openNeo4jForTests();
});
afterAll(async () => {
  // Later tests expect a complete store of this version.
  await database?.empty();
  await database?.stop();
});

describe('a Neo4j store of an earlier version', () => {
  describeEarlierVersion(() => ({
    openEarlier: async () => {
      await database.empty();
      await loadNeo4j(database.url('bolt'), earlierFile('neo4j.jsonl'));
      return openStore(database.url(), patient);
    },
    openEmpty: async () => {
      await database.deleteNodes();
      return openStore(database.url(), patient);
    },
  }));
});
