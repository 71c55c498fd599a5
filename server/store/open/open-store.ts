import { ExposureError } from '../../domain/errors.ts';
import type { ChangeReader, DatabasePlace, FilePlace, StoredPlace, WholeStore } from '../fact-store.ts';
import { MergedReader, MergedStore } from '../merges/merged-store.ts';
import { snapshotBeside, snapshotIn } from '../snapshot-path.ts';
import { SqliteReader } from '../sqlite/read/sqlite-reader.ts';
import { SqliteStore } from '../sqlite/sqlite-store.ts';
import type { ServeLock } from '../sqlite/store-file.ts';
import { acquireFolderLock, acquireServeLock, refuseOtherFile, resolveStoreFile } from '../sqlite/store-file.ts';
import type { BackgroundCheck } from '../sqlite/verify.ts';
import { checkInBackground, verifyAt } from '../sqlite/verify.ts';
import type { StoredDocument } from '../store-record.ts';

export interface OpenStoreOptions {
  /** How long a write waits for other writers. Default 30,000. */
  readonly busyWaitMs?: number;
  /** SQLite: writes of this many assertions or more run in a thread, so that the event loop of a server stays free. Default: none does. */
  readonly threadFrom?: number;
  /** Neo4j: user and password. Null or absent: no authentication. */
  readonly credentials?: { readonly username: string; readonly password: string } | null;
  /** Neo4j: how long to wait for a server that does not answer yet. Default 60,000. */
  readonly waitMs?: number;
  /** Neo4j: called once, with a sentence, when that wait begins. */
  readonly onWaiting?: (sentence: string) => void;
  /** Neo4j: writes of this many assertions or more are staged. Default: writes that exceed its memory for one transaction. */
  readonly stageFrom?: number;
  /** Neo4j: how long other writers wait for a staged write that does not renew its lease. Default 20,000. */
  readonly leaseMs?: number;
  /** Neo4j: factor for all timeouts of requests. Default 1. */
  readonly patience?: number;
}

/**
 * Opens the store that a URL names, and creates it if there is none.
 *
 * @param url `sqlite:PATH`, relative to the working directory, or `neo4j://HOST:PORT/DATABASE` (`bolt`, `+s`, `+ssc` too)
 * Throws BAD_CONFIGURATION (URL, user, password, database), STORE_UNAVAILABLE, STORE_DAMAGED, STORE_TOO_NEW.
 */
export async function openStore(url: string, options: OpenStoreOptions = {}): Promise<WholeStore> {
  if (isEmbedded(url)) return new MergedStore(SqliteStore.open(storePath(url), options));
  // Loaded on demand: the driver takes longer to load than an embedded store to open.
  const [{ openConnected }, { Neo4jStore }] = await Promise.all([
    import('../neo4j/connection/open-connection.ts'),
    import('../neo4j/neo4j-store.ts'),
  ]);
  return openConnected(url, options, async (connection) => new MergedStore(await Neo4jStore.open(connection, options)));
}

interface StoreReader {
  readonly reader: MergedReader<ChangeReader>;
  close(): void | Promise<void>;
}

/** Opens a store once more, in a thread of the process that has opened it. Reads all that this process has read. Throws STORE_UNAVAILABLE. */
export async function openStoreReader(place: StoredPlace): Promise<StoreReader> {
  const { unmerged, close } = place.kind === 'sqlite' ? openFileReader(place) : await openDatabaseReader(place);
  return { reader: new MergedReader<ChangeReader>(unmerged), close };
}

function openFileReader({ path, file }: FilePlace) {
  const unmerged = new SqliteReader(path);
  try {
    refuseOtherFile(path, file);
    return { unmerged, close: () => unmerged.close() };
  } catch (error) {
    unmerged.close();
    throw error;
  }
}

async function openDatabaseReader(place: DatabasePlace) {
  const [{ connectTo }, { Neo4jReader }] = await Promise.all([
    import('../neo4j/connection/open-connection.ts'),
    import('../neo4j/read/neo4j-reader.ts'),
  ]);
  const connection = connectTo(place);
  try {
    const unmerged = new Neo4jReader(connection);
    // The leader of a cluster has every revision, and what follows is read as of this one or later.
    await unmerged.readRevision();
    return { unmerged, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * Verifies the store at a URL without writing. See FactStore.verify.
 *
 * @param onAudit gets the documents of the collection `audit`, unless the store is damaged
 * Throws BAD_CONFIGURATION, STORE_UNAVAILABLE.
 */
export async function verifyStoreAt(
  url: string,
  options: OpenStoreOptions = {},
  onAudit?: (documents: readonly StoredDocument[]) => void,
): Promise<string[]> {
  if (isEmbedded(url)) return verifyAt(storePath(url), onAudit);
  const store = await openStore(url, options);
  try {
    onAudit?.(await store.listDocuments('audit'));
    return await store.verify();
  } finally {
    await store.close();
  }
}

/**
 * Checks the whole content of an embedded store in the background: a start checks a sample of a large one. The log of a Neo4j has a checksum
 * in each chunk, which is checked whenever it is read. See `checkInBackground`.
 */
export function checkContentInBackground(url: string): BackgroundCheck {
  return isEmbedded(url) ? checkInBackground(storePath(url)) : { problems: Promise.resolve([]), stop: async () => undefined };
}

/**
 * Keeps a second server from opening an embedded store. Any number of servers may share a Neo4j.
 * Throws STORE_IN_USE, STORE_UNAVAILABLE.
 */
export function lockForServing(url: string): ServeLock {
  return isEmbedded(url) ? acquireServeLock(storePath(url)) : { release: () => undefined };
}

/**
 * The file that keeps the projection of a store: beside an embedded store, in the data folder for a database.
 * Throws BAD_CONFIGURATION, STORE_UNAVAILABLE.
 */
export function snapshotPathOf(url: string, dataFolder: string): string {
  return isEmbedded(url) ? snapshotBeside(storePath(url)) : snapshotIn(dataFolder, url);
}

/**
 * Keeps a server of another embedded store out of the data folder. Servers of a Neo4j share it.
 * Throws STORE_IN_USE, STORE_UNAVAILABLE.
 */
export function lockDataFolder(url: string, folder: string): ServeLock {
  return isEmbedded(url) ? acquireFolderLock(folder) : { release: () => undefined };
}

/** The name of a store in a sentence: its file, or the address of its database. Throws BAD_CONFIGURATION, STORE_UNAVAILABLE. */
export function placeOf(url: string): string {
  return isEmbedded(url) ? storePath(url) : url;
}

function isEmbedded(url: string): boolean {
  return url.startsWith('sqlite:');
}

/** The file of an embedded store. Throws BAD_CONFIGURATION, STORE_UNAVAILABLE. */
function storePath(url: string): string {
  const path = url.slice('sqlite:'.length);
  if (path === '') {
    throw new ExposureError(
      'BAD_CONFIGURATION',
      `EXPOSURE_STORE is "${url}". Expected sqlite: and the path of a file, such as sqlite:./data/exposure.db.`,
    );
  }
  return resolveStoreFile(path);
}
