import { inflateSync } from 'node:zlib';

const woffHeader = 44;
const woffEntry = 20;
const trueTypeHeader = 12;
const trueTypeEntry = 16;

/**
 * Unpacks the tables of a WOFF file into a TrueType file. The PDF library would unpack them for each document, with slower code.
 *
 * Source: W3C, WOFF File Format 1.0, §3 to §5.
 */
export function woffToTrueType(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const header = Buffer.alloc(trueTypeHeader + count * trueTypeEntry);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(count, 4);
  const parts: Buffer[] = [header];
  let length = header.length;
  for (let i = 0; i < count; i++) {
    const entry = woffHeader + i * woffEntry;
    const [offset, packedLength, plainLength] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number];
    const packed = woff.subarray(offset, offset + packedLength);
    const table = packedLength < plainLength ? inflateSync(packed) : packed;
    const place = trueTypeHeader + i * trueTypeEntry;
    woff.copy(header, place, entry, entry + 4);
    woff.copy(header, place + 4, entry + 16, entry + 20);
    header.writeUInt32BE(length, place + 8);
    header.writeUInt32BE(plainLength, place + 12);
    // Each table begins at a multiple of four.
    const padding = Buffer.alloc(-plainLength & 3);
    parts.push(table, padding);
    length += plainLength + padding.length;
  }
  return Buffer.concat(parts, length);
}
