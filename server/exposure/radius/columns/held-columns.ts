import type { Projection } from '../../../projection/projection.ts';
import { rowOf } from '../../../projection/projection.ts';
import type { Steps } from '../../../projection/turns.ts';
import type { CopyTiers } from '../copy-tiers.ts';
import { TieredColumns } from '../copy-tiers.ts';
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
