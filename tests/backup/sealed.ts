import { gzipSync } from 'node:zlib';
import { encodeSeal, formatName, formatVersion, startChecksum } from '../../server/backup/backup-format.ts';

export const header = { format: formatName, version: formatVersion, product: '1.2.3', createdAt: '2026-01-01T00:00:00.000Z', revision: 1 };

/** A file with any lines and a valid seal. */
export function sealed(lines: readonly unknown[], counts = { writes: 1, assertions: 1, undos: 0, documents: 0 }): Buffer {
  const bytesOf = (line: unknown) => (Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)));
  const body = gzipSync(Buffer.concat(lines.flatMap((line) => [bytesOf(line), Buffer.from('\n')])));
  return Buffer.concat([body, encodeSeal({ counts, sha256: startChecksum().update(body).digest('hex') })]);
}
