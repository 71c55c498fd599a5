import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { RowTable } from '../export/rows.ts';
import { toCsv, toJson } from '../export/rows.ts';
import type { TimeLimit } from '../questions/run/time-limit.ts';

/**
 * Sends a list as a CSV or JSON file, depending on the extension in the path. Formats and sends rows in pieces. Other requests
 * get their turn between pieces. While the client takes a piece, or a thread compresses it, the next one is formatted.
 *
 * @param limit its clock runs while rows are formatted, not while a slow client receives them
 * Throws QUERY_TIMEOUT if the time is over before anything is sent. Later, a timeout cuts the connection, which tells the client
 * that the file is incomplete. Stops without an error when the client disconnects.
 */
export async function sendTable(request: Request, response: Response, table: RowTable, limit: TimeLimit): Promise<void> {
  const isCsv = request.path.endsWith('.csv');
  const untilDrained = watchDrain(response, limit.signal);
  let drained: Promise<void> | undefined;
  for (const piece of isCsv ? toCsv(table, true) : toJson(table)) {
    if (drained !== undefined) await limit.pausedWhile(drained);
    if (limit.signal.aborted) return;
    try {
      limit.check();
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy();
      return;
    }
    if (!response.headersSent) setHead(response, table.name, isCsv);
    drained = response.write(piece) ? undefined : untilDrained();
    await limit.pausedWhile(nextTurn());
  }
  if (!limit.signal.aborted) response.end();
}

/**
 * Makes a function that resolves once the client can take more or has disconnected. The response's own count of unsent bytes
 * leaves out those that wait for compression. One listener serves all calls: compression never removes one.
 */
function watchDrain(response: Response, left: AbortSignal): () => Promise<void> {
  let wake = () => {};
  response.on('drain', () => wake());
  left.addEventListener('abort', () => wake(), { once: true });
  return () =>
    new Promise((resolve) => {
      wake = resolve;
      if (left.aborted) resolve();
    });
}

function setHead(response: Response, name: string, isCsv: boolean): void {
  response.setHeader('Content-Type', isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}.${isCsv ? 'csv' : 'json'}"`);
}
