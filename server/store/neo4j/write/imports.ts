import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { ImportedFile, ImportRecord, NewImport } from '../../fact-write.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { importStateOf } from '../../write-ledger.ts';
import type { Row, Transaction } from '../connection/connection.ts';
import { decodeIncidents, encodeIncidents } from './documents.ts';

const columns = 'event.importId, event.source, event.assertedAt, event.createdAt, event.rejectedCount, event.files';

/** The properties that an import adds to the ExposureWrite node of its write. Neo4j stores no nulls. */
export function encodeImport(from: NewImport): Record<string, unknown> {
  return {
    importId: from.id,
    source: from.source,
    assertedAt: from.assertedAt === null ? null : int(from.assertedAt),
    createdAt: int(from.createdAt),
    rejectedCount: int(from.rejectedCount),
    files: JSON.stringify(from.files),
    incidents: encodeIncidents(from.incidents),
  };
}

/** RETURN columns of an event for `toImport`. */
export const importColumns = `${columns}, event.incidents`;

/** An import as it was committed; null if the event belongs to none. */
export function toImport(row: Row): NewImport | null {
  return row[0] === null ? null : { ...decodeImport(row), incidents: decodeIncidents(row[6] as string | null) };
}

/** All imports, latest created first, or the one with this id. Complexity: O(imports). */
export async function readImports(transaction: Transaction, ledger: WriteLedger, importId?: string): Promise<ImportRecord[]> {
  const rows = await transaction.run(
    `MATCH (event:ExposureWrite) WHERE ${importId === undefined ? 'event.importId IS NOT NULL' : 'event.importId = $importId'} RETURN ${columns}`,
    { importId: importId ?? null },
  );
  const writes = new Map(ledger.writes.flatMap((write) => (write.importId === null ? [] : [[write.importId, write]])));
  return rows
    .map(decodeImport)
    .sort((a, b) => b.createdAt - a.createdAt || compareCodePoints(a.id, b.id))
    .flatMap((from) => {
      // A staged import has its event in the database already, but is not published.
      const write = writes.get(from.id);
      if (write === undefined) return [];
      return {
        ...from,
        ...importStateOf(write),
      };
    });
}

function decodeImport(row: Row): Omit<NewImport, 'incidents'> {
  const [id, source, assertedAt, createdAt, rejectedCount, files] = row as [string, string | null, number | null, number, number, string];
  return { id, source, assertedAt, createdAt, rejectedCount, files: JSON.parse(files) as ImportedFile[] };
}
