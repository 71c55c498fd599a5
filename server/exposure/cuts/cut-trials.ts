import { getOrInsert } from '../../domain/get-or-insert.ts';
import { isRowEmpty } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import type { Bounds } from '../../rules/portion.ts';
import { joinBounds } from '../../rules/portion.ts';
import { chanceOf, weightedLossOf, weightedShareOf, yieldOf } from '../../rules/way-figures.ts';
import { boundCopies } from '../radius/bound-copies.ts';
import { listHeld } from '../radius/columns/radius-columns.ts';
import { findExposed } from '../radius/confidentiality.ts';
import { CopyTiers } from '../radius/copy-tiers.ts';
import type { RadiusInput, ReachedOrganization, TieredCopy } from '../radius/radius-types.ts';
import { getRevealClosures } from '../radius/reveals/reveal-closure.ts';
import { findReached } from '../radius/spread.ts';
import type { Action } from '../scenario/actions.ts';
import { Scenario } from '../scenario/scenario.ts';

/** US dollars; both are 0 if an artifact is only CONTAINED. */
export interface Losses {
  readonly weightedLossUsd: number;
  readonly worstCaseLossUsd: number;
}

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

/**
 * The losses of a radius under the actions chosen so far, and with one more. A trial recomputes only what the new action affects.
 * Its figures equal those of a full radius to the last digit.
 *
 * An encryption or a recall touches the copies of one organization. Ending an access touches the copies of organizations that are then
 * reached with a lower likelihood or not at all. Both also touch what these copies reveal. Nothing else changes: no action adds
 * a copy or a step.
 */
export class CutTrials implements Losses {
  readonly weightedLossUsd: number;
  readonly worstCaseLossUsd: number;
  readonly reachedAt: ReadonlyMap<number, ReachedOrganization>;
  readonly #projection: Projection;
  readonly #input: RadiusInput;
  readonly #chosen: readonly Action[];
  readonly #copyTiers: CopyTiers;
  readonly #before: Trial;
  readonly #leads = new Map<number, Lead[]>();
  /** By artifact, ascending: sums run in one order. */
  readonly #losses = new Map<number, Losses>();

  /** Complexity: as one radius. */
  constructor(projection: Projection, input: RadiusInput, chosen: readonly Action[]) {
    const found = findExposed(projection, input, new Scenario(projection, chosen));
    const { exposed } = found.columns;
    const held = listHeld(found.columns);
    const reachedAt = new Map(found.columns.reached.map((each) => [each.organization, each]));
    this.#projection = projection;
    this.#input = input;
    this.#chosen = chosen;
    this.#copyTiers = found.copyTiers;
    this.reachedAt = reachedAt;
    const likelihoodOf = (holder: number) => (reachedAt.get(holder) as ReachedOrganization).likelihood;
    this.#before = new Trial(projection, likelihoodOf, (artifact) => held.get(artifact)?.open ?? []);
    for (const source of held.keys()) {
      for (const target of this.#ledTo(source))
        getOrInsert(this.#leads, target.artifact, () => []).push({ source, product: target.product });
    }
    for (const [row, artifact] of exposed.artifact.entries()) {
      this.#losses.set(artifact, {
        weightedLossUsd: exposed.weightedLossUsd[row] as number,
        worstCaseLossUsd: exposed.worstCaseLossUsd[row] as number,
      });
    }
    ({ weightedLossUsd: this.weightedLossUsd, worstCaseLossUsd: this.worstCaseLossUsd } = sum(this.#losses.values()));
  }

  /** The artifacts of the radius, ascending, each with its losses. */
  get byArtifact(): ReadonlyMap<number, Losses> {
    return this.#losses;
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
  try(action: Action): Losses {
    if (this.#changesMore(action)) return new CutTrials(this.#projection, this.#input, [...this.#chosen, action]);
    const scenario = new Scenario(this.#projection, [...this.#chosen, action]);
    const { changed, trial } = action.kind === 'REVOKE_ACCESS' ? this.#spreadAnew(scenario) : this.#tierAnew(scenario, action.organization);
    const held = new Set<number>();
    for (const organization of changed) {
      for (const { copy, tier } of this.#copyTiers.tieredAt(organization)) {
        if (tier !== 'CONTAINED') held.add(this.#projection.copies.artifact[copy] as number);
      }
    }
    const touched = new Set(held);
    for (const source of held) for (const { artifact } of this.#ledTo(source)) touched.add(artifact);
    const losses: Losses[] = [];
    for (const [artifact, before] of this.#losses) losses.push(touched.has(artifact) ? this.#lossesOf(artifact, trial) : before);
    return sum(losses);
  }

  /** Whether an action changes more than the copies of one organization or the spread alone. */
  #changesMore({ kind }: Action): boolean {
    if (kind === 'SUSPEND' || kind === 'REVOKE_ALL_ACCESS') return true;
    return kind === 'RECALL' && this.#input.transferLikelihood > 0;
  }

  #spreadAnew(scenario: Scenario): { changed: number[]; trial: Trial } {
    const left = new Map(findReached(this.#projection, this.#input, scenario).map((each) => [each.organization, each.likelihood]));
    const { holder } = this.#projection.copies;
    const openOf = (artifact: number) => this.#before.openOf(artifact).filter(({ copy }) => left.has(holder[copy] as number));
    return {
      changed: [...this.reachedAt.values()]
        .filter((each) => left.get(each.organization) !== each.likelihood)
        .map((each) => each.organization),
      trial: new Trial(this.#projection, (organization) => left.get(organization) as number, openOf),
    };
  }

  #tierAnew(scenario: Scenario, organization: number): { changed: number[]; trial: Trial } {
    const tiers = new CopyTiers(this.#projection, this.#input, scenario);
    const { holder } = this.#projection.copies;
    const openOf = (artifact: number) =>
      this.#before.openOf(artifact).flatMap((before) => {
        if (holder[before.copy] !== organization) return [before];
        const now = tiers.find(before.copy);
        return now === undefined || now.tier === 'CONTAINED' ? [] : [now];
      });
    return { changed: [organization], trial: new Trial(this.#projection, this.#before.likelihoodOf, openOf) };
  }

  #lossesOf(artifact: number, trial: Trial): Losses {
    const { meanValueUsd, worstValueUsd } = this.#projection.artifacts;
    let weightedShare = 0;
    this.#eachShare(artifact, trial, (_, share) => {
      weightedShare = Math.max(weightedShare, share);
    });
    const leading = (this.#leads.get(artifact) ?? []).map(({ source, product }) => ({ bounds: trial.boundsOf(source), product }));
    const bounds = joinBounds(trial.boundsOf(artifact), leading);
    return {
      weightedLossUsd: weightedLossOf(weightedShare, meanValueUsd[artifact] as number),
      worstCaseLossUsd: (worstValueUsd[artifact] as number) * bounds.high,
    };
  }

  #eachShare(artifact: number, trial: Trial, visit: (holder: number, share: number) => void): void {
    const { holder: holderOf, portion } = this.#projection.copies;
    const from = (source: number, product: number) => {
      for (const { copy, weight } of trial.openOf(source)) {
        const holder = holderOf[copy] as number;
        visit(holder, weightedShareOf(chanceOf(trial.likelihoodOf(holder), weight), yieldOf(portion[copy] as number, product)));
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

function sum(losses: Iterable<Losses>): Losses {
  let weightedLossUsd = 0;
  let worstCaseLossUsd = 0;
  for (const loss of losses) {
    weightedLossUsd += loss.weightedLossUsd;
    worstCaseLossUsd += loss.worstCaseLossUsd;
  }
  return { weightedLossUsd, worstCaseLossUsd };
}
