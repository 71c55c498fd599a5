import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ExposureError } from '../domain/errors.ts';
import type { FactStore, StoreRecord } from '../store/fact-store.ts';
import type { BackupHeader, RecordCounts } from './backup-format.ts';
import { encodeSeal, formatName, formatVersion, startChecksum } from './backup-format.ts';
import { encodeRecord } from './encode-record.ts';
import { isBackupOrEmpty } from './read-backup.ts';

export interface WrittenBackup {
  readonly header: BackupHeader;
  readonly counts: RecordCounts;
  readonly sizeBytes: number;
  /** Whether an older backup had that name. */
  readonly isReplaced: boolean;
}

/** Lines are handed on when so many characters came together. */
const pieceLength = 256 * 1024;

/**
 * Writes all that a store keeps into one file, as of one moment, while it goes on being used. The file has its name only
 * once it is whole and on the disk; until then an older backup of that name stays, and afterwards it is replaced. Only its
 * owner may read it. Bounded memory.
 *
 * @param product the version of this program
 * Throws CONFLICT where the name is that of something else than a backup, STORE_UNAVAILABLE where it cannot be written,
 * and what reading the store throws.
 */
export async function writeBackup(store: FactStore, path: string, product: string, now: number): Promise<WrittenBackup> {
  const part = `${path}.${process.pid}.part`;
  try {
    const isReplaced = await refuseOther(path);
    const file = await open(part, 'w', 0o600);
    try {
      const written = await writeInto(file, store, product, now);
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
    throw new ExposureError('STORE_UNAVAILABLE', `The backup ${path} cannot be written (${code}). Name a file in a folder that can.`, {
      cause: error,
    });
  }
}

/** Whether the name is that of an older backup. Throws CONFLICT where it is that of anything else. */
async function refuseOther(path: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  try {
    if ((await file.stat()).isFile() && (await isBackupOrEmpty(file))) return true;
  } finally {
    await file.close();
  }
  throw new ExposureError('CONFLICT', `${path} is there already and is no backup, so it is not replaced. Name another file.`);
}

async function writeInto(file: FileHandle, store: FactStore, product: string, now: number): Promise<Omit<WrittenBackup, 'isReplaced'>> {
  const lines = new BackupLines(product, now);
  const checksum = startChecksum();
  let sizeBytes = 0;
  await pipeline(Readable.from(lines.read(store.readRecords())), createGzip({ level: 4 }), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      checksum.update(piece);
      sizeBytes += piece.length;
      await file.writeFile(piece);
    }
  });
  const { header, counts } = lines;
  const seal = encodeSeal({ counts, sha256: checksum.digest('hex') });
  await file.writeFile(seal);
  return { header, counts, sizeBytes: sizeBytes + seal.length };
}

/** Header and records as text, and what was counted on the way. */
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
    if (this.#header === undefined) throw new Error('A store begins its records with the start.');
    return this.#header;
  }

  async *read(records: AsyncIterable<StoreRecord>): AsyncGenerator<string> {
    let piece = '';
    for await (const record of records) {
      piece += record.type === 'start' ? this.#begin(record.revision) : encodeRecord(record);
      this.#count(record);
      if (piece.length < pieceLength) continue;
      yield piece;
      piece = '';
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

/** The new name is on the disk too; not every system lets a folder be opened for that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}
