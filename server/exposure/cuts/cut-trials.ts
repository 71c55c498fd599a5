import { getOrInsert } from '../../domain/get-or-insert.ts';
import type { Projection } from '../../projection/projection.ts';
import { isRowEmpty, none } from '../../projection/projection.ts';
import { tiers } from '../../rules/copy-tier.ts';
import type { Bounds } from '../../rules/portion.ts';
import { joinBounds } from '../../rules/portion.ts';
import { chanceOf, weightedLossOf, weightedShareOf, yieldOf } from '../../rules/way-figures.ts';
import { boundCopies } from '../radius/bound-copies.ts';
import type { ExposedColumns } from '../radius/columns/exposed-columns.ts';
import type { RadiusColumns } from '../radius/columns/radius-columns.ts';
import { listHeld } from '../radius/columns/radius-columns.ts';
import { findExposed } from '../radius/confidentiality.ts';
import { CopyTiers } from '../radius/copy-tiers.ts';
import type { RadiusInput, ReachedOrganization, TieredCopy } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { findReached } from '../radius/spread.ts';
import type { Action } from '../scenario/actions.ts';
import { Scenario } from '../scenario/scenario.ts';

/** US dollars; both are 0 if an artifact is only CONTAINED. */
interface Losses {
  readonly weightedLossUsd: number;
  readonly worstCaseLossUsd: number;
}

/** The figures of a radius that a cut can lower. */
export interface Standing extends Losses {
  /** Labs with an EXPOSED or POSSIBLE artifact. Found when read. */
  readonly affectedLabCount: number;
}

const contained = tiers.indexOf('CONTAINED');

/** An artifact that reveals another, with the product of degrees. */
interface Lead {
  readonly source: number;
  readonly product: number;
}

/** The likelihood of each reached organization and the open copies of each artifact. Each is computed once. */
class Trial {
  readonly likelihoodOf: (holder: number) => number;
  readonly #projection: Projection;
  readonly #findOpen: (artifact: number) => readonly TieredCopy[];
  readonly #open = new Map<number, readonly TieredCopy[]>();
  readonly #bounds = new Map<number, Bounds>();

  constructor(projection: Projection, likelihoodOf: (holder: number) => number, findOpen: (artifact: number) => readonly TieredCopy[]) {
    this.#projection = projection;
    this.likelihoodOf = likelihoodOf;
    this.#findOpen = findOpen;
  }

  openOf(artifact: number): readonly TieredCopy[] {
    return getOrInsert(this.#open, artifact, () => this.#findOpen(artifact));
  }

  boundsOf(artifact: number): Bounds {
    return getOrInsert(this.#bounds, artifact, () =>
      boundCopies(
        this.#projection,
        this.openOf(artifact).map(({ copy }) => copy),
      ),
    );
  }
}

/** The radius that an action leaves, and the artifacts whose figures it may change. */
interface Affected {
  readonly artifacts: ReadonlySet<number>;
  readonly trial: Trial;
}

/**
 * The losses of a radius under the actions chosen so far, and with one more. A trial recomputes only what the new action affects.
 * Its figures equal those of a full radius to the last digit.
 *
 * An encryption or a recall touches copies of one organization. Ending an access touches the copies of organizations that are then
 * reached with a lower likelihood or not at all. Both also touch what these copies reveal. Nothing else changes: no action adds
 * a copy or a step.
 */
export class CutTrials implements Standing {
  readonly weightedLossUsd: number;
  readonly worstCaseLossUsd: number;
  readonly reachedAt: ReadonlyMap<number, ReachedOrganization>;
  /** The artifacts of the radius, ascending, with their figures. */
  readonly exposed: ExposedColumns;
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #chosen: readonly Action[];
  readonly #columns: RadiusColumns;
  readonly #copyTiers: CopyTiers;
  readonly #before: Trial;
  readonly #leads = new Map<number, Lead[]>();
  readonly #openAt = new Map<number, readonly TieredCopy[]>();

  /** Complexity: as one radius. */
  constructor(projection: Projection, input: RadiusInput, chosen: readonly Action[]) {
    const scenario = new Scenario(projection, chosen);
    const columns = findExposed(projection, input, scenario);
    const held = listHeld(columns);
    const reachedAt = new Map(columns.reached.map((each) => [each.organization, each]));
    this.#projection = projection;
    this.#input = input;
    this.#chosen = chosen;
    this.#columns = columns;
    this.#copyTiers = new CopyTiers(projection, input, scenario);
    this.reachedAt = reachedAt;
    this.exposed = columns.exposed;
    const likelihoodOf = (holder: number) => (reachedAt.get(holder) as ReachedOrganization).likelihood;
    this.#before = new Trial(projection, likelihoodOf, (artifact) => held.get(artifact)?.open ?? []);
    for (const source of held.keys()) {
      for (const target of this.#ledTo(source))
        getOrInsert(this.#leads, target.artifact, () => []).push({ source, product: target.product });
    }
    ({ weightedLossUsd: this.weightedLossUsd, worstCaseLossUsd: this.worstCaseLossUsd } = sumLosses(columns.exposed));
  }

  /** 0 for an artifact outside of the radius. */
  weightedLossOf(artifact: number): number {
    return this.exposed.weightedLossUsd[this.#columns.rowOf(artifact)] ?? 0;
  }

  /** The labs with an EXPOSED or POSSIBLE artifact. */
  get affectedLabs(): ReadonlySet<number> {
    return this.#labsWith((row) => this.exposed.tier[row] !== contained);
  }

  get affectedLabCount(): number {
    return this.affectedLabs.size;
  }

  /** 0 for an artifact outside of the radius. */
  worstCaseLossOf(artifact: number): number {
    return this.exposed.worstCaseLossUsd[this.#columns.rowOf(artifact)] ?? 0;
  }

  /** By holder: the largest chance x yield among its ways in to an artifact. */
  sharesOf(artifact: number): Map<number, number> {
    const shares = new Map<number, number>();
    this.#eachShare(artifact, this.#before, (holder, share) => shares.set(holder, Math.max(share, shares.get(holder) ?? 0)));
    return shares;
  }

  /**
   * Complexity: O(artifacts + copies of the artifacts touched and of those that reveal them), plus the spread where access ends. As one
   * radius where the action changes more.
   */
  try(action: Action): Standing {
    const scenario = new Scenario(this.#projection, [...this.#chosen, action]);
    const affected = this.#affectedBy(action, scenario);
    if (affected === null) return new CutTrials(this.#projection, this.#input, [...this.#chosen, action]);
    const { artifacts, trial } = affected;
    const touched = new Set(artifacts);
    for (const source of artifacts) for (const { artifact } of this.#ledTo(source)) touched.add(artifact);
    const weightedLossUsd = this.exposed.weightedLossUsd.slice();
    const worstCaseLossUsd = this.exposed.worstCaseLossUsd.slice();
    /** The touched artifacts that no way in leads to any more. */
    const closed = new Set<number>();
    for (const artifact of touched) {
      const row = this.#columns.rowOf(artifact);
      const losses = this.#lossesOf(artifact, trial);
      weightedLossUsd[row] = losses.weightedLossUsd;
      worstCaseLossUsd[row] = losses.worstCaseLossUsd;
      if (losses.isClosed) closed.add(row);
    }
    const countLabs = () => this.#labsWith((row) => this.exposed.tier[row] !== contained && !closed.has(row)).size;
    return {
      ...sumLosses({ weightedLossUsd, worstCaseLossUsd }),
      get affectedLabCount() {
        return countLabs();
      },
    };
  }

  #labsWith(isOpen: (row: number) => boolean): ReadonlySet<number> {
    const { owner } = this.#projection.artifacts;
    const labs = new Set<number>();
    for (const [row, artifact] of this.exposed.artifact.entries()) if (isOpen(row)) labs.add(owner[artifact] as number);
    return labs;
  }

  /** Null for an action that changes more than the copies of one organization or the spread alone. */
  #affectedBy(action: Action, scenario: Scenario): Affected | null {
    switch (action.kind) {
      case 'REVOKE_ACCESS':
        return this.#spreadAnew(scenario);
      case 'ENCRYPT':
        return this.#tierAnew(scenario, action.organization, action.owner);
      case 'RECALL':
        return this.#input.transferLikelihood > 0 ? null : this.#tierAnew(scenario, action.organization, action.owner);
      default:
        return null;
    }
  }

  #spreadAnew(scenario: Scenario): Affected {
    const left = new Map(findReached(this.#projection, this.#input, scenario).map((each) => [each.organization, each.likelihood]));
    const { holder } = this.#projection.copies;
    const artifacts = new Set<number>();
    for (const { organization, likelihood } of this.reachedAt.values()) {
      if (left.get(organization) === likelihood) continue;
      for (const { copy } of this.#openCopiesAt(organization)) artifacts.add(this.#artifactOf(copy));
    }
    const openOf = (artifact: number) => this.#before.openOf(artifact).filter(({ copy }) => left.has(holder.at(copy)));
    return { artifacts, trial: new Trial(this.#projection, (organization) => left.get(organization) as number, openOf) };
  }

  /** An encryption or a recall of one owner's copies changes no others. */
  #tierAnew(scenario: Scenario, organization: number, owner: number): Affected {
    const {
      artifacts: { owner: ownerOf },
      copies: { holder },
    } = this.#projection;
    const before = this.#openCopiesAt(organization).filter(({ copy }) => owner === none || ownerOf[this.#artifactOf(copy)] === owner);
    const left = listOpen(
      new CopyTiers(this.#projection, this.#input, scenario),
      organization,
      Int32Array.from(before, ({ copy }) => copy),
    );
    const after = new Map(left.map((each) => [each.copy, each]));
    const artifacts = new Set<number>();
    for (const { copy, weight } of before) if (after.get(copy)?.weight !== weight) artifacts.add(this.#artifactOf(copy));
    const openOf = (artifact: number) => {
      const open = this.#before.openOf(artifact);
      return artifacts.has(artifact)
        ? open.flatMap((each) => (holder.at(each.copy) === organization ? (after.get(each.copy) ?? []) : each))
        : open;
    };
    return { artifacts, trial: new Trial(this.#projection, this.#before.likelihoodOf, openOf) };
  }

  /** None at an organization that is not reached. */
  #openCopiesAt(organization: number): readonly TieredCopy[] {
    return getOrInsert(this.#openAt, organization, () => (this.reachedAt.has(organization) ? listOpen(this.#copyTiers, organization) : []));
  }

  #artifactOf(copy: number): number {
    return this.#projection.copies.artifact.at(copy);
  }

  #lossesOf(artifact: number, trial: Trial): Losses & { readonly isClosed: boolean } {
    const { meanValueUsd, worstValueUsd } = this.#projection.artifacts;
    let weightedShare = 0;
    let isClosed = true;
    this.#eachShare(artifact, trial, (_, share) => {
      isClosed = false;
      weightedShare = Math.max(weightedShare, share);
    });
    const leading = (this.#leads.get(artifact) ?? []).map(({ source, product }) => ({ bounds: trial.boundsOf(source), product }));
    const bounds = joinBounds(trial.boundsOf(artifact), leading);
    return {
      weightedLossUsd: weightedLossOf(weightedShare, meanValueUsd[artifact] as number),
      worstCaseLossUsd: (worstValueUsd[artifact] as number) * bounds.high,
      isClosed,
    };
  }

  #eachShare(artifact: number, trial: Trial, visit: (holder: number, share: number) => void): void {
    const { holder: holderOf, portion } = this.#projection.copies;
    const from = (source: number, product: number) => {
      for (const { copy, weight } of trial.openOf(source)) {
        const holder = holderOf.at(copy);
        visit(holder, weightedShareOf(chanceOf(trial.likelihoodOf(holder), weight), yieldOf(portion.at(copy), product)));
      }
    };
    from(artifact, 1);
    for (const { source, product } of this.#leads.get(artifact) ?? []) from(source, product);
  }

  /** The artifacts that an open copy of `source` reveals. */
  #ledTo(source: number): { artifact: number; product: number }[] {
    if (isRowEmpty(this.#projection.artifacts.reveals, source) || this.#before.openOf(source).length === 0) return [];
    const { targets, products } = getRevealClosures(this.#projection, this.#input.minDegree).of(source);
    return Array.from(targets, (artifact, i) => ({ artifact, product: products[i] as number }));
  }
}

/** The part of an encrypted copy that can be read is open, and only that one. */
function listOpen(tiers: CopyTiers, organization: number, some?: Int32Array): TieredCopy[] {
  return tiers.tieredAt(organization, some).filter(({ tier }) => tier !== 'CONTAINED');
}

/** Sums by artifact, ascending, as every sum of a radius. */
function sumLosses({ weightedLossUsd, worstCaseLossUsd }: Pick<ExposedColumns, 'weightedLossUsd' | 'worstCaseLossUsd'>): Losses {
  return { weightedLossUsd: sum(weightedLossUsd), worstCaseLossUsd: sum(worstCaseLossUsd) };
}

function sum(figures: Float64Array): number {
  let total = 0;
  for (let row = 0; row < figures.length; row++) total += figures[row] as number;
  return total;
}
