import { compareCodePoints, compareLargestFirst } from '../../domain/compare.ts';
import type { ArtifactType } from '../../domain/facts.ts';
import { artifactTypes } from '../../domain/facts.ts';
import type { PagedList } from '../../domain/paged-list.ts';
import { compareCopies } from '../../projection/custody.ts';
import type { Tier } from '../../rules/copy-tier.ts';
import { tierIndexOf, tiers } from '../../rules/copy-tier.ts';
import type { Bounds } from '../../rules/portion.ts';
import type { Volume } from '../../rules/volume.ts';
import { weightedShareOf, yieldOf } from '../../rules/way-figures.ts';
import { compareShownCopies } from '../scenario/scenario-copy.ts';
import type { BlastRadius } from './blast-radius.ts';
import { LazyOrder } from './columns/lazy-order.ts';
import type { RadiusColumns } from './columns/radius-columns.ts';
import { channelOf, countryOf, findVolumes } from './columns/radius-columns.ts';
import { encryptedBit, isOpenCode, tierCodeOf, toTieredCopy } from './copy-tiers.ts';
import type { CopiesAtHolder, ExposedArtifact, ReachedOrganization, WayIn } from './radius-types.ts';

export const exposedArtifactOrders = ['TIER', 'WEIGHTED_LOSS', 'WORST_CASE_LOSS', 'PORTION', 'NAME', 'OWNER'] as const;
export type ExposedArtifactOrder = (typeof exposedArtifactOrders)[number];

/** A filter and an order for the artifacts of a radius. */
export interface ExposedArtifactFilter {
  /** Ids of artifacts. */
  readonly ids?: readonly string[] | null | undefined;
  /** Absent or null: all. The same holds for the other filters. */
  readonly tiers?: readonly Tier[] | null | undefined;
  /** Ids of labs. */
  readonly owners?: readonly string[] | null | undefined;
  /** Ids of organizations. Keeps the artifacts of which one of these has a copy with a tier. */
  readonly holders?: readonly string[] | null | undefined;
  readonly types?: readonly ArtifactType[] | null | undefined;
  /** Keeps artifacts of this sensitivity or a higher one. */
  readonly minSensitivity?: number | null | undefined;
  /** Keeps artifacts of exactly these sensitivities, 1 to 5. */
  readonly sensitivities?: readonly number[] | null | undefined;
  /** Keeps artifacts whose worst case is on one of these steps, each named by its lower end (`worstCaseStepOf`). */
  readonly worstCaseSteps?: readonly number[] | null | undefined;
  /** Keeps the artifacts of which a holder in one of these countries has a copy with a tier. */
  readonly countries?: readonly string[] | null | undefined;
  /** Keeps the artifacts of which a copy with a tier came by one of these channels. */
  readonly channels?: readonly string[] | null | undefined;
  /** Part of the name or id, or of its owner's; case does not matter. */
  readonly text?: string | null | undefined;
  readonly orderBy?: ExposedArtifactOrder | null | undefined;
}

export interface ExposedList extends PagedList<ExposedArtifact> {
  slice(from: number, until: number): ExposedArtifact[];
}

/**
 * The artifacts of a radius that match a filter, in the requested order: money and portion (high, then low) descending, text
 * ascending, ties by id. The page, GraphQL and the exports all use this list (semantics §11, 7).
 *
 * Rows are sorted and become objects where they are read. Complexity: O(n) for a page; O(n log n) for all.
 */
export function listExposedArtifacts(radius: BlastRadius, filter: ExposedArtifactFilter): ExposedList {
  const rows = listRows(radius, filter);
  return {
    length: rows.length,
    slice: (from, until) => Array.from(rows.slice(from, until), (row) => new ExposedRow(radius.columns, row)),
  };
}

/**
 * The step of a worst case on a scale that is the same for every radius, named by its lower end: 0, or 1, 2 or 5 times a power of ten. A step
 * ends where the next one begins. An amount counts to the cent, because a product of portions may end just below a round amount.
 *
 * @param usd at least 0
 */
export function worstCaseStepOf(usd: number): number {
  // An amount of 1e15 or more has no cents. A hundredfold of the largest numbers is infinite, and no power of ten passes it.
  const amount = usd < 1e15 ? Math.round(usd * 100) / 100 : usd;
  let step = 0;
  for (let power = 1; power <= amount && Number.isFinite(power); power *= 10)
    step = amount >= 5 * power ? 5 * power : amount >= 2 * power ? 2 * power : power;
  return step;
}

/** The list that was asked for last of each radius. The next page sorts only its own rows. */
const latest = new WeakMap<RadiusColumns, { readonly key: string; readonly rows: LazyOrder }>();

/** The same artifacts as rows of `radius.columns.exposed`, for exports, which read thousands of them. */
export function listRows({ columns }: BlastRadius, filter: ExposedArtifactFilter): LazyOrder {
  const key = JSON.stringify(filter);
  const known = latest.get(columns);
  if (known?.key === key) return known.rows;
  const compare = compareBy(filter.orderBy ?? 'TIER', columns);
  const rows = new LazyOrder(filterRows(columns, filter), (a, b) => compare(a, b) || a - b);
  latest.set(columns, { key, rows });
  return rows;
}

/**
 * The rows (exposed-columns.ts) of the artifacts that match a filter, ascending. Each filter keeps or drops whole artifacts, whatever copy the
 * others keep it for.
 *
 * Complexity: O(n), with holders, countries or channels O(n + copies with a tier).
 */
export function filterRows(columns: RadiusColumns, filter: ExposedArtifactFilter): Int32Array {
  const { projection, exposed, held, reached } = columns;
  const { artifacts, organizations } = projection;
  const rows = Int32Array.from(exposed.artifact, (_, row) => row);
  const ids = filter.ids ? new Set(filter.ids.map((id) => artifacts.id.find(id))) : undefined;
  const wanted = filter.tiers?.map((tier) => tiers.indexOf(tier));
  const owners = filter.owners ? new Set(filter.owners.map((id) => organizations.id.find(id))) : undefined;
  const holders = filter.holders ? new Set(filter.holders.map((id) => organizations.id.find(id))) : undefined;
  const text = filter.text?.trim().toLowerCase();
  const types = filter.types ? new Set(filter.types.map((type) => artifactTypes.indexOf(type))) : undefined;
  const minSensitivity = filter.minSensitivity ?? 0;
  const sensitivities = filter.sensitivities ? new Set(filter.sensitivities) : undefined;
  const steps = filter.worstCaseSteps ? new Set(filter.worstCaseSteps) : undefined;
  const isHolder = reached.map(({ organization }) => holders?.has(organization) ?? false);
  const byCopy: ((position: number) => boolean)[] = [];
  if (holders !== undefined) byCopy.push((at) => isHolder[held.holder[at] as number] as boolean);
  if (filter.countries) byCopy.push(isAmong(filter.countries, countryOf(columns)));
  if (filter.channels) byCopy.push(isAmong(filter.channels, channelOf(columns)));
  const hasCopy = (place: number, fits: (position: number) => boolean) => {
    for (let at = held.offsets[place] as number; at < (held.offsets[place + 1] as number); at++) if (fits(at)) return true;
    return false;
  };
  const isAll = [ids, wanted, owners, types, sensitivities, steps].every((one) => one === undefined);
  if (isAll && minSensitivity === 0 && byCopy.length === 0 && !text) return rows;
  return rows.filter((row) => {
    const artifact = exposed.artifact[row] as number;
    const owner = artifacts.owner[artifact] as number;
    if (ids !== undefined && !ids.has(artifact)) return false;
    if (wanted !== undefined && !wanted.includes(exposed.tier[row] as number)) return false;
    if (owners !== undefined && !owners.has(owner)) return false;
    if (types !== undefined && !types.has(artifacts.type[artifact] as number)) return false;
    if ((artifacts.sensitivity[artifact] as number) < minSensitivity) return false;
    if (sensitivities !== undefined && !sensitivities.has(artifacts.sensitivity[artifact] as number)) return false;
    if (steps !== undefined && !steps.has(worstCaseStepOf(exposed.worstCaseLossUsd[row] as number))) return false;
    const place = exposed.place[row] as number;
    if (byCopy.length > 0 && (place < 0 || !byCopy.every((fits) => hasCopy(place, fits)))) return false;
    if (!text) return true;
    return [artifacts.name.get(artifact), artifacts.id.get(artifact), organizations.name.get(owner), organizations.id.get(owner)].some(
      (part) => part.toLowerCase().includes(text),
    );
  });
}

function isAmong(wanted: readonly string[], keyOf: (position: number) => string | null): (position: number) => boolean {
  const values = new Set<string | null>(wanted);
  return (at) => values.has(keyOf(at));
}

/** Compares two rows. */
function compareBy(order: ExposedArtifactOrder, { projection, exposed }: RadiusColumns): (a: number, b: number) => number {
  const { artifacts, organizations } = projection;
  const { artifact, tier, weightedLossUsd, worstCaseLossUsd, low, high } = exposed;
  const descending = (column: Float64Array) => (a: number, b: number) => compareLargestFirst(column[a] as number, column[b] as number);
  const byWeightedLoss = descending(weightedLossUsd);
  switch (order) {
    case 'TIER':
      return (a, b) => (tier[a] as number) - (tier[b] as number) || byWeightedLoss(a, b);
    case 'WEIGHTED_LOSS':
      return byWeightedLoss;
    case 'WORST_CASE_LOSS':
      return descending(worstCaseLossUsd);
    case 'PORTION': {
      const [byHigh, byLow] = [descending(high), descending(low)];
      return (a, b) => byHigh(a, b) || byLow(a, b);
    }
    case 'NAME': {
      const nameOf = (row: number) => artifacts.name.get(artifact[row] as number);
      return (a, b) => compareCodePoints(nameOf(a), nameOf(b));
    }
    case 'OWNER': {
      const ownerName = (row: number) => organizations.name.get(artifacts.owner[artifact[row] as number] as number);
      return (a, b) => compareCodePoints(ownerName(a), ownerName(b));
    }
  }
}

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

  get copiesByHolder(): readonly CopiesAtHolder[] {
    const place = this.#columns.exposed.place[this.#row] as number;
    return place < 0 ? [] : this.#columns.copiesByHolder(place);
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
