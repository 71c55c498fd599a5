import { compareCodePoints } from '../../domain/compare.ts';
import { sharedText, sharedUint32 } from './shared-memory.ts';

/** Columns of at most this many texts cache their decoded strings, which takes a few MB at most. */
const mostRemembered = 65_536;

/** Fills the room behind a text. No text has this byte, because UTF-8 has not. */
const padding = 0xff;

/**
 * A column of strings as UTF-8 bytes and offsets, without missing values. An id takes its bytes plus 4 instead of a string object.
 * Small columns, such as the names of organizations and artifacts, decode each string once.
 */
export class TextColumn {
  readonly length: number;
  readonly #bytes: Buffer;
  /** The same bytes. Made on first use. */
  #view: DataView | undefined;
  /** Uint32Array, length + 1. */
  readonly #offsets: Uint32Array;
  /** 1 for each slot with a text; nothing is read from any other. Undefined: every slot has one. */
  readonly #isLive: Uint8Array | undefined;
  /** Decoded strings, by index. As long as the column, because sparse arrays are slow. */
  #remembered: (string | undefined)[] | undefined;

  constructor(bytes: Buffer, offsets: Uint32Array, isLive?: Uint8Array) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#isLive = isLive;
    this.length = offsets.length - 1;
  }

  /** The same memory with other live slots. */
  withLive(isLive: Uint8Array): TextColumn {
    return new TextColumn(this.#bytes, this.#offsets, isLive);
  }

  /** At most 4 GB of text. */
  static from(texts: readonly string[]): TextColumn {
    const builder = new TextBuilder(texts.length);
    for (const text of texts) builder.push(text);
    return builder.build();
  }

  /** The column's memory. Another thread makes an equal column from it without a copy. */
  share(): [bytes: Buffer, offsets: Uint32Array, isLive?: Uint8Array] {
    return this.#isLive === undefined ? [this.#bytes, this.#offsets] : [this.#bytes, this.#offsets, this.#isLive];
  }

  get(index: number): string {
    if (this.length > mostRemembered) return this.#read(index);
    this.#remembered ??= new Array<string | undefined>(this.length);
    let text = this.#remembered[index];
    if (text === undefined) {
      text = this.#read(index);
      this.#remembered[index] = text;
    }
    return text;
  }

  #read(index: number): string {
    return this.textBetween(this.startOf(index), this.endOf(index));
  }

  /** The text of the bytes from `startOf` to `endOf`. */
  textBetween(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }

  /** The place of the first byte of a text. */
  startOf(index: number): number {
    return this.#offsets[index] as number;
  }

  /** The place after the last byte of a text. */
  endOf(index: number): number {
    const start = this.#offsets[index] as number;
    let end = this.#offsets[index + 1] as number;
    while (end > start && this.#bytes[end - 1] === padding) end--;
    return end;
  }

  /** The bytes of a text. */
  sizeOf(index: number): number {
    return this.endOf(index) - (this.#offsets[index] as number);
  }

  /** The bytes that a vacant slot has for a text. */
  roomAt(slot: number): number {
    return (this.#offsets[slot + 1] as number) - (this.#offsets[slot] as number);
  }

  /** Writes a text into a vacant slot. It must have the room. */
  writeAt(slot: number, text: string): void {
    const start = this.#offsets[slot] as number;
    const size = this.#bytes.write(text, start, 'utf8');
    this.#bytes.fill(padding, start + size, this.#offsets[slot + 1]);
  }

  /**
   * Copies the bytes from `startOf` to `endOf`, four at a time.
   *
   * @param target up to three bytes after the end are written, too
   */
  copyTo(start: number, end: number, target: DataView, targetStart: number): void {
    this.#view ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    const view = this.#view;
    const shift = targetStart - start;
    if (end + 3 <= view.byteLength) for (let at = start; at < end; at += 4) target.setInt32(at + shift, view.getInt32(at, true), true);
    else for (let at = start; at < end; at++) target.setUint8(at + shift, view.getUint8(at));
  }

  /** Whether both have the same texts. O(bytes). */
  equals(other: TextColumn): boolean {
    const [bytes, offsets] = other.share();
    return this.length === other.length && this.#bytes.equals(bytes) && this.#offsets.every((at, i) => at === offsets[i]);
  }

  /** The first index of `text` in a column in any order, or -1. Decodes nothing. O(n). */
  indexOf(text: string): number {
    const wanted = Buffer.from(text);
    const offsets = this.#offsets;
    for (let i = 0; i < this.length; i++) {
      const start = offsets[i] as number;
      const end = offsets[i + 1] as number;
      if (end - start === wanted.length && this.#bytes.compare(wanted, 0, wanted.length, start, end) === 0) return i;
    }
    return -1;
  }

  /** The index of `text` in a column that ascends by code point, or -1. O(log n). */
  find(text: string): number {
    const at = this.lowerBound(text);
    return at < this.length && this.get(at) === text ? at : -1;
  }

  /** The first index whose text is not before `text`, in a column that ascends by code point. O(log n). */
  lowerBound(text: string): number {
    const isLive = this.#isLive;
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // A vacant slot counts as the text before it. So the result is a slot with a text, or the end.
      const at = isLive === undefined || isLive[middle] === 1 ? middle : isLive.lastIndexOf(1, middle);
      if (at < 0 || compareCodePoints(this.get(at), text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Collects texts one by one as bytes, so that the garbage collector can free their strings at once. */
export class TextBuilder {
  #bytes: Buffer;
  #offsets: Uint32Array;
  #count = 0;
  #end = 0;

  constructor(expectedCount = 1024) {
    this.#bytes = Buffer.allocUnsafe(Math.max(64, expectedCount * 16));
    this.#offsets = new Uint32Array(expectedCount + 1);
  }

  /** Writes ASCII (most ids) byte by byte, which is several times faster than a call to `write` for each text. */
  push(text: string): void {
    if (this.#end + text.length * 3 > this.#bytes.length) this.#enlarge(text.length * 3);
    const bytes = this.#bytes;
    const end = this.#end;
    let at = 0;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit >= 0x80) break;
      bytes[end + at] = unit;
    }
    this.#end += at === text.length ? at : bytes.write(text, end, 'utf8');
    this.#endText();
  }

  #endText(): void {
    if (this.#count + 1 >= this.#offsets.length) this.#makeRoom();
    this.#offsets[++this.#count] = this.#end;
  }

  /** Appends a vacant slot with room for a text. */
  pushRoom(size: number): void {
    if (this.#end + size > this.#bytes.length) this.#enlarge(size);
    this.#bytes.fill(padding, this.#end, this.#end + size);
    this.#end += size;
    this.#endText();
  }

  build(): TextColumn {
    const offsets = sharedUint32(this.#count + 1);
    offsets.set(this.#offsets.subarray(0, this.#count + 1));
    const shared = sharedText(this.#end);
    shared.set(this.#bytes.subarray(0, this.#end));
    return new TextColumn(shared, offsets);
  }

  #enlarge(size: number): void {
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2 + size);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }

  #makeRoom(): void {
    const larger = new Uint32Array(this.#offsets.length * 2 + 1);
    larger.set(this.#offsets);
    this.#offsets = larger;
  }
}
