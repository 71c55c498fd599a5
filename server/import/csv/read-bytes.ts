import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Large enough that few rows are read twice, small enough not to block the event loop. */
const chunkBytes = 1 << 18;
/** The size of a pipe is 0. */
const smallBytes = 1 << 16;

export interface FileDigest {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Yields the bytes of a file in pieces of at most 256 kB, each valid until the next request. Returns the file's size and digest.
 *
 * Memory: one piece. Errors are those of the file system.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer, FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'r');
  try {
    // A list is read several times, and most lists are small: a whole piece for each reading keeps the collector busy.
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(size, smallBytes)));
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return { sizeBytes, sha256: hash.digest('hex') };
      const chunk = buffer.subarray(0, bytesRead);
      hash.update(chunk);
      sizeBytes += bytesRead;
      yield chunk;
    }
  } finally {
    await file.close();
  }
}

/** Size and digest of a file. */
export async function digestFile(path: string): Promise<FileDigest> {
  const pieces = readBytes(path);
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) return next.value;
  }
}
