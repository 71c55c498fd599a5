import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { RowTable } from '../export/rows.ts';
import { toCsv, toJson } from '../export/rows.ts';
import type { TimeLimit } from '../questions/run/time-limit.ts';

/** The most unsent bytes for a slow client. More would only fill memory. */
const mostUnsent = 2 ** 20;

/**
 * Sends a list as a CSV or JSON file, depending on the extension in the path. Formats and sends rows in pieces. Other requests
 * get their turn between pieces.
 *
 * @param limit its clock runs while rows are formatted, not while a slow client receives them
 * Throws QUERY_TIMEOUT if the time is over before anything is sent. Later, a timeout cuts the connection, which tells the client
 * that the file is incomplete. Stops without an error when the client disconnects.
 */
export async function sendTable(request: Request, response: Response, table: RowTable, limit: TimeLimit): Promise<void> {
  const isCsv = request.path.endsWith('.csv');
  for (const piece of isCsv ? toCsv(table) : toJson(table)) {
    if (limit.signal.aborted) return;
    try {
      limit.check();
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy();
      return;
    }
    if (!response.headersSent) setHead(response, table.name, isCsv);
    response.write(piece);
    await limit.pausedWhile(untilNextPiece(response, limit.signal));
  }
  if (!limit.signal.aborted) response.end();
}

/** Resolves after other requests had their turn, when the client has received most of the bytes or has disconnected. */
async function untilNextPiece(response: Response, left: AbortSignal): Promise<void> {
  if (response.writableLength > mostUnsent) {
    await once(response, 'drain', { signal: left }).catch((error) => {
      if (!left.aborted) throw error;
    });
  }
  await nextTurn();
}

function setHead(response: Response, name: string, isCsv: boolean): void {
  response.setHeader('Content-Type', isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${name}.${isCsv ? 'csv' : 'json'}"`);
}
