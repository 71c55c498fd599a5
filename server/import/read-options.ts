import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { DetectedFile, TableKind } from './import-view.ts';
import type { MappingDocument } from './mapping/decisions/mapping-document.ts';
import type { KnownFacts } from './mapping/mapped-file.ts';
import type { FileMapping } from './mapping/mapping-types.ts';
import { FileFault } from './rows/rejection.ts';

export interface ReadOptions {
  /** Epoch ms: the assertion time of facts without a date, and the creation time of incidents. */
  readonly assertedAt: number;
  /** The import's named source. Facts without a source of their own get it too. */
  readonly source: string | null;
  /** The kind of all files; undefined: by each file's name, else by its header. */
  readonly kind?: TableKind | undefined;
  readonly delimiter?: string | undefined;
  /** The memory that the rows may need; default: as the machine has. */
  readonly limits?: RowLimits | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes read so far. */
  readonly onProgress?: ((doneBytes: number) => void) | undefined;
  /** The decisions about files that are not canonical. */
  readonly decisions?: MappingDocument | undefined;
  /** Whether a person stated `assertedAt`. Otherwise it is the instant of reading. */
  readonly isDated?: boolean | undefined;
  /** Reads the facts of the store; called only if a file is not canonical. */
  readonly readKnown?: (() => Promise<KnownFacts>) | undefined;
}

/** A file of an import, with its mapping if it is not canonical. */
export interface ReadFile extends DetectedFile {
  readonly rowCount: number;
  /** Whether the file was rejected as a whole, so that none of its rows counts. */
  readonly isFaulty: boolean;
  readonly mapping: FileMapping | null;
}

/** A file of which nothing is known but its bytes. */
export function blankFile(name: string, digest: { readonly sizeBytes: number; readonly sha256: string }): ReadFile {
  const form = { encoding: 'utf-8', delimiter: ',', headerLine: 1, preamble: [], header: [], sample: [] };
  return { name, ...digest, ...form, rowCount: 0, isFaulty: false, mapping: null };
}

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
