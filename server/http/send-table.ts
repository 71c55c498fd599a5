import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { RowTable } from '../export/rows.ts';
import { toCsv, toJson } from '../export/rows.ts';

/** Answers with a list as a file: CSV or JSON, as the path ends. */
export async function sendTable(request: Request, response: Response, table: RowTable): Promise<void> {
  const isCsv = request.path.endsWith('.csv');
  response.setHeader('Content-Type', isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${table.name}.${isCsv ? 'csv' : 'json'}"`);
  await pipeline(Readable.from(isCsv ? toCsv(table) : toJson(table)), response);
}
