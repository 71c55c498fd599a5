import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import { batchTimeoutMs, type Connection, type Transaction } from '../connection/connection.ts';
import { codeOf } from '../connection/translate-error.ts';

/** Brings a store from one schema version to the next. */
export interface Migration {
  /**
   * Before the step proper, outside its transaction: new constraints, and work in batches where one transaction would be too
   * large. May be run again, halfway or whole, and beside another program that does the same.
   */
  readonly prepare?: (connection: Connection) => Promise<void>;
  /** In one transaction with the raising of the version, and once. */
  readonly apply?: (transaction: Transaction) => Promise<void>;
}

/** Step i brings a store of version i + 1 to version i + 2. Steps are never changed once they were released. */
export const migrations: readonly Migration[] = [];

/** What facts are in the graph; a database may hold others' nodes beside them, but not under these labels. */
const factLabels = ['Organization', 'Artifact', 'Engagement', 'Transfer', 'Access', 'Control'] as const;
const internalLabels = ['ExposureWrite', 'ExposureAssertions', 'ExposureFormer', 'ExposureDocument'] as const;

/** Of a store that this version makes. */
const constraints = [
  unique('Organization', 'id'),
  unique('Artifact', 'id'),
  unique('Engagement', 'id'),
  unique('Transfer', 'id'),
  unique('Access', 'id'),
  unique('Control', 'key'),
  'CREATE CONSTRAINT exposure_reveals_key IF NOT EXISTS FOR ()-[r:REVEALS]-() REQUIRE r.key IS UNIQUE',
  unique('ExposureStore', 'id'),
  unique('ExposureWrite', 'seq'),
  unique('ExposureWrite', 'importId'),
  unique('ExposureAssertions', 'write', 'kind', 'place'),
  unique('ExposureFormer', 'kind', 'key'),
  unique('ExposureDocument', 'collection', 'id'),
];

function unique(label: string, ...properties: string[]): string {
  const name = `exposure_${[label, ...properties].join('_').toLowerCase()}`;
  return `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE (${properties.map((property) => `n.${property}`).join(', ')}) IS UNIQUE`;
}

/**
 * Makes a store in a database that has none, and brings an older one up to date. Several programs may do so at once.
 *
 * A store of this version is only read. Nothing is done to a database that cannot be ours.
 *
 * Throws STORE_TOO_NEW, STORE_DAMAGED (it holds what this program did not write), STORE_UNAVAILABLE.
 */
export async function openSchema(connection: Connection, steps: readonly Migration[] = migrations): Promise<void> {
  const version = steps.length + 1;
  const found = await readVersion(connection);
  if (found === undefined) await createStore(connection, version);
  else await migrate(connection, found, steps);
}

/** Undefined where the database holds no store, and nothing that keeps one from being made. */
async function readVersion(connection: Connection): Promise<number | undefined> {
  return connection.read(
    async (transaction) => {
      const version = await selectVersion(transaction);
      if (version !== undefined) return version;
      const foreign = await findForeignLabel(transaction);
      if (foreign === undefined) return undefined;
      // Where another program has just made the store, these facts are not foreign.
      const madeMeanwhile = await selectVersion(transaction);
      if (madeMeanwhile === undefined) throw foreignNodes(connection.address, foreign);
      return madeMeanwhile;
    },
    // A server that has just started plans each of these for the first time.
    { fresh: true, timeoutMs: batchTimeoutMs },
  );
}

async function selectVersion(transaction: Transaction): Promise<number | undefined> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.schemaVersion');
  return row?.[0] as number | undefined;
}

async function findForeignLabel(transaction: Transaction): Promise<string | undefined> {
  for (const label of [...factLabels, ...internalLabels]) {
    if ((await transaction.run(`MATCH (n:${label}) RETURN 1 LIMIT 1`)).length > 0) return label;
  }
  return undefined;
}

function foreignNodes(address: string, label: string): ExposureError {
  return new ExposureError(
    'STORE_DAMAGED',
    `The database at ${address} holds nodes with the label ${label}, but no store of Exposure Graph, so they are not ours. Name another database in EXPOSURE_STORE, or give those nodes another label.`,
  );
}

async function createStore(connection: Connection, version: number): Promise<void> {
  await runStatements(connection, constraints);
  await connection.write(
    async (transaction) => {
      await transaction.run(
        `MERGE (store:ExposureStore {id: 1})
         ON CREATE SET store.schemaVersion = $version, store.revision = $zero, store.seq = $zero, store.lastAt = $zero`,
        { version: int(version), zero: int(0) },
      );
      return { isKept: true, result: undefined };
    },
    { isIdempotent: true, timeoutMs: batchTimeoutMs },
  );
}

async function migrate(connection: Connection, found: number, steps: readonly Migration[]): Promise<void> {
  const version = steps.length + 1;
  if (found > version) {
    throw new ExposureError(
      'STORE_TOO_NEW',
      `The store at ${connection.address} has schema version ${found}, and this program knows versions up to ${version}. Start the version of the program that wrote it, or a newer one.`,
    );
  }
  for (let from = found; from < version; from++) {
    const step = steps[from - 1] as Migration;
    await step.prepare?.(connection);
    await connection.write(
      async (transaction) => {
        // Another program may do the same step: locked first, and looked at by a statement of its own.
        await transaction.run('MATCH (store:ExposureStore {id: 1}) SET store.id = 1');
        if ((await selectVersion(transaction)) !== from) return { isKept: false, result: undefined };
        await step.apply?.(transaction);
        await transaction.run('MATCH (store:ExposureStore {id: 1}) SET store.schemaVersion = $to', { to: int(from + 1) });
        return { isKept: true, result: undefined };
      },
      { isIdempotent: true, timeoutMs: batchTimeoutMs },
    );
  }
}

/** Statements that make constraints or indexes, each where it is missing. Throws STORE_DAMAGED where others' are in the way. */
export async function runStatements(connection: Connection, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runStatement(connection, statement);
}

async function runStatement(connection: Connection, statement: string, mayRepeat = true): Promise<void> {
  try {
    await connection.write(async (transaction) => ({ isKept: true, result: await transaction.run(statement) }), {
      isIdempotent: true,
      timeoutMs: batchTimeoutMs,
    });
  } catch (error) {
    // Another program made the same between the look and the making: it is there now.
    if (mayRepeat && codeOf(error) === 'Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists') {
      return runStatement(connection, statement, false);
    }
    if (!codeOf(error)?.startsWith('Neo.ClientError.Schema.')) throw error;
    throw new ExposureError(
      'STORE_DAMAGED',
      `The database at ${connection.address} has an index, a constraint or relationships in the way of ours (${(error as Error).message}). Remove that there, or name another database in EXPOSURE_STORE.`,
      { cause: error },
    );
  }
}
