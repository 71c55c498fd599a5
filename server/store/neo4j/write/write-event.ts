import { int } from 'neo4j-driver';
import type { NewImport } from '../../fact-write.ts';
import { sourceKeyOf } from '../../plan/source-key.ts';
import type { Transaction } from '../connection/connection.ts';
import type { EventRow } from '../log/ledger.ts';
import { encodeImport } from './imports.ts';

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
