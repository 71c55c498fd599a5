import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { ExposureError } from '../domain/errors.ts';
import type { StoreRecord } from '../store/fact-store.ts';
import { damagedBackup, foreignFile, newerBackup } from './backup-faults.ts';
import type { BackupHeader, BackupSeal, RecordCounts } from './backup-format.ts';
import { decodeSeal, formatName, formatVersion, maxSealLength, startChecksum } from './backup-format.ts';
import { checkRecords } from './check-records.ts';
import { readBatches } from './read-batches.ts';
import { readLines } from './read-lines.ts';

/** The header is found in so many bytes. */
const headLength = 4096;
const pieceLength = 256 * 1024;

/** A backup whose every byte was found to be as it was written. */
export interface OpenBackup {
  readonly header: BackupHeader;
  readonly counts: RecordCounts;
  /** For `FactStore.restore`. Bounded memory. Throws BACKUP_DAMAGED where they do not fit together. */
  readRecords(): AsyncIterable<StoreRecord>;
  close(): Promise<void>;
}

/**
 * Opens a backup and checks all of it before anything is taken from it.
 *
 * Throws BACKUP_DAMAGED (no backup, cut off, or changed), STORE_TOO_NEW (of a newer format), NOT_FOUND, STORE_UNAVAILABLE
 * (cannot be read).
 * Complexity: the file is read twice, once here and once for its records.
 */
export async function openBackup(path: string): Promise<OpenBackup> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    if (!(await file.stat()).isFile()) throw foreignFile(path);
    const header = await readHeader(file, path);
    const { seal, sealedLength } = await checkSeal(file, path);
    return backupOf(file, path, header, seal, sealedLength);
  } catch (error) {
    await file?.close();
    throw translate(error, path);
  }
}

/** Whether what is open is a backup, of whatever version and state, or has nothing in it. */
export async function isBackupOrEmpty(file: FileHandle): Promise<boolean> {
  const head = await readAt(file, 0, headLength);
  return head.length === 0 || parseHead(head)?.format === formatName;
}

function backupOf(file: FileHandle, path: string, header: BackupHeader, { counts }: BackupSeal, sealedLength: number): OpenBackup {
  return {
    header,
    counts,
    close: () => file.close(),
    async *readRecords() {
      try {
        const bytes = file.createReadStream({ start: 0, end: sealedLength - 1, autoClose: false, highWaterMark: pieceLength });
        // Whichever of the two fails, or is left, the other ends too; what is wrong comes to whoever reads the lines.
        const text = pipeline(bytes, createGunzip({ chunkSize: pieceLength }), () => undefined);
        yield* checkRecords(readBatches(readLines(text), header, path), counts, path);
      } catch (error) {
        throw translate(error, path);
      }
    },
  };
}

async function readHeader(file: FileHandle, path: string): Promise<BackupHeader> {
  const head = await readAt(file, 0, headLength);
  if (head.length >= 2 && head.readUInt16BE(0) !== 0x1f8b) throw foreignFile(path);
  const header = parseHead(head);
  if (header === undefined) throw damagedBackup(path, 'it does not begin as a backup does, or is none');
  if (header.format !== formatName) throw foreignFile(path);
  if (header.version > formatVersion) throw newerBackup(path, header.version, formatVersion, header.product);
  return header;
}

/** Undefined where the bytes do not begin with a line that could be a header. */
function parseHead(head: Buffer): BackupHeader | undefined {
  try {
    const text = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const { format, version, product, createdAt, revision } = JSON.parse(text.slice(0, text.indexOf('\n'))) as BackupHeader;
    if (!Number.isSafeInteger(version) || !Number.isSafeInteger(revision)) return undefined;
    return { format, version, product: String(product), createdAt: String(createdAt), revision };
  } catch {
    return undefined;
  }
}

async function checkSeal(file: FileHandle, path: string): Promise<{ seal: BackupSeal; sealedLength: number }> {
  const { size } = await file.stat();
  const found = decodeSeal(await readAt(file, Math.max(0, size - maxSealLength), maxSealLength));
  if (found === undefined) throw damagedBackup(path, 'its end is missing or was changed');
  const sealedLength = size - found.length;
  const checksum = startChecksum();
  if (sealedLength > 0) {
    const bytes = file.createReadStream({ start: 0, end: sealedLength - 1, autoClose: false, highWaterMark: pieceLength });
    for await (const piece of bytes) checksum.update(piece as Buffer);
  }
  if (checksum.digest('hex') !== found.seal.sha256) throw damagedBackup(path, 'its bytes are not those that were written');
  return { seal: found.seal, sealedLength };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function translate(error: unknown, path: string): unknown {
  if (error instanceof ExposureError) return error;
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code?.startsWith('Z_')) return damagedBackup(path, 'it cannot be unpacked', { cause: error });
  if (code === 'ENOENT') return new ExposureError('NOT_FOUND', `There is no file ${path}. Name one that \`exposure backup\` wrote.`);
  if (code === 'EISDIR') return foreignFile(path);
  if (errno === undefined) return error;
  return new ExposureError('STORE_UNAVAILABLE', `The backup ${path} cannot be read (${code}). Name a file that this user may read.`, {
    cause: error,
  });
}
