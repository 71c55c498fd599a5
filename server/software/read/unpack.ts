import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import { ExposureError } from '../../domain/errors.ts';
import { largeFile, refusedFile } from './software-reading.ts';

/** The most that one file may hold after unpacking, in bytes. */
export const mostBytes = 64 * 1024 ** 2;
const mostRatio = 100;
/** Below this, in bytes, a ratio says nothing: few repeated lines reach it. */
const ratioFrom = 1024 ** 2;
const mostTotalBytes = 256 * 1024 ** 2;
const mostEntries = 100_000;
const deepest = 2;

export interface UnpackedFile {
  readonly name: string;
  readonly bytes: Buffer;
  /** Whether it is one of the files of a .zip. */
  readonly isEntry: boolean;
  /** Why the file is not read, although it does no harm. */
  readonly refusal?: ExposureError;
}

/**
 * The files that a file holds: those of a .zip, the one of a .gz, else the file itself. An archive may hold one more archive.
 *
 * Throws ExposureError: larger than 64 MB unpacked or 100 times its packed size, more than 256 MB or 100,000 entries together, damaged, or
 * encrypted. What is packed as .bz2, .xz, .zst, .7z or .tar comes with a refusal. An archive's entries come one at a time, so memory holds one
 * of them.
 */
export function* unpack(bytes: Buffer, name: string): Generator<UnpackedFile> {
  yield* unpackOne({ name, bytes, isEntry: false }, 0, { left: mostTotalBytes });
}

function* unpackOne({ name, bytes, isEntry }: UnpackedFile, depth: number, total: { left: number }): Generator<UnpackedFile> {
  const kind = packedAs(bytes);
  if (kind === undefined) {
    if (bytes.length > mostBytes) throw tooLarge(name);
    yield { name, bytes, isEntry };
  } else if (kind !== '.zip' && kind !== '.gz') {
    const wayOut = 'Unpack it, or pack it as .gz or .zip, and import that.';
    yield { name, bytes, isEntry, refusal: refusedFile(name, `is packed as ${kind}, which is not read`, wayOut) };
  } else if (depth === deepest) {
    const what = 'is an archive in an archive in an archive, which is not read';
    yield { name, bytes, isEntry, refusal: refusedFile(name, what, 'Unpack it, and import the files.') };
  } else if (kind === '.gz') {
    yield* unpackOne({ name: name.replace(/\.gz$/i, ''), bytes: gunzip(name, bytes, total), isEntry }, depth + 1, total);
  } else {
    for (const entry of readZip(name, bytes, total)) yield* unpackOne(entry, depth + 1, total);
  }
}

/** How a file is packed, by its first bytes. */
function packedAs(bytes: Buffer): string | undefined {
  const starts = (...start: number[]) => start.every((byte, at) => bytes[at] === byte);
  if (starts(0x1f, 0x8b)) return '.gz';
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return '.zip';
  if (starts(0x42, 0x5a, 0x68)) return '.bz2';
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0)) return '.xz';
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return '.zst';
  if (starts(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)) return '.7z';
  return bytes.subarray(257, 262).toString('latin1') === 'ustar' ? '.tar' : undefined;
}

const tooLarge = (name: string) =>
  new ExposureError('PAYLOAD_TOO_LARGE', `${name} holds more than 64 MB, the most that is read of a file. Split it into smaller files.`);
const tooDense = (name: string) =>
  new ExposureError(
    'PAYLOAD_TOO_LARGE',
    `${name} unpacks to more than 100 times its size, which no list does. Unpack it, look at it, and import what is in it.`,
  );
const damaged = (name: string, what = 'is damaged') => refusedFile(name, what, 'Pack the files again, or import them unpacked.');

/** Throws where unpacked bytes are too many, before they exist. */
function checkSize(name: string, unpacked: number, packed: number, total: { left: number }): void {
  if (unpacked > mostBytes) throw tooLarge(name);
  if (unpacked > ratioFrom && unpacked > packed * mostRatio) throw tooDense(name);
  total.left -= unpacked;
  if (total.left < 0)
    throw new ExposureError(
      'PAYLOAD_TOO_LARGE',
      `${name} and what is before it hold more than 256 MB. Split the archive into smaller ones.`,
    );
}

function gunzip(name: string, bytes: Buffer, total: { left: number }): Buffer {
  const most = Math.min(mostBytes, Math.max(bytes.length * mostRatio, ratioFrom));
  try {
    const unpacked = gunzipSync(bytes, { maxOutputLength: most });
    checkSize(name, unpacked.length, bytes.length, total);
    return unpacked;
  } catch (error) {
    if (error instanceof ExposureError) throw error;
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(name);
    throw most === mostBytes ? tooLarge(name) : tooDense(name);
  }
}

const [entryMark, directoryMark, endMark, wideEndMark, widePlaceMark] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50];
const [entryHeadBytes, directoryHeadBytes, endBytes, mostCommentBytes] = [30, 46, 22, 65_535];
/** Made by file managers, never a list. */
const ignored = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$)/;

/** The names of the files in a .zip archive. Throws ExposureError as `unpack`. */
export function namesInZip(bytes: Buffer, archive: string): string[] {
  return [...entriesOf(archive, bytes)].map(({ name }) => name);
}

function* readZip(archive: string, bytes: Buffer, total: { left: number }): Generator<UnpackedFile> {
  let taken = 0;
  for (const entry of entriesOf(archive, bytes)) {
    // Entries that share bytes would make a few bytes stand for many files.
    taken += entry.packed;
    if (taken > bytes.length) throw damaged(archive);
    yield { name: entry.name, bytes: inflateEntry(bytes, entry, total), isEntry: true };
  }
}

/** The files of a .zip archive by its directory (PKWARE APPNOTE 6.3). Fields of 64 bits are read for the directory alone: no entry needs them. */
function* entriesOf(archive: string, bytes: Buffer): Generator<ZipEntry> {
  const { count, offset } = findDirectory(archive, bytes);
  if (count > mostEntries)
    throw largeFile(archive, 'holds more than 100,000 files, the most that are read of an archive', 'Split it into smaller archives.');
  for (let index = 0, at = offset; index < count; index++) {
    if (at + directoryHeadBytes > bytes.length || bytes.readUInt32LE(at) !== directoryMark) throw damaged(archive);
    const nameBytes = bytes.readUInt16LE(at + 28);
    const nameAt = at + directoryHeadBytes;
    const name = bytes.toString('utf8', nameAt, nameAt + nameBytes);
    const end = nameAt + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (!name.endsWith('/') && !ignored.test(name))
      yield {
        name: `${archive}/${name}`,
        flags: bytes.readUInt16LE(at + 8),
        method: bytes.readUInt16LE(at + 10),
        crc: bytes.readUInt32LE(at + 16),
        packed: bytes.readUInt32LE(at + 20),
        unpacked: bytes.readUInt32LE(at + 24),
        offset: bytes.readUInt32LE(at + 42),
      };
    at = end;
  }
}

interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
}

function inflateEntry(bytes: Buffer, { name, flags, method, crc, packed, unpacked, offset }: ZipEntry, total: { left: number }): Buffer {
  if ((flags & 1) !== 0) throw refusedFile(name, 'is encrypted', 'Pack it without a password, and import that.');
  if (method !== 0 && method !== 8) throw damaged(name, 'is packed by a method that is not read');
  checkSize(name, unpacked, packed, total);
  if (offset + entryHeadBytes > bytes.length || bytes.readUInt32LE(offset) !== entryMark) throw damaged(name);
  const start = offset + entryHeadBytes + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged(name);
  const content = bytes.subarray(start, start + packed);
  let found: Buffer;
  try {
    found = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(unpacked, 1) });
  } catch {
    throw damaged(name);
  }
  if (found.length !== unpacked || crc32(found) !== crc) throw damaged(name);
  return found;
}

function findDirectory(archive: string, bytes: Buffer): { readonly count: number; readonly offset: number } {
  const first = Math.max(0, bytes.length - endBytes - mostCommentBytes);
  const at = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < first || at + endBytes > bytes.length || bytes.readUInt32LE(at) !== endMark) throw damaged(archive);
  const [count, offset] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 16)];
  if ((count !== 0xffff && offset !== 0xffffffff) || at < 20 || bytes.readUInt32LE(at - 20) !== widePlaceMark) return { count, offset };
  const wideAt = Number(bytes.readBigUInt64LE(at - 12));
  if (wideAt + 56 > bytes.length || bytes.readUInt32LE(wideAt) !== wideEndMark) throw damaged(archive);
  const wide = { count: Number(bytes.readBigUInt64LE(wideAt + 32)), offset: Number(bytes.readBigUInt64LE(wideAt + 48)) };
  if (wide.offset > bytes.length) throw damaged(archive);
  return wide;
}
