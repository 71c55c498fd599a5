import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import type { FactKind } from '../../domain/facts.ts';
import type { Projection } from '../projection.ts';
import type { Steps } from '../turns.ts';
import { assembleProjection } from './assemble-projection.ts';
import { buildAccess, buildControls, buildReveals } from './build-kinds.ts';
import { TransferBuilder } from './build-transfers.ts';
import { indexOf } from './fill-columns.ts';

/**
 * A projection of all organizations, artifacts and engagements of `base`, with the same indexes, and of some facts of other kinds. A question
 * that needs only these facts gets the same answer as from a projection of all facts.
 *
 * @param facts in any order, without duplicates; they name only records of `base` and each other
 * Complexity: O(F log F) for F facts, and O(organizations + artifacts).
 */
export function* buildPart(base: Projection, facts: ReadonlyMap<FactKind, readonly RecordedFact[]>): Steps<Projection> {
  const inOrder = (kind: FactKind) => [...(facts.get(kind) ?? [])].sort((a, b) => compareCodePoints(a.key, b.key));
  const organizations = indexOf(base.organizations.id);
  const artifacts = indexOf(base.artifacts.id);
  const engagements = indexOf(base.engagements.id);
  const builder = new TransferBuilder();
  for (const [i, fact] of inOrder('TRANSFER').entries()) {
    builder.add(fact, organizations, artifacts, engagements);
    if (i % 5000 === 4999) yield;
  }
  const transfers = builder.build();
  yield;
  return yield* assembleProjection(base.revision, {
    organizations: base.organizations,
    artifacts: base.artifacts,
    engagements: base.engagements,
    ...transfers,
    access: buildAccess(inOrder('ACCESS'), organizations),
    reveals: buildReveals(inOrder('REVEALS'), artifacts),
    controls: buildControls(inOrder('CONTROL'), organizations),
  });
}
