import { compareLargestFirst } from '../../domain/compare.ts';
import { labBit } from '../../domain/facts.ts';
import type { RadiusSummary } from '../../domain/records/incident-log.ts';
import type { Projection } from '../../projection/projection.ts';
import { rowOf } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { runAtOnce } from '../../projection/turns.ts';
import { isBlindSpot } from '../../rules/blind-spot.ts';
import { tiers } from '../../rules/copy-tier.ts';
import { hasStarted, isCurrent } from '../../rules/engagement-term.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BlastRadius } from './blast-radius.ts';
import type { ExposedColumns } from './columns/exposed-columns.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { findColumns, listHeld } from './columns/radius-columns.ts';
import { CopyTiers } from './copy-tiers.ts';
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
 * E  The conclusions: labs and totals (`sumRadius`); the organizations to ask, to notify and to recall from (notifiers.ts).
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

/** The organizations that rely on a reached one. */
export interface Dependents {
  readonly blindSpotCount: number;
  /** By rank, then id. Built on demand: in a large world, most organizations are dependents. */
  list(): readonly Dependent[];
}

/**
 * Finds the organizations that rely, by engagements, on a reached one, and the blind spots among them (semantics §5).
 *
 * Two breadth-first searches run upward from the reached organizations, from provider to client: one over all engagements that
 * count, and for the list one over current ones. Before the list is asked for, the first runs only if a lab has no artifact in the
 * radius. A dependent's path goes down. Each step uses the smallest engagement that leads one step nearer.
 *
 * @param isInRadius whether an artifact of the organization is in the radius
 * Complexity: O(organizations found + their engagements), and their paths.
 */
function findDependents(
  projection: Projection,
  input: RadiusInput,
  reached: readonly ReachedOrganization[],
  isInRadius: (organization: number) => boolean,
): Dependents {
  const { engagements, organizations } = projection;
  const { widest } = input;
  const countsAtAll = (e: number) => hasStarted(engagements.startsAt[e] as number, widest.to);
  const isCurrentThen = (e: number) =>
    isCurrent(engagements.startsAt[e] as number, engagements.endsAt[e] as number, widest.from, widest.to);

  const searchDown = (counts: (e: number) => boolean): Down => ({ distances: findDistances(projection, reached, counts), counts });
  let all: Down | undefined;
  const findAll = () => {
    all ??= searchDown(countsAtAll);
    return all;
  };
  const isLab = (organization: number) => ((organizations.roles[organization] as number) & labBit) !== 0;
  /** Whether a path of engagements leads from it to a reached organization, without it being reached itself. */
  const isDependent = (organization: number) => (findAll().distances[organization] as number) > 0;
  const isBlind = (organization: number) => isBlindSpot(isLab(organization), true, isInRadius(organization)) && isDependent(organization);

  let blindSpotCount = 0;
  for (let organization = 0; organization < organizations.count; organization++) if (isBlind(organization)) blindSpotCount++;

  return {
    blindSpotCount,
    list() {
      const current = searchDown(isCurrentThen);
      /** Lists by rank. Organizations ascend, so each list is in order. */
      const byRank: FoundDependent[][] = [];
      for (let organization = 0; organization < organizations.count; organization++) {
        if (!isDependent(organization)) continue;
        const isFormer = current.distances[organization] === unreached;
        const down = isFormer ? findAll() : current;
        const dependent = new FoundDependent(projection, organization, isFormer, isBlind(organization), down);
        const ranked = byRank[dependent.rank] ?? [];
        byRank[dependent.rank] = ranked;
        ranked.push(dependent);
      }
      return byRank.flat();
    },
  };
}

const unreached = -1;

/** The engagements that count, and over them the distance of each organization from a reached one. */
interface Down {
  readonly distances: Int32Array;
  readonly counts: (engagement: number) => boolean;
}

/** Finds its path on demand. */
class FoundDependent implements Dependent {
  readonly organization: number;
  readonly rank: number;
  readonly isFormer: boolean;
  readonly isBlindSpot: boolean;
  readonly #projection: Projection;
  readonly #down: Down;

  constructor(projection: Projection, organization: number, isFormer: boolean, isBlindSpot: boolean, down: Down) {
    this.#projection = projection;
    this.#down = down;
    this.organization = organization;
    this.rank = down.distances[organization] as number;
    this.isFormer = isFormer;
    this.isBlindSpot = isBlindSpot;
  }

  get path(): number[] {
    const { engagements, organizations } = this.#projection;
    const { distances, counts } = this.#down;
    const path: number[] = [];
    for (let client = this.organization, left = this.rank; left > 0; left--) {
      const step = rowOf(organizations.engagementsAsClient, client).find(
        (e) => distances[engagements.provider[e] as number] === left - 1 && counts(e),
      ) as number;
      path.push(step);
      client = engagements.provider[step] as number;
    }
    return path;
  }
}

/** The fewest engagements from each organization down to a reached one: 0 for reached ones, -1 without a path. Breadth first. */
function findDistances(
  projection: Projection,
  reached: readonly ReachedOrganization[],
  counts: (engagement: number) => boolean,
): Int32Array {
  const { engagements, organizations } = projection;
  const distances = new Int32Array(organizations.count).fill(unreached);
  const queue = new Int32Array(organizations.count);
  let found = 0;
  for (const { organization } of reached) {
    distances[organization] = 0;
    queue[found++] = organization;
  }
  const { offsets, values } = organizations.engagementsAsProvider;
  for (let at = 0; at < found; at++) {
    const provider = queue[at] as number;
    for (let i = offsets[provider] as number; i < (offsets[provider + 1] as number); i++) {
      const e = values[i] as number;
      const client = engagements.client[e] as number;
      if (distances[client] !== unreached || !counts(e)) continue;
      distances[client] = (distances[provider] as number) + 1;
      queue[found++] = client;
    }
  }
  return distances;
}
