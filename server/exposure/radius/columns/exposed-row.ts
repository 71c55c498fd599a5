import type { Tier } from '../../../rules/copy-tier.ts';
import { tiers } from '../../../rules/copy-tier.ts';
import type { Bounds } from '../../../rules/portion.ts';
import { weightedShareOf, yieldOf } from '../../../rules/way-figures.ts';
import { compareShownCopies } from '../../scenario/scenario-copy.ts';
import { listHolders } from '../list-holders.ts';
import type { ExposedArtifact, ReachedOrganization, TieredCopy, WayIn } from '../radius-types.ts';
import type { RadiusColumns } from './radius-columns.ts';
import { isOpenCode, toTieredCopy } from './tiered-columns.ts';

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

  get wayCount(): number {
    return this.#columns.exposed.wayCount[this.#row] as number;
  }

  get holders(): ReachedOrganization[] {
    const { exposed, held, reached } = this.#columns;
    const place = exposed.place[this.#row] as number;
    if (place < 0) return [];
    const ofCopies = held.holder.subarray(held.offsets[place], held.offsets[place + 1]);
    return listHolders(Array.from(ofCopies, (holder) => reached[holder] as ReachedOrganization));
  }

  ways(limit: number): WayIn[] {
    const found: FoundWay[] = [];
    this.#eachWay((way) => {
      // The first way alone needs no list: a radius may have an artifact with a hundred thousand ways.
      if (limit !== 1 || found.length === 0) found.push(way);
      else if (this.#compare(way, found[0] as FoundWay) < 0) found[0] = way;
    });
    if (limit !== 1) found.sort((a, b) => this.#compare(a, b));
    return found.slice(0, limit).map((way) => this.#toWayIn(way));
  }

  #eachWay(visit: (way: FoundWay) => void): void {
    const { exposed, held, own } = this.#columns;
    const from = (place: number, product: number, isOpenOnly: boolean) => {
      for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++) {
        const code = held.code[i] as number;
        if (isOpenOnly && !isOpenCode(code)) continue;
        const yieldShare = yieldOf(own.portion[i] as number, product);
        const share = weightedShareOf(own.chance[i] as number, yieldShare);
        visit({ at: i, place, yieldShare, share, tiered: toTieredCopy(held.copy[i] as number, code) });
      }
    };
    const place = exposed.place[this.#row] as number;
    if (place >= 0) from(place, 1, false);
    this.#columns.eachLeadInto(this.#row, (source, product) => from(source, product, true));
  }

  /** The strongest tier first, then the larger chance x yield, then in the shown order of copies. */
  #compare(a: FoundWay, b: FoundWay): number {
    return (
      tiers.indexOf(a.tiered.tier) - tiers.indexOf(b.tiered.tier) ||
      b.share - a.share ||
      compareShownCopies(this.#columns.projection, a.tiered, b.tiered)
    );
  }

  #toWayIn({ at, place, yieldShare, tiered }: FoundWay): WayIn {
    const { closures, held, own, reached } = this.#columns;
    const source = held.artifact[place] as number;
    return {
      copy: tiered.copy,
      tier: tiered.tier,
      reason: tiered.reason,
      holder: reached[held.holder[at] as number] as ReachedOrganization,
      reveals: source === this.artifact ? [] : closures.path(source, this.artifact),
      chance: own.chance[at] as number,
      yieldShare,
      isEncrypted: tiered.isEncrypted ?? false,
    };
  }
}

/** A way with its copy's position among the held copies. */
interface FoundWay {
  readonly at: number;
  readonly place: number;
  readonly yieldShare: number;
  readonly share: number;
  readonly tiered: TieredCopy;
}
