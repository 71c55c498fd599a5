import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { TransferBuilder } from '../build/build-transfers.ts';
import { cutRange, standardSize } from '../build/cut-parts.ts';
import type { ArtifactRange, PartDeriver } from '../build/derive-part.ts';
import type { IdIndex } from '../build/fill-columns.ts';
import { gatherTransfers } from '../build/gather-transfers.ts';
import { startBlock } from '../columns/shared-memory.ts';
import { findPart } from '../open-parts.ts';
import { findTransfer, hashOf, type Part, type TransferTable } from '../part.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import type { ChangedFacts } from './place-changes.ts';

/** Transfers that may have changed. */
export interface ChangedTransfers {
  /** Those that exist now, by id. */
  readonly facts: readonly RecordedFact[];
  /** The numbers of those that existed before. */
  readonly numbers: readonly number[];
  /** The same by the position of their part: their rows. */
  readonly rows: ReadonlyMap<number, ReadonlySet<number>>;
}

/** Complexity: O(c x parts) for c changed transfers. */
export function findChangedTransfers({ transfers, memory }: Projection, changed: ChangedFacts | undefined): ChangedTransfers {
  const { keys, facts } = changed ?? { keys: [], facts: [] };
  const ids = Array.from(new Set(keys), (id) => Buffer.from(id));
  const hashes = ids.map((id) => hashOf(id));
  const numbers: number[] = [];
  const rows = new Map<number, Set<number>>();
  for (const [place, part] of memory.parts.entries()) {
    const [first] = transfers.ranges[place] as readonly [number, number];
    for (let i = 0; i < ids.length; i++) {
      const row = findTransfer(part, ids[i] as Buffer, hashes[i] as number);
      if (row < 0) continue;
      numbers.push(first + row);
      getOrInsert(rows, place, () => new Set()).add(row);
    }
  }
  return { facts: [...facts].sort((a, b) => compareCodePoints(a.key, b.key)), numbers, rows };
}

/** The changed facts, with the lasting numbers of now. */
interface Changes {
  readonly transfers: ChangedTransfers;
  /** Artifacts that changed, came or went. */
  readonly artifacts: readonly number[];
  /** All lasting numbers of artifacts are below. */
  readonly artifactEnd: number;
  readonly organizationNumbers: IdIndex;
  readonly artifactNumbers: IdIndex;
  readonly engagementNumbers: IdIndex;
}

/**
 * Derives anew the parts that have a changed artifact or transfer. New artifacts come at the end. A part that has grown too large is cut.
 *
 * @param size as in `cutParts`
 * Complexity: O(transfers of these parts), and O(parts).
 */
export function* renewParts(former: readonly Part[], deriver: PartDeriver, changes: Changes, size = standardSize): Steps<readonly Part[]> {
  const patch = buildPatch(changes);
  const added = new Map<number, number[]>();
  for (const [row, artifact] of patch.artifact.entries()) getOrInsert(added, findPart(former, artifact), () => []).push(row);
  const touched = new Set([
    ...changes.transfers.rows.keys(),
    ...added.keys(),
    ...changes.artifacts.map((number) => findPart(former, number)),
  ]);
  if (touched.size === 0) return former;
  const parts: Part[] = [];
  for (const [i, part] of former.entries()) {
    if (!touched.has(i)) {
      parts.push(part);
      continue;
    }
    const range = { first: part.firstArtifact, end: former[i + 1]?.firstArtifact ?? changes.artifactEnd };
    startBlock();
    const transfers = placePatch(part, changes.transfers.rows.get(i) ?? none, patch, added.get(i) ?? []);
    yield* derivePieces(deriver, range, transfers, parts, size);
    yield;
  }
  return parts;
}

const none: ReadonlySet<number> = new Set();

function buildPatch({ transfers, organizationNumbers, artifactNumbers, engagementNumbers }: Changes): TransferTable {
  const builder = new TransferBuilder();
  for (const fact of transfers.facts) builder.add(fact, organizationNumbers, artifactNumbers, engagementNumbers);
  return builder.build();
}

/** The transfers of a part without some rows, and with some rows of the patch. @param added in order of id */
function placePatch(part: Part, removed: ReadonlySet<number>, patch: TransferTable, added: readonly number[]): TransferTable {
  const { transfers, firstArtifact, transferOffsets } = part;
  if (removed.size === 0 && added.length === 0) return transfers;
  const artifactOf = (row: number) => patch.artifact[row] as number;
  const order: number[] = [];
  let next = 0;
  const keepUntil = (end: number) => {
    for (; next < end; next++) if (!removed.has(next)) order.push(next);
  };
  for (const row of [...added].sort((a, b) => artifactOf(a) - artifactOf(b) || a - b)) {
    const place = artifactOf(row) - firstArtifact;
    const start = transferOffsets[place];
    const end = transferOffsets[place + 1];
    // A new artifact is behind all others.
    const isNew = start === undefined || end === undefined;
    keepUntil(isNew ? transfers.artifact.length : transfers.id.lowerBound(patch.id.get(row), start, end));
    order.push(~row);
  }
  keepUntil(transfers.artifact.length);
  return gatherTransfers(transfers, Int32Array.from(order), patch);
}

function* derivePieces(deriver: PartDeriver, range: ArtifactRange, transfers: TransferTable, parts: Part[], size: number): Steps<void> {
  // A part that has grown to twice its size is cut.
  if (transfers.artifact.length + range.end - range.first <= 2 * size) {
    parts.push(deriver.derive(range, transfers));
    return;
  }
  const counts = new Map<number, number>();
  for (const artifact of transfers.artifact) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  const pieces = cutRange(range, (artifact) => counts.get(artifact) ?? 0, size);
  let row = 0;
  for (const piece of pieces) {
    const start = row;
    while (row < transfers.artifact.length && (transfers.artifact[row] as number) < piece.end) row++;
    const rows = Int32Array.from({ length: row - start }, (_, i) => start + i);
    parts.push(deriver.derive(piece, pieces.length === 1 ? transfers : gatherTransfers(transfers, rows)));
    yield;
  }
}
