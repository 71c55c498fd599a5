import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../server/store/open/open-store.ts';
import type { Neo4jForTests } from '../../support/neo4j/neo4j-for-tests.ts';
import { openNeo4jForTests, patient } from '../../support/neo4j/neo4j-for-tests.ts';
import { afterAll, beforeAll, setTestTimeout } from '../../support/test.ts';
import { describeSoftwareFacts } from '../software-facts.contract.ts';

let database: Neo4jForTests;
const folder = mkdtempSync(join(tmpdir(), 'exposure-neo4j-software-'));
let count = 0;

setTestTimeout(300_000);

beforeAll(async () => {
  database = await openNeo4jForTests();
});
afterAll(async () => {
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const openNeo4j = async () => {
  await database.deleteNodes();
  return openStore(database.url(), patient);
};
const openSqlite = () => openStore(`sqlite:${join(folder, `${count++}.db`)}`);

describeSoftwareFacts('facts of software in Neo4j', openNeo4j, openSqlite, 3);
