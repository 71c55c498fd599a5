import { isAtLeast } from '../../domain/compare.ts';
import { getOrInsert } from '../../domain/get-or-insert.ts';
import { isRowEmpty, rowOf } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Steps } from '../../projection/turns.ts';
import { runAtOnce } from '../../projection/turns.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import { strongerTier, tiers } from '../../rules/copy-tier.ts';
import type { Bounds } from '../../rules/portion.ts';
import { joinBounds, nothing } from '../../rules/portion.ts';
import { chanceOf, weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../rules/way-figures.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { compareShownCopies } from '../scenario/scenario-copy.ts';
import { boundCopies } from './bound-copies.ts';
import { CopyTiers } from './copy-tiers.ts';
import { findDependents } from './dependents.ts';
import { listHolders } from './list-holders.ts';
import { findNotifiers, findOtherCopies } from './notifiers.ts';
import type {
  AffectedLab,
  BlastRadius,
  ExposedArtifact,
  HeldCopies,
  RadiusInput,
  RadiusSummary,
  ReachedOrganization,
  TieredCopy,
  WayIn,
} from './radius-types.ts';
import { getRevealClosure } from './reveal-closure.ts';
import { findReached } from './spread.ts';

/*
 * The confidentiality blast radius (semantics §4), read top to bottom:
 *
 * A  The reached organizations (spread.ts).
 * B  Their copies that have a tier, artifact by artifact (copy-tiers.ts; the rule is rules/copy-tier.ts).
 * C  The further artifacts that these copies reveal (reveal-closure.ts).
 * D  The figures of each artifact with a way in (rules/portion.ts, rules/way-figures.ts).
 * E  The conclusions: labs, totals; the organizations to ask, to notify and to recall from (dependents.ts, notifiers.ts).
 */

/**
 * Finds the artifacts that a compromise of the origins discloses, with their owners and the reasons.
 *
 * @param scenario actions applied to the facts (semantics §8)
 * Complexity: O(spread + copies at reached organizations + reveals within reach), and a sort of the artifacts found.
 */
export function findBlastRadius(projection: Projection, input: RadiusInput, scenario?: Scenario): BlastRadius {
  return runAtOnce(findBlastRadiusInSteps(projection, input, scenario));
}

/** `findBlastRadius` in steps of about a millisecond. */
export function* findBlastRadiusInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<BlastRadius> {
  const { reached, reachedAt, copyTiers, held, artifacts } = yield* findExposedInSteps(projection, input, scenario);
  const labs = sumByLab(projection, artifacts);
  yield;
  const dependents = findDependents(projection, input, reachedAt, artifacts);
  yield;
  const summary = summarize(reached, artifacts, labs, dependents.blindSpotCount);
  artifacts.sort(
    (a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || b.weightedLossUsd - a.weightedLossUsd || a.artifact - b.artifact,
  );

  return {
    projection,
    input,
    scenario,
    summary,
    reached,
    artifacts,
    labs,
    held,
    get dependents() {
      return dependents.list();
    },
    get notifiers() {
      return findNotifiers(projection, held, scenario);
    },
    get otherCopies() {
      return findOtherCopies(projection, input, reachedAt, artifacts, scenario);
    },
    tierOf: (copy) => (reachedAt.has(projection.copies.holder[copy] as number) ? copyTiers.find(copy)?.tier : undefined),
  };
}

/** Steps A to D: the reached organizations, and the artifacts in the radius, ascending. */
export function findExposed(projection: Projection, input: RadiusInput, scenario?: Scenario): ExposedByReach {
  return runAtOnce(findExposedInSteps(projection, input, scenario));
}

interface ExposedByReach {
  readonly reached: readonly ReachedOrganization[];
  readonly reachedAt: ReadonlyMap<number, ReachedOrganization>;
  readonly copyTiers: CopyTiers;
  readonly held: ReadonlyMap<number, HeldArtifact>;
  readonly artifacts: ExposedArtifact[];
}

/** The number of copies, or of ways to an artifact, that one step examines. */
const stepSize = 2000;

function* findExposedInSteps(projection: Projection, input: RadiusInput, scenario?: Scenario): Steps<ExposedByReach> {
  const reached = findReached(projection, input, scenario);
  yield;
  const reachedAt = new Map(reached.map((organization) => [organization.organization, organization]));
  const copyTiers = new CopyTiers(projection, input, scenario);

  const held = new Map<number, HeldArtifact>();
  let seen = 0;
  for (const { organization } of reached) {
    seen += 1 + rowOf(projection.organizations.copies, organization).length;
    if (seen >= stepSize) {
      seen = 0;
      yield;
    }
    for (const tiered of copyTiers.tieredAt(organization)) {
      const artifact = projection.copies.artifact[tiered.copy] as number;
      getOrInsert(held, artifact, () => new HeldArtifact(projection, artifact)).copies.push(tiered);
    }
  }
  for (const own of held.values()) own.copies.sort((a, b) => a.copy - b.copy);
  return { reached, reachedAt, copyTiers, held, artifacts: yield* exposeArtifacts(projection, input, held, reached) };
}

/** An artifact of which a reached organization holds a copy with a tier. */
class HeldArtifact implements HeldCopies {
  readonly artifact: number;
  readonly copies: TieredCopy[] = [];
  readonly #projection: Projection;
  #open: readonly TieredCopy[] | undefined;
  #openBounds: Bounds | undefined;
  #exposedBounds: Bounds | undefined;

  constructor(projection: Projection, artifact: number) {
    this.#projection = projection;
    this.artifact = artifact;
  }

  /** Call only when `copies` is complete. */
  get open(): readonly TieredCopy[] {
    this.#open ??= this.copies.every(isOpen) ? this.copies : this.copies.filter(isOpen);
    return this.#open;
  }

  /** The share that its EXPOSED and POSSIBLE copies disclose. */
  get openBounds(): Bounds {
    this.#openBounds ??= boundCopies(this.#projection, this.open);
    return this.#openBounds;
  }

  /** The share that its EXPOSED copies alone disclose. */
  get exposedBounds(): Bounds {
    this.#exposedBounds ??= this.copies.every(isExposed) ? this.openBounds : boundCopies(this.#projection, this.copies.filter(isExposed));
    return this.#exposedBounds;
  }
}

const isOpen = (copy: TieredCopy) => copy.tier !== 'CONTAINED';
const isExposed = (copy: TieredCopy) => copy.tier === 'EXPOSED';

/** An artifact that reveals another, with the product of degrees. */
interface Leading {
  readonly source: HeldArtifact;
  readonly product: number;
}

/** By organization index: an array, because every way looks it up. */
type ReachedByOrganization = readonly (ReachedOrganization | undefined)[];

/** C and D, in order of artifact, so that sums always run in the same order. */
function* exposeArtifacts(
  projection: Projection,
  input: RadiusInput,
  held: ReadonlyMap<number, HeldArtifact>,
  reached: readonly ReachedOrganization[],
): Steps<ExposedArtifact[]> {
  const reachedAt: (ReachedOrganization | undefined)[] = new Array(projection.organizations.count);
  for (const organization of reached) reachedAt[organization.organization] = organization;
  const leadingTo = new Map<number, Leading[]>();
  const heldInOrder = Int32Array.from(held.keys()).sort();
  for (const artifact of heldInOrder) {
    const source = held.get(artifact) as HeldArtifact;
    if (isRowEmpty(projection.artifacts.reveals, source.artifact) || source.open.length === 0) continue;
    const closure = getRevealClosure(projection, source.artifact, input.minDegree);
    yield;
    closure.targets.forEach((target, i) => {
      getOrInsert(leadingTo, target, () => []).push({ source, product: closure.products[i] as number });
    });
  }
  const ledOnly = Array.from(leadingTo.keys()).filter((artifact) => !held.has(artifact));
  const artifacts = new Int32Array(heldInOrder.length + ledOnly.length);
  artifacts.set(heldInOrder);
  artifacts.set(ledOnly, heldInOrder.length);
  artifacts.sort();
  const exposed: ExposedArtifact[] = [];
  let ways = 0;
  for (const artifact of artifacts) {
    const own = held.get(artifact) ?? new HeldArtifact(projection, artifact);
    const row = new Exposed(projection, input, artifact, own, leadingTo.get(artifact) ?? [], reachedAt);
    exposed.push(row);
    ways += row.wayCount;
    if (ways < stepSize) continue;
    ways = 0;
    yield;
  }
  return exposed;
}

/** In place of an index into `leading`: the artifact's own copies. */
const ownWays = -1;

/** Sorts the strongest tier first, then the larger chance x yield, then in the shown order of copies. */
function compareWays(projection: Projection, a: TieredCopy, shareOfA: number, b: TieredCopy, shareOfB: number): number {
  return (
    (a.tier === b.tier ? 0 : tiers.indexOf(a.tier) - tiers.indexOf(b.tier)) || shareOfB - shareOfA || compareShownCopies(projection, a, b)
  );
}

class Exposed implements ExposedArtifact {
  readonly artifact: number;
  readonly tier: Tier;
  readonly basis: 'HELD' | 'REVEALED';
  readonly portion: Bounds;
  readonly exposedPortion: Bounds;
  readonly isUsable: boolean;
  readonly likelihood: number;
  readonly weightedShare: number;
  readonly worstCaseLossUsd: number;
  readonly weightedLossUsd: number;
  readonly wayCount: number;
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #own: HeldArtifact;
  readonly #leading: readonly Leading[];
  readonly #reachedAt: ReachedByOrganization;
  /** The way that sorts first: its copy, and the position in `#leading` that it comes from. */
  readonly #first: TieredCopy;
  #firstFrom = ownWays;

  constructor(
    projection: Projection,
    input: RadiusInput,
    artifact: number,
    own: HeldArtifact,
    leading: readonly Leading[],
    reachedAt: ReachedByOrganization,
  ) {
    this.#projection = projection;
    this.#input = input;
    this.#own = own;
    this.#leading = leading;
    this.#reachedAt = reachedAt;
    this.artifact = artifact;

    const ownTier = strongest(own.copies);
    this.tier = leading.reduce((tier, { source }) => strongerTier(tier, strongest(source.open)), ownTier) as Tier;
    this.basis = ownTier === this.tier ? 'HELD' : 'REVEALED';

    const isContained = this.tier === 'CONTAINED';
    this.portion = isContained
      ? boundCopies(projection, own.copies)
      : joinBounds(
          own.openBounds,
          leading.map(({ source, product }) => ({ bounds: source.openBounds, product })),
        );
    this.exposedPortion =
      this.tier === 'EXPOSED'
        ? joinBounds(
            own.exposedBounds,
            leading.map(({ source, product }) => ({ bounds: source.exposedBounds, product })),
          )
        : nothing;
    this.isUsable = !isContained && isAtLeast(this.portion.low, projection.artifacts.usefulPortion[artifact] as number);

    // One pass over all ways without a closure, because a radius may have a hundred thousand of them.
    const { holder: holderOf, portion: portionOf } = projection.copies;
    let likelihood = 0;
    let weightedShare = 0;
    let wayCount = 0;
    let first: TieredCopy | undefined;
    let firstShare = 0;
    for (let i = ownWays; i < leading.length; i++) {
      const copies = i === ownWays ? own.copies : (leading[i] as Leading).source.open;
      const product = i === ownWays ? 1 : (leading[i] as Leading).product;
      for (const tiered of copies) {
        const chance = chanceOf((reachedAt[holderOf[tiered.copy] as number] as ReachedOrganization).likelihood, tiered.weight);
        const share = weightedShareOf(chance, yieldOf(portionOf[tiered.copy] as number, product));
        wayCount++;
        if (chance > likelihood) likelihood = chance;
        if (share > weightedShare) weightedShare = share;
        if (first === undefined || compareWays(projection, tiered, share, first, firstShare) < 0) {
          first = tiered;
          firstShare = share;
          this.#firstFrom = i;
        }
      }
    }
    this.#first = first as TieredCopy;
    this.likelihood = likelihood;
    this.weightedShare = weightedShare;
    this.wayCount = wayCount;
    this.worstCaseLossUsd = worstCaseLossOf(this.tier, projection.artifacts.worstValueUsd[artifact] as number, this.portion.high);
    this.weightedLossUsd = weightedLossOf(weightedShare, projection.artifacts.meanValueUsd[artifact] as number);
  }

  get holders(): ReachedOrganization[] {
    return listHolders(this.#own.copies.map((tiered) => this.#holderOf(tiered)));
  }

  ways(limit: number): WayIn[] {
    if (limit === 1) {
      const from = this.#firstFrom === ownWays ? undefined : this.#leading[this.#firstFrom];
      return [this.#wayBy(this.#first, from?.product ?? 1, from?.source.artifact ?? this.artifact)];
    }
    const ways: { tiered: TieredCopy; product: number; source: number; share: number }[] = [];
    this.#eachWay((tiered, product, source) => {
      const share = weightedShareOf(this.#chanceOf(tiered), this.#yieldOf(tiered, product));
      ways.push({ tiered, product, source, share });
    });
    ways.sort((a, b) => compareWays(this.#projection, a.tiered, a.share, b.tiered, b.share));
    return ways.slice(0, limit).map(({ tiered, product, source }) => this.#wayBy(tiered, product, source));
  }

  #wayBy(tiered: TieredCopy, product: number, source: number): WayIn {
    return {
      copy: tiered.copy,
      tier: tiered.tier,
      reason: tiered.reason,
      holder: this.#holderOf(tiered),
      reveals: source === this.artifact ? [] : getRevealClosure(this.#projection, source, this.#input.minDegree).path(this.artifact),
      chance: this.#chanceOf(tiered),
      yieldShare: this.#yieldOf(tiered, product),
      isEncrypted: tiered.isEncrypted ?? false,
    };
  }

  #eachWay(visit: (tiered: TieredCopy, product: number, source: number) => void): void {
    for (const tiered of this.#own.copies) visit(tiered, 1, this.artifact);
    for (const { source, product } of this.#leading) for (const tiered of source.open) visit(tiered, product, source.artifact);
  }

  #chanceOf(tiered: TieredCopy): number {
    return chanceOf(this.#holderOf(tiered).likelihood, tiered.weight);
  }

  #yieldOf({ copy }: TieredCopy, product: number): number {
    return yieldOf(this.#projection.copies.portion[copy] as number, product);
  }

  #holderOf({ copy }: TieredCopy): ReachedOrganization {
    return this.#reachedAt[this.#projection.copies.holder[copy] as number] as ReachedOrganization;
  }
}

function strongest(copies: readonly TieredCopy[]): Tier | undefined {
  let found: Tier | undefined;
  for (const { tier } of copies) found = strongerTier(found, tier);
  return found;
}

/** E: the losses of each lab with EXPOSED or POSSIBLE artifacts. */
function sumByLab(projection: Projection, artifacts: readonly ExposedArtifact[]): AffectedLab[] {
  const sums = new Map<number, { -readonly [F in keyof AffectedLab]: AffectedLab[F] }>();
  for (const { artifact, tier, worstCaseLossUsd, weightedLossUsd } of artifacts) {
    const lab = projection.artifacts.owner[artifact] as number;
    const sum = getOrInsert(sums, lab, () => ({
      lab,
      exposedCount: 0,
      possibleCount: 0,
      containedCount: 0,
      worstCaseLossUsd: 0,
      weightedLossUsd: 0,
    }));
    if (tier === 'EXPOSED') sum.exposedCount++;
    else if (tier === 'POSSIBLE') sum.possibleCount++;
    else sum.containedCount++;
    sum.worstCaseLossUsd += worstCaseLossUsd;
    sum.weightedLossUsd += weightedLossUsd;
  }
  return [...sums.values()]
    .filter(({ exposedCount, possibleCount }) => exposedCount + possibleCount > 0)
    .sort((a, b) => b.weightedLossUsd - a.weightedLossUsd || a.lab - b.lab);
}

function summarize(
  reached: readonly ReachedOrganization[],
  artifacts: readonly ExposedArtifact[],
  labs: readonly AffectedLab[],
  blindSpotCount: number,
): RadiusSummary {
  const count = (tier: Tier) => artifacts.filter((artifact) => artifact.tier === tier).length;
  let worstCaseLossUsd = 0;
  let weightedLossUsd = 0;
  for (const artifact of artifacts) {
    worstCaseLossUsd += artifact.worstCaseLossUsd;
    weightedLossUsd += artifact.weightedLossUsd;
  }
  return {
    reachedCount: reached.length,
    exposedCount: count('EXPOSED'),
    possibleCount: count('POSSIBLE'),
    containedCount: count('CONTAINED'),
    affectedLabCount: labs.length,
    blindSpotCount,
    worstCaseLossUsd,
    weightedLossUsd,
  };
}
