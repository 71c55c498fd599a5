import type { TextSink } from '../exposure/text-sink.ts';
import type { TextColumn } from '../projection/columns.ts';

/** A value in a row: a text, an unrounded number, a flag or a list of ids. Null: unknown. */
export type RowValue = string | number | boolean | readonly string[] | null;

/** The bytes at which a piece of an export is sent. */
export const pieceSize = 65_536;

/** The most texts whose bytes a writer keeps. */
const mostKept = 4096;

/**
 * Writes rows as bytes, one cell after another in the order of the columns. Texts of the projection go from column to output without
 * a string in between. A text cell is written as it is, then examined once, and quoted where its format demands it.
 */
export abstract class RowWriter implements TextSink {
  /** Larger than a piece, because a piece ends with a row. */
  protected bytes = Buffer.allocUnsafe(pieceSize * 2);
  protected end = 0;
  /** Where the text of the current cell begins. */
  protected textStart = 0;
  readonly #often = new Map<string, Buffer>();

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
    this.beginText();
    this.addFrom(column, index);
    this.endText();
  }

  write(value: RowValue): void {
    if (value === null) this.writeNull();
    else if (typeof value === 'string') this.writeText(value);
    else if (typeof value === 'number') this.writeNumber(value);
    else if (typeof value === 'boolean') this.writeFlag(value);
    else this.writeList(value);
  }

  add(text: string): void {
    if (!this.addAscii(text)) this.addAny(text);
  }

  addOften(text: string): void {
    let bytes = this.#often.get(text);
    if (bytes === undefined) {
      bytes = Buffer.from(text);
      if (this.#often.size < mostKept) this.#often.set(text, bytes);
    }
    this.makeRoom(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  addFrom(column: TextColumn, index: number): void {
    this.makeRoom(column.sizeOf(index));
    this.end = column.copyTo(index, this.bytes, this.end);
  }

  /** The bytes since the last call. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.end);
    this.bytes = Buffer.allocUnsafe(pieceSize * 2);
    this.end = 0;
    return taken;
  }

  /** Adds a text if it is ASCII. Otherwise adds nothing, and returns false. */
  protected addAscii(text: string): boolean {
    this.makeRoom(text.length);
    const { bytes, end } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) return false;
      bytes[end + i] = unit;
    }
    this.end = end + text.length;
    return true;
  }

  protected addAny(text: string): void {
    this.makeRoom(text.length * 3);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  protected addByte(byte: number): void {
    this.makeRoom(1);
    this.bytes[this.end++] = byte;
  }

  protected addBytes(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    const target = this.bytes;
    let { end } = this;
    for (let i = 0; i < bytes.length; i++) target[end++] = bytes[i] as number;
    this.end = end;
  }

  protected addNumber(value: number): void {
    if (value >= 0 && value < 10 && Number.isInteger(value)) this.addByte(zero + value);
    else this.addAscii(String(value));
  }

  /** Takes back the text since `textStart`. */
  protected takeText(): string {
    const text = this.bytes.toString('utf8', this.textStart, this.end);
    this.end = this.textStart;
    return text;
  }

  protected makeRoom(size: number): void {
    if (this.end + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.end + size) * 2);
    larger.set(this.bytes.subarray(0, this.end));
    this.bytes = larger;
  }
}

const zero = 0x30;
