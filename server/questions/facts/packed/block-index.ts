/** The place of the block of an artifact. */
export interface BlockPlace {
  readonly start: number;
  readonly length: number;
  readonly crc: number;
}

/** The place of the block of each artifact, by the code of the artifact. Takes 16 bytes for each code. */
export class BlockIndex {
  #starts = new Float64Array(1024).fill(-1);
  #lengths = new Uint32Array(1024);
  #crcs = new Uint32Array(1024);
  /** Artifacts whose transfers changed since they were packed. */
  readonly #stale = new Set<number>();

  /** Undefined: an artifact without transfers. 'stale': its transfers changed since they were packed. */
  find(artifact: number): BlockPlace | 'stale' | undefined {
    if (this.#stale.has(artifact)) return 'stale';
    const start = this.#starts[artifact] ?? -1;
    if (start < 0) return undefined;
    return { start, length: this.#lengths[artifact] as number, crc: this.#crcs[artifact] as number };
  }

  /** @param place undefined: the artifact has no transfers */
  set(artifact: number, place: BlockPlace | undefined): void {
    this.#makeRoom(artifact);
    this.#starts[artifact] = place?.start ?? -1;
    this.#lengths[artifact] = place?.length ?? 0;
    this.#crcs[artifact] = place?.crc ?? 0;
    this.#stale.delete(artifact);
  }

  markStale(artifact: number): void {
    this.#stale.add(artifact);
  }

  #makeRoom(artifact: number): void {
    const length = this.#starts.length;
    if (artifact < length) return;
    const larger = Math.max(artifact + 1, length * 2);
    const starts = new Float64Array(larger).fill(-1);
    starts.set(this.#starts);
    const [lengths, crcs] = [new Uint32Array(larger), new Uint32Array(larger)];
    lengths.set(this.#lengths);
    crcs.set(this.#crcs);
    [this.#starts, this.#lengths, this.#crcs] = [starts, lengths, crcs];
  }
}
