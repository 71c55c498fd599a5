import neo4j from 'neo4j-driver';
import { startNeo4j } from './neo4j-server.ts';

/** A Neo4j whose data tests may delete. */
export interface Neo4jForTests {
  /** Its address under the scheme, by default `neo4j`. */
  url(scheme?: 'bolt' | 'neo4j'): string;
  /** Leaves no node, constraint or index. */
  empty(): Promise<void>;
  /** The rows of a query, cells in the order of RETURN, integers as numbers. */
  run(query: string, parameters?: Record<string, unknown>): Promise<unknown[][]>;
  /** Stops it, unless it was there before. */
  stop(): Promise<void>;
}

/** The one that EXPOSURE_TEST_NEO4J names (`bolt://…`, asks nobody who they are), else one started for the caller alone. */
export async function openNeo4jForTests(): Promise<Neo4jForTests> {
  const named = process.env.EXPOSURE_TEST_NEO4J;
  const own = named === undefined ? await startNeo4j() : undefined;
  const address = own?.url('bolt') ?? (named as string);
  const driver = neo4j.driver(address, neo4j.auth.basic('', ''), { disableLosslessIntegers: true });
  const run: Neo4jForTests['run'] = async (query, parameters = {}) => {
    const session = driver.session();
    try {
      const { records } = await session.run(query, parameters);
      return records.map((record) => [...record.values()]);
    } finally {
      await session.close();
    }
  };
  return {
    url: (scheme = 'neo4j') => address.replace(/^\w+:/, `${scheme}:`),
    run,
    async empty() {
      await run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
      for (const [name] of await run('SHOW CONSTRAINTS YIELD name')) await run(`DROP CONSTRAINT \`${name}\``);
      for (const [name] of await run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"))
        await run(`DROP INDEX \`${name}\``);
    },
    async stop() {
      await driver.close();
      await own?.stop();
    },
  };
}
