/**
 * How far some work is. Its memory is shared, so that a worker thread can report while the event loop reads. It never steps back: work that
 * begins again shows nothing new until it is as far as before.
 */
export class WorkProgress {
  readonly memory: SharedArrayBuffer;
  readonly #counts: Float64Array;
  #parts: readonly WorkProgress[] = [];

  constructor(memory = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#counts = new Float64Array(memory);
  }

  readonly report = (done: number, total: number): void => {
    this.#counts[0] = Math.max(this.done, done);
    this.#counts[1] = total;
  };

  /** Divides the work among threads. From now on, it is as far as its parts are together. */
  split(totals: readonly number[]): readonly WorkProgress[] {
    this.#parts = totals.map((total) => {
      const part = new WorkProgress();
      part.report(0, total);
      return part;
    });
    return this.#parts;
  }

  get done(): number {
    return this.#parts.reduce((sum, { done }) => sum + done, this.#counts[0] as number);
  }

  /** Null until the work knows how much there is to do. */
  get total(): number | null {
    const total = this.#parts.reduce((sum, part) => sum + (part.total ?? 0), this.#counts[1] as number);
    return total === 0 ? null : total;
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
