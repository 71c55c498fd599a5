import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ExposureError } from '../domain/errors.ts';
import type { Endpoint } from '../domain/records/endpoint.ts';
import type { FactStore } from '../store/fact-store.ts';
import type { StoreRecord } from '../store/store-record.ts';
import type { BackupHeader, RecordCounts } from './backup-format.ts';
import { encodeSeal, formatName, formatVersion, makeSeal, startChecksum } from './backup-format.ts';
import { isBackupOrEmpty } from './read-backup.ts';
import { encodeRecord } from './record-lines.ts';

export interface WrittenBackup {
  readonly header: BackupHeader;
  readonly counts: RecordCounts;
  readonly sizeBytes: number;
  /** Whether the new file replaced an older backup. */
  readonly isReplaced: boolean;
}

/** Collected lines are written out when they have this many characters. */
const pieceLength = 256 * 1024;

/**
 * Writes a snapshot of the whole store into one file while the store stays in use. The file gets its name when it is complete and
 * on disk, and replaces an older backup at that moment. Only the file's owner may read it. Uses bounded memory.
 *
 * @param product the version of this program
 * @param key EXPOSURE_AUDIT_KEY, which then seals the file; null: a checksum alone
 * @param isPrivate the file is the store's own for a moment, and keeps the secrets of endpoints. Else it holds none, and their endpoints are disabled
 * Throws CONFLICT if the name belongs to a file that is not a backup, STORE_UNAVAILABLE if the file cannot be written, and the
 * errors of reading the store.
 */
export async function writeBackup(
  store: Pick<FactStore, 'readRecords'>,
  path: string,
  product: string,
  now: number,
  key: string | null = null,
  isPrivate = false,
): Promise<WrittenBackup> {
  const part = `${path}.${process.pid}.part`;
  try {
    const isReplaced = await refuseOther(path);
    const file = await open(part, 'w', 0o600);
    try {
      const written = await writeInto(file, isPrivate ? store.readRecords() : withoutSecrets(store.readRecords()), product, now, key);
      await file.sync();
      await rename(part, path);
      await syncFolder(dirname(resolve(path)));
      return { ...written, isReplaced };
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    const { code, errno } = error as NodeJS.ErrnoException;
    if (error instanceof ExposureError || errno === undefined) throw error;
    throw new ExposureError('STORE_UNAVAILABLE', `The backup ${path} cannot be written (${code}). Name a file in a writable folder.`, {
      cause: error,
    });
  }
}

/** Whether an older backup has the name. Throws CONFLICT if a file that is not a backup has it. */
async function refuseOther(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isFile() && (await isBackupOrEmpty(path))) return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  throw new ExposureError('CONFLICT', `${path} exists and is not a backup, so it is not replaced. Name another file.`);
}

async function writeInto(
  file: FileHandle,
  records: AsyncIterable<StoreRecord>,
  product: string,
  now: number,
  key: string | null,
): Promise<Omit<WrittenBackup, 'isReplaced'>> {
  const lines = new BackupLines(product, now);
  const checksum = startChecksum();
  let sizeBytes = 0;
  await pipeline(Readable.from(lines.read(records)), createGzip({ level: 4 }), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      checksum.update(piece);
      sizeBytes += piece.length;
      await file.writeFile(piece);
    }
  });
  const { header, counts } = lines;
  const seal = encodeSeal(makeSeal(counts, checksum.digest('hex'), key));
  await file.writeFile(seal);
  return { header, counts, sizeBytes: sizeBytes + seal.length };
}

/** An endpoint that nothing can sign for is disabled until somebody saves it. */
async function* withoutSecrets(records: AsyncIterable<StoreRecord>): AsyncGenerator<StoreRecord> {
  for await (const record of records) {
    if (record.type !== 'document' || record.collection !== 'endpoint') yield record;
    else {
      const endpoint = JSON.parse(record.json) as Endpoint;
      yield { ...record, json: JSON.stringify({ ...endpoint, state: 'DISABLED', secrets: [] } satisfies Endpoint) };
    }
  }
}

/** The header and the records as text, and their counts. */
class BackupLines {
  readonly #product: string;
  readonly #now: number;
  #header: BackupHeader | undefined;
  readonly counts = { writes: 0, assertions: 0, undos: 0, documents: 0 };

  constructor(product: string, now: number) {
    this.#product = product;
    this.#now = now;
  }

  /** Known once the first piece is read. */
  get header(): BackupHeader {
    if (this.#header === undefined) throw new Error('The first record of a store must be the start record.');
    return this.#header;
  }

  async *read(records: AsyncIterable<StoreRecord>): AsyncGenerator<string> {
    let piece = '';
    for await (const record of records) {
      this.#count(record);
      if (record.type === 'start') piece += this.#begin(record.revision);
      for (const line of encodeRecord(record)) {
        piece += line;
        if (piece.length < pieceLength) continue;
        yield piece;
        piece = '';
      }
    }
    yield piece;
  }

  #begin(revision: number): string {
    this.#header = {
      format: formatName,
      version: formatVersion,
      product: this.#product,
      createdAt: new Date(this.#now).toISOString(),
      revision,
    };
    return `${JSON.stringify(this.#header)}\n`;
  }

  #count(record: StoreRecord): void {
    if (record.type === 'write') this.counts.writes++;
    else if (record.type === 'assertions') this.counts.assertions += record.assertions.length;
    else if (record.type === 'undo') this.counts.undos++;
    else if (record.type === 'document') this.counts.documents++;
  }
}

/** Flushes the new name to disk. Does nothing on systems that cannot open a folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
