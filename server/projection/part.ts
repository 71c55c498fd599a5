import type { NumberField, OptionalText } from '../domain/fact-fields.ts';
import type { Csr } from './columns/csr.ts';
import type { CodeColumn, TextColumn } from './columns/text-column.ts';

/*
 * Custody never leaves an artifact (semantics §2). So whatever follows from transfers is kept artifact by artifact, and artifacts lie together
 * in parts. A part is never written after it is made: the next projection shares every part that did not change.
 *
 * A part names organizations, artifacts and engagements by lasting numbers, and its own transfers and copies by their rows in it.
 */

/** Interned columns: `get(index)` returns a string or null. */
export interface ProvenanceColumns {
  readonly importId: CodeColumn;
  readonly file: CodeColumn;
  /** 0: none. */
  readonly line: Uint32Array;
  readonly assertedBy: CodeColumn;
  readonly assertedAt: Float64Array;
  readonly source: CodeColumn;
}

/** Transfers as stated, in columns. */
export interface TransferTable
  extends Readonly<Record<OptionalText<'TRANSFER'>, CodeColumn>>,
    Readonly<Record<NumberField<'TRANSFER'>, Float64Array>> {
  readonly id: TextColumn;
  /** Lasting numbers. */
  readonly artifact: Int32Array;
  readonly sender: Int32Array;
  readonly recipient: Int32Array;
  /** Lasting number, or none. */
  readonly engagement: Int32Array;
  readonly form: Uint8Array;
  readonly deletionState: Uint8Array;
  readonly fragments: Csr;
  readonly fragmentNames: TextColumn;
  readonly provenance: ProvenanceColumns;
}

/** As `CopyColumns`, by row. */
export interface CopyTable {
  readonly kind: Uint8Array;
  /** Lasting numbers. */
  readonly artifact: Int32Array;
  readonly holder: Int32Array;
  /** A row of the transfers, or none. */
  readonly transfer: Int32Array;
  readonly definiteFrom: Float64Array;
  readonly definiteUntil: Float64Array;
  readonly possibleFrom: Float64Array;
  readonly possibleUntil: Float64Array;
  readonly isReadable: Uint8Array;
  readonly portion: Float64Array;
  readonly confidence: Float64Array;
  readonly traits: Uint8Array;
  readonly rank: Int32Array;
  /** A row of the transfers, or none. */
  readonly chainPrevious: Int32Array;
}

/** Rows by the lasting number of an organization. */
export interface RowsByOrganization {
  /** Organizations with rows, ascending. */
  readonly keys: Int32Array;
  /** Of keys[i]: offsets[i] .. offsets[i + 1] - 1. */
  readonly offsets: Uint32Array;
  readonly rows: Int32Array;
}

/** All transfers and copies of the artifacts with lasting numbers from `firstArtifact` up to the next part's. */
export interface Part {
  readonly firstArtifact: number;
  /** By artifact, then id. */
  readonly transfers: TransferTable;
  /** transfer -> row of its copy. */
  readonly copyOf: Int32Array;
  /** By artifact, then copy id. */
  readonly copies: CopyTable;
  /** Of artifact firstArtifact + i: offsets[i] .. offsets[i + 1] - 1. */
  readonly transferOffsets: Uint32Array;
  readonly copyOffsets: Uint32Array;
  /** Rows in order of id. */
  readonly idOrder: Int32Array;
  /** A hash table of ids: a row + 1 at the slot of its hash or the next free one; 0 at the others. At least half of the slots are free. */
  readonly idTable: Int32Array;
  /** Bit n: the organization with number n holds a copy here. Every sender and recipient does. */
  readonly holders: Uint8Array;
  readonly held: RowsByOrganization;
  readonly sent: RowsByOrganization;
}

/** The hash of a text: FNV-1a over some bytes. */
export function hashOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}

/** The row of a transfer, or -1. O(1). @param id in UTF-8, with its hash */
export function findTransfer({ idTable, transfers }: Part, id: Buffer, hash: number): number {
  const [bytes, offsets] = transfers.id.share();
  const mask = idTable.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const row = (idTable[slot] as number) - 1;
    if (row < 0) return -1;
    const start = offsets[row] as number;
    const size = (offsets[row + 1] as number) - start;
    if (size === id.length && bytes.compare(id, 0, size, start, start + size) === 0) return row;
  }
}

/** Whether an organization has a copy or a transfer in the part. */
export function isHolder({ holders }: Part, organization: number): boolean {
  return (((holders[organization >>> 3] ?? 0) >>> (organization & 7)) & 1) === 1;
}

/** The rows of an organization; empty without any. O(log keys). */
export function rowsOfOrganization({ keys, offsets, rows }: RowsByOrganization, organization: number): Int32Array {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as number) < organization) low = middle + 1;
    else high = middle;
  }
  return keys[low] === organization ? rows.subarray(offsets[low], offsets[low + 1]) : rows.subarray(0, 0);
}
