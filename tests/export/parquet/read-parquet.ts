import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { FactValue } from '../../../server/domain/assertions.ts';
import type { ParquetOptions } from '../../../server/export/parquet/export-parquet.ts';
import { exportParquet } from '../../../server/export/parquet/export-parquet.ts';
import type { FactStore } from '../../../server/store/fact-store.ts';

/** The bytes of each file of an export, by name. */
export type ParquetFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export async function collectParquet(store: FactStore, options: Partial<ParquetOptions> = {}): Promise<ParquetFiles> {
  const pieces = new Map<string, Uint8Array[]>();
  for await (const { file, bytes } of exportParquet(store, { program: 'exposure-graph version 0.0.0', ...options })) {
    const of = pieces.get(file) ?? [];
    pieces.set(file, of);
    of.push(bytes);
  }
  return new Map([...pieces].map(([file, parts]) => [file, new Uint8Array(Buffer.concat(parts))]));
}

/** Instants are epoch milliseconds, and attributes are pairs. */
export type ParquetRow = Readonly<Record<string, FactValue>>;

/** The rows of a table, file after file. */
export async function readTable(files: ParquetFiles, table: string): Promise<ParquetRow[]> {
  const rows: ParquetRow[] = [];
  for (const bytes of filesOf(files, table).values()) {
    const found = await parquetReadObjects({ file: bytes.buffer });
    for (const row of found) rows.push(Object.fromEntries(Object.entries(row).map(([column, value]) => [column, toValue(value)])));
  }
  return rows;
}

/** The files of a table, in their order. */
export function filesOf(files: ParquetFiles, table: string): ParquetFiles {
  return new Map([...files].filter(([file]) => new RegExp(`^${table}-\\d{8}\\.parquet$`).test(file)));
}

export const metadataOf = (bytes: Uint8Array<ArrayBuffer>) => parquetMetadata(bytes.buffer);

function toValue(value: unknown): FactValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value) || typeof value !== 'object') return value as FactValue;
  return Object.entries(value).map(([name, text]) => ({ name, value: text as string }));
}
