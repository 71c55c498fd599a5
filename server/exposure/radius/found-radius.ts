import type { Projection } from '../../projection/projection.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { listHeld } from './columns/radius-columns.ts';
import type { CopyTiers } from './copy-tiers.ts';
import type { Dependents } from './dependents.ts';
import { listExposedArtifacts } from './list-exposed-artifacts.ts';
import { findNotifiers, findOtherCopies } from './notifiers.ts';
import type {
  AffectedLab,
  Dependent,
  ExposedArtifact,
  HeldCopies,
  RadiusInput,
  RadiusSummary,
  ReachedOrganization,
} from './radius-types.ts';

/** A radius whose lists are made on first use, and then kept. */
export class FoundRadius implements BlastRadius {
  readonly columns: RadiusColumns;
  readonly input: RadiusInput;
  readonly scenario: Scenario | undefined;
  readonly summary: RadiusSummary;
  readonly labs: readonly AffectedLab[];
  readonly #copyTiers: CopyTiers;
  readonly #findDependents: Dependents;
  #artifacts: readonly ExposedArtifact[] | undefined;
  #held: ReadonlyMap<number, HeldCopies> | undefined;
  #reached: ReadonlySet<number> | undefined;
  #dependents: readonly Dependent[] | undefined;
  #notifiers: readonly number[] | undefined;
  #otherCopies: readonly number[] | undefined;

  constructor(
    columns: RadiusColumns,
    input: RadiusInput,
    scenario: Scenario | undefined,
    copyTiers: CopyTiers,
    summary: RadiusSummary,
    labs: readonly AffectedLab[],
    dependents: Dependents,
  ) {
    this.columns = columns;
    this.input = input;
    this.scenario = scenario;
    this.summary = summary;
    this.labs = labs;
    this.#copyTiers = copyTiers;
    this.#findDependents = dependents;
  }

  get projection(): Projection {
    return this.columns.projection;
  }

  get reached(): readonly ReachedOrganization[] {
    return this.columns.reached;
  }

  get artifacts(): readonly ExposedArtifact[] {
    this.#artifacts ??= listExposedArtifacts(this, {}).slice(0, this.columns.exposed.artifact.length);
    return this.#artifacts;
  }

  get held(): ReadonlyMap<number, HeldCopies> {
    this.#held ??= listHeld(this.columns);
    return this.#held;
  }

  get dependents(): readonly Dependent[] {
    this.#dependents ??= this.#findDependents.list();
    return this.#dependents;
  }

  get notifiers(): readonly number[] {
    this.#notifiers ??= findNotifiers(this.columns, this.scenario);
    return this.#notifiers;
  }

  get otherCopies(): readonly number[] {
    this.#otherCopies ??= findOtherCopies(this.columns, this.input, this.scenario);
    return this.#otherCopies;
  }

  readonly tierOf = (copy: number): Tier | undefined => {
    this.#reached ??= new Set(this.reached.map(({ organization }) => organization));
    return this.#reached.has(this.projection.copies.holder[copy] as number) ? this.#copyTiers.find(copy)?.tier : undefined;
  };
}
