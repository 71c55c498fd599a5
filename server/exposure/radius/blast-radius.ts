import type { RadiusSummary } from '../../domain/records/incident-log.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import type { AffectedLab, Dependent, ExposedArtifact, HeldCopies, RadiusInput, ReachedOrganization } from './radius-types.ts';

/** The answer to one question. Its lists are made on first use. */
export interface BlastRadius {
  readonly projection: Projection;
  readonly input: RadiusInput;
  /** The scenario applied to the facts; undefined for the facts as stored. */
  readonly scenario: Scenario | undefined;
  readonly summary: RadiusSummary;
  /** Origins first, then by hops, likelihood descending, id. */
  readonly reached: readonly ReachedOrganization[];
  /** In order TIER: strongest first, then weighted loss descending, then id. */
  readonly artifacts: readonly ExposedArtifact[];
  /** The same radius as columns. */
  readonly columns: RadiusColumns;
  /** By weighted loss descending, then id. */
  readonly labs: readonly AffectedLab[];
  /** Organizations, by id. */
  readonly notifiers: readonly number[];
  /** Copies to recall; by artifact, rank (none last), copy id. */
  readonly otherCopies: readonly number[];
  /** By rank, then id. */
  readonly dependents: readonly Dependent[];
  /** By artifact. Leaves out artifacts of which no reached organization holds a copy with a tier. */
  readonly held: ReadonlyMap<number, HeldCopies>;
}
