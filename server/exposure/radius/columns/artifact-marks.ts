/**
 * A set of artifacts that is listed in ascending order without a sort: one bit for each artifact of a projection. Listing numbers
 * the artifacts and clears the bits, so one object serves one step of a radius after another.
 */
export class ArtifactMarks {
  /** By artifact: its position in the latest list that contained it. */
  readonly placeOf: Int32Array;
  readonly #words: Uint32Array;
  #count = 0;

  constructor(artifactCount: number) {
    this.placeOf = new Int32Array(artifactCount);
    this.#words = new Uint32Array(Math.ceil(artifactCount / 32));
  }

  add(artifact: number): void {
    const at = artifact >>> 5;
    const word = this.#words[at] as number;
    const marked = (word | (1 << (artifact & 31))) >>> 0;
    if (marked === word) return;
    this.#words[at] = marked;
    this.#count++;
  }

  /**
   * The marked artifacts, ascending. Clears the marks.
   *
   * @param room memory for the list, as long as all artifacts; absent: the list gets its own
   * Complexity: O(artifacts of the projection / 32 + marked ones).
   */
  list(room?: Int32Array): Int32Array {
    const found = room?.subarray(0, this.#count) ?? new Int32Array(this.#count);
    const words = this.#words;
    let place = 0;
    for (let at = 0; place < found.length; at++) {
      let word = words[at] as number;
      if (word === 0) continue;
      words[at] = 0;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        const artifact = at * 32 + bit;
        this.placeOf[artifact] = place;
        found[place++] = artifact;
        word = (word & (word - 1)) >>> 0;
      }
    }
    this.#count = 0;
    return found;
  }
}
