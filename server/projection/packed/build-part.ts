import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FactKind } from '../../domain/facts.ts';
import { buildAccess, buildControls, buildReveals } from '../build/build-kinds.ts';
import { buildFromTable } from '../build/build-projection.ts';
import { indexOf } from '../build/fill-columns.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { buildPackedTransfers } from './build-packed-transfers.ts';
import type { TransferRows } from './transfer-rows.ts';

/**
 * A projection of all organizations, artifacts and engagements of `base`, with the same indexes, and of some facts of other kinds. A question
 * that needs only these facts gets the same answer as from a projection of all facts.
 *
 * @param transfers all those of some artifacts, without duplicates
 * @param facts of other kinds in any order, without duplicates; all name only records of `base` and each other
 * Complexity: O(T) for T transfers, O(F log F) for F other facts, and O(organizations + artifacts).
 */
export function* buildPart(
  base: Projection,
  transfers: TransferRows,
  facts: ReadonlyMap<FactKind, readonly RecordedFact[]>,
): Steps<Projection> {
  const inOrder = (kind: FactKind) => [...(facts.get(kind) ?? [])].sort((a, b) => compareCodePoints(a.key, b.key));
  const organizations = indexOf(base.organizations.id);
  const artifacts = indexOf(base.artifacts.id);
  const packed = yield* buildPackedTransfers(base, transfers);
  yield;
  const common = {
    organizations: base.memory.organizations,
    artifacts: base.memory.artifacts,
    engagements: base.engagements,
    access: buildAccess(inOrder('ACCESS'), organizations),
    reveals: buildReveals(inOrder('REVEALS'), artifacts),
    controls: buildControls(inOrder('CONTROL'), organizations),
  };
  return yield* buildFromTable(base.revision, common, packed);
}
