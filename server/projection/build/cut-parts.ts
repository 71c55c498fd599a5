import { startBlock } from '../columns/shared-memory.ts';
import { sortRows } from '../columns/sort-rows.ts';
import type { Part, TransferTable } from '../part.ts';
import type { Steps } from '../turns.ts';
import type { ArtifactRange, PartDeriver } from './derive-part.ts';
import { gatherTransfers } from './gather-transfers.ts';

/**
 * A part has about so many transfers and artifacts. With a quarter of it, a radius that visits many parts took longer; with four times as many,
 * an edit did (docs/decisions/parts.md).
 */
export const standardSize = 4000;

/**
 * Cuts all artifacts into parts.
 *
 * @param transfers those of the artifacts, in order of id
 * @param range the artifacts
 * Complexity: O(T log t) for T transfers, at most t of one artifact.
 */
export function* cutParts(deriver: PartDeriver, transfers: TransferTable, range: ArtifactRange, size = standardSize): Steps<Part[]> {
  const [order, offsets] = orderByArtifact(transfers, range);
  const parts: Part[] = [];
  for (const { first, end } of cutRange(
    range,
    (artifact) => (offsets[artifact - range.first + 1] as number) - (offsets[artifact - range.first] as number),
    size,
  )) {
    const rows = order.subarray(offsets[first - range.first], offsets[end - range.first]);
    startBlock();
    // The rows of all are in order of id.
    parts.push(deriver.derive({ first, end }, gatherTransfers(transfers, rows), sortRows(rows)));
    yield;
  }
  return parts;
}

/** Neighboring artifacts of about one size together. An artifact that is larger is alone. There is at least one range. */
export function cutRange({ first, end }: ArtifactRange, countOf: (artifact: number) => number, size = standardSize): ArtifactRange[] {
  const ranges: ArtifactRange[] = [];
  let from = first;
  let filled = 0;
  for (let artifact = first; artifact < end; artifact++) {
    const more = countOf(artifact) + 1;
    if (artifact > from && filled + more > size) {
      ranges.push({ first: from, end: artifact });
      from = artifact;
      filled = 0;
    }
    filled += more;
  }
  ranges.push({ first: from, end });
  return ranges;
}

/** The rows by artifact. Those of an artifact keep their order. Counting sort. */
function orderByArtifact({ artifact }: TransferTable, { first, end }: ArtifactRange): [order: Int32Array, offsets: Uint32Array] {
  const offsets = new Uint32Array(end - first + 1);
  for (const of of artifact) offsets[of - first + 1] = (offsets[of - first + 1] as number) + 1;
  for (let i = 1; i < offsets.length; i++) offsets[i] = (offsets[i] as number) + (offsets[i - 1] as number);
  const next = offsets.slice(0, -1);
  const order = new Int32Array(artifact.length);
  for (let row = 0; row < artifact.length; row++) {
    const of = (artifact[row] as number) - first;
    const at = next[of] as number;
    order[at] = row;
    next[of] = at + 1;
  }
  return [order, offsets];
}
