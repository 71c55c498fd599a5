import { startNeo4j } from './neo4j-server.ts';
import { openDirectly, type RunQuery } from './neo4j-session.ts';

/** Store options for tests without faults. Long timeouts keep a busy machine from looking like a fault. */
export const patient = { patience: 5, busyWaitMs: 200_000 };

/** A Neo4j whose data tests may delete. */
export interface Neo4jForTests {
  /** Its address under the scheme, by default `neo4j`. */
  url(scheme?: 'bolt' | 'neo4j'): string;
  /** Leaves no node, constraint or index. */
  empty(): Promise<void>;
  /** Leaves no node. Constraints stay: making them takes longer than a test. */
  deleteNodes(): Promise<void>;
  /** Leaves a store without facts and history, if there is one. Its constraints stay: making them takes longer than a test. */
  emptyStore(): Promise<void>;
  /** Asks the database directly. */
  readonly run: RunQuery;
  /** Stops it, unless it ran before the test. */
  stop(): Promise<void>;
}

const deleteAll = 'MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS';

/** The one that TEST_NEO4J_URL names (`bolt://…`, asks nobody who they are), else one started for the caller alone. */
export async function openNeo4jForTests(): Promise<Neo4jForTests> {
  const named = process.env.TEST_NEO4J_URL;
  const own = named === undefined ? await startNeo4j() : undefined;
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
        'MATCH (m:ExposureStore {id: 1}) SET m.revision = 0, m.seq = 0, m.lastAt = 0 REMOVE m.staging, m.stagingBy, m.stagingSince, m.leaseAt',
      );
    },
    async stop() {
      await close();
      await own?.stop();
    },
  };
}
