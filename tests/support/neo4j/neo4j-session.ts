import neo4j from 'neo4j-driver';

/** Runs a query. Returns its rows, with cells in the order of RETURN and integers as numbers. */
export type RunQuery = (query: string, parameters?: Record<string, unknown>) => Promise<unknown[][]>;

/** Queries a database directly, without the product's code, so tests can inspect and damage it. It uses no authentication. */
export async function withSession<T>(address: string, work: (run: RunQuery) => Promise<T>): Promise<T> {
  const direct = openDirectly(address);
  try {
    return await work(direct.run);
  } finally {
    await direct.close();
  }
}

/** As `withSession`, but the caller closes the session. */
export function openDirectly(address: string): { readonly run: RunQuery; close(): Promise<void> } {
  const driver = neo4j.driver(address, neo4j.auth.basic('', ''), { disableLosslessIntegers: true });
  return {
    async run(query, parameters = {}) {
      const session = driver.session();
      try {
        const { records } = await session.run(query, parameters);
        return records.map((record) => [...record.values()]);
      } finally {
        await session.close();
      }
    },
    close: () => driver.close(),
  };
}
