import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive for tests. What is stated may be false. */
export interface TestEntry {
  readonly name: string;
  readonly content: Buffer | string;
  readonly statedBytes?: number;
  readonly statedCrc32?: number;
  readonly isStored?: boolean;
  /** Leaves the content out and points to that of the entry before. */
  readonly sharesBody?: boolean;
  readonly isEncrypted?: boolean;
}

const versionNeeded = 20;

/** Writes a zip archive (PKWARE APPNOTE 6.3) byte by byte, as no program would. */
export function writeArchive(entries: readonly TestEntry[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  let body: { readonly at: number; readonly head: Buffer } | undefined;
  for (const entry of entries) {
    if (entry.sharesBody !== true || body === undefined) {
      const content = Buffer.from(entry.content as string);
      const packed = entry.isStored === true ? content : deflateRawSync(content);
      const head = Buffer.alloc(22);
      head.writeUInt16LE(versionNeeded, 0);
      head.writeUInt16LE(entry.isEncrypted === true ? 1 : 0, 2);
      head.writeUInt16LE(entry.isStored === true ? 0 : 8, 4);
      head.writeUInt32LE(entry.statedCrc32 ?? crc32(content), 10);
      head.writeUInt32LE(packed.length, 14);
      head.writeUInt32LE(entry.statedBytes ?? content.length, 18);
      body = { at, head };
      const name = Buffer.from(entry.name);
      const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, lengths(name.length, 0), name, packed]);
      pieces.push(local);
      at += local.length;
    }
    const name = Buffer.from(entry.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(body.at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), lengths(versionNeeded), body.head, lengths(name.length, 0), tail, name]));
  }
  const directoryBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directoryBytes, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, ...directory, Buffer.from('PK\x05\x06'), end]);
}

function lengths(...numbers: readonly number[]): Buffer {
  const buffer = Buffer.alloc(2 * numbers.length);
  for (const [index, number] of numbers.entries()) buffer.writeUInt16LE(number, 2 * index);
  return buffer;
}
