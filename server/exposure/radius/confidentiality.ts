import { compareLargestFirst } from '../../domain/compare.ts';
import type { RadiusSummary } from '../../domain/records/incident-log.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { runAtOnce } from '../../projection/turns.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { ExposedColumns } from './columns/exposed-columns.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { findColumns, listHeld } from './columns/radius-columns.ts';
import { CopyTiers } from './copy-tiers.ts';
import type { Dependents } from './dependents.ts';
import { findDependents } from './dependents.ts';
import { listExposedArtifacts } from './list-exposed-artifacts.ts';
import { findNotifiers, findOtherCopies } from './notifiers.ts';
import type { AffectedLab, Dependent, ExposedArtifact, HeldCopies, RadiusInput, ReachedOrganization } from './radius-types.ts';
import { findReached } from './spread.ts';

/*
 * The confidentiality blast radius (semantics §4), read top to bottom:
 *
 * A  The reached organizations (spread.ts).
 * B  Their copies that have a tier, artifact by artifact (columns/held-columns.ts; the rule is rules/copy-tier.ts).
 * C  The further artifacts that these copies reveal (columns/exposed-columns.ts).
 * D  The figures of each artifact with a way in (columns/exposed-columns.ts; rules/portion.ts, rules/way-figures.ts).
 * E  The conclusions: labs and totals (`sumRadius`); the organizations to ask, to notify and to recall from (dependents.ts,
 *    notifiers.ts).
 */

/**
 * Finds the artifacts that a compromise of the origins discloses, with their owners and the reasons.
 *
 * @param scenario actions applied to the facts (semantics §8)
 * Complexity: O(spread + copies at reached organizations + reveals within reach + organizations).
 */
export function findBlastRadius(projection: Projection, input: RadiusInput, scenario?: Scenario): BlastRadius {
  return runAtOnce(findBlastRadiusInSteps(projection, input, scenario));
}

/** `findBlastRadius` in steps of about a millisecond. */
export function* findBlastRadiusInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<BlastRadius> {
  const columns = yield* findExposedInSteps(projection, input, scenario);
  yield;
  const { totals, labs, isInRadius } = sumRadius(projection, columns.exposed);
  const dependents = findDependents(projection, input, columns.reached, isInRadius);
  const { exposedCount, possibleCount, containedCount, ...losses } = totals;
  const summary = {
    reachedCount: columns.reached.length,
    ...{ exposedCount, possibleCount, containedCount },
    affectedLabCount: labs.length,
    blindSpotCount: dependents.blindSpotCount,
    ...losses,
  };
  return new FoundRadius(columns, input, scenario, summary, labs, dependents);
}

/** Steps A to D. */
export function findExposed(projection: Projection, input: RadiusInput, scenario?: Scenario): RadiusColumns {
  return runAtOnce(findExposedInSteps(projection, input, scenario));
}

function* findExposedInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<RadiusColumns> {
  const reached = findReached(projection, input, scenario);
  yield;
  return yield* findColumns(projection, input, reached, new CopyTiers(projection, input, scenario));
}

/** A radius whose lists are made on first use, and then kept. */
class FoundRadius implements BlastRadius {
  readonly columns: RadiusColumns;
  readonly input: RadiusInput;
  readonly scenario: Scenario | undefined;
  readonly summary: RadiusSummary;
  readonly labs: readonly AffectedLab[];
  readonly #findDependents: Dependents;
  #artifacts: readonly ExposedArtifact[] | undefined;
  #held: ReadonlyMap<number, HeldCopies> | undefined;
  #dependents: readonly Dependent[] | undefined;
  #notifiers: readonly number[] | undefined;
  #otherCopies: readonly number[] | undefined;

  constructor(
    columns: RadiusColumns,
    input: RadiusInput,
    scenario: Scenario | undefined,
    summary: RadiusSummary,
    labs: readonly AffectedLab[],
    dependents: Dependents,
  ) {
    this.columns = columns;
    this.input = input;
    this.scenario = scenario;
    this.summary = summary;
    this.labs = labs;
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
}

const contained = tiers.indexOf('CONTAINED');
type Totals = Omit<RadiusSummary, 'reachedCount' | 'affectedLabCount' | 'blindSpotCount'>;

interface SummedRadius {
  readonly totals: Totals;
  readonly labs: readonly AffectedLab[];
  /** Whether an artifact of the organization is in the radius, at any tier. */
  readonly isInRadius: (organization: number) => boolean;
}

type LabSum = { -readonly [F in keyof AffectedLab]: AffectedLab[F] };

/**
 * The totals of a radius, and the losses of each lab with EXPOSED or POSSIBLE artifacts (semantics §4).
 *
 * @returns labs: by weighted loss descending, then id
 * Complexity: O(artifacts of the radius + organizations).
 */
function sumRadius({ artifacts, organizations }: Projection, exposed: ExposedColumns): SummedRadius {
  const sums: LabSum[] = [];
  /** By owner: the position of its sum, plus 1. */
  const sumOf = new Uint32Array(organizations.count);
  const counts = [0, 0, 0];
  let worstCaseLossUsd = 0;
  let weightedLossUsd = 0;
  for (let row = 0; row < exposed.artifact.length; row++) {
    const lab = artifacts.owner[exposed.artifact[row] as number] as number;
    if (sumOf[lab] === 0) {
      sums.push({ lab, exposedCount: 0, possibleCount: 0, containedCount: 0, worstCaseLossUsd: 0, weightedLossUsd: 0 });
      sumOf[lab] = sums.length;
    }
    const sum = sums[(sumOf[lab] as number) - 1] as LabSum;
    const tier = exposed.tier[row] as number;
    const worst = exposed.worstCaseLossUsd[row] as number;
    const weighted = exposed.weightedLossUsd[row] as number;
    counts[tier] = (counts[tier] as number) + 1;
    if (tier === contained) sum.containedCount++;
    else if (tier === contained - 1) sum.possibleCount++;
    else sum.exposedCount++;
    sum.worstCaseLossUsd += worst;
    sum.weightedLossUsd += weighted;
    worstCaseLossUsd += worst;
    weightedLossUsd += weighted;
  }
  const [exposedCount = 0, possibleCount = 0, containedCount = 0] = counts;
  const labs = sums
    .filter((sum) => sum.exposedCount + sum.possibleCount > 0)
    .sort((a, b) => compareLargestFirst(a.weightedLossUsd, b.weightedLossUsd) || a.lab - b.lab);
  return {
    totals: { exposedCount, possibleCount, containedCount, worstCaseLossUsd, weightedLossUsd },
    labs,
    isInRadius: (organization) => sumOf[organization] !== 0,
  };
}
