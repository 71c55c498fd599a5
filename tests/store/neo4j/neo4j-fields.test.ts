import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, describe, setTestTimeout } from '../../support/test.ts';
import { describeFieldTables } from '../field-tables.contract.ts';

let folder: string;
let database: Neo4jForTests;

// Each test asks some hundred questions.
setTestTimeout(300_000);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exposure-fields-'));
  database = await openNeo4jForTests();
});
afterAll(async () => {
  // Later tests expect a complete store with the fields of this version.
  await database?.empty();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('another field table over Neo4j', () => {
  describeFieldTables(() => ({
    folder,
    options: patient,
    makeEmpty: async () => {
      await database.deleteNodes();
      return database.url();
    },
  }));
});
