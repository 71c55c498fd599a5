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
