import { ByteSink } from '../exposure/byte-sink.ts';
import type { TextColumn } from '../projection/columns/text-column.ts';

/** A value in a row: a text, an unrounded number, a flag or a list of ids. Null: unknown. */
export type RowValue = string | number | boolean | readonly string[] | null;

/** The bytes at which a piece of an export is sent. */
export const pieceSize = 65_536;

/** The most runs of cells that a writer keeps. */
const mostKept = 4096;

/**
 * Writes rows as bytes, one cell after another in the order of the columns. Texts of the projection go from column to output without
 * a string in between. A text cell is written as it is, then examined once, and quoted where its format demands it.
 */
export abstract class RowWriter extends ByteSink {
  /** Where the text of the current cell begins. */
  protected textStart = 0;
  /** By number of the run's first column: its bytes, by key. */
  readonly #kept: (Map<number, Uint8Array> | undefined)[] = [];

  constructor() {
    // Larger than a piece, because a piece ends with a row.
    super(pieceSize * 2);
  }

  get size(): number {
    return this.end;
  }

  abstract beginRow(): void;
  abstract endRow(): void;
  /** Writes what comes before a cell. */
  protected abstract beginCell(): void;
  abstract writeNull(): void;
  abstract writeNumber(value: number): void;
  /** @param text may hold any character */
  abstract writeText(text: string): void;
  abstract writeList(texts: readonly string[]): void;
  /** A list of texts of a column. */
  abstract writeListAt(column: TextColumn, indexes: ArrayLike<number>): void;
  /** Begins a text cell. Its pieces follow with `add` and `addFrom`, then `endText`. */
  abstract beginText(): void;
  abstract endText(): void;

  /** @param word ASCII without quotes, commas and control characters, and no formula */
  abstract writeWord(word: string): void;

  writeFlag(value: boolean): void {
    this.beginCell();
    this.addAscii(value ? 'true' : 'false');
  }

  writeTextAt(column: TextColumn, index: number): void {
    this.writeRange(column, column.startOf(index), column.endOf(index));
  }

  /** A text of a column, between two of its bytes (`startOf`, `endOf`). */
  writeRange(column: TextColumn, start: number, end: number): void {
    this.beginText();
    this.addRange(column, start, end);
    this.endText();
  }

  /**
   * Writes a run of cells that is the same in many rows, from its bytes. Returns false if they are not known: write the cells, then call
   * `keepRun`.
   *
   * @param first the number of the run's first column, which is not the first of the row
   * @param key decides all cells of the run
   */
  writeRun(first: number, count: number, key: number): boolean {
    const bytes = this.#kept[first]?.get(key);
    if (bytes === undefined) return false;
    this.addLong(bytes);
    this.passCells(count);
    return true;
  }

  /** @param start the size before the run */
  keepRun(first: number, key: number, start: number): void {
    this.#kept[first] ??= new Map<number, Uint8Array>();
    const kept = this.#kept[first];
    if (kept.size < mostKept) kept.set(key, Uint8Array.prototype.slice.call(this.bytes, start, this.end));
  }

  /** Called in place of `beginCell` where cells were written from their bytes. */
  protected abstract passCells(count: number): void;

  write(value: RowValue): void {
    if (value === null) this.writeNull();
    else if (typeof value === 'string') this.writeText(value);
    else if (typeof value === 'number') this.writeNumber(value);
    else if (typeof value === 'boolean') this.writeFlag(value);
    else this.writeList(value);
  }

  /** The bytes since the last call. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.end);
    this.use(Buffer.allocUnsafe(pieceSize * 2));
    this.end = 0;
    return taken;
  }

  /** Takes back the text since `textStart`. */
  protected takeText(): string {
    return this.takeTextFrom(this.textStart);
  }
}
