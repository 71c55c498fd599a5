import { createHash } from 'node:crypto';
import type { Assertion, RecordedAssertion } from '../domain/assertions.ts';
import { ExposureError } from '../domain/errors.ts';
import { describeKey } from '../domain/fact-sentences.ts';
import type { FactKind } from '../domain/facts.ts';
import { doesWriteRaise } from '../rules/revision.ts';
import type { KnownAt } from './fact-store.ts';
import type { FactWrite, ImportRecord, NewImport } from './fact-write.ts';
import type { DocumentCollection } from './store-record.ts';

/** One write, and its undo if there is one. */
export interface WriteRecord {
  /** The number of the write; increases from write to write. */
  readonly seq: number;
  /** The store's revision after the write (rules/revision.ts says if the write raised it). */
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly sourceKey: string;
  readonly importId: string | null;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retracted: number;
  readonly undo: UndoRecord | null;
}

interface UndoRecord {
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** Facts that changed a value, appeared or disappeared. */
  readonly changed: number;
  readonly isRaising: boolean;
}

/** The state of an import, from its write. */
export function importStateOf(write: WriteRecord): Omit<ImportRecord, keyof NewImport> {
  return {
    state: write.undo === null ? 'COMMITTED' : 'UNDONE',
    by: write.by,
    committedAt: write.at,
    undoneAt: write.undo?.at ?? null,
    undoneBy: write.undo?.by ?? null,
    created: write.created,
    updated: write.updated,
    unchanged: write.unchanged,
  };
}

/** The record of all writes, in memory, because there are few compared with assertions and every read needs them. */
export class WriteLedger {
  #writes: WriteRecord[] = [];
  /** The place in `#writes` of each write, by its number. */
  #places: number[] = [];

  /** In the order of their numbers. */
  get writes(): readonly WriteRecord[] {
    return this.#writes;
  }

  /** 0 if nothing was written. */
  get lastSeq(): number {
    return this.#writes.at(-1)?.seq ?? 0;
  }

  get(seq: number): WriteRecord {
    return this.#writes[this.#places[seq] as number] as WriteRecord;
  }

  ofImport(importId: string): WriteRecord | undefined {
    return this.#writes.find((write) => write.importId === importId);
  }

  isLive(seq: number, at: KnownAt): boolean {
    return isLive(this.get(seq), at);
  }

  /** 1 for each write, by its number, that was recorded and not undone at a time. Default: now. */
  findLive(at?: KnownAt): Uint8Array {
    const live = new Uint8Array(this.lastSeq + 1);
    for (const write of this.#writes) live[write.seq] = isLive(write, at) ? 1 : 0;
    return live;
  }

  /** 1 for each write, by its number, as if no import had been undone. */
  findAll(): Uint8Array {
    return new Uint8Array(this.lastSeq + 1).fill(1);
  }

  /** The revision of the facts at a time. Default: now. */
  findRevision(at?: KnownAt): number {
    let revision = 0;
    for (const write of this.#writes) {
      if (isWithin(write, at)) revision = Math.max(revision, write.revision);
      if (write.undo !== null && isWithin(write.undo, at)) revision = Math.max(revision, write.undo.revision);
    }
    return revision;
  }

  /** @param write with a higher number than all others */
  protected add(write: WriteRecord): void {
    this.#places[write.seq] = this.#writes.length;
    this.#writes.push(write);
  }

  protected markUndone(seq: number, undo: UndoRecord): void {
    this.#writes[this.#places[seq] as number] = { ...this.get(seq), undo };
  }

  protected clear(): void {
    this.#writes = [];
    this.#places = [];
  }

  protected copyFrom(other: WriteLedger): void {
    this.#writes = [...other.#writes];
    this.#places = [...other.#places];
  }
}

/** Whether a write or undo was recorded by then. Default: now. */
export function isWithin(event: { readonly revision: number; readonly at: number }, at: KnownAt | undefined): boolean {
  if (at === undefined) return true;
  return 'revision' in at ? event.revision <= at.revision : event.at <= at.instant;
}

function isLive(write: WriteRecord, at: KnownAt | undefined): boolean {
  return isWithin(write, at) && (write.undo === null || !isWithin(write.undo, at));
}

/**
 * A hash of all events that led to a revision. Later events don't change it; undefined if the store has not reached the revision.
 *
 * Events at the revision that did not raise it are left out: they may come later, and change no fact.
 *
 * @param identity what tells this store from others, by write: a checksum of its assertions, or the same text for all
 */
export function fingerprintWrites(ledger: WriteLedger, revision: number, identity: (seq: number) => string | number): string | undefined {
  if (ledger.findRevision() < revision) return undefined;
  const hash = createHash('sha256');
  const isBefore = (event: { readonly revision: number }, isRaising: boolean) =>
    event.revision < revision || (event.revision === revision && isRaising);
  for (const write of ledger.writes) {
    if (!isBefore(write, doesWriteRaise(write))) continue;
    const { seq, at, by, sourceKey, importId, created, updated, unchanged, retracted, undo } = write;
    const counts = [created, updated, unchanged, retracted];
    const undone = undo !== null && isBefore(undo, undo.isRaising) ? [undo.revision, undo.at, undo.by, undo.changed] : null;
    hash.update(`${JSON.stringify([seq, write.revision, at, by, sourceKey, importId, counts, undone, identity(seq)])}\n`);
  }
  return hash.digest('hex');
}

/**
 * The key of a write's source (semantics §1): `source:NAME` for a named inventory, `import:ID` for an import without a name,
 * `person:NAME` for a person's edits.
 */
export function sourceKeyOf(by: string, from: Pick<NewImport, 'id' | 'source'> | undefined): string {
  if (from === undefined) return `person:${by}`;
  return from.source === null ? `import:${from.id}` : `source:${from.source}`;
}

/** The inventory's name from a source key; null for an unnamed import and for a person. */
export function sourceNameOf(sourceKey: string): string | null {
  return sourceKey.startsWith('source:') ? sourceKey.slice('source:'.length) : null;
}

/** Adds to an assertion what its write states for all of its assertions. */
export function recordAssertion(
  assertion: Assertion,
  write: number,
  sourceKey: string,
  importId: string | null,
  by: string,
): RecordedAssertion {
  return {
    kind: assertion.kind,
    key: assertion.key,
    isRetraction: assertion.isRetraction,
    values: assertion.values,
    assertedAt: assertion.assertedAt,
    source: assertion.source,
    file: assertion.file,
    line: assertion.line,
    write,
    sourceKey,
    importId,
    by,
  };
}

/** Throws CONFLICT if the write's import is committed already. */
export function refuseSecondCommit(ledger: WriteLedger, write: FactWrite): void {
  if (write.import === undefined || ledger.ofImport(write.import.id) === undefined) return;
  throw new ExposureError('CONFLICT', `Import ${write.import.id} is committed already. Nothing was written.`);
}

/** The writes, by number, that changed facts after a revision or whose undo did. */
export function findWritesAfter(ledger: WriteLedger, revision: number): ReadonlySet<number> {
  const later = new Set<number>();
  for (const write of ledger.writes) {
    const isLater = write.revision > revision && doesWriteRaise(write);
    const isUndoneLater = write.undo?.isRaising === true && write.undo.revision > revision;
    if (isLater || isUndoneLater) later.add(write.seq);
  }
  return later;
}

/** CONFLICT: a fact changed after the revision that the writer read. */
export function conflictOf(ledger: WriteLedger, kind: FactKind, key: string, changer: number, revision: number): ExposureError {
  const { undo, by } = ledger.get(changer);
  return new ExposureError(
    'CONFLICT',
    `${describeKey(kind, key)} was changed by ${undo?.by ?? by} after revision ${revision}. Reload it, then repeat the change.`,
  );
}

/** Throws CONFLICT unless the store is empty: a restore never mixes a backup with other data. */
export function refuseUnlessEmpty(revision: number, writeCount: number, documentCount: number): void {
  if (writeCount === 0 && documentCount === 0) return;
  throw new ExposureError(
    'CONFLICT',
    `The store is not empty: it has revision ${revision}, ${describeCount(writeCount, 'write')} and ${describeCount(documentCount, 'document')}. Nothing was restored. Name an empty store with --store, such as a file that does not exist yet, or an empty database.`,
  );
}

function describeCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * Throws CONFLICT if a document has another version than the one that its writer saw.
 *
 * @param version 0: there is no such document
 * @param ifVersion undefined: the writer saves over any version
 */
export function refuseStaleDocument(collection: DocumentCollection, id: string, version: number, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === version) return;
  throw new ExposureError(
    'CONFLICT',
    version === 0
      ? `The ${collection} ${id} does not exist any more. Save it as a new one.`
      : `The ${collection} ${id} has changed: its version is ${version}, not ${ifVersion}. Reload it, then repeat the change.`,
  );
}
