import type { RecordedFact } from '../../domain/assertions.ts';
import { compareCodePoints } from '../../domain/compare.ts';
import { type FactKind, factKinds } from '../../domain/facts.ts';
import type { Projection } from '../projection.ts';
import { runAtOnce, type Steps } from '../turns.ts';
import { assembleProjection } from './assemble-projection.ts';
import { buildAccess, buildArtifacts, buildControls, buildEngagements, buildOrganizations, buildReveals } from './build-kinds.ts';
import { TransferBuilder } from './build-transfers.ts';
import { indexById } from './fill-columns.ts';

/**
 * Builds a projection from facts in any order.
 *
 * Complexity: O(F log F) for F facts, to sort them. `ProjectionBuilder` takes the facts of a store, which are already sorted.
 */
export function buildProjection(facts: Iterable<RecordedFact>, revision: number): Projection {
  const byKind = new Map<FactKind, RecordedFact[]>(factKinds.map((kind) => [kind, []]));
  for (const fact of facts) (byKind.get(fact.kind) as RecordedFact[]).push(fact);
  const builder = new ProjectionBuilder();
  for (const kind of factKinds) {
    builder.add(
      kind,
      (byKind.get(kind) as RecordedFact[]).sort((a, b) => compareCodePoints(a.key, b.key)),
    );
  }
  return builder.build(revision);
}

/**
 * Turns facts into columns as a store streams them: kinds in the order of `factKinds`, within a kind by key. Most facts are
 * transfers, so these become columns at once and their objects can be collected.
 */
export class ProjectionBuilder {
  readonly #facts = new Map<FactKind, RecordedFact[]>(factKinds.map((kind) => [kind, []]));
  readonly #transfers = new TransferBuilder();
  #organizationIndex: Map<string, number> | undefined;
  #artifactIndex: Map<string, number> | undefined;
  #engagementIndex: Map<string, number> | undefined;

  /** Throws if facts are out of order, because the store broke its contract. */
  add(kind: FactKind, facts: readonly RecordedFact[]): void {
    if (kind !== 'TRANSFER') {
      const list = this.#facts.get(kind) as RecordedFact[];
      for (const fact of facts) list.push(fact);
      return;
    }
    if (facts.length === 0) return;
    this.#organizationIndex ??= indexById(this.#of('ORGANIZATION'));
    this.#artifactIndex ??= indexById(this.#of('ARTIFACT'));
    this.#engagementIndex ??= indexById(this.#of('ENGAGEMENT'));
    for (const fact of facts) this.#transfers.add(fact, this.#organizationIndex, this.#artifactIndex, this.#engagementIndex);
  }

  build(revision: number): Projection {
    return runAtOnce(this.steps(revision));
  }

  /** As `build`, in steps. The longest steps are a column of transfers, and the custody of the artifact with the most transfers. */
  *steps(revision: number): Steps<Projection> {
    const organizationIndex = this.#organizationIndex ?? indexById(this.#of('ORGANIZATION'));
    const artifactIndex = this.#artifactIndex ?? indexById(this.#of('ARTIFACT'));
    yield;
    const organizations = buildOrganizations(this.#of('ORGANIZATION'));
    yield;
    const artifacts = buildArtifacts(this.#of('ARTIFACT'), organizationIndex);
    yield;
    const engagements = buildEngagements(this.#of('ENGAGEMENT'), organizationIndex);
    yield;
    const transfers = this.#transfers.build();
    yield;
    const access = buildAccess(this.#of('ACCESS'), organizationIndex);
    yield;
    const reveals = buildReveals(this.#of('REVEALS'), artifactIndex);
    const controls = buildControls(this.#of('CONTROL'), organizationIndex);
    yield;
    return yield* assembleProjection(revision, { organizations, artifacts, engagements, ...transfers, access, reveals, controls });
  }

  #of(kind: FactKind): RecordedFact[] {
    return this.#facts.get(kind) as RecordedFact[];
  }
}
