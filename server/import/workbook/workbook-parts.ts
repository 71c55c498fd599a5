import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ArchiveEntry } from './read-archive.ts';
import { findContent, readArchive } from './read-archive.ts';
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
