import { randomUUID } from 'node:crypto';
import { int } from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { Connection, Transaction } from '../connection/connection.ts';
import { batchTimeoutMs, editTimeoutMs } from '../connection/connection.ts';
import { codeOf } from '../connection/translate-error.ts';
import type { Neo4jLedger } from '../log/ledger.ts';
import { rollBackStaged } from '../upkeep/roll-back.ts';
import type { HeadPosition } from './head.ts';
import { Lease, moveHead, readHead } from './head.ts';
import { isPublished } from './write-event.ts';
import type { Turn } from './write-lock.ts';
import { WriteLock } from './write-lock.ts';
import type { WritePath } from './write-path.ts';
import { OneTransaction, StagedTransactions } from './write-path.ts';

/** A change of the facts: a commit or an undo (write-facts.ts), or a restore (restore-backup.ts). */
export interface Change<T> {
  /** The person, token or program that writes. */
  readonly by: string;
  /** The approximate number of assertions that it writes or undoes. Infinity: always staged. */
  readonly size: number;
  /** Reads the needed facts and plans the change. Writes nothing. Throws the error that refuses the change. */
  plan(path: WritePath): Promise<PlannedChange<T>>;
}

export interface PlannedChange<T> {
  /** Called once everything is staged. */
  readonly result: () => T;
  /** Puts events, log and graph into the database, numbered above the head. Returns the new head. Absent: nothing to write. */
  readonly stage?: () => Promise<HeadPosition>;
}

interface FactWriterOptions {
  /** How long a write waits for other writers. */
  readonly waitMs: number;
  /** Writes of this many assertions or more are staged. Undefined: writes that exceed the server's memory for one transaction. */
  readonly stageFrom: number | undefined;
  /** How long other writers wait for a staged write that does not renew its lease. */
  readonly leaseMs: number;
}

/** An edit has at most this many assertions. It gets the timeout of an edit, so that other writers do not wait long for it. */
const maxEditSize = 100;

/**
 * Writes facts. Every commit, undo and restore takes these steps, in this order:
 *
 * 1. Lock: wait for the turn in this process, then lock the head of the store.
 * 2. Read the head and the published writes, which the change builds on (log/ledger.ts).
 * 3. Plan: compute the effect of the change on each fact (store/plan). A refused or empty change ends here.
 * 4. Stage: put the event, its assertions and the facts into log and graph, numbered above the head (`stage` of the change).
 *    Readers stop at the head, so they see nothing of it.
 * 5. Publish: move the head and close the gate, in the transaction that commits (write-path.ts).
 * 6. Release: the end of the transaction frees the lock, and the next writer of this process gets its turn.
 *
 * A write takes all steps in one transaction if the server has the memory for it. A larger write takes a lease in step 2 and
 * stages in many transactions; if it fails, its staged rows are rolled back (upkeep/roll-back.ts).
 *
 * Documents are not facts: each save locks its document alone (documents.ts).
 */
export class FactWriter {
  readonly #connection: Connection;
  readonly #ledger: Neo4jLedger;
  readonly #lock: WriteLock;
  readonly #options: FactWriterOptions;
  #transactionSize: number | undefined;

  constructor(connection: Connection, ledger: Neo4jLedger, options: FactWriterOptions) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#options = options;
    this.#lock = new WriteLock(connection, options.waitMs, (nonce, by) => rollBackStaged(connection, ledger, nonce, by, options.leaseMs));
  }

  /** Throws CONFLICT if other writers take too long, STORE_UNAVAILABLE, QUERY_TIMEOUT, and what the change throws. */
  async write<T>(change: Change<T>): Promise<T> {
    return await this.#lock.inTurn(change.by, async (turn) => {
      if (!(await this.#mustStage(change.size))) {
        try {
          return await this.#writeInOneTransaction(turn, change);
        } catch (error) {
          if (!isOutOfMemory(error)) throw error;
        }
      }
      return await this.#writeStaged(turn, change);
    });
  }

  async #writeInOneTransaction<T>(turn: Turn, change: Change<T>): Promise<T> {
    const nonce = randomUUID();
    return await turn.transact({
      timeoutMs: change.size <= maxEditSize ? editTimeoutMs : batchTimeoutMs + change.size,
      run: async (transaction, head) => {
        const path = new OneTransaction(transaction, nonce, await this.#ledger.refresh(transaction), head.at);
        const { result, stage } = await change.plan(path);
        if (stage === undefined) return { isKept: false, result: result() };
        await path.publish(await stage());
        return { isKept: true, result: result() };
      },
      isWritten: (transaction) => isPublished(transaction, nonce),
    });
  }

  async #writeStaged<T>(turn: Turn, change: Change<T>): Promise<T> {
    const lease = new Lease(this.#connection, this.#options.leaseMs);
    try {
      const path = await this.#takeLease(turn, lease);
      const { result, stage } = await change.plan(path);
      if (stage === undefined) await path.cancel();
      else await path.publish(await stage());
      return result();
    } catch (error) {
      await turn.rollBack(lease);
      throw error;
    }
  }

  async #takeLease(turn: Turn, lease: Lease): Promise<StagedTransactions> {
    return await turn.transact({
      timeoutMs: editTimeoutMs,
      run: async (transaction, head) => {
        const writes = await this.#ledger.refresh(transaction);
        await lease.take(transaction, turn.by);
        return { isKept: true, result: new StagedTransactions(this.#connection, lease, writes, head.at) };
      },
      isWritten: (transaction) => lease.isHeld(transaction),
    });
  }

  async #mustStage(size: number): Promise<boolean> {
    const { stageFrom } = this.#options;
    if (stageFrom !== undefined) return size >= stageFrom;
    if (size <= maxEditSize) return false;
    this.#transactionSize ??= await readTransactionSize(this.#connection);
    return size > this.#transactionSize;
  }

  /** As `emptyStore`. Throws CONFLICT. */
  async empty(by: string, version: StoreVersion): Promise<void> {
    await this.#lock.inTurn(by, (turn) => emptyStore(this.#connection, turn, version, this.#options.leaseMs));
  }

  /** Rolls back a staged write whose lease has expired, if there is one. */
  async rollBackExpired(by: string): Promise<void> {
    await this.#lock.rollBackExpired(by);
  }

  /** Resolves once no write of this process is running. */
  async idle(): Promise<void> {
    await this.#lock.idle();
  }
}

function isOutOfMemory(error: unknown): boolean {
  const cause = error instanceof ExposureError ? error.cause : error;
  return codeOf(cause)?.endsWith('OutOfMemoryError') === true;
}

/** The server's memory per assertion until its transaction ends: about 6 kB as measured, plus overhead. */
const bytesPerAssertion = 8_000;
/** The size if the server does not report its limit. */
const defaultSize = 50_000;

const settings = ['dbms.memory.transaction.total.max', 'db.memory.transaction.total.max', 'db.memory.transaction.max'];
const units: Readonly<Record<string, number>> = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };

/**
 * The most assertions in one transaction. They fit into half of the memory that the server allows for all transactions together.
 * Throws STORE_UNAVAILABLE.
 */
async function readTransactionSize(connection: Connection): Promise<number> {
  try {
    const rows = await connection.read(
      (transaction) => transaction.run('SHOW SETTINGS YIELD name, value WHERE name IN $settings RETURN value', { settings }),
      { fresh: true },
    );
    const limits = rows.map(([value]) => parseSize(value as string)).filter((bytes) => bytes > 0);
    return limits.length === 0 ? defaultSize : Math.floor(Math.min(...limits) / 2 / bytesPerAssertion);
  } catch (error) {
    if (error instanceof ExposureError && error.code === 'STORE_UNAVAILABLE') throw error;
    // Not every user may read settings.
    return defaultSize;
  }
}

/** Parses `716.80MiB` into bytes. Returns 0 for no limit and for anything else. */
function parseSize(text: string): number {
  const match = /^([\d.]+)([KMGT]?i?B)$/.exec(text);
  return match === null ? 0 : Number(match[1]) * (units[match[2] as string] ?? 0);
}

const deletedAtOnce = 5_000;

/** The hubs come last: deleting one with all its relationships can exceed the memory of a transaction. */
const deletions = [
  ...['SoftwareList', 'Advisory', 'Availability', 'SoftwareStatement'],
  ...['Transfer', 'Access', 'Engagement', 'Control', 'Artifact', 'Organization', 'ExposureFormer', 'ExposureAssertions'],
].map((label) => `MATCH (n:${label}) WITH n LIMIT $limit DETACH DELETE n RETURN count(*)`);

/** The content of a store at one moment, to find out whether it changed since. */
interface StoreVersion {
  readonly seq: number;
  /** Of all documents: collection, id, version. */
  readonly documents: string;
}

export async function readVersionOf(transaction: Transaction): Promise<StoreVersion> {
  const rows = await transaction.run('MATCH (d:ExposureDocument) RETURN d.collection, d.id, d.version ORDER BY d.collection, d.id');
  return { seq: (await readHead(transaction)).seq, documents: JSON.stringify(rows) };
}

/**
 * Deletes all events, facts and documents:
 *
 * 1. Take a lease, move the head to the start and delete the documents, in one transaction. For all readers the store is empty now.
 * 2. Delete facts and log in batches. They lie above the head, so that a rollback finishes the work of a process that ends here.
 * 3. Delete the events and end the lease.
 *
 * Throws CONFLICT if the store changed since `version`.
 */
export async function emptyStore(connection: Connection, turn: Turn, version: StoreVersion, leaseMs: number): Promise<void> {
  const lease = new Lease(connection, leaseMs);
  await turn.transact({
    timeoutMs: batchTimeoutMs,
    run: async (transaction) => {
      const now = await readVersionOf(transaction);
      if (now.seq !== version.seq || now.documents !== version.documents) throw changedMeanwhile();
      await lease.take(transaction, turn.by);
      await transaction.run('MATCH (d:ExposureDocument) DETACH DELETE d');
      await moveHead(transaction, { seq: 0, revision: 0, at: 0 });
      // Snapshots of the former content, kept by other programs, are foreign from now on.
      await transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.identity = randomUUID()');
      return { isKept: true, result: undefined };
    },
    isWritten: (transaction) => lease.isHeld(transaction),
  });
  await lease.write((transaction) => transaction.run('MATCH (m:ExposureStore {id: 1}) SET m.putBacks = coalesce(m.putBacks, 0) + 1'));
  for (const statement of deletions) {
    for (let count = deletedAtOnce; count === deletedAtOnce; ) {
      const rows = await lease.write((transaction) => transaction.run(statement, { limit: int(deletedAtOnce) }));
      count = rows[0]?.[0] as number;
    }
  }
  await lease.end(
    (transaction) => transaction.run('MATCH (event:ExposureWrite) DELETE event'),
    async () => true,
  );
}

function changedMeanwhile(): ExposureError {
  return new ExposureError(
    'CONFLICT',
    'Others wrote to the store meanwhile, and their changes would be lost. Nothing was changed. Stop the servers, and try again.',
  );
}
