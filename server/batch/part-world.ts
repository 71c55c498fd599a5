import type { FactKind } from '../domain/facts.ts';
import { buildAccess, buildControls, buildEngagements, buildReveals } from '../projection/build/build-kinds.ts';
import { buildFromTable } from '../projection/build/build-projection.ts';
import type { Csr } from '../projection/columns/csr.ts';
import { groupByRow } from '../projection/columns/csr.ts';
import { sharedUint32 } from '../projection/columns/shared-memory.ts';
import { CodeColumn, TextColumn } from '../projection/columns/text-column.ts';
import { openParts } from '../projection/open-parts.ts';
import { buildPackedTransfers } from '../projection/packed/build-packed-transfers.ts';
import type { TransferRows } from '../projection/packed/transfer-rows.ts';
import type { Projection, ProjectionMemory } from '../projection/projection.ts';
import { numberInOrder } from '../projection/projection.ts';
import type { SharedProjection } from '../projection/share-projection.ts';
import { openSharedPart, sharePart } from '../projection/share-projection.ts';
import { runAtOnce } from '../projection/turns.ts';

/*
 * Custody never leaves an artifact (semantics §2). So some artifacts with their transfers and copies are a small world of their own: the
 * functions of server/exposure answer from its projection what depends on single artifacts.
 *
 * It has all organizations, engagements, access and controls, with the indexes of the common projection. Its artifact i is the common
 * artifact `first + i`. It has no reveals, because these lead to artifacts of other parts.
 */

/** Artifacts that follow each other in order of id. */
export interface ArtifactRange {
  readonly first: number;
  readonly count: number;
}

const noFacts = new Map<FactKind, never>();
const without = {
  engagements: buildEngagements([], noFacts as never),
  access: buildAccess([], noFacts as never),
  reveals: buildReveals([], noFacts as never),
  controls: buildControls([], noFacts as never),
};

/** The common facts of a part. Complexity: O(organizations + artifacts of the part). */
function rangeOf({ memory }: Projection, { first, count }: ArtifactRange): Omit<ProjectionMemory, 'parts'> {
  const { reveals: _reveals, revealedBy: _revealedBy, ...columns } = memory.artifacts;
  const noRows: Csr = { offsets: sharedUint32(count + 1), values: new Int32Array(0) };
  const artifacts = { ...(slice(columns, first, count) as ProjectionMemory['artifacts']), count };
  return {
    ...memory,
    artifacts: { ...artifacts, reveals: noRows, revealedBy: noRows },
    organizations: { ...memory.organizations, artifacts: groupByRow(artifacts.owner, memory.organizations.count) },
    reveals: without.reveals,
    lasting: { ...memory.lasting, artifacts: numberInOrder(count) },
  };
}

/** The same part of each column, without a copy. */
function slice(value: unknown, first: number, count: number): unknown {
  if (value instanceof TextColumn) {
    const [bytes, offsets] = value.share();
    return new TextColumn(bytes, offsets.subarray(first, first + count + 1));
  }
  if (value instanceof CodeColumn) return new CodeColumn(value.codes.subarray(first, first + count), value.distinct);
  if (ArrayBuffer.isView(value)) return (value as Int32Array).subarray(first, first + count);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, slice(part, first, count)]));
}

/**
 * Derives the transfers and copies of a part, in a form for `openPart`.
 *
 * @param rows all transfers of the artifacts
 */
export function makePart(common: Projection, range: ArtifactRange, rows: TransferRows): { shared: SharedProjection; copyCount: number } {
  const { organizations, artifacts } = rangeOf(common, range);
  const transfers = runAtOnce(buildPackedTransfers(common, rows));
  const { artifact } = transfers;
  for (let t = 0; t < artifact.length; t++) artifact[t] = (artifact[t] as number) - range.first;
  const { memory, copies } = runAtOnce(buildFromTable(common.revision, { organizations, artifacts, ...without }, transfers, Infinity));
  return { shared: { revision: common.revision, parts: memory.parts.map(sharePart) }, copyCount: copies.count };
}

/** The projection of a part. Complexity: O(organizations + artifacts of the part). */
export function openPart(common: Projection, range: ArtifactRange, { parts }: SharedProjection): Projection {
  return openParts({ ...rangeOf(common, range), parts: (parts as readonly unknown[]).map(openSharedPart) });
}
