import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import type { Assertion } from '../domain/assertions.ts';
import { compareCodePoints } from '../domain/compare.ts';
import { ExposureError } from '../domain/errors.ts';
import { factKinds } from '../domain/facts.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import { effects } from '../store/fact-write.ts';
import type { AssertionBatch, DocumentRecord, StoreRecord, UndoRecord, WriteHead } from '../store/store-record.ts';
import type { BackupHeader, BackupSeal, RecordCounts, SealProof } from './backup-format.ts';
import { decodeSeal, formatName, formatVersion, maxSealLength, proofOf, startChecksum } from './backup-format.ts';
import type { BackupLine } from './record-lines.ts';
import { decodeLine, keysOf } from './record-lines.ts';

/** The first bytes of the file, which contain the header. */
const headLength = 4096;
const pieceLength = 256 * 1024;

/** A backup whose bytes are verified. */
export interface OpenBackup {
  readonly header: BackupHeader;
  readonly counts: RecordCounts;
  readonly proof: SealProof;
  /** Reads the records, for `FactStore.restore`. Uses bounded memory. Throws BACKUP_DAMAGED if the records are inconsistent. */
  readRecords(): AsyncIterable<StoreRecord>;
  close(): Promise<void>;
}

/**
 * Opens a backup and verifies its bytes before it reads any record.
 *
 * @param key EXPOSURE_AUDIT_KEY, to verify who wrote it; null: none
 * Throws BACKUP_DAMAGED (not a backup, truncated, changed, or sealed with another key), STORE_TOO_NEW (a newer format), NOT_FOUND, STORE_UNAVAILABLE
 * (the file cannot be read).
 * Complexity: reads the file twice, once to verify and once for its records.
 */
export async function openBackup(path: string, key: string | null = null): Promise<OpenBackup> {
  let file: FileHandle | undefined;
  try {
    // Checks for a regular file first, because opening a pipe would wait for its writer.
    if (!(await stat(path)).isFile()) throw foreignFile(path);
    file = await open(path, 'r');
    const header = await readHeader(file, path);
    const { seal, sealedLength } = await checkSeal(file, path);
    const proof = proofOf(seal, key);
    if (proof === undefined) throw otherKey(path);
    return { ...backupOf(file, path, header, seal, sealedLength), proof };
  } catch (error) {
    await file?.close();
    throw translate(error, path);
  }
}

/** Whether a file is empty or a backup of any version, even a damaged one. Throws the errors of the file system. */
export async function isBackupOrEmpty(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, 0, headLength);
    return head.length === 0 || parseHead(head)?.format === formatName;
  } finally {
    await file.close();
  }
}

function backupOf(
  file: FileHandle,
  path: string,
  header: BackupHeader,
  { counts }: BackupSeal,
  sealedLength: number,
): Omit<OpenBackup, 'proof'> {
  return {
    header,
    counts,
    close: () => file.close(),
    async *readRecords() {
      try {
        const bytes = file.createReadStream({ start: 0, end: sealedLength - 1, autoClose: false, highWaterMark: pieceLength });
        // If one stream fails or closes, the pipeline ends the other, and the reader of the lines gets the error.
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
  if (header === undefined) throw damagedBackup(path, 'its header is missing or was changed');
  if (header.format !== formatName) throw foreignFile(path);
  if (header.version > formatVersion) throw newerBackup(path, header.version, formatVersion, header.product);
  return header;
}

/** Undefined if the first line cannot be a header. */
function parseHead(head: Buffer): BackupHeader | undefined {
  try {
    const text = gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    const { format, version, product, createdAt, revision } = JSON.parse(text.slice(0, text.indexOf('\n'))) as BackupHeader;
    if (!Number.isSafeInteger(version) || version < 1 || !Number.isSafeInteger(revision)) return undefined;
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
  if (checksum.digest('hex') !== found.seal.sha256) throw damagedBackup(path, 'its bytes changed after they were written');
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
  if (code?.startsWith('Z_') || code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return damagedBackup(path, 'it cannot be decompressed', { cause: error });
  if (code === 'ENOENT') return new ExposureError('NOT_FOUND', `There is no file ${path}. Name one that \`exposure backup\` wrote.`);
  if (errno === undefined) return error;
  return new ExposureError('STORE_UNAVAILABLE', `The backup ${path} cannot be read (${code}). Name a file that this user may read.`, {
    cause: error,
  });
}

/** Yields the lines of a UTF-8 stream without their line ends. The last line may lack one. Throws the errors of the stream. */
async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** The parts of a line that continues in the next piece. */
  let begun: string[] = [];
  for await (const piece of bytes) {
    const parts = decoder.decode(piece, { stream: true }).split('\n');
    begun.push(parts[0] as string);
    if (parts.length === 1) continue;
    yield begun.join('');
    for (let i = 1; i < parts.length - 1; i++) yield parts[i] as string;
    begun = [parts[parts.length - 1] as string];
  }
  const last = begun.join('') + decoder.decode();
  if (last !== '') yield last;
}

const maxBatch = 1024;
/** A batch ends when its lines have this many characters. */
const maxBatchLength = 4_000_000;

/** Turns the header and the lines into records. Successive assertions of one kind form a batch. */
async function* readBatches(lines: AsyncIterable<string>, header: BackupHeader, path: string): AsyncGenerator<StoreRecord> {
  yield { type: 'start', revision: header.revision };
  let assertions: Assertion[] = [];
  let effects: number[] = [];
  let length = 0;
  const takeBatch = (): AssertionBatch => {
    const kind = (assertions[0] as Assertion).kind;
    const batch: AssertionBatch = { type: 'assertions', kind, assertions, effects: Uint8Array.from(effects) };
    assertions = [];
    effects = [];
    length = 0;
    return batch;
  };
  let lineNumber = 0;
  for await (const line of lines) {
    lineNumber++;
    if (lineNumber === 1) continue;
    const decoded = decode(line, lineNumber, path);
    const isNext = decoded.type === 'assertion' && (assertions.length === 0 || assertions[0]?.kind === decoded.assertion.kind);
    if (assertions.length > 0 && (!isNext || assertions.length >= maxBatch || length >= maxBatchLength)) yield takeBatch();
    if (decoded.type !== 'assertion') yield decoded;
    else {
      assertions.push(decoded.assertion);
      effects.push(decoded.effect);
      length += line.length;
    }
  }
  if (assertions.length > 0) yield takeBatch();
}

function decode(line: string, lineNumber: number, path: string): BackupLine {
  try {
    return decodeLine(line);
  } catch (error) {
    throw damagedBackup(path, `this program did not write line ${lineNumber}: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * Yields the records unchanged, and checks that they are consistent: a restore needs a possible history. Throws BACKUP_DAMAGED at
 * the first inconsistent record, or at the end.
 */
async function* checkRecords(records: AsyncIterable<StoreRecord>, counts: RecordCounts, path: string): AsyncGenerator<StoreRecord> {
  const check = new RecordCheck((reason) => damagedBackup(path, reason));
  for await (const record of records) {
    check.see(record);
    yield record;
  }
  check.finish(counts);
}

class RecordCheck {
  readonly #fault: (reason: string) => Error;
  #startRevision = 0;
  #revision = 0;
  #at = 0;
  /** The current write, the number of its assertions still missing by effect, and the position of its last assertion. */
  #write: WriteHead | undefined;
  #missing: number[] = [];
  #lastKind = 0;
  #lastKeys: readonly string[] | undefined;
  /** Import -> whether it was undone. */
  readonly #imports = new Map<string, boolean>();
  #lastDocument: readonly string[] | undefined;
  readonly #counts = { writes: 0, assertions: 0, undos: 0, documents: 0 };

  constructor(fault: (reason: string) => Error) {
    this.#fault = fault;
  }

  see(record: StoreRecord): void {
    switch (record.type) {
      case 'start':
        this.#startRevision = record.revision;
        break;
      case 'write':
        this.#seeWrite(record);
        break;
      case 'assertions':
        this.#seeAssertions(record);
        break;
      case 'undo':
        this.#seeUndo(record);
        break;
      case 'document':
        this.#seeDocument(record);
        break;
      default:
        record satisfies never;
    }
  }

  finish(counts: RecordCounts): void {
    this.#endWrite();
    for (const name of ['writes', 'assertions', 'undos', 'documents'] as const) {
      this.#require(this.#counts[name] === counts[name], `its seal counts ${counts[name]} ${name}, but it has ${this.#counts[name]}`);
    }
    this.#require(
      this.#revision === this.#startRevision,
      `its header states revision ${this.#startRevision}, but its records end at ${this.#revision}`,
    );
  }

  #seeWrite(write: WriteHead): void {
    this.#endWrite();
    const { unchanged, created, updated, retracted } = write;
    this.#seeEvent(write, doesWriteRaise(write));
    this.#counts.writes++;
    this.#write = write;
    this.#missing = [unchanged, created, updated, retracted];
    this.#lastKind = 0;
    this.#lastKeys = undefined;
    if (write.import === null) return;
    this.#require(!this.#imports.has(write.import.id), `it has the import ${write.import.id} twice`);
    this.#imports.set(write.import.id, false);
  }

  #seeAssertions({ kind, assertions, effects: became }: AssertionBatch): void {
    this.#require(this.#write !== undefined, 'it has assertions outside of a write');
    const place = factKinds.indexOf(kind);
    this.#require(place >= this.#lastKind, 'its assertions are out of order');
    if (place > this.#lastKind) this.#lastKeys = undefined;
    this.#lastKind = place;
    for (let i = 0; i < assertions.length; i++) {
      const keys = keysOf(assertions[i] as Assertion);
      this.#require(this.#lastKeys === undefined || isAfter(this.#lastKeys, keys), 'its assertions are out of order');
      this.#lastKeys = keys;
      const effect = became[i] as number;
      this.#missing[effect] = (this.#missing[effect] as number) - 1;
    }
    this.#counts.assertions += assertions.length;
  }

  #seeUndo(undo: UndoRecord): void {
    this.#endWrite();
    this.#seeEvent(undo, undo.isRaising);
    this.#counts.undos++;
    this.#require(this.#imports.get(undo.importId) === false, `it undoes the import ${undo.importId}, which is unknown or already undone`);
    this.#imports.set(undo.importId, true);
  }

  #seeDocument(document: DocumentRecord): void {
    this.#endWrite();
    const { collection, id, importId } = document;
    this.#require(this.#lastDocument === undefined || isAfter(this.#lastDocument, [collection, id]), 'its documents are out of order');
    this.#require(importId === null || this.#imports.has(importId), `its ${collection} ${id} belongs to an import that is missing`);
    this.#lastDocument = [collection, id];
    this.#counts.documents++;
  }

  #seeEvent({ revision, at }: { readonly revision: number; readonly at: number }, isRaising: boolean): void {
    this.#require(this.#lastDocument === undefined, 'it has a write after the documents');
    this.#require(revision === this.#revision + (isRaising ? 1 : 0), `revision ${revision} follows revision ${this.#revision}`);
    this.#require(at >= this.#at, `the instant ${at} follows ${this.#at}`);
    this.#revision = revision;
    this.#at = at;
  }

  #endWrite(): void {
    const wrong = this.#missing.findIndex((count) => count !== 0);
    this.#require(wrong < 0, `a write by ${this.#write?.by} does not have the number of ${effects[wrong]} assertions that it states`);
    this.#write = undefined;
    this.#missing = [];
  }

  #require(isSo: boolean, reason: string): void {
    if (!isSo) throw this.#fault(reason);
  }
}

function isAfter(before: readonly string[], after: readonly string[]): boolean {
  const place = after.findIndex((part, i) => part !== before[i]);
  return place >= 0 && compareCodePoints(before[place] as string, after[place] as string) < 0;
}

/** The error for a file that is not a backup. */
function foreignFile(path: string): ExposureError {
  return new ExposureError('BACKUP_DAMAGED', `${path} is not a backup of this program. Name a file that \`exposure backup\` wrote.`);
}

/** @param reason the fault, as the rest of a sentence */
function damagedBackup(path: string, reason: string, options?: ErrorOptions): ExposureError {
  return new ExposureError(
    'BACKUP_DAMAGED',
    `The backup ${path} is damaged: ${reason}. Nothing was restored. Take another copy of it, or an older backup.`,
    options,
  );
}

/** The error for a backup whose seal this key did not make. */
function otherKey(path: string): ExposureError {
  return new ExposureError(
    'BACKUP_DAMAGED',
    `The backup ${path} is not sealed with the key in EXPOSURE_AUDIT_KEY: it was written with another key, or somebody changed it. Nothing was restored. Set the key of the server that wrote it, or take another backup.`,
  );
}

function newerBackup(path: string, version: number, known: number, product: string): ExposureError {
  return new ExposureError(
    'STORE_TOO_NEW',
    `The backup ${path} was written by version ${product} of this program in format ${version}, and this one reads formats up to ${known}. Nothing was restored. Restore it with that version or a newer one.`,
  );
}
