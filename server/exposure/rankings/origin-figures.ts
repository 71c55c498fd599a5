import { isRowEmpty } from '../../projection/csr.ts';
import type { Projection } from '../../projection/projection.ts';
import { tiers } from '../../rules/copy-tier.ts';
import { highPortion } from '../../rules/portion.ts';
import { weightedLossOf, weightedShareOf, worstCaseLossOf, yieldOf } from '../../rules/way-figures.ts';
import { boundCopies } from '../radius/bound-copies.ts';
import { ArtifactMarks } from '../radius/columns/artifact-marks.ts';
import type { RadiusInput } from '../radius/radius-types.ts';
import { getRevealClosures, type RevealClosures } from '../radius/reveals/reveal-closure.ts';
import type { StepTable } from '../radius/spread-steps.ts';
import { BoundedSpread } from './bounded-spread.ts';
import type { HoldingTable } from './holding-table.ts';

export type OriginSettings = Omit<RadiusInput, 'origins' | 'scopes'>;

/** The totals of one radius (semantics §4). */
export interface OriginTotals {
  reachedCount: number;
  exposedCount: number;
  possibleCount: number;
  containedCount: number;
  labCount: number;
  worstCaseLossUsd: number;
  weightedLossUsd: number;
}

const exposedTier = tiers.indexOf('EXPOSED');
const possibleTier = tiers.indexOf('POSSIBLE');
const containedTier = tiers.indexOf('CONTAINED');
const noTier = tiers.length;
const noHolding = -1;

/**
 * Computes the totals of the radius of one origin after another. They equal those of `findBlastRadius` to the last digit.
 *
 * Steps and holdings do not depend on the origin, so the caller passes them in. All other state is in arrays by organization,
 * artifact and holding. Each entry has the stamp of its origin, so the arrays are reused without clearing.
 */
export class OriginFigures {
  readonly #projection: Projection;
  readonly #spread: BoundedSpread;
  readonly #holdings: HoldingTable;
  #stamp = 0;

  readonly #labStamp: Uint32Array;

  /** By artifact. Valid if `#touchedStamp` is this origin's. */
  readonly #touchedStamp: Uint32Array;
  /** Lists the artifacts in ascending order, so that sums run in one order. */
  readonly #marks: ArtifactMarks;
  readonly #room: Int32Array;
  /** The tier of an artifact's own copies, and of all its ways. */
  readonly #ownTier: Uint8Array;
  readonly #tier: Uint8Array;
  readonly #share: Float64Array;
  readonly #ownHigh: Float64Array;
  readonly #ledHigh: Float64Array;
  /** A linked list: the first readable holding of an artifact, and for each holding the next of the same artifact. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #closures: RevealClosures;

  constructor(projection: Projection, settings: OriginSettings, steps: StepTable, holdings: HoldingTable) {
    const organizationCount = projection.organizations.count;
    const artifactCount = projection.artifacts.count;
    this.#projection = projection;
    this.#closures = getRevealClosures(projection, settings.minDegree);
    this.#spread = new BoundedSpread(steps, settings.maxHops);
    this.#holdings = holdings;
    this.#labStamp = new Uint32Array(organizationCount);
    this.#touchedStamp = new Uint32Array(artifactCount);
    this.#marks = new ArtifactMarks(artifactCount);
    this.#room = new Int32Array(artifactCount);
    this.#ownTier = new Uint8Array(artifactCount);
    this.#tier = new Uint8Array(artifactCount);
    this.#share = new Float64Array(artifactCount);
    this.#ownHigh = new Float64Array(artifactCount);
    this.#ledHigh = new Float64Array(artifactCount);
    this.#first = new Int32Array(artifactCount);
    this.#next = new Int32Array(holdings.artifact.length);
  }

  /** The organizations that the last origin reaches, itself first. */
  get reached(): readonly number[] {
    return this.#spread.reached;
  }

  /** Complexity: O(maxHops x steps out of the reached + their holdings + what these reveal + artifacts of the projection / 32). */
  totalsOf(origin: number): OriginTotals {
    this.#stamp++;
    this.#spread.from(origin);
    for (const holder of this.#spread.reached) this.#collect(holder, holder === origin);
    this.#followReveals();
    return this.#sum();
  }

  #touch(artifact: number): void {
    if (this.#touchedStamp[artifact] === this.#stamp) return;
    this.#touchedStamp[artifact] = this.#stamp;
    this.#marks.add(artifact);
    this.#ownTier[artifact] = noTier;
    this.#tier[artifact] = noTier;
    this.#share[artifact] = 0;
    this.#ownHigh[artifact] = 0;
    this.#ledHigh[artifact] = 0;
    this.#first[artifact] = noHolding;
  }

  #collect(holder: number, isOrigin: boolean): void {
    const { offsets, artifact: artifactOf, originTier, spreadTier, weightedPortion } = this.#holdings;
    const tierOf = isOrigin ? originTier : spreadTier;
    const likelihood = this.#spread.likelihood[holder] as number;
    for (let holding = offsets[holder] as number; holding < (offsets[holder + 1] as number); holding++) {
      const artifact = artifactOf[holding] as number;
      this.#touch(artifact);
      const tier = tierOf[holding] as number;
      if (tier < (this.#ownTier[artifact] as number)) this.#ownTier[artifact] = this.#tier[artifact] = tier;
      if (tier === containedTier) continue;
      this.#next[holding] = this.#first[artifact] as number;
      this.#first[artifact] = holding;
      // Weights are powers of two, so multiplying by a weight is exact at any point of the product.
      const share = weightedShareOf(likelihood, weightedPortion[holding] as number);
      if (share > (this.#share[artifact] as number)) this.#share[artifact] = share;
    }
  }

  /** By artifact, ascending. */
  #followReveals(): void {
    const own = this.#marks.list(this.#room);
    for (const artifact of own) {
      this.#marks.add(artifact);
      if (this.#first[artifact] !== noHolding) this.#ownHigh[artifact] = this.#boundOwn(artifact);
    }
    for (const artifact of own) {
      if (this.#first[artifact] === noHolding || isRowEmpty(this.#projection.artifacts.reveals, artifact)) continue;
      this.#closures.find(artifact);
      const { target, product, startOf, endOf } = this.#closures;
      const end = endOf[artifact] as number;
      for (let i = startOf[artifact] as number; i < end; i++) this.#lead(artifact, target[i] as number, product[i] as number);
    }
  }

  #lead(artifact: number, target: number, product: number): void {
    this.#touch(target);
    const tier = this.#ownTier[artifact] as number;
    if (tier < (this.#tier[target] as number)) this.#tier[target] = tier;
    this.#ledHigh[target] = (this.#ledHigh[target] as number) + (this.#ownHigh[artifact] as number) * product;
    const { holder, weightedPortion } = this.#holdings;
    let largest = this.#share[target] as number;
    for (let holding = this.#first[artifact] as number; holding !== noHolding; holding = this.#next[holding] as number) {
      const likelihood = this.#spread.likelihood[holder[holding] as number] as number;
      const share = weightedShareOf(likelihood, yieldOf(weightedPortion[holding] as number, product));
      if (share > largest) largest = share;
    }
    this.#share[target] = largest;
  }

  /** The largest share that the readable holdings of an artifact may disclose together (semantics §4). */
  #boundOwn(artifact: number): number {
    const { high, openCopies, openOffsets } = this.#holdings;
    const first = this.#first[artifact] as number;
    if (this.#next[first] === noHolding) return high[first] as number;
    const copies: number[] = [];
    for (let holding = first; holding !== noHolding; holding = this.#next[holding] as number) {
      // No holding discloses more than the whole artifact.
      if (high[holding] === 1) return 1;
      for (let i = openOffsets[holding] as number; i < (openOffsets[holding + 1] as number); i++) copies.push(openCopies[i] as number);
    }
    return boundCopies(
      this.#projection,
      copies.sort((a, b) => a - b),
    ).high;
  }

  #sum(): OriginTotals {
    const { artifacts } = this.#projection;
    const totals = {
      reachedCount: this.#spread.reached.length,
      exposedCount: 0,
      possibleCount: 0,
      containedCount: 0,
      labCount: 0,
      worstCaseLossUsd: 0,
      weightedLossUsd: 0,
    };
    for (const artifact of this.#marks.list(this.#room)) {
      const tier = this.#tier[artifact] as number;
      if (tier === containedTier) {
        totals.containedCount++;
        continue;
      }
      if (tier === exposedTier) totals.exposedCount++;
      if (tier === possibleTier) totals.possibleCount++;
      const owner = artifacts.owner[artifact] as number;
      if (this.#labStamp[owner] !== this.#stamp) {
        this.#labStamp[owner] = this.#stamp;
        totals.labCount++;
      }
      const high = highPortion(this.#ownHigh[artifact] as number, this.#ledHigh[artifact] as number);
      totals.worstCaseLossUsd += worstCaseLossOf('POSSIBLE', artifacts.worstValueUsd[artifact] as number, high);
      totals.weightedLossUsd += weightedLossOf(this.#share[artifact] as number, artifacts.meanValueUsd[artifact] as number);
    }
    return totals;
  }
}
