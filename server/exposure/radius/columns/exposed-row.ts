import type { Tier } from '../../../rules/copy-tier.ts';
import { tiers } from '../../../rules/copy-tier.ts';
import type { Bounds } from '../../../rules/portion.ts';
import type { Volume } from '../../../rules/volume.ts';
import { findVolumes } from '../carried-volume.ts';
import type { ExposedArtifact, ReachedOrganization, WayIn } from '../radius-types.ts';
import type { RadiusColumns } from './radius-columns.ts';
import { listWays } from './ways-of-row.ts';

/** One row of a radius as an object. It reads the columns on demand, so it is cheap to make. */
export class ExposedRow implements ExposedArtifact {
  readonly artifact: number;
  readonly #columns: RadiusColumns;
  readonly #row: number;

  constructor(columns: RadiusColumns, row: number) {
    this.#columns = columns;
    this.#row = row;
    this.artifact = columns.exposed.artifact[row] as number;
  }

  get tier(): Tier {
    return tiers[this.#columns.exposed.tier[this.#row] as number] as Tier;
  }

  get basis(): 'HELD' | 'REVEALED' {
    return this.#columns.exposed.isHeld[this.#row] === 1 ? 'HELD' : 'REVEALED';
  }

  get portion(): Bounds {
    const { low, high } = this.#columns.exposed;
    return { low: low[this.#row] as number, high: high[this.#row] as number };
  }

  get exposedPortion(): Bounds {
    const { exposedLow, exposedHigh } = this.#columns.exposed;
    return { low: exposedLow[this.#row] as number, high: exposedHigh[this.#row] as number };
  }

  get isUsable(): boolean {
    return this.#columns.exposed.isUsable[this.#row] === 1;
  }

  get likelihood(): number {
    return this.#columns.exposed.likelihood[this.#row] as number;
  }

  get weightedShare(): number {
    return this.#columns.exposed.weightedShare[this.#row] as number;
  }

  get worstCaseLossUsd(): number {
    return this.#columns.exposed.worstCaseLossUsd[this.#row] as number;
  }

  get weightedLossUsd(): number {
    return this.#columns.exposed.weightedLossUsd[this.#row] as number;
  }

  get records(): Volume {
    return findVolumes(this.#columns, this.#row).records;
  }

  get bytes(): Volume {
    return findVolumes(this.#columns, this.#row).bytes;
  }

  get wayCount(): number {
    return this.#columns.exposed.wayCount[this.#row] as number;
  }

  get holders(): ReachedOrganization[] {
    return this.#columns.holdersOf(this.#row).map((holder) => this.#columns.reached[holder] as ReachedOrganization);
  }

  ways(limit: number): WayIn[] {
    return listWays(this.#columns, this.#row, limit);
  }
}
