import type { Projection } from '../../../projection/projection.ts';
import { rowOf } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import { tierIndexOf, tiers, weightOf } from '../../../rules/copy-tier.ts';
import { highPortion, lowPortion } from '../../../rules/portion.ts';
import { chanceOf, weightedShareOf, yieldOf } from '../../../rules/way-figures.ts';
import { boundCopies } from '../bound-copies.ts';
import type { CopyTiers } from '../copy-tiers.ts';
import { TieredColumns, tierCodeOf } from '../copy-tiers.ts';
import type { ReachedOrganization } from '../radius-types.ts';

/**
 * The copies with a tier at reached organizations, grouped by artifact. The copies of the artifact at place h are
 * `offsets[h] .. offsets[h + 1] - 1`. An encrypted copy may appear twice, its later part second.
 */
export interface HeldColumns {
  /** Ascending. */
  readonly artifact: Int32Array;
  readonly offsets: Uint32Array;
  /** Ascending within an artifact. */
  readonly copy: Int32Array;
  /** As in TieredColumns. */
  readonly code: Uint8Array;
  /** The holder's position in the list of reached organizations. */
  readonly holder: Int32Array;
  /** The share of the artifact that the copy holds. */
  readonly portion: Float64Array;
}

/** The number of copies that one step examines. */
const stepSize = 4000;

/** Complexity: O(copies at the reached organizations). */
export function* holdCopies(
  { organizations }: Projection,
  reached: readonly ReachedOrganization[],
  tiers: CopyTiers,
  marks: ArtifactMarks,
): Steps<HeldColumns> {
  const rows = reached.map(({ organization }) => rowOf(organizations.copies, organization));
  const found = new TieredColumns(rows.reduce((sum, { length }) => sum + length, 0));
  const ends = new Uint32Array(reached.length);
  let examined = 0;
  for (const [place, { organization }] of reached.entries()) {
    const own = rows[place] as Int32Array;
    for (let from = 0; from < own.length; from += stepSize) {
      const part = own.length <= stepSize ? own : own.subarray(from, from + stepSize);
      examined += part.length;
      if (examined > stepSize) {
        examined = part.length;
        yield;
      }
      tiers.collect(organization, part, found);
    }
    ends[place] = found.length;
  }
  yield;
  return groupByArtifact(found, ends, marks);
}

/**
 * A counting sort: the copies of each artifact stay in order of their holders.
 *
 * @param ends where the copies of each reached organization end among those found
 */
function groupByArtifact(found: TieredColumns, ends: Uint32Array, marks: ArtifactMarks): HeldColumns {
  const { length } = found;
  marks.addAll(found.artifact, length);
  const artifact = marks.list();
  const offsets = new Uint32Array(artifact.length + 1);
  const places = countPlaces(found, marks.placeOf, offsets);
  const held = {
    artifact,
    offsets,
    copy: new Int32Array(length),
    code: new Uint8Array(length),
    holder: new Int32Array(length),
    portion: new Float64Array(length),
  };
  const next = offsets.slice(0, artifact.length);
  for (let holder = 0, from = 0; holder < ends.length; holder++) {
    const until = ends[holder] as number;
    moveToPlaces(held, found, places, next, holder, from, until);
    from = until;
  }
  for (let place = 0; place < artifact.length; place++) sortByCopy(held, offsets[place] as number, offsets[place + 1] as number);
  return held;
}

/** Fills in the offsets. Returns the place of each found copy, in the memory of its artifact. */
function countPlaces({ artifact: places, length }: TieredColumns, placeOf: Int32Array, offsets: Uint32Array): Int32Array {
  for (let i = 0; i < length; i++) {
    const place = placeOf[places[i] as number] as number;
    places[i] = place;
    offsets[place + 1] = (offsets[place + 1] as number) + 1;
  }
  for (let at = 1; at < offsets.length; at++) offsets[at] = (offsets[at] as number) + (offsets[at - 1] as number);
  return places;
}

/** Moves the copies of one holder, those found from `from` to `until - 1`. */
function moveToPlaces(
  { copy, code, holder, portion }: HeldColumns,
  found: TieredColumns,
  places: Int32Array,
  next: Uint32Array,
  of: number,
  from: number,
  until: number,
): void {
  const { copy: foundCopy, code: foundCode, portion: foundPortion } = found;
  for (let i = from; i < until; i++) {
    const to = places[i] as number;
    const at = next[to] as number;
    next[to] = at + 1;
    copy[at] = foundCopy[i] as number;
    code[at] = foundCode[i] as number;
    holder[at] = of;
    portion[at] = foundPortion[i] as number;
  }
}

/** Up to this many copies, insertion sort is several times faster than `sort`. Most artifacts have fewer. */
const few = 16;

/** Sorts the copies of one artifact. The two parts of an encrypted copy keep their order. */
function sortByCopy(held: HeldColumns, from: number, until: number): void {
  const { copy, code, holder, portion } = held;
  let isSorted = true;
  for (let i = from + 1; i < until && isSorted; i++) isSorted = (copy[i - 1] as number) <= (copy[i] as number);
  if (isSorted) return;
  if (until - from > few) {
    const order = Uint32Array.from({ length: until - from }, (_, i) => from + i);
    order.sort((a, b) => (copy[a] as number) - (copy[b] as number) || a - b);
    for (const column of [copy, code, holder, portion]) {
      const sorted = column.slice(from, until);
      order.forEach((at, i) => {
        sorted[i] = column[at] as number;
      });
      column.set(sorted, from);
    }
    return;
  }
  for (let i = from + 1; i < until; i++) {
    const one = copy[i] as number;
    const codeOfOne = code[i] as number;
    const holderOfOne = holder[i] as number;
    const portionOfOne = portion[i] as number;
    let at = i;
    for (; at > from && (copy[at - 1] as number) > one; at--) {
      copy[at] = copy[at - 1] as number;
      code[at] = code[at - 1] as number;
      holder[at] = holder[at - 1] as number;
      portion[at] = portion[at - 1] as number;
    }
    copy[at] = one;
    code[at] = codeOfOne;
    holder[at] = holderOfOne;
    portion[at] = portionOfOne;
  }
}

/**
 * A set of artifacts that is listed in ascending order without a sort: one bit for each artifact of a projection. Listing numbers
 * the artifacts and clears the bits, so one object serves one step of a radius after another.
 */
export class ArtifactMarks {
  /** By artifact: its position in the latest list that contained it. */
  readonly placeOf: Int32Array;
  readonly #words: Int32Array;

  constructor(artifactCount: number) {
    this.placeOf = new Int32Array(artifactCount);
    this.#words = new Int32Array(Math.ceil(artifactCount / 32));
  }

  /** Marks the first `count` of some artifacts. */
  addAll(some: Int32Array, count: number): void {
    const words = this.#words;
    for (let i = 0; i < count; i++) {
      const artifact = some[i] as number;
      const at = artifact >>> 5;
      words[at] = (words[at] as number) | (1 << (artifact & 31));
    }
  }

  /**
   * The marked artifacts, ascending. Clears the marks.
   *
   * Complexity: O(artifacts of the projection / 32 + marked ones).
   */
  list(): Int32Array {
    const words = this.#words;
    let count = 0;
    for (let at = 0; at < words.length; at++) count += countBits(words[at] as number);
    const found = new Int32Array(count);
    const { placeOf } = this;
    let place = 0;
    for (let at = 0; place < found.length; at++) {
      let word = words[at] as number;
      words[at] = 0;
      while (word !== 0) {
        const artifact = at * 32 + 31 - Math.clz32(word & -word);
        placeOf[artifact] = place;
        found[place++] = artifact;
        word &= word - 1;
      }
    }
    return found;
  }
}

/** Adds neighboring bits, pairs and groups of four, then the four bytes by one multiplication. */
function countBits(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The figures of held artifacts from their own copies alone, by place (as `HeldColumns`). */
export interface OwnFigures {
  /**
   * The figures of place h begin at `h * ownWidth`, in the order of `ownFigure`. They lie side by side, because leads read them
   * together: one line of the processor's cache.
   */
  readonly figures: Float64Array;
  /** By copy. The chance of a CONTAINED copy is 0. */
  readonly chance: Float64Array;
}

export const ownFigure = {
  /** The share that the EXPOSED and POSSIBLE copies disclose together; without any, the share that the CONTAINED ones hold. */
  low: 0,
  high: 1,
  /** The share that the EXPOSED copies alone disclose. `exposedHigh` is 0 without any. */
  exposedLow: 2,
  exposedHigh: 3,
  /** The largest chance, and the largest chance x portion, of a copy. */
  likelihood: 4,
  weightedShare: 5,
  /** The likelihood, if one copy has both the largest chance and the portion `low`; else 0. */
  bestChance: 6,
  /** The number of EXPOSED and POSSIBLE copies. */
  openCount: 7,
} as const;
export const ownWidth = 8;

/** Constants of this module: an imported or exported one is read anew at each use. */
const of = ownFigure;
const width = ownWidth;
const exposed = tiers.indexOf('EXPOSED');
const contained = tiers.indexOf('CONTAINED');

/** The number of copies that one step examines. */
const figuresAStep = 20_000;

/** Complexity: O(copies held). */
export function* findOwnFigures(projection: Projection, held: HeldColumns, reached: readonly ReachedOrganization[]): Steps<OwnFigures> {
  const { fragmentCount } = projection.artifacts;
  const { artifact, offsets } = held;
  const likelihoodOf = Float64Array.from(reached, ({ likelihood }) => likelihood);
  const own = { figures: new Float64Array(artifact.length * width), chance: new Float64Array(held.copy.length) };
  for (let from = 0, until = 0; from < artifact.length; from = until) {
    const most = (offsets[from] as number) + figuresAStep;
    do until++;
    while (until < artifact.length && (offsets[until] as number) < most);
    sumPlaces(held, likelihoodOf, own, from, until);
    for (let place = from; place < until; place++)
      if ((fragmentCount[artifact[place] as number] as number) > 0) boundByPieces(projection, held, own, place);
    yield;
  }
  return own;
}

/** Each sum is a variable of its own: the compiler keeps numbers that are taken from a list as objects. */
function sumPlaces(held: HeldColumns, likelihoodOf: Float64Array, { figures, chance }: OwnFigures, from: number, until: number): void {
  const { code, holder, offsets, portion } = held;
  const [tierIndexes, weights] = [tierIndexOf, weightOf];
  for (let place = from; place < until; place++) {
    const end = offsets[place + 1] as number;
    let openCount = 0;
    let largest = 0;
    let sum = 0;
    let largestExposed = 0;
    let sumExposed = 0;
    let largestContained = 0;
    let sumContained = 0;
    let likelihood = 0;
    let weightedShare = 0;
    let bestChance = 0;
    for (let i = offsets[place] as number; i < end; i++) {
      const tierCode = tierCodeOf(code[i] as number);
      const share = portion[i] as number;
      const tier = tierIndexes[tierCode] as number;
      if (tier === contained) {
        if (share > largestContained) largestContained = share;
        sumContained += share;
        continue;
      }
      const one = chanceOf(likelihoodOf[holder[i] as number] as number, weights[tierCode] as number);
      const weighted = weightedShareOf(one, yieldOf(share, 1));
      chance[i] = one;
      if (one >= likelihood && share >= largest) bestChance = one;
      else if (one > likelihood || share > largest) bestChance = 0;
      if (one > likelihood) likelihood = one;
      if (weighted > weightedShare) weightedShare = weighted;
      if (share > largest) largest = share;
      sum += share;
      openCount++;
      if (tier !== exposed) continue;
      if (share > largestExposed) largestExposed = share;
      sumExposed += share;
    }
    const at = place * width;
    figures[at + of.low] = lowPortion(0, openCount === 0 ? largestContained : largest);
    figures[at + of.high] = highPortion(0, openCount === 0 ? sumContained : sum);
    figures[at + of.exposedLow] = lowPortion(0, largestExposed);
    figures[at + of.exposedHigh] = highPortion(0, sumExposed);
    figures[at + of.likelihood] = likelihood;
    figures[at + of.weightedShare] = weightedShare;
    figures[at + of.bestChance] = bestChance;
    figures[at + of.openCount] = openCount;
  }
}

/** The bounds of an artifact that is divided into pieces: its copies may name the same ones. */
function boundByPieces(projection: Projection, held: HeldColumns, { figures }: OwnFigures, place: number): void {
  const at = place * width;
  const all = held.copy.subarray(held.offsets[place], held.offsets[place + 1]);
  const weakest = figures[at + of.openCount] === 0 ? contained : contained - 1;
  const upTo = (tier: number) =>
    all.filter((_, i) => (tierIndexOf[tierCodeOf(held.code[(held.offsets[place] as number) + i] as number)] as number) <= tier);
  const { low, high } = boundCopies(projection, upTo(weakest));
  const exposedBounds = boundCopies(projection, upTo(exposed));
  figures[at + of.low] = low;
  figures[at + of.high] = high;
  figures[at + of.exposedLow] = exposedBounds.low;
  figures[at + of.exposedHigh] = exposedBounds.high;
  figures[at + of.bestChance] = 0;
}
