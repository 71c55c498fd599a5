import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import { fieldsVersion } from '../../../domain/fact-fields.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { FieldNames } from '../../stored-fields.ts';
import { addFieldNames, firstFieldNames } from '../../stored-fields.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs } from '../connection/connection.ts';
import { codeOf } from '../connection/translate-error.ts';
import { readFieldNames, toMarkerNames } from '../log/ledger.ts';

/** Migrates a store from one schema version to the next. */
export interface Migration {
  /**
   * Runs before the step, outside its transaction: new constraints, and batched work that is too large for one transaction. It
   * may run again after a failure, and at the same time in another process.
   */
  readonly prepare?: (connection: Connection) => Promise<void>;
  /** Runs once, in the transaction that raises the version. */
  readonly apply?: (transaction: Transaction) => Promise<void>;
}

/** Step i migrates from version i + 1 to i + 2. Never change a released step. */
export const migrations: readonly Migration[] = [
  { apply: (transaction) => saveFieldNames(transaction, firstFieldNames, 1) },
  // Version 3 packs new chunks with a checksum. Older chunks stay unchanged.
  {},
];

/** The labels of facts. Foreign nodes may stand beside them under other labels only. */
const factLabels = [
  ...['Organization', 'Artifact', 'Engagement', 'Transfer', 'Access', 'Control'],
  ...['SoftwareList', 'Advisory', 'Availability', 'SoftwareStatement'],
] as const;
const internalLabels = ['ExposureWrite', 'ExposureAssertions', 'ExposureFormer', 'ExposureDocument'] as const;

/** A store of an earlier version gets these when it learns of the kinds. */
const softwareConstraints = [
  unique('SoftwareList', 'id'),
  unique('Advisory', 'id'),
  unique('Availability', 'id'),
  unique('SoftwareStatement', 'id'),
];

/** The constraints of a store that this version creates. */
const constraints = [
  unique('Organization', 'id'),
  unique('Artifact', 'id'),
  unique('Engagement', 'id'),
  unique('Transfer', 'id'),
  unique('Access', 'id'),
  unique('Control', 'key'),
  ...softwareConstraints,
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
 * Creates the store in a database that has none, and migrates an older one. Several processes may do so at once.
 *
 * A store of this version is only read. A database with foreign nodes under our labels is left as it is.
 *
 * Throws STORE_TOO_NEW, STORE_DAMAGED (the database holds nodes that this program did not write), STORE_UNAVAILABLE.
 */
export async function openSchema(connection: Connection, steps: readonly Migration[] = migrations): Promise<void> {
  const version = steps.length + 1;
  const found = await readVersion(connection);
  if (found === undefined) await createStore(connection, version);
  else await migrate(connection, found, steps);
  await addMissingFields(connection);
}

/**
 * A random text that tells this store from every other one in the same or another database. Emptying a store gives it another.
 * Null in a store that no version with identities has opened yet.
 */
export async function readIdentity(transaction: Transaction): Promise<string | null> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.identity');
  return (row?.[0] as string | null | undefined) ?? null;
}

/** Adds the fields and the identity that the store lacks. Throws STORE_TOO_NEW if a newer program has added fields unknown here. */
async function addMissingFields(connection: Connection): Promise<void> {
  const { version, isComplete, hasIdentity } = await connection.read(readFields, { fresh: true, timeoutMs: batchTimeoutMs });
  if (version > fieldsVersion) {
    throw tooNew(
      connection.address,
      `facts with fields of version ${version}, and this program knows fields up to version ${fieldsVersion}`,
    );
  }
  if (isComplete && version === fieldsVersion && hasIdentity) return;
  if (!isComplete) await runStatements(connection, softwareConstraints);
  await connection.write(
    async (transaction) => {
      // Another program may do the same: the marker is locked before its names are read.
      await transaction.run('MATCH (store:ExposureStore {id: 1}) SET store.id = 1');
      const found = await readFields(transaction);
      await saveFieldNames(transaction, addFieldNames(found.names), Math.max(found.version, fieldsVersion));
      await transaction.run('MATCH (store:ExposureStore {id: 1}) SET store.identity = coalesce(store.identity, randomUUID())');
      return { isKept: true, result: undefined };
    },
    { isIdempotent: true, timeoutMs: batchTimeoutMs },
  );
}

interface StoredSchema {
  readonly names: FieldNames;
  readonly version: number;
  readonly isComplete: boolean;
  readonly hasIdentity: boolean;
}

async function readFields(transaction: Transaction): Promise<StoredSchema> {
  const names = await readFieldNames(transaction);
  const all = addFieldNames(names);
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.fieldsVersion, store.identity IS NOT NULL');
  const isComplete = factKinds.every((kind) => all[kind].length === names[kind].length);
  return { names, version: (row?.[0] as number | null | undefined) ?? 1, isComplete, hasIdentity: row?.[1] === true };
}

async function saveFieldNames(transaction: Transaction, names: FieldNames, version: number): Promise<void> {
  await transaction.run('MATCH (store:ExposureStore {id: 1}) SET store.fields = $fields, store.fieldsVersion = $version', {
    fields: toMarkerNames(names),
    version: int(version),
  });
}

function tooNew(address: string, reason: string): ExposureError {
  return new ExposureError(
    'STORE_TOO_NEW',
    `The store at ${address} was written by a newer version of this program: it has ${reason}. Start the version that wrote it, or a newer one.`,
  );
}

/** Undefined if the database holds no store and a new one can be created. */
async function readVersion(connection: Connection): Promise<number | undefined> {
  return connection.read(
    async (transaction) => {
      const version = await selectVersion(transaction);
      if (version !== undefined) return version;
      const foreign = await findForeignLabel(transaction);
      if (foreign === undefined) return undefined;
      // If another process has just created the store, these nodes are its facts.
      const createdMeanwhile = await selectVersion(transaction);
      if (createdMeanwhile === undefined) throw foreignNodes(connection.address, foreign);
      return createdMeanwhile;
    },
    // Longer timeout: a server that has just started has to plan each statement.
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
    `The database at ${address} holds nodes with the label ${label}, but no store of Exposure Graph, so another program wrote them. Name another database in EXPOSURE_STORE, or give those nodes another label.`,
  );
}

async function createStore(connection: Connection, version: number): Promise<void> {
  await runStatements(connection, constraints);
  await connection.write(
    async (transaction) => {
      await transaction.run(
        `MERGE (store:ExposureStore {id: 1})
         ON CREATE SET store.schemaVersion = $version, store.revision = $zero, store.seq = $zero, store.lastAt = $zero,
           store.fields = $fields, store.fieldsVersion = $fieldsVersion, store.identity = randomUUID()`,
        { version: int(version), zero: int(0), fields: toMarkerNames(addFieldNames({})), fieldsVersion: int(fieldsVersion) },
      );
      return { isKept: true, result: undefined };
    },
    { isIdempotent: true, timeoutMs: batchTimeoutMs },
  );
}

async function migrate(connection: Connection, found: number, steps: readonly Migration[]): Promise<void> {
  const version = steps.length + 1;
  if (found > version) {
    throw tooNew(connection.address, `schema version ${found}, and this program knows versions up to ${version}`);
  }
  for (let from = found; from < version; from++) {
    const step = steps[from - 1] as Migration;
    await step.prepare?.(connection);
    await connection.write(
      async (transaction) => {
        // Another process may take the same step: lock first, then read the version by a statement of its own.
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

/** Creates constraints or indexes that are missing. Throws STORE_DAMAGED if a foreign one is in the way. */
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
    // Another process created the same one at the same time: it exists now.
    if (mayRepeat && codeOf(error) === 'Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists') {
      return runStatement(connection, statement, false);
    }
    if (!codeOf(error)?.startsWith('Neo.ClientError.Schema.')) throw error;
    throw new ExposureError(
      'STORE_DAMAGED',
      `The database at ${connection.address} has an index, a constraint or relationships that conflict with the store's (${(error as Error).message}). Remove them there, or name another database in EXPOSURE_STORE.`,
      { cause: error },
    );
  }
}
