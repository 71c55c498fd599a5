import { type Neo4jOptions, type Neo4jServer, startNeo4j } from './neo4j-server.ts';
import { openDirectly, type RunQuery } from './neo4j-session.ts';

/** Store options for tests without faults. Long timeouts keep a busy machine from looking like a fault. */
export const patient = { patience: 5, busyWaitMs: 200_000 };

/** A Neo4j whose data tests may delete. */
export interface Neo4jForTests {
  /** Its address with this scheme; default: `neo4j`. */
  url(scheme?: 'bolt' | 'neo4j'): string;
  /** Deletes all nodes, constraints and indexes. */
  empty(): Promise<void>;
  /** Deletes all nodes. Keeps constraints, which take longer to create than a test runs. */
  deleteNodes(): Promise<void>;
  /** Empties the store, if there is one: no facts, no history. Keeps constraints, which take longer to create than a test runs. */
  emptyStore(): Promise<void>;
  /** Queries the database directly. */
  readonly run: RunQuery;
  /** Stops the database, unless it ran before the test. */
  stop(): Promise<void>;
}

/**
 * As `startNeo4j`, for tests that fill and empty the database all the time. It keeps its plans for an hour; by default, Neo4j plans statements anew
 * every ten seconds while data change.
 */
export function startNeo4jForTests(options: Neo4jOptions = {}): Promise<Neo4jServer> {
  return startNeo4j({ ...options, settings: { 'dbms.cypher.min_replan_interval': '1h', ...options.settings } });
}

const deleteAll = 'MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS';

/** The Neo4j at TEST_NEO4J_URL (`bolt://…`, without authentication), or else a new one for this caller. */
export async function openNeo4jForTests(): Promise<Neo4jForTests> {
  const named = process.env.TEST_NEO4J_URL;
  const own = named === undefined ? await startNeo4jForTests() : undefined;
  const address = own?.url('bolt') ?? (named as string);
  const { run, close } = openDirectly(address);
  return {
    url: (scheme = 'neo4j') => address.replace(/^\w+:/, `${scheme}:`),
    run,
    async empty() {
      await run(deleteAll);
      for (const [name] of await run('SHOW CONSTRAINTS YIELD name')) await run(`DROP CONSTRAINT \`${name}\``);
      for (const [name] of await run(
        "SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name",
      ))
        await run(`DROP INDEX \`${name}\``);
    },
    async deleteNodes() {
      await run(deleteAll);
    },
    async emptyStore() {
      await run('MATCH (n) WHERE NOT n:ExposureStore CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
      await run(
        'MATCH (m:ExposureStore {id: 1}) SET m.revision = 0, m.seq = 0, m.lastAt = 0, m.identity = randomUUID() REMOVE m.staging, m.stagingBy, m.stagingSince, m.leaseAt',
      );
    },
    async stop() {
      await close();
      await own?.stop();
    },
  };
}
