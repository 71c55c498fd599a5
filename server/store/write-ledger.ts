import type { KnownAt } from './fact-store.ts';

/** One write, and whether it was taken back. */
export interface WriteRecord {
  /** Rises from write to write. */
  readonly seq: number;
  /** That of the store after it; raised by it only where `isRaising`. */
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

export interface UndoRecord {
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  /** Facts whose values changed, or that came or went. */
  readonly changed: number;
  readonly isRaising: boolean;
}

/** What is known of all writes: they are few beside the assertions, and every reading needs them. */
export class WriteLedger {
  #writes: WriteRecord[] = [];
  /** Where in `#writes` the write with a number stands. */
  #places: number[] = [];

  /** In the order in which they were written. */
  get writes(): readonly WriteRecord[] {
    return this.#writes;
  }

  /** 0 where nothing was written. */
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

  /** 1 for each write, by its number, that was recorded and not yet taken back at a time; default: now. */
  findLive(at?: KnownAt): Uint8Array {
    const live = new Uint8Array(this.lastSeq + 1);
    for (const write of this.#writes) live[write.seq] = isLive(write, at) ? 1 : 0;
    return live;
  }

  /** 1 for each number up to the last, as if nothing had been taken back. */
  findAll(): Uint8Array {
    return new Uint8Array(this.lastSeq + 1).fill(1);
  }

  /** The revision that the facts had at a time. */
  findRevision(at?: KnownAt): number {
    let revision = 0;
    for (const write of this.#writes) {
      if (isWithin(write, at)) revision = Math.max(revision, write.revision);
      if (write.undo !== null && isWithin(write.undo, at)) revision = Math.max(revision, write.undo.revision);
    }
    return revision;
  }

  /** @param write the latest of all */
  protected add(write: WriteRecord): void {
    this.#places[write.seq] = this.#writes.length;
    this.#writes.push(write);
  }

  protected takeBack(seq: number, undo: UndoRecord): void {
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

/** Whether something was recorded by then; default: now. */
export function isWithin(event: { readonly revision: number; readonly at: number }, at: KnownAt | undefined): boolean {
  if (at === undefined) return true;
  return 'revision' in at ? event.revision <= at.revision : event.at <= at.instant;
}

function isLive(write: WriteRecord, at: KnownAt | undefined): boolean {
  return isWithin(write, at) && (write.undo === null || !isWithin(write.undo, at));
}
