import { compareCodePoints, firstIndex } from '../../domain/compare.ts';
import { sharedText, sharedUint32 } from './shared-memory.ts';

/** Columns of at most this many texts cache their decoded strings, which takes a few MB at most. */
const mostRemembered = 65_536;

/**
 * A column of strings as UTF-8 bytes and offsets, without missing values. An id takes its bytes plus 4 instead of a string object.
 * Small columns, such as the names of organizations and artifacts, decode each string once.
 */
export class TextColumn {
  readonly length: number;
  readonly #bytes: Buffer;
  /** Uint32Array, length + 1. */
  readonly #offsets: Uint32Array;
  readonly #remembers: boolean;
  /** Decoded strings, by index. As long as the column, because sparse arrays are slow. */
  #remembered: (string | undefined)[] | undefined;

  /** @param remembers whether decoded strings are kept. Default: if there are few */
  constructor(bytes: Buffer, offsets: Uint32Array, remembers = offsets.length <= mostRemembered) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.#remembers = remembers;
    this.length = offsets.length - 1;
  }

  /** At most 4 GB of text. */
  static from(texts: readonly string[], remembers?: boolean): TextColumn {
    const builder = new TextBuilder(texts.length);
    for (const text of texts) builder.push(text);
    return builder.build(remembers);
  }

  /** The column's memory. Another thread makes an equal column from it without a copy. */
  share(): [bytes: Buffer, offsets: Uint32Array, remembers: boolean] {
    return [this.#bytes, this.#offsets, this.#remembers];
  }

  get(index: number): string {
    if (!this.#remembers) return this.#read(index);
    this.#remembered ??= new Array<string | undefined>(this.length);
    let text = this.#remembered[index];
    if (text === undefined) {
      text = this.#read(index);
      this.#remembered[index] = text;
    }
    return text;
  }

  #read(index: number): string {
    return this.#bytes.toString('utf8', this.#offsets[index], this.#offsets[index + 1]);
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

  /** The first index from `start` to `end` whose text is not before `text`, or `end`. The texts between must ascend by code point. O(log n). */
  lowerBound(text: string, start = 0, end = this.length): number {
    return firstIndex(end, (i) => compareCodePoints(this.get(i), text) >= 0, start);
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

  /** @param remembers as in TextColumn */
  build(remembers?: boolean): TextColumn {
    const offsets = sharedUint32(this.#count + 1);
    offsets.set(this.#offsets.subarray(0, this.#count + 1));
    const shared = sharedText(this.#end);
    shared.set(this.#bytes.subarray(0, this.#end));
    return new TextColumn(shared, offsets, remembers);
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
