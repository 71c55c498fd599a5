import type { Neo4jForTests } from '../support/neo4j-for-tests.ts';

/** Leaves a store as it was when it was made. Its constraints stay: making them takes longer than a test. */
export async function emptyNeo4jStore(neo4j: Neo4jForTests): Promise<void> {
  await neo4j.run('MATCH (n) WHERE NOT n:ExposureStore CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  await neo4j.run(
    'MATCH (m:ExposureStore {id: 1}) SET m.revision = 0, m.seq = 0, m.lastAt = 0 REMOVE m.staging, m.stagingBy, m.stagingSince, m.leaseAt',
  );
}
