import { ExposureError } from '../../../domain/errors.ts';
import type { FactKind } from '../../../domain/facts.ts';
import { factKinds } from '../../../domain/facts.ts';
import type { KnownAt } from '../../fact-store.ts';
import type { FieldNames } from '../../stored-fields.ts';
import { addFieldNames, StoredFields } from '../../stored-fields.ts';
import { isWithin, WriteLedger } from '../../write-ledger.ts';
import type { Transaction } from '../connection/connection.ts';

/** A write, or the undo of one. */
interface Event {
  readonly seq: number;
  readonly revision: number;
  readonly at: number;
}

export type EventRow = readonly [
  publishedSeq: number,
  seq: number | null,
  revision: number,
  at: number,
  by: string,
  sourceKey: string,
  importId: string | null,
  created: number,
  updated: number,
  unchanged: number,
  retracted: number,
  undoes: number | null,
  changed: number,
  isRaising: boolean,
];

/** All writes published at one moment. Immutable, and without staged writes. */
export class PublishedWrites extends WriteLedger {
  /** The store's numbers of the fields that facts state. */
  readonly fields: StoredFields;
  #events: Event[] = [];

  constructor(fields: StoredFields) {
    super();
    this.fields = fields;
  }

  /** The number of the latest event; 0 without any. */
  get lastEvent(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  /**
   * The number of the latest event recorded at `at` or before (default: now); 0 without any. Instants and revisions never
   * decrease from one event to the next, so the events up to this one give the facts known at `at`.
   */
  findEvent(at?: KnownAt): number {
    return this.#events.findLast((event) => isWithin(event, at))?.seq ?? 0;
  }

  /** These writes and the later events of `rows`. */
  followedBy(rows: readonly EventRow[]): PublishedWrites {
    const next = new PublishedWrites(this.fields);
    next.copyFrom(this);
    next.#events = [...this.#events];
    for (const [, seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted, undoes, changed, isRaising] of rows) {
      if (seq === null) continue;
      next.#events.push({ seq, revision, at });
      if (undoes === null) next.add({ seq, revision, at, by, sourceKey, importId, created, updated, unchanged, retracted, undo: null });
      else next.markUndone(undoes, { revision, at, by, changed, isRaising });
    }
    return next;
  }
}

/** The known writes to a store. The first read loads all writes, later reads only the new ones. */
export class Neo4jLedger {
  #published: PublishedWrites | undefined;

  /** Returns all published writes. Call it at the start of a transaction. Throws STORE_DAMAGED. */
  async refresh(transaction: Transaction): Promise<PublishedWrites> {
    const known = this.#published ?? new PublishedWrites(await readStoredFields(transaction));
    const next = await readAfter(transaction, known);
    if (next !== undefined) {
      // A concurrent refresh may have read more.
      if (this.#published === undefined || next.lastEvent > this.#published.lastEvent) this.#published = next;
      return next;
    }
    // The database was restored to an earlier state while the program ran.
    const none = new PublishedWrites(await readStoredFields(transaction));
    const whole = (await readAfter(transaction, none)) ?? none;
    this.#published = whole;
    return whole;
  }
}

/** Reads the events after the known ones; undefined if the store lacks some of the known events. */
async function readAfter(transaction: Transaction, known: PublishedWrites): Promise<PublishedWrites | undefined> {
  const rows = (await transaction.run(
    `MATCH (store:ExposureStore {id: 1})
     OPTIONAL MATCH (event:ExposureWrite) WHERE event.seq > $after AND event.seq <= store.seq
     RETURN store.seq, event.seq, event.revision, event.at, event.by, event.speaker, event.importId,
       event.created, event.updated, event.unchanged, event.retracted, event.undoes, event.changed, event.isRaising
     ORDER BY event.seq`,
    { after: known.lastEvent },
  )) as unknown as EventRow[];
  const first = rows[0];
  if (first === undefined) {
    throw new ExposureError(
      'STORE_DAMAGED',
      'The database no longer holds a store of Exposure Graph: its ExposureStore node is gone. Restore the database from a backup.',
    );
  }
  if (first[0] < known.lastEvent) return undefined;
  return first[1] === null ? known : known.followedBy(rows);
}

/** The store's numbers of the fields that facts in the graph state. */
async function readStoredFields(transaction: Transaction): Promise<StoredFields> {
  // A store without its marker has no facts to number; the ledger reports the damage.
  return new StoredFields(addFieldNames(await readFieldNames(transaction)));
}

/** The names of all fields that the store knows; empty if it keeps no names yet. */
export async function readFieldNames(transaction: Transaction): Promise<FieldNames> {
  const [row] = await transaction.run('MATCH (store:ExposureStore {id: 1}) RETURN store.fields');
  const names = Object.fromEntries(factKinds.map((kind): [FactKind, string[]] => [kind, []])) as Record<FactKind, string[]>;
  for (const name of (row?.[0] as string[] | null | undefined) ?? []) {
    const end = name.indexOf('.');
    names[name.slice(0, end) as FactKind].push(name.slice(end + 1));
  }
  return names;
}

/** Names as the marker keeps them: `KIND.field`, those of each kind in the order of their bits. */
export function toMarkerNames(names: FieldNames): string[] {
  return factKinds.flatMap((kind) => names[kind].map((name) => `${kind}.${name}`));
}
