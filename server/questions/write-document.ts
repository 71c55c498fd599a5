import type { Document } from '../export/document/document.ts';
import type { Asker } from './asker.ts';

/**
 * Writes a document as a PDF or DOCX file in a worker thread. The writing has the time of one question, and ends when the client disconnects.
 *
 * Throws QUERY_TIMEOUT.
 */
export async function writeDocument(asker: Asker, format: 'pdf' | 'docx', document: Document): Promise<Buffer> {
  asker.limit.restart();
  return toBuffer(await asker.runInThread(null, format, document));
}

/** A buffer from another thread arrives as a plain array of bytes. */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
