import type { NumberColumn } from './shared-memory.ts';

/** Collects numbers one by one. A plain array of a million numbers would strain the garbage collector whenever it grows. */
export class NumberBuilder<T extends NumberColumn> {
  readonly #make: (length: number) => T;
  #column: T;
  #length = 0;

  /** @param make `sharedFloat64` or a similar function */
  constructor(make: (length: number) => T) {
    this.#make = make;
    this.#column = make(16);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#column.length) this.#column = this.#copy(this.#length * 2);
    this.#column[this.#length++] = value;
  }

  build(): T {
    return this.#copy(this.#length);
  }

  #copy(length: number): T {
    const column = this.#make(length);
    column.set(this.#column.subarray(0, this.#length));
    return column;
  }
}
