import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { FileFault } from './rows/rejection.ts';

/** Measured: a fact that others name has its key in a map while the import is planned. */
const namedBytes = 200;
/** A text that may repeat has a string, a place in a table, and later a number in the store. */
const textBytes = 120;
/** A rejection with its sentence. */
const faultBytes = 600;
/** The heap also holds the plan of the commit. */
const shareOfHeap = 1 / 5;
/** Columns lie outside of the heap. */
const shareOfMemory = 1 / 2;
/** A transfer of nine columns takes 80 bytes. */
const rowBytes = 32;

export interface RowLimits {
  readonly heapBytes: number;
  readonly columnBytes: number;
}

/**
 * Limits the memory of one import, so that a huge file is rejected instead of ending the server. Rows lie in columns outside of the
 * heap, up to half of the machine's memory. Texts that repeat, facts that others name, and faults need the heap, up to a fifth of it
 * (docs/import.md).
 */
export class RowBudget {
  #heapBytes: number;
  #columnBytes: number;
  #line = 1;

  constructor(limits?: RowLimits) {
    this.#heapBytes = limits?.heapBytes ?? getHeapStatistics().heap_size_limit * shareOfHeap;
    this.#columnBytes = limits?.columnBytes ?? findMemory() * shareOfMemory;
  }

  /**
   * Throws FileFault LIST_TOO_LARGE, as the other methods.
   *
   * @param bytes about the length of the row's cells
   */
  takeRow(line: number, isNamed: boolean, bytes: number): void {
    this.#line = line;
    this.#columnBytes -= rowBytes + bytes;
    if (this.#columnBytes < 0) throw this.#tooLarge('rows');
    if (isNamed) this.#takeHeap(namedBytes + bytes, 'rows');
  }

  takeText(bytes: number): void {
    this.#takeHeap(textBytes + bytes, 'rows');
  }

  takeFault(): void {
    this.#takeHeap(faultBytes, 'rejected rows');
  }

  #takeHeap(bytes: number, what: string): void {
    this.#heapBytes -= bytes;
    if (this.#heapBytes < 0) throw this.#tooLarge(what);
  }

  #tooLarge(what: string): FileFault {
    return new FileFault(
      'LIST_TOO_LARGE',
      this.#line,
      `The files of this import hold more ${what} than fit into memory. Import them one after another.`,
    );
  }
}

/** The memory that this process may use. A container has less than its machine. */
function findMemory(): number {
  const limit = process.constrainedMemory() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
