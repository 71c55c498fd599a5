import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Large enough that few rows are read twice. Its rows take about 3 ms, so questions hold the event loop longer than an import does. */
const chunkBytes = 1 << 16;

export interface FileDigest {
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Yields the bytes of a file in pieces of at most 64 kB, each valid until the next request. Returns the file's size and digest.
 *
 * Memory: one piece. Errors are those of the file system.
 */
export async function* readBytes(path: string): AsyncGenerator<Buffer, FileDigest> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'r');
  let next: Promise<Buffer> | undefined;
  try {
    // While the caller works on one piece, the next is read.
    let [buffer, other] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    const read = (into: Buffer) => file.read(into, 0, into.length, null).then(({ bytesRead }) => into.subarray(0, bytesRead));
    next = read(buffer);
    for (;;) {
      const chunk = await next;
      if (chunk.length === 0) return { sizeBytes, sha256: hash.digest('hex') };
      [buffer, other] = [other, buffer];
      next = read(buffer);
      hash.update(chunk);
      sizeBytes += chunk.length;
      yield chunk;
    }
  } finally {
    await next?.catch(() => undefined);
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
