import { getOrInsert } from '../../../domain/get-or-insert.ts';
import type { Csr } from '../../../projection/columns/csr.ts';
import { groupByRow } from '../../../projection/columns/csr.ts';
import type { Projection } from '../../../projection/projection.ts';
import { copyKinds, none } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { Tier } from '../../../rules/copy-tier.ts';
import { strongerTier } from '../../../rules/copy-tier.ts';
import type { Volume, VolumeSum } from '../../../rules/volume.ts';
import { ArtifactsVolume, CopiesVolume } from '../../../rules/volume.ts';
import type { CopyTiers } from '../copy-tiers.ts';
import { isOpenCode, tierOfCode, toTieredCopy } from '../copy-tiers.ts';
import type { CopiesAtHolder, HeldCopies, RadiusInput, ReachedOrganization, TieredCopy } from '../radius-types.ts';
import type { RevealClosures } from '../reveals/reveal-closure.ts';
import { getRevealClosures } from '../reveals/reveal-closure.ts';
import type { ExposedColumns, Leads } from './exposed-columns.ts';
import { exposeArtifacts, findLeads } from './exposed-columns.ts';
import type { HeldColumns, OwnFigures } from './held-columns.ts';
import { ArtifactMarks, findOwnFigures, holdCopies, ownFigure, ownWidth } from './held-columns.ts';

/*
 * A radius as columns. It has about one object for each reached organization and none for a copy or an artifact:
 *
 *     held      copies with a tier, grouped by artifact     held-columns.ts     place = position of a held artifact
 *     own       what the copies of each place disclose      held-columns.ts
 *     leads     what the artifact of each place reveals     exposed-columns.ts  from a place to a row
 *     exposed   the artifacts of the radius with figures    exposed-columns.ts  row = position of an artifact
 *
 * Artifacts ascend in both numberings. Objects are made only for rows that are read (`ExposedRow`).
 */

/** Finds the copies, artifacts and figures of a radius, in steps of about a millisecond. */
export function* findColumns(
  projection: Projection,
  input: RadiusInput,
  reached: readonly ReachedOrganization[],
  tiers: CopyTiers,
): Steps<RadiusColumns> {
  const marks = new ArtifactMarks(projection.artifacts.count);
  const closures = getRevealClosures(projection, input.minDegree);
  const held = yield* holdCopies(projection, reached, tiers, marks);
  yield;
  const own = yield* findOwnFigures(projection, held, reached);
  yield;
  const { artifact, leads } = yield* findLeads(held, own, closures, marks);
  yield;
  const exposed = yield* exposeArtifacts(projection, held, own, artifact, leads);
  return new RadiusColumns(projection, reached, closures, held, own, leads, exposed);
}

export class RadiusColumns {
  readonly projection: Projection;
  readonly reached: readonly ReachedOrganization[];
  readonly closures: RevealClosures;
  readonly held: HeldColumns;
  readonly own: OwnFigures;
  readonly leads: Leads;
  readonly exposed: ExposedColumns;
  #leadsInto: Csr | undefined;
  #holderOrder: Int32Array | undefined;

  constructor(
    projection: Projection,
    reached: readonly ReachedOrganization[],
    closures: RevealClosures,
    held: HeldColumns,
    own: OwnFigures,
    leads: Leads,
    exposed: ExposedColumns,
  ) {
    this.projection = projection;
    this.reached = reached;
    this.closures = closures;
    this.held = held;
    this.own = own;
    this.leads = leads;
    this.exposed = exposed;
  }

  /** The row of an artifact, or -1. */
  rowOf(artifact: number): number {
    return search(this.exposed.artifact, artifact);
  }

  /** The leads by the row that they lead to, by place. Made on first use: only rows that are read need it. */
  get leadsInto(): Csr {
    this.#leadsInto ??= groupByRow(this.leads.row, this.exposed.artifact.length);
    return this.#leadsInto;
  }

  /** By position in `reached`: the rank by hops, then id. */
  get holderOrder(): Int32Array {
    if (this.#holderOrder === undefined) {
      const positions = this.reached.map((_, position) => position);
      positions.sort((a, b) => compareHolders(this.reached[a] as ReachedOrganization, this.reached[b] as ReachedOrganization));
      this.#holderOrder = new Int32Array(positions.length);
      for (const [rank, position] of positions.entries()) this.#holderOrder[position] = rank;
    }
    return this.#holderOrder;
  }

  /** The distinct holders of the artifact of a row, as positions in `reached`, by hops, then id. */
  holdersOf(row: number): number[] {
    const { held, holderOrder } = this;
    const place = this.exposed.place[row] as number;
    const found: number[] = [];
    if (place < 0) return found;
    for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++) found.push(held.holder[i] as number);
    return listHolders(found, holderOrder);
  }

  /** The copies of one place at each holder, by hops, then id. Complexity: O(copies), and the sort of their holders. */
  copiesByHolder(place: number): CopiesAtHolder[] {
    const { held, holderOrder } = this;
    const found = new Map<number, { readonly copies: number[]; tier: Tier }>();
    for (let i = held.offsets[place] as number; i < (held.offsets[place + 1] as number); i++) {
      const copy = held.copy[i] as number;
      const tier = tierOfCode(held.code[i] as number);
      const at = getOrInsert(found, held.holder[i] as number, () => ({ copies: [], tier }));
      // The two parts of an encrypted copy follow one another.
      if (at.copies.at(-1) !== copy) at.copies.push(copy);
      at.tier = strongerTier(at.tier, tier) as Tier;
    }
    return [...found]
      .sort(([a], [b]) => (holderOrder[a] as number) - (holderOrder[b] as number))
      .map(([position, at]) => ({ holder: this.reached[position] as ReachedOrganization, ...at }));
  }

  /** The tier of a copy, or undefined if it has none or its holder is not reached. The first part of an encrypted copy is the stronger one. */
  tierOf(copy: number): Tier | undefined {
    const { artifact, offsets, copy: copies, code } = this.held;
    const place = search(artifact, this.projection.copies.artifact.at(copy));
    if (place < 0) return undefined;
    const at = search(copies, copy, offsets[place], offsets[place + 1]);
    return at < 0 ? undefined : tierOfCode(code[at] as number);
  }

  /** The copies of one place: all, or the open ones. */
  copiesAt(place: number, isOpenOnly = false): TieredCopy[] {
    const { copy, code, offsets } = this.held;
    const found: TieredCopy[] = [];
    for (let i = offsets[place] as number; i < (offsets[place + 1] as number); i++)
      if (!isOpenOnly || isOpenCode(code[i] as number)) found.push(toTieredCopy(copy[i] as number, code[i] as number));
    return found;
  }
}

function compareHolders(a: ReachedOrganization, b: ReachedOrganization): number {
  return a.hops - b.hops || a.organization - b.organization;
}

/** The copies of each held artifact as objects, for questions that are not about every copy. */
export function listHeld(columns: RadiusColumns): Map<number, HeldCopies> {
  const { artifact } = columns.held;
  return new Map(Array.from(artifact, (of, place) => [of, new HeldArtifact(columns, of, place)]));
}

class HeldArtifact implements HeldCopies {
  readonly artifact: number;
  readonly #columns: RadiusColumns;
  readonly #place: number;
  #copies: readonly TieredCopy[] | undefined;

  constructor(columns: RadiusColumns, artifact: number, place: number) {
    this.artifact = artifact;
    this.#columns = columns;
    this.#place = place;
  }

  get copies(): readonly TieredCopy[] {
    this.#copies ??= this.#columns.copiesAt(this.#place);
    return this.#copies;
  }

  get open(): readonly TieredCopy[] {
    const { own, held } = this.#columns;
    const count = (held.offsets[this.#place + 1] as number) - (held.offsets[this.#place] as number);
    return own.figures[this.#place * ownWidth + ownFigure.openCount] === count ? this.copies : this.#columns.copiesAt(this.#place, true);
  }
}

/** The first position of a value between two positions of an ascending column, or -1. */
function search(column: Int32Array, value: number, from = 0, until = column.length): number {
  let low = from;
  let high = until;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low < until && column[low] === value ? low : -1;
}

/** The country of the holder of a copy, by position in `held`. */
export function countryOf({ held, projection, reached }: RadiusColumns): (position: number) => string | null {
  const countries = reached.map(({ organization }) => projection.organizations.country.get(organization) ?? null);
  return (at) => countries[held.holder[at] as number] as string | null;
}

/** The channel by which a copy came, by position in `held`. A copy without a transfer has none. */
export function channelOf({ held, projection }: RadiusColumns): (position: number) => string | null {
  const { copies, transfers } = projection;
  return (at) => {
    const transfer = copies.transfer.at(held.copy[at] as number);
    return transfer === none ? null : (transfers.channel.get(transfer) ?? null);
  };
}

/** Up to this many holders, insertion sort is several times faster than `sort`. Most artifacts have fewer. */
const few = 8;

/**
 * The distinct holders of some copies, in a given order.
 *
 * @param ofCopies the holder of each copy, as a position in some list; sorted in place
 * @param rankOf the rank of each position
 * Complexity: O(n log n).
 */
export function listHolders(ofCopies: number[], rankOf: Int32Array): number[] {
  if (ofCopies.length > few) {
    ofCopies.sort((a, b) => (rankOf[a] as number) - (rankOf[b] as number));
    return ofCopies.filter((holder, i) => holder !== ofCopies[i - 1]);
  }
  let count = 0;
  for (let i = 0; i < ofCopies.length; i++) {
    const holder = ofCopies[i] as number;
    const rank = rankOf[holder] as number;
    let at = count;
    while (at > 0 && (rankOf[ofCopies[at - 1] as number] as number) > rank) at--;
    if (at > 0 && ofCopies[at - 1] === holder) continue;
    for (let j = count; j > at; j--) ofCopies[j] = ofCopies[j - 1] as number;
    ofCopies[at] = holder;
    count++;
  }
  if (count < ofCopies.length) ofCopies.length = count;
  return ofCopies;
}

/** A transfer states what it carried in these units. */
type VolumeUnit = 'records' | 'bytes';

export type Volumes = Readonly<Record<VolumeUnit, Volume>>;

const transferred = copyKinds.indexOf('TRANSFERRED');

/**
 * The volumes of the readable copies of an artifact that have a tier (semantics §1): these are EXPOSED or POSSIBLE. OWNED and implied
 * copies are left out. An artifact that is only revealed has no such copy.
 *
 * @param row of `columns.exposed`
 * Complexity: O(copies of the artifact with a tier).
 */
export function findVolumes(columns: RadiusColumns, row: number): Volumes {
  const { exposed, held } = columns;
  const place = exposed.place[row] as number;
  return place < 0 ? addCopies(columns, 0, 0) : addCopies(columns, held.offsets[place] as number, held.offsets[place + 1] as number);
}

/** As `findVolumes`, of some copies of one artifact. @param positions in `columns.held`, ascending */
export function volumesOfCopies(columns: RadiusColumns, positions: readonly number[]): Volumes {
  return addCopies(columns, 0, positions.length, positions);
}

/** @param positions of the copies; absent: from .. until - 1 */
function addCopies({ held, projection }: RadiusColumns, from: number, until: number, positions?: readonly number[]): Volumes {
  const { copies, transfers } = projection;
  const records = new CopiesVolume();
  const bytes = new CopiesVolume();
  let previous = -1;
  for (let i = from; i < until; i++) {
    const at = positions === undefined ? i : (positions[i] as number);
    const copy = held.copy[at] as number;
    // A copy that a scenario encrypts stands twice in a row.
    if (copy === previous || !isOpenCode(held.code[at] as number) || copies.kind.at(copy) !== transferred) continue;
    previous = copy;
    const transfer = copies.transfer.at(copy);
    records.add(transfers.records.at(transfer));
    bytes.add(transfers.bytes.at(transfer));
  }
  return { records, bytes };
}

/**
 * The volumes of several artifacts, added up.
 *
 * @param rows of `columns.exposed`, ascending
 * Complexity: O(copies of these artifacts with a tier).
 */
export function addVolumes(columns: RadiusColumns, rows: Int32Array, unit: VolumeUnit): VolumeSum {
  const sum = new ArtifactsVolume();
  for (const row of rows) sum.add(findVolumes(columns, row)[unit]);
  return sum;
}
