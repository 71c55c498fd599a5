import { parse } from 'csv-parse/sync';
import { unguardCell } from '../../../server/csv/csv-record.ts';
import type { Serving } from '../serving.ts';

export interface ListInFiles {
  readonly csv: Record<string, string>[];
  readonly json: Record<string, unknown>[];
  readonly header: string[];
}

/** An export as CSV and as JSON: `ranking?orderBy=LABS`. */
export async function readList(serving: Serving, path: string): Promise<ListInFiles> {
  const [name, search = ''] = path.split('?');
  const text = await (await fetch(`${serving.url}/api/${name}.csv?${search}`)).text();
  const json = (await (await fetch(`${serving.url}/api/${name}.json?${search}`)).json()) as Record<string, unknown>[];
  const [header = [], ...records] = parse(text) as string[][];
  const csv = records.map((record) => Object.fromEntries(record.map((cell, i) => [header[i] as string, unguardCell(cell)])));
  return { csv, json, header };
}
