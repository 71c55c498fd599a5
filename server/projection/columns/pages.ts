import type { Csr } from './csr.ts';
import type { CodeColumn, TextColumn } from './text-column.ts';

/*
 * Columns of transfers and copies, read across all parts. A transfer or copy has a number: the page of its part, and its row there. A part
 * with many rows has several pages in a row, so its numbers have no gaps.
 */

/** The low bits of a number are a row of its page. */
const rowBits = 14;
export const rowsAPage = 1 << rowBits;
const rowMask = rowsAPage - 1;

/** The first number of a page. */
export function firstOf(page: number): number {
  return page << rowBits;
}

/*
 * One class for each type of numbers, because V8 reads an array fastest where it has seen arrays of one type only.
 */

export class Float64Pages {
  readonly #pages: readonly Float64Array[];

  constructor(pages: readonly Float64Array[]) {
    this.#pages = pages;
  }

  at(number: number): number {
    return (this.#pages[number >>> rowBits] as Float64Array)[number & rowMask] as number;
  }
}

export class Int32Pages {
  readonly #pages: readonly Int32Array[];

  constructor(pages: readonly Int32Array[]) {
    this.#pages = pages;
  }

  at(number: number): number {
    return (this.#pages[number >>> rowBits] as Int32Array)[number & rowMask] as number;
  }
}

export class Uint32Pages {
  readonly #pages: readonly Uint32Array[];

  constructor(pages: readonly Uint32Array[]) {
    this.#pages = pages;
  }

  at(number: number): number {
    return (this.#pages[number >>> rowBits] as Uint32Array)[number & rowMask] as number;
  }
}

export class Uint8Pages {
  readonly #pages: readonly Uint8Array[];

  constructor(pages: readonly Uint8Array[]) {
    this.#pages = pages;
  }

  at(number: number): number {
    return (this.#pages[number >>> rowBits] as Uint8Array)[number & rowMask] as number;
  }
}

/** Records of the common block: the pages have their lasting numbers, readers get their indexes. */
export class IndexPages {
  readonly #pages: readonly Int32Array[];
  readonly #indexOf: Int32Array;

  /** @param indexOf lasting number -> index */
  constructor(pages: readonly Int32Array[], indexOf: Int32Array) {
    this.#pages = pages;
    this.#indexOf = indexOf;
  }

  /** The index, or none (-1). */
  at(number: number): number {
    const named = (this.#pages[number >>> rowBits] as Int32Array)[number & rowMask] as number;
    return named < 0 ? named : (this.#indexOf[named] as number);
  }
}

/** Transfers or copies of the same part: the pages have rows of the part, readers get numbers. */
export class NumberPages {
  readonly #pages: readonly Int32Array[];
  readonly #firsts: Int32Array;

  /** @param firsts page -> the first number of its part */
  constructor(pages: readonly Int32Array[], firsts: Int32Array) {
    this.#pages = pages;
    this.#firsts = firsts;
  }

  /** The number, or none (-1). */
  at(number: number): number {
    const page = number >>> rowBits;
    const row = (this.#pages[page] as Int32Array)[number & rowMask] as number;
    return row < 0 ? row : row + (this.#firsts[page] as number);
  }
}

/** Texts: one column a part, whichever its number of pages. */
export class TextPages {
  readonly #columns: readonly TextColumn[];
  readonly #firsts: Int32Array;

  /** @param columns by page */
  constructor(columns: readonly TextColumn[], firsts: Int32Array) {
    this.#columns = columns;
    this.#firsts = firsts;
  }

  get(number: number): string {
    const page = number >>> rowBits;
    return (this.#columns[page] as TextColumn).get(number - (this.#firsts[page] as number));
  }
}

/** The ids of transfers. */
export class IdPages extends TextPages {
  readonly #find: (id: string) => number;

  constructor(columns: readonly TextColumn[], firsts: Int32Array, find: (id: string) => number) {
    super(columns, firsts);
    this.#find = find;
  }

  /** The number of an id, or -1. O(parts). */
  find(id: string): number {
    return this.#find(id);
  }
}

/** Texts that repeat or are missing. */
export class CodePages {
  readonly #columns: readonly CodeColumn[];
  readonly #firsts: Int32Array;

  constructor(columns: readonly CodeColumn[], firsts: Int32Array) {
    this.#columns = columns;
    this.#firsts = firsts;
  }

  get(number: number): string | null {
    const page = number >>> rowBits;
    return (this.#columns[page] as CodeColumn).get(number - (this.#firsts[page] as number));
  }

  /** The distinct strings of all records. O(records). */
  used(): string[] {
    return [...new Set([...new Set(this.#columns)].flatMap((column) => column.used()))];
  }
}

/** The names of the fragments of each transfer. */
export class FragmentPages {
  readonly #rows: readonly Csr[];
  readonly #names: readonly TextColumn[];
  readonly #firsts: Int32Array;

  constructor(rows: readonly Csr[], names: readonly TextColumn[], firsts: Int32Array) {
    this.#rows = rows;
    this.#names = names;
    this.#firsts = firsts;
  }

  /** Codes of the names, in the stated order. The same code means the same name among transfers of one artifact. Empty if unknown. */
  codesOf(number: number): Int32Array {
    const page = number >>> rowBits;
    const { offsets, values } = this.#rows[page] as Csr;
    const row = number - (this.#firsts[page] as number);
    return values.subarray(offsets[row], offsets[row + 1]);
  }

  /** The names, in the stated order. Empty if unknown. */
  namesOf(number: number): string[] {
    const names = this.#names[number >>> rowBits] as TextColumn;
    return Array.from(this.codesOf(number), (code) => names.get(code));
  }

  areUnknown(number: number): boolean {
    return this.codesOf(number).length === 0;
  }
}
