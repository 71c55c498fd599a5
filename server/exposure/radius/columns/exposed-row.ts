import { compareLargestFirst } from '../../../domain/compare.ts';
import { compareCopies } from '../../../projection/custody.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { tierIndexOf, tiers } from '../../../rules/copy-tier.ts';
import type { Bounds } from '../../../rules/portion.ts';
import type { Volume } from '../../../rules/volume.ts';
import { weightedShareOf, yieldOf } from '../../../rules/way-figures.ts';
import { compareShownCopies } from '../../scenario/scenario-copy.ts';
import { encryptedBit, isOpenCode, tierCodeOf, toTieredCopy } from '../copy-tiers.ts';
import type { ExposedArtifact, ReachedOrganization, WayIn } from '../radius-types.ts';
import type { RadiusColumns } from './radius-columns.ts';
import { findVolumes } from './radius-columns.ts';

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

/*
 * The ways in to the artifact of a row: by its own copies, and by the open copies of each artifact that reveals it. They are sorted
 * by tier, strongest first, then chance x yield descending, then in the shown order of copies.
 */

/** A way: the position of its copy among the held copies, and the product of degrees. */
interface FoundWay {
  readonly at: number;
  readonly place: number;
  readonly product: number;
}

/** At most `limit` ways, the first ones in their order. Complexity: O(ways), for more than one with a sort. */
function listWays(columns: RadiusColumns, row: number, limit: number): WayIn[] {
  if (limit === 1) return [findFirstWay(columns, row)];
  const { exposed, held, leads } = columns;
  const ways: FoundWay[] = [];
  const add = (place: number, product: number, isOpenOnly: boolean) => {
    for (let at = held.offsets[place] as number; at < (held.offsets[place + 1] as number); at++)
      if (!isOpenOnly || isOpenCode(held.code[at] as number)) ways.push({ at, place, product });
  };
  const place = exposed.place[row] as number;
  if (place >= 0) add(place, 1, false);
  const { offsets, values } = columns.leadsInto;
  for (let i = offsets[row] as number; i < (offsets[row + 1] as number); i++)
    add(leads.place[values[i] as number] as number, leads.product[values[i] as number] as number, true);
  ways.sort((a, b) => compareWays(columns, a.at, a.product, b.at, b.product));
  return ways.slice(0, limit).map(({ at, place: from, product }) => toWayIn(columns, row, at, from, product));
}

/** The first way, without a list: an artifact may have a hundred thousand ways. */
export function findFirstWay(columns: RadiusColumns, row: number): WayIn {
  const { exposed, held, leads } = columns;
  const { offsets, values } = columns.leadsInto;
  let place = exposed.place[row] as number;
  let product = 1;
  let first = -1;
  let firstPlace = -1;
  let firstProduct = 1;
  for (let i = (offsets[row] as number) - 1; i < (offsets[row + 1] as number); i++) {
    const isOwn = i < (offsets[row] as number);
    if (isOwn && place < 0) continue;
    if (!isOwn) {
      place = leads.place[values[i] as number] as number;
      product = leads.product[values[i] as number] as number;
    }
    for (let at = held.offsets[place] as number; at < (held.offsets[place + 1] as number); at++) {
      if (!isOwn && !isOpenCode(held.code[at] as number)) continue;
      if (first >= 0 && compareWays(columns, at, product, first, firstProduct) >= 0) continue;
      first = at;
      firstPlace = place;
      firstProduct = product;
    }
  }
  return toWayIn(columns, row, first, firstPlace, firstProduct);
}

function compareWays(columns: RadiusColumns, a: number, productOfA: number, b: number, productOfB: number): number {
  const { code, copy } = columns.held;
  const [codeOfA, codeOfB] = [code[a] as number, code[b] as number];
  const byTier = (tierIndexOf[tierCodeOf(codeOfA)] as number) - (tierIndexOf[tierCodeOf(codeOfB)] as number);
  if (byTier !== 0) return byTier;
  const byShare = compareLargestFirst(shareOf(columns, a, productOfA), shareOf(columns, b, productOfB));
  if (byShare !== 0) return byShare;
  const [copyOfA, copyOfB] = [copy[a] as number, copy[b] as number];
  if (codeOfA < encryptedBit && codeOfB < encryptedBit) return compareCopies(columns.projection, copyOfA, copyOfB);
  return compareShownCopies(columns.projection, toTieredCopy(copyOfA, codeOfA), toTieredCopy(copyOfB, codeOfB));
}

function shareOf({ held, own }: RadiusColumns, at: number, product: number): number {
  return weightedShareOf(own.chance[at] as number, yieldOf(held.portion[at] as number, product));
}

function toWayIn({ closures, exposed, held, own, reached }: RadiusColumns, row: number, at: number, place: number, product: number): WayIn {
  const source = held.artifact[place] as number;
  const artifact = exposed.artifact[row] as number;
  const { copy, tier, reason, isEncrypted } = toTieredCopy(held.copy[at] as number, held.code[at] as number);
  return {
    copy,
    tier,
    reason,
    holder: reached[held.holder[at] as number] as ReachedOrganization,
    reveals: source === artifact ? [] : closures.path(source, artifact),
    chance: own.chance[at] as number,
    yieldShare: yieldOf(held.portion[at] as number, product),
    isEncrypted: isEncrypted ?? false,
  };
}
