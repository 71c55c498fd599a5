import { int } from 'neo4j-driver';
import { compareCodePoints } from '../../../domain/compare.ts';
import type { ImportedFile, ImportRecord, NewImport } from '../../fact-write.ts';
import type { WriteLedger } from '../../write-ledger.ts';
import { importStateOf, sourceKeyOf } from '../../write-ledger.ts';
import type { Row, Transaction } from '../connection/connection.ts';
import type { EventRow } from '../log/ledger.ts';
import { decodeIncidents, encodeIncidents } from './documents.ts';

/** A write or an undo, before it becomes an ExposureWrite node. */
export type WriteEvent = AssertingEvent | UndoingEvent;

interface Recorded {
  readonly seq: number;
  /** The store's revision after it. */
  readonly revision: number;
  readonly at: number;
  readonly by: string;
}

export interface AssertingEvent extends Recorded {
  readonly from: NewImport | undefined;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
}

export interface UndoingEvent extends Recorded {
  /** The number of the undone write. */
  readonly undoes: number;
  readonly changed: number;
  readonly isRaising: boolean;
}

/** @param nonce identifies the event, should the acknowledgment of its commit get lost */
export async function insertEvent(transaction: Transaction, event: WriteEvent, nonce: string): Promise<void> {
  const { seq, revision, at, by } = event;
  const own =
    'undoes' in event
      ? { undoes: int(event.undoes), changed: int(event.changed), isRaising: event.isRaising }
      : {
          speaker: sourceKeyOf(by, event.from),
          created: int(event.created),
          updated: int(event.updated),
          unchanged: int(event.unchanged),
          retracted: int(event.retracted),
          ...(event.from !== undefined && encodeImport(event.from)),
        };
  await transaction.run('CREATE (event:ExposureWrite) SET event = $properties', {
    properties: { seq: int(seq), revision: int(revision), at: int(at), by, nonce, ...own },
  });
}

/** Whether an event with this nonce was published. */
export async function isPublished(transaction: Transaction, nonce: string): Promise<boolean> {
  const rows = await transaction.run(
    'MATCH (m:ExposureStore {id: 1}) MATCH (event:ExposureWrite) WHERE event.nonce = $nonce AND event.seq <= m.seq RETURN 1 LIMIT 1',
    { nonce },
  );
  return rows.length > 0;
}

/** The event as a row of the ledger. */
export function toEventRow(event: WriteEvent): EventRow {
  const { seq, revision, at, by } = event;
  if ('undoes' in event) return [seq, seq, revision, at, by, '', null, 0, 0, 0, 0, event.undoes, event.changed, event.isRaising];
  const { from, created, updated, unchanged, retracted } = event;
  return [seq, seq, revision, at, by, sourceKeyOf(by, from), from?.id ?? null, created, updated, unchanged, retracted, null, 0, false];
}

/** All undo events, published or staged. */
export async function readUndoEvents(transaction: Transaction): Promise<{ readonly seq: number; readonly undoes: number }[]> {
  const rows = await transaction.run('MATCH (event:ExposureWrite) WHERE event.undoes IS NOT NULL RETURN event.seq, event.undoes');
  return rows.map(([seq, undoes]) => ({ seq: seq as number, undoes: undoes as number }));
}

const columns = 'event.importId, event.source, event.assertedAt, event.createdAt, event.rejectedCount, event.files';

/** The properties that an import adds to the ExposureWrite node of its write. Neo4j stores no nulls. */
function encodeImport(from: NewImport): Record<string, unknown> {
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
