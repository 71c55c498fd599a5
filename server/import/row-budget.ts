import { getHeapStatistics } from 'node:v8';
import type { Assertion } from '../domain/assertions.ts';
import { FileFault } from './rows/file-fault.ts';

/** Measured: a transfer of nine columns keeps 235 bytes until the commit. */
const rowBytes = 170;
const valueBytes = 8;
/** Shorter texts repeat, or are part of the row's own bytes. */
const shortText = 24;
/** The plan of a commit needs about four times the memory of its rows. */
const share = 1 / 5;

/**
 * Limits the memory of the canonical rows of one import to a fifth of the heap, so that a huge file is rejected instead of ending the
 * server. A heap of 2 GB holds about 1,700,000 transfers (docs/import.md).
 */
export class RowBudget {
  #left: number;

  /** @param bytes the limit */
  constructor(bytes: number = getHeapStatistics().heap_size_limit * share) {
    this.#left = bytes;
  }

  /** Throws FileFault LIST_TOO_LARGE. */
  take({ values, line }: Assertion): void {
    let bytes = rowBytes + valueBytes * values.length;
    for (const value of values) if (typeof value === 'string' && value.length > shortText) bytes += value.length;
    this.#left -= bytes;
    if (this.#left >= 0) return;
    throw new FileFault(
      'LIST_TOO_LARGE',
      line,
      'The files of this import hold more rows than fit into memory. Import them one after another.',
    );
  }
}
