/** How far some work is. Its memory is shared, so that a worker thread can report while the event loop reads. */
export class WorkProgress {
  readonly memory: SharedArrayBuffer;
  readonly #counts: Float64Array;

  constructor(memory = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#counts = new Float64Array(memory);
  }

  readonly report = (done: number, total: number): void => {
    this.#counts[0] = done;
    this.#counts[1] = total;
  };

  get done(): number {
    return this.#counts[0] as number;
  }

  /** Null until the work knows how much there is to do. */
  get total(): number | null {
    return this.#counts[1] === 0 ? null : (this.#counts[1] as number);
  }
}

/** Thrown in place of an answer that is not ready yet. The work goes on. */
export class StillWorking extends Error {
  readonly progress: WorkProgress;

  constructor(progress: WorkProgress) {
    super('The answer is not ready yet.');
    this.progress = progress;
  }
}
