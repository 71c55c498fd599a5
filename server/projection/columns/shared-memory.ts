/** Columns of at most this many bytes share a block of memory: a part has some eighty columns, and a block of their own each costs more than filling it. */
const smallBytes = 32_768;
const blockBytes = 65_536;
let block = new SharedArrayBuffer(0);
let blockUsed = 0;

/** Later columns share no block with earlier ones. So a part that is dropped leaves no memory behind. */
export function startBlock(): void {
  blockUsed = block.byteLength;
}

/** Zeroed memory at a multiple of 8 bytes. */
function sharedBytes(size: number): [memory: SharedArrayBuffer, offset: number] {
  if (size > smallBytes) return [new SharedArrayBuffer(size), 0];
  if (blockUsed + size > block.byteLength) {
    block = new SharedArrayBuffer(blockBytes);
    blockUsed = 0;
  }
  const offset = blockUsed;
  blockUsed += Math.ceil(size / 8) * 8;
  return [block, offset];
}

/** A typed array in shared memory, which a worker thread reads without a copy. */
export function sharedFloat64(length: number, fill = 0): Float64Array {
  const array = new Float64Array(...sharedBytes(length * 8), length);
  return fill === 0 ? array : array.fill(fill);
}

export function sharedInt32(length: number, fill = 0): Int32Array {
  const array = new Int32Array(...sharedBytes(length * 4), length);
  return fill === 0 ? array : array.fill(fill);
}

export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(...sharedBytes(length * 4), length);
}

export function sharedUint8(length: number): Uint8Array {
  return new Uint8Array(...sharedBytes(length), length);
}

/** Shared memory for the bytes of texts. */
export function sharedText(length: number): Buffer {
  return Buffer.from(...sharedBytes(length), length);
}

export type NumberColumn = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** A column with the same type of numbers, all 0. */
export function sharedLike<T extends NumberColumn>(column: T, length: number): T {
  const make: (length: number) => NumberColumn =
    column instanceof Float64Array
      ? sharedFloat64
      : column instanceof Int32Array
        ? sharedInt32
        : column instanceof Uint32Array
          ? sharedUint32
          : sharedUint8;
  return make(length) as T;
}

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
