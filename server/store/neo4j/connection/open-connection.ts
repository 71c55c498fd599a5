import { setTimeout as sleep } from 'node:timers/promises';
import neo4j from 'neo4j-driver';
import { ExposureError } from '../../../domain/errors.ts';
import type { DatabasePlace } from '../../fact-store.ts';
import { Connection, pollTimeoutMs, readTimeoutMs } from './connection.ts';
import { codeOf, inSeconds, isTimeOver, isUnauthenticated, mayComeBack } from './translate-error.ts';

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

/** Connects to a database and waits until it answers. Throws as `openConnected`. */
export function openConnection(url: string, options: OpenConnectionOptions = {}): Promise<Connection> {
  return openConnected(url, options, async (connection) => connection);
}

/**
 * Connects to a database, and waits until it answers and `begin` has its answers too: a server that has just started may answer one question
 * and not the next. Each try may take longer than the one before, so a slow server is waited for as an absent one is.
 *
 * A refused password is not tried again: after three wrong ones the server refuses the right one too, for a while.
 *
 * @param url `neo4j://HOST[:PORT][/DATABASE]`, or `bolt`, either with `+s` (TLS) or `+ssc` (TLS, any certificate)
 * @param begin what comes first; may run several times
 * Throws BAD_CONFIGURATION (URL, user, password, database), STORE_UNAVAILABLE (no answer in time), and what `begin` throws.
 */
export async function openConnected<T>(
  url: string,
  options: OpenConnectionOptions,
  begin: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { credentials = null, patience = 1 } = options;
  const connection = connectTo({ kind: 'neo4j', url, credentials, patience });
  try {
    return await awaitServer(connection, { ...options, database: parseStoreUrl(url).database }, begin);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Connects to a database without waiting for it. Throws BAD_CONFIGURATION (URL). */
export function connectTo(place: DatabasePlace): Connection {
  const { url, credentials } = place;
  const { address, database } = parseStoreUrl(url);
  const auth = credentials === null ? undefined : neo4j.auth.basic(credentials.username, credentials.password);
  return new Connection(address, place, () => ({ driver: neo4j.driver(address, auth, driverSettings), database }));
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

async function awaitServer<T>(
  connection: Connection,
  options: OpenConnectionOptions & { database: string | undefined },
  begin: (connection: Connection) => Promise<T>,
): Promise<T> {
  const { waitMs = 60_000, onWaiting, credentials = null, database } = options;
  const end = performance.now() + waitMs;
  let isAnnounced = false;
  let timeoutMs = pollTimeoutMs;
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, maxPauseMs), timeoutMs = Math.min(timeoutMs * 2, readTimeoutMs)) {
    try {
      await connection.read((transaction) => transaction.run('RETURN 1'), { timeoutMs });
      return await begin(connection);
    } catch (error) {
      const cause = (error as { cause?: unknown }).cause;
      if (isUnauthenticated(cause)) throw refusedUser(connection.address, credentials, cause);
      if (codeOf(cause) === 'Neo.ClientError.Database.DatabaseNotFound') throw missingDatabase(connection.address, database, cause);
      const isSlow = isTimeOver(codeOf(cause));
      if (!isSlow && !mayComeBack(cause)) throw error;
      const sentence = isSlow ? `The database at ${connection.address} is slow to answer.` : (error as Error).message;
      if (performance.now() + pauseMs > end) {
        throw new ExposureError('STORE_UNAVAILABLE', `${sentence} The start waited ${inSeconds(waitMs)} for it.`, {
          cause,
        });
      }
      if (!isAnnounced) onWaiting?.(`${sentence} Waiting up to ${inSeconds(waitMs)} for it.`);
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
