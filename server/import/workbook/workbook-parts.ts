import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { damagedArchive, oversizedWorkbook, unreadableWorkbook, unsafeWorkbook } from './workbook-fault.ts';

const pieceBytes = 1 << 16;
/** A declaration of a document type or of an entity: `<!` that begins neither a comment nor a CDATA section. */
const declaration = /<!(?!--|\[CDATA\[)[\s\S]{7}/;
const declarationLength = '<![CDATA['.length;

const isXml = (name: string) => /\.(xml|rels)$/i.test(name);

/**
 * The parts of a workbook. Each is unpacked in pieces of 64 kB, within the size that the archive states for it, and is looked through for
 * declarations.
 *
 * Methods throw FileFault UNSAFE_WORKBOOK: damaged, declarations, links to other workbooks, or more than `deadlineMs` after the opening.
 */
export class WorkbookParts {
  readonly #file: FileHandle;
  readonly #entries: ReadonlyMap<string, ArchiveEntry>;
  readonly #endsAt: number;
  readonly #read = new Set<string>();

  private constructor(file: FileHandle, entries: readonly ArchiveEntry[], endsAt: number) {
    this.#file = file;
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
    this.#endsAt = endsAt;
  }

  /** Opens a workbook for `use`, and closes it. */
  static async using<T>(path: string, deadlineMs: number, use: (parts: WorkbookParts) => Promise<T>): Promise<T> {
    const endsAt = performance.now() + deadlineMs;
    const file = await open(path, 'r');
    try {
      const entries = await readArchive(file);
      if (entries.some(({ name }) => /^xl\/externalLinks\//i.test(name)))
        throw unsafeWorkbook(
          'links to other workbooks',
          'Break the links in the spreadsheet program (Data > Edit Links), save it, and import that.',
        );
      return await use(new WorkbookParts(file, entries, endsAt));
    } finally {
      await file.close();
    }
  }

  has(name: string): boolean {
    return isXml(name) && this.#entries.has(name);
  }

  /** The names of all parts, in the order of the directory. */
  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** The bytes of any part in pieces. */
  async *readBytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw unreadableWorkbook(`it has no part ${name}`);
    // A piece may be used again once the next one is read.
    for await (const piece of this.#unpack(entry)) yield Buffer.from(piece);
  }

  /** The text of a part in pieces, from UTF-8 or UTF-16. */
  async *readText(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (entry === undefined || !isXml(name)) throw unreadableWorkbook(`it has no part ${name}`);
    try {
      yield* this.#decode(entry, true);
      this.#read.add(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
      throw unreadableWorkbook(`the part ${name} is neither UTF-8 nor UTF-16`);
    }
  }

  /** Looks through the parts that were not read to their end: a workbook with a declaration anywhere is refused. */
  async checkOthers(): Promise<void> {
    for (const entry of this.#entries.values()) {
      if (this.#read.has(entry.name) || !isXml(entry.name)) continue;
      const pieces = this.#decode(entry, false);
      while ((await pieces.next()).done !== true);
    }
  }

  /** @param fatal whether an invalid byte is an error of the decoder */
  async *#decode(entry: ArchiveEntry, fatal: boolean): AsyncGenerator<string> {
    const declarations = new DeclarationCheck();
    let decoder: TextDecoder | undefined;
    for await (const piece of this.#unpack(entry)) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal });
      const text = decoder.decode(piece, { stream: true });
      declarations.check(text);
      yield text;
    }
    yield decoder?.decode() ?? '';
  }

  async *#unpack(entry: ArchiveEntry): AsyncGenerator<Buffer> {
    const { start, end } = await findContent(this.#file, entry);
    let bytes = 0;
    let crc = 0;
    for await (const piece of this.#inflate(entry, start, end)) {
      this.#checkTime();
      bytes += piece.length;
      // A larger part than the archive states would evade the limit of the whole.
      if (bytes > entry.bytes) throw damagedArchive();
      crc = crc32(piece, crc);
      yield piece;
    }
    if (bytes !== entry.bytes || crc !== entry.crc32) throw damagedArchive();
  }

  async *#inflate({ isDeflated }: ArchiveEntry, start: number, end: number): AsyncGenerator<Buffer> {
    if (!isDeflated) {
      yield* this.#packed(start, end);
      return;
    }
    try {
      // Errors end the iteration.
      const pieces = pipeline(Readable.from(this.#packed(start, end)), createInflateRaw({ chunkSize: pieceBytes }), () => undefined);
      for await (const piece of pieces) yield piece as Buffer;
    } catch (error) {
      if (/^(Z_|ERR_STREAM_PREMATURE_CLOSE)/.test((error as NodeJS.ErrnoException).code ?? '')) throw damagedArchive();
      throw error;
    }
  }

  async *#packed(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, end - at));
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw damagedArchive();
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  #checkTime(): void {
    if (performance.now() > this.#endsAt) throw oversizedWorkbook('takes too long to read');
  }
}

/** The encoding of XML by its first bytes (XML 1.0, appendix F). */
function encodingOf(start: Buffer): string {
  const [first, second] = [start[0], start[1]];
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
}

/** Finds declarations in the pieces of a part. */
class DeclarationCheck {
  #rest = '';

  check(piece: string): void {
    // Without its NULs, UTF-32 reads as ASCII too.
    const text = this.#rest + (piece.includes('\0') ? piece.replaceAll('\0', '') : piece);
    if (declaration.test(text))
      throw unsafeWorkbook('declares XML entities, which no spreadsheet program writes', 'Save it again as .xlsx, and import that.');
    this.#rest = text.slice(-declarationLength);
  }
}

/** An entry of a zip archive, as its directory states it. */
interface ArchiveEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  /** Where the entry begins in the archive. */
  readonly offset: number;
  /** Where the next entry, or the directory, begins. */
  readonly endsBefore: number;
}

const mostPackedBytes = 64 * 1024 ** 2;
const mostUnpackedBytes = 256 * 1024 ** 2;
const mostEntries = 10_000;
const mostDirectoryBytes = 8 * 1024 ** 2;

const entryMark = 0x04034b50;
const directoryMark = 0x02014b50;
const endMark = 0x06054b50;
const wideEndMark = 0x06064b50;
const widePlaceMark = 0x07064b50;
const entryHeadBytes = 30;
const directoryHeadBytes = 46;
const endBytes = 22;
const widePlaceBytes = 20;
const wideEndBytes = 56;
const mostCommentBytes = 65_535;

const encrypted = 1;
const [stored, deflated] = [0, 8];
/** A 32-bit field with this value stands in 64 bits elsewhere. */
const elsewhere = 0xffffffff;
const wideField = 1;

/**
 * Reads the directory of a zip archive (PKWARE APPNOTE 6.3) and checks it before anything is unpacked.
 *
 * Throws FileFault UNSAFE_WORKBOOK: more than 64 MB, more than 256 MB unpacked, more than 10,000 entries, encrypted or damaged. Two entries of
 * one name, or two that share bytes, are damage: with those, a few bytes would stand for many parts.
 * Memory: 8 MB at most.
 */
async function readArchive(file: FileHandle): Promise<ArchiveEntry[]> {
  const { size } = await file.stat();
  if (size > mostPackedBytes) throw oversizedWorkbook('is larger than 64 MB, the most that is read of a workbook');
  const { offset, bytes, count } = await findDirectory(file, size);
  if (count > mostEntries) throw oversizedWorkbook('holds more than 10,000 parts');
  if (bytes > mostDirectoryBytes || offset + bytes > size) throw damagedArchive();
  const entries = parseDirectory(await readAt(file, offset, bytes), count);
  if (entries.reduce((sum, entry) => sum + entry.bytes, 0) > mostUnpackedBytes)
    throw oversizedWorkbook('holds more than 256 MB when it is unpacked');
  return placeEntries(entries, offset);
}

/** Where the content of an entry begins and ends in the archive. Throws FileFault UNSAFE_WORKBOOK. */
async function findContent(file: FileHandle, entry: ArchiveEntry): Promise<{ readonly start: number; readonly end: number }> {
  const head = await readAt(file, entry.offset, entryHeadBytes);
  if (head.readUInt32LE(0) !== entryMark) throw damagedArchive();
  const start = entry.offset + entryHeadBytes + head.readUInt16LE(26) + head.readUInt16LE(28);
  const end = start + entry.packedBytes;
  if (end > entry.endsBefore) throw damagedArchive();
  return { start, end };
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  if (bytesRead < length) throw damagedArchive();
  return buffer;
}

interface Directory {
  readonly offset: number;
  readonly bytes: number;
  readonly count: number;
}

async function findDirectory(file: FileHandle, size: number): Promise<Directory> {
  if (size < endBytes) throw damagedArchive();
  const tailAt = Math.max(0, size - endBytes - mostCommentBytes);
  const tail = await readAt(file, tailAt, size - tailAt);
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (at < 0 || at + endBytes > tail.length || tail.readUInt32LE(at) !== endMark) throw damagedArchive();
  const narrow = { count: tail.readUInt16LE(at + 10), bytes: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
  if (narrow.count !== 0xffff && narrow.bytes !== elsewhere && narrow.offset !== elsewhere) return narrow;
  if (at < widePlaceBytes || tail.readUInt32LE(at - widePlaceBytes) !== widePlaceMark) return narrow;
  const wide = await readAt(file, toNumber(tail.readBigUInt64LE(at - widePlaceBytes + 8), size), wideEndBytes);
  if (wide.readUInt32LE(0) !== wideEndMark) throw damagedArchive();
  return {
    count: toNumber(wide.readBigUInt64LE(32), Number.MAX_SAFE_INTEGER),
    bytes: toNumber(wide.readBigUInt64LE(40), size),
    offset: toNumber(wide.readBigUInt64LE(48), size),
  };
}

function toNumber(value: bigint, most: number): number {
  if (value > BigInt(most)) throw damagedArchive();
  return Number(value);
}

type Unplaced = Omit<ArchiveEntry, 'endsBefore'>;

function parseDirectory(directory: Buffer, count: number): Unplaced[] {
  const entries: Unplaced[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + directoryHeadBytes > directory.length || directory.readUInt32LE(at) !== directoryMark) throw damagedArchive();
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((place) => directory.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const nameAt = at + directoryHeadBytes;
    const end = nameAt + nameBytes + extraBytes + commentBytes;
    if (end > directory.length) throw damagedArchive();
    const name = directory.toString('utf8', nameAt, nameAt + nameBytes);
    const method = directory.readUInt16LE(at + 10);
    const isEncrypted = (directory.readUInt16LE(at + 8) & encrypted) !== 0;
    // Parts are named without regard to case (ECMA-376 part 2).
    if (names.has(name.toLowerCase()) || isEncrypted || (method !== stored && method !== deflated)) throw damagedArchive();
    names.add(name.toLowerCase());
    const extra = directory.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes);
    const [bytes, packedBytes, offset] = widen(
      extra,
      [24, 20, 42].map((place) => directory.readUInt32LE(at + place)),
    );
    if (bytes === undefined || packedBytes === undefined || offset === undefined) throw damagedArchive();
    entries.push({ name, isDeflated: method === deflated, packedBytes, bytes, crc32: directory.readUInt32LE(at + 16), offset });
    at = end;
  }
  return entries;
}

/** Replaces the numbers that stand in 64 bits among the extra fields. */
function widen(extra: Buffer, numbers: readonly number[]): number[] {
  if (!numbers.includes(elsewhere)) return [...numbers];
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    if (extra.readUInt16LE(at) === wideField) {
      let place = at + 4;
      return numbers.map((number) => {
        if (number !== elsewhere) return number;
        if (place + 8 > end) throw damagedArchive();
        place += 8;
        return toNumber(extra.readBigUInt64LE(place - 8), Number.MAX_SAFE_INTEGER);
      });
    }
    at = end;
  }
  throw damagedArchive();
}

/** Gives each entry the bytes up to the next one. Throws if two entries share bytes. O(n log n). */
function placeEntries(entries: readonly Unplaced[], directoryAt: number): ArchiveEntry[] {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.map((entry, index) => {
    const endsBefore = sorted[index + 1]?.offset ?? directoryAt;
    if (entry.offset + entryHeadBytes + entry.packedBytes > endsBefore) throw damagedArchive();
    return { ...entry, endsBefore };
  });
}
