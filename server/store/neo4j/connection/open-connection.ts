import { setTimeout as sleep } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import { Connection, pollTimeoutMs } from './connection.ts';
import { codeOf, inSeconds, isUnauthenticated, mayComeBack } from './translate-error.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface OpenConnectionOptions {
  /** Null or absent: no authentication. */
  readonly credentials?: Credentials | null;
  /** How long to wait for a server that does not answer yet. Default 60,000. */
  readonly waitMs?: number;
  /** Called once, with a sentence, when the wait begins. */
  readonly onWaiting?: (sentence: string) => void;
  /** Factor for all timeouts of requests. Default 1. */
  readonly patience?: number;
}

interface StoreUrl {
  /** Without database and credentials: `neo4j://host:7687`. */
  readonly address: string;
  readonly database: string | undefined;
}

/** Measured: they detect a dead server within seconds and keep a live one. The driver's own timeouts are minutes. */
const driverSettings = {
  connectionTimeout: 3_000,
  connectionAcquisitionTimeout: 5_000,
  connectionLivenessCheckTimeout: 30_000,
  maxConnectionPoolSize: 20,
  disableLosslessIntegers: true,
  telemetryDisabled: true,
  notificationFilter: { minimumSeverityLevel: 'OFF' },
} as const;

const maxPauseMs = 2_000;

/**
 * Connects to a database and waits until it answers.
 *
 * A refused password is not tried again: after three wrong ones the server refuses the right one too, for a while.
 *
 * @param url `neo4j://HOST[:PORT][/DATABASE]`, or `bolt`, either with `+s` (TLS) or `+ssc` (TLS, any certificate)
 * Throws BAD_CONFIGURATION (URL, user, password, database), STORE_UNAVAILABLE (no answer in time).
 */
export async function openConnection(url: string, options: OpenConnectionOptions = {}): Promise<Connection> {
  const { address, database } = parseStoreUrl(url);
  const { credentials = null, patience } = options;
  const auth = credentials === null ? undefined : neo4j.auth.basic(credentials.username, credentials.password);
  const connection = new Connection(address, () => ({ driver: neo4j.driver(address, auth, driverSettings), database }), patience);
  try {
    await awaitServer(connection, { ...options, database });
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Throws BAD_CONFIGURATION, never with a password in it. */
function parseStoreUrl(url: string): StoreUrl {
  const match = /^((?:neo4j|bolt)(?:\+s|\+ssc)?:\/\/[^\s/?#@]+)(?:\/([^\s/?#@]*))?$/.exec(url);
  if (match === null) {
    throw new ExposureError(
      'BAD_CONFIGURATION',
      `EXPOSURE_STORE is ${JSON.stringify(withoutUser(url))}. Expected neo4j://host:7687/database, without user and password: those are NEO4J_USERNAME and NEO4J_PASSWORD.`,
    );
  }
  return { address: match[1] as string, database: match[2] || undefined };
}

function withoutUser(url: string): string {
  return url.replace(/\/\/.*@/, '//…@');
}

async function awaitServer(connection: Connection, options: OpenConnectionOptions & { database: string | undefined }): Promise<void> {
  const { waitMs = 60_000, onWaiting, credentials = null, database } = options;
  const end = performance.now() + waitMs;
  let isAnnounced = false;
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
    try {
      await connection.read((transaction) => transaction.run('RETURN 1'), { timeoutMs: pollTimeoutMs });
      return;
    } catch (error) {
      const cause = (error as { cause?: unknown }).cause;
      if (isUnauthenticated(cause)) throw refusedUser(connection.address, credentials, cause);
      if (codeOf(cause) === 'Neo.ClientError.Database.DatabaseNotFound') throw missingDatabase(connection.address, database, cause);
      if (!mayComeBack(cause)) throw error;
      if (performance.now() + pauseMs > end) {
        throw new ExposureError('STORE_UNAVAILABLE', `${(error as Error).message} The start waited ${inSeconds(waitMs)} for it.`, {
          cause,
        });
      }
      if (!isAnnounced) onWaiting?.(`${(error as Error).message} Waiting up to ${inSeconds(waitMs)} for it.`);
      isAnnounced = true;
      await sleep(pauseMs);
    }
  }
}

function refusedUser(address: string, credentials: Credentials | null, cause: unknown): ExposureError {
  const sentence =
    credentials === null
      ? `The database at ${address} requires a user and a password. Set NEO4J_USERNAME and NEO4J_PASSWORD.`
      : `The database at ${address} refuses user ${JSON.stringify(credentials.username)} with the password in NEO4J_PASSWORD. Correct NEO4J_USERNAME or NEO4J_PASSWORD.`;
  return new ExposureError('BAD_CONFIGURATION', sentence, { cause });
}

function missingDatabase(address: string, database: string | undefined, cause: unknown): ExposureError {
  return new ExposureError(
    'BAD_CONFIGURATION',
    `The server at ${address} has no database ${JSON.stringify(database ?? 'by default')}. Create it there, or name another one in EXPOSURE_STORE.`,
    { cause },
  );
}
