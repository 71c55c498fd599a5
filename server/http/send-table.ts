import { once } from 'node:events';
import type { Request, Response } from 'express';
import { ExposureError } from '../domain/errors.ts';
import type { RowTable } from '../export/rows.ts';
import { toCsv, toJson } from '../export/rows.ts';
import { signalOf } from './signal-of.ts';

/** Bytes: so far the rows may be ahead of a client that takes them, so that neither waits for the other at each piece. */
const mostUnsent = 2 ** 20;

/**
 * Answers with a list as a file: CSV or JSON, as the path ends. It is sent piece by piece as it is worked out; everybody else
 * has a turn between two pieces, and nothing is worked out for a client that left.
 *
 * @param timeoutMs so long may the rows be worked on; while the client is slow to take them, no time passes
 * Throws QUERY_TIMEOUT where that was too long before anything was sent; later the connection is cut, which is how the client
 * learns that the file is not whole.
 */
export async function sendTable(request: Request, response: Response, table: RowTable, timeoutMs: number): Promise<void> {
  const isCsv = request.path.endsWith('.csv');
  const left = signalOf(response);
  let workedMs = 0;
  for (const pieces = isCsv ? toCsv(table) : toJson(table); ; ) {
    const start = performance.now();
    const piece = pieces.next();
    workedMs += performance.now() - start;
    if (piece.done) break;
    if (workedMs > timeoutMs) {
      if (response.headersSent) return void response.destroy();
      throw tookTooLong(timeoutMs);
    }
    if (!response.headersSent) setHead(response, table.name, isCsv);
    response.write(piece.value);
    if (response.writableLength > mostUnsent) await drained(response, left);
    await new Promise((resolve) => setImmediate(resolve));
    if (left.aborted) return;
  }
  response.end();
}

/** Resolves when the client has taken what was written, or has left. */
async function drained(response: Response, left: AbortSignal): Promise<void> {
  try {
    await once(response, 'drain', { signal: left });
  } catch (error) {
    if (!left.aborted) throw error;
  }
}

function setHead(response: Response, name: string, isCsv: boolean): void {
  response.setHeader('Content-Type', isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}.${isCsv ? 'csv' : 'json'}"`);
}

function tookTooLong(timeoutMs: number): ExposureError {
  return new ExposureError(
    'QUERY_TIMEOUT',
    `The rows took longer than ${timeoutMs} ms (EXPOSURE_QUERY_TIMEOUT_MS). Ask for fewer, by filters or fewer origins, or raise that.`,
  );
}
